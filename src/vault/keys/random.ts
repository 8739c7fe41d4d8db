/**
 * The system's randomness, fetched in larger portions: sealing a small box asks for about a hundred bytes, and one
 * call into the system per box would cost as much as its encryption. No byte is handed out twice; handed-out bytes
 * are erased from the store. For tests and the sample foundation a fixed source is passed instead.
 */
import type { RandomBytes } from "#vault/seal/layout.ts";

const portionSize = 65_536; // the most that getRandomValues gives at once

/**
 * A source of uniformly random bytes. Example: `const randomBytes = systemRandomness(); randomBytes(16)`.
 * One per process: a copy of a process's memory (a snapshot, a fork) must not go on with the same portion.
 */
export function systemRandomness(
  fill: (portion: Uint8Array<ArrayBuffer>) => void = (portion) =>
    void globalThis.crypto.getRandomValues(portion),
): RandomBytes {
  const portion = new Uint8Array(portionSize);
  let used = portionSize;
  return (length) => {
    if (length > portionSize) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += portionSize) fill(bytes.subarray(at, at + portionSize));
      return bytes;
    }
    if (used + length > portionSize) {
      fill(portion);
      used = 0;
    }
    const bytes = portion.slice(used, used + length);
    portion.fill(0, used, used + length);
    used += length;
    return bytes;
  };
}
