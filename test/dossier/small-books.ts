import { decideAppeals, decidePosts } from "#domain/funds/decide-catalogue.ts";
import { decideConfirmations } from "#domain/funds/decide-confirmations.ts";
import { decideDecisions } from "#domain/funds/decide-decisions.ts";
import { decideRefunds } from "#domain/funds/decide-refunds.ts";
import { decideSpending } from "#domain/funds/decide-spending.ts";
import type { TableRow } from "#domain/funds/deciding.ts";
import { Books } from "#test/books/books.ts";
import { readJson } from "#test/books/sample-files.ts";

const table = (...rows: readonly Record<string, string>[]): TableRow[] =>
  rows.map((values, i) => ({ line: i + 2, values }));
const account = "KZ617229999900000007";

/** Ten bank rows, a decision that moves one, a refund, two payments with a shortfall: all that a dossier can hold. */
export const smallBooks = async (): Promise<Books> => {
  const books = new Books();
  books.batch = 4;
  books.appendAll(decideAppeals(books.state, readJson("appeals.json")));
  books.appendAll(decidePosts(books.state, readJson("posts.json")));
  const credits = [
    "A-2025-003",
    "A-2025-003",
    "A-2025-001",
    "for the girl",
    "#student",
    "A-2025-003",
    "thanks",
    "A-2025-002",
  ];
  await books.importStatement({
    name: "april.txt",
    account,
    head: { currency: "KZT", opening: 0n, closing: null, from: "2025-04-01", to: "2025-04-30", problems: [] },
    rows: [
      ...credits.map((memo, i) => ({
        row: i + 1,
        date: `2025-04-${String(i + 2).padStart(2, "0")}`,
        direction: "credit" as const,
        minor: 500_000n + BigInt(i) * 10_000n,
        currency: "KZT",
        reference: `C-${i}`,
        counterparty: { name: `Донор ${i}` },
        memo,
      })),
      {
        row: 9,
        date: "2025-04-20",
        direction: "debit" as const,
        minor: 2_000_000n,
        currency: "KZT",
        reference: "D-1",
        counterparty: { name: "Hotel Nusqa" },
        memo: "S-01 hotel",
      },
      {
        row: 10,
        date: "2025-04-22",
        direction: "debit" as const,
        minor: 510_000n,
        currency: "KZT",
        reference: "D-2",
        counterparty: { name: "Донор 1" },
        memo: "C-1 қайтару",
      },
    ],
  });
  books.appendAll(
    await decideDecisions(
      books.state,
      table({
        bank_reference: "C-3",
        appeal: "A-2025-003",
        ground: "donor's call",
        decided_by: "accountant",
      }),
      books.ports(),
    ),
  );
  books.appendAll(
    await decideRefunds(
      books.state,
      table({
        bank_reference: "C-1",
        date: "2025-04-22",
        amount: "5100.00",
        currency: "KZT",
        reason: "sent twice",
      }),
      books.ports(),
    ),
  );
  const spent = {
    appeal: "A-2025-003",
    currency: "KZT",
    payee: "Hotel Nusqa",
    receipt: "R-1.pdf",
    paid_from: account,
  };
  books.appendAll(
    await decideSpending(
      books.state,
      table(
        { id: "S-01", date: "2025-04-20", category: "hotel", amount: "20000.00", ...spent },
        { id: "S-02", date: "2025-04-25", category: "lawyer", amount: "15000.00", ...spent },
      ),
      books.ports(),
    ),
  );
  books.appendAll(
    decideConfirmations(
      books.state,
      table(
        { spending: "S-01", role: "lawyer", date: "2025-05-01" },
        { spending: "S-01", role: "beneficiary", date: "2025-05-02" },
      ),
    ),
  );
  return books;
};
