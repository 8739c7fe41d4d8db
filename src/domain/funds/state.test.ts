// The books are what the entries say, however they are cut, cached or partly shown.
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Books } from "#test/books/books.ts";
import { sampleFoundation } from "#test/books/sample-foundation.ts";
import type { FundsEntry, JsonObject } from "./entries.ts";
import { foldFunds } from "./fold.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";
import { emptyFunds, talliesOf, tallyOf, type FundsState } from "./state.ts";
import { appealView, fundsView } from "./views.ts";

let books: Books;
beforeAll(async () => {
  books = await sampleFoundation();
});

test("a cache taken anywhere, in two files, goes on to the same books", () => {
  fc.assert(
    fc.property(fc.nat({ max: books.entries.length }), (cut) => {
      let state = emptyFunds();
      for (const entry of books.entries.slice(0, cut)) state = foldFunds(state, entry);
      const back = fromSnapshot(toSnapshot(state));
      expect(back.ok).toBe(true);
      if (!back.ok) return;
      state = back.value;
      for (const entry of books.entries.slice(cut)) state = foldFunds(state, entry);
      expect(state).toEqual(books.state);
    }),
    { numRuns: 10 },
  );
});

test("totals alone answer as the whole does, and a cache of another version is not read", () => {
  const { totals } = toSnapshot(books.state);
  const light = fromSnapshot({ totals });
  expect(light.ok && fundsView(light.value)).toEqual(fundsView(books.state));
  expect(fromSnapshot({ totals: totals.replace(/"version":[0-9]+/u, '"version":0') })).toMatchObject({
    ok: false,
    refusal: { code: "snapshot-stale" },
  });
});

test("appeals, general and not yet known together are the bank's credits less own transfers", () => {
  const bank = books.state.statements.reduce((sum, one) => sum + (one.newCredits?.minor ?? 0n), 0n);
  let counted = 0n;
  for (const fund of [...books.state.appeals.keys(), "general", "unknown", "own-transfer"]) {
    for (const [, series, cell] of talliesOf(books.state, fund))
      if (series === "received") counted += cell.minor;
  }
  expect(counted).toBe(bank);
});

test("rows make sums by day, never objects: ten times the gifts do not make the state larger", () => {
  const rows = [...(books.state.days?.series.values() ?? [])].reduce((sum, days) => sum + days.size, 0);
  expect(rows).toBeLessThan(1500);
  expect(books.state.openDebits.size + books.state.openCredits.size + books.state.decisions.size).toBe(0);
});

/** As a dossier about one appeal shows it: destinations of every row, money of the rows of that appeal. */
function shownFor(appeal: string, entry: FundsEntry): FundsEntry {
  return {
    ...entry,
    items: entry.items.map((item) => {
      const to = item?.open["to"];
      const from = item?.open["from"];
      const isOurs = [to, from].some((places) => Array.isArray(places) && places.includes(appeal));
      return item === undefined || isOurs ? item : { open: item.open, hidden: {} };
    }),
  };
}

test("whoever is shown one appeal's gifts computes its figures, and nothing of the others'", () => {
  let state = emptyFunds();
  for (const entry of books.entries) state = foldFunds(state, shownFor("A-2025-003", entry));
  const { raised, refunded, spent, balance } = appealView(books.state, "A-2025-003") ?? {};
  expect(appealView(state, "A-2025-003")).toMatchObject({ raised, refunded, spent, balance });
  expect(appealView(state, "A-2025-001")?.raised).toEqual([]);
  expect(state.unseen.attributions).toBeGreaterThan(2000);
});

test("a bad entry is listed and stops nobody's books", () => {
  const state = emptyFunds();
  const entry = (type: string, pub: FundsEntry["pub"], hidden: FundsEntry["hidden"] = {}): FundsEntry => ({
    hash: new Uint8Array(32).fill(7),
    kid: "k",
    type,
    at: 0,
    pub,
    hidden,
    items: [],
  });
  foldFunds(state, entry("appeal", { id: "A-1" }));
  foldFunds(
    state,
    entry("cover.given", {
      appeal: "A-1",
      currency: "KZT",
      minor: "-5",
      date: "2025-01-01",
      ground: "policy",
    }),
  );
  foldFunds(state, entry("attribution", { part: "p", lines: [0, 1], nullifiers: ["n"] }));
  foldFunds(state, entry("account.frozen", { account: "x", date: "2025-01-01", detail: "" }));
  foldFunds(state, entry("spending.paid", { id: "S-1" }));
  foldFunds(state, entry("somebody.elses", {}));
  expect(state.problems.map(({ code }) => code)).toEqual([
    "entry-malformed",
    "entry-malformed",
    "entry-malformed",
    "account-unknown",
    "spending-not-approved",
  ]);
});

test("a cover counts from wherever its sum stands; one that was not shown is known to be missing", () => {
  const of = (pub: JsonObject, hidden: JsonObject): FundsState => {
    const shown = { appeal: "A-1", currency: "KZT", ground: "policy", ...pub };
    return foldFunds(emptyFunds(), {
      hash: new Uint8Array(32),
      kid: "k",
      type: "cover.given",
      at: 0,
      pub: shown,
      hidden,
      items: [],
    });
  };
  const sum = { minor: "500", date: "2025-01-01" };
  for (const state of [of({}, sum), of(sum, {}), of({ minor: "500" }, { date: "2025-01-01" })]) {
    expect(tallyOf(state, "A-1", "KZT", "given")).toEqual({ minor: 500n, count: 1 });
    expect(state.lastDays.get("A-1")).toBe("2025-01-01");
    expect(state.unseen.covers).toBe(0);
  }
  const closed = of({}, {});
  expect(closed.tallies.size).toBe(0);
  expect(closed.unseen.covers).toBe(1);
  expect(of(sum, sum).problems).toMatchObject([{ code: "entry-malformed" }]);
});

test("destinations shown to everybody cannot differ from those that the money counts for", () => {
  const state = emptyFunds();
  const gift = {
    date: "2025-01-01",
    direction: "credit",
    currency: "KZT",
    account: "a",
    parts: [{ to: "A-2", minor: "100" }],
    ground: { kind: "policy" },
  };
  foldFunds(state, {
    hash: new Uint8Array(32),
    kid: "k",
    type: "attribution",
    at: 0,
    pub: { part: "p", lines: [0], nullifiers: ["n"] },
    hidden: {},
    items: [{ open: { to: ["A-1"] }, hidden: { gift } }],
  });
  expect(state.problems).toMatchObject([{ code: "entry-malformed" }]);
  expect(state.tallies.size).toBe(0);
});
