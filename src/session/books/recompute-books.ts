import { NullifierCheck } from "#domain/funds/nullifiers.ts";
import { foldFunds } from "#domain/funds/fold.ts";
import { toSnapshot } from "#domain/funds/snapshot.ts";
import { Failure } from "../refusals/failure.ts";
import { emptyBooks } from "./books.ts";
import { EntryIndex } from "./entry-index.ts";
import { toFundsEntry } from "./funds-entry.ts";
import type { Session } from "../session.ts";

export type BooksCheck = {
  readonly code: string;
  readonly subject: string;
  readonly verdict: "held" | "broken" | "could-not-check";
  readonly reason: string;
};

/**
 * The second half of `log check`: opens every box this member may read, checks each digest in it against its entry, counts
 * each bank row once, folds the books from nothing and holds the kept totals and the kept index against them. What differs is thrown
 * away and replaced: they are a cache, and the record itself is not broken by them.
 */
export async function recomputeBooks(session: Session): Promise<BooksCheck[]> {
  const { words, size, progress } = session;
  const nullifiers = new NullifierCheck();
  const books = emptyBooks();
  const index = new EntryIndex();
  let opened = 0;
  try {
    for await (const one of session.read(0, size)) {
      const entry = toFundsEntry(one.opened);
      if (one.box !== undefined) opened += 1;
      nullifiers.see(entry);
      index.take(entry);
      books.funds = foldFunds(books.funds, entry);
      progress.update(words.recomputing, one.stored.index + 1, size);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [{ code: "box", subject: "", verdict: "broken", reason: `${error.code}: ${error.message}` }];
  }
  const checks: BooksCheck[] = [
    held(
      "box",
      `${opened} boxes`,
      "every box opens, and each disclosure is the one its entry was signed over",
    ),
  ];
  for (const { code, entry, subject } of nullifiers.problems)
    checks.push({
      code: "row-once",
      subject: `entry ${entry}`,
      verdict: "broken",
      reason: `${code}: ${subject}`,
    });
  if (nullifiers.problems.length === 0)
    checks.push(held("row-once", `${nullifiers.rows} rows`, "no bank row counts twice"));
  for (const { code, entry, message } of books.funds.problems)
    checks.push({
      code: "books",
      subject: `entry ${entry}`,
      verdict: "broken",
      reason: `${code}: ${message}`,
    });
  if (books.funds.problems.length === 0)
    checks.push(held("books", `${size} entries`, "the entries make books without contradiction"));
  checks.push(await compareKept(session, toSnapshot(books.funds).totals, index));
  return checks;
}

/** What is kept is either of another size, the same, or wrong; when wrong it is dropped and said. */
async function compareKept(session: Session, totals: string, index: EntryIndex): Promise<BooksCheck> {
  const kept = await session.keptTotals();
  const isIndexRight = await session.isIndexOf(index);
  if (kept === undefined && isIndexRight)
    return held("totals", "", "no totals are kept; they are computed from the entries");
  if (kept === totals && isIndexRight) return held("totals", "", "the kept totals are those of the entries");
  await session.dropSnapshot();
  return { code: "totals", subject: "", verdict: "held", reason: session.words.cacheStale };
}

function held(code: string, subject: string, reason: string): BooksCheck {
  return { code, subject, verdict: "held", reason };
}
