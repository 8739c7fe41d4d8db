import type { FundClose } from "#domain/funds/entries.ts";
import type { Check } from "./check-list.ts";
import type { Rows } from "./check-lines.ts";
import type { Stated } from "./read-facts.ts";

const addsUp = ({ count, minor, classes, pooled }: FundClose): boolean => {
  let restated = pooled?.minor ?? 0n;
  let gifts = pooled?.count ?? 0;
  for (const one of classes) {
    restated += one.minor * BigInt(one.count);
    gifts += one.count;
  }
  return restated === minor && gifts === count;
};

/** Spec §8.6: the classes and the pool of each close add up to its count and its sum. */
export const checkCloses = (
  stated: readonly Stated[],
  _rows: Rows,
  _scope: ReadonlySet<string>,
  check: Check,
): void => {
  for (const { index, fact } of stated) {
    if (fact.type !== "fund.close") continue;
    if (addsUp(fact.close)) check.ok();
    else check.broken(index, "its classes do not add up to its sum");
  }
};
