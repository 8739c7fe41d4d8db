import type { ByteSource } from "./source.ts";
import { headOf } from "./source.ts";

/**
 * Which letters the bytes mean, and whether somebody already destroyed them. Banks of this region write
 * Windows-1251, DOS 866 and UTF-8 without saying which; a file opened and saved in the wrong one is beyond repair
 * for evidence, because several originals give the same ruin.
 */

export type Encoding =
  | "utf-8"
  | "windows-1251"
  | "windows-1252"
  | "ibm866"
  | "koi8-r"
  | "utf-16le"
  | "utf-16be";

const sampleSize = 262_144;
const decoders = new Map<string, TextDecoder>();

export function decodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { fatal: false, ignoreBOM: true });
    decoders.set(encoding, decoder);
  }
  return decoder.decode(bytes);
}

/** Number of bytes of the byte order mark at the start: 3 for UTF-8, 2 for UTF-16, else 0. */
export function bomLength(head: Uint8Array): number {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 3;
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return 2;
  return 0;
}

/** True when `bytes` is UTF-8, a sequence cut at the very end allowed. */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let cut = 0; cut <= 3; cut += 1) {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
      return true;
    } catch {
      // A sample may end inside a letter; three bytes are the longest unfinished one.
    }
  }
  return false;
}

/**
 * Guesses the encoding from the first 256 KiB. `known` are words the format must contain (keys of a 1C file):
 * whichever encoding makes them appear is right; without them common letters of each language decide.
 */
export function guessEncoding(source: ByteSource, known?: RegExp): Encoding {
  const head = headOf(source, sampleSize);
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (bomLength(head) === 3) return "utf-8";
  const wide = utf16Without(head);
  if (wide !== undefined) return wide;
  if (isUtf8(head)) return "utf-8";
  const candidates: readonly Encoding[] = ["windows-1251", "ibm866", "koi8-r"];
  if (known !== undefined) {
    for (const encoding of candidates) if (known.test(decodeBytes(head, encoding))) return encoding;
    // Mostly UTF-8 with a few broken bytes: read it as UTF-8, so that one bad byte stays one bad letter.
    if (known.test(decodeBytes(head, "utf-8"))) return "utf-8";
  }
  return bestGuess(head);
}

/**
 * UTF-16 without a byte order mark: every other byte is 0 (Latin) or 4 (Cyrillic), in text of either and of both.
 */
export function utf16Without(head: Uint8Array): Encoding | undefined {
  const count = Math.min(head.length - (head.length % 2), 1024);
  if (count < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < count; i += 1) {
    const byte = head[i];
    if (byte !== 0 && byte !== 4) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  if (odd * 2 > count * 0.9 && even * 2 < count * 0.3) return "utf-16le";
  if (even * 2 > count * 0.9 && odd * 2 < count * 0.3) return "utf-16be";
  return undefined;
}

function bestGuess(head: Uint8Array): Encoding {
  let high = 0;
  for (const byte of head) if (byte >= 0x80) high += 1;
  const utf8 = decodeBytes(head, "utf-8");
  const broken = countOf(utf8, /\uFFFD/gu);
  if (broken * 8 < high) return "utf-8";
  const western = decodeBytes(head, "windows-1252");
  // Cyrillic words are whole runs of high bytes; western accents stand alone among plain letters.
  const runs = countOf(western, /[\u00C0-\u00FF]{3,}/gu);
  const lone = countOf(western, /[A-Za-z][\u00C0-\u00FF](?![\u00C0-\u00FF])/gu);
  if (runs * 2 < lone || runs === 0) return "windows-1252";
  let best: Encoding = "windows-1251";
  let most = -1;
  for (const encoding of ["windows-1251", "ibm866", "koi8-r"] as const) {
    const text = decodeBytes(head, encoding);
    const score =
      countOf(text, /[оеаинтс]/gu) * 2 +
      countOf(text, /[а-я]/gu) -
      countOf(text, /[^\p{L}\p{N}\p{P}\p{Z}\r\n\t]/gu);
    if (score > most) {
      most = score;
      best = encoding;
    }
  }
  return best;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

// Second bytes of UTF-8 letters, seen through Windows-1251: none of them is an ordinary Russian letter but ё.
const utf8Through1251 =
  /[РСТУ][ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00A0ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї°±Ііґµ¶·ё№є»јЅѕї\u0098]/gu;
const utf8ThroughLatin = /[ÃÂÐÑÒÓ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu;
const utf8ThroughDos = /[╨╤╥╙][\u2500-\u259FА-яЁё°∙·√№¤■]/gu;
const cyrillicThroughLatin = /[À-ÖØ-öø-ÿ]{4,}/gu;

/**
 * Names the ruin if the letters of `text` were destroyed by reading them in a wrong encoding and saving again;
 * undefined for sound text. Question marks for Kazakh letters alone are the bank's own loss and no ruin.
 */
export function ruinOf(text: string): string | undefined {
  if (countOf(text, /\?{4,}/gu) > 2) return "letters were replaced by question marks";
  const letters = countOf(text, /\p{L}/gu);
  if (letters === 0) return countOf(text, /\uFFFD/gu) > 8 ? "letters were replaced by U+FFFD" : undefined;
  if (
    countOf(text, utf8Through1251) * 4 > countOf(text, /[\u0400-\u04FF]/gu) &&
    countOf(text, utf8Through1251) > 2
  ) {
    return "UTF-8 text was read as Windows-1251 and saved again";
  }
  if (countOf(text, utf8ThroughLatin) > 2 && countOf(text, utf8ThroughLatin) * 6 > letters) {
    return "UTF-8 text was read as Latin-1 and saved again";
  }
  if (countOf(text, utf8ThroughDos) > 2) return "UTF-8 text was read as DOS 866 and saved again";
  if (countOf(text, cyrillicThroughLatin) > 1) return "Windows-1251 text was read as Latin-1 and saved again";
  if (countOf(text, /\uFFFD/gu) * 4 > letters) return "letters were replaced by U+FFFD";
  return undefined;
}

const ruinedWords =
  /\uFFFD|(?:[РСТУ][ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00A0ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї°±Ііґµ¶·ё№є»јЅѕї\u0098]){2}|(?:[ÐÑÒÓ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]){2}|[À-ÖØ-öø-ÿ]{4}/u;

/** Whether the words of one row were destroyed, where the file around them can still be read. */
export function isRuined(text: string): boolean {
  return ruinedWords.test(text);
}

/** Lines of one slice of a file. `first` is the number of the first line, counted from 1. */
export type LineSlice = {
  readonly first: number;
  readonly lines: readonly string[];
  /** True for the last slice when the file does not end in a line break: its last line may be cut. */
  readonly openEnd: boolean;
};

/**
 * The lines of a text file in slices of about 256 KiB, so that no file ever becomes one giant string. Ends of line
 * may be LF, CRLF or (old files) CR alone.
 */
export function* lineSlices(
  source: ByteSource,
  encoding: Encoding,
  sliceSize = 262_144,
): Generator<LineSlice> {
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    const text = decodeBytes(source.read(bomLength(headOf(source, 3)), source.size), encoding);
    const lines = splitLines(text);
    yield { first: 1, lines, openEnd: !/[\r\n]$/u.test(text) };
    return;
  }
  const head = headOf(source, 65_536);
  const end = head.includes(0x0a) ? 0x0a : head.includes(0x0d) ? 0x0d : 0x0a;
  let position = bomLength(head) === 3 ? 3 : 0;
  let first = 1;
  while (position < source.size) {
    let stop = Math.min(position + sliceSize, source.size);
    let bytes = source.read(position, stop);
    let last = bytes.lastIndexOf(end);
    // One line longer than a slice: widen until it ends.
    while (last < 0 && stop < source.size) {
      stop = Math.min(position + (stop - position) * 2, source.size);
      bytes = source.read(position, stop);
      last = bytes.lastIndexOf(end);
    }
    const final = stop === source.size;
    const length = final || last < 0 ? bytes.length : last + 1;
    const text = decodeBytes(bytes.subarray(0, length), encoding);
    const openEnd = final && bytes[bytes.length - 1] !== end;
    const lines = splitLines(text);
    yield { first, lines, openEnd };
    first += lines.length;
    position += length;
  }
}

/** The text of a file in slices that end anywhere; for XML, which may be one single line. */
export function* textSlices(source: ByteSource, encoding: Encoding, sliceSize = 262_144): Generator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for (let start = bomLength(headOf(source, 3)); start < source.size; start += sliceSize) {
    const end = Math.min(start + sliceSize, source.size);
    yield decoder.decode(source.read(start, end), { stream: end < source.size });
  }
}

function splitLines(text: string): string[] {
  const lines = text.includes("\n") ? text.split("\n") : text.split("\r");
  if (lines.at(-1) === "") lines.pop();
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? "";
    if (line.endsWith("\r")) lines[i] = line.slice(0, -1);
  }
  return lines;
}
