import type { KnownLine, StatementProblem } from "./bank-line.ts";
import { alignStatements, Ruler, type Alignment } from "./overlap-align.ts";
import { matchByOccurrence, matchByReference, type Matches, type OverlapRow } from "./overlap-day.ts";

/**
 * Which rows of a statement already stand in the record, because an earlier statement of the account showed them. Rows are
 * never dropped for looking alike: in a real appeal nearly all share day and amount with another. What decides is that
 * the bank has one order of rows, and a statement whose balances add up is an unbroken piece of it:
 *
 * - Two such pieces overlap in one unbroken piece, or not at all. Where it begins and ends, both must have the same running
 *   balance, and day by day both must show the same amounts in it, whatever references each format prints. So the balances
 *   tell an overlap from a continuation of the same day (`overlap-align.ts`).
 * - Of a list without balances only references and amounts are known: rows with an equal reference are the same; where no
 *   reference is shared at all, equal amounts of a day are, as often as both show them.
 *
 * What agrees with neither is a problem that a named person has to accept.
 */
export function recogniseOverlap(input: OverlapInput): Overlap {
  const problems: StatementProblem[] = [];
  const pieces: Alignment[] = [];
  const { statement } = input;
  const ruler = statement.isSound ? Ruler.ofNew(statement, input.rows, input.netByDay) : undefined;
  const imports = new Set<string>();
  for (const earlier of input.earlier) {
    if (ruler === undefined || !earlier.isSound) continue;
    imports.add(earlier.import);
    const other = Ruler.ofRecorded(earlier, input.known, input.netRecorded);
    const piece = alignStatements(ruler, other, statement.format === earlier.format);
    problems.push(...piece.problems);
    pieces.push(piece);
  }
  const joined = joinPieces(pieces);
  const { matched } = joined;
  problems.push(...joined.problems);
  const rest = matchLists(input, matched, imports);
  for (const [ordinal, position] of rest.matches) matched.set(ordinal, position);
  return { known: matched, problems: [...problems, ...rest.problems] };
}

/**
 * What the overlaps with each earlier statement say together. Each pairs its rows in order; should two of them disagree which
 * of several equal rows is which, only the number of equal rows matters, and that must still agree.
 */
function joinPieces(pieces: readonly Alignment[]): { matched: Matches; problems: StatementProblem[] } {
  const matched: Matches = new Map();
  const ordinals = new Map<string, number>();
  let agree = true;
  for (const { rows, lines } of pieces) {
    for (const [ordinal, position] of matchByOccurrence(rows, lines)) {
      if ((matched.get(ordinal) ?? position) !== position || (ordinals.get(position) ?? ordinal) !== ordinal)
        agree = false;
      matched.set(ordinal, position);
      ordinals.set(position, ordinal);
    }
  }
  if (agree) return { matched, problems: [] };
  const rows = new Set(pieces.flatMap((piece) => piece.rows));
  const lines = new Map(pieces.flatMap((piece) => piece.lines.map((line) => [line.position, line])));
  const paired = matchByOccurrence(
    [...rows].sort((a, b) => a.ordinal - b.ordinal),
    [...lines.values()],
  );
  if (paired.size === rows.size && paired.size === lines.size) return { matched: paired, problems: [] };
  const message = "rows of several earlier statements cannot all be found in this one";
  return { matched: paired, problems: [{ code: "overlap-conflict", line: null, message }] };
}

export type OverlapInput = {
  /** Rows of the new statement on days that have recorded rows, in the file's order. */
  readonly rows: readonly OverlapRow[];
  /** Credits less debits of all its rows, by day. */
  readonly netByDay: ReadonlyMap<string, bigint>;
  /** Recorded rows of the account on the shared days, and on the first and last day of each earlier statement. */
  readonly known: readonly KnownLine[];
  readonly statement: StatementSpan;
  readonly earlier: readonly (StatementSpan & { readonly import: string })[];
  /** Credits less debits of the recorded rows of the account from one day to another, both included. */
  readonly netRecorded: (from: string, to: string) => bigint;
};

/** What is known of a statement as a whole. `isSound`: both balances are printed and its rows lead from one to the other. */
export type StatementSpan = {
  readonly format: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  readonly isSound: boolean;
};

export type Overlap = {
  /** Recorded position by the ordinal of the row in the file. */
  readonly known: ReadonlyMap<number, string>;
  readonly problems: readonly StatementProblem[];
};

/** Statements without sound balances, new or earlier: what the balances could not decide, day by day. */
function matchLists(input: OverlapInput, matched: ReadonlyMap<number, string>, aligned: ReadonlySet<string>) {
  const { statement } = input;
  const taken = new Set(matched.values());
  const rowsByDay = groupByDay(input.rows.filter((row) => !matched.has(row.ordinal)));
  const knownByDay = groupByDay(
    input.known.filter(
      (line) => !taken.has(line.position) && !line.shownBy.some((one) => aligned.has(one.import)),
    ),
  );
  const areComparable = shareReferences(input);
  const matches = new Map<number, string>();
  const problems: StatementProblem[] = [];
  for (const [day, rows] of rowsByDay) {
    const known = knownByDay.get(day) ?? [];
    const isWhole = statement.isSound && isInside(day, statement);
    const wasWhole = !statement.isSound && input.earlier.some((one) => one.isSound && isInside(day, one));
    if (known.length === 0 && !wasWhole) continue;
    const found =
      areComparable && !isWhole && !wasWhole ? matchByReference(rows, known) : matchByOccurrence(rows, known);
    for (const [ordinal, position] of found) matches.set(ordinal, position);
    const extra = wasWhole ? rows.length - found.size : 0;
    const missing = isWhole ? known.length - found.size : 0;
    if (extra > 0 || missing > 0) problems.push(conflict(day, extra, missing));
  }
  return { matches, problems };
}

function isInside(day: string, span: StatementSpan): boolean {
  return span.firstDay !== null && span.lastDay !== null && span.firstDay < day && day < span.lastDay;
}

function groupByDay<T extends { readonly date: string }>(rows: readonly T[]): Map<string, T[]> {
  const days = new Map<string, T[]>();
  for (const row of rows) {
    const day = days.get(row.date);
    if (day === undefined) days.set(row.date, [row]);
    else day.push(row);
  }
  return days;
}

/** One reference in common, on the same day and amount, shows that both files number rows alike. */
function shareReferences({ rows, known }: OverlapInput): boolean {
  const keys = new Set<string>();
  const key = (line: { date: string; direction: string; minor: bigint }, reference: string) =>
    `${line.date}\t${line.direction}\t${line.minor}\t${reference}`;
  for (const line of known) for (const reference of line.references) keys.add(key(line, reference));
  return rows.some((row) => row.reference !== undefined && keys.has(key(row, row.reference)));
}

function conflict(day: string, extra: number, missing: number): StatementProblem {
  const parts = [
    ...(extra > 0 ? [`${extra} rows that an earlier statement of the whole day does not show`] : []),
    ...(missing > 0 ? [`lacks ${missing} rows that an earlier statement shows`] : []),
  ];
  return { code: "overlap-conflict", line: null, message: `${day}: ${parts.join(", and ")}` };
}
