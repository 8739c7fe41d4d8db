import { decideAppeals, decidePosts } from "#domain/funds/decide-catalogue.ts";
import { decideConfirmations } from "#domain/funds/decide-confirmations.ts";
import { decideDecisions } from "#domain/funds/decide-decisions.ts";
import { decideRefunds } from "#domain/funds/decide-refunds.ts";
import { decideEvents, decideRates } from "#domain/funds/decide-registers.ts";
import { decideSpending } from "#domain/funds/decide-spending.ts";
import type { Decided, TableRow } from "#domain/funds/deciding.ts";
import type { Json, Receipt } from "#domain/funds/entries.ts";
import type { Refusal, Result } from "#record/result.ts";
import { portsOf } from "./follow-ups.ts";
import type { Session } from "../session.ts";

/** Tables of ours that are imported whole or not at all. */
export type TableName = "decisions" | "refunds" | "spending" | "confirmations" | "rates" | "events";

/** Lists of ours in JSON. */
export type ListName = "appeals" | "posts";

/** Columns that name a file that belongs to the row. */
export const fileColumns: { readonly [name in TableName]?: string } = {
  spending: "receipt",
  confirmations: "document",
};

/** What importing a table would put on the record, on the books as they are now. `receipts`: its files by name. */
export async function decideTable(
  session: Session,
  what: TableName,
  rows: readonly TableRow[],
  receipts: ReadonlyMap<string, Receipt>,
): Promise<Result<Decided, Refusal>> {
  const { funds } = await session.books();
  const ports = portsOf(session);
  switch (what) {
    case "decisions":
      return decideDecisions(funds, rows, ports);
    case "refunds":
      return decideRefunds(funds, rows, ports);
    case "spending":
      return decideSpending(funds, rows, { ...ports, receipts });
    case "confirmations":
      return decideConfirmations(funds, rows, receipts);
    case "rates":
      return decideRates(funds, rows);
    case "events":
      return decideEvents(funds, rows, session.keyed);
  }
}

/** What importing a list would put on the record: what is recorded and the same adds nothing, a changed one is refused. */
export async function decideList(
  session: Session,
  what: ListName,
  list: Json,
): Promise<Result<Decided, Refusal>> {
  const { funds } = await session.books();
  return what === "appeals" ? decideAppeals(funds, list) : decidePosts(funds, list);
}
