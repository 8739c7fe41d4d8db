/** The index as bytes: numbers of seven bits a byte (the high bit says that more follow), texts as UTF-8 with their lengths. */
import type { Refusal, Result } from "#record/result.ts";
import { Segment } from "./postings.ts";
import { SearchDocuments } from "./search-documents.ts";

/** Rises with any change of this layout, of the words, or of the stems: an old snapshot is then built again. */
const version = 1;
/** "aqsi" */
const magic = [0x61, 0x71, 0x73, 0x69];

export type IndexBytesRefusal = Refusal<"search-index-version" | "search-index-damaged">;

export function writeIndexBytes(documents: SearchDocuments, segment: Segment): Uint8Array {
  const out = new ByteWriter();
  for (const byte of magic) out.number(byte);
  out.number(version);
  out.number(documents.kinds.length);
  out.lengths(documents.kinds);
  out.text(documents.kinds.join(""));
  out.number(documents.count);
  out.lengths(documents.ids);
  out.text(documents.ids.join(""));
  for (let i = 0; i < documents.count; i++) out.number(documents.kindOf[i] ?? 0);
  // Days lie on both sides of 1970 and "none" lies far below; as unsigned numbers they are read back the same.
  for (let i = 0; i < documents.count; i++) out.number((documents.dayOf[i] ?? 0) >>> 0);
  out.number(segment.size);
  for (let i = 0; i < segment.size; i++)
    out.number((segment.offsets[i + 1] ?? 0) - (segment.offsets[i] ?? 0));
  out.text(segment.text);
  out.number(segment.postings.length);
  for (let i = 0; i < segment.size; i++) {
    const from = segment.starts[i] ?? 0;
    const to = segment.starts[i + 1] ?? 0;
    out.number(to - from);
    let before = 0;
    for (let at = from; at < to; at++) {
      const posting = segment.postings[at] ?? 0;
      // Distance to the document before, then the three low bits: most fit into one or two bytes.
      out.number(((posting >>> 3) - before) * 8 + (posting & 7));
      before = posting >>> 3;
    }
  }
  return out.bytes();
}

export function readIndexBytes(
  bytes: Uint8Array,
): Result<{ readonly documents: SearchDocuments; readonly segment: Segment }, IndexBytesRefusal> {
  const read = new ByteReader(bytes);
  if (magic.some((byte) => read.number() !== byte)) return damaged("it does not begin as an index");
  const written = read.number();
  if (written !== version) {
    return {
      ok: false,
      refusal: { code: "search-index-version", message: `index of version ${written}`, written },
    };
  }
  const documents = readDocuments(read);
  const segment = readSegment(read, documents.count);
  if (read.isBroken || read.left > 0)
    return damaged("it breaks off, contradicts itself or goes on behind its end");
  return { ok: true, value: { documents, segment } };
}

function readDocuments(read: ByteReader): SearchDocuments {
  const documents = new SearchDocuments();
  documents.kinds.push(...read.texts(read.count()));
  const ids = read.texts(read.count());
  const kinds = new Uint8Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const kind = read.number();
    if (kind >= documents.kinds.length) read.isBroken = true;
    kinds[i] = kind;
  }
  for (let i = 0; i < ids.length; i++) documents.addNumbered(ids[i] ?? "", kinds[i] ?? 0, read.number() | 0);
  return documents;
}

function readSegment(read: ByteReader, documents: number): Segment {
  const offsets = new Uint32Array(read.count() + 1);
  const size = offsets.length - 1;
  for (let i = 0; i < size; i++) offsets[i + 1] = (offsets[i] ?? 0) + read.number();
  const text = read.text();
  if (text.length !== offsets[size]) read.isBroken = true;
  const starts = new Uint32Array(size + 1);
  const postings = new Uint32Array(read.count());
  let at = 0;
  for (let i = 0; i < size && !read.isBroken; i++) {
    const end = at + read.count();
    if (end > postings.length) read.isBroken = true;
    let before = 0;
    for (; at < end && !read.isBroken; at++) {
      const packed = read.number();
      before += Math.floor(packed / 8);
      if (before >= documents) read.isBroken = true;
      postings[at] = before * 8 + (packed & 7);
    }
    starts[i + 1] = at;
  }
  if (at !== postings.length) read.isBroken = true;
  return new Segment(text, offsets, starts, postings);
}

function damaged(why: string): Result<never, IndexBytesRefusal> {
  return { ok: false, refusal: { code: "search-index-damaged", message: why } };
}

class ByteWriter {
  #bytes = new Uint8Array(65_536);
  #length = 0;

  number(value: number): void {
    if (this.#length + 5 > this.#bytes.length) this.#grow(5);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** In UTF-16 units, by which the joined text is cut again. */
  lengths(texts: readonly string[]): void {
    for (const text of texts) this.number(text.length);
  }

  text(text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.number(encoded.length);
    if (this.#length + encoded.length > this.#bytes.length) this.#grow(encoded.length);
    this.#bytes.set(encoded, this.#length);
    this.#length += encoded.length;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(atLeast: number): void {
    const larger = new Uint8Array(this.#bytes.length * 2 + atLeast);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what {@link ByteWriter} wrote. Behind the end it reads noughts and remembers that it is broken. */
class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  isBroken = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  number(): number {
    let byte = this.#next();
    let value = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      if (shift > 28) this.isBroken = true;
      byte = this.isBroken ? 0 : this.#next();
      value |= (byte & 127) << shift;
    }
    return value >>> 0;
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte !== undefined) return byte;
    this.isBroken = true;
    return 0;
  }

  /** A number of things that take a byte or more each; more than there are bytes is damage, not a reason to reserve memory. */
  count(): number {
    const count = this.number();
    if (!this.isBroken && count <= this.left) return count;
    this.isBroken = true;
    return 0;
  }

  text(): string {
    const size = this.count();
    const text = new TextDecoder().decode(this.#bytes.subarray(this.#at, this.#at + size));
    this.#at += size;
    return text;
  }

  texts(count: number): string[] {
    const lengths = new Uint32Array(count);
    for (let i = 0; i < count; i++) lengths[i] = this.number();
    const text = this.text();
    const texts: string[] = [];
    let from = 0;
    for (const length of lengths) texts.push(text.slice(from, (from += length)));
    if (from !== text.length) this.isBroken = true;
    return texts;
  }
}
