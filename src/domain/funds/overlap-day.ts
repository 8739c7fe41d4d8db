import type { KnownLine } from "./bank-line.ts";
import type { Direction } from "./entries.ts";

/** A row of the statement that is being read; `ordinal` is its place in the file, from 0. */
export type OverlapRow = {
  readonly ordinal: number;
  readonly date: string;
  readonly direction: Direction;
  readonly minor: bigint;
  readonly reference?: string | undefined;
};

/** Recorded position by ordinal. */
export type Matches = Map<number, string>;

/** Rows with an equal day, direction, amount and reference (or both without one), as often as each is recorded. */
export function matchByReference(rows: readonly OverlapRow[], known: readonly KnownLine[]): Matches {
  const matcher = new Matcher(known);
  for (const row of rows) matcher.takeByReference(row);
  return matcher.matches;
}

/** Equal references first; then equal day, direction and amount, as often as there are recorded rows left. */
export function matchByOccurrence(rows: readonly OverlapRow[], known: readonly KnownLine[]): Matches {
  const matcher = new Matcher(known);
  for (const row of rows) matcher.takeByReference(row);
  for (const row of rows) matcher.takeByAmount(row);
  return matcher.matches;
}

/** The same amounts on the same days, in any order. */
export function amountsEqual(rows: readonly OverlapRow[], known: readonly KnownLine[]): boolean {
  if (rows.length !== known.length) return false;
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(amountKey(row), (counts.get(amountKey(row)) ?? 0) + 1);
  for (const line of known) {
    const count = counts.get(amountKey(line)) ?? 0;
    if (count === 0) return false;
    counts.set(amountKey(line), count - 1);
  }
  return true;
}

/** Every row has a reference, and each is found among the recorded rows of its day and amount. */
export function referencesEqual(rows: readonly OverlapRow[], known: readonly KnownLine[]): boolean {
  return (
    rows.every((row) => row.reference !== undefined) && matchByReference(rows, known).size === rows.length
  );
}

class Matcher {
  readonly matches: Matches = new Map();
  readonly #used = new Set<string>();
  readonly #byReference = new Map<string, KnownLine[]>();
  readonly #byAmount = new Map<string, KnownLine[]>();

  constructor(known: readonly KnownLine[]) {
    // In reverse, so that taking from the end hands out the earliest row first.
    for (const line of known.toReversed()) {
      const amount = amountKey(line);
      push(this.#byAmount, amount, line);
      if (line.references.length === 0) push(this.#byReference, `${amount}\t`, line);
      for (const reference of line.references) push(this.#byReference, `${amount}\t${reference}`, line);
    }
  }

  takeByReference(row: OverlapRow): void {
    this.#take(row, this.#byReference.get(`${amountKey(row)}\t${row.reference ?? ""}`));
  }

  takeByAmount(row: OverlapRow): void {
    if (!this.matches.has(row.ordinal)) this.#take(row, this.#byAmount.get(amountKey(row)));
  }

  #take(row: OverlapRow, candidates: KnownLine[] | undefined): void {
    for (let line = candidates?.pop(); line !== undefined; line = candidates?.pop()) {
      if (this.#used.has(line.position)) continue;
      this.#used.add(line.position);
      this.matches.set(row.ordinal, line.position);
      return;
    }
  }
}

function amountKey(line: {
  readonly date: string;
  readonly direction: Direction;
  readonly minor: bigint;
}): string {
  return `${line.date}\t${line.direction}\t${line.minor}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
