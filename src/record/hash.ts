import { concatBytes, toBase64Url, utf8 } from "./bytes.ts";
import { nodeBuffer, nodeCrypto, portable } from "./platform.ts";

/** SHA-256 (FIPS 180-4) of the parts, one after the other. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0];
  const data = parts.length === 1 && only !== undefined ? only : concatBytes(...parts);
  if (nodeCrypto === undefined) return portable().sha256(data);
  // Through a one-byte-per-character string: Node takes five times as long to make a new Buffer for the digest.
  return fromLatin1(nodeCrypto.hash("sha256", data, "latin1"));
}

/** base64url(SHA-256(UTF-8 of `text`)): the digest of a disclosure (RFC 9901 section 4.2.3). */
export function sha256Base64Url(text: string): string {
  if (nodeCrypto === undefined) return toBase64Url(portable().sha256(utf8(text)));
  return nodeCrypto.hash("sha256", text, "base64url");
}

/** SHA-256 over the UTF-8 (or ASCII) of `text`. */
export function sha256OfText(text: string): Uint8Array {
  if (nodeCrypto === undefined) return portable().sha256(utf8(text));
  return fromLatin1(nodeCrypto.hash("sha256", text, "latin1"));
}

/** HMAC-SHA-256 (RFC 2104) of the parts, one after the other. */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  if (nodeCrypto === undefined) return portable().hmacSha256(key, concatBytes(...parts));
  const mac = nodeCrypto.createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return fromLatin1(mac.digest("latin1"));
}

/** Longest message that {@link hmacSha256Keyed} takes its short way for, in bytes. */
const shortMessageMax = 960;

/**
 * HMAC-SHA-256 under one key for many short texts: a nullifier for each of a million bank rows. Two one-shot hashes over
 * prepared pads (RFC 2104 section 4) take 40 % of the time of Node's own object per call.
 */
export function hmacSha256Keyed(key: Uint8Array): (text: string) => Uint8Array {
  const hash = nodeCrypto?.hash;
  if (hash === undefined || nodeBuffer === undefined || key.length > 64)
    return (text) => hmacSha256(key, utf8(text));
  const inner = nodeBuffer.alloc(64 + shortMessageMax);
  const outer = nodeBuffer.alloc(64 + 32);
  for (let i = 0; i < 64; i++) {
    inner[i] = (key[i] ?? 0) ^ 0x36;
    outer[i] = (key[i] ?? 0) ^ 0x5c;
  }
  return (text) => {
    // UTF-8 takes at most three bytes per UTF-16 unit.
    if (text.length * 3 > shortMessageMax) return hmacSha256(key, utf8(text));
    const length = inner.utf8Write(text, 64);
    outer.latin1Write(hash("sha256", inner.subarray(0, 64 + length), "latin1"), 64);
    return fromLatin1(hash("sha256", outer, "latin1"));
  };
}

export type HashStream = { update(data: Uint8Array): void; digest(): Uint8Array };

/** SHA-256 of something too large to hold at once; `digest` ends it. */
export function sha256Stream(): HashStream {
  if (nodeCrypto === undefined) return portable().sha256Stream();
  const hash = nodeCrypto.createHash("sha256");
  return {
    update: (data) => void hash.update(data),
    digest: () => fromLatin1(hash.digest("latin1")),
  };
}

const scratch = nodeBuffer?.alloc(64);

function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  if (scratch === undefined) throw new Error("bug: no Node Buffer here");
  scratch.latin1Write(text, 0);
  for (let i = 0; i < bytes.length; i++) bytes[i] = scratch[i] ?? 0;
  return bytes;
}
