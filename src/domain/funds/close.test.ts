// What is public about gifts never shows one: five alike, or a pool of five, or nothing yet.
import { describe, expect, test } from "vitest";
import { Books } from "#test/books/books.ts";
import { sampleFoundation } from "#test/books/sample-foundation.ts";
import { slice, type BankRow } from "#test/books/statements.ts";
import { CloseBooks, closeJson } from "./close-books.ts";
import { decideAppeals } from "./decide-catalogue.ts";
import { decideClose, publicRaised } from "./decide-close.ts";
import { decideDecisions } from "./decide-decisions.ts";
import { lastDayOfWeek, weekOfDay } from "./dates.ts";
import { appealView } from "./views.ts";

const today = "2026-01-01";

async function booksWith(rows: readonly BankRow[]): Promise<Books> {
  const books = new Books();
  const appeals = ["A-01", "A-02"].map((id) => ({
    id,
    opened: "2025-01-01",
    title: { en: id },
    currency: "KZT",
  }));
  books.appendAll(decideAppeals(books.state, { unsigned: "general", shortfall: "none", appeals }));
  await books.importStatement(slice(rows, 0, rows.length));
  return books;
}

function closes(books: Books): CloseBooks {
  const found = new CloseBooks();
  for (const entry of books.entries) found.see(entry);
  return found;
}
const close = (books: Books, week: string) => decideClose(books.state, closes(books), { week, today });

let number = 0;
/** 2025-01-01 is a Wednesday, so days 0 to 4 are the first week. */
const gifts = (count: number, signedMinor: bigint, day = 0, memo = "A-01"): BankRow[] =>
  Array.from({ length: count }, () => ({ day, signedMinor, memo, reference: `g${number++}` }));

test("five equal gifts are a class, the rest one pool of at least five", async () => {
  const books = await booksWith([...gifts(5, 500n), ...gifts(4, 700n), ...gifts(1, 99n)]);
  books.appendAll(close(books, "2025-W01"));
  expect(books.entries.at(-1)?.pub).toMatchObject({
    appeal: "A-01",
    count: 10,
    minor: "5399",
    classes: [{ minor: "500", count: 5 }],
    pooled: { count: 5, minor: "2899" },
    carried: 0,
  });
  expect(publicRaised(books.state, "A-01")).toEqual([
    { currency: "KZT", minor: "5399", donations: 10, week: "2025-W01" },
  ]);
  expect(close(books, "2025-W01")).toMatchObject({
    ok: true,
    value: { drafts: [], summary: { unchanged: 1 } },
  });
});

test("fewer than five are carried until a week brings enough", async () => {
  const books = await booksWith([...gifts(3, 700n), ...gifts(2, 900n, 6)]);
  books.appendAll(close(books, "2025-W01"));
  expect(books.entries.at(-1)?.pub).toMatchObject({ count: 0, minor: "0", pooled: null, carried: 3 });
  books.appendAll(close(books, "2025-W02"));
  expect(books.entries.at(-1)?.pub).toMatchObject({
    count: 5,
    minor: "3900",
    pooled: { count: 5, minor: "3900" },
    carried: 0,
  });
  expect(closes(books).problems).toEqual([]);
});

test("a gift moved away after its close is taken back in a later pool, never alone", async () => {
  const books = await booksWith([...gifts(5, 500n), ...gifts(1, 500n, 0, "A-01 A-02")]);
  books.appendAll(close(books, "2025-W01"));
  const moved = books.entries.length;
  const values = {
    bank_reference: `1c g${number - 1}`,
    appeal: "A-02",
    ground: "call",
    decided_by: "accountant",
  };
  books.appendAll(await decideDecisions(books.state, [{ line: 2, values }], books.ports()));
  expect(books.entries.length).toBeGreaterThan(moved);
  books.appendAll(close(books, "2025-W02"));
  const last = books.entries.filter((entry) => entry.type === "fund.close").map((entry) => entry.pub);
  expect(last).toMatchObject([
    { appeal: "A-01", count: 5 },
    { appeal: "A-01", count: 0 },
    { appeal: "A-02", count: 0, carried: 1 },
  ]);
});

describe("a close is refused", () => {
  test("while the week lasts, for what is no week, and before a later one", async () => {
    const books = await booksWith(gifts(5, 500n));
    const all = closes(books);
    expect(decideClose(books.state, all, { week: "2025-W01", today: "2025-01-05" })).toMatchObject({
      ok: false,
      refusal: { code: "week-not-over" },
    });
    expect(close(books, "2025-1")).toMatchObject({ ok: false, refusal: { code: "week-malformed" } });
    books.appendAll(close(books, "2025-W02"));
    expect(close(books, "2025-W01")).toMatchObject({ ok: false, refusal: { code: "close-out-of-order" } });
  });

  test("while bank and papers disagree, with the rows that do", async () => {
    const books = await booksWith([
      ...gifts(5, 500n),
      { day: 1, signedMinor: -300n, memo: "services", reference: "d" },
    ]);
    expect(close(books, "2025-W01")).toMatchObject({
      ok: false,
      refusal: { code: "close-blocked", debits: [{ minor: "300" }] },
    });
  });

  test("by whoever was not shown every gift", async () => {
    const books = await booksWith(gifts(5, 500n));
    const partly = new CloseBooks();
    for (const entry of books.entries) partly.see({ ...entry, items: [] });
    expect(decideClose(books.state, partly, { week: "2025-W01", today })).toMatchObject({
      ok: false,
      refusal: { code: "close-incomplete" },
    });
  });
});

test("a forged close is found: another sum, another order, another week", async () => {
  const books = await booksWith([...gifts(5, 500n), ...gifts(5, 500n, 6)]);
  const first = closes(books).next("A-01", "KZT", "2025-W01");
  for (const [code, forged] of [
    ["close-differs", { ...first, minor: 2501n }],
    ["close-differs", { ...first, classes: [{ minor: 1250n, count: 2 }] }],
    ["close-week-malformed", { ...first, week: "2025-W60" }],
  ] as const) {
    const twin = await booksWith([...gifts(5, 500n), ...gifts(5, 500n, 6)]);
    twin.append({ type: "fund.close", stream: "closes", pub: closeJson(forged) });
    expect(closes(twin).problems).toMatchObject([{ code }]);
  }
  books.append({
    type: "fund.close",
    stream: "closes",
    pub: closeJson(closes(books).next("A-01", "KZT", "2025-W02")),
  });
  books.append({ type: "fund.close", stream: "closes", pub: closeJson(first) });
  expect(closes(books).problems).toMatchObject([{ code: "close-out-of-order" }]);
});

test("the sample closed week by week comes to what was raised, less what is still too few to show", async () => {
  const books = await sampleFoundation();
  const weeks = new Set<string>();
  for (let day = Date.parse("2025-02-01"); day <= Date.parse("2025-07-06"); day += 86_400_000) {
    weeks.add(weekOfDay(new Date(day).toISOString().slice(0, 10)));
  }
  for (const week of weeks) {
    expect(lastDayOfWeek(week)).toBeDefined();
    books.appendAll(close(books, week));
  }
  expect(closes(books).problems).toEqual([]);
  for (const { id } of books.state.appeals.values()) {
    for (const shown of publicRaised(books.state, id)) {
      const raised = appealView(books.state, id)?.raised.find((one) => one.currency === shown.currency);
      const carried =
        books.state.closes.findLast((one) => one.appeal === id && one.currency === shown.currency)?.carried ??
        0;
      expect(carried).toBeLessThan(5);
      expect(shown.donations + carried).toBe(raised?.donations);
      if (carried === 0) expect(shown.minor).toBe(raised?.minor);
    }
  }
  // No class below five, no pool below five, in any of the closes.
  for (const { classes, pooled } of books.state.closes) {
    for (const one of classes) expect(one.count).toBeGreaterThanOrEqual(5);
    if (pooled !== null) expect(pooled.count).toBeGreaterThanOrEqual(5);
  }
});
