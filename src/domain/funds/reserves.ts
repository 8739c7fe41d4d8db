import { openingBalances } from "./account-view.ts";
import { balanceOf, fundSums } from "./covers.ts";
import { general } from "./ids.ts";
import { talliesOf, tallyOf, type FundsState } from "./state.ts";

/**
 * The most that may be set aside for one more payment of a fund: what it has and nobody reserved, and, where the policy
 * covers shortfalls, what general funds could lend it. A reservation beyond that would be a promise nobody can keep.
 */
export function mayBeReserved(state: FundsState, fund: string, currency: string): bigint {
  const own = fund === general ? 0n : unreserved(state, fund, currency);
  const lent = fund === general || state.policy?.shortfall === "general" ? generalLeft(state, currency) : 0n;
  return own + lent > 0n ? own + lent : 0n;
}

/** What general funds hold: gifts without an appeal and opening balances, less cover, spending and reservations. */
export function generalLeft(state: FundsState, currency: string): bigint {
  let left = unreserved(state, general, currency);
  for (const opening of openingBalances(state)) if (opening.currency === currency) left += opening.minor;
  for (const appeal of state.appeals.keys())
    left +=
      tallyOf(state, appeal, currency, "repaid").minor - tallyOf(state, appeal, currency, "given").minor;
  return left;
}

function unreserved(state: FundsState, fund: string, currency: string): bigint {
  const sums = fundSums(talliesOf(state, fund)).get(currency);
  return sums === undefined ? 0n : balanceOf(sums) - sums.reserved;
}
