/** What a picture tells besides its pixels. */
export type MetadataKind =
  /** Where it was taken, as latitude and longitude. */
  | "place"
  | "time"
  /** Make, model, lens, serial number. */
  | "device"
  | "person"
  | "program"
  | "text"
  /** A small copy, which may still show what was cut away or covered. */
  | "thumbnail"
  /** XMP, Photoshop, provenance: mostly what was done to the picture, by which account. */
  | "history"
  /** Bytes behind the end of the picture: a film, a second picture, anything. */
  | "hidden-data"
  | "other";

export type Metadata = { readonly kind: MetadataKind; readonly detail: string };

/** A picture without its metadata. `bytes` are the given ones where there was nothing to remove. */
export type CleanedImage = {
  readonly format: "jpeg" | "png" | "webp";
  readonly bytes: Uint8Array;
  readonly removed: readonly Metadata[];
};

/** Bytes as Latin letters, for the names of segments. */
export function asciiAt(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

/** A text out of a file, fit for a list: without control signs, at most 200 letters. */
export function shownText(text: string): string {
  const clean = text.replace(/\p{C}+/gu, " ").trim();
  return clean.length <= 200 ? clean : `${clean.slice(0, 200).toWellFormed()}…`;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
