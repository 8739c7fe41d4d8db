import type { Check } from "./check-list.ts";
import type { Stated } from "./read-facts.ts";

/**
 * Spec §8.7: the sum and the day of every cover of the appeals asked about are shown. One that is hidden would leave open how
 * much of the spending general funds paid, and what is left. Which appeal a cover is of is always public, so those of other
 * appeals stay hidden and nothing is missed.
 */
export const checkCovers = (stated: readonly Stated[], scope: ReadonlySet<string>, check: Check): void => {
  for (const { index, fact } of stated) {
    if (fact.type !== "cover.given" && fact.type !== "cover.repaid") continue;
    const { appeal, minor, date } = fact.cover;
    if (!scope.has(appeal)) continue;
    if (minor === undefined || date === undefined)
      check.unknown("how much general funds gave or got back, and when, is not shown", String(index));
    else check.ok();
  }
};
