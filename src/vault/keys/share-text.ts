/**
 * The printed form of a recovery share: letters and digits that survive being read out on the telephone, with a
 * checksum so that a slip of the pen is found in this share and not after combining. Spec: `spec/vault.md` §8.
 */
import { concatBytes, equalBytes, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";

export type RecoveryShare = {
  /** First four bytes of SHA-256 of the recovery recipient: shares of one splitting have one set. */
  readonly set: Uint8Array;
  /** How many shares together open. */
  readonly threshold: number;
  /** How many were made. */
  readonly total: number;
  /** Which of them this is, from 1. */
  readonly number: number;
  /** The share itself, as the splitting gave it: 33 bytes. */
  readonly bytes: Uint8Array;
};

export const shareSetSize = 4;
export const shareSize = 33;
const checksumSize = 4;
const prefix = "aigaq-share-1";
const version = 1;
const payloadSize = 4 + shareSetSize + shareSize;

// Crockford's base 32: no I, L, O, U.
const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function checksum(payload: Uint8Array): Uint8Array {
  return sha256(utf8("aigaq/share/1"), payload).subarray(0, checksumSize);
}

/** `aigaq-share-1 0404-8N3P-…`: 72 characters in groups of four. */
export function encodeShare({ set, threshold, total, number, bytes }: RecoveryShare): string {
  const payload = concatBytes(Uint8Array.of(version, threshold, total, number), set, bytes);
  const all = concatBytes(payload, checksum(payload));
  let text = "";
  let buffered = 0;
  let bits = 0;
  for (const byte of all) {
    buffered = ((buffered << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += digits.charAt((buffered >>> bits) & 31);
    }
  }
  if (bits > 0) text += digits.charAt((buffered << (5 - bits)) & 31);
  return `${prefix} ${text.match(/.{1,4}/gu)?.join("-") ?? ""}`;
}

/**
 * The share of a text as a person types it: either case, O for 0, I or L for 1, any spaces and dashes, with or
 * without the prefix. `"misread"`: the right number of characters, but a checksum that differs; undefined: no share.
 */
export function decodeShare(text: string): RecoveryShare | "misread" | undefined {
  const body = text
    .trim()
    .replace(/^aigaq-share-1\b/iu, "")
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}]/gu, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/gu, "1");
  if (body.length !== Math.ceil((8 * (payloadSize + checksumSize)) / 5)) return undefined;
  const all = new Uint8Array(payloadSize + checksumSize);
  let buffered = 0;
  let bits = 0;
  let at = 0;
  for (const letter of body) {
    const value = digits.indexOf(letter);
    if (value < 0) return undefined;
    buffered = ((buffered << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      all[at++] = (buffered >>> bits) & 0xff;
    }
  }
  const payload = all.subarray(0, payloadSize);
  if ((buffered & ((1 << bits) - 1)) !== 0 || !equalBytes(checksum(payload), all.subarray(payloadSize))) {
    return "misread";
  }
  const [shareVersion, threshold = 0, total = 0, number = 0] = payload;
  const isPlausible = threshold >= 2 && threshold <= total && number >= 1 && number <= total;
  if (shareVersion !== version || !isPlausible) return undefined;
  return {
    set: payload.slice(4, 4 + shareSetSize),
    threshold,
    total,
    number,
    bytes: payload.slice(4 + shareSetSize),
  };
}
