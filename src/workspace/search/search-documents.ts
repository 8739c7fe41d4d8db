import { numberOfDay } from "#language/calendar.ts";

/** No day: older than any, so what has no day gains nothing by being recent. */
export const noDay = -(2 ** 31);

/** What the index knows of its documents besides words: id, kind and day by the document's number. */
export class SearchDocuments {
  readonly ids: string[] = [];
  readonly kinds: string[] = [];
  /** Number of a document's kind in `kinds`. */
  kindOf = new Uint8Array(1024);
  dayOf = new Int32Array(1024);
  /** 1 for a document that was removed or replaced; its postings are dropped at the next compaction. */
  isGone = new Uint8Array(1024);
  goneCount = 0;
  newestDay = noDay;
  /** Filled when first needed: an index that is only read does without. */
  #numberById: Map<string, number> | undefined;
  #recency: Float32Array | undefined;

  get count(): number {
    return this.ids.length;
  }

  add(id: string, kind: string, day: string | undefined): number {
    return this.addNumbered(
      id,
      this.#kindNumber(kind),
      (day === undefined ? undefined : numberOfDay(day)) ?? noDay,
    );
  }

  addNumbered(id: string, kind: number, day: number): number {
    this.#recency = undefined;
    const number = this.ids.length;
    if (number === this.kindOf.length) this.#grow();
    this.ids.push(id);
    this.kindOf[number] = kind;
    this.dayOf[number] = day;
    if (day > this.newestDay) this.newestDay = day;
    this.#numberById?.set(id, number);
    return number;
  }

  /** Marks a document as gone; false if there is none of that id. */
  remove(id: string): boolean {
    const number = this.#numbers().get(id);
    if (number === undefined) return false;
    this.#numbers().delete(id);
    this.isGone[number] = 1;
    this.goneCount += 1;
    return true;
  }

  /** How recent each document is: 1 on the newest day of all, a third of it a year before, 0 without a day. */
  recency(): Float32Array {
    if (this.#recency !== undefined) return this.#recency;
    this.#recency = new Float32Array(this.count);
    for (let i = 0; i < this.count; i++) {
      const day = this.dayOf[i] ?? noDay;
      if (day !== noDay) this.#recency[i] = Math.exp((day - this.newestDay) / 365);
    }
    return this.#recency;
  }

  /** The same documents without those that are gone, and the new number of each old one, -1 for the gone. */
  withoutGone(): { readonly documents: SearchDocuments; readonly newNumbers: Int32Array } {
    const documents = new SearchDocuments();
    documents.kinds.push(...this.kinds);
    const newNumbers = new Int32Array(this.count).fill(-1);
    for (let i = 0; i < this.count; i++) {
      if (this.isGone[i] === 1) continue;
      newNumbers[i] = documents.addNumbered(this.ids[i] ?? "", this.kindOf[i] ?? 0, this.dayOf[i] ?? noDay);
    }
    return { documents, newNumbers };
  }

  #numbers(): Map<string, number> {
    if (this.#numberById === undefined) {
      this.#numberById = new Map();
      for (const [number, id] of this.ids.entries())
        if (this.isGone[number] === 0) this.#numberById.set(id, number);
    }
    return this.#numberById;
  }

  #kindNumber(kind: string): number {
    const found = this.kinds.indexOf(kind);
    if (found !== -1) return found;
    // One byte holds the number; the kinds of documents are ours, and there are about ten.
    if (this.kinds.length === 256) throw new Error("bug: more than 256 kinds of documents");
    return this.kinds.push(kind) - 1;
  }

  #grow(): void {
    const size = this.kindOf.length * 2;
    this.kindOf = grown(this.kindOf, new Uint8Array(size));
    this.dayOf = grown(this.dayOf, new Int32Array(size));
    this.isGone = grown(this.isGone, new Uint8Array(size));
  }
}

function grown<T extends Uint8Array | Int32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
