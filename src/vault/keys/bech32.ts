/**
 * Bech32 (BIP-173), the text form of age's keys. Written out here, because an identity made from given random bytes
 * needs it and age offers only its own randomness; age reads the result, which the tests check.
 */
const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

function checksumStep(checksum: number, value: number): number {
  const top = checksum >>> 25;
  let next = ((checksum & 0x1ff_ffff) << 5) ^ value;
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  for (const [bit, term] of generator.entries()) if ((top >>> bit) & 1) next ^= term;
  return next;
}

function polymod(values: Iterable<number>): number {
  let checksum = 1;
  for (const value of values) checksum = checksumStep(checksum, value);
  return checksum;
}

function expandPrefix(prefix: string): number[] {
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

/** `encodeBech32("age-secret-key-", seed)`, lower case; the length limit of BIP-173 is not applied, as in age. */
export function encodeBech32(prefix: string, bytes: Uint8Array): string {
  const words: number[] = [];
  let buffered = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffered = ((buffered << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      words.push((buffered >>> bits) & 31);
    }
  }
  if (bits > 0) words.push((buffered << (5 - bits)) & 31);
  const sum = polymod([...expandPrefix(prefix), ...words, 0, 0, 0, 0, 0, 0]) ^ 1;
  for (let i = 0; i < 6; i++) words.push((sum >>> (5 * (5 - i))) & 31);
  return `${prefix}1${words.map((word) => alphabet.charAt(word)).join("")}`;
}

/** The bytes behind a Bech32 text with this prefix, either case; undefined if it is anything else. */
export function decodeBech32(prefix: string, text: string): Uint8Array | undefined {
  const isOneCase = text === text.toLowerCase() || text === text.toUpperCase();
  const lower = text.toLowerCase();
  if (!isOneCase || !lower.startsWith(`${prefix}1`)) return undefined;
  const words = Array.from(lower.slice(prefix.length + 1), (letter) => alphabet.indexOf(letter));
  if (words.length < 6 || words.includes(-1)) return undefined;
  if (polymod([...expandPrefix(prefix), ...words]) !== 1) return undefined;
  const bytes: number[] = [];
  let buffered = 0;
  let bits = 0;
  for (const word of words.slice(0, -6)) {
    buffered = ((buffered << 5) | word) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffered >>> bits) & 0xff);
    }
  }
  // Left-over bits must be fewer than a word and zero: one key, one text.
  if (bits >= 5 || (buffered & ((1 << bits) - 1)) !== 0) return undefined;
  return Uint8Array.from(bytes);
}
