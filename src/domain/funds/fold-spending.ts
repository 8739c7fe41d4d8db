import { toBase64Url } from "#record/bytes.ts";
import { book } from "./booking.ts";
import type { FundsEntry, Spending } from "./entries.ts";
import type { FundsState } from "./state.ts";

/** The life of a payment in the fold (rules that refuse before signing: `decide-payments.ts`). An entry that does not make sense: its code, and what it is about. */
export type SpendingProblem = { readonly code: string; readonly message: string };

/** Nullifier of the debit that stands at a payment now. */
export function settledBy(state: FundsState, id: string): string | null {
  return state.settling.get(id)?.at(-1) ?? null;
}

export function spend(
  state: FundsState,
  entry: FundsEntry,
  said: Spending,
  as: "paid" | "reserved",
): SpendingProblem | undefined {
  if (state.spending.has(said.id)) return { code: "spending-twice", message: said.id };
  if ((as === "paid") !== (said.approval === "outside")) {
    const message = `${said.id} claims an approval that this entry cannot give`;
    return { code: "approval-missing", message };
  }
  const proposer = state.members.get(entry.kid) ?? entry.kid;
  state.spending.set(said.id, {
    ...said,
    state: as,
    proposer,
    approvals: [],
    settled: settledBy(state, said.id),
    entry: toBase64Url(entry.hash),
  });
  bookSpending(state, said, as === "paid" ? `spent/${said.category}` : "reserved", 1);
  return undefined;
}

function bookSpending(
  state: FundsState,
  said: Spending,
  series: "reserved" | `spent/${string}`,
  sign: 1 | -1,
): void {
  const { appeal, currency, date } = said;
  book(state, { fund: appeal, currency, series, day: date }, said.minor * BigInt(sign), sign);
}

export function approve(state: FundsState, entry: FundsEntry, id: string): SpendingProblem | undefined {
  const spending = state.spending.get(id);
  const member = state.members.get(entry.kid);
  if (spending === undefined) return { code: "spending-unknown", message: id };
  // A key that no member was given is nobody's second opinion.
  if (member === undefined) return { code: "approval-by-unknown-key", message: id };
  if (spending.state !== "reserved" || member === spending.proposer || spending.approvals.includes(member)) {
    return { code: "approval-empty", message: `${id} by ${member}` };
  }
  spending.approvals.push(member);
  if (spending.approvals.length >= approvalsNeeded(state, spending)) spending.state = "approved";
  return undefined;
}

/** One member besides the proposer; two above the limit of the policy. Two members' keys at least, always. */
export function approvalsNeeded(state: FundsState, spending: Spending): number {
  const limit = state.policy?.approvalLimit;
  if (limit === undefined) return 1;
  // In another currency the limit says nothing, and a rate is only somebody's figure: then the stricter rule holds.
  return limit.currency === spending.currency && spending.minor <= limit.minor ? 1 : 2;
}

export function pay(state: FundsState, id: string, date: string | undefined): SpendingProblem | undefined {
  const spending = state.spending.get(id);
  if (spending?.state !== "approved") return { code: "spending-not-approved", message: id };
  bookSpending(state, spending, "reserved", -1);
  // The day of payment is the day that counts; the one of the reservation was a plan.
  const paid = { ...spending, state: "paid" as const, date: date ?? spending.date };
  state.spending.set(id, paid);
  bookSpending(state, paid, `spent/${spending.category}`, 1);
  return undefined;
}

export function voidSpending(state: FundsState, id: string): SpendingProblem | undefined {
  const spending = state.spending.get(id);
  // What a bank row paid was paid, whichever of the two was recorded first.
  if (spending === undefined || spending.state === "voided" || settledBy(state, id) !== null) {
    return { code: "void-empty", message: id };
  }
  bookSpending(state, spending, spending.state === "paid" ? `spent/${spending.category}` : "reserved", -1);
  spending.state = "voided";
  return undefined;
}
