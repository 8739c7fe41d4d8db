/**
 * Padding, so that a size tells little: a box of a single line and a box of two look the same. Spec:
 * `spec/vault.md` §2. Privacy: what still shows is the bucket: nine sizes up to 64 KiB, above it at most one in
 * 2^-⌈log₂ log₂ n⌉ of the size (Padmé: never more than 12 % longer).
 */
import { refuse, ok, type Result } from "#record/result.ts";

const bucketMin = 256;
const bucketMax = 65_536;

/**
 * The padded length for a content of `length` bytes and its one mark byte: 256·2^k up to 64 KiB, Padmé above.
 * Example: 0…255 → 256; 256 → 512; 70 000 → 71 680.
 */
export function paddedLength(length: number): number {
  return roundUp(length + 1);
}

/** Rounds a size up by the same rule, without a mark byte: for files, whose true size is kept beside the key. */
export function roundUp(length: number): number {
  if (length <= bucketMax) {
    let bucket = bucketMin;
    while (bucket < length) bucket *= 2;
    return bucket;
  }
  // Padmé (Nikitin et al., PETS 2019): keep as many leading bits of the length as its exponent needs bits.
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(length / step) * step;
}

/** Content, one byte 0x80, zeros up to the padded length. */
export function pad(content: Uint8Array): Uint8Array {
  const padded = new Uint8Array(paddedLength(content.length));
  padded.set(content);
  padded[content.length] = 0x80;
  return padded;
}

export type PadRefusal = { readonly code: "padding-wrong"; readonly message: string };

/**
 * Takes the padding off again. Refuses `padding-wrong` when there is no mark, or when the length is not the one that
 * `pad` would have chosen: one content, one padded form.
 */
export function unpad(padded: Uint8Array): Result<Uint8Array, PadRefusal> {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end--;
  if (end < 0 || padded[end] !== 0x80 || padded.length !== paddedLength(end)) {
    return refuse({ code: "padding-wrong", message: "the padding is not the one this program writes" });
  }
  return ok(padded.subarray(0, end));
}
