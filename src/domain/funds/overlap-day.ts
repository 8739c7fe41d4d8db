import { signed, type KnownLine } from "./bank-line.ts";
import type { Direction } from "./entries.ts";

/** A row of the statement that is being read; `ordinal` is its place in the file, from 0. */
export type OverlapRow = {
  readonly ordinal: number;
  readonly date: string;
  readonly direction: Direction;
  readonly minor: bigint;
  readonly reference?: string | undefined;
};

/** One reading of a day: which rows are recorded already, and their sum (credits less debits). */
export type DayOption = {
  readonly matches: ReadonlyMap<number, string>;
  readonly sum: bigint;
  /** Each match rests on an equal bank reference. */
  readonly isByReference: boolean;
};

/**
 * The readings of a day that neither statement is sure to show whole, the likeliest first. Where the files number rows
 * alike, different references are different rows. Where they do not, equal amounts are taken for the same rows, as far
 * as there are that many; then as a continuation after 0, 1, 2 … of the recorded rows; then as nothing shared.
 */
export function dayOptions(
  rows: readonly OverlapRow[],
  known: readonly KnownLine[],
  areComparable: boolean,
): readonly DayOption[] {
  const byReference = matchByReference(rows, known);
  const byOccurrence = matchByOccurrence(rows, known);
  const options = areComparable ? [byReference, byOccurrence] : [byOccurrence, byReference];
  options.push(...continuations(rows, known));
  options.push({ matches: new Map(), sum: 0n, isByReference: false });
  // Readings that come to the same are one reading, or every one of them would be ambiguous.
  const seen = new Set<string>();
  return options.filter((option) => {
    const key = [...option.matches.keys()].sort((a, b) => a - b).join(",");
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

/** Rows with an equal direction, amount and reference (or both without one), as often as each is recorded. */
export function matchByReference(rows: readonly OverlapRow[], known: readonly KnownLine[]): DayOption {
  const matcher = new Matcher(known);
  for (const row of rows) matcher.takeByReference(row);
  return matcher.option(rows, true);
}

/** Equal references first; then equal direction and amount, as often as there are recorded rows left. */
export function matchByOccurrence(rows: readonly OverlapRow[], known: readonly KnownLine[]): DayOption {
  const matcher = new Matcher(known);
  for (const row of rows) matcher.takeByReference(row);
  for (const row of rows) matcher.takeByAmount(row);
  return matcher.option(rows, false);
}

/** The file was cut within the day: its first rows are the last recorded ones, or its last rows the first recorded ones. */
function continuations(rows: readonly OverlapRow[], known: readonly KnownLine[]): DayOption[] {
  const options: DayOption[] = [];
  for (let shared = Math.min(rows.length, known.length, continuationsTried); shared >= 1; shared--) {
    for (const [some, others] of [
      [rows.slice(0, shared), known.slice(known.length - shared)],
      [rows.slice(rows.length - shared), known.slice(0, shared)],
    ] as const) {
      const option = matchByOccurrence(some, others);
      if (option.matches.size === shared) options.push(option);
    }
  }
  return options;
}
// Each try costs as many steps as it shares rows. A day is cut near its end if at all, so the short ones matter.
const continuationsTried = 200;

class Matcher {
  readonly #matches = new Map<number, string>();
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
    if (!this.#matches.has(row.ordinal)) this.#take(row, this.#byAmount.get(amountKey(row)));
  }

  #take(row: OverlapRow, candidates: KnownLine[] | undefined): void {
    for (let line = candidates?.pop(); line !== undefined; line = candidates?.pop()) {
      if (this.#used.has(line.position)) continue;
      this.#used.add(line.position);
      this.#matches.set(row.ordinal, line.position);
      return;
    }
  }

  option(rows: readonly OverlapRow[], isByReference: boolean): DayOption {
    let sum = 0n;
    for (const row of rows) if (this.#matches.has(row.ordinal)) sum += signed(row);
    return { matches: this.#matches, sum, isByReference };
  }
}

function amountKey(line: { readonly direction: Direction; readonly minor: bigint }): string {
  return `${line.direction}\t${line.minor}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
