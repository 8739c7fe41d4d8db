/** EXIF, as cameras write it: what it says, and the one thing of it that a picture needs. Source: CIPA DC-008 (Exif 2.32), TIFF 6.0. */
import { shownText, type Metadata, type MetadataKind } from "./metadata.ts";

export type Exif = {
  /** Empty only for a block of {@link orientationOnly}. */
  readonly found: readonly Metadata[];
  /** 1 to 8, how the picture is to be turned; 1 is upright. */
  readonly orientation: number;
};

const textTags: ReadonlyMap<number, MetadataKind> = new Map([
  [0x010e, "text"],
  [0x010f, "device"],
  [0x0110, "device"],
  [0x0131, "program"],
  [0x0132, "time"],
  [0x013b, "person"],
  [0x8298, "person"],
  [0x9003, "time"],
  [0x9004, "time"],
  [0x9286, "text"],
  [0xa430, "person"],
  [0xa431, "device"],
  [0xa433, "device"],
  [0xa434, "device"],
  [0xa435, "device"],
]);
const [orientationTag, exifPointer, gpsPointer] = [0x0112, 0x8769, 0x8825];

/** Reads an EXIF block (from "II" or "MM" on). What is damaged in it is passed over: it is thrown away anyway. */
export function readExif(block: Uint8Array): Exif {
  const tiff = new Tiff(block);
  const found: Metadata[] = [];
  let orientation = 1;
  const add = (kind: MetadataKind, detail: string) => {
    if (detail !== "" && !found.some((other) => other.kind === kind && other.detail === detail))
      found.push({ kind, detail });
  };
  const first = tiff.fields(tiff.long(4));
  const pointer = (fields: readonly Field[], tag: number) =>
    fields.find((field) => field.tag === tag)?.valueAt;
  const exifAt = pointer(first.fields, exifPointer);
  const more = exifAt === undefined ? [] : tiff.fields(tiff.long(exifAt)).fields;
  const fields = [...first.fields, ...more];
  for (const field of fields) {
    const kind = textTags.get(field.tag);
    if (kind !== undefined) add(kind, tiff.text(field));
    if (field.tag === orientationTag) orientation = tiff.short(field.valueAt);
  }
  const gpsAt = pointer(fields, gpsPointer);
  if (gpsAt !== undefined) add("place", tiff.place(tiff.long(gpsAt)));
  if (first.next !== 0) add("thumbnail", "EXIF");
  const isOurs = isSame(block, orientationOnly(orientation));
  if (found.length === 0 && !isOurs) add("other", `EXIF, ${block.length} bytes`);
  return { found, orientation: orientation >= 1 && orientation <= 8 ? orientation : 1 };
}

/** An EXIF block that holds nothing but the orientation: without it, photos from phones would lie on their side. */
export function orientationOnly(orientation: number): Uint8Array {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

type Field = {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly valueAt: number;
};
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8];

class Tiff {
  readonly #bytes: Uint8Array;
  readonly #isLittle: boolean;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#isLittle = bytes[0] === 0x49;
  }

  /** Behind the end everything is nought, so damaged pointers lead to empty lists. */
  short(at: number): number {
    const [a = 0, b = 0] = [this.#bytes[at], this.#bytes[at + 1]];
    return this.#isLittle ? a + b * 256 : a * 256 + b;
  }

  long(at: number): number {
    const [a, b] = [this.short(at), this.short(at + 2)];
    return this.#isLittle ? a + b * 65_536 : a * 65_536 + b;
  }

  fields(at: number): { readonly fields: readonly Field[]; readonly next: number } {
    // Cameras write some forty fields; a forged count must not cost time.
    const count = at === 0 ? 0 : Math.min(this.short(at), 500);
    const fields = Array.from({ length: count }, (_, i): Field => {
      const entry = at + 2 + i * 12;
      const [type, values] = [this.short(entry + 2), this.long(entry + 4)];
      const isInside = (sizes[type] ?? 0) * values <= 4;
      return {
        tag: this.short(entry),
        type,
        count: values,
        valueAt: isInside ? entry + 8 : this.long(entry + 8),
      };
    });
    return { fields, next: count === 0 ? 0 : this.long(at + 2 + count * 12) };
  }

  text({ type, count, valueAt }: Field): string {
    if (type !== 2 && type !== 7) return "";
    const bytes = this.#bytes.subarray(valueAt, valueAt + Math.min(count, 1000));
    // User comments begin with eight letters for their alphabet.
    const text = new TextDecoder().decode(bytes).replace(/^(?:ASCII|UNICODE|JIS)\0+/u, "");
    return shownText(text);
  }

  /** "43.23800, 76.94500", degrees north and east; empty when there is no position. */
  place(at: number): string {
    const { fields } = this.fields(at);
    const degrees = (tag: number, negative: string): number | undefined => {
      const value = fields.find((field) => field.tag === tag + 1 && field.type === 5 && field.count === 3);
      const side = fields.find((field) => field.tag === tag);
      if (value === undefined) return undefined;
      const [d = 0, m = 0, s = 0] = [0, 8, 16].map((offset) => this.#ratio(value.valueAt + offset));
      const size = d + m / 60 + s / 3600;
      return side !== undefined && String.fromCharCode(this.#bytes[side.valueAt] ?? 0) === negative
        ? -size
        : size;
    };
    const [latitude, longitude] = [degrees(1, "S"), degrees(3, "W")];
    if (latitude === undefined || longitude === undefined) return fields.length === 0 ? "" : "GPS";
    return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  }

  #ratio(at: number): number {
    const below = this.long(at + 4);
    return below === 0 ? 0 : this.long(at) / below;
  }
}
