// A gift for two appeals is split into parts that add up to it; a debit that explains itself by nothing is explained by a
// named person. Nothing is forced: what does not fit is refused, with the figures.
import { expect, test } from "vitest";
import { Books } from "#test/books/books.ts";
import { slice, type BankRow } from "#test/books/statements.ts";
import { decideAppeals } from "./decide-catalogue.ts";
import { decideDecisions } from "./decide-decisions.ts";
import { decideSpending } from "./decide-spending.ts";
import { unmatchedView } from "./unmatched-view.ts";
import { appealView, fundsView } from "./views.ts";

const appeals = {
  unsigned: "general",
  shortfall: "general",
  appeals: ["A-01", "A-02"].map((id) => ({ id, opened: "2025-01-01", title: { en: id }, currency: "KZT" })),
};
const bankRow = (reference: string, signedMinor: bigint, memo = "көмек"): BankRow => ({
  day: 0,
  signedMinor,
  reference,
  memo,
});
const decision = (reference: string, appeal: string, amount?: string, line = 2) => ({
  line,
  values: {
    bank_reference: `1c ${reference}`,
    appeal,
    ground: "donor's letter",
    decided_by: "accountant",
    ...(amount === undefined ? {} : { amount }),
  },
});

async function booksWith(...rows: BankRow[]): Promise<Books> {
  const books = new Books();
  books.appendAll(decideAppeals(books.state, appeals));
  await books.importStatement(slice(rows, 0, rows.length, {}));
  return books;
}
const decide = (books: Books, ...rows: ReturnType<typeof decision>[]) =>
  decideDecisions(books.state, rows, books.ports());
const code = (result: Awaited<ReturnType<typeof decide>>) => (result.ok ? "" : result.refusal.code);

test("one gift for two appeals counts in each for its part and nowhere twice", async () => {
  const books = await booksWith(bankRow("r1", 500n));
  const parts = [decision("r1", "A-01", "3.00"), decision("r1", "A-02", "2.00", 3)];
  books.appendAll(await decide(books, ...parts));
  expect(appealView(books.state, "A-01")?.raised).toEqual([{ currency: "KZT", minor: "300", donations: 1 }]);
  expect(appealView(books.state, "A-02")?.raised).toEqual([{ currency: "KZT", minor: "200", donations: 1 }]);
  expect(fundsView(books.state).general.minor).toBe("0");
  expect(fundsView(books.state).distinctLines).toBe(1);
  const again = await decide(books, ...parts);
  expect(again.ok && again.value.summary).toMatchObject({ added: 0, unchanged: 2 });
});

test("parts that miss the gift by one tiyn, or stand twice, or lack a sum, are refused whole", async () => {
  const books = await booksWith(bankRow("r1", 500n));
  expect(code(await decide(books, decision("r1", "A-01", "3.00"), decision("r1", "A-02", "2.01")))).toBe(
    "split-does-not-add-up",
  );
  expect(code(await decide(books, decision("r1", "A-01", "3.00"), decision("r1", "A-01", "2.00")))).toBe(
    "decision-conflicts",
  );
  expect(code(await decide(books, decision("r1", "A-01", "-5"), decision("r1", "A-02", "2.00")))).toBe(
    "amount-malformed",
  );
  expect(code(await decide(books, decision("r9", "A-01", "5.00")))).toBe("reference-unknown");
});

test("a debit is a bank's fee because somebody says so, and then no longer blocks a close", async () => {
  const books = await booksWith(bankRow("r1", 500n), bankRow("d1", -70n, "?"));
  expect(unmatchedView(books.state).debits).toHaveLength(1);
  books.appendAll(await decide(books, decision("d1", "fee")));
  expect(unmatchedView(books.state).debits).toEqual([]);
  expect(code(await decide(books, decision("d1", "own-transfer")))).toBe("decision-conflicts");
  expect(code(await decide(books, decision("r1", "fee")))).toBe("reference-unknown");
});

test("a debit pays the payment that a person names, if the sums agree to the tiyn", async () => {
  const books = await booksWith(bankRow("r1", 500n), bankRow("d1", -70n, "?"), bankRow("d2", -80n, "?"));
  const spending = { id: "S-1", date: "2025-06-01", appeal: "A-01", category: "lawyer", amount: "0.70" };
  books.appendAll(
    await decideSpending(
      books.state,
      [{ line: 2, values: { ...spending, currency: "KZT", payee: "Кеңсе", receipt: "R-1.pdf" } }],
      books.ports(),
    ),
  );
  expect(unmatchedView(books.state).payments).toHaveLength(1);
  expect(code(await decide(books, decision("d2", "S-1")))).toBe("payment-does-not-fit");
  books.appendAll(await decide(books, decision("d1", "S-1")));
  expect(unmatchedView(books.state).payments).toEqual([]);
  expect(unmatchedView(books.state).debits).toHaveLength(1);
});
