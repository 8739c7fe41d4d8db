const kinds = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Numbers of one kind, one after the other, in memory as on the device: a hundred thousand of them are read in no time. */
export class Column {
  readonly #kind: keyof typeof kinds;
  #items: Numbers;
  #length = 0;

  constructor(kind: keyof typeof kinds) {
    this.#kind = kind;
    this.#items = new kinds[kind](64);
  }

  get length(): number {
    return this.#length;
  }

  /** 0 beyond the end. */
  at(place: number): number {
    return place < this.#length ? (this.#items[place] ?? 0) : 0;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const wider = new kinds[this.#kind](this.#length * 2);
      wider.set(this.#items);
      this.#items = wider;
    }
    this.#items[this.#length++] = value;
  }

  set(place: number, value: number): void {
    if (place >= this.#length) throw new RangeError("bug: beyond the end of a column");
    this.#items[place] = value;
  }

  /** The last place with the value, before the place given; -1 when it is nowhere. */
  lastPlaceOf(value: number, before = this.#length): number {
    return before === 0 ? -1 : this.#items.lastIndexOf(value, before - 1);
  }

  /** Places with one of the values, in order. 0 stands for none and is never found. */
  placesOf(wanted: ReadonlySet<number>): number[] {
    const places: number[] = [];
    if (wanted.size === 0) return places;
    for (let place = 0; place < this.#length; place++) {
      const value = this.#items[place] ?? 0;
      if (value !== 0 && wanted.has(value)) places.push(place);
    }
    return places;
  }

  bytes(): Uint8Array {
    const { buffer, byteOffset, BYTES_PER_ELEMENT } = this.#items;
    return new Uint8Array(buffer, byteOffset, this.#length * BYTES_PER_ELEMENT);
  }

  /** Takes the place of what is in it. Throws for bytes that are no whole number of numbers. */
  restore(bytes: Uint8Array): void {
    const length = bytes.length / this.#items.BYTES_PER_ELEMENT;
    if (!Number.isInteger(length)) throw new RangeError("not a column");
    const items = new kinds[this.#kind](Math.max(64, length));
    new Uint8Array(items.buffer).set(bytes);
    this.#items = items;
    this.#length = length;
  }
}

/** Words that a column stands for by number, each once, in the order in which they came. */
export class WordList {
  readonly #words: string[];
  readonly #numbers: Map<string, number>;

  constructor(words: readonly string[] = []) {
    this.#words = [...words];
    this.#numbers = new Map(this.#words.map((word, number) => [word, number]));
  }

  get all(): readonly string[] {
    return this.#words;
  }

  /** The number of a word, which is added where it is new. */
  number(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }

  /** -1 for a word that is not there. */
  find(word: string): number {
    return this.#numbers.get(word) ?? -1;
  }

  at(number: number): string {
    return this.#words[number] ?? "";
  }
}

/**
 * 53 bits of a text: what the index compares instead of the text. Not a secret and no proof: whoever looks something up by
 * it opens the entry and compares the text itself. Never 0, which stands for no text.
 */
export function markOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0) || 1;
}

/** As {@link markOf}, 32 bits: for what is opened in any case. */
export function shortMarkOf(text: string): number {
  return markOf(text) >>> 0 || 1;
}

/** Days since 1970-01-01 of a text that begins with a day; 0 where it does not. */
export function dayNumber(text: string): number {
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number);
  const number = Math.floor(Date.UTC(year ?? Number.NaN, (month ?? 0) - 1, day) / 86_400_000);
  return number > 0 && number < 65_536 ? number : 0;
}
