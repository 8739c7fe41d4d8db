// Story 1: the books of an invented foundation, imported file by file, say to the tiyn what answers.json says.
import { expect, test } from "vitest";
import { Books } from "#test/books/books.ts";
import { read1c, readCamt, readJson, readTable } from "#test/books/sample-files.ts";
import { decideAppeals, decidePosts } from "./decide-catalogue.ts";
import { decideConfirmations } from "./decide-confirmations.ts";
import { decideDecisions } from "./decide-decisions.ts";
import { decideRefunds } from "./decide-refunds.ts";
import { decideEvents, decideRates } from "./decide-registers.ts";
import { decideSpending } from "./decide-spending.ts";
import { appealView, fundsView, periodView } from "./views.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";

type Step = keyof typeof steps;
const steps = {
  "appeals.json": async (books: Books) =>
    books.appendAll(decideAppeals(books.state, readJson("appeals.json"))),
  "posts.json": async (books: Books) => books.appendAll(decidePosts(books.state, readJson("posts.json"))),
  "kzt-1.1c.txt": async (books: Books) => books.importStatement(read1c("kzt-1.1c.txt")),
  "kzt-2.1c.txt": async (books: Books) => books.importStatement(read1c("kzt-2.1c.txt")),
  "eur.camt053.xml": async (books: Books) => books.importStatement(readCamt("eur.camt053.xml")),
  "decisions.csv": async (books: Books) =>
    books.appendAll(await decideDecisions(books.state, readTable("decisions.csv"), books.ports())),
  "refunds.csv": async (books: Books) =>
    books.appendAll(await decideRefunds(books.state, readTable("refunds.csv"), books.ports())),
  "spending.csv": async (books: Books) =>
    books.appendAll(await decideSpending(books.state, readTable("spending.csv"), books.ports())),
  "confirmations.csv": async (books: Books) =>
    books.appendAll(decideConfirmations(books.state, readTable("confirmations.csv"))),
  "rates.csv": async (books: Books) => books.appendAll(decideRates(books.state, readTable("rates.csv"))),
  "events.csv": async (books: Books) =>
    books.appendAll(decideEvents(books.state, readTable("events.csv"), books.keyed)),
};

const asInstructed: Step[] = [
  "appeals.json",
  "posts.json",
  "kzt-1.1c.txt",
  "kzt-2.1c.txt",
  "eur.camt053.xml",
  "decisions.csv",
  "refunds.csv",
  "spending.csv",
  "confirmations.csv",
  "rates.csv",
  "events.csv",
];
const orders: readonly (readonly [string, readonly Step[]])[] = [
  ["as the guide says", asInstructed],
  ["by the alphabet", [...asInstructed].sort()],
  [
    "papers first, then the bank",
    [
      "appeals.json",
      "decisions.csv",
      "refunds.csv",
      "spending.csv",
      "confirmations.csv",
      "events.csv",
      "rates.csv",
      "posts.json",
      "kzt-2.1c.txt",
      "eur.camt053.xml",
      "kzt-1.1c.txt",
    ],
  ],
];

test.each(orders)("the sample foundation imported %s gives the answers", async (_, order) => {
  const books = new Books();
  for (const step of order) await steps[step](books);
  const answers = readJson("answers.json");
  const view = fundsView(books.state);
  expect(books.state.problems).toEqual([]);
  expect(view.appeals).toEqual(answers.appeals);
  expect(view.allAppealsRaised).toEqual(answers.allAppealsRaised);
  expect(view.general).toEqual(answers.general);
  expect(view.notYetKnown).toEqual([]);
  expect(view.distinctLines).toBe(answers.distinctLines);
  expect(JSON.stringify(appealView(books.state, "A-2025-003"))).toBe(
    JSON.stringify(answers.appeals.find((one: { appeal: string }) => one.appeal === "A-2025-003")),
  );
  expect([...books.state.openDebits.values()]).toEqual([]);
  expect([...books.state.spending.values()].filter((one) => one.settled === null)).toEqual([]);
  expect(periodView(books.state, "2025-01-01", "2025-12-31").appeals).toEqual(answers.appeals);

  const { totals, days } = toSnapshot(books.state);
  const back = fromSnapshot({ totals, days });
  expect(back).toEqual({ ok: true, value: books.state });
});

test("every file imported a second time adds nothing", async () => {
  const books = new Books();
  for (const step of asInstructed) await steps[step](books);
  const size = books.entries.length;
  for (const step of asInstructed) await steps[step](books);
  expect(books.entries.length).toBe(size);
});
