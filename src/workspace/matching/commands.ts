import { decideRefunds } from "#domain/funds/decide-refunds.ts";
import { decideRows, type RowDecision } from "#domain/funds/decide-rows.ts";
import { general, fee, ownTransfer, unknown, unmatched } from "#domain/funds/ids.ts";
import { formatDecimal } from "#domain/funds/money.ts";
import type { RecordedLine } from "#domain/funds/ports.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { ok, refuse } from "#record/result.ts";
import { bankLines } from "#session/imports/bank-lines.ts";
import { portsOf } from "#session/books/follow-ups.ts";
import type { Session } from "#session/session.ts";
import type { Command } from "../desk/command.ts";

/** Where one bank row counts from now on. Several parts: the gift is split, and they add up to it. */
export type RowChoice = {
  readonly nullifier: string;
  /** An appeal, "general", "fee", "own-transfer", "payment:S-2025-020" or "refund:R-1". */
  readonly parts: readonly { readonly to: string; readonly minor: bigint }[];
};

export type DecideRowsInput = {
  readonly rows: readonly RowChoice[];
  /** What the named person knows it from. */
  readonly ground: string;
  readonly by: string;
};

export type RefundInput = {
  /** The gift, by its bank reference; account and day tell it from another with the same one. */
  readonly reference: string;
  readonly account: string;
  readonly giftDate: string;
  readonly date: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly reason: string;
};

export const matchingCommands = {
  /**
   * A named person says what bank rows are. Named by their nullifiers, so that rows without a reference of the bank can be
   * decided too. Cover that follows is left to the follow-ups: two decisions in a row must not wait for each other's.
   */
  "matching.decide": {
    isLight: true,
    decide: async (session, { rows, ground, by }: DecideRowsInput) => {
      if (ground.trim() === "" || by.trim() === "")
        return refuse({ code: "reason-missing", message: "a decision needs its ground and a name" });
      const { funds } = await session.books();
      const lines = await linesOf(session, funds, rows);
      const recorded = new Map([...lines].map(([nullifier, line]) => [nullifier, [line]]));
      const decisions: RowDecision[] = [];
      for (const [i, { nullifier, parts }] of rows.entries()) {
        const currency = lines.get(nullifier)?.currency ?? funds.base;
        for (const { to, minor } of parts) {
          if (!isPlace(funds, to))
            return refuse({ code: "appeal-unknown", message: `there is no appeal ${to}` });
          decisions.push({
            line: i + 1,
            reference: nullifier,
            account: undefined,
            date: undefined,
            to,
            amount: parts.length === 1 ? undefined : formatDecimal(minor, currency),
            ground: ground.trim(),
            by: by.trim(),
          });
        }
      }
      const decided = decideRows(funds, decisions, recorded);
      if (!decided.ok) return decided;
      const { drafts, unchanged } = decided.value;
      return ok({ drafts, summary: { added: drafts.length, unchanged, waiting: 0, notes: [] } });
    },
  } satisfies Command<DecideRowsInput>,

  /** A gift goes back to its donor, all or in part. */
  "matching.refund": {
    decide: async (session, input: RefundInput) => {
      const { funds } = await session.books();
      const values = {
        bank_reference: input.reference,
        date: input.date,
        amount: formatDecimal(input.minor, input.currency),
        currency: input.currency,
        reason: input.reason,
        account: input.account,
        credit_date: input.giftDate,
      };
      return decideRefunds(funds, [{ line: 1, values }], portsOf(session));
    },
  } satisfies Command<RefundInput>,
};

/** What stands open is known to the books; only other rows have to be looked up in the record. */
async function linesOf(
  session: Session,
  funds: FundsState,
  rows: readonly RowChoice[],
): Promise<ReadonlyMap<string, RecordedLine>> {
  const lines = new Map<string, RecordedLine>();
  for (const { nullifier } of rows) {
    const [debit, credit] = [funds.openDebits.get(nullifier), funds.openCredits.get(nullifier)];
    const row = debit ?? credit;
    if (row === undefined) continue;
    const { minor, ground } = row;
    lines.set(nullifier, {
      ...row,
      position: "",
      direction: debit === undefined ? "credit" : "debit",
      references: [],
      shownBy: [],
      to: [{ to: debit === undefined ? unknown : unmatched, minor }],
      ground: { kind: ground },
    });
  }
  const others = rows.map(({ nullifier }) => nullifier).filter((nullifier) => !lines.has(nullifier));
  for (const [nullifier, line] of await bankLines(session).byNullifiers(others)) lines.set(nullifier, line);
  return lines;
}

function isPlace(funds: FundsState, to: string): boolean {
  if (to === general || to === fee || to === ownTransfer || funds.appeals.has(to)) return true;
  if (to.startsWith("payment:")) return funds.spending.has(to.slice("payment:".length));
  return to.startsWith("refund:") && funds.refunds.has(to.slice("refund:".length));
}
