import { LineIndex } from "#domain/funds/line-index.ts";
import type { FundsEntry, JsonObject } from "#domain/funds/entries.ts";
import { toBase64Url } from "#record/bytes.ts";
import { toFundsEntry } from "#session/funds-entry.ts";
import type { Session } from "#session/session.ts";

/** One entry of the record as lists show it. Rows of banks and their attributions are in `lines`, not here. */
export type LedgerEntry = {
  readonly index: number;
  /** base64url, as corrections and moves name it. */
  readonly hash: string;
  readonly type: string;
  /** Unix seconds by the author's clock. */
  readonly at: number;
  readonly kid: string;
  readonly pub: JsonObject;
  readonly hidden: JsonObject;
};

/**
 * What lists need beyond the sums of the books: every bank row with where it counts, and every other entry by itself.
 * Built when a list is first opened and extended as the log grows; the books alone answer "how much".
 */
export type Ledger = {
  readonly lines: LineIndex;
  readonly entries: readonly LedgerEntry[];
};

type Growing = {
  readonly lines: LineIndex;
  readonly entries: LedgerEntry[];
  size: number;
  last: Promise<unknown>;
};

const ledgers = new WeakMap<Session, Growing>();
const bulky: ReadonlySet<string> = new Set(["statement.lines", "attribution"]);

/** The ledger at the present size of the log. The first time it opens every box, and says how far it is. */
export function ledgerOf(session: Session): Promise<Ledger> {
  let growing = ledgers.get(session);
  if (growing === undefined) {
    growing = { lines: new LineIndex(), entries: [], size: 0, last: Promise.resolve() };
    ledgers.set(session, growing);
  }
  const ledger = growing;
  // One after the other: two readers at once would take the same entries twice.
  const grown = ledger.last.then(() => grow(ledger, session));
  ledger.last = grown.catch(() => undefined);
  return grown;
}

/**
 * The entries that `isWanted`, in log order. From the ledger where it is there already; otherwise only their boxes are opened,
 * so the page of one payment does not wait for every bank row.
 */
export async function entriesWhere(
  session: Session,
  isWanted: (type: string, pub: JsonObject) => boolean,
): Promise<readonly LedgerEntry[]> {
  const known = ledgers.get(session);
  if (known !== undefined && known.size === session.size)
    return known.entries.filter(({ type, pub }) => isWanted(type, pub));
  const found: LedgerEntry[] = [];
  for await (const { opened } of session.readWhere(({ payload }) => isWanted(payload.type, payload.pub)))
    found.push(ledgerEntry(toFundsEntry(opened), opened.index ?? 0));
  return found;
}

function ledgerEntry({ hash, type, at, kid, pub, hidden }: FundsEntry, index: number): LedgerEntry {
  const isBulky = bulky.has(type);
  return {
    index,
    hash: toBase64Url(hash),
    type,
    at,
    kid,
    pub: isBulky ? {} : pub,
    hidden: isBulky ? {} : hidden,
  };
}

async function grow(ledger: Growing, session: Session): Promise<Ledger> {
  const { size } = session;
  const isLong = size - ledger.size > 500;
  for await (const { opened } of session.read(ledger.size, size)) {
    const entry = toFundsEntry(opened);
    ledger.lines.see(entry);
    ledger.entries.push(ledgerEntry(entry, ledger.size));
    ledger.size += 1;
    if (isLong) session.progress.update(session.words.openingBooks, ledger.size, size);
  }
  if (isLong) session.progress.end();
  return ledger;
}

/** A text member of an entry; undefined where it is absent or was not opened. */
export function textOf(from: JsonObject, name: string): string | undefined {
  const value = from[name];
  return typeof value === "string" ? value : undefined;
}
