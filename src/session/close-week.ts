import { CloseBooks } from "#domain/funds/close-books.ts";
import { decideClose } from "#domain/funds/decide-close.ts";
import { toFundsEntry } from "./funds-entry.ts";
import type { Session } from "./session.ts";

/** What closing a week would put on the record, or why it cannot be closed yet. Reads the whole log. */
export async function decideWeek(session: Session, week: string): Promise<ReturnType<typeof decideClose>> {
  const { funds } = await session.books();
  const books = new CloseBooks();
  for await (const { opened } of session.read(0, session.size)) {
    books.see(toFundsEntry(opened));
    session.progress.update(session.words.openingBooks, opened.index ?? 0, session.size);
  }
  session.progress.end();
  const today = new Date(session.now()).toISOString().slice(0, 10);
  return decideClose(funds, books, { week, today });
}
