import { addDays } from "#domain/funds/dates.ts";

export const spans = ["thisMonth", "lastMonth", "thisQuarter", "thisYear", "lastYear"] as const;
export type SpanName = (typeof spans)[number];

export type Span = { readonly from: string; readonly to: string };

/** What a report opens on: this year, or the latest year that has anything when this one has nothing. */
export function newestSpan(recorded: Span | undefined, today: string): Span {
  const thisYear = spanOf("thisYear", today);
  if (recorded === undefined || (recorded.from <= thisYear.to && recorded.to >= thisYear.from))
    return thisYear;
  return yearSpan(recorded.to.slice(0, 4));
}

/** All days of "2025". */
export const yearSpan = (year: string): Span => ({ from: `${year}-01-01`, to: `${year}-12-31` });

/** "2024", "2023": years that have anything, the latest first; without this year and the last, which have names. */
export function olderYears(recorded: Span | undefined, today: string): readonly string[] {
  if (recorded === undefined) return [];
  const first = Number(recorded.from.slice(0, 4));
  const last = Math.min(Number(recorded.to.slice(0, 4)), Number(today.slice(0, 4)) - 2);
  if (last < first) return [];
  return Array.from({ length: last - first + 1 }, (_, i) => String(last - i));
}

/** First and last day: `spanOf("lastMonth", "2025-03-09")` is 2025-02-01 to 2025-02-28. */
export function spanOf(name: SpanName, today: string): Span {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const firstOf = (y: number, m: number) => `${y}-${String(m).padStart(2, "0")}-01`;
  const monthEnd = (y: number, m: number) => addDays(m === 12 ? firstOf(y + 1, 1) : firstOf(y, m + 1), -1);
  switch (name) {
    case "thisMonth":
      return { from: firstOf(year, month), to: monthEnd(year, month) };
    case "lastMonth": {
      const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
      return { from: firstOf(y, m), to: monthEnd(y, m) };
    }
    case "thisQuarter": {
      const first = month - ((month - 1) % 3);
      return { from: firstOf(year, first), to: monthEnd(year, first + 2) };
    }
    case "thisYear":
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case "lastYear":
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  }
}
