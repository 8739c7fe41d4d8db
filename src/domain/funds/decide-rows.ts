import { ok, type Result } from "#record/result.ts";
import { moveDraft } from "./attribute.ts";
import { cell, refuseLine, type LineRefusal, type TableRow } from "./deciding.ts";
import type { FundsDraft, Part } from "./entries.ts";
import { fee, general, normaliseReference, ownTransfer, parseSpendingId } from "./ids.ts";
import { formatDecimal, parseAmount } from "./money.ts";
import type { RecordedLine } from "./ports.ts";
import type { FundsState } from "./state.ts";

export type RowDecisionRefusal = LineRefusal<
  | "cell-missing"
  | "reference-unknown"
  | "reference-ambiguous"
  | "amount-malformed"
  | "split-does-not-add-up"
  | "payment-does-not-fit"
  | "decision-conflicts"
>;

/** A line of `decisions import` about a bank row that is more than "this credit is for that appeal". */
export type RowDecision = {
  readonly line: number;
  readonly reference: string;
  readonly account: string | undefined;
  readonly date: string | undefined;
  /** A destination: an appeal, `general`, `fee`, `own-transfer`, `payment:S-2025-020` or `refund:R-1`. */
  readonly to: string;
  readonly amount: string | undefined;
  readonly ground: string;
  readonly by: string;
};

/**
 * Whether a line of the table is of this kind, and where it sends the row: it has an `amount` (a gift split over several
 * appeals), or its `appeal` is `fee`, `own-transfer` or the id of a payment (a debit that nothing explained by itself).
 */
export function rowDestination(state: FundsState, row: TableRow): string | undefined {
  const wanted = cell(row, "appeal") ?? "";
  if (wanted === fee || wanted === ownTransfer) return wanted;
  const isFund = wanted === general || state.appeals.has(wanted);
  const spending = isFund ? undefined : parseSpendingId(wanted);
  if (spending !== undefined && state.spending.has(spending)) return `payment:${spending}`;
  return isFund && cell(row, "amount") !== undefined ? wanted : undefined;
}

/**
 * A named person says what a bank row is. Lines with one reference are parts of one row and must add up to it; a payment
 * must have exactly the debit's sum. Only what nobody decided yet may be moved; the same decision again adds nothing.
 */
export function decideRows(
  state: FundsState,
  decisions: readonly RowDecision[],
  recorded: ReadonlyMap<string, readonly RecordedLine[]>,
): Result<{ readonly drafts: FundsDraft[]; readonly unchanged: number }, RowDecisionRefusal> {
  const groups = new Map<string, RowDecision[]>();
  for (const one of decisions) {
    const key = [one.reference, one.account ?? "", one.date ?? ""].join("\t");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const drafts: FundsDraft[] = [];
  const paid = new Set<string>();
  let unchanged = 0;
  for (const group of groups.values()) {
    const found = rowOf(group, recorded);
    if (!found.ok) return found;
    const row = found.value;
    const parts = partsOf(group, row);
    if (!parts.ok) return parts;
    if (isSame(row.to, parts.value)) {
      unchanged += group.length;
      continue;
    }
    const refusal = refuseMove(state, group, row, paid);
    if (refusal !== undefined) return refusal;
    const detail = [...new Set(group.map((one) => one.ground))].join("; ");
    const by = [...new Set(group.map((one) => one.by))].join("; ");
    const ground = { kind: "decision", detail, by } as const;
    drafts.push(moveDraft(row, { before: row.to, to: parts.value, ground, reason: "decision" }));
  }
  return ok({ drafts, unchanged });
}

function rowOf(
  group: readonly RowDecision[],
  recorded: ReadonlyMap<string, readonly RecordedLine[]>,
): Result<RecordedLine, RowDecisionRefusal> {
  const [first] = group;
  if (first === undefined) throw new Error("bug: a group of decisions has at least one");
  const { reference, account, date, line } = first;
  const rows = (recorded.get(normaliseReference(reference)) ?? []).filter(
    (row) =>
      (account === undefined || row.account === account) &&
      (date === undefined || row.date === date) &&
      group.every(({ to }) => fitsDirection(to, row.direction)),
  );
  const [row] = rows;
  if (row === undefined)
    return refuseLine(
      "reference-unknown",
      line,
      `no statement shows a row ${reference} that this can be about`,
    );
  if (rows.length === 1) return ok(row);
  const candidates = rows.map(({ account: of, date: on, direction, minor, currency }) => ({
    account: of,
    date: on,
    direction,
    minor: minor.toString(),
    currency,
  }));
  const message = `${rows.length} rows bear the reference ${reference}; add a column date or account`;
  return refuseLine("reference-ambiguous", line, message, { candidates });
}

function fitsDirection(to: string, direction: "credit" | "debit"): boolean {
  if (to === ownTransfer) return true;
  return (to === fee || to.startsWith("payment:") || to.startsWith("refund:")) === (direction === "debit");
}

function partsOf(group: readonly RowDecision[], row: RecordedLine): Result<Part[], RowDecisionRefusal> {
  const [first] = group;
  if (first === undefined) throw new Error("bug: a group of decisions has at least one");
  if (group.length === 1 && first.amount === undefined) return ok([{ to: first.to, minor: row.minor }]);
  const parts: Part[] = [];
  for (const { line, to, amount } of group) {
    if (amount === undefined)
      return refuseLine(
        "cell-missing",
        line,
        `${row.references[0] ?? ""} is split: fill in amount on each of its lines`,
      );
    const minor = parseAmount(amount, row.currency);
    if (minor === undefined || minor <= 0n)
      return refuseLine("amount-malformed", line, `${amount} is not a positive sum in ${row.currency}`);
    if (parts.some((part) => part.to === to))
      return refuseLine("decision-conflicts", line, `${to} stands twice among the parts of one row`);
    parts.push({ to, minor });
  }
  const total = parts.reduce((sum, { minor }) => sum + minor, 0n);
  if (total === row.minor) return ok(parts);
  const [sum, whole] = [total, row.minor].map(
    (minor) => `${formatDecimal(minor, row.currency)} ${row.currency}`,
  );
  return refuseLine(
    "split-does-not-add-up",
    first.line,
    `the parts add up to ${sum}, the bank row is ${whole}`,
  );
}

function refuseMove(
  state: FundsState,
  group: readonly RowDecision[],
  row: RecordedLine,
  paid: Set<string>,
): { readonly ok: false; readonly refusal: RowDecisionRefusal } | undefined {
  const line = group[0]?.line ?? 0;
  const mayMove = ["policy", "ambiguous", "none"].includes(row.ground.kind);
  if (!mayMove) {
    const stands = row.to.map(({ to }) => to).join(", ");
    const message = `the row stands for ${stands} by ${row.ground.kind}; correct that first`;
    return refuseLine("decision-conflicts", line, message);
  }
  for (const { to } of group) {
    if (to.startsWith("refund:") && !isRefundDue(state, to.slice("refund:".length), row)) {
      const message = `${to.slice("refund:".length)} is not a refund of this sum that still lacks its bank debit`;
      return refuseLine("payment-does-not-fit", line, message);
    }
    if (!to.startsWith("payment:")) continue;
    const id = to.slice("payment:".length);
    const spending = state.spending.get(id);
    const isFree = spending?.state === "paid" && spending.settled === null && !paid.has(id);
    if (!isFree || spending.minor !== row.minor || spending.currency !== row.currency) {
      const message = isFree
        ? `${id} is ${formatDecimal(spending.minor, spending.currency)} ${spending.currency}, the debit ${formatDecimal(row.minor, row.currency)} ${row.currency}`
        : `${id} is not a payment that still lacks its bank debit`;
      return refuseLine("payment-does-not-fit", line, message);
    }
    paid.add(id);
  }
  return undefined;
}

function isRefundDue(state: FundsState, id: string, row: RecordedLine): boolean {
  const found = state.refunds.get(id);
  const isOpen = found !== undefined && found.credit !== undefined && found.settled === undefined;
  return isOpen && found.minor === row.minor && found.currency === row.currency;
}

function isSame(standing: readonly Part[], wanted: readonly Part[]): boolean {
  return (
    standing.length === wanted.length &&
    wanted.every(({ to, minor }) => standing.some((part) => part.to === to && part.minor === minor))
  );
}
