import { orientationOnly, readExif } from "./exif.ts";
import { asciiAt, joined, shownText, type Metadata } from "./metadata.ts";

const [startOfScan, endOfImage, comment, app0, app15] = [0xda, 0xd9, 0xfe, 0xe0, 0xef];

/**
 * A JPEG without application segments and comments, except JFIF (without its small picture), the colour profile and Adobe's colour transform,
 * which decoding needs. What decodes to pixels is copied byte by byte. Undefined if the file breaks off or is none. Source: ITU T.81, annex B.
 */
export function cleanJpeg(
  bytes: Uint8Array,
): { readonly bytes: Uint8Array; readonly removed: readonly Metadata[] } | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  const removed: Metadata[] = [];
  let orientation = 1;
  let hasScan = false;
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    if (marker === undefined) return undefined;
    const { code, start } = marker;
    if (code === endOfImage) {
      if (!hasScan) return undefined;
      kept.push(bytes.subarray(start, start + 2));
      at = start + 2;
      break;
    }
    if (isAlone(code)) {
      kept.push(bytes.subarray(start, start + 2));
      at = start + 2;
      continue;
    }
    const length = (bytes[start + 2] ?? 0) * 256 + (bytes[start + 3] ?? 0);
    const end = start + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    const payload = bytes.subarray(start + 4, end);
    if (code === comment)
      removed.push({ kind: "text", detail: shownText(new TextDecoder().decode(payload)) });
    else if (code >= app0 && code <= app15) {
      const exif = isExif(code, payload) ? readExif(payload.subarray(6)) : undefined;
      if (exif !== undefined) orientation = exif.orientation;
      const { keep, gone } = application(code, payload, bytes.subarray(start, end));
      if (keep !== undefined) kept.push(keep);
      removed.push(...(exif?.found ?? gone));
    } else kept.push(bytes.subarray(start, end));
    at = end;
    if (code === startOfScan) {
      hasScan = true;
      const scanEnd = endOfScan(bytes, end);
      kept.push(bytes.subarray(end, scanEnd));
      at = scanEnd;
    }
  }
  if (at < bytes.length) removed.push({ kind: "hidden-data", detail: `${bytes.length - at} bytes` });
  if (removed.length === 0) return { bytes, removed };
  if (orientation !== 1) kept.splice(jfifEnd(kept), 0, exifSegment(orientation));
  return { bytes: joined(kept), removed };
}

/** The next marker; any number of 0xFF may stand before it. */
function markerAt(
  bytes: Uint8Array,
  from: number,
): { readonly code: number; readonly start: number } | undefined {
  if (bytes[from] !== 0xff) return undefined;
  let at = from;
  while (bytes[at] === 0xff) at += 1;
  const code = bytes[at];
  return code === undefined || code === 0 ? undefined : { code, start: at - 1 };
}

/** Restart markers and TEM have no length. */
const isAlone = (code: number): boolean => (code >= 0xd0 && code <= 0xd7) || code === 0x01;

/** Where the coded pixels end: at a marker that is neither a stuffed 0xFF nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return bytes.length;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

const isExif = (code: number, payload: Uint8Array): boolean =>
  code === 0xe1 && asciiAt(payload, 0, 4) === "Exif";

function application(
  code: number,
  payload: Uint8Array,
  segment: Uint8Array,
): { readonly keep?: Uint8Array; readonly gone: readonly Metadata[] } {
  const name = asciiAt(payload, 0, 12);
  if (code === app0 && name.startsWith("JFIF\0")) {
    if (payload.length <= 14) return { keep: segment, gone: [] };
    // Version and density stay; width, height and pixels of the small picture go.
    const keep = Uint8Array.of(0xff, app0, 0, 16, ...payload.subarray(0, 12), 0, 0);
    return { keep, gone: [{ kind: "thumbnail", detail: "JFIF" }] };
  }
  if ((code === 0xe2 && name.startsWith("ICC_PROFILE\0")) || (code === 0xee && name.startsWith("Adobe")))
    return { keep: segment, gone: [] };
  if (code === app0) return { gone: [{ kind: "thumbnail", detail: shownText(name.slice(0, 4)) }] };
  if (code === 0xe1 && name.startsWith("http://ns.ad")) return { gone: [{ kind: "history", detail: "XMP" }] };
  if (code === 0xed) return { gone: [{ kind: "history", detail: "Photoshop, IPTC" }] };
  if (code === 0xeb) return { gone: [{ kind: "history", detail: "C2PA" }] };
  const label = name.replace(/[^ -~].*$/su, "");
  return { gone: [{ kind: "other", detail: `APP${code - app0} ${label}, ${payload.length} bytes` }] };
}

function exifSegment(orientation: number): Uint8Array {
  const block = orientationOnly(orientation);
  return Uint8Array.of(0xff, 0xe1, 0, block.length + 8, 0x45, 0x78, 0x69, 0x66, 0, 0, ...block);
}

/** EXIF stands behind JFIF where there is one: some readers look for JFIF only at the very beginning. */
function jfifEnd(kept: readonly Uint8Array[]): number {
  return kept[1]?.[1] === app0 ? 2 : 1;
}
