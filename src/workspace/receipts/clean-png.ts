import { crc32 } from "#dossier/crc32.ts";
import { orientationOnly, readExif } from "./exif.ts";
import { asciiAt, joined, shownText, type Metadata } from "./metadata.ts";

/** What is needed to see the picture as it was meant: pixels, colours, transparency, density, animation. Everything else goes. */
const needed = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST sPLT pHYs cICP mDCV cLLI acTL fcTL fdAT".split(
    " ",
  ),
);

/** A PNG without texts, time, EXIF and private chunks; undefined if it breaks off or is none. Source: W3C PNG, third edition. */
export function cleanPng(
  bytes: Uint8Array,
): { readonly bytes: Uint8Array; readonly removed: readonly Metadata[] } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  const removed: Metadata[] = [];
  let orientation = 1;
  let headerEnd: number | undefined;
  let hasPixels = false;
  let at = 8;
  for (;;) {
    if (at + 12 > bytes.length) return undefined;
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return undefined;
    const type = asciiAt(bytes, at + 4, 4);
    if (!/^[A-Za-z]{4}$/u.test(type)) return undefined;
    const data = bytes.subarray(at + 8, end - 4);
    if (type === "IHDR") headerEnd = kept.length + 1;
    if (type === "IDAT") hasPixels = true;
    // A critical chunk (capital letter) that we do not know: without it nobody could read the picture.
    if (needed.has(type) || /^[A-Z]/u.test(type)) kept.push(bytes.subarray(at, end));
    else if (type === "eXIf") {
      const exif = readExif(data);
      orientation = exif.orientation;
      removed.push(...exif.found);
    } else removed.push(described(type, data));
    at = end;
    if (type === "IEND") break;
  }
  if (headerEnd === undefined || !hasPixels) return undefined;
  if (at < bytes.length) removed.push({ kind: "hidden-data", detail: `${bytes.length - at} bytes` });
  if (removed.length === 0) return { bytes, removed };
  if (orientation !== 1) kept.splice(headerEnd, 0, pngChunk("eXIf", orientationOnly(orientation)));
  return { bytes: joined(kept), removed };
}

function described(type: string, data: Uint8Array): Metadata {
  if (type === "tEXt" || type === "iTXt") {
    const [keyword, ...rest] = new TextDecoder().decode(data).split("\0");
    // Photoshop and others keep their XMP under this keyword.
    if (keyword?.startsWith("XML:com.adobe")) return { kind: "history", detail: "XMP" };
    return { kind: "text", detail: shownText(`${keyword}: ${rest.join(" ")}`) };
  }
  if (type === "zTXt")
    return { kind: "text", detail: shownText(new TextDecoder().decode(data).split("\0")[0] ?? "") };
  if (type === "tIME") {
    const [high = 0, low = 0, ...parts] = data;
    const [month, day, hour, minute, second] = parts.map((part) => String(part).padStart(2, "0"));
    return { kind: "time", detail: `${high * 256 + low}:${month}:${day} ${hour}:${minute}:${second}` };
  }
  return type === "caBX"
    ? { kind: "history", detail: "C2PA" }
    : { kind: "other", detail: `${type}, ${data.length} bytes` };
}

function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}
