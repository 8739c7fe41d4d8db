/**
 * The keyring file: all secrets of a member on this device, sealed under a passphrase with Argon2id. Everyday
 * commands unlock it in the time of Argon2 itself; nothing of age is loaded on this path. Spec: `spec/vault.md` §6.
 */
import { concatBytes, equalBytes, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { argon2id, type ArgonCost, argonCost, isBearableCost, passphraseBytes } from "./argon2.ts";
import { decodeKeyring, encodeKeyring, type Keyring } from "./keyring-content.ts";

const magic = utf8("aigaq/keyring/1\n");
const argonSaltSize = 16;
const headSize = magic.length + 3 * 4 + argonSaltSize;
const checksumSize = 32;

/** Why a keyring does not unlock. Codes are public and stable; words are in `labels.ts`. */
export type KeyringRefusal =
  /** The file is whole; the passphrase does not open it. */
  | { readonly code: "wrong-passphrase"; readonly message: string }
  /** The file is cut, was changed, or is no keyring: take another copy of it. */
  | { readonly code: "keyring-damaged"; readonly message: string }
  /** The file asks for more memory or time than any keyring of ours: refused before spending it. */
  | { readonly code: "keyring-cost-absurd"; readonly message: string };

/**
 * Seals a keyring under a passphrase. Check the passphrase with `checkPassphrase` when it is chosen.
 *
 * @param cost leave it out except in tests: a cheaper one makes guessing cheaper too.
 */
export async function lockKeyring(
  keyring: Keyring,
  passphrase: string,
  randomBytes: RandomBytes,
  cost: ArgonCost = argonCost,
): Promise<Uint8Array> {
  const salt = randomBytes(argonSaltSize);
  const costs = new Uint8Array(12);
  const view = new DataView(costs.buffer);
  view.setUint32(0, cost.memoryKib);
  view.setUint32(4, cost.passes);
  view.setUint32(8, cost.lanes);
  const head = concatBytes(magic, costs, salt);
  const key = await argon2id(passphraseBytes(passphrase), salt, cost);
  const body = concatBytes(head, await sealBytes(key, head, pad(encodeKeyring(keyring)), randomBytes));
  // The checksum has no key: it tells a damaged file from a mistyped passphrase, and protects nothing.
  return concatBytes(body, sha256(body));
}

/** Opens what `lockKeyring` sealed: about 0.1–0.3 s and 64 MiB with the usual cost. */
export async function unlockKeyring(
  file: Uint8Array,
  passphrase: string,
): Promise<Result<Keyring, KeyringRefusal>> {
  const bodySize = file.length - checksumSize;
  if (bodySize < headSize || !equalBytes(file.subarray(0, magic.length), magic)) return refuse(damaged);
  const body = file.subarray(0, bodySize);
  if (!equalBytes(sha256(body), file.subarray(bodySize))) return refuse(damaged);

  const view = new DataView(file.buffer, file.byteOffset + magic.length, 12);
  const cost = { memoryKib: view.getUint32(0), passes: view.getUint32(4), lanes: view.getUint32(8) };
  if (!isBearableCost(cost)) {
    return refuse({
      code: "keyring-cost-absurd",
      message:
        "this keyring file asks for absurd amounts of memory or time; it is not from this program, do not use it",
    });
  }
  const head = body.subarray(0, headSize);
  const salt = head.subarray(headSize - argonSaltSize);
  const key = await argon2id(passphraseBytes(passphrase), salt, cost);
  const opened = await openBytes(key, head, body.subarray(headSize));
  if (!opened.ok) {
    return refuse(opened.refusal.code === "sealed-for-another-key-or-place" ? wrongPassphrase : damaged);
  }
  const plaintext = unpad(opened.value);
  const keyring = plaintext.ok ? decodeKeyring(plaintext.value) : undefined;
  return keyring ? ok(keyring) : refuse(damaged);
}

/**
 * Changes the passphrase: the same secrets under a fresh salt. Older copies of the file still open with the old
 * passphrase; delete them, backups included.
 */
export async function relockKeyring(
  file: Uint8Array,
  passphrases: { readonly current: string; readonly next: string },
  randomBytes: RandomBytes,
  cost: ArgonCost = argonCost,
): Promise<Result<Uint8Array, KeyringRefusal>> {
  const keyring = await unlockKeyring(file, passphrases.current);
  if (!keyring.ok) return keyring;
  return ok(await lockKeyring(keyring.value, passphrases.next, randomBytes, cost));
}

const wrongPassphrase = {
  code: "wrong-passphrase",
  message:
    "the passphrase does not open this keyring; check the keyboard layout and capital letters, then try again",
} as const;
const damaged = {
  code: "keyring-damaged",
  message:
    "the keyring file is damaged or is not a keyring; restore it from a backup, or recover access with trustees",
} as const;
