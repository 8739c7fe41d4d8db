import { frozenView, statementGaps, type Gap } from "#domain/funds/account-view.ts";
import { ownTransfer } from "#domain/funds/ids.ts";
import type { Rate, Titles } from "#domain/funds/entries.ts";
import { generalLeft } from "#domain/funds/reserves.ts";
import { tallyOf, type FundsState } from "#domain/funds/state.ts";
import { currenciesInOrder } from "#domain/funds/currency.ts";
import { linesOfRows } from "#session/imports/bank-lines.ts";
import type { Desk } from "../desk/desk.ts";

export type AccountStatement = {
  readonly file: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly lines: number;
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  readonly acceptedBy: string | null;
};

export type Account = {
  readonly id: string;
  /** Its id for a reader who was not shown the number. */
  readonly number: string;
  readonly currency: string | null;
  /** The closing balance of the statement that reaches furthest, and its last day. */
  readonly balance: bigint | null;
  readonly balanceDay: string | null;
  readonly statements: readonly AccountStatement[];
  readonly gaps: readonly Gap[];
  readonly frozen: { readonly date: string; readonly detail: string } | null;
  readonly events: readonly {
    readonly kind: "frozen" | "released";
    readonly date: string;
    readonly detail: string;
  }[];
  /** Of a frozen account: what lies in it for whom. */
  readonly held: readonly { readonly fund: string; readonly currency: string; readonly minor: bigint }[];
};

export type Cover = {
  readonly appeal: string;
  readonly title: Titles;
  readonly currency: string;
  readonly given: bigint;
  readonly repaid: bigint;
};

export type AccountsOverview = {
  readonly accounts: readonly Account[];
  /** What general funds hold, by currency: gifts and opening balances less cover, spending and reserves. */
  readonly general: readonly { readonly currency: string; readonly minor: bigint }[];
  readonly covers: readonly Cover[];
  /** Shortfalls are covered, and repaid, by the policy itself. */
  readonly isCoverByPolicy: boolean;
  readonly appeals: readonly { readonly id: string; readonly title: Titles; readonly currency: string }[];
  readonly rates: readonly Rate[];
  readonly base: string;
};

/** One side of a transfer between own accounts, as a statement shows it. */
export type OwnTransfer = {
  readonly nullifier: string;
  readonly date: string;
  readonly account: string;
  readonly other: string;
  readonly direction: "credit" | "debit";
  readonly currency: string;
  readonly minor: bigint;
};

export type OwnTransfers = { readonly transfers: readonly OwnTransfer[]; readonly total: number };

export const accountCalls = {
  "accounts.overview": async (desk: Desk): Promise<AccountsOverview> => {
    const { funds } = await desk.session.books();
    return {
      accounts: accountsOf(funds),
      general: currenciesOf(funds).map((currency) => ({ currency, minor: generalLeft(funds, currency) })),
      covers: coversOf(funds),
      isCoverByPolicy: funds.policy?.shortfall === "general",
      appeals: [...funds.appeals.values()].map(({ id, title, currency }) => ({ id, title, currency })),
      rates: funds.rates.toSorted((a, b) => (a.date < b.date ? 1 : -1)),
      base: funds.base,
    };
  },

  /** The latest transfers between own accounts. */
  "accounts.transfers": async (desk: Desk, { most }: { most: number }): Promise<OwnTransfers> => {
    const { session } = desk;
    const { funds } = await session.books();
    const { rows } = await session.index();
    const all = rows.rowsAt(ownTransfer).toSorted((a, b) => rows.dayOf(b) - rows.dayOf(a));
    const lines = await linesOfRows(session, rows, all.slice(0, most));
    const transfers = lines
      .filter(({ to }) => to.some((part) => part.to === ownTransfer))
      .map(({ nullifier, date, account, party, direction, currency, minor }) => ({
        nullifier,
        date,
        account: funds.accounts.get(account)?.number ?? account,
        other: party?.account ?? "",
        direction,
        currency,
        minor,
      }))
      .toSorted((a, b) => (a.date < b.date ? 1 : -1));
    return { transfers, total: all.length };
  },
};

function accountsOf(funds: FundsState): Account[] {
  const gaps = statementGaps(funds);
  const held = new Map(frozenView(funds).map((one) => [one.account, one.held]));
  return [...funds.accounts.values()].map((account) => {
    const number = account.number ?? account.account;
    const statements = funds.statements
      .filter((one) => one.account === account.account)
      .map((one): AccountStatement => ({
        file: one.file?.name ?? null,
        from: one.from ?? one.firstDay ?? null,
        to: one.to ?? one.lastDay ?? null,
        lines: one.lines,
        opening: one.opening ?? null,
        closing: one.closing ?? null,
        acceptedBy: one.discrepancy?.by ?? null,
      }))
      .toSorted((a, b) => ((a.to ?? "") < (b.to ?? "") ? 1 : -1));
    const last = statements.find((one) => one.closing !== null);
    return {
      id: account.account,
      number,
      currency: account.currency,
      balance: last?.closing ?? null,
      balanceDay: last?.to ?? null,
      statements,
      gaps: gaps.filter((gap) => gap.account === number),
      frozen: account.frozen,
      events: account.events,
      held: (held.get(number) ?? []).map((one) => ({ ...one, minor: BigInt(one.minor) })),
    };
  });
}

function currenciesOf(funds: FundsState): string[] {
  const all = [...funds.accounts.values()].flatMap(({ currency }) => currency ?? []);
  return currenciesInOrder([funds.base, ...all], funds.base);
}

function coversOf(funds: FundsState): Cover[] {
  return [...funds.appeals.values()].flatMap(({ id, title }) =>
    currenciesOf(funds).flatMap((currency) => {
      const given = tallyOf(funds, id, currency, "given").minor;
      const repaid = tallyOf(funds, id, currency, "repaid").minor;
      return given === 0n ? [] : [{ appeal: id, title, currency, given, repaid }];
    }),
  );
}
