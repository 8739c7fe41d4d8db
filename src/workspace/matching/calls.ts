import type { Titles } from "#domain/funds/entries.ts";
import type { RecordedLine } from "#domain/funds/ports.ts";
import type { FundsState, OpenRow } from "#domain/funds/state.ts";
import { unmatchedView, unpaid } from "#domain/funds/unmatched-view.ts";
import { bankLines, linesOfParties, partyKey } from "#session/bank-lines.ts";
import type { Desk } from "../desk/desk.ts";
import type { DecideRowsInput } from "./commands.ts";
import {
  creditSuggestions,
  debitSuggestions,
  donorSuggestions,
  isDayShown,
  type Suggestion,
} from "./suggestions.ts";
import { unsignedGifts } from "./unsigned-gifts.ts";

/** A bank row that waits for a person, with what she needs to see of it. */
export type OpenBankRow = {
  readonly nullifier: string;
  readonly direction: "credit" | "debit";
  readonly account: string;
  readonly date: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly reference: string | null;
  readonly party: string | null;
  readonly memo: string | null;
  /** Where it counts now, such as "unknown" or "general". */
  readonly to: string;
  readonly suggestions: readonly Suggestion[];
  /** Rows with one `alike` have the same party, purpose and suggestions: one decision may be for all of them. */
  readonly alike: string;
};

export type UnpaidPayment = {
  readonly spending: string;
  readonly appeal: string;
  readonly date: string | null;
  readonly payee: string | null;
  readonly currency: string;
  readonly minor: bigint;
  readonly paidFrom: string | null;
  /** Some statement shows the account on that day, and no such debit. */
  readonly isDayShown: boolean;
  /** Open debits of exactly this sum. */
  readonly debits: number;
};

export type OpenRefund = {
  readonly refund: string;
  readonly reference: string | null;
  readonly date: string | null;
  readonly reason: string | null;
  readonly currency: string | null;
  readonly minor: bigint | null;
  readonly lacks: readonly ("gift" | "debit")[];
};

export type MatchingQueue = {
  readonly credits: readonly OpenBankRow[];
  readonly debits: readonly OpenBankRow[];
  readonly payments: readonly UnpaidPayment[];
  readonly refunds: readonly OpenRefund[];
  readonly decisions: readonly {
    readonly reference: string;
    readonly appeal: string;
    readonly ground: string;
    readonly by: string;
  }[];
  readonly confirmations: readonly { readonly spending: string; readonly roles: readonly string[] }[];
  readonly appeals: readonly { readonly id: string; readonly title: Titles }[];
  readonly deciding: readonly Deciding[];
};

/** Rows whose decision waits in the outbox; with it they can be taken back. */
export type Deciding = { readonly id: number; readonly nullifiers: readonly string[] };

export const matchingCalls = {
  /** Everything that waits for somebody, each with what speaks for each answer. */
  "matching.queue": async (desk: Desk): Promise<MatchingQueue> => {
    const { session, outbox } = desk.opened;
    const { funds } = await session.books();
    const open = [...funds.openDebits.keys(), ...funds.openCredits.keys()];
    const lines = await bankLines(session).byNullifiers(open);
    const view = unmatchedView(funds, lines);
    const newestFirst = (a: OpenBankRow, b: OpenBankRow) =>
      a.date === b.date ? 0 : a.date < b.date ? 1 : -1;
    const rows = (of: Iterable<OpenRow>, direction: "credit" | "debit") =>
      [...of].map((row) => openRow(funds, row, direction, lines.get(row.nullifier))).toSorted(newestFirst);
    return {
      credits: rows(funds.openCredits.values(), "credit"),
      debits: rows(funds.openDebits.values(), "debit"),
      payments: unpaid(funds).map((one) => ({
        spending: one.id,
        appeal: one.appeal,
        date: one.date ?? null,
        payee: one.payee ?? null,
        currency: one.currency,
        minor: one.minor,
        paidFrom: one.paidFrom ?? null,
        isDayShown: isDayShown(funds, one.paidFrom, one.date),
        debits: [...funds.openDebits.values()].filter(
          (debit) => debit.minor === one.minor && debit.currency === one.currency,
        ).length,
      })),
      refunds: view.refunds.map((one) => ({
        ...one,
        minor: one.minor === null ? null : BigInt(one.minor),
        reason: funds.refunds.get(one.refund)?.reason ?? null,
      })),
      decisions: view.decisions,
      confirmations: view.confirmations,
      appeals: [...funds.appeals.values()].map(({ id, title }) => ({ id, title })).reverse(),
      deciding: outbox.inputsOf("matching.decide").map(({ id, input }) => ({
        id,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the outbox keeps the input of this very command
        nullifiers: (input as DecideRowsInput).rows.map(({ nullifier }) => nullifier),
      })),
    };
  },

  /** Where earlier gifts of the donors of open credits went. Reads every bank row, so it is asked apart. */
  "matching.donors": async (desk: Desk): Promise<ReadonlyMap<string, readonly Suggestion[]>> => {
    const { session } = desk.opened;
    const { funds } = await session.books();
    const open = await bankLines(session).byNullifiers([...funds.openCredits.keys()]);
    const keys = new Map([...open].map(([nullifier, line]) => [nullifier, partyKey(line.party)]));
    const parties = new Set([...keys.values()].filter((key) => key !== undefined));
    const byParty = Map.groupBy(await linesOfParties(session, parties), ({ party }) => partyKey(party));
    return new Map(
      [...keys].map(([nullifier, key]) => [nullifier, donorSuggestions(byParty.get(key) ?? [], nullifier)]),
    );
  },

  /** The latest gifts without any sign, or those that hold each of the words. */
  "matching.unsigned": async (
    desk: Desk,
    { text, most }: { text: string; most: number },
  ): Promise<readonly OpenBankRow[]> => {
    const { session } = desk.opened;
    const { funds } = await session.books();
    return (await unsignedGifts(session, { text, most })).map(({ nullifier, item, account, to }) => ({
      nullifier,
      direction: "credit",
      account: funds.accounts.get(account)?.number ?? account,
      date: item.date,
      currency: item.currency,
      minor: item.minor,
      reference: item.reference ?? null,
      party: item.party?.name ?? null,
      memo: item.memo ?? null,
      to,
      suggestions: creditSuggestions(funds, { date: item.date, detail: null }, undefined),
      alike: nullifier,
    }));
  },
};

function openRow(
  state: FundsState,
  row: OpenRow,
  direction: "credit" | "debit",
  line: RecordedLine | undefined,
): OpenBankRow {
  const suggestions =
    direction === "credit" ? creditSuggestions(state, row, line) : debitSuggestions(state, row, line);
  const party = line?.party?.name ?? null;
  const memo = line?.memo ?? null;
  return {
    nullifier: row.nullifier,
    direction,
    account: state.accounts.get(row.account)?.number ?? row.account,
    date: row.date,
    currency: row.currency,
    minor: row.minor,
    reference: line?.references[0] ?? null,
    party,
    memo,
    to: direction === "credit" ? "unknown" : "unmatched",
    suggestions,
    // A debit is for one payment; only fees of the bank are decided many at a time.
    alike: JSON.stringify(
      direction === "credit"
        ? [party, memo, suggestions.map(({ to }) => to)]
        : [party, memo?.replaceAll(/\d+/gu, "")],
    ),
  };
}
