import type { Part } from "./entries.ts";

/**
 * Which funds a refund of `minor` comes out of: the gift's own, in the order of its parts, each up to what it got. A
 * gift that was given back in full leaves every fund exactly as it was before.
 *
 * @example refundParts([{ to: "A-01", minor: 300n }, { to: "A-02", minor: 200n }], 400n)
 *   // [{ to: "A-01", minor: 300n }, { to: "A-02", minor: 100n }]
 */
export function refundParts(gift: readonly Part[], minor: bigint): readonly Part[] {
  const parts: Part[] = [];
  let left = minor;
  for (const part of gift) {
    const share = left < part.minor ? left : part.minor;
    if (share > 0n) parts.push({ to: part.to, minor: share });
    left -= share;
  }
  return parts;
}
