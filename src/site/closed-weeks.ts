import { currenciesInOrder } from "#domain/funds/currency.ts";
import type { Money } from "#domain/funds/money.ts";
import type { EntryRef } from "./entry-refs.ts";
import type { PublicBooks, PublicClose } from "./public-books.ts";

/** All closes of one week together: what became public with it. */
export type ClosedWeek = {
  readonly week: string;
  readonly lastDay: string;
  readonly count: number;
  readonly sums: readonly Money[];
  readonly closes: readonly PublicClose[];
  /** The first of its closes, by which a feed names the week. */
  readonly entry: EntryRef;
};

/** Latest week first. A week in which nothing became public is listed too: leaving it out would look like a gap. */
export function closedWeeks(books: PublicBooks): ClosedWeek[] {
  const weeks = new Map<string, PublicClose[]>();
  for (const close of books.closes) {
    const known = weeks.get(close.week);
    if (known === undefined) weeks.set(close.week, [close]);
    else known.push(close);
  }
  return [...weeks]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .flatMap(([week, closes]) => {
      const first = closes[0];
      if (first === undefined) return [];
      const sums = new Map<string, bigint>();
      for (const { currency, minor } of closes) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
      return [
        {
          week,
          lastDay: first.lastDay,
          count: closes.reduce((sum, one) => sum + one.count, 0),
          sums: currenciesInOrder(sums.keys(), books.now.base)
            .map((currency) => ({ currency, minor: sums.get(currency) ?? 0n }))
            .filter(({ minor }, i) => minor !== 0n || i === 0),
          closes,
          entry: first.entry,
        },
      ];
    });
}
