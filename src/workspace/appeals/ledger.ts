import type { JsonObject } from "#domain/funds/entries.ts";
import { toBase64Url } from "#record/bytes.ts";
import { toFundsEntry } from "#session/books/funds-entry.ts";
import { readAt } from "#session/books/read-at.ts";
import type { Session } from "#session/session.ts";

/** One entry of the record as lists show it. */
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

/** The entries at the positions, in log order. No other box is opened. */
export async function entriesAt(
  session: Session,
  positions: Iterable<number>,
): Promise<readonly LedgerEntry[]> {
  const found: LedgerEntry[] = [];
  for await (const { stored, opened } of readAt(session, positions)) {
    const { hash, type, at, kid, pub, hidden } = toFundsEntry(opened);
    found.push({ index: stored.index, hash: toBase64Url(hash), type, at, kid, pub, hidden });
  }
  return found;
}

/** A text member of an entry; undefined where it is absent or was not opened. */
export function textOf(from: JsonObject, name: string): string | undefined {
  const value = from[name];
  return typeof value === "string" ? value : undefined;
}
