/** Writes PNG (W3C PNG 3, sections 5 and 11). */
import { crc32, deflateSync } from "node:zlib";

export type PngContent = {
  readonly width: number;
  readonly height: number;
  /** Eight bits a channel: red, green, blue and opacity; or eight bits a pixel, each an index into `palette`. */
  readonly colour: "rgba" | { readonly palette: Buffer };
  /** Each row begins with the number of its filter, 0 for none. */
  readonly rows: Buffer;
};

/** Not interlaced. `pngFile({ width: 1, height: 1, colour: "rgba", rows: Buffer.from([0, 255, 0, 0, 255]) })`: a red dot. */
export function pngFile({ width, height, colour, rows }: PngContent): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colour === "rgba" ? 6 : 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    ...(colour === "rgba" ? [] : [chunk("PLTE", colour.palette)]),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
