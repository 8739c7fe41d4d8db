// Story 1: the books of an invented foundation, imported file by file, say to the tiyn what answers.json says.
import { expect, test } from "vitest";
import { readJson } from "#test/books/sample-files.ts";
import {
  importSampleFile,
  sampleFiles,
  sampleFoundation,
  type SampleFile,
} from "#test/books/sample-foundation.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";
import { appealView, fundsView, periodView } from "./views.ts";

const orders: readonly (readonly [string, readonly SampleFile[]])[] = [
  ["as the guide says", sampleFiles],
  ["by the alphabet", [...sampleFiles].sort()],
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
  const books = await sampleFoundation(order);
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
  const books = await sampleFoundation();
  const size = books.entries.length;
  for (const name of sampleFiles) await importSampleFile(books, name);
  expect(books.entries.length).toBe(size);
});
