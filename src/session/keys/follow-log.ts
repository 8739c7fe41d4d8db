import type { FundsEntry } from "#domain/funds/entries.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { AuthorCheck, inGroups } from "./author-check.ts";
import type { Books } from "../books/books.ts";
import { toFundsEntry } from "../books/funds-entry.ts";
import { openStored, parseStored } from "../opening.ts";
import type { RecordPort } from "../record-port.ts";
import { epochWithheld, withheldBy, type WithheldEpoch } from "./withheld.ts";

type Follower = {
  readonly port: RecordPort;
  /** As it is when asked: keys may come while the entries are read. */
  readonly keyring: () => Keyring;
  /** Told of an epoch whose key is not here; what is sealed under it then stays closed. Left out: it stops there. */
  readonly onWithheld?: (withheld: WithheldEpoch) => void;
};

/**
 * The entries after those that the books have taken, up to `size`, opened with what this member may read. Where somebody else runs
 * the log, each comes only when its author, its stream and what its author had seen were found right.
 *
 * @throws Failure `epoch-withheld`, `entry-forged`, `log-rewritten`, `record-damaged`, and what the port throws.
 */
export async function* followLog(
  { port, keyring, onWithheld }: Follower,
  books: Pick<Books, "size" | "streams">,
  size: number,
): AsyncGenerator<FundsEntry> {
  const store = port.reader;
  const check = port.isElsewhere === true && (await AuthorCheck.after(store, books, size));
  const checked = inGroups(store.entries(books.size, size), async (stored) => {
    const parsed = parseStored(stored);
    const signed = check === false ? undefined : await check.take(parsed);
    const withheld = signed && withheldBy(parsed, signed.author, keyring());
    if (withheld !== undefined) {
      await signed?.signed;
      if (onWithheld === undefined) throw epochWithheld(withheld);
      onWithheld(withheld);
    }
    return { opened: (await openStored({ store, keyring: keyring() }, stored, parsed)).opened, signed };
  });
  for await (const opened of checked) yield toFundsEntry(opened);
}
