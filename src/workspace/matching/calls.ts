import type { Titles } from "#domain/funds/entries.ts";
import type { RecordedLine } from "#domain/funds/ports.ts";
import type { FundsState, OpenRow } from "#domain/funds/state.ts";
import { openRefunds, orphanConfirmations, unpaid, waitingDecisions } from "#domain/funds/unmatched-view.ts";
import { bankLines } from "#session/imports/bank-lines.ts";
import type { Desk } from "../desk/desk.ts";
import type { DecideRowsInput } from "./commands.ts";
import {
  creditSuggestions,
  debitSuggestions,
  donorSuggestions,
  isDayShown,
  sumKey,
  unpaidBySum,
  type Suggestion,
  type UnpaidBySum,
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

/** Lists begin with what is shown first; how long each of them is, `counts` says. */
export type MatchingQueue = {
  readonly counts: {
    readonly credits: number;
    readonly debits: number;
    readonly payments: number;
    readonly refunds: number;
    readonly decisions: number;
    readonly confirmations: number;
  };
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
  /** What waits for somebody, each with what speaks for each answer; of every list the first `most`. */
  "matching.queue": async (desk: Desk, { most }: { most: number }): Promise<MatchingQueue> => {
    const { session, outbox } = desk.opened;
    const { funds } = await session.books();
    const credits = newestFirst(funds.openCredits.values()).slice(0, most);
    const debits = newestFirst(funds.openDebits.values()).slice(0, most);
    const open = [...debits, ...credits].map(({ nullifier }) => nullifier);
    const lines = await bankLines(session).byNullifiers(open);
    const [refunds, decisions] = [openRefunds(funds), waitingDecisions(funds)];
    const confirmations = orphanConfirmations(funds);
    const payments = unpaid(funds);
    const bySum = unpaidBySum(payments, debits);
    const debitsBySum = Map.groupBy(funds.openDebits.values(), sumKey);
    return {
      counts: {
        credits: funds.openCredits.size,
        debits: funds.openDebits.size,
        payments: payments.length,
        refunds: refunds.length,
        decisions: decisions.length,
        confirmations: confirmations.length,
      },
      credits: credits.map((row) => openRow(funds, row, lines.get(row.nullifier))),
      debits: debits.map((row) => openRow(funds, row, lines.get(row.nullifier), bySum)),
      payments: payments.slice(0, most).map((one) => ({
        spending: one.id,
        appeal: one.appeal,
        date: one.date ?? null,
        payee: one.payee ?? null,
        currency: one.currency,
        minor: one.minor,
        paidFrom: one.paidFrom ?? null,
        isDayShown: isDayShown(funds, one.paidFrom, one.date),
        debits: debitsBySum.get(sumKey(one))?.length ?? 0,
      })),
      refunds: refunds.slice(0, most).map((one) => ({
        ...one,
        minor: one.minor === null ? null : BigInt(one.minor),
        reason: funds.refunds.get(one.refund)?.reason ?? null,
      })),
      decisions: decisions.slice(0, most),
      confirmations: confirmations.slice(0, most),
      appeals: [...funds.appeals.values()].map(({ id, title }) => ({ id, title })).reverse(),
      deciding: outbox.inputsOf("matching.decide").map(({ id, input }) => ({
        id,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the outbox keeps the input of this very command
        nullifiers: (input as DecideRowsInput).rows.map(({ nullifier }) => nullifier),
      })),
    };
  },

  /** Where earlier gifts of the donors of the first open credits went. Opens no box: the index knows it. */
  "matching.donors": async (
    desk: Desk,
    { most }: { most: number },
  ): Promise<ReadonlyMap<string, readonly Suggestion[]>> => {
    const { session } = desk.opened;
    const { funds } = await session.books();
    const { rows } = await session.index();
    const open = newestFirst(funds.openCredits.values()).slice(0, most);
    const found = rows.ofNullifiers(open.map(({ nullifier }) => nullifier));
    const byFirst = rows.ofSameParties([...found.values()]);
    const standing = rows.standingOf([...byFirst.values()].flat());
    const suggestions = new Map<string, readonly Suggestion[]>();
    for (const [nullifier, row] of found) {
      const own =
        [...byFirst].find(([first]) => row !== undefined && rows.isSameParty(first, row))?.[1] ?? [];
      const others = own.flatMap((other) => (other === row ? [] : (standing.get(other) ?? [])));
      suggestions.set(nullifier, donorSuggestions(others));
    }
    return suggestions;
  },

  /** The latest gifts without any sign, or those that hold each of the words. */
  "matching.unsigned": async (
    desk: Desk,
    { text, most }: { text: string; most: number },
  ): Promise<readonly OpenBankRow[]> => {
    const { session } = desk.opened;
    const { progress, words } = session;
    const { funds } = await session.books();
    const onProgress = (done: number, total: number) => progress.update(words.openingBooks, done, total);
    const gifts = await unsignedGifts(session, { text, most, onProgress });
    progress.end();
    return gifts.map((line) => ({
      nullifier: line.nullifier,
      direction: "credit",
      account: funds.accounts.get(line.account)?.number ?? line.account,
      date: line.date,
      currency: line.currency,
      minor: line.minor,
      reference: line.references[0] ?? null,
      party: line.party?.name ?? null,
      memo: line.memo ?? null,
      to: line.to[0]?.to ?? "",
      suggestions: creditSuggestions(funds, { date: line.date, detail: null }, undefined),
      alike: line.nullifier,
    }));
  },
};

function newestFirst(rows: Iterable<OpenRow>): readonly OpenRow[] {
  return [...rows].toSorted((a, b) => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1));
}

/** `payments`: what a debit may have paid; a row without them is a credit. */
function openRow(
  state: FundsState,
  row: OpenRow,
  line: RecordedLine | undefined,
  payments?: UnpaidBySum,
): OpenBankRow {
  const direction = payments === undefined ? "credit" : "debit";
  const suggestions =
    payments === undefined
      ? creditSuggestions(state, row, line)
      : debitSuggestions(state, row, line, payments);
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
