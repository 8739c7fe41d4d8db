/**
 * Makes the picture of a screen a quarter of its size: 256 colours are plenty for text and tables, and the documents are
 * cloned by everyone. Reads and writes PNG (W3C PNG 3, sections 9 to 11) with 8 bits a channel, not interlaced, as Chromium does.
 */
import { inflateSync } from "node:zlib";
import { pngFile } from "../../scripts/png-file.ts";

export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = decoded(png);
  const { palette, indexOf } = chosenColours(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = indexOf(pixels.readUIntBE((y * width + x) * 3, 3));
  const colours = palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return pngFile({ width, height, colour: { palette: Buffer.from(colours) }, rows });
}

type Picture = { readonly width: number; readonly height: number; readonly pixels: Buffer };

function decoded(png: Buffer): Picture {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  if (png[24] !== 8 || (png[25] !== 2 && png[25] !== 6) || png[28] !== 0)
    throw new Error("not a picture of Chromium");
  const packed: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(packed));
  const stride = width * channels;
  const lines = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : (lines[y * stride + i - channels] ?? 0);
      const up = y === 0 ? 0 : (lines[(y - 1) * stride + i] ?? 0);
      const corner = y === 0 || i < channels ? 0 : (lines[(y - 1) * stride + i - channels] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      lines[y * stride + i] = (raw[y * (stride + 1) + 1 + i] ?? 0) + guess;
    }
  }
  if (channels === 3) return { width, height, pixels: lines };
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) lines.copy(pixels, i * 3, i * 4, i * 4 + 3);
  return { width, height, pixels };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** The most frequent colours, and which of them stands for any other. */
function chosenColours(pixels: Buffer): { palette: number[]; indexOf: (colour: number) => number } {
  const counts = new Map<number, number>();
  for (let i = 0; i < pixels.length; i += 3) {
    const colour = pixels.readUIntBE(i, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 256)
    .map(([colour]) => colour);
  const known = new Map(palette.map((colour, i) => [colour, i]));
  const indexOf = (colour: number): number => {
    const index = known.get(colour) ?? nearest(palette, colour);
    known.set(colour, index);
    return index;
  };
  return { palette, indexOf };
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [i, one] of palette.entries()) {
    const red = (one >> 16) - (colour >> 16);
    const green = ((one >> 8) & 255) - ((colour >> 8) & 255);
    const blue = (one & 255) - (colour & 255);
    const distance = red * red + green * green + blue * blue;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
