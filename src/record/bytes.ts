import { nodeBuffer } from "./platform.ts";

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Equality of public values. Not constant-time: nothing compared here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Order of byte strings, as `memcmp` has it: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const encoder = new TextEncoder();
// A byte order mark is content here: silently dropped, two byte strings would read as one text.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes; undefined if they are not valid UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const hexDigits = "0123456789abcdef";

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (hexDigits[byte >> 4] ?? "") + (hexDigits[byte & 15] ?? "");
  return text;
}

/** Bytes of lower-case hexadecimal; undefined for anything else (capitals too: one value, one text). */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/u.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

/** Base64 of RFC 4648 section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  if (nodeBuffer !== undefined) return nodeBuffer.prototype.base64Slice.call(bytes, 0, bytes.length);
  return encodeGroups(bytes, standardAlphabet, "=");
}

/** Strict: canonical, padded, no white space; undefined otherwise. `toBase64(fromBase64(x)) === x` always. */
export function fromBase64(text: string): Uint8Array | undefined {
  // As in `fromBase64Url`, with Node only the way back is strict.
  if (nodeBuffer === undefined && (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/u.test(text)))
    return undefined;
  const bytes =
    nodeBuffer === undefined
      ? decodeGroups(text.replace(/=+$/u, ""), standardValues)
      : plainBytes(nodeBuffer.from(text, "base64"));
  // Also refuses unused bits that are not zero: else one value would have several texts.
  return toBase64(bytes) === text ? bytes : undefined;
}

/** Base64url of RFC 4648 section 5, without padding (as RFC 7515 has it). */
export function toBase64Url(bytes: Uint8Array): string {
  if (nodeBuffer !== undefined) return nodeBuffer.prototype.base64urlSlice.call(bytes, 0, bytes.length);
  return encodeGroups(bytes, urlAlphabet, "");
}

/** Strict: canonical, unpadded; undefined otherwise. `toBase64Url(fromBase64Url(x)) === x` always. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  // Node forgives everything when decoding; that the bytes encode back to the text shows that nothing was forgiven.
  if (nodeBuffer === undefined && (text.length % 4 === 1 || !/^[A-Za-z0-9_-]*$/u.test(text)))
    return undefined;
  const bytes =
    nodeBuffer === undefined ? decodeGroups(text, urlValues) : plainBytes(nodeBuffer.from(text, "base64url"));
  return toBase64Url(bytes) === text ? bytes : undefined;
}

/** Canonical base64url of exactly 32 bytes, without decoding: the last character carries 4 bits, so its low 2 are 0. */
export function isBase64UrlOf32(text: string): boolean {
  if (text.length !== 43) return false;
  // A loop with a table takes a third of the time of a pattern, and a statement of 4 096 lines has 16 384 digests.
  for (let i = 0; i < 43; i++) if ((urlKinds[text.charCodeAt(i)] ?? 0) === 0) return false;
  return urlKinds[text.charCodeAt(42)] === 2;
}

/** A Node `Buffer` over the same memory; only inside the kernel, where Node is known to be present. */
export function asNodeBuffer(bytes: Uint8Array): { toString(encoding: string): string } & Uint8Array {
  if (nodeBuffer === undefined) throw new Error("bug: no Node Buffer here");
  return nodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A plain `Uint8Array` with memory of its own: `Buffer` slices and compares differently, and shares a pool. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

const urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const standardAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const urlValues = valuesOf(urlAlphabet);
const standardValues = valuesOf(standardAlphabet);
/** Per character code: 0 not base64url, 1 base64url, 2 base64url whose low two bits are zero. */
const urlKinds = kindsOf(urlAlphabet);

function kindsOf(alphabet: string): Uint8Array {
  const kinds = new Uint8Array(65_536);
  for (let i = 0; i < 64; i++) kinds[alphabet.charCodeAt(i)] = i % 4 === 0 ? 2 : 1;
  return kinds;
}

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
}

function encodeGroups(bytes: Uint8Array, alphabet: string, padding: string): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += (alphabet[group >> 18] ?? "") + (alphabet[(group >> 12) & 63] ?? "");
    text += left > 1 ? (alphabet[(group >> 6) & 63] ?? "") : padding;
    text += left > 2 ? (alphabet[group & 63] ?? "") : padding;
  }
  return text;
}

/** `text` holds only characters of the alphabet (checked by the caller) and no padding. */
function decodeGroups(text: string, values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let group = 0;
    for (let j = 0; j < 4; j++)
      group = (group << 6) | (i + j < text.length ? (values[text.charCodeAt(i + j)] ?? 0) : 0);
    if (at < bytes.length) bytes[at++] = (group >> 16) & 255;
    if (at < bytes.length) bytes[at++] = (group >> 8) & 255;
    if (at < bytes.length) bytes[at++] = group & 255;
  }
  return bytes;
}
