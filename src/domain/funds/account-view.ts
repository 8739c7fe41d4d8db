import { addDays } from "./dates.ts";
import { general } from "./ids.ts";
import { tallyOf, type FundsState } from "./state.ts";

/** What `accounts --json` prints: the accounts in the order in which they were first recorded. */
export type AccountView = {
  /** Its number; its keyed id for a reader who was not shown the number. */
  readonly account: string;
  readonly currency: string | null;
  readonly statements: readonly {
    readonly file: string | null;
    readonly lines: number;
    readonly opening: string | null;
    readonly closing: string | null;
  }[];
  readonly frozen: { readonly date: string; readonly detail: string } | null;
};

export function accountsView(state: FundsState): AccountView[] {
  return [...state.accounts.values()].map((account) => ({
    account: account.number ?? account.account,
    currency: account.currency,
    statements: state.statements
      .filter((one) => one.account === account.account)
      .map((one) => ({
        file: one.file?.name ?? null,
        lines: one.lines,
        opening: one.opening?.toString() ?? null,
        closing: one.closing?.toString() ?? null,
      })),
    frozen: account.frozen,
  }));
}

/** What a frozen account holds for whom: story 7. By account number (or id), then fund and currency, minor units. */
export type HeldView = {
  readonly account: string;
  readonly frozen: { readonly date: string; readonly detail: string };
  readonly held: readonly { readonly fund: string; readonly currency: string; readonly minor: string }[];
};

export function frozenView(state: FundsState): HeldView[] {
  const openings = new Map(openingBalances(state).map(({ account, minor }) => [account, minor]));
  return [...state.accounts.values()].flatMap((account) => {
    if (account.frozen === null) return [];
    const held = heldBy(state, account, openings.get(account.account) ?? 0n);
    return [{ account: account.number ?? account.account, frozen: account.frozen, held }];
  });
}

/**
 * What an account holds for each fund. Its opening balance is general money; and where an appeal's payments went beyond its
 * own gifts, the account paid the rest out of what it held for general funds: that is what the cover of the appeal says.
 */
function heldBy(
  state: FundsState,
  { account, currency: own }: { readonly account: string; readonly currency: string | null },
  opening: bigint,
): HeldView["held"] {
  const sums = new Map<string, Map<string, bigint>>();
  if (opening !== 0n && own !== null) sums.set(own, new Map([[general, opening]]));
  for (const [key, cell] of state.held) {
    const [id, fund = "", currency = ""] = key.split("\t");
    if (id !== account) continue;
    const funds = sums.get(currency) ?? new Map<string, bigint>();
    sums.set(currency, funds.set(fund, (funds.get(fund) ?? 0n) + cell.minor));
  }
  return [...sums].flatMap(([currency, funds]) => {
    for (const [fund, minor] of funds) {
      if (fund === general || minor >= 0n) continue;
      const covered =
        tallyOf(state, fund, currency, "given").minor - tallyOf(state, fund, currency, "repaid").minor;
      const bridged = -minor < covered ? -minor : covered;
      funds.set(fund, minor + bridged);
      funds.set(general, (funds.get(general) ?? 0n) - bridged);
    }
    return [...funds]
      .filter(([, minor]) => minor !== 0n)
      .map(([fund, minor]) => ({ fund, currency, minor: minor.toString() }))
      .sort((a, b) => (a.fund < b.fund ? -1 : 1));
  });
}

/**
 * Where the statements of an account leave something out: days that none shows, or neighbouring days whose balances do not
 * meet. A missing period is shown as missing; the file that fills it may come later.
 */
export type Gap = {
  readonly account: string;
  readonly from: string;
  readonly to: string;
  /** Null: a balance is not printed. True: nothing moved in the gap, or as much came as went. */
  readonly balancesMeet: boolean | null;
};

export function statementGaps(state: FundsState): Gap[] {
  const gaps: Gap[] = [];
  for (const account of state.accounts.values()) {
    const spans = state.statements
      .filter((one) => one.account === account.account)
      .flatMap((one) => {
        const from = one.from ?? one.firstDay;
        const to = one.to ?? one.lastDay;
        if (from === undefined || to === undefined) return [];
        return [{ from, to, opening: one.opening ?? null, closing: one.closing ?? null }];
      })
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    let last: (typeof spans)[number] | undefined;
    for (const span of spans) {
      const next = last === undefined ? undefined : addDays(last.to, 1);
      if (last !== undefined && next !== undefined && next <= span.from) {
        const isKnown = last.closing !== null && span.opening !== null;
        const balancesMeet = isKnown ? last.closing === span.opening : null;
        const name = account.number ?? account.account;
        if (next < span.from)
          gaps.push({ account: name, from: next, to: addDays(span.from, -1), balancesMeet });
        else if (balancesMeet === false)
          gaps.push({ account: name, from: last.to, to: span.from, balancesMeet });
      }
      if (last === undefined || span.to > last.to) last = span;
    }
  }
  return gaps;
}

/** The balance that each account began with: general money, given before these books, in no appeal's figures. */
export function openingBalances(
  state: FundsState,
): { readonly account: string; readonly currency: string; readonly minor: bigint; readonly date: string }[] {
  return [...state.accounts.values()].flatMap((account) => {
    const first = state.statements
      .filter((one) => one.account === account.account && (one.opening ?? null) !== null)
      .sort((a, b) => compareStart(a, b))[0];
    const opening = first?.opening ?? null;
    if (first === undefined || opening === null || account.currency === null) return [];
    return [
      {
        account: account.account,
        currency: account.currency,
        minor: opening,
        date: first.from ?? first.firstDay ?? "",
      },
    ];
  });
}

type Start = { readonly firstDay?: string | undefined; readonly from?: string | undefined };
function compareStart(a: Start, b: Start): number {
  const [one, other] = [a.firstDay ?? a.from ?? "", b.firstDay ?? b.from ?? ""];
  return one < other ? -1 : one > other ? 1 : 0;
}
