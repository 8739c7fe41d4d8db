import { codeMatcher } from "./codes.ts";
import { daysBetween } from "./dates.ts";
import type { Ground, Party } from "./entries.ts";
import { normaliseAccount } from "./ids.ts";
import type { FundsState } from "./state.ts";

/** A debit that nothing explains yet. `key` is the caller's name for it. */
export type UnsettledDebit<Key> = {
  readonly key: Key;
  readonly account: string;
  readonly date: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly memo?: string | undefined;
  readonly party?: Party | undefined;
};

export type Fate = { readonly to: string; readonly ground: Ground };

/**
 * Which payment or refund each debit is, as far as that is certain: a debit settles one, and one is settled by one
 * debit. Signs are tried from the strongest: the payment's id or the gift's reference in the purpose (with amount,
 * currency and account agreeing), one of our own accounts on the other side, words for a bank fee, and last an amount
 * and day that fit one payment only. What two could explain stays unmatched, is listed and blocks a close.
 */
export function settleDebits<Key>(state: FundsState, debits: readonly UnsettledDebit<Key>[]): Map<Key, Fate> {
  const fates = new Map<Key, Fate>();
  const claims = unsettledClaims(state);
  const own = ownAccounts(state);
  const findPayments = codeMatcher(
    claims.filter((claim) => claim.kind === "payment").map((claim) => claim.id),
  );
  const findReferences = codeMatcher(claims.flatMap((claim) => claim.reference ?? []));
  const byName: Proposal<Key>[] = [];
  const named = new Set<Key>();
  for (const debit of debits) {
    const memo = debit.memo ?? "";
    const ids = new Set(findPayments(memo).map((match) => match.id));
    const references = new Set(findReferences(memo).map((match) => match.id));
    if (ids.size + references.size > 0) named.add(debit.key);
    for (const claim of claims) {
      const isNamed = claim.kind === "payment" ? ids.has(claim.id) : references.has(claim.reference ?? "");
      if (!isNamed || !agrees(state, claim, debit, namedWindowDays)) continue;
      byName.push({ debit, claim, detail: claim.kind === "payment" ? claim.id : (claim.reference ?? "") });
    }
  }
  const settled = takeUnique(byName, fates);
  for (const debit of debits) {
    if (fates.has(debit.key) || named.has(debit.key)) continue;
    const other =
      debit.party?.account === undefined ? undefined : own.get(normaliseAccount(debit.party.account));
    if (other !== undefined && other !== debit.account) {
      fates.set(debit.key, { to: "own-transfer", ground: { kind: "own-transfer" } });
    } else if (isFee(debit.memo)) {
      fates.set(debit.key, {
        to: "fee",
        ground: { kind: "fee", detail: feeWords.exec(debit.memo ?? "")?.[0] },
      });
    }
  }
  const byAmount: Proposal<Key>[] = [];
  for (const debit of debits) {
    // A debit that names a payment it does not agree with is a question for a person, not for arithmetic.
    if (fates.has(debit.key) || named.has(debit.key)) continue;
    for (const claim of claims) {
      if (settled.has(claim) || !agrees(state, claim, debit, amountWindowDays)) continue;
      byAmount.push({ debit, claim, detail: "amount and day" });
    }
  }
  takeUnique(byAmount, fates);
  return fates;
}

/** Documents are written up within a month of the payment; a bare amount says something only near the day. */
const namedWindowDays = 31;
const amountWindowDays = 5;

type Claim = {
  readonly kind: "payment" | "refund";
  readonly id: string;
  readonly reference?: string | undefined;
  readonly minor: bigint;
  readonly currency: string;
  readonly date?: string | undefined;
  readonly paidFrom?: string | undefined;
};

type Proposal<Key> = { readonly debit: UnsettledDebit<Key>; readonly claim: Claim; readonly detail: string };

function unsettledClaims(state: FundsState): Claim[] {
  const claims: Claim[] = [];
  for (const one of state.spending.values()) {
    if (one.state !== "paid" || one.settled !== null || isCash(one.paidFrom)) continue;
    const { id, minor, currency, date, paidFrom } = one;
    claims.push({ kind: "payment", id, minor, currency, date, paidFrom });
  }
  for (const one of state.refunds.values()) {
    if (one.settled !== undefined || one.minor === undefined || one.currency === undefined) continue;
    const { id, reference, minor, currency, date } = one;
    claims.push({ kind: "refund", id, reference, minor, currency, date });
  }
  return claims;
}

/** Paid in cash: no bank row will ever settle it. */
export function isCash(paidFrom: string | undefined): boolean {
  return paidFrom !== undefined && /^(?:cash|наличные|наличными|қолма-қол)$/iu.test(paidFrom.trim());
}

function agrees<Key>(
  state: FundsState,
  claim: Claim,
  debit: UnsettledDebit<Key>,
  windowDays: number,
): boolean {
  if (claim.minor !== debit.minor || claim.currency !== debit.currency) return false;
  if (claim.date !== undefined && Math.abs(daysBetween(claim.date, debit.date)) > windowDays) return false;
  if (claim.paidFrom === undefined) return true;
  const paidFrom = ownAccounts(state).get(normaliseAccount(claim.paidFrom));
  return paidFrom === undefined || paidFrom === debit.account;
}

/** Our accounts by number; the id is what the books name them by. */
export function ownAccounts(state: FundsState): Map<string, string> {
  const own = new Map<string, string>();
  for (const account of state.accounts.values()) {
    if (account.number !== undefined) own.set(normaliseAccount(account.number), account.account);
  }
  return own;
}

/** Gives a fate where debit and claim have no other choice; returns the claims taken. */
function takeUnique<Key>(proposals: readonly Proposal<Key>[], fates: Map<Key, Fate>): Set<Claim> {
  const byDebit = new Map<Key, number>();
  const byClaim = new Map<Claim, number>();
  for (const { debit, claim } of proposals) {
    byDebit.set(debit.key, (byDebit.get(debit.key) ?? 0) + 1);
    byClaim.set(claim, (byClaim.get(claim) ?? 0) + 1);
  }
  const taken = new Set<Claim>();
  for (const { debit, claim, detail } of proposals) {
    if (byDebit.get(debit.key) !== 1 || byClaim.get(claim) !== 1) continue;
    taken.add(claim);
    fates.set(debit.key, { to: `${claim.kind}:${claim.id}`, ground: { kind: claim.kind, detail } });
  }
  return taken;
}

function isFee(memo: string | undefined): boolean {
  return memo !== undefined && feeWords.test(memo);
}
const feeWords =
  /комисси[яию]|плата за (?:обслуживание|ведение|перевод)|абонентская плата|қызмет ақысы|банк (?:комиссиясы|қызметі)|\b(?:bank|banking|service|account|transfer|transaction|maintenance) (?:fee|fees|charge|charges)\b|\bcommission\b/iu;

/** Words of a transfer between one's own accounts: a reason to ask, never enough to book one. */
export function saysOwnTransfer(memo: string | undefined): boolean {
  return memo !== undefined && ownWords.test(memo);
}
const ownWords =
  /между сво(?:ими|их) сч[её]т|на свой сч[её]т|со своего сч[её]та|собственных средств|өз шот|own account|between own|internal transfer/iu;
