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
  const frames: Frame[] = [];
  for (const one of splitFrames(bytes)) {
    const frame = decodeFrame(one);
    if (frame === undefined) break;
    frames.push(frame);
  }
  return frames;
}

/** The same entries, each as the bytes that it came as: nothing is copied or hashed. */
export function splitFrames(bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  let start = 0;
  for (let parts = partsOf(bytes, start); parts !== undefined; parts = partsOf(bytes, start)) {
    frames.push(bytes.subarray(start, parts.end));
    start = parts.end;
  }
  return frames;
}

/** The first entry of the bytes; undefined where there is none. */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
  const parts = partsOf(bytes, 0);
  const jwt = parts === undefined ? undefined : fromUtf8(parts.text);
  if (parts === undefined || jwt === undefined) return undefined;
  const { box, keybox } = parts;
  return {
    jwt,
    hash: entryHashOf(jwt),
    box: box.length === 0 ? undefined : { box: box.slice(), keybox: keybox.slice() },
  };
}

/** The parts of the entry that begins at `start`, and where it ends; undefined where it is cut off. */
function partsOf(bytes: Uint8Array, start: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = start;
  const part = (): Uint8Array | undefined => {
    if (end + 4 > bytes.length) return undefined;
    const from = end + 4;
    const length = view.getUint32(end);
    if (from + length > bytes.length) return undefined;
    end = from + length;
    return bytes.subarray(from, end);
  };
  const [text, box, keybox] = [part(), part(), part()];
  return text === undefined || box === undefined || keybox === undefined
    ? undefined
    : { text, box, keybox, end };
}
