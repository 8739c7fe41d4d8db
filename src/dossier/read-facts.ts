import type { Fact, FundsEntry, JsonObject } from "#domain/funds/entries.ts";
import { parseFact } from "#domain/funds/parse-entries.ts";
import { toBase64Url } from "#record/bytes.ts";
import type { IndexedEntry } from "./check-entries.ts";
import type { Check } from "./check-list.ts";

/** An entry about money, with what it says. `name` is its hash in base64url, as other entries name it. */
export type Stated = {
  readonly index: number;
  readonly name: string;
  readonly entry: FundsEntry;
  readonly fact: Fact;
};

/** The entry as the books take it: the same members, typed as theirs. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON read by the kernel; the books only narrow it
export const fundsEntryOf = (entry: IndexedEntry): FundsEntry => ({
  ...entry,
  pub: entry.pub as JsonObject,
  hidden: entry.hidden as JsonObject,
  items: entry.items as FundsEntry["items"],
});

/** Spec §8.1: every entry about money has the form of its type. */
export const readFacts = (opened: readonly IndexedEntry[], check: Check): readonly Stated[] => {
  const stated: Stated[] = [];
  for (const one of opened) {
    const entry = fundsEntryOf(one);
    const fact = parseFact(entry);
    if (fact === undefined) continue;
    if (fact.ok) {
      stated.push({ index: one.index, name: toBase64Url(one.hash), entry, fact: fact.value });
      check.ok();
    } else check.broken(one.index, fact.refusal.message);
  }
  return stated;
};
