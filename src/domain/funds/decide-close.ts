import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { closeJson, type CloseBooks } from "./close-books.ts";
import { currenciesInOrder } from "./currency.ts";
import { lastDayOfWeek } from "./dates.ts";
import type { Decided } from "./deciding.ts";
import type { FundsDraft } from "./entries.ts";
import type { FundsState } from "./state.ts";
import { unmatchedView, type UnmatchedView } from "./unmatched-view.ts";

export type CloseRefusal =
  | Refusal<"week-malformed" | "week-not-over" | "close-incomplete" | "close-out-of-order">
  | (Refusal<"close-blocked"> & Pick<UnmatchedView, "debits" | "payments" | "refunds">);

/**
 * Closes a week for every appeal and currency that has gifts. `books` has seen the whole log with every attribution opened; `today` is
 * given, as a week is closed only when it is over. Bank debits without a payment and payments without a debit, up to the
 * end of the week, block it: then papers and bank disagree about money that has moved.
 */
export function decideClose(
  state: FundsState,
  books: CloseBooks,
  { week, today }: { readonly week: string; readonly today: string },
): Result<Decided, CloseRefusal> {
  const lastDay = lastDayOfWeek(week);
  if (lastDay === undefined)
    return refuse({ code: "week-malformed", message: `${week} is not a week such as 2025-W10` });
  if (today <= lastDay) return refuse({ code: "week-not-over", message: `${week} ends on ${lastDay}` });
  if (!books.isComplete) {
    return refuse({
      code: "close-incomplete",
      message: "a close needs every attribution opened: ask a member of the finance room",
    });
  }
  const open = unmatchedView(state);
  const isDue = (date: string | null) => date === null || date <= lastDay;
  const debits = open.debits.filter((one) => isDue(one.date));
  const payments = open.payments.filter((one) => isDue(one.date));
  const refunds = open.refunds.filter((one) => isDue(one.date));
  if (debits.length + payments.length + refunds.length > 0) {
    const counts = `${debits.length} bank debits, ${payments.length} payments and ${refunds.length} refunds`;
    const message = `${counts} up to ${lastDay} have no counterpart; see "unmatched"`;
    return refuse({ code: "close-blocked", message, debits, payments, refunds });
  }
  const places = [...books.places()];
  const drafts: FundsDraft[] = [];
  let unchanged = 0;
  for (const appeal of state.appeals.values()) {
    const own = places.filter((place) => place.appeal === appeal.id);
    for (const currency of currenciesInOrder(
      own.map((place) => place.currency),
      appeal.currency,
    )) {
      const lastWeek = own.find((place) => place.currency === currency)?.lastWeek ?? null;
      if (lastWeek === week) {
        unchanged += 1;
        continue;
      }
      if (lastWeek !== null && lastWeek > week) {
        return refuse({
          code: "close-out-of-order",
          message: `${appeal.id} is closed up to ${lastWeek}: what came since goes into the next close`,
        });
      }
      const close = books.next(appeal.id, currency, week);
      if (lastWeek === null && close.count === 0 && close.carried === 0) continue;
      drafts.push({ type: "fund.close", stream: "closes", pub: closeJson(close) });
    }
  }
  return ok({ drafts, summary: { added: drafts.length, unchanged, waiting: 0, notes: [] } });
}

/** What the public may know was raised: the sum of an appeal's closes, by currency, with the last week they reach. */
export function publicRaised(state: FundsState, appeal: string) {
  const sums = new Map<string, { minor: bigint; count: number; week: string }>();
  for (const close of state.closes) {
    if (close.appeal !== appeal) continue;
    const sum = sums.get(close.currency) ?? { minor: 0n, count: 0, week: close.week };
    sums.set(close.currency, {
      minor: sum.minor + close.minor,
      count: sum.count + close.count,
      week: close.week,
    });
  }
  return [...sums].map(([currency, { minor, count, week }]) => ({
    currency,
    minor: minor.toString(),
    donations: count,
    week,
  }));
}
