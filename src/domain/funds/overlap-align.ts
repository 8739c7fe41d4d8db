import { signed, type KnownLine, type StatementProblem } from "./bank-line.ts";
import { addDays } from "./dates.ts";
import type { StatementSpan } from "./overlap.ts";
import {
  amountsEqual,
  matchByOccurrence,
  matchByReference,
  referencesEqual,
  type OverlapRow,
} from "./overlap-day.ts";

/** A sound statement as a measure: its rows of a day, and the running balance before, between and after them. */
export class Ruler<Row extends OverlapRow | KnownLine> {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly opening: bigint;
  readonly closing: bigint;
  readonly #rows: ReadonlyMap<string, readonly Row[]>;
  readonly #netBefore: (day: string) => bigint;

  constructor(
    span: StatementSpan,
    rows: ReadonlyMap<string, readonly Row[]>,
    netBefore: (day: string) => bigint,
  ) {
    this.firstDay = span.firstDay ?? "";
    this.lastDay = span.lastDay ?? "";
    this.opening = span.opening ?? 0n;
    this.closing = span.closing ?? 0n;
    this.#rows = rows;
    this.#netBefore = netBefore;
  }

  static ofNew(
    span: StatementSpan,
    rows: readonly OverlapRow[],
    netByDay: ReadonlyMap<string, bigint>,
  ): Ruler<OverlapRow> {
    return new Ruler(span, byDay(rows), (day) => {
      let net = 0n;
      for (const [of, sum] of netByDay) if (of < day) net += sum;
      return net;
    });
  }

  static ofRecorded(
    span: StatementSpan & { readonly import: string },
    known: readonly KnownLine[],
    netRecorded: (from: string, to: string) => bigint,
  ): Ruler<KnownLine> {
    const shown = known.flatMap((line) => {
      const place = line.shownBy.find((one) => one.import === span.import);
      return place === undefined ? [] : [{ line, order: place.order }];
    });
    const rows = byDay(shown.sort((a, b) => a.order - b.order).map(({ line }) => line));
    const first = span.firstDay ?? "";
    return new Ruler(span, rows, (day) => {
      if (day <= first) return 0n;
      // Between its first and last day all rows of the account are its rows; of the first day only those it shows.
      const onFirst = (rows.get(first) ?? []).reduce((sum, line) => sum + signed(line), 0n);
      return onFirst + netRecorded(addDays(first, 1), addDays(day, -1));
    });
  }

  rowsOn(day: string): readonly Row[] {
    return this.#rows.get(day) ?? [];
  }

  /** Balances on a day: before its first row, …, after its last. */
  pointsOn(day: string): readonly bigint[] {
    let balance = this.opening + this.#netBefore(day);
    const points = [balance];
    for (const row of this.rowsOn(day)) points.push((balance += signed(row)));
    return points;
  }
}

export type Alignment = {
  readonly rows: readonly OverlapRow[];
  readonly lines: readonly KnownLine[];
  readonly problems: readonly StatementProblem[];
};

/** The piece that two sound statements share; nothing where they only meet or are apart. */
export function alignStatements(
  ruler: Ruler<OverlapRow>,
  other: Ruler<KnownLine>,
  isSameFormat: boolean,
): Alignment {
  const first = ruler.firstDay > other.firstDay ? ruler.firstDay : other.firstDay;
  const last = ruler.lastDay < other.lastDay ? ruler.lastDay : other.lastDay;
  if (first === "" || first > last) return { rows: [], lines: [], problems: [] };
  const problems: StatementProblem[] = [];
  const rows: OverlapRow[] = [];
  const lines: KnownLine[] = [];
  for (let day = addDays(first, 1); day < last; day = addDays(day, 1)) {
    const [ours, theirs] = [ruler.rowsOn(day), other.rowsOn(day)];
    rows.push(...ours);
    lines.push(...theirs);
    if (amountsEqual(ours, theirs)) continue;
    const same = matchByOccurrence(ours, theirs).size;
    const message = `${day}: this statement shows ${ours.length} rows and an earlier one ${theirs.length}, of which ${same} are the same`;
    problems.push({ code: "overlap-conflict", line: null, message });
  }
  const chosen = choosePiece(ruler, other, first, last, isSameFormat);
  rows.push(...chosen.rows);
  lines.push(...chosen.lines);
  problems.push(...chosen.problems);
  if (problems.length === 0) return { rows, lines, problems };
  // Somebody has to answer for it; what certainly is the same still counts once.
  const same = matchByOccurrence(rows, lines);
  const positions = new Set(same.values());
  return {
    rows: rows.filter((row) => same.has(row.ordinal)),
    lines: lines.filter((line) => positions.has(line.position)),
    problems,
  };
}

/** On the first and last shared day: from row `x` up to `y` of ours, from `u` up to `v` of theirs. */
type Piece = { readonly x: number; readonly y: number; readonly u: number; readonly v: number };

function choosePiece(
  ruler: Ruler<OverlapRow>,
  other: Ruler<KnownLine>,
  first: string,
  last: string,
  isSameFormat: boolean,
): Alignment {
  const rowsOf = ({ x, y }: Piece) =>
    first === last
      ? ruler.rowsOn(first).slice(x, y)
      : [...ruler.rowsOn(first).slice(x), ...ruler.rowsOn(last).slice(0, y)];
  const linesOf = ({ u, v }: Piece) =>
    first === last
      ? other.rowsOn(first).slice(u, v)
      : [...other.rowsOn(first).slice(u), ...other.rowsOn(last).slice(0, v)];
  const pieces: Piece[] = [];
  for (const [x, u] of startsOf(ruler, other, first)) {
    for (const [y, v] of endsOf(ruler, other, last)) {
      if (first === last && (x > y || u > v)) continue;
      const piece = { x, y, u, v };
      if (!amountsEqual(rowsOf(piece), linesOf(piece))) continue;
      if (first === last && isSameFormat && areOthers(rowsOf(piece), linesOf(piece))) continue;
      pieces.push(piece);
    }
  }
  const take = (piece: Piece, problems: StatementProblem[] = []) => ({
    rows: rowsOf(piece),
    lines: linesOf(piece),
    problems,
  });
  const [only, ...more] = distinct(pieces);
  if (only === undefined) {
    const whole = { x: 0, y: ruler.rowsOn(last).length, u: 0, v: other.rowsOn(last).length };
    // Two unbroken pieces that share but one day, and no balance within it, are apart: rows between them are still missing.
    if (first === last) return { rows: [], lines: [], problems: [] };
    const message = `from ${first} to ${last} an earlier statement shows other balances than this one`;
    return take(whole, [{ code: "merged-balance-differs", line: null, message }]);
  }
  if (more.length === 0) return take(only);
  // Several readings reach the printed balances. Equal references settle it.
  const all = [only, ...more].sort((a, b) => rowsOf(b).length - rowsOf(a).length);
  const named = all.find(
    (piece) => rowsOf(piece).length > 0 && referencesEqual(rowsOf(piece), linesOf(piece)),
  );
  if (named !== undefined) return take(named);
  const message = `rows of ${first} may or may not be those already recorded: both readings reach the printed balances`;
  return take(all[0] ?? only, [{ code: "overlap-ambiguous", line: null, message }]);
}

/** One format numbers its rows one way: where none of the references is found again, these are other rows. */
function areOthers(rows: readonly OverlapRow[], lines: readonly KnownLine[]): boolean {
  return (
    rows.length > 0 &&
    rows.every((row) => row.reference !== undefined) &&
    matchByReference(rows, lines).size === 0
  );
}

/** Where the shared piece can begin: one of the two statements begins there, and both have the same balance. */
function startsOf(ruler: Ruler<OverlapRow>, other: Ruler<KnownLine>, day: string): [number, number][] {
  const starts: [number, number][] = [];
  if (ruler.firstDay >= other.firstDay) {
    for (const u of placesOf(other.pointsOn(day), ruler.opening)) starts.push([0, u]);
  }
  if (ruler.firstDay <= other.firstDay) {
    for (const x of placesOf(ruler.pointsOn(day), other.opening)) starts.push([x, 0]);
  }
  return starts;
}

function endsOf(ruler: Ruler<OverlapRow>, other: Ruler<KnownLine>, day: string): [number, number][] {
  const ends: [number, number][] = [];
  if (ruler.lastDay <= other.lastDay) {
    for (const v of placesOf(other.pointsOn(day), ruler.closing)) ends.push([ruler.rowsOn(day).length, v]);
  }
  if (ruler.lastDay >= other.lastDay) {
    for (const y of placesOf(ruler.pointsOn(day), other.closing)) ends.push([y, other.rowsOn(day).length]);
  }
  return ends;
}

function placesOf(points: readonly bigint[], balance: bigint): number[] {
  const places: number[] = [];
  for (
    let at = points.indexOf(balance);
    at >= 0 && places.length < placesTried;
    at = points.indexOf(balance, at + 1)
  ) {
    places.push(at);
  }
  return places;
}
// A balance comes back within a day only when money goes out as well; thirty times is more than any day has shown.
const placesTried = 30;

function distinct(pieces: readonly Piece[]): Piece[] {
  const seen = new Set<string>();
  return pieces.filter(({ x, y, u, v }) => {
    // All readings that share nothing are one reading.
    const key = x === y && u === v ? "none" : `${x},${y},${u},${v}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

function byDay<Row extends { readonly date: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const days = new Map<string, Row[]>();
  for (const row of rows) {
    const day = days.get(row.date);
    if (day === undefined) days.set(row.date, [row]);
    else day.push(row);
  }
  return days;
}
