/**
 * Takes out of a picture what tells where, when, by whom and with what it was made, before it leaves the device. On bytes, not by drawing it
 * anew: Tor Browser answers with noise when a page reads pixels back, and evidence should keep its pixels.
 */
import type { Refusal, Result } from "#record/result.ts";
import { cleanJpeg } from "./clean-jpeg.ts";
import { cleanPng } from "./clean-png.ts";
import { cleanWebp } from "./clean-webp.ts";
import { asciiAt, type CleanedImage } from "./metadata.ts";

/**
 * Why a file was not cleaned; it must then not be sent. `image-heic`: Apple's format, to be saved as JPEG first (words for that are in
 * `receipt-words.ts`); `image-damaged`: it breaks off or contradicts itself; `image-unknown`: not JPEG, PNG or WebP.
 */
export type ImageRefusal = Refusal<"image-heic" | "image-damaged" | "image-unknown">;

type Cleaner = (bytes: Uint8Array) => Pick<CleanedImage, "bytes" | "removed"> | undefined;

const heicBrands = new Set("heic heix heim heis hevc hevx hevm hevs mif1 msf1 avif avis".split(" "));

/**
 * The picture without metadata, and what was taken out, to show before it is sent. Only the orientation stays, since photos from phones would lie
 * on their side. Pixels are not changed, so faces and papers in the picture stay as they are.
 *
 * @example cleanImage(bytes) // { ok: true, value: { format: "jpeg", bytes, removed: [{ kind: "place", detail: "43.23800, 76.94500" }] } }
 */
export function cleanImage(bytes: Uint8Array): Result<CleanedImage, ImageRefusal> {
  const found = formatOf(bytes);
  if (found === "heic")
    return refused("image-heic", "HEIC and AVIF pictures cannot be cleaned; save it as JPEG");
  if (found === undefined) return refused("image-unknown", "not a JPEG, PNG or WebP picture");
  const [format, clean] = found;
  const cleaned = clean(bytes);
  if (cleaned === undefined)
    return refused("image-damaged", `the ${format} file breaks off or contradicts itself`);
  return { ok: true, value: { format, ...cleaned } };
}

/** By its first bytes; names of files say nothing. */
function formatOf(bytes: Uint8Array): readonly [CleanedImage["format"], Cleaner] | "heic" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return ["jpeg", cleanJpeg];
  if (asciiAt(bytes, 0, 8) === "\u0089PNG\r\n\u001a\n") return ["png", cleanPng];
  if (asciiAt(bytes, 0, 4) === "RIFF" && asciiAt(bytes, 8, 4) === "WEBP") return ["webp", cleanWebp];
  return asciiAt(bytes, 4, 4) === "ftyp" && heicBrands.has(asciiAt(bytes, 8, 4)) ? "heic" : undefined;
}

function refused(code: ImageRefusal["code"], message: string): Result<never, ImageRefusal> {
  return { ok: false, refusal: { code, message } };
}
