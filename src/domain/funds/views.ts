import { balanceOf, fundSums, type FundSums } from "./covers.ts";
import { currenciesInOrder } from "./currency.ts";
import { general, unknown } from "./ids.ts";
import { talliesOf, type FundsState } from "./state.ts";

/** What `funds show APPEAL --json` prints. Every list is empty where there is nothing; `minor` is a decimal string. */
export type AppealView = {
  readonly appeal: string;
  /** Gross: what was given back stands beside it in `refunded`. */
  readonly raised: readonly Donations[];
  readonly refunded: readonly Donations[];
  readonly spent: readonly { readonly currency: string; readonly minor: string; readonly payments: number }[];
  readonly spentByCategory: { readonly [currency: string]: { readonly [category: string]: string } };
  /** Cover less repayment. */
  readonly coveredFromGeneral: readonly Sum[];
  /** Always has an item for the appeal's own currency. */
  readonly balance: readonly Sum[];
  /** Payments that lawyer and beneficiary both confirmed, in whatever way (`confirmations.ts` tells which are proof). */
  readonly confirmedByBoth: number;
};
export type Sum = { readonly currency: string; readonly minor: string };
export type Donations = Sum & { readonly donations: number };

/** What `funds --json` prints. */
export type FundsView = {
  readonly appeals: readonly AppealView[];
  readonly allAppealsRaised: { readonly [currency: string]: string };
  /** Credits without an appeal in the foundation's own currency, before cover. */
  readonly general: Donations;
  /** Only where there are any. */
  readonly generalInOtherCurrencies?: readonly Donations[];
  readonly notYetKnown: readonly Donations[];
  /** Bank rows, each counted once however many statements show it. */
  readonly distinctLines: number;
};

type Tallies = (
  fund: string,
) => Iterable<readonly [string, string, { readonly minor: bigint; readonly count: number }]>;

/** One appeal; undefined if there is none of that id. */
export function appealView(state: FundsState, appeal: string): AppealView | undefined {
  return state.appeals.has(appeal)
    ? viewOf(state, appeal, (fund) => talliesOf(state, fund), everyDay)
    : undefined;
}

export function fundsView(state: FundsState): FundsView {
  return fundsViewFrom(state, (fund) => talliesOf(state, fund), everyDay);
}

export type PeriodView = Omit<FundsView, "distinctLines"> & { readonly from: string; readonly to: string };

/**
 * Everything from one day to another, both included: gifts and refunds by bank day, payments by the day they were made, cover
 * by the day of the fact that made it necessary. `balance` is what the period added or took away. Needs the daily sums.
 */
export function periodView(state: FundsState, from: string, to: string): PeriodView {
  const { distinctLines: _, ...view } = fundsViewFrom(state, talliesBetween(state, from, to), { from, to });
  return { from, to, ...view };
}

export function appealPeriodView(
  state: FundsState,
  appeal: string,
  from: string,
  to: string,
): AppealView | undefined {
  return state.appeals.has(appeal)
    ? viewOf(state, appeal, talliesBetween(state, from, to), { from, to })
    : undefined;
}

type Days = { readonly from: string; readonly to: string };
const everyDay: Days = { from: "", to: "9999" };

function fundsViewFrom(state: FundsState, tallies: Tallies, days: Days): FundsView {
  const appeals = [...state.appeals.keys()].map((appeal) => viewOf(state, appeal, tallies, days));
  const raised = new Map<string, bigint>();
  for (const view of appeals) {
    for (const { currency, minor } of view.raised)
      raised.set(currency, (raised.get(currency) ?? 0n) + BigInt(minor));
  }
  const received = donationsOf(fundSums(tallies(general)), state.base);
  const others = received.filter(({ currency }) => currency !== state.base);
  return {
    appeals,
    allAppealsRaised: Object.fromEntries(
      currenciesInOrder(raised.keys(), state.base).map((currency) => [
        currency,
        (raised.get(currency) ?? 0n).toString(),
      ]),
    ),
    general: received.find(({ currency }) => currency === state.base) ?? {
      currency: state.base,
      minor: "0",
      donations: 0,
    },
    ...(others.length === 0 ? {} : { generalInOtherCurrencies: others }),
    notYetKnown: donationsOf(fundSums(tallies(unknown)), state.base),
    distinctLines: distinctLines(state),
  };
}

/** Rows that statements brought for the first time, readable or not. */
export function distinctLines(state: FundsState): number {
  return state.statements.reduce(
    (sum, one) => sum + (one.newCredits?.count ?? 0) + (one.newDebits?.count ?? 0),
    0,
  );
}

function viewOf(state: FundsState, appeal: string, tallies: Tallies, days: Days): AppealView {
  const own = state.appeals.get(appeal)?.currency ?? state.base;
  const sums = fundSums(tallies(appeal));
  const inOrder = currenciesInOrder(sums.keys(), own).flatMap((currency) => {
    const sum = sums.get(currency);
    return sum === undefined ? [] : [[currency, sum] as const];
  });
  const balanceOrder = sums.has(own) ? inOrder : [[own, undefined] as const, ...inOrder];
  return {
    appeal,
    raised: donationsOf(sums, own),
    refunded: inOrder
      .filter(([, sum]) => sum.refunds > 0)
      .map(([currency, sum]) => ({ currency, minor: sum.refunded.toString(), donations: sum.refunds })),
    spent: inOrder
      .filter(([, sum]) => sum.payments > 0)
      .map(([currency, sum]) => ({ currency, minor: sum.spent.toString(), payments: sum.payments })),
    spentByCategory: byCategory(tallies(appeal), own),
    coveredFromGeneral: inOrder
      .filter(([, sum]) => sum.given !== sum.repaid)
      .map(([currency, sum]) => ({ currency, minor: (sum.given - sum.repaid).toString() })),
    balance: balanceOrder
      .filter(([currency, sum]) => currency === own || (sum !== undefined && hasMoney(sum)))
      .map(([currency, sum]) => ({ currency, minor: (sum === undefined ? 0n : balanceOf(sum)).toString() })),
    confirmedByBoth: confirmedByBoth(state, appeal, days),
  };
}

function hasMoney(sum: FundSums): boolean {
  return sum.donations > 0 || sum.refunds > 0 || sum.payments > 0 || sum.given > 0n;
}

function donationsOf(sums: ReadonlyMap<string, FundSums>, first: string): Donations[] {
  return currenciesInOrder(sums.keys(), first).flatMap((currency) => {
    const sum = sums.get(currency);
    return sum === undefined || sum.donations === 0
      ? []
      : [{ currency, minor: sum.received.toString(), donations: sum.donations }];
  });
}

function byCategory(tallies: ReturnType<Tallies>, own: string): AppealView["spentByCategory"] {
  const byCurrency = new Map<string, Map<string, bigint>>();
  for (const [currency, series, cell] of tallies) {
    if (!series.startsWith("spent/") || cell.count === 0) continue;
    const categories = byCurrency.get(currency) ?? new Map<string, bigint>();
    byCurrency.set(currency, categories);
    const category = series.slice("spent/".length);
    categories.set(category, (categories.get(category) ?? 0n) + cell.minor);
  }
  return Object.fromEntries(
    currenciesInOrder(byCurrency.keys(), own).map((currency) => [
      currency,
      Object.fromEntries(
        [...(byCurrency.get(currency) ?? [])]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([category, minor]) => [category, minor.toString()]),
      ),
    ]),
  );
}

function confirmedByBoth(state: FundsState, appeal: string, { from, to }: Days): number {
  let confirmed = 0;
  for (const one of state.spending.values()) {
    if (one.appeal !== appeal || one.state !== "paid") continue;
    if (one.date !== undefined && (one.date < from || one.date > to)) continue;
    const roles = state.confirmations.get(one.id);
    if (roles?.lawyer !== undefined && roles.beneficiary !== undefined) confirmed += 1;
  }
  return confirmed;
}

function talliesBetween(state: FundsState, from: string, to: string): Tallies {
  const { days } = state;
  if (days === null) throw new Error("bug: a period is asked of the books without their daily sums");
  return (fund) => {
    const found: (readonly [string, string, { minor: bigint; count: number }])[] = [];
    for (const [key, cells] of days.series) {
      if (!key.startsWith(`${fund}\t`)) continue;
      const [, currency = "", series = ""] = key.split("\t");
      const sum = { minor: 0n, count: 0 };
      for (const [day, cell] of cells) {
        if (day < from || day > to) continue;
        sum.minor += cell.minor;
        sum.count += cell.count;
      }
      if (sum.count !== 0 || sum.minor !== 0n) found.push([currency, series, sum]);
    }
    return found;
  };
}
