/**
 * Something for one member or a few, sealed to their public reading keys: room keys for a newcomer, or what an invited person
 * sends to the officers. Whoever is sealed to cannot tell by whom, so what is inside is signed where that matters.
 */
import { ok, refuse, type Result } from "#record/result.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import type { Redacted } from "./redacted.ts";

/** `parcel-not-for-this-key`: sealed to others. `parcel-damaged`: cut or changed on the way. `recipient-malformed`: no age key. */
export type ParcelRefusal =
  | { readonly code: "parcel-not-for-this-key"; readonly message: string }
  | { readonly code: "parcel-damaged"; readonly message: string }
  | { readonly code: "recipient-malformed"; readonly message: string };

/** Seals `content` to age recipients of one kind. */
export async function sealParcel(
  recipients: readonly string[],
  content: Uint8Array,
): Promise<Result<Uint8Array, ParcelRefusal>> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient);
  } catch {
    return refuse({
      code: "recipient-malformed",
      message: "a public reading key is not usable; its holder has to make new keys",
    });
  }
  return ok(await encrypter.encrypt(pad(content)));
}

export async function openParcel(
  parcel: Uint8Array,
  identity: Redacted<string>,
): Promise<Result<Uint8Array, ParcelRefusal>> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.reveal());
  let padded: Uint8Array;
  try {
    padded = await decrypter.decrypt(parcel);
  } catch (error) {
    return refuse(String(error).includes("no identity matched") ? notForThisKey : damaged);
  }
  const content = unpad(padded);
  return content.ok ? ok(content.value) : refuse(damaged);
}

const notForThisKey = {
  code: "parcel-not-for-this-key",
  message: "this was sealed to other keys than those of this device",
} as const;
const damaged = {
  code: "parcel-damaged",
  message: "what was left for this member is damaged; ask the officer to send it again",
} as const;
