import { bomLength, decodeBytes } from "./encoding.ts";
import type { Encoding } from "./encoding.ts";
import type { ByteSource } from "./source.ts";
import { bytesSource, headOf } from "./source.ts";

/** A run of whole records of a CSV file. */
export type RecordChunk = {
  readonly start: number;
  readonly end: number;
  /** Number of the first line. */
  readonly line: number;
  readonly lines: number;
  /** A record whose quotation mark is never closed: read without regard to quotes, and reported. */
  readonly isBroken: boolean;
  /** The last chunk of a file that does not end in a line break. */
  readonly openEnd: boolean;
};

const sliceSize = 262_144;
/** A quoted field longer than this never closed its quote: no bank prints a purpose of a hundred lines. */
const maxQuotedLines = 100;
const maxQuotedBytes = 65_536;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts the file at ends of records, about 256 KiB at a time. Works on bytes: in every encoding used here a separator,
 * a quote and a line break are one ASCII byte. A quote counts only at the start of a field.
 */
export function* recordChunks(source: ByteSource, delimiter: string): Generator<RecordChunk> {
  const head = headOf(source, 65_536);
  const newline = head.includes(lineFeed)
    ? lineFeed
    : head.includes(carriageReturn)
      ? carriageReturn
      : lineFeed;
  const separator = delimiter.charCodeAt(0);
  let start = bomLength(head) === 3 ? 3 : 0;
  let line = 1;
  let size = sliceSize;
  while (start < source.size) {
    const bytes = source.read(start, Math.min(start + size, source.size));
    const isLast = start + bytes.length === source.size;
    const found = scan(bytes, { newline, separator, isLast });
    if (found.end === 0 && found.broken === undefined) {
      // A single record longer than the slice.
      size *= 4;
      continue;
    }
    size = sliceSize;
    if (found.end > 0) {
      const openEnd = isLast && found.broken === undefined && bytes[found.end - 1] !== newline;
      yield { start, end: start + found.end, line, lines: found.lines, isBroken: false, openEnd };
      line += found.lines;
    }
    if (found.broken !== undefined) {
      const openEnd = isLast && found.broken === bytes.length && bytes[bytes.length - 1] !== newline;
      yield { start: start + found.end, end: start + found.broken, line, lines: 1, isBroken: true, openEnd };
      line += 1;
      start += found.broken;
    } else start += found.end;
  }
}

type Scan = {
  /** End of the last whole record, or of everything on the last slice. */
  end: number;
  lines: number;
  /** End of a broken record that follows. */
  broken: number | undefined;
};

function scan(bytes: Uint8Array, at: { newline: number; separator: number; isLast: boolean }): Scan {
  if (!bytes.includes(quote)) return scanPlain(bytes, at);
  let end = 0;
  let lines = 0;
  let linesHere = 0;
  let atFieldStart = true;
  let quotedAt = -1;
  let quotedLines = 0;
  let firstBreak = -1;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (quotedAt >= 0) {
      if (byte === quote) {
        const next = bytes[i + 1];
        if (next === quote) i += 1;
        else if (
          quotedLines > 0 &&
          next !== undefined &&
          next !== at.separator &&
          next !== at.newline &&
          next !== carriageReturn
        ) {
          // A quote inside a field of several lines: the first one was never closed, and this one opens another field.
          return { end, lines, broken: firstBreak < 0 ? i : firstBreak };
        } else {
          quotedAt = -1;
          atFieldStart = false;
        }
      } else if (byte === at.newline) {
        linesHere += 1;
        quotedLines += 1;
        if (firstBreak < 0) firstBreak = i + 1;
        if (quotedLines > maxQuotedLines || i - quotedAt > maxQuotedBytes)
          return { end, lines, broken: firstBreak };
      }
      continue;
    }
    if (byte === at.newline) {
      end = i + 1;
      lines += linesHere + 1;
      linesHere = 0;
      atFieldStart = true;
    } else if (byte === at.separator) atFieldStart = true;
    else if (byte === quote && atFieldStart) {
      quotedAt = i;
      quotedLines = 0;
      firstBreak = -1;
    } else if (byte !== 0x20) atFieldStart = false;
  }
  if (!at.isLast) return { end, lines, broken: undefined };
  if (quotedAt >= 0) return { end, lines, broken: firstBreak < 0 ? bytes.length : firstBreak };
  if (end < bytes.length) {
    end = bytes.length;
    lines += linesHere + 1;
  }
  return { end, lines, broken: undefined };
}

/** Without a quote every line is a record. */
function scanPlain(bytes: Uint8Array, at: { newline: number; isLast: boolean }): Scan {
  let lines = 0;
  let end = 0;
  for (let next = bytes.indexOf(at.newline); next >= 0; next = bytes.indexOf(at.newline, end)) {
    lines += 1;
    end = next + 1;
  }
  if (at.isLast && end < bytes.length) return { end: bytes.length, lines: lines + 1, broken: undefined };
  return { end, lines, broken: undefined };
}

export function chunkText(source: ByteSource, chunk: RecordChunk, encoding: Encoding): string {
  return decodeBytes(source.read(chunk.start, chunk.end), encoding);
}

/** UTF-16 (Excel's "Unicode text") has two bytes to a character, so it is turned into UTF-8 first. */
export function asUtf8(source: ByteSource, encoding: Encoding): ByteSource {
  const text = decodeBytes(source.read(bomLength(headOf(source, 3)), source.size), encoding);
  return bytesSource(new TextEncoder().encode(text));
}
