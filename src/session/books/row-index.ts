import type { Attribution, AttributionMoved, Gift, LineItem, StatementLines } from "#domain/funds/entries.ts";
import { normaliseReference } from "#domain/funds/ids.ts";
import { Column, dayNumber, markOf, shortMarkOf, WordList } from "./columns.ts";
import { partyKey } from "./party-key.ts";

/** Sum and number of the gifts that count for a fund on one ground. */
export type GroundTally = {
  readonly place: string;
  readonly ground: string;
  readonly currency: string;
  minor: bigint;
  count: number;
};

/** A bank row: the entry that shows it, its line in there, and the entries that say where it counts. */
export type RowPlace = {
  readonly row: number;
  /** Positions in the log. 0, the place of the genesis entry, where there is none. */
  readonly part: number;
  readonly line: number;
  readonly manifest: number;
  readonly attribution: number;
  /** The last move. */
  readonly moved: number;
};

export type RowStanding = {
  readonly isCredit: boolean;
  /** Such as "code"; "" for a row that is not attributed. */
  readonly ground: string;
  readonly day: string;
  /** Funds and the like; all payments together are "payment", all refunds "refund". */
  readonly places: readonly string[];
};

const creditBit = 128;

/**
 * Where every bank row of the record stands: some forty bytes a row, so that a question opens the boxes of its answer and no
 * others. It says where to look; what is there, the opened entries say.
 */
export class RowIndex {
  readonly #key = new Column("u32");
  readonly #reference = new Column("u32");
  readonly #party = new Column("f64");
  readonly #day = new Column("u16");
  readonly #nullifier = new Column("f64");
  readonly #attribution = new Column("u32");
  readonly #moved = new Column("u32");
  /** Number of the ground in `#grounds`, and {@link creditBit}. */
  readonly #ground = new Column("u8");
  /** Parts of statements: where in the log, their first row, and the entry that names them. */
  readonly #parts = new Column("u32");
  readonly #firstRows = new Column("u32");
  readonly #manifests = new Column("u32");
  /** A line for each place that a row counts for; a row that moved away leaves a line without a place. */
  readonly #placedRows = new Column("u32");
  readonly #places = new Column("u32");
  #partNumbers = new Map<string, number>();
  /** A dozen kinds; the one numbered 0 is none. Apart from the places, of which there is no end. */
  #grounds = new WordList([""]);
  /** Funds and the like; the one numbered 0 is none. */
  #placeNames = new WordList([""]);
  #tallies = new Map<string, GroundTally>();

  get rows(): number {
    return this.#key.length;
  }

  takePart(index: number, hash: string, { account, items }: StatementLines): void {
    this.#partNumbers.set(hash, this.#parts.length);
    this.#parts.push(index);
    this.#firstRows.push(this.rows);
    this.#manifests.push(0);
    for (const item of items) this.#takeRow(account, item);
  }

  #takeRow(account: string, item: LineItem | undefined): void {
    const party = item === undefined ? undefined : partyKey(item.party);
    const reference = item?.reference;
    this.#key.push(item === undefined ? 0 : shortMarkOf(`${account}\t${item.position}`));
    this.#reference.push(reference === undefined ? 0 : shortMarkOf(normaliseReference(reference)));
    this.#party.push(party === undefined ? 0 : markOf(party));
    this.#day.push(item === undefined ? 0 : dayNumber(item.date));
    this.#nullifier.push(0);
    this.#attribution.push(0);
    this.#moved.push(0);
    this.#ground.push(item?.direction === "credit" ? creditBit : 0);
  }

  takeManifest(index: number, parts: readonly string[]): void {
    for (const hash of parts) {
      const part = this.#partNumbers.get(hash);
      if (part !== undefined) this.#manifests.set(part, index);
    }
  }

  takeAttribution(index: number, { part, lines, nullifiers, items }: Attribution): void {
    const number = this.#partNumbers.get(part);
    if (number === undefined) return;
    const first = this.#firstRows.at(number);
    const end = this.#endOf(number);
    for (const [i, line] of lines.entries()) {
      const [row, nullifier] = [first + line, nullifiers[i]];
      if (row >= end || nullifier === undefined) continue;
      this.#nullifier.set(row, markOf(nullifier));
      this.#attribution.set(row, index);
      const gift = items[i]?.gift;
      if (gift !== undefined) this.#place(row, gift);
    }
  }

  takeMove(index: number, { nullifier, item }: AttributionMoved): void {
    const row = this.#nullifier.lastPlaceOf(markOf(nullifier));
    const gift = item?.gift;
    if (row < 0 || gift === undefined) return;
    this.#moved.set(row, index);
    const ground = this.#grounds.at(this.#ground.at(row) & (creditBit - 1));
    for (const { to, minor } of gift.before ?? []) {
      this.#leave(row, placeName(to));
      if (gift.direction === "credit") this.#tally(to, ground, gift.currency, -minor, -1);
    }
    this.#place(row, gift);
  }

  #place(row: number, { parts, ground, direction, currency }: Gift): void {
    this.#ground.set(row, this.#grounds.number(ground.kind) | (direction === "credit" ? creditBit : 0));
    for (const { to, minor } of parts) {
      this.#placedRows.push(row);
      this.#places.push(this.#placeNames.number(placeName(to)));
      if (direction === "credit") this.#tally(to, ground.kind, currency, minor, 1);
    }
  }

  #leave(row: number, place: string): void {
    const number = this.#placeNames.find(place);
    let at = this.#placedRows.lastPlaceOf(row);
    while (at >= 0 && this.#places.at(at) !== number) at = this.#placedRows.lastPlaceOf(row, at);
    if (at >= 0) this.#places.set(at, 0);
  }

  #tally(to: string, ground: string, currency: string, minor: bigint, count: number): void {
    const place = placeName(to);
    const key = tallyKey({ place, ground, currency });
    const tally = this.#tallies.get(key) ?? { place, ground, currency, minor: 0n, count: 0 };
    tally.minor += minor;
    tally.count += count;
    if (tally.count === 0 && tally.minor === 0n) this.#tallies.delete(key);
    else this.#tallies.set(key, tally);
  }

  /** How many gifts count for a fund, on which grounds. */
  groundsOf(place: string): readonly GroundTally[] {
    return [...this.#tallies.values()].filter((tally) => tally.place === place && tally.count > 0);
  }

  /** Rows that count for a place now, by the order in which they were put there. */
  rowsAt(place: string, { isCredit }: { readonly isCredit?: boolean } = {}): number[] {
    const number = this.#placeNames.find(place);
    if (number < 1) return [];
    const rows: number[] = [];
    for (let i = 0; i < this.#places.length; i++) {
      if (this.#places.at(i) !== number) continue;
      const row = this.#placedRows.at(i);
      if (isCredit === undefined || isCredit === this.#ground.at(row) >= creditBit) rows.push(row);
    }
    return rows;
  }

  /** Rows on this ground that never moved, the last recorded first. */
  *unmovedOn(ground: string): Iterable<number> {
    for (let row = this.rows - 1; row >= 0; row--) if (this.isUnmovedOn(ground, row)) yield row;
  }

  isUnmovedOn(ground: string, row: number): boolean {
    const number = this.#grounds.find(ground);
    return number > 0 && (this.#ground.at(row) & (creditBit - 1)) === number && this.#moved.at(row) === 0;
  }

  /** The row on a line of the part at a position in the log; undefined where there is none. */
  rowAt(position: number, line: number): number | undefined {
    const part = this.#parts.lastPlaceOf(position);
    const row = this.#firstRows.at(part) + line;
    return part >= 0 && row < this.#endOf(part) ? row : undefined;
  }

  #endOf(part: number): number {
    return part + 1 < this.#parts.length ? this.#firstRows.at(part + 1) : this.rows;
  }

  /** Rows under one of the references. A few others may be among them. */
  underReferences(references: Iterable<string>): number[] {
    return this.#reference.placesOf(new Set([...references].map(shortMarkOf)));
  }

  /** Rows of the parties of the rows given, theirs among them, by the first of each party's rows that was given. */
  ofSameParties(rows: readonly number[]): Map<number, number[]> {
    const firstOf = new Map<number, number>();
    for (const row of rows) {
      const party = this.#party.at(row);
      if (party !== 0 && !firstOf.has(party)) firstOf.set(party, row);
    }
    const found = this.#party.placesOf(new Set(firstOf.keys()));
    return Map.groupBy(found, (row) => firstOf.get(this.#party.at(row)) ?? row);
  }

  /** Whether two rows name the same party. */
  isSameParty(one: number, other: number): boolean {
    return this.#party.at(one) !== 0 && this.#party.at(one) === this.#party.at(other);
  }

  /** The row of each nullifier that is there, in one pass for all of them. */
  ofNullifiers(nullifiers: Iterable<string>): Map<string, number> {
    const byMark = new Map(Array.from(nullifiers, (nullifier) => [markOf(nullifier), nullifier]));
    const found = new Map<string, number>();
    for (const row of this.#nullifier.placesOf(new Set(byMark.keys())))
      found.set(byMark.get(this.#nullifier.at(row)) ?? "", row);
    return found;
  }

  /** Rows of any account on the days. */
  onDays(days: Iterable<string>): number[] {
    return this.#day.placesOf(new Set([...days].map(dayNumber)));
  }

  /** The same rows, and where else a statement shows one of them: what is known of a row is said by all of these. */
  withRepeats(rows: readonly number[]): number[] {
    return this.#key.placesOf(new Set(rows.map((row) => this.#key.at(row))));
  }

  /** Days since 1970-01-01. */
  dayOf(row: number): number {
    return this.#day.at(row);
  }

  /** Where rows count now and why, without opening them. */
  standingOf(rows: Iterable<number>): Map<number, RowStanding> {
    const found = new Map<number, { places: string[] } & RowStanding>();
    for (const row of rows) {
      const ground = this.#ground.at(row);
      found.set(row, {
        isCredit: ground >= creditBit,
        ground: this.#grounds.at(ground & (creditBit - 1)),
        day: new Date(this.#day.at(row) * 86_400_000).toISOString().slice(0, 10),
        places: [],
      });
    }
    for (let i = 0; i < this.#places.length; i++) {
      const place = this.#placeNames.at(this.#places.at(i));
      if (place !== "") found.get(this.#placedRows.at(i))?.places.push(place);
    }
    return found;
  }

  placeOf(row: number): RowPlace {
    let [low, high] = [0, this.#firstRows.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#firstRows.at(middle) <= row) low = middle;
      else high = middle - 1;
    }
    return {
      row,
      part: this.#parts.at(low),
      line: row - this.#firstRows.at(low),
      manifest: this.#manifests.at(low),
      attribution: this.#attribution.at(row),
      moved: this.#moved.at(row),
    };
  }

  /** What is kept of it: text that is no column, and the columns in order. */
  get names(): RowNames {
    const tallies = [...this.#tallies.values()].map((one) => ({ ...one, minor: one.minor.toString() }));
    return {
      parts: [...this.#partNumbers.keys()],
      grounds: this.#grounds.all,
      places: this.#placeNames.all,
      tallies,
    };
  }

  set names({ parts, grounds, places, tallies }: RowNames) {
    this.#partNumbers = new Map(parts.map((hash, number) => [hash, number]));
    this.#grounds = new WordList(grounds);
    this.#placeNames = new WordList(places);
    this.#tallies = new Map(
      tallies.map((one) => [tallyKey(one), { ...one, minor: BigInt(one.minor) }] as const),
    );
  }

  get columns(): readonly Column[] {
    return [
      this.#key,
      this.#reference,
      this.#party,
      this.#day,
      this.#nullifier,
      this.#attribution,
      this.#moved,
      this.#ground,
      this.#parts,
      this.#firstRows,
      this.#manifests,
      this.#placedRows,
      this.#places,
    ];
  }
}

export type RowNames = {
  readonly parts: readonly string[];
  readonly grounds: readonly string[];
  readonly places: readonly string[];
  readonly tallies: readonly (Omit<GroundTally, "minor"> & { readonly minor: string })[];
};

function tallyKey({ place, ground, currency }: Omit<GroundTally, "minor" | "count">): string {
  return `${place}\t${ground}\t${currency}`;
}

/** Nobody lists the rows of all payments together by their numbers: they are one place. */
function placeName(to: string): string {
  return to.startsWith("payment:") ? "payment" : to.startsWith("refund:") ? "refund" : to;
}
