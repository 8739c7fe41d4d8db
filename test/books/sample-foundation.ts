import { decideAppeals, decidePosts } from "#domain/funds/decide-catalogue.ts";
import { decideConfirmations } from "#domain/funds/decide-confirmations.ts";
import { decideDecisions } from "#domain/funds/decide-decisions.ts";
import { decideRefunds } from "#domain/funds/decide-refunds.ts";
import { decideEvents, decideRates } from "#domain/funds/decide-registers.ts";
import { decideSpending } from "#domain/funds/decide-spending.ts";
import { expectOk } from "#record/result.ts";
import { Books } from "./books.ts";
import { foundation, read1c, readCamt, readJson, readTable } from "./sample-files.ts";

/** The files of a sample foundation in the order in which its people would import them. */
export const sampleFiles = [
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
] as const;
export type SampleFile = (typeof sampleFiles)[number];

export async function importSampleFile(books: Books, name: SampleFile, folder = foundation): Promise<void> {
  const { state, keyed } = books;
  switch (name) {
    case "appeals.json":
      books.appendAll(decideAppeals(state, readJson(name, folder)));
      return;
    case "posts.json":
      books.appendAll(decidePosts(state, readJson(name, folder)));
      return;
    case "kzt-1.1c.txt":
    case "kzt-2.1c.txt":
      expectOk(await books.importStatement(read1c(name, folder)));
      return;
    case "eur.camt053.xml":
      expectOk(await books.importStatement(readCamt(name, folder)));
      return;
    case "decisions.csv":
      books.appendAll(await decideDecisions(state, readTable(name, folder), books.ports()));
      return;
    case "refunds.csv":
      books.appendAll(await decideRefunds(state, readTable(name, folder), books.ports()));
      return;
    case "spending.csv":
      books.appendAll(await decideSpending(state, readTable(name, folder), books.ports()));
      return;
    case "confirmations.csv":
      books.appendAll(decideConfirmations(state, readTable(name, folder)));
      return;
    case "rates.csv":
      books.appendAll(decideRates(state, readTable(name, folder)));
      return;
    case "events.csv":
      books.appendAll(decideEvents(state, readTable(name, folder), keyed));
      return;
  }
}

export async function sampleFoundation(
  order: readonly SampleFile[] = sampleFiles,
  folder = foundation,
): Promise<Books> {
  const books = new Books();
  for (const name of order) await importSampleFile(books, name, folder);
  return books;
}
