import type { FundsState } from "#domain/funds/state.ts";
import { emptyFunds } from "#domain/funds/state.ts";

/** Raised when the fold or the snapshot changes meaning: older snapshots are then computed anew. */
export const foldVersion = 2;

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
