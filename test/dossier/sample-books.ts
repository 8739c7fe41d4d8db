import { Books } from "#test/books/books.ts";
import { read1c, readCamt, readJson, readTable } from "#test/books/sample-files.ts";
import { decideAppeals, decidePosts } from "#domain/funds/decide-catalogue.ts";
import { decideConfirmations } from "#domain/funds/decide-confirmations.ts";
import { decideDecisions } from "#domain/funds/decide-decisions.ts";
import { decideRefunds } from "#domain/funds/decide-refunds.ts";
import { decideEvents, decideRates } from "#domain/funds/decide-registers.ts";
import { decideSpending } from "#domain/funds/decide-spending.ts";

/** The sample foundation, imported in the order of the guide. */
export const sampleBooks = async (): Promise<Books> => {
  const books = new Books();
  books.batch = 1024;
  books.appendAll(decideAppeals(books.state, readJson("appeals.json")));
  books.appendAll(decidePosts(books.state, readJson("posts.json")));
  await books.importStatement(read1c("kzt-1.1c.txt"));
  await books.importStatement(read1c("kzt-2.1c.txt"));
  await books.importStatement(readCamt("eur.camt053.xml"));
  books.appendAll(await decideDecisions(books.state, readTable("decisions.csv"), books.ports()));
  books.appendAll(await decideRefunds(books.state, readTable("refunds.csv"), books.ports()));
  books.appendAll(await decideSpending(books.state, readTable("spending.csv"), books.ports()));
  books.appendAll(decideConfirmations(books.state, readTable("confirmations.csv")));
  books.appendAll(decideRates(books.state, readTable("rates.csv")));
  books.appendAll(decideEvents(books.state, readTable("events.csv"), books.keyed));
  return books;
};
