import { CloseBooks } from "#domain/funds/close-books.ts";
import type { FundsEntry, JsonObject } from "#domain/funds/entries.ts";
import { parseFact } from "#domain/funds/parse-entries.ts";
import { concatBytes, fromUtf8, toBase64Url, utf8 } from "#record/bytes.ts";
import { Column, dayNumber, markOf, WordList } from "./columns.ts";
import { RowIndex, type RowNames } from "./row-index.ts";

/** Raised when the index changes meaning: older ones are then made anew. */
const indexVersion = 3;

/**
 * What an entry of the log is about, for all entries: type, author, day, the id that it names, what that belongs
 * to, the entry that it corrects. Some forty bytes an entry, so that a screen opens the boxes of what it shows and no others. Shown every entry in log order.
 */
export class EntryIndex {
  readonly rows = new RowIndex();
  /** Gifts that no close has made public yet, so that the close of a week need not read them all. */
  closes = new CloseBooks();
  // Wide: members choose the types of their entries, and a number that wrapped would pass for another type.
  readonly #type = new Column("u32");
  readonly #author = new Column("u32");
  readonly #about = new Column("f64");
  readonly #owner = new Column("f64");
  readonly #day = new Column("u16");
  readonly #hash = new Column("f64");
  readonly #corrects = new Column("f64");
  #types = new WordList();
  /** Keys that signed. */
  #kids = new WordList();

  /** Entries taken. */
  get size(): number {
    return this.#type.length;
  }

  take(entry: FundsEntry): void {
    const { type, kid, pub, hidden, at } = entry;
    const index = this.size;
    const hash = toBase64Url(entry.hash);
    this.#type.push(this.#types.number(type));
    this.#author.push(this.#kids.number(kid));
    this.#about.push(markOrNone(idOf(type, pub)));
    this.#owner.push(markOrNone(ownerOf(type, pub, hidden)));
    this.#day.push(dayNumber(dayOf(pub, hidden, at)));
    this.#hash.push(markOf(hash));
    this.#corrects.push(markOrNone(textOf(pub, "corrects")));
    if (closing.has(type) || entry.stream?.id === "attributions") this.closes.see(entry);
    if (!folded.has(type)) return;
    const fact = parseFact(entry);
    if (fact?.ok === true) {
      const { value } = fact;
      if (value.type === "statement.lines") this.rows.takePart(index, hash, value.lines);
      else if (value.type === "statement") this.rows.takeManifest(index, value.statement.parts);
      else if (value.type === "attribution") this.rows.takeAttribution(index, value.attribution);
      else if (value.type === "attribution.moved") this.rows.takeMove(index, value.moved);
    }
  }

  /** Types that occur. */
  get types(): readonly string[] {
    return this.#types.all;
  }

  /** Thumbprint of the key that signed. */
  kidAt(position: number): string {
    return this.#kids.at(this.#author.at(position));
  }

  typeAt(position: number): string {
    return this.#types.at(this.#type.at(position));
  }

  /** Days since 1970-01-01 of when it happened, as the entry says it; else of when it was written. */
  dayAt(position: number): number {
    return this.#day.at(position);
  }

  /** Positions of entries that name one of the ids: of a payment, an appeal, a post. */
  about(ids: Iterable<string>): number[] {
    return this.#about.placesOf(new Set([...ids].map(markOf)));
  }

  /** Positions of entries that belong to one of the ids: of an appeal, an account, a member, a key. */
  belongingTo(ids: Iterable<string>): number[] {
    return this.#owner.placesOf(new Set([...ids].map(markOf)));
  }

  /** Positions of entries that correct one of those at the positions given. */
  correcting(positions: Iterable<number>): number[] {
    const wanted = new Set([...positions].map((position) => this.#hash.at(position)));
    const found: number[] = [];
    for (let place = 0; place < this.size; place++) {
      const corrects = this.#corrects.at(place);
      if (corrects !== 0 && wanted.has(corrects)) found.push(place);
    }
    return found;
  }

  /** For the cache on the device; {@link EntryIndex.read} reads it. */
  bytes(): Uint8Array {
    const columns = this.#columns.map((column) => column.bytes());
    const head = {
      version: indexVersion,
      types: this.#types.all,
      kids: this.#kids.all,
      rows: this.rows.names,
      closes: this.closes.kept(),
      columns: columns.map(({ length }) => length),
    };
    return concatBytes(utf8(`${JSON.stringify(head)}\n`), ...columns);
  }

  /** Undefined for what another version has written. */
  static read(bytes: Uint8Array): EntryIndex | undefined {
    const end = bytes.indexOf(10);
    const text = end < 0 ? undefined : fromUtf8(bytes.subarray(0, end));
    if (text === undefined) return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text, sealed under our own key
    const head = JSON.parse(text) as IndexHead;
    if (head.version !== indexVersion) return undefined;
    const index = new EntryIndex();
    index.#types = new WordList(head.types);
    index.#kids = new WordList(head.kids);
    index.rows.names = head.rows;
    index.closes = CloseBooks.of(head.closes);
    let at = end + 1;
    for (const [i, column] of index.#columns.entries()) {
      const length = head.columns[i] ?? 0;
      column.restore(bytes.subarray(at, at + length));
      at += length;
    }
    return index;
  }

  get #columns(): readonly Column[] {
    return [
      this.#type,
      this.#author,
      this.#about,
      this.#owner,
      this.#day,
      this.#hash,
      this.#corrects,
      ...this.rows.columns,
    ];
  }
}

type IndexHead = {
  readonly version: number;
  readonly types: readonly string[];
  readonly kids: readonly string[];
  readonly rows: RowNames;
  readonly closes: ReturnType<CloseBooks["kept"]>;
  /** Bytes of each column. */
  readonly columns: readonly number[];
};

const closing: ReadonlySet<string> = new Set(["attribution", "attribution.moved", "fund.close"]);
/** Of these the index keeps where their rows stand. */
const folded: ReadonlySet<string> = new Set([
  "statement.lines",
  "statement",
  "attribution",
  "attribution.moved",
]);

/** The id that an entry is about. */
function idOf(type: string, pub: JsonObject): string | undefined {
  return type === "confirmation" ? textOf(pub, "spending") : textOf(pub, "id");
}

/** What it belongs to. */
function ownerOf(type: string, pub: JsonObject, hidden: JsonObject): string | undefined {
  if (type === "appeal") return textOf(pub, "id");
  const of = (name: string) => textOf(pub, name) ?? textOf(hidden, name);
  // A key's `account` is one to write to, not one at a bank.
  if (type.startsWith("key.")) return of("member") ?? of("kid");
  return of("appeal") ?? of("account") ?? of("member") ?? of("kid");
}

/** When something happened, as the entry says it; else when it was written. "2025-03-01" */
export function dayOf(pub: JsonObject, hidden: JsonObject, at: number): string {
  const said =
    textOf(pub, "opened") ?? textOf(pub, "published") ?? textOf(pub, "date") ?? textOf(hidden, "date");
  return (said ?? new Date(at * 1000).toISOString()).slice(0, 10);
}

function textOf(from: JsonObject, name: string): string | undefined {
  const value = from[name];
  return typeof value === "string" ? value : undefined;
}

const markOrNone = (text: string | undefined): number => (text === undefined ? 0 : markOf(text));
