import { fromUtf8 } from "#record/bytes.ts";
import { entryHashOf } from "#record/entry.ts";
import type { SealedBox } from "#storage/contract.ts";

/** One entry as the server sends it. */
export type Frame = { readonly jwt: string; readonly hash: Uint8Array; readonly box: SealedBox | undefined };

/**
 * The entries of `GET /api/entries`: for each, three times a 32-bit big-endian length and as many bytes: the entry, its
 * box, its keybox; lengths of 0 where there is no box. What does not parse ends the list: the caller counts, and holds
 * every entry against the tree.
 */
export function decodeFrames(bytes: Uint8Array): Frame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  let at = 0;
  const part = (): Uint8Array | undefined => {
    if (at + 4 > bytes.length) return undefined;
    const length = view.getUint32(at);
    if (at + 4 + length > bytes.length) return undefined;
    const content = bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return content;
  };
  while (at < bytes.length) {
    const text = part();
    const box = part();
    const keybox = part();
    const jwt = text === undefined ? undefined : fromUtf8(text);
    if (jwt === undefined || box === undefined || keybox === undefined) break;
    frames.push({
      jwt,
      hash: entryHashOf(jwt),
      box: box.length === 0 ? undefined : { box: box.slice(), keybox: keybox.slice() },
    });
  }
  return frames;
}
