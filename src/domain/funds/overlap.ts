import { signed, type KnownLine, type StatementProblem } from "./bank-line.ts";
import { addDays } from "./dates.ts";
import type { Direction } from "./entries.ts";
import { dayOptions, matchByOccurrence, type DayOption, type OverlapRow } from "./overlap-day.ts";

/**
 * Which rows of a statement already stand in the record, because an earlier statement of the account showed the same
 * days. Rows are never dropped for looking alike: in a real appeal nearly all share day and amount with another. Two
 * kinds of knowledge decide instead:
 *
 * 1. **Days.** A statement whose balances add up shows every row of the days between its first and its last. So a day
 *    that both show whole must hold the same rows, whatever references each bank format prints; and a day that one of
 *    them shows whole holds all rows of the other.
 * 2. **Balances.** On the first and last day of a statement the file may have been cut at noon. There, whichever reading
 *    (same references, same amounts, continues after so many rows, nothing shared) makes the merged books arrive at
 *    the printed closing balance is the true one.
 *
 * What agrees with neither is a problem that a named person has to accept.
 */
export function recogniseOverlap(input: OverlapInput): Overlap {
  const problems: StatementProblem[] = [];
  const matched = new Map<number, string>();
  const open: { readonly day: string; readonly options: readonly DayOption[] }[] = [];
  const rowsByDay = groupByDay(input.rows);
  const knownByDay = groupByDay(input.known);
  const areComparable = shareReferences(input);
  for (const [day, rows] of rowsByDay) {
    const known = knownByDay.get(day) ?? [];
    if (known.length === 0) continue;
    const isWhole = input.statement.isSound && isInside(day, input.statement);
    const wasWhole = input.earlier.some((one) => one.isSound && isInside(day, one));
    if (!isWhole && !wasWhole) {
      open.push({ day, options: dayOptions(rows, known, areComparable) });
      continue;
    }
    const option = matchByOccurrence(rows, known);
    for (const [ordinal, position] of option.matches) matched.set(ordinal, position);
    const extra = wasWhole ? rows.length - option.matches.size : 0;
    const missing = isWhole ? known.length - option.matches.size : 0;
    if (extra > 0 || missing > 0) problems.push(conflict(day, extra, missing));
  }
  const chosen = chooseOptions(input, matched, open);
  for (const option of chosen.options) {
    for (const [ordinal, position] of option.matches) matched.set(ordinal, position);
  }
  problems.push(...chosen.problems, ...brokenChains(input));
  return { known: matched, problems };
}

export type OverlapInput = {
  /** Rows of the new statement on days that have recorded rows, in the file's order. */
  readonly rows: readonly OverlapRow[];
  /** Recorded rows of the account on the days of the new statement, by position. */
  readonly known: readonly KnownLine[];
  readonly statement: StatementSpan & { readonly net: bigint };
  readonly earlier: readonly StatementSpan[];
  /** Credits less debits of the recorded rows of the account from one day to another, both included. */
  readonly netRecorded: (from: string, to: string) => bigint;
};

/** What is known of a statement as a whole. `isSound`: both balances are printed and its rows lead from one to the other. */
export type StatementSpan = {
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  readonly isSound: boolean;
};

export type Overlap = {
  /** Recorded position by the ordinal of the row in the file. */
  readonly known: ReadonlyMap<number, string>;
  readonly problems: readonly StatementProblem[];
};

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
  for (const line of known) for (const reference of line.references) keys.add(referenceKey(line, reference));
  return rows.some((row) => row.reference !== undefined && keys.has(referenceKey(row, row.reference)));
}

function referenceKey(
  line: { date: string; direction: Direction; minor: bigint },
  reference: string,
): string {
  return `${line.date}\t${line.direction}\t${line.minor}\t${reference}`;
}

/** The sum that rows already recorded must have for the merged books to reach the printed closing; empty: nothing is printed. */
function sumsRequired(input: OverlapInput): bigint[] {
  const { statement } = input;
  if (!statement.isSound || statement.firstDay === null || statement.lastDay === null) return [];
  // All statements that share a day, directly or through another: between them no row is missing.
  let first = statement.firstDay;
  let last = statement.lastDay;
  const linked = new Set<StatementSpan>([statement]);
  for (let grew = true; grew;) {
    grew = false;
    for (const one of input.earlier) {
      if (linked.has(one) || !one.isSound || one.firstDay === null || one.lastDay === null) continue;
      if (one.lastDay < first || one.firstDay > last) continue;
      linked.add(one);
      if (one.firstDay < first) first = one.firstDay;
      if (one.lastDay > last) last = one.lastDay;
      grew = true;
    }
  }
  const recorded = input.netRecorded(first, last);
  const sums = new Set<bigint>();
  for (const start of linked) {
    if (start.firstDay !== first || start.opening === null) continue;
    for (const end of linked) {
      if (end.lastDay !== last || end.closing === null) continue;
      sums.add(statement.net - (end.closing - start.opening - recorded));
    }
  }
  return [...sums];
}

function chooseOptions(
  input: OverlapInput,
  matched: ReadonlyMap<number, string>,
  open: readonly { readonly day: string; readonly options: readonly DayOption[] }[],
): { readonly options: readonly DayOption[]; readonly problems: readonly StatementProblem[] } {
  const required = sumsRequired(input);
  const preferred = open.flatMap(({ options }) => options.slice(0, 1));
  if (required.length === 0) return { options: preferred, problems: [] };
  const byOrdinal = new Map(input.rows.map((row) => [row.ordinal, row]));
  let fixed = 0n;
  for (const ordinal of matched.keys()) {
    const row = byOrdinal.get(ordinal);
    if (row !== undefined) fixed += signed(row);
  }
  // A statement that adds up has at most two open days, its first and its last.
  const fitting: (readonly DayOption[])[] = [];
  const [first, second] = open;
  for (const one of first?.options ?? [nothingShared]) {
    for (const other of second?.options ?? [nothingShared]) {
      if (required.includes(fixed + one.sum + other.sum)) {
        fitting.push([...(first === undefined ? [] : [one]), ...(second === undefined ? [] : [other])]);
      }
      if (fitting.length > 1) break;
    }
    if (fitting.length > 1) break;
  }
  const [best, next] = fitting;
  if (best === undefined) {
    const sum = preferred.reduce((total, option) => total + option.sum, fixed);
    const difference = sum - (required[0] ?? 0n);
    const message = `with the rows already recorded the books miss the printed closing balance by ${difference}`;
    return { options: preferred, problems: [{ code: "merged-balance-differs", line: null, message }] };
  }
  if (next === undefined || best.every((option) => option.isByReference || option.matches.size === 0)) {
    return { options: best, problems: [] };
  }
  const days = open.map(({ day }) => day).join(", ");
  const message = `rows of ${days} may or may not be those already recorded: both readings reach the printed balance`;
  return { options: best, problems: [{ code: "overlap-ambiguous", line: null, message }] };
}
const nothingShared: DayOption = { matches: new Map(), sum: 0n, isByReference: false };

function conflict(day: string, extra: number, missing: number): StatementProblem {
  const parts = [
    ...(extra > 0 ? [`${extra} rows that an earlier statement of the whole day does not show`] : []),
    ...(missing > 0 ? [`lacks ${missing} rows that an earlier statement shows`] : []),
  ];
  return { code: "overlap-conflict", line: null, message: `${day}: ${parts.join(", and ")}` };
}

/** Statements of neighbouring days must meet: the closing balance of one is the opening balance of the next. */
function brokenChains({ statement, earlier }: OverlapInput): StatementProblem[] {
  const problems: StatementProblem[] = [];
  const sound = earlier.filter((one) => one.isSound);
  const before = nearest(
    sound.filter((one) => isBefore(one, statement)),
    (one) => one.lastDay ?? "",
  );
  const after = nearest(
    sound.filter((one) => isBefore(statement, one)),
    (one) => invert(one.firstDay ?? ""),
  );
  for (const [left, right] of [
    [before, statement],
    [statement, after],
  ] as const) {
    if (left === undefined || right === undefined || !left.isSound || !right.isSound) continue;
    if (left.to === null || right.from === null || addDays(left.to, 1) < right.from) continue;
    if (left.closing === right.opening) continue;
    const message = `the balance of ${left.closing} on ${left.to} is not the ${right.opening} that ${right.from} begins with`;
    problems.push({ code: "chain-broken", line: null, message });
  }
  return problems;
}

function isBefore(one: StatementSpan, other: StatementSpan): boolean {
  return one.lastDay !== null && other.firstDay !== null && one.lastDay < other.firstDay;
}

function nearest(
  spans: readonly StatementSpan[],
  key: (span: StatementSpan) => string,
): StatementSpan | undefined {
  let best: StatementSpan | undefined;
  for (const span of spans) if (best === undefined || key(span) > key(best)) best = span;
  return best;
}

/** Turns the order of days round, digit by digit. */
function invert(day: string): string {
  return day.replace(/[0-9]/gu, (digit) => String(9 - Number(digit)));
}
