import { ok, type Result } from "#record/result.ts";
import { newlyBelowZero } from "./covers.ts";
import { parseDay } from "./dates.ts";
import {
  cell,
  checkColumns,
  preview,
  readSum,
  refuseLine,
  type Decided,
  type LineRefusal,
  type Ports,
  type TableRow,
} from "./deciding.ts";
import type { FundsDraft, Receipt, Spending, JsonDraft } from "./entries.ts";
import { followUps } from "./follow-ups.ts";
import { general, normaliseAccount, parseSpendingId } from "./ids.ts";
import { formatDecimal } from "./money.ts";
import { checkRelatedParty, parseRelated } from "./related-party.ts";
import { ownAccounts } from "./settlement.ts";
import type { FundsState, SpendingState } from "./state.ts";

export type SpendingRefusal = LineRefusal<
  | "column-missing"
  | "cell-missing"
  | "spending-id-malformed"
  | "appeal-unknown"
  | "date-malformed"
  | "amount-malformed"
  | "spending-changed"
  | "related-malformed"
  | "related-without-approver"
  | "approver-related"
  | "account-frozen"
  | "fund-below-zero"
>;

/**
 * `spending import`: payments of the past, with what was approved elsewhere. Columns `id, date, appeal, category, amount,
 * currency, payee, receipt, paid_from`; optional `related` (staff, officer, relative), `relation`, `approver`, `account`
 * (another name for paid_from). `receipts` gives the hash (and sealed file) of receipts by their name.
 *
 * The same payment again adds nothing; one that differs is refused, because a correction needs a reason. What an appeal then
 * lacks is covered in the same batch, where the policy says so, and refused otherwise.
 */
export async function decideSpending(
  state: FundsState,
  rows: readonly TableRow[],
  ports: Ports & { readonly receipts?: ReadonlyMap<string, Receipt> },
): Promise<Result<Decided, SpendingRefusal>> {
  const needed = ["id", "date", "appeal", "category", "amount", "currency", "payee", "receipt"];
  const lacking = checkColumns(rows, needed);
  if (lacking !== undefined) return lacking;
  const drafts: FundsDraft[] = [];
  const added = new Map<string, Spending>();
  let unchanged = 0;
  for (const row of rows) {
    const read = readSpending(state, row, ports.receipts);
    if (!read.ok) return read;
    const spending = read.value;
    const known = state.spending.get(spending.id) ?? added.get(spending.id);
    if (known !== undefined) {
      const differs = differences(known, spending);
      if (differs.length > 0) {
        const what = `${spending.id} is recorded with another ${differs.join(", ")}`;
        return refuseLine(
          "spending-changed",
          row.line,
          `${what}; void it with a reason and give the right one a new id`,
        );
      }
      unchanged += 1;
      continue;
    }
    added.set(spending.id, spending);
    drafts.push(spendingDraft("spending", spending));
  }
  if (drafts.length > 0) {
    const after = preview(state, drafts, ports.author);
    const more = await followUps(after, ports);
    const below = newlyBelowZero(state, preview(after, more, ports.author));
    if (below !== undefined) {
      const line = rows.find((row) => cell(row, "appeal") === below.appeal)?.line ?? 0;
      const sum = `${formatDecimal(-below.minor, below.currency)} ${below.currency}`;
      const message = `${below.appeal} would be ${sum} below zero; import its statements first, or record a cover with its decision`;
      return refuseLine("fund-below-zero", line, message);
    }
    drafts.push(...more);
  }
  return ok({ drafts, summary: { added: added.size, unchanged, waiting: 0, notes: [] } });
}

export function spendingDraft(type: "spending" | "spending.reserved", spending: Spending): FundsDraft {
  const pub: JsonDraft = {
    id: spending.id,
    appeal: spending.appeal,
    category: spending.category,
    minor: spending.minor.toString(),
    currency: spending.currency,
    approval: spending.approval,
  };
  if (spending.related !== undefined) pub["related"] = spending.related;
  const hidden: JsonDraft = {};
  for (const name of ["date", "payee", "paidFrom", "relation", "approver"] as const) {
    const value = spending[name];
    if (value !== undefined) hidden[name] = value;
  }
  const { receipt } = spending;
  if (receipt !== undefined) {
    const { name, sha256, file } = receipt;
    hidden["receipt"] = {
      name,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(file === undefined ? {} : { file }),
    };
  }
  return { type, stream: "spending", pub, hidden };
}

function readSpending(
  state: FundsState,
  row: TableRow,
  receipts: ReadonlyMap<string, Receipt> | undefined,
): Result<Spending, SpendingRefusal> {
  const id = parseSpendingId(cell(row, "id"));
  if (id === undefined) return refuseLine("spending-id-malformed", row.line, "id must be such as S-2025-020");
  const appeal = cell(row, "appeal") ?? "";
  if (!state.appeals.has(appeal) && appeal !== general) {
    return refuseLine(
      "appeal-unknown",
      row.line,
      `there is no appeal ${appeal}; import it first, or write "general"`,
    );
  }
  const date = parseDay(cell(row, "date"));
  if (date === undefined)
    return refuseLine("date-malformed", row.line, "date must be a day such as 2025-03-09");
  const sum = readSum(row);
  if (!sum.ok) return sum;
  const { currency, minor } = sum.value;
  const category = cell(row, "category");
  const payee = cell(row, "payee");
  if (category === undefined || payee === undefined) {
    return refuseLine("cell-missing", row.line, "category and payee must be filled in");
  }
  const related = parseRelated(cell(row, "related"));
  if (related === null)
    return refuseLine("related-malformed", row.line, "related must be staff, officer, relative or empty");
  const approver = cell(row, "approver");
  const relation = cell(row, "relation");
  const refusal = checkRelatedParty({ related, payee, approver, relation });
  if (refusal !== undefined) return refuseLine(refusal.code, row.line, refusal.message);
  const paidFrom = cell(row, "paid_from") ?? cell(row, "account");
  const frozen = paidFrom === undefined ? undefined : frozenOn(state, paidFrom, date);
  if (frozen !== undefined) {
    return refuseLine(
      "account-frozen",
      row.line,
      `${id} was paid on ${date} from an account frozen since ${frozen}`,
    );
  }
  const name = cell(row, "receipt");
  const receipt = name === undefined ? undefined : (receipts?.get(name) ?? { name });
  return ok({
    id,
    appeal,
    category,
    minor,
    currency,
    approval: "outside",
    related,
    date,
    payee,
    receipt,
    paidFrom,
    relation,
    approver,
  });
}

/** Since when the account was frozen on that day; undefined when it was not, or is not ours. */
export function frozenOn(state: FundsState, number: string, day: string): string | undefined {
  const id = ownAccounts(state).get(normaliseAccount(number));
  const account = id === undefined ? undefined : state.accounts.get(id);
  let frozen: string | undefined;
  const events = [...(account?.events ?? [])].sort((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  );
  for (const event of events)
    if (event.date <= day) frozen = event.kind === "frozen" ? event.date : undefined;
  return frozen;
}

function differences(known: Spending | SpendingState, wanted: Spending): string[] {
  const differs: string[] = [];
  for (const name of [
    "appeal",
    "category",
    "minor",
    "currency",
    "date",
    "payee",
    "paidFrom",
    "related",
    "approver",
    "relation",
  ] as const) {
    if (known[name] !== wanted[name]) differs.push(name);
  }
  if (known.receipt?.name !== wanted.receipt?.name) differs.push("receipt");
  const hash = wanted.receipt?.sha256;
  if (hash !== undefined && known.receipt?.sha256 !== undefined && known.receipt.sha256 !== hash)
    differs.push("receipt file");
  return differs;
}
