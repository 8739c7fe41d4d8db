import { balanceOf, fundSums } from "#domain/funds/covers.ts";
import { currenciesInOrder } from "#domain/funds/currency.ts";
import { addDays, weekOfDay } from "#domain/funds/dates.ts";
import type { Appeal } from "#domain/funds/entries.ts";
import { askedOnce } from "#domain/funds/post-view.ts";
import { talliesOf, type FundsState } from "#domain/funds/state.ts";

export type Sum = { readonly currency: string; readonly minor: bigint };

/** The figures of one appeal in one currency. They add up: received − returned + covered − spent = left. */
export type Figures = {
  readonly currency: string;
  readonly received: bigint;
  readonly gifts: number;
  readonly refunded: bigint;
  readonly refunds: number;
  /** Cover less repayment. */
  readonly covered: bigint;
  readonly spent: bigint;
  readonly payments: number;
  /** Set aside for payments that are not yet made; still part of `left`. */
  readonly reserved: bigint;
  readonly left: bigint;
};

/** By currency, the appeal's own first; its own is always there. */
export function figuresOf(funds: FundsState, appeal: Appeal): readonly Figures[] {
  const sums = fundSums(talliesOf(funds, appeal.id));
  const currencies = [appeal.currency, ...currenciesInOrder(sums.keys(), appeal.currency)];
  return [...new Set(currencies)].map((currency) => {
    const sum = sums.get(currency);
    if (sum === undefined) return { ...nothing, currency };
    return {
      currency,
      received: sum.received,
      gifts: sum.donations,
      refunded: sum.refunded,
      refunds: sum.refunds,
      covered: sum.given - sum.repaid,
      spent: sum.spent,
      payments: sum.payments,
      reserved: sum.reserved,
      left: balanceOf(sum),
    };
  });
}

const nothing = {
  received: 0n,
  gifts: 0,
  refunded: 0n,
  refunds: 0,
  covered: 0n,
  spent: 0n,
  payments: 0,
  reserved: 0n,
  left: 0n,
};

export function askedOf(funds: FundsState, appeal: string): readonly Sum[] {
  return askedOnce(funds, appeal).map(({ currency, minor }) => ({ currency, minor: BigInt(minor) }));
}

/**
 * - `unasked`: no post has asked yet. `collecting`: less came than was asked. `reached`: all that was asked came.
 * - `short`: more was spent than came, and nothing covers it: somebody has to decide. `ended`: nobody asks for it any more.
 */
export type AppealStanding = "unasked" | "collecting" | "reached" | "short" | "ended";

export function standingOf(
  asked: readonly Sum[],
  figures: readonly Figures[],
): Exclude<AppealStanding, "ended"> {
  if (figures.some(({ left }) => left < 0n)) return "short";
  if (asked.length === 0) return "unasked";
  const isReached = asked.every(({ currency, minor }) => {
    const sum = figures.find((one) => one.currency === currency);
    return sum !== undefined && sum.received - sum.refunded >= minor;
  });
  return isReached ? "reached" : "collecting";
}

/** What came in and went out in one week, in one currency. */
export type WeekSums = {
  /** `2025-W10`. */
  readonly week: string;
  readonly received: bigint;
  readonly refunded: bigint;
  readonly spent: bigint;
};

/** Week by week without a gap, from the first to the last in which money moved. `funds`: one appeal, or several together. */
export function weeksOf(state: FundsState, funds: Iterable<string>, currency: string): readonly WeekSums[] {
  const { days } = state;
  if (days === null) return [];
  const wanted = new Set(funds);
  const byWeek = new Map<string, { received: bigint; refunded: bigint; spent: bigint }>();
  // The same days come again for each fund, and a calendar is slow.
  const weekOf = new Map<string, string>();
  let first = "9999";
  let last = "";
  for (const [key, cells] of days.series) {
    const [fund = "", ofCurrency = "", series = ""] = key.split("\t");
    if (!wanted.has(fund) || ofCurrency !== currency) continue;
    const name = series.startsWith("spent/") ? "spent" : series;
    if (name !== "received" && name !== "refunded" && name !== "spent") continue;
    for (const [day, { minor }] of cells) {
      if (minor === 0n) continue;
      const week = weekOf.get(day) ?? weekOfDay(day);
      weekOf.set(day, week);
      const sums = byWeek.get(week) ?? { received: 0n, refunded: 0n, spent: 0n };
      sums[name] += minor;
      byWeek.set(week, sums);
      if (day < first) first = day;
      if (day > last) last = day;
    }
  }
  const weeks: WeekSums[] = [];
  for (let day = first; day <= last; day = addDays(day, 7)) pushWeek(weeks, weekOfDay(day), byWeek);
  if (last !== "") pushWeek(weeks, weekOfDay(last), byWeek);
  return weeks;
}

function pushWeek(
  weeks: WeekSums[],
  week: string,
  byWeek: ReadonlyMap<string, Omit<WeekSums, "week">>,
): void {
  if (weeks.at(-1)?.week === week) return;
  weeks.push({ week, ...(byWeek.get(week) ?? { received: 0n, refunded: 0n, spent: 0n }) });
}

/** Spending of an appeal by category, the largest first. */
export function categoriesOf(
  funds: FundsState,
  appeal: string,
  currency: string,
): readonly { readonly category: string; readonly minor: bigint; readonly payments: number }[] {
  return [...talliesOf(funds, appeal)]
    .filter(([of, series, cell]) => of === currency && series.startsWith("spent/") && cell.count > 0)
    .map(([, series, cell]) => ({
      category: series.slice("spent/".length),
      minor: cell.minor,
      payments: cell.count,
    }))
    .toSorted((a, b) => (a.minor < b.minor ? 1 : a.minor > b.minor ? -1 : 0));
}
