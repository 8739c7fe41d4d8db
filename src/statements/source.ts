/**
 * Where the bytes of a bank file come from. Reading is synchronous, so that a million rows can stream through
 * a plain generator: backed by a file descriptor in the command line, by memory in the browser.
 */
export type ByteSource = {
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`; callers never ask beyond `size`. */
  read(start: number, end: number): Uint8Array;
};

/** A source over bytes already in memory, e.g. of a file chosen in the browser. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

/** The first `count` bytes, or fewer when the file is shorter. */
export function headOf(source: ByteSource, count: number): Uint8Array {
  return source.read(0, Math.min(count, source.size));
}

/** The whole file in memory; only for formats that cannot be read in slices (PDF, XLSX, UTF-16). */
export function allOf(source: ByteSource): Uint8Array {
  return source.read(0, source.size);
}
