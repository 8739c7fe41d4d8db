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

/**
 * The stream in which each type stands (spec/money.md §4, spec/entry.md §8); null: in none. Outside its stream an entry
 * could be left out without a gap.
 */
const streamOf: ReadonlyMap<string, string | null> = new Map(
  Object.entries({
    genesis: [null],
    keys: ["key.add", "key.revoke", "key.appoint", "key.rotate", "room.epoch"],
    funds: [
      "funds.policy",
      "appeal",
      "appeal.ended",
      "appeal.reopened",
      "post",
      "case.share",
      "account",
      "account.frozen",
      "account.released",
      "rate",
      "correction",
    ],
    statements: ["statement.lines", "statement"],
    attributions: ["attribution", "attribution.moved", "decision"],
    refunds: ["refund", "refund.matched"],
    spending: ["spending", "spending.reserved", "spending.approved", "spending.paid", "spending.voided"],
    confirmations: ["confirmation"],
    covers: ["cover.given", "cover.repaid"],
    closes: ["fund.close"],
  }).flatMap(([stream, types]) =>
    types.map((type): [string, string | null] => (type === null ? [stream, null] : [type, stream])),
  ),
);

/** Spec §8.1: every entry about money stands in the stream of its type, and has the form of its type. */
export const readFacts = (opened: readonly IndexedEntry[], check: Check): readonly Stated[] => {
  const stated: Stated[] = [];
  for (const one of opened) {
    const stream = streamOf.get(one.type);
    if (stream === undefined) continue;
    if ((one.stream?.id ?? null) !== stream) {
      check.broken(one.index, `does not stand in ${stream === null ? "no stream" : `the stream ${stream}`}`);
      continue;
    }
    const entry = fundsEntryOf(one);
    const fact = parseFact(entry);
    // Keys and rooms are of the books only by their stream; what else they must say is checked with the keys.
    if (fact === undefined) check.ok();
    else if (fact.ok) {
      stated.push({ index: one.index, name: toBase64Url(one.hash), entry, fact: fact.value });
      check.ok();
    } else check.broken(one.index, fact.refusal.message);
  }
  return stated;
};
