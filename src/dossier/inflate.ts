/**
 * Unpacks raw deflate data (RFC 1951) of a size known beforehand. The library that packs (fflate) also unpacks, but does
 * not stop where the claimed size ends, so an archive could mean one thing here and another to `verify.py`. This one
 * refuses exactly what zlib refuses, and writes not one byte more than was claimed.
 */

class Damaged extends Error {}

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const distanceExtra = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A Huffman code as one table over its longest code: `symbol << 4 | length`, 0 where no code leads. */
type Code = { readonly table: Uint16Array; readonly bits: number };

const makeCode = (lengths: Uint8Array, isCodeLengths: boolean): Code => {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  let bits = 15;
  while (bits > 0 && counts[bits] === 0) bits--;
  counts[0] = 0;
  const next = new Uint16Array(17);
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    left = left * 2 - (counts[length] ?? 0);
    if (left < 0) throw new Damaged();
    next[length + 1] = ((next[length] ?? 0) + (counts[length] ?? 0)) << 1;
  }
  // As zlib: a code must be complete, but for the one of a single one-bit symbol, and for none at all.
  if (bits > 0 && left > 0 && (isCodeLengths || bits !== 1)) throw new Damaged();
  const table = new Uint16Array(1 << Math.max(bits, 1));
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0;
    if (length === 0) continue;
    let code = next[length] ?? 0;
    next[length] = code + 1;
    let reversed = 0;
    for (let i = 0; i < length; i++, code >>= 1) reversed = (reversed << 1) | (code & 1);
    for (let at = reversed; at < table.length; at += 1 << length) table[at] = (symbol << 4) | length;
  }
  return { table, bits: Math.max(bits, 1) };
};

const fixedLengths = Uint8Array.from({ length: 288 }, (_, i) =>
  i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8,
);
const fixed = {
  literals: makeCode(fixedLengths, false),
  distances: makeCode(new Uint8Array(32).fill(5), false),
};

class Inflater {
  readonly #from: Uint8Array;
  readonly #out: Uint8Array;
  #at = 0;
  #held = 0;
  #heldBits = 0;
  #filled = 0;

  constructor(from: Uint8Array, size: number) {
    this.#from = from;
    this.#out = new Uint8Array(size);
  }

  all(): Uint8Array {
    let isLast = false;
    while (!isLast) {
      isLast = this.#take(1) === 1;
      const kind = this.#take(2);
      if (kind === 0) this.#stored();
      else if (kind === 1) this.#block(fixed.literals, fixed.distances);
      else if (kind === 2) this.#dynamic();
      else throw new Damaged();
    }
    if (this.#filled !== this.#out.length) throw new Damaged();
    return this.#out;
  }

  #take(bits: number): number {
    while (this.#heldBits < bits) {
      if (this.#at >= this.#from.length) throw new Damaged();
      this.#held |= (this.#from[this.#at++] ?? 0) << this.#heldBits;
      this.#heldBits += 8;
    }
    const value = this.#held & ((1 << bits) - 1);
    this.#held >>>= bits;
    this.#heldBits -= bits;
    return value;
  }

  #symbol({ table, bits }: Code): number {
    while (this.#heldBits < bits && this.#at < this.#from.length) {
      this.#held |= (this.#from[this.#at++] ?? 0) << this.#heldBits;
      this.#heldBits += 8;
    }
    const entry = table[this.#held & ((1 << bits) - 1)] ?? 0;
    const length = entry & 15;
    // Past the end of the data the missing bits read as zeros: a code that needs them is no code.
    if (length === 0 || length > this.#heldBits) throw new Damaged();
    this.#held >>>= length;
    this.#heldBits -= length;
    return entry >> 4;
  }

  #stored(): void {
    this.#held = 0;
    this.#at -= this.#heldBits >> 3;
    this.#heldBits = 0;
    const length = this.#take(16);
    if (this.#take(16) !== (length ^ 0xffff)) throw new Damaged();
    if (this.#at + length > this.#from.length || this.#filled + length > this.#out.length)
      throw new Damaged();
    this.#out.set(this.#from.subarray(this.#at, this.#at + length), this.#filled);
    this.#at += length;
    this.#filled += length;
  }

  #dynamic(): void {
    const literals = this.#take(5) + 257;
    const distances = this.#take(5) + 1;
    const used = this.#take(4) + 4;
    if (literals > 286 || distances > 30) throw new Damaged();
    const codeLengths = new Uint8Array(19);
    for (let i = 0; i < used; i++) codeLengths[codeLengthOrder[i] ?? 0] = this.#take(3);
    const code = makeCode(codeLengths, true);
    const lengths = new Uint8Array(literals + distances);
    for (let at = 0; at < lengths.length;) {
      const symbol = this.#symbol(code);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw new Damaged();
      const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
      const times =
        symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (at + times > lengths.length) throw new Damaged();
      lengths.fill(value, at, at + times);
      at += times;
    }
    if (lengths[256] === 0) throw new Damaged();
    this.#block(makeCode(lengths.subarray(0, literals), false), makeCode(lengths.subarray(literals), false));
  }

  #block(literals: Code, distances: Code): void {
    const out = this.#out;
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        if (this.#filled >= out.length) throw new Damaged();
        out[this.#filled++] = symbol;
        continue;
      }
      if (symbol > 285) throw new Damaged();
      const length = (lengthBase[symbol - 257] ?? 0) + this.#take(lengthExtra[symbol - 257] ?? 0);
      const far = this.#symbol(distances);
      if (far > 29) throw new Damaged();
      const distance = (distanceBase[far] ?? 0) + this.#take(distanceExtra[far] ?? 0);
      if (distance > this.#filled || this.#filled + length > out.length) throw new Damaged();
      for (let i = 0; i < length; i++, this.#filled++) out[this.#filled] = out[this.#filled - distance] ?? 0;
    }
  }
}

/** The `size` bytes, or undefined when the data is damaged or does not unpack to exactly that many. */
export const inflate = (packed: Uint8Array, size: number): Uint8Array | undefined => {
  try {
    return new Inflater(packed, size).all();
  } catch (error) {
    if (error instanceof Damaged) return undefined;
    throw error;
  }
};
