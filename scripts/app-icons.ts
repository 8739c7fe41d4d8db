// The icon of the workspace as bytes: drawn here, so that no picture in the repository has an unknown origin. A sheet of
// paper that is held up by a tick; it says nothing about what the foundation does, since a phone lies on tables.
import { pngFile } from "./png-file.ts";

type Point = readonly [x: number, y: number];

/** In units of the whole width. The mark keeps to the inner 60 %, which every mask leaves whole. */
const strokes: readonly (readonly Point[])[] = [
  [
    [0.3, 0.52],
    [0.44, 0.66],
    [0.71, 0.34],
  ],
];
const strokeWidth = 0.105;
const ground = [0x13, 0x68, 0x54] as const;
const mark = [0xff, 0xff, 0xff] as const;

export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="22" fill="#136854"/><path d="M30 52 44 66 71 34" fill="none" stroke="#fff" stroke-width="10.5" stroke-linecap="round" stroke-linejoin="round"/></svg>\n`;

/** A square PNG; `corner` is the radius of its corners in units of the width, 0 for one that the system masks itself. */
export function iconPng(size: number, corner: number): Buffer {
  const pixels = Buffer.alloc((size * 4 + 1) * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const point: Point = [(x + 0.5) / size, (y + 0.5) / size];
      const inside = coverage(-cornerDistance(point, corner), size);
      const onMark = coverage(strokeWidth / 2 - markDistance(point), size);
      const at = y * (size * 4 + 1) + 1 + x * 4;
      for (let channel = 0; channel < 3; channel++)
        pixels[at + channel] = Math.round(
          (ground[channel] ?? 0) * (1 - onMark) + (mark[channel] ?? 0) * onMark,
        );
      pixels[at + 3] = Math.round(255 * inside);
    }
  }
  return pngFile({ width: size, height: size, colour: "rgba", rows: pixels });
}

/** How much of a pixel lies inside, from its middle's distance to the edge. */
const coverage = (distance: number, size: number): number => Math.min(1, Math.max(0, distance * size + 0.5));

function cornerDistance([x, y]: Point, radius: number): number {
  const [dx, dy] = [Math.abs(x - 0.5) - 0.5 + radius, Math.abs(y - 0.5) - 0.5 + radius];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

function markDistance(point: Point): number {
  let least = Infinity;
  for (const stroke of strokes)
    for (let i = 1; i < stroke.length; i++)
      least = Math.min(least, segmentDistance(point, stroke[i - 1] ?? point, stroke[i] ?? point));
  return least;
}

function segmentDistance([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}
