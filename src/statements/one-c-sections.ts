import type { Tally } from "./tally.ts";
import type { BankRow } from "./types.ts";

/** `СекцияРасчСчет`: what the bank prints for one account and one period, often a single day. */
export type Section = {
  readonly account: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  readonly credit: bigint | null;
  readonly debit: bigint | null;
  readonly line: number;
};

/** What the rows of one account add up to, day by day; kept only where there are several sections to check. */
export type DaySums = Map<string, { credit: bigint; debit: bigint }>;

export function addToDay(days: DaySums, row: Pick<BankRow, "date" | "direction" | "minor">): void {
  if (row.minor === null) return;
  let day = days.get(row.date);
  if (day === undefined) {
    day = { credit: 0n, debit: 0n };
    days.set(row.date, day);
  }
  if (row.direction === "credit") day.credit += row.minor;
  else day.debit += row.minor;
}

/** Sections in the order of their days; the file may print them newest first. */
export function inOrder(sections: readonly Section[]): Section[] {
  return [...sections].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to) || a.line - b.line);
}

function compare(a: string | null, b: string | null): number {
  return a === b ? 0 : (a ?? "") < (b ?? "") ? -1 : 1;
}

/**
 * Checks each section in itself, against the rows of its days, and against the section before it. Sections whose
 * days overlap are checked in themselves only: a row could belong to either.
 */
export function checkSections(tally: Tally, sections: readonly Section[], days: DaySums): void {
  const ordered = inOrder(sections);
  const overlapping = ordered.some((section, i) => {
    const next = ordered[i + 1];
    return next !== undefined && section.to !== null && next.from !== null && next.from <= section.to;
  });
  let before: Section | null = null;
  for (const section of ordered) {
    checkInItself(tally, section);
    if (!overlapping) checkAgainstRows(tally, section, days);
    const closed = before?.closing ?? null;
    if (!overlapping && closed !== null && section.opening !== null && closed !== section.opening) {
      tally.problem(
        "chain-broken",
        section.line,
        `The section of ${section.from ?? "?"} opens with ${tally.money(section.opening)}, but the one before it closed with ${tally.money(closed)}.`,
      );
    }
    before = section;
  }
}

function checkInItself(tally: Tally, section: Section): void {
  const { opening, closing, credit, debit } = section;
  if (opening === null || closing === null || credit === null || debit === null) return;
  const expected = opening + credit - debit;
  if (expected === closing) return;
  tally.problem(
    "section-differs",
    section.line,
    `The section of ${section.from ?? "?"} prints an opening balance and turnovers that give ${tally.money(expected)}, but a closing balance of ${tally.money(closing)}.`,
  );
}

function checkAgainstRows(tally: Tally, section: Section, days: DaySums): void {
  if (section.from === null || section.to === null) return;
  let credit = 0n;
  let debit = 0n;
  for (const [date, sums] of days) {
    if (date < section.from || date > section.to) continue;
    credit += sums.credit;
    debit += sums.debit;
  }
  const period = section.from === section.to ? section.from : `${section.from} to ${section.to}`;
  for (const side of ["credit", "debit"] as const) {
    const printed = section[side];
    const rows = side === "credit" ? credit : debit;
    if (printed === null || printed === rows) continue;
    tally.problem(
      `${side}-turnover-differs`,
      section.line,
      `For ${period} the bank prints a ${side} turnover of ${tally.money(printed)}, the rows add up to ${tally.money(rows)}.`,
    );
  }
}
