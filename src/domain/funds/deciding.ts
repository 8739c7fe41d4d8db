import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { parseCurrency } from "./currency.ts";
import type { FundsDraft } from "./entries.ts";
import { foldFunds } from "./fold.ts";
import { parseAmount, type Money } from "./money.ts";
import type { LinePort } from "./ports.ts";
import { copyTotals } from "./snapshot.ts";
import type { FundsState } from "./state.ts";

/** A row of a table as its reader hands it over: the line of the file, for messages, and the cells by column name. */
export type TableRow = { readonly line: number; readonly values: Readonly<Record<string, string>> };

/** Who acts: the key that will sign, and when. */
export type Author = { readonly kid: string; readonly at: number };

export type Decided = {
  /** In this order, all in one commit or none. */
  readonly drafts: readonly FundsDraft[];
  readonly summary: Summary;
};

/** What a command did, for the person who gave it. Nothing added and everything unchanged is an answer too. */
export type Summary = {
  readonly added: number;
  readonly unchanged: number;
  /** Recorded, but without effect until a statement shows its reference. */
  readonly waiting: number;
  readonly notes: readonly string[];
};

/** A line of a file that cannot be accepted; then nothing of the file is. */
export type LineRefusal<C extends string = string> = Refusal<C> & { readonly line: number };

export function refuseLine<C extends string>(
  code: C,
  line: number,
  message: string,
  details: Record<string, unknown> = {},
) {
  return refuse<LineRefusal<C>>({ ...details, code, line, message: `line ${line}: ${message}` });
}

/** The books as they would be after the drafts, without the daily sums. What is not yet signed has no hash: a made-up one stands in. */
export function preview(state: FundsState, drafts: readonly FundsDraft[], author: Author): FundsState {
  const after = copyTotals(state);
  let number = 0;
  for (const draft of drafts) {
    const hash = new Uint8Array(32);
    new DataView(hash.buffer).setUint32(0, ++number);
    foldFunds(after, {
      hash,
      kid: author.kid,
      at: author.at,
      type: draft.type,
      pub: draft.pub,
      hidden: draft.hidden ?? {},
      items: (draft.items ?? []).map((item) => ({ open: item.open, hidden: item.hidden ?? {} })),
    });
  }
  return after;
}

export type Ports = { readonly lines: LinePort; readonly author: Author };

/** Missing columns are named all at once, with those that are there. */
export function checkColumns(rows: readonly TableRow[], needed: readonly string[]) {
  const first = rows[0];
  if (first === undefined) return undefined;
  const missing = needed.filter((column) => first.values[column] === undefined);
  if (missing.length === 0) return undefined;
  return refuseLine(
    "column-missing",
    1,
    `the file needs the columns ${needed.join(", ")}; it lacks ${missing.join(", ")}`,
  );
}

/** A cell without the spaces around it; undefined when empty or absent. */
export function cell(row: TableRow, column: string): string | undefined {
  const value = row.values[column]?.trim();
  return value === undefined || value === "" ? undefined : value;
}

/** The columns `amount` and `currency` of a row: a positive sum. */
export function readSum(row: TableRow): Result<Money, LineRefusal<"amount-malformed">> {
  const currency = parseCurrency(cell(row, "currency") ?? "");
  const minor = currency === undefined ? undefined : parseAmount(cell(row, "amount") ?? "", currency);
  if (currency !== undefined && minor !== undefined && minor !== 0n) return ok({ currency, minor });
  const message = "amount must be a positive sum such as 20300.00, currency a code such as KZT";
  return refuseLine("amount-malformed", row.line, message);
}
