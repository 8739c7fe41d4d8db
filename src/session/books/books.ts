import type { FundsEntry } from "#domain/funds/entries.ts";
import { foldFunds } from "#domain/funds/fold.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { emptyFunds } from "#domain/funds/state.ts";

/** Raised when the fold or the snapshot changes meaning: older snapshots are then computed anew. */
export const foldVersion = 3;

/** Last entry of a public stream: where the next one continues. */
export type StreamEnd = { readonly seq: number; readonly hash: Uint8Array };

/** The books at one size of the log, and the ends of its streams. Changed in place as entries are taken. */
export type Books = {
  size: number;
  readonly streams: Map<string, StreamEnd>;
  funds: FundsState;
};

export function emptyBooks(): Books {
  return { size: 0, streams: new Map(), funds: emptyFunds() };
}

/** Takes one entry into the books: where its stream ends now, and what it says. */
export function takeInto(books: Books, entry: FundsEntry): void {
  if (entry.stream !== undefined)
    books.streams.set(entry.stream.id, { seq: entry.stream.seq, hash: entry.hash });
  books.funds = foldFunds(books.funds, entry);
  books.size += 1;
}
