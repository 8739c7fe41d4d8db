import type { Cover, FundsDraft } from "./entries.ts";
import { currenciesInOrder } from "./currency.ts";
import { parseFact } from "./parse-entries.ts";
import { talliesOf, type FundsState } from "./state.ts";

/** The sums of one fund in one currency. Nothing here is stored: each is added up from what was booked. */
export type FundSums = {
  readonly received: bigint;
  readonly donations: number;
  readonly refunded: bigint;
  readonly refunds: number;
  readonly spent: bigint;
  readonly payments: number;
  readonly reserved: bigint;
  readonly given: bigint;
  readonly repaid: bigint;
};

export function fundSums(
  tallies: Iterable<readonly [string, string, { readonly minor: bigint; readonly count: number }]>,
) {
  const sums = new Map<string, { -readonly [name in keyof FundSums]: FundSums[name] }>();
  for (const [currency, series, cell] of tallies) {
    let sum = sums.get(currency);
    if (sum === undefined) {
      sum = {
        received: 0n,
        donations: 0,
        refunded: 0n,
        refunds: 0,
        spent: 0n,
        payments: 0,
        reserved: 0n,
        given: 0n,
        repaid: 0n,
      };
      sums.set(currency, sum);
    }
    if (series === "received") {
      sum.received += cell.minor;
      sum.donations += cell.count;
    } else if (series === "refunded") {
      sum.refunded += cell.minor;
      sum.refunds += cell.count;
    } else if (series.startsWith("spent/")) {
      sum.spent += cell.minor;
      sum.payments += cell.count;
    } else if (series === "reserved") sum.reserved += cell.minor;
    else if (series === "given") sum.given += cell.minor;
    else if (series === "repaid") sum.repaid += cell.minor;
  }
  return sums;
}

/** Left in an appeal: received less returned, plus cover less repayment, less spent. */
export function balanceOf(sums: FundSums): bigint {
  return sums.received - sums.refunded + sums.given - sums.repaid - sums.spent;
}

/**
 * Under the policy `"shortfall": "general"`: what brings the net cover of every appeal to exactly what it lacks,
 * `max(0, spent − (received − refunded))`. A gift that comes later repays the bridge, so a shortfall of a week leaves two
 * entries and no cover.
 *
 * Sum and day are hidden. Spending is public at once, so a public change of cover would tell the exact sum, and the bank
 * day, of the one gift that came in between, which the weekly closes exist to prevent. That a cover was given or repaid stays
 * public: the stream `covers` has no gap that could hide one.
 */
export function coverDrafts(state: FundsState): FundsDraft[] {
  const drafts: FundsDraft[] = [];
  if (state.policy?.shortfall !== "general") return drafts;
  for (const appeal of state.appeals.values()) {
    const sums = fundSums(talliesOf(state, appeal.id));
    for (const currency of currenciesInOrder(sums.keys(), appeal.currency)) {
      const sum = sums.get(currency);
      if (sum === undefined) continue;
      const lacks = sum.spent - (sum.received - sum.refunded);
      const change = (lacks > 0n ? lacks : 0n) - (sum.given - sum.repaid);
      if (change === 0n) continue;
      const date = state.lastDays.get(appeal.id) ?? appeal.opened;
      const minor = (change < 0n ? -change : change).toString();
      const pub = { appeal: appeal.id, currency, ground: "policy" };
      const type = change > 0n ? "cover.given" : "cover.repaid";
      drafts.push({ type, stream: "covers", pub, hidden: { minor, date } });
    }
  }
  return drafts;
}

/** What a draft or an opened entry says of a cover; undefined for any other. Undefined `minor`: not shown to this reader. */
export function saidCover({
  type,
  pub,
  hidden = {},
}: Pick<FundsDraft, "type" | "pub" | "hidden">): SaidCover | undefined {
  const fact = parseFact({ hash: new Uint8Array(), kid: "", at: 0, type, pub, hidden, items: [] });
  if (fact?.ok !== true) return undefined;
  if (fact.value.type !== "cover.given" && fact.value.type !== "cover.repaid") return undefined;
  return { ...fact.value.cover, kind: fact.value.type === "cover.given" ? "given" : "repaid" };
}
export type SaidCover = Cover & { readonly kind: "given" | "repaid" };

/** Appeals that spent more than they hold and that nothing bridges. */
export function fundsBelowZero(
  state: FundsState,
): { readonly appeal: string; readonly currency: string; readonly minor: bigint }[] {
  const below: { appeal: string; currency: string; minor: bigint }[] = [];
  for (const appeal of state.appeals.keys()) {
    for (const [currency, sum] of fundSums(talliesOf(state, appeal))) {
      const minor = balanceOf(sum);
      if (minor < 0n) below.push({ appeal, currency, minor });
    }
  }
  return below;
}

/** The first fund that was not below zero before and is after; what was below already is not this command's doing. */
export function newlyBelowZero(before: FundsState, after: FundsState) {
  const known = new Set(fundsBelowZero(before).map((one) => `${one.appeal} ${one.currency}`));
  return fundsBelowZero(after).find((one) => !known.has(`${one.appeal} ${one.currency}`));
}
