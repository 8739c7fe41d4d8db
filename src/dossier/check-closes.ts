import { CloseBooks } from "#domain/funds/close-books.ts";
import { parseDay } from "#domain/funds/dates.ts";
import type { FundClose, FundsEntry, JsonObject } from "#domain/funds/entries.ts";
import type { Check } from "./check-list.ts";
import type { Stated } from "./read-facts.ts";

/**
 * Spec §8.8: a close of an appeal in scope says what the gifts shown here give for that week; the classes and the pool of
 * every close add up to its count and its sum.
 */
export const checkCloses = (stated: readonly Stated[], scope: ReadonlySet<string>, check: Check): void => {
  const books = new CloseBooks();
  for (const one of stated) books.see(withShownGifts(one));
  const differs = new Set(books.problems.map(({ entry }) => entry));
  for (const { index, name, fact } of stated) {
    if (fact.type !== "fund.close") continue;
    if (scope.has(fact.close.appeal) && differs.has(name))
      check.broken(index, "not what the gifts of that week give");
    else if (addsUp(fact.close)) check.ok();
    else check.broken(index, "its classes do not add up to its sum");
  }
};

/**
 * The entry with the gifts that are shown and no others: those of the scope are all shown (`attribution.sum` sees to it), so
 * what is computed from them is exact for the scope, and nothing is said about other appeals.
 */
const withShownGifts = ({ entry, fact }: Stated): FundsEntry => {
  if (fact.type === "attribution.moved")
    return isDated(fact.moved.item?.gift) ? entry : { ...entry, type: "hidden" };
  if (fact.type !== "attribution") return entry;
  const { items, lines, nullifiers } = fact.attribution;
  const shown = items.flatMap((item, i) => (isDated(item?.gift) ? [i] : []));
  const pub: JsonObject = {
    ...entry.pub,
    lines: shown.map((i) => lines[i] ?? 0),
    nullifiers: shown.map((i) => nullifiers[i] ?? ""),
  };
  return { ...entry, pub, items: shown.map((i) => entry.items[i]) };
};

/** A gift whose day exists: no week can be asked of another. */
const isDated = (gift: { readonly date: string } | undefined): boolean =>
  gift !== undefined && parseDay(gift.date) !== undefined && gift.date > "0001";

const addsUp = ({ count, minor, classes, pooled }: FundClose): boolean => {
  let restated = pooled?.minor ?? 0n;
  let gifts = pooled?.count ?? 0;
  for (const one of classes) {
    restated += one.minor * BigInt(one.count);
    gifts += one.count;
  }
  return restated === minor && gifts === count;
};
