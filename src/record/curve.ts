import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, equalBytes } from "./bytes.ts";
import type { PortableCurve } from "./platform.ts";

const Point = ed25519.Point;
const groupOrder = Point.Fn.ORDER;

/**
 * Ed25519 arithmetic over `@noble/curves`. Loading it takes 35 ms: nothing imports this file but `#record/portable.ts`,
 * and `ed25519.ts` loads it on Node only when a key is judged for the first time.
 *
 * `verify` is not the library's own: that one uses the cofactored equation, OpenSSL the cofactorless one. Here R is
 * computed and its encoding compared, as OpenSSL does, so that a browser and a server agree on every signature.
 */
export const curve: PortableCurve = {
  publicKey: (seed) => ed25519.getPublicKey(seed),
  sign: (message, seed) => ed25519.sign(message, seed),
  verify({ publicKey, message, signature }) {
    const encodedR = signature.subarray(0, 32);
    const s = littleEndian(signature.subarray(32, 64));
    if (signature.length !== 64 || s >= groupOrder) return false;
    const key = decodePoint(publicKey);
    if (key === undefined) return false;
    const k = littleEndian(sha512(concatBytes(encodedR, publicKey, message))) % groupOrder;
    const sB = s === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(s);
    const kA = k === 0n ? Point.ZERO : key.multiplyUnsafe(k);
    return equalBytes(sB.subtract(kA).toBytes(), encodedR);
  },
  isPrimeOrderPoint(encoded) {
    const point = decodePoint(encoded);
    return point !== undefined && !point.isSmallOrder() && point.isTorsionFree();
  },
};

function decodePoint(encoded: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    return Point.fromBytes(encoded, false);
  } catch {
    return undefined;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}
