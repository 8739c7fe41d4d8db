import { daysBetween } from "#domain/funds/dates.ts";
import { general, ownTransfer } from "#domain/funds/ids.ts";
import type { RecordedLine } from "#domain/funds/ports.ts";
import { ownAccounts } from "#domain/funds/settlement.ts";
import { signReader } from "#domain/funds/signs.ts";
import type { FundsState, OpenRow, SpendingState } from "#domain/funds/state.ts";
import { normaliseAccount } from "#domain/funds/ids.ts";
import type { RowStanding } from "#session/books/row-index.ts";

/** Why a destination is offered for a row. None of them decides: a person does. */
export type Sign =
  | { readonly kind: "code" | "hashtag" | "named"; readonly text: string }
  /** Earlier gifts of the same donor went there. */
  | { readonly kind: "donor"; readonly gifts: number; readonly last: string }
  /** A post asked for this appeal so many days before. */
  | { readonly kind: "asked"; readonly post: string; readonly days: number }
  | { readonly kind: "same-sum"; readonly days: number | null }
  | { readonly kind: "own-account" }
  | { readonly kind: "own-words" };

export type Suggestion = {
  /** An appeal, "general", "own-transfer", "payment:S-2025-020" or "refund:R-1". */
  readonly to: string;
  readonly signs: readonly Sign[];
};

/** A post says something about a gift only near the day. */
const askedWindowDays = 7;

/** What a credit may be for: what its purpose names, and what was asked for just before it came. */
export function creditSuggestions(
  state: FundsState,
  row: Pick<OpenRow, "date" | "detail">,
  line: RecordedLine | undefined,
): Suggestion[] {
  const found = new Map<string, Sign[]>();
  const add = (to: string, sign: Sign) => found.set(to, [...(found.get(to) ?? []), sign]);
  if (row.detail === ownTransfer) add(ownTransfer, { kind: "own-words" });
  const read = signReader(state.appeals.values());
  // The signs that contradict each other stand in the detail one beside the other.
  for (const text of (row.detail ?? "").split(", ")) {
    const sign = text === "" ? undefined : read(text);
    if (sign?.kind === "appeal") add(sign.appeal, { kind: sign.by, text: sign.text });
  }
  const other = line?.party?.account;
  if (other !== undefined && ownAccounts(state).has(normaliseAccount(other)))
    add(ownTransfer, { kind: "own-account" });
  for (const post of state.posts.values()) {
    const days = daysBetween(post.published.slice(0, 10), row.date);
    if (days >= 0 && days <= askedWindowDays) add(post.appeal, { kind: "asked", post: post.id, days });
  }
  return [...found].map(([to, signs]) => ({ to, signs })).toSorted(byStrength);
}

/** What a debit may have paid: a payment or refund of exactly its sum, the nearest day first. */
export function debitSuggestions(
  state: FundsState,
  row: OpenRow,
  line: RecordedLine | undefined,
  payments: UnpaidBySum,
): Suggestion[] {
  const found: Suggestion[] = [];
  const memo = (line?.memo ?? "").toLowerCase();
  const party = line?.party?.name?.toLowerCase();
  for (const one of payments.get(sumKey(row)) ?? []) {
    const signs: Sign[] = [{ kind: "same-sum", days: daysApart(one.date, row.date) }];
    if (memo.includes(one.id.toLowerCase())) signs.unshift({ kind: "named", text: one.id });
    else if (party !== undefined && one.payee !== undefined && party === one.payee.toLowerCase())
      signs.unshift({ kind: "named", text: one.payee });
    found.push({ to: `payment:${one.id}`, signs });
  }
  for (const one of state.refunds.values()) {
    if (one.settled !== undefined || one.credit === undefined) continue;
    if (one.minor !== row.minor || one.currency !== row.currency) continue;
    const signs: Sign[] = [{ kind: "same-sum", days: daysApart(one.date, row.date) }];
    if (one.reference !== undefined && memo.includes(one.reference.toLowerCase()))
      signs.unshift({ kind: "named", text: one.reference });
    found.push({ to: `refund:${one.id}`, signs });
  }
  const other = line?.party?.account;
  const own = other === undefined ? undefined : ownAccounts(state).get(normaliseAccount(other));
  if (own !== undefined && own !== row.account)
    found.push({ to: ownTransfer, signs: [{ kind: "own-account" }] });
  return found.toSorted(byStrength);
}

/** Payments that no bank debit shows, by what they cost: made once for all debits of a list. */
export type UnpaidBySum = ReadonlyMap<string, readonly SpendingState[]>;

/** Only of the sums of these debits: there may be a hundred thousand payments. */
export function unpaidBySum(payments: readonly SpendingState[], debits: readonly OpenRow[]): UnpaidBySum {
  const sums = new Set(debits.map(({ minor }) => minor));
  return Map.groupBy(
    payments.filter(({ minor }) => sums.has(minor)),
    sumKey,
  );
}

export function sumKey({ minor, currency }: Pick<OpenRow, "minor" | "currency">): string {
  return `${minor} ${currency}`;
}

/** Where earlier gifts of the same donor went, the most usual first. Without those that a policy alone sent somewhere. */
export function donorSuggestions(gifts: readonly RowStanding[]): Suggestion[] {
  const found = new Map<string, { gifts: number; last: string }>();
  for (const { isCredit, ground, places, day } of gifts) {
    if (!isCredit || !["code", "hashtag", "decision"].includes(ground)) continue;
    for (const to of places) {
      const before = found.get(to) ?? { gifts: 0, last: "" };
      found.set(to, { gifts: before.gifts + 1, last: before.last > day ? before.last : day });
    }
  }
  return [...found]
    .filter(([to]) => to !== general)
    .toSorted(([, a], [, b]) => b.gifts - a.gifts)
    .map(([to, { gifts: count, last }]) => ({ to, signs: [{ kind: "donor", gifts: count, last }] }));
}

/** Whether some statement shows the account on that day: then a missing debit is no missing file. */
export function isDayShown(state: FundsState, account: string | undefined, day: string | undefined): boolean {
  if (day === undefined) return false;
  const id = account === undefined ? undefined : ownAccounts(state).get(normaliseAccount(account));
  return state.statements.some((one) => {
    const [from, to] = [one.from ?? one.firstDay, one.to ?? one.lastDay];
    return (
      (id === undefined || one.account === id) &&
      from !== undefined &&
      to !== undefined &&
      from <= day &&
      day <= to
    );
  });
}

function daysApart(one: string | undefined, other: string): number | null {
  return one === undefined ? null : Math.abs(daysBetween(one, other));
}

const strength: Readonly<Record<Sign["kind"], number>> = {
  code: 0,
  hashtag: 1,
  named: 1,
  "own-account": 2,
  donor: 3,
  "own-words": 4,
  "same-sum": 5,
  asked: 6,
};

function byStrength(a: Suggestion, b: Suggestion): number {
  const best = ({ signs }: Suggestion) => Math.min(...signs.map(({ kind }) => strength[kind]));
  return best(a) - best(b) || nearest(a) - nearest(b);
}

function nearest({ signs }: Suggestion): number {
  const days = signs.map((sign) => ("days" in sign ? (sign.days ?? 999) : 999));
  return Math.min(...days);
}
