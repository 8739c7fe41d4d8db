import { orientationOnly, readExif } from "./exif.ts";
import { asciiAt, joined, type Metadata } from "./metadata.ts";

const needed = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** In a frame of an animation. */
const neededInFrame = new Set(["VP8 ", "VP8L", "ALPH"]);
/** Bits of the first byte of VP8X that say "there is EXIF", "there is XMP". */
const [hasExif, hasXmp] = [0x08, 0x04];

type Chunk = { readonly type: string; readonly data: Uint8Array };

/** A WebP without EXIF, XMP and unknown chunks; undefined if it breaks off or is none. Source: RFC 9649. */
export function cleanWebp(
  bytes: Uint8Array,
): { readonly bytes: Uint8Array; readonly removed: readonly Metadata[] } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) return undefined;
  const chunks = chunksOf(bytes.subarray(12, end));
  if (chunks === undefined || !chunks.some(({ type }) => /^VP8[ L]$|^ANMF$/u.test(type))) return undefined;

  const removed: Metadata[] = [];
  const kept: Chunk[] = [];
  let orientation = 1;
  for (const chunk of chunks) {
    if (chunk.type === "ANMF") {
      const frame = cleanFrame(chunk, removed);
      if (frame === undefined) return undefined;
      kept.push(frame);
    } else if (needed.has(chunk.type)) kept.push(chunk);
    else if (chunk.type === "EXIF") {
      // Some programs write the six bytes of JPEG before it.
      const exif = readExif(asciiAt(chunk.data, 0, 4) === "Exif" ? chunk.data.subarray(6) : chunk.data);
      orientation = exif.orientation;
      removed.push(...exif.found);
    } else removed.push(described(chunk));
  }
  if (end < bytes.length) removed.push({ kind: "hidden-data", detail: `${bytes.length - end} bytes` });
  const [first] = kept;
  if (first?.type === "VP8X") {
    const flags = (first.data[0] ?? 0) & ~(hasExif | hasXmp);
    const isTurned = orientation !== 1;
    kept[0] = {
      type: "VP8X",
      data: Uint8Array.of(isTurned ? flags | hasExif : flags, ...first.data.subarray(1)),
    };
    if (isTurned) kept.push({ type: "EXIF", data: orientationOnly(orientation) });
  }
  if (removed.length === 0) return { bytes, removed };
  const body = joined([asAscii("WEBP"), ...kept.map(written)]);
  return { bytes: joined([asAscii("RIFF"), lengthOf(body), body]), removed };
}

/** Chunks with an even length each; undefined if one is longer than what is left. */
function chunksOf(bytes: Uint8Array): Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) return undefined;
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.length) return undefined;
    chunks.push({ type: asciiAt(bytes, at, 4), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/** A frame is sixteen bytes of place and time, then chunks of its own, among which unknown ones may hide. */
function cleanFrame({ type, data }: Chunk, removed: Metadata[]): Chunk | undefined {
  const chunks = data.length < 16 ? undefined : chunksOf(data.subarray(16));
  if (chunks === undefined) return undefined;
  const kept = chunks.filter((chunk) => neededInFrame.has(chunk.type));
  if (kept.length === chunks.length) return { type, data };
  removed.push(...chunks.filter((chunk) => !neededInFrame.has(chunk.type)).map(described));
  return { type, data: joined([data.subarray(0, 16), ...kept.map(written)]) };
}

function described({ type, data }: Chunk): Metadata {
  if (type === "XMP ") return { kind: "history", detail: "XMP" };
  return { kind: "other", detail: `${type.replace(/[^ -~]/gu, "?").trim()}, ${data.length} bytes` };
}

function written({ type, data }: Chunk): Uint8Array {
  return joined([asAscii(type), lengthOf(data), data, new Uint8Array(data.length % 2)]);
}

function asAscii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function lengthOf({ length }: Uint8Array): Uint8Array {
  return Uint8Array.of(length & 255, (length >>> 8) & 255, (length >>> 16) & 255, length >>> 24);
}
