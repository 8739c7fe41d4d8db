import { CloseBooks } from "#domain/funds/close-books.ts";
import { decideClose } from "#domain/funds/decide-close.ts";
import type { Call } from "../commands.ts";
import { refused } from "../failure.ts";
import { toFundsEntry } from "../session/funds-entry.ts";
import { openSession } from "../session/open-session.ts";
import { recordDecided } from "../session/record-decided.ts";

/** Closes a week: the public count and sum of each appeal, in classes that point to no single gift. */
export async function run(call: Call): Promise<void> {
  const { args } = call;
  const week = args.positionals[0] ?? "";
  await using session = await openSession(call, "write");
  const { funds } = await session.books();
  const books = new CloseBooks();
  for await (const { opened } of session.read(0, session.size)) books.see(toFundsEntry(opened));
  const today = new Date(session.now()).toISOString().slice(0, 10);
  const decided = decideClose(funds, books, { week, today });
  if (!decided.ok) throw refused(decided.refusal);
  await recordDecided(session, call, week, decided.value);
}
