import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { preview, type Author, type Decided } from "./deciding.ts";
import { refuseEnded } from "./decide-endings.ts";
import { coverDrafts, newlyBelowZero } from "./covers.ts";
import { frozenOn, spendingDraft } from "./decide-spending.ts";
import type { FundsDraft, Spending } from "./entries.ts";
import { approvalsNeeded } from "./fold-spending.ts";
import { general } from "./ids.ts";
import { formatDecimal } from "./money.ts";
import { checkRelatedParty } from "./related-party.ts";
import { mayBeReserved } from "./reserves.ts";
import { tallyOf, type FundsState, type SpendingState } from "./state.ts";

export type PaymentRefusal = Refusal<
  | "spending-twice"
  | "spending-unknown"
  | "spending-state"
  | "spending-settled"
  | "appeal-unknown"
  | "appeal-ended"
  | "account-frozen"
  | "over-balance"
  | "fund-below-zero"
  | "approver-is-proposer"
  | "approved-already"
  | "approver-unknown"
  | "approval-missing"
  | "related-without-approver"
  | "approver-related"
  | "reason-missing"
  | "amount-not-positive"
  | "cover-by-policy"
  | "cover-not-given"
>;

/**
 * New spending goes in steps, each an entry by a member's own key: *reserve* sets money of the appeal aside, *approve* is
 * another member's word (two above the limit), *pay* makes it spent, *void* gives the money back. A reservation may exceed
 * what the appeal has only where the policy covers shortfalls from general funds.
 */
export function decideReserve(
  state: FundsState,
  wanted: Omit<Spending, "approval">,
  author: Author,
): Result<Decided, PaymentRefusal> {
  const { id, appeal, minor, currency, related, payee, approver, relation, paidFrom, date } = wanted;
  if (minor <= 0n) return refuse({ code: "amount-not-positive", message: `${id} must be a positive sum` });
  if (state.spending.has(id))
    return refuse({
      code: "spending-twice",
      message: `${id} is recorded already; give this payment an id of its own`,
    });
  if (!state.appeals.has(appeal) && appeal !== general)
    return refuse({ code: "appeal-unknown", message: `there is no appeal ${appeal}` });
  const ended = refuseEnded(state, appeal);
  if (ended !== undefined) return refuse(ended);
  // Who approves comes later, by that member's own key; a name given now is held against the payee now.
  const refusal =
    approver === undefined
      ? undefined
      : checkRelatedParty({ related, payee: payee ?? "", approver, relation });
  if (refusal !== undefined) return refuse(refusal);
  const frozen = paidFrom === undefined || date === undefined ? undefined : frozenOn(state, paidFrom, date);
  if (frozen !== undefined) {
    return refuse({
      code: "account-frozen",
      message: `the account is frozen since ${frozen}: pay from another one`,
    });
  }
  const left = mayBeReserved(state, appeal, currency);
  if (minor > left) {
    const sum = `${formatDecimal(left, currency)} ${currency}`;
    return refuse({
      code: "over-balance",
      message: `${appeal} can be given at most ${sum} now: what is left of it and not reserved${state.policy?.shortfall === "general" ? ", and what general funds could cover" : ""}`,
      available: left.toString(),
    });
  }
  return decided([spendingDraft("spending.reserved", { ...wanted, approval: "members" })], state, author);
}

/** `kid` of the author decides who approves: not the proposer, and not the person it is paid to. */
export function decideApprove(
  state: FundsState,
  id: string,
  author: Author,
): Result<Decided, PaymentRefusal> {
  const spending = state.spending.get(id);
  if (spending === undefined)
    return refuse({ code: "spending-unknown", message: `there is no payment ${id}` });
  if (spending.state !== "reserved") return refuse(wrongState(spending, "approved"));
  const member = state.members.get(author.kid);
  if (member === undefined) {
    return refuse({ code: "approver-unknown", message: "this key belongs to no member of the record" });
  }
  if (member === spending.proposer) {
    return refuse({
      code: "approver-is-proposer",
      message: `${member} proposed ${id}; another member has to approve it`,
    });
  }
  if (spending.approvals.includes(member)) {
    return refuse({
      code: "approved-already",
      message: `${member} has approved ${id}; another member has to, too`,
    });
  }
  const refusal = checkRelatedParty({
    related: spending.related,
    payee: spending.payee ?? "",
    approver: member,
    relation: spending.relation,
  });
  if (refusal !== undefined) return refuse(refusal);
  return decided([{ type: "spending.approved", stream: "spending", pub: { id } }], state, author);
}

/** Becomes spent; what the appeal then lacks is covered in the same batch or the payment is refused. */
export function decidePay(
  state: FundsState,
  id: string,
  date: string,
  author: Author,
): Result<Decided, PaymentRefusal> {
  const spending = state.spending.get(id);
  if (spending === undefined)
    return refuse({ code: "spending-unknown", message: `there is no payment ${id}` });
  if (spending.state === "reserved") {
    const lacks = approvalsNeeded(state, spending) - spending.approvals.length;
    return refuse({
      code: "approval-missing",
      message: `${id} needs ${lacks} more members to approve it`,
      lacks,
    });
  }
  if (spending.state !== "approved") return refuse(wrongState(spending, "paid"));
  const frozen = spending.paidFrom === undefined ? undefined : frozenOn(state, spending.paidFrom, date);
  if (frozen !== undefined) {
    return refuse({
      code: "account-frozen",
      message: `the account is frozen since ${frozen}: ${id} cannot be paid from it`,
    });
  }
  return decided(
    [{ type: "spending.paid", stream: "spending", pub: { id }, hidden: { date } }],
    state,
    author,
  );
}

export function decideVoid(
  state: FundsState,
  id: string,
  reason: string,
  author: Author,
): Result<Decided, PaymentRefusal> {
  const spending = state.spending.get(id);
  if (spending === undefined)
    return refuse({ code: "spending-unknown", message: `there is no payment ${id}` });
  if (reason.trim() === "")
    return refuse({ code: "reason-missing", message: "a payment is voided with a reason" });
  if (spending.state === "voided") return refuse(wrongState(spending, "voided"));
  if (spending.settled !== null) {
    return refuse({
      code: "spending-settled",
      message: `a bank debit paid ${id}: the money has gone, so it cannot be voided`,
    });
  }
  return decided([{ type: "spending.voided", stream: "spending", pub: { id, reason } }], state, author);
}

/** Cover by decision, where no policy gives it: a named decision is cited on both sides. */
export function decideCover(
  state: FundsState,
  cover: {
    readonly type: "given" | "repaid";
    readonly appeal: string;
    readonly currency: string;
    readonly minor: bigint;
    readonly date: string;
    readonly decision: string;
  },
  author: Author,
): Result<Decided, PaymentRefusal> {
  const { type, appeal, currency, minor, date, decision } = cover;
  if (!state.appeals.has(appeal))
    return refuse({ code: "appeal-unknown", message: `there is no appeal ${appeal}` });
  if (decision.trim() === "")
    return refuse({ code: "reason-missing", message: "a cover cites the decision that gave it" });
  if (minor <= 0n) return refuse({ code: "amount-not-positive", message: "a cover is a positive sum" });
  if (state.policy?.shortfall === "general") {
    const message = "by the policy of these books shortfalls are covered, and repaid, by themselves";
    return refuse({ code: "cover-by-policy", message });
  }
  const standing =
    tallyOf(state, appeal, currency, "given").minor - tallyOf(state, appeal, currency, "repaid").minor;
  if (type === "repaid" && minor > standing) {
    const sum = `${formatDecimal(standing, currency)} ${currency}`;
    return refuse({ code: "cover-not-given", message: `${appeal} has ${sum} of cover to repay` });
  }
  const pub = { appeal, currency, minor: minor.toString(), date, ground: "decision", decision };
  return decided([{ type: `cover.${type}`, stream: "covers", pub }], state, author);
}

/** A correction names what was wrong and why; the entry itself stays as it was. */
export function correctionDraft(
  corrects: string,
  reason: string,
  hidden: FundsDraft["hidden"] = {},
): FundsDraft {
  return { type: "correction", stream: "funds", pub: { corrects, reason }, hidden };
}

function decided(drafts: FundsDraft[], state: FundsState, author: Author): Result<Decided, PaymentRefusal> {
  const after = preview(state, drafts, author);
  const covers = coverDrafts(after);
  const below = newlyBelowZero(state, preview(after, covers, author));
  if (below !== undefined) {
    const sum = `${formatDecimal(-below.minor, below.currency)} ${below.currency}`;
    const message = `${below.appeal} would be ${sum} below zero; record a cover with its decision first`;
    return refuse({ code: "fund-below-zero", message });
  }
  return ok({
    drafts: [...drafts, ...covers],
    summary: { added: drafts.length, unchanged: 0, waiting: 0, notes: [] },
  });
}

function wrongState(spending: SpendingState, wanted: string): PaymentRefusal {
  return {
    code: "spending-state",
    message: `${spending.id} is ${spending.state} and so cannot be ${wanted}`,
  };
}
