// A person's word moves a gift visibly, once, and never against what a donor or another person said.
import { expect, test } from "vitest";
import { Books } from "#test/books/books.ts";
import { account, slice, type BankRow } from "#test/books/statements.ts";
import { decideAppeals } from "./decide-catalogue.ts";
import { decideDecisions } from "./decide-decisions.ts";
import { decideRefunds } from "./decide-refunds.ts";
import { decideSpending } from "./decide-spending.ts";
import { unmatchedView } from "./unmatched-view.ts";
import { appealView, fundsView } from "./views.ts";

const appeals = {
  foundation: { en: "Example" },
  unsigned: "general",
  shortfall: "general",
  appeals: ["A-01", "A-02"].map((id) => ({
    id,
    hashtag: `#tag${id}`,
    opened: "2025-01-01",
    title: { en: id },
    currency: "KZT",
  })),
};

async function booksWith(
  rows: readonly BankRow[],
  options: Parameters<typeof slice>[3] = {},
): Promise<Books> {
  const books = new Books();
  books.appendAll(decideAppeals(books.state, appeals));
  await books.importStatement(slice(rows, 0, rows.length, options));
  return books;
}

const gift = (reference: string, memo = "көмек", signedMinor = 500n): BankRow => ({
  day: 0,
  signedMinor,
  reference,
  memo,
});
const row = (bank_reference: string, appeal: string, more: Record<string, string> = {}) => ({
  line: 2,
  values: { bank_reference, appeal, ground: "donor's call", decided_by: "accountant", ...more },
});

async function decide(books: Books, ...rows: ReturnType<typeof row>[]) {
  return decideDecisions(books.state, rows, books.ports());
}

test("a gift counted by policy goes where a named person says, and the move says from where", async () => {
  const books = await booksWith([gift("r1")]);
  expect(fundsView(books.state).general.donations).toBe(1);
  const summary = books.appendAll(await decide(books, row("1c r1", "A-01")));
  expect(summary).toMatchObject({ added: 1, waiting: 0 });
  expect(fundsView(books.state).general.donations).toBe(0);
  expect(appealView(books.state, "A-01")?.raised).toEqual([{ currency: "KZT", minor: "500", donations: 1 }]);
  const move = books.entries.at(-1);
  expect(move).toMatchObject({
    type: "attribution.moved",
    pub: { reason: "decision" },
    items: [{ open: { to: ["A-01"], from: ["general"] } }],
  });
  // The same word again adds nothing.
  expect(books.appendAll(await decide(books, row("1c r1", "A-01")))).toMatchObject({
    added: 0,
    unchanged: 1,
  });
});

test("a reference that fits two rows is refused with both, until account or date tell them apart", async () => {
  const rows = [gift("same"), { ...gift("same"), day: 3 }];
  const books = await booksWith(rows);
  const refused = await decide(books, row("1c same", "A-01"));
  expect(refused).toMatchObject({ ok: false, refusal: { code: "reference-ambiguous", line: 2 } });
  expect(!refused.ok && refused.refusal["candidates"]).toHaveLength(2);
  books.appendAll(await decide(books, row("1c same", "A-01", { date: "2025-01-04", account })));
  expect(appealView(books.state, "A-01")?.raised).toMatchObject([{ donations: 1 }]);
});

test("what a donor wrote and what a person decided is not overruled by the next file", async () => {
  const books = await booksWith([gift("r1", "A-02 көмек"), gift("r2")]);
  expect(await decide(books, row("1c r1", "A-01"))).toMatchObject({
    ok: false,
    refusal: { code: "decision-conflicts" },
  });
  expect(await decide(books, row("1c r1", "A-02"))).toMatchObject({
    ok: true,
    value: { summary: { unchanged: 1 } },
  });
  books.appendAll(await decide(books, row("1c r2", "A-01")));
  expect(await decide(books, row("1c r2", "A-02"))).toMatchObject({
    ok: false,
    refusal: { code: "decision-conflicts" },
  });
  // A file that contradicts itself is refused whole.
  const other = await booksWith([gift("r1")]);
  expect(await decide(other, row("1c r1", "A-01"), row("1c r1", "A-02"))).toMatchObject({ ok: false });
});

test("a decision about a row not yet seen waits in sight, and is fulfilled by the statement that shows it", async () => {
  const books = new Books();
  books.appendAll(decideAppeals(books.state, appeals));
  expect(books.appendAll(await decide(books, row("1c r1", "A-01"), row("1c r9", "A-02")))).toMatchObject({
    waiting: 2,
  });
  expect(books.appendAll(await decide(books, row("1c r1", "A-01")))).toMatchObject({
    added: 0,
    unchanged: 1,
  });
  expect(await decide(books, row("1c r1", "A-02"))).toMatchObject({
    ok: false,
    refusal: { code: "decision-conflicts" },
  });
  await books.importStatement(slice([gift("r1"), gift("r2")], 0, 2));
  expect(appealView(books.state, "A-01")?.raised).toMatchObject([{ donations: 1 }]);
  expect(unmatchedView(books.state).decisions).toMatchObject([{ reference: "1c r9" }]);
});

test("a waiting decision that two rows of a statement fit goes on waiting", async () => {
  const books = new Books();
  books.appendAll(decideAppeals(books.state, appeals));
  books.appendAll(await decide(books, row("1c same", "A-01")));
  await books.importStatement(slice([gift("same"), gift("same")], 0, 2));
  expect(appealView(books.state, "A-01")?.raised).toEqual([]);
  expect(unmatchedView(books.state).decisions).toHaveLength(1);
});

test("signs of two appeals count for neither until a person decides", async () => {
  const books = await booksWith([gift("r1", "A-01 A-02")]);
  expect(fundsView(books.state).notYetKnown).toEqual([{ currency: "KZT", minor: "500", donations: 1 }]);
  expect(unmatchedView(books.state).credits).toMatchObject([{ signs: "A-01, A-02" }]);
  books.appendAll(await decide(books, row("1c r1", "A-02")));
  expect(fundsView(books.state).notYetKnown).toEqual([]);
  expect(unmatchedView(books.state).credits).toEqual([]);
});

test.each([
  ["column-missing", { bank_reference: "x" }],
  ["cell-missing", { bank_reference: "", appeal: "A-01", ground: "g", decided_by: "b" }],
  ["appeal-unknown", { bank_reference: "x", appeal: "A-09", ground: "g", decided_by: "b" }],
  ["account-unknown", { bank_reference: "x", appeal: "A-01", ground: "g", decided_by: "b", account: "KZ9" }],
  ["date-malformed", { bank_reference: "x", appeal: "A-01", ground: "g", decided_by: "b", date: "1.1.25" }],
])("decisions are refused whole: %s", async (code, values) => {
  const books = await booksWith([gift("r1")]);
  expect(await decideDecisions(books.state, [{ line: 2, values }], books.ports())).toMatchObject({
    ok: false,
    refusal: { code },
  });
});

const refundRow = (values: Record<string, string>) => ({
  line: 2,
  values: {
    bank_reference: "1c r1",
    date: "2025-01-05",
    amount: "5.00",
    currency: "KZT",
    reason: "asked back",
    ...values,
  },
});

test("a refund stands beside what was received, follows its gift, and is paid by one debit", async () => {
  const rows = [gift("r1"), { day: 4, signedMinor: -500n, reference: "d1", memo: "Возврат 1c r1" }];
  const books = await booksWith(rows);
  expect(unmatchedView(books.state).debits).toHaveLength(1);
  books.appendAll(await decideRefunds(books.state, [refundRow({})], books.ports()));
  expect(unmatchedView(books.state)).toMatchObject({ debits: [], refunds: [] });
  books.appendAll(await decide(books, row("1c r1", "A-01")));
  expect(appealView(books.state, "A-01")).toMatchObject({
    raised: [{ minor: "500" }],
    refunded: [{ minor: "500", donations: 1 }],
    balance: [{ minor: "0" }],
  });
  expect(books.appendAll(await decideRefunds(books.state, [refundRow({})], books.ports()))).toMatchObject({
    added: 0,
    unchanged: 1,
  });
});

test("two equal lines of one file are two refunds, and no more is returned than was given", async () => {
  const books = await booksWith([gift("r1", "A-01", 1000n)]);
  const twice = [refundRow({}), { ...refundRow({}), line: 3 }];
  books.appendAll(await decideRefunds(books.state, twice, books.ports()));
  expect(appealView(books.state, "A-01")?.refunded).toEqual([
    { currency: "KZT", minor: "1000", donations: 2 },
  ]);
  expect(
    await decideRefunds(books.state, [...twice, { ...refundRow({}), line: 4 }], books.ports()),
  ).toMatchObject({
    ok: false,
    refusal: { code: "refund-exceeds-gift", line: 4 },
  });
});

test("a refund whose gift no statement shows waits in sight", async () => {
  const books = await booksWith([gift("r1")]);
  const late = refundRow({ bank_reference: "1c r5" });
  expect(books.appendAll(await decideRefunds(books.state, [late], books.ports()))).toMatchObject({
    waiting: 1,
  });
  expect(unmatchedView(books.state).refunds).toMatchObject([{ lacks: ["gift", "debit"] }]);
});

test.each([
  ["column-missing", { bank_reference: "x" }],
  ["cell-missing", refundRow({ reason: "" }).values],
  ["date-malformed", refundRow({ date: "soon" }).values],
  ["amount-malformed", refundRow({ amount: "0" }).values],
  ["account-unknown", refundRow({ account: "KZ9" }).values],
  ["refund-currency", refundRow({ currency: "EUR" }).values],
  ["refund-exceeds-gift", refundRow({ amount: "5.01" }).values],
])("refunds are refused whole: %s", async (code, values) => {
  const books = await booksWith([gift("r1")]);
  expect(await decideRefunds(books.state, [{ line: 2, values }], books.ports())).toMatchObject({
    ok: false,
    refusal: { code },
  });
});

test("a refund whose reference two gifts bear is refused", async () => {
  const books = await booksWith([gift("same"), { ...gift("same"), day: 2 }]);
  const refused = await decideRefunds(books.state, [refundRow({ bank_reference: "1c same" })], books.ports());
  expect(refused).toMatchObject({ ok: false, refusal: { code: "reference-ambiguous" } });
});

test("a refund of money already spent is refused where nothing bridges it, and bridged where the policy does", async () => {
  const values = {
    id: "S-1",
    date: "2025-01-02",
    appeal: "A-01",
    category: "lawyer",
    amount: "5.00",
    currency: "KZT",
    payee: "x",
    receipt: "r",
    paid_from: "cash",
  };
  for (const shortfall of ["none", "general"]) {
    const books = new Books();
    books.appendAll(decideAppeals(books.state, { ...appeals, shortfall }));
    await books.importStatement(slice([gift("r1", "A-01")], 0, 1));
    books.appendAll(await decideSpending(books.state, [{ line: 2, values }], books.ports()));
    const decided = await decideRefunds(books.state, [refundRow({})], books.ports());
    if (shortfall === "none")
      expect(decided).toMatchObject({ ok: false, refusal: { code: "fund-below-zero", line: 2 } });
    else {
      books.appendAll(decided);
      expect(appealView(books.state, "A-01")).toMatchObject({
        coveredFromGeneral: [{ minor: "500" }],
        balance: [{ minor: "0" }],
      });
    }
  }
});
