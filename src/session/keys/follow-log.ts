import type { FundsEntry } from "#domain/funds/entries.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { AuthorCheck, inGroups } from "./author-check.ts";
import type { Books } from "../books/books.ts";
import { toFundsEntry } from "../books/funds-entry.ts";
import { openStored, parseStored } from "../opening.ts";
import type { RecordPort } from "../record-port.ts";

type Follower = { readonly port: RecordPort; readonly keyring: Keyring };

/**
 * The entries after those that the books have taken, up to `size`, opened with what this member may read. Where somebody else runs
 * the log, each comes only when its author, its stream and what its author had seen were found right.
 *
 * @throws Failure `entry-forged`, `log-rewritten`, `record-damaged`, and what the port throws.
 */
export async function* followLog(
  { port, keyring }: Follower,
  books: Pick<Books, "size" | "streams">,
  size: number,
): AsyncGenerator<FundsEntry> {
  const store = port.reader;
  const check = port.isElsewhere === true && (await AuthorCheck.after(store, books, size));
  const checked = inGroups(store.entries(books.size, size), async (stored) => {
    const parsed = parseStored(stored);
    const signed = check === false ? undefined : await check.take(parsed);
    return { opened: (await openStored({ store, keyring }, stored, parsed)).opened, signed };
  });
  for await (const opened of checked) yield toFundsEntry(opened);
}
