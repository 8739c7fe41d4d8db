/**
 * What an invitation carries: for the invited, sealed under the secret of the link, which the server never sees; for the
 * officers, sealed to their devices; and back, what the invited leaves. Everything in between is the server's to keep and
 * nobody's to read.
 */
import { equalBytes, fromBase64Url, fromUtf8, toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { hmacSha256, sha256 } from "#record/hash.ts";
import type { NewDevice } from "#session/keys/members.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { openParcel, sealParcel } from "#vault/keys/parcel.ts";
import type { Redacted } from "#vault/keys/redacted.ts";
import { refused } from "#session/refusals/failure.ts";

/** What the invited sees before she accepts. */
export type ForInvited = {
  readonly member: string;
  readonly name: string;
  readonly foundation: string;
  readonly invitedBy: string;
  readonly roles: readonly string[];
  readonly rooms: readonly string[];
  /** Hash of the first entry, hexadecimal, and the signing key of the officer: both go into the safety number. */
  readonly genesis: string;
  readonly officer: string;
  /** age recipients of the officers' devices: what she leaves is sealed to them. */
  readonly officers: readonly string[];
};

/** What an officer needs to finish, also on another day or device. */
export type ForOfficers = {
  readonly secret: string;
  readonly member: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly rooms: readonly string[];
  readonly replaces: boolean;
  readonly officer: string;
};

export const tokenOf = (secret: Uint8Array): string => toHex(sha256(secret));

const derived = (secret: Uint8Array, label: string): Uint8Array =>
  hmacSha256(secret, utf8(label), Uint8Array.of(1));

const context = utf8("aigaq/invitation/1");

export async function sealInvitation(
  secret: Uint8Array,
  invited: ForInvited,
  officers: ForOfficers,
  randomBytes: RandomBytes,
): Promise<string> {
  const key = derived(secret, "aigaq/invitation-key/1");
  const forInvited = await sealBytes(key, context, pad(utf8(JSON.stringify(invited))), randomBytes);
  const forOfficers = await sealParcel(invited.officers, utf8(JSON.stringify(officers)));
  if (!forOfficers.ok) throw refused(forOfficers.refusal);
  return toBase64Url(
    utf8(JSON.stringify({ invited: toBase64Url(forInvited), officers: toBase64Url(forOfficers.value) })),
  );
}

/** undefined when the secret is not that of the invitation. */
export async function openInvited(secret: Uint8Array, sealed: string): Promise<ForInvited | undefined> {
  const part = partOf(sealed, "invited");
  if (part === undefined) return undefined;
  const opened = await openBytes(derived(secret, "aigaq/invitation-key/1"), context, part);
  const content = opened.ok ? unpad(opened.value) : opened;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by an officer under the secret of the link
  return content.ok ? (JSON.parse(fromUtf8(content.value) ?? "null") as ForInvited) : undefined;
}

/** undefined for an invitation that was made before this officer's device was one. */
export async function openForOfficers(
  sealed: string,
  identity: Redacted<string>,
): Promise<ForOfficers | undefined> {
  const part = partOf(sealed, "officers");
  const opened = part === undefined ? undefined : await openParcel(part, identity);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever forged it would still be seen in the preview
  return opened?.ok === true ? (JSON.parse(fromUtf8(opened.value) ?? "null") as ForOfficers) : undefined;
}

/** What the invited leaves: her device, and a code by which an officer sees that it was made with the link. */
export async function sealNote(
  secret: Uint8Array,
  device: NewDevice,
  officers: readonly string[],
): Promise<string> {
  const text = JSON.stringify(device);
  const mac = hmacSha256(derived(secret, "aigaq/invitation-note/1"), utf8(text), Uint8Array.of());
  const sealed = await sealParcel(officers, utf8(JSON.stringify({ text, mac: toBase64Url(mac) })));
  if (!sealed.ok) throw refused(sealed.refusal);
  return toBase64Url(sealed.value);
}

/** undefined when it was not made with the secret of the link: the server, for example, could have left it. */
export async function openNote(
  note: string,
  secret: Uint8Array,
  identity: Redacted<string>,
): Promise<NewDevice | undefined> {
  const bytes = fromBase64Url(note);
  const opened = bytes === undefined ? undefined : await openParcel(bytes, identity);
  if (opened?.ok !== true) return undefined;
  try {
    const { text, mac } = JSON.parse(fromUtf8(opened.value) ?? "") as Record<string, string>;
    const own = hmacSha256(derived(secret, "aigaq/invitation-note/1"), utf8(text ?? ""), Uint8Array.of());
    if (!equalBytes(own, fromBase64Url(mac ?? "") ?? new Uint8Array())) return undefined;
    const { x, reading, account, proof } = JSON.parse(text ?? "") as Record<string, unknown>;
    return typeof x === "string" &&
      typeof reading === "string" &&
      typeof account === "string" &&
      typeof proof === "string"
      ? { x, reading, account, proof }
      : undefined;
  } catch {
    return undefined;
  }
}

function partOf(sealed: string, name: "invited" | "officers"): Uint8Array | undefined {
  try {
    const text = fromUtf8(fromBase64Url(sealed) ?? new Uint8Array()) ?? "";
    const part = (JSON.parse(text) as Record<string, unknown>)[name];
    return typeof part === "string" ? fromBase64Url(part) : undefined;
  } catch {
    return undefined;
  }
}
