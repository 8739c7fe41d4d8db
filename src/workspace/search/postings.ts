/**
 * Which terms stand in which documents. One segment holds the documents of one call to `add`; it is never changed, only merged with others,
 * so that it can be typed arrays with a sorted dictionary: small, loaded at once, and a prefix is one stretch of it.
 */

/**
 * One term in one document, in 32 bits: the document's number × 8, 4 if the term stands in the title, and how often it occurs, 1
 * to 3 (more says no more). Documents up to 2^29.
 */
type Posting = number;

export const documentOf = (posting: Posting): number => posting >>> 3;
export const isInTitle = (posting: Posting): boolean => (posting & 4) !== 0;
export const timesOf = (posting: Posting): number => posting & 3;

/** The terms from number `from` up to, not including, `to`. */
type TermRange = { readonly from: number; readonly to: number };

export class Segment {
  /** All terms in one text, in the order of their code units; term i is `text.slice(offsets[i], offsets[i + 1])`. */
  readonly text: string;
  readonly offsets: Uint32Array;
  /** The postings of term i are `postings[starts[i]]` to `postings[starts[i + 1]]`, documents rising. */
  readonly starts: Uint32Array;
  readonly postings: Uint32Array;

  constructor(text: string, offsets: Uint32Array, starts: Uint32Array, postings: Uint32Array) {
    this.text = text;
    this.offsets = offsets;
    this.starts = starts;
    this.postings = postings;
  }

  /** How many terms. */
  get size(): number {
    return this.offsets.length - 1;
  }

  termAt(i: number): string {
    return this.text.slice(this.offsets[i], this.offsets[i + 1]);
  }

  /** The term itself: a range of one, or of none. */
  find(term: string): TermRange {
    const from = this.#firstNotBefore(term);
    return { from, to: from < this.size && this.termAt(from) === term ? from + 1 : from };
  }

  /** All terms that begin with `prefix`. */
  findPrefix(prefix: string): TermRange {
    // No character follows U+FFFF, so everything that begins with the prefix stands before this.
    return { from: this.#firstNotBefore(prefix), to: this.#firstNotBefore(`${prefix}\uffff`) };
  }

  #firstNotBefore(term: string): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.termAt(middle) < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Several segments as one, older documents first; `newNumber` gives each document its number, -1 drops it. */
export function mergeSegments(
  segments: readonly Segment[],
  newNumber: (document: number) => number,
): Segment {
  const next = segments.map(() => 0);
  const terms: string[] = [];
  const starts: number[] = [0];
  const postings = new Uint32Array(segments.reduce((sum, segment) => sum + segment.postings.length, 0));
  let length = 0;
  const heads = segments.map((segment) => (segment.size > 0 ? segment.termAt(0) : undefined));
  for (;;) {
    let least: string | undefined;
    for (const head of heads) if (head !== undefined && (least === undefined || head < least)) least = head;
    if (least === undefined) break;
    const before = length;
    for (const [s, segment] of segments.entries()) {
      if (heads[s] !== least) continue;
      const term = next[s] ?? 0;
      const end = segment.starts[term + 1] ?? 0;
      for (let at = segment.starts[term] ?? 0; at < end; at++) {
        const posting = segment.postings[at] ?? 0;
        const number = newNumber(documentOf(posting));
        if (number === -1) continue;
        postings[length] = number * 8 + (posting & 7);
        length += 1;
      }
      next[s] = term + 1;
      heads[s] = term + 1 < segment.size ? segment.termAt(term + 1) : undefined;
    }
    if (length === before) continue;
    terms.push(least);
    starts.push(length);
  }
  return new Segment(terms.join(""), offsetsOf(terms), Uint32Array.from(starts), postings.slice(0, length));
}

function offsetsOf(terms: readonly string[]): Uint32Array {
  const offsets = new Uint32Array(terms.length + 1);
  for (let i = 0; i < terms.length; i++) offsets[i + 1] = (offsets[i] ?? 0) + (terms[i]?.length ?? 0);
  return offsets;
}

/** Collects the words of new documents into a segment. */
export class SegmentBuilder {
  readonly #termsOf: (word: string) => readonly string[];
  readonly #termNumbers = new Map<string, number>();
  readonly #words = new WordNumbers();
  /** The terms of each word. */
  readonly #termsByWord: (readonly number[])[] = [];
  /** All postings in the order of documents, each with its term beside it; sorted by term at the end, by counting. */
  #postings = new Uint32Array(4096);
  #terms = new Uint32Array(4096);
  #length = 0;
  /** Where the last posting of each term lies: a word that comes again in its document only raises the count. */
  readonly #last: number[] = [];

  constructor(termsOf: (word: string) => readonly string[]) {
    this.#termsOf = termsOf;
  }

  /** Counts the word `source.slice(from, to)` of a document. Documents come in rising order, each whole before the next. */
  add(source: string, from: number, to: number, document: number, isTitle: boolean): void {
    const word = this.#words.numberOf(source, from, to);
    if (word === this.#termsByWord.length) {
      this.#termsByWord.push(this.#termsOf(source.slice(from, to)).map((term) => this.#termNumber(term)));
    }
    for (const term of this.#termsByWord[word] ?? []) this.#count(term, document, isTitle);
  }

  #termNumber(term: string): number {
    const known = this.#termNumbers.get(term);
    if (known !== undefined) return known;
    this.#last.push(-1);
    this.#termNumbers.set(term, this.#last.length - 1);
    return this.#last.length - 1;
  }

  #count(term: number, document: number, isTitle: boolean): void {
    const last = this.#last[term] ?? -1;
    const posting = last === -1 ? 0 : (this.#postings[last] ?? 0);
    if (last !== -1 && documentOf(posting) === document) {
      const title = isTitle ? 4 : posting & 4;
      this.#postings[last] = document * 8 + title + Math.min(timesOf(posting) + 1, 3);
      return;
    }
    if (this.#length === this.#postings.length) {
      this.#postings = doubled(this.#postings);
      this.#terms = doubled(this.#terms);
    }
    this.#postings[this.#length] = document * 8 + (isTitle ? 4 : 0) + 1;
    this.#terms[this.#length] = term;
    this.#last[term] = this.#length;
    this.#length += 1;
  }

  build(): Segment {
    const sorted = [...this.#termNumbers.keys()].sort();
    const place = new Uint32Array(sorted.length);
    for (let i = 0; i < sorted.length; i++) place[this.#termNumbers.get(sorted[i] ?? "") ?? 0] = i;
    const starts = new Uint32Array(sorted.length + 1);
    const placeOf = (at: number): number => place[this.#terms[at] ?? 0] ?? 0;
    for (let at = 0; at < this.#length; at++) {
      const i = placeOf(at) + 1;
      starts[i] = (starts[i] ?? 0) + 1;
    }
    for (let i = 0; i < sorted.length; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
    const next = starts.slice();
    const postings = new Uint32Array(this.#length);
    for (let at = 0; at < this.#length; at++) {
      const i = placeOf(at);
      postings[next[i] ?? 0] = this.#postings[at] ?? 0;
      next[i] = (next[i] ?? 0) + 1;
    }
    return new Segment(sorted.join(""), offsetsOf(sorted), starts, postings);
  }
}

/** Words to numbers in the order of meeting. A table of our own, since a Map would need each word cut out of its text first. */
class WordNumbers {
  readonly #words: string[] = [];
  readonly #hashes: number[] = [];
  /** Open addressing: number of the word + 1, 0 for a free place; never more than half full. */
  #places = new Uint32Array(8192);

  numberOf(source: string, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const found = (this.#places[place] ?? 0) - 1;
      if (found === -1) return this.#insert(source.slice(from, to), hash, place);
      const word = this.#words[found] ?? "";
      if (this.#hashes[found] === hash && word.length === to - from && source.startsWith(word, from))
        return found;
    }
  }

  #insert(word: string, hash: number, place: number): number {
    const number = this.#words.push(word) - 1;
    this.#hashes.push(hash);
    this.#places[place] = number + 1;
    if (this.#words.length * 2 > this.#places.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    this.#places = new Uint32Array(this.#places.length * 4);
    const mask = this.#places.length - 1;
    for (let number = 0; number < this.#words.length; number++) {
      let place = (this.#hashes[number] ?? 0) & mask;
      while (this.#places[place] !== 0) place = (place + 1) & mask;
      this.#places[place] = number + 1;
    }
  }
}

function doubled(old: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(old.length * 2);
  larger.set(old);
  return larger;
}
