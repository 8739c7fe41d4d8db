import type { Draft, IssuingContext, SealedEntry } from "./issuing.ts";
import type { StreamEnd } from "./books/books.ts";

/** Takes batches of drafts in order. `onDurable` gets the entries' hashes once they are in the log. */
export type Appender = {
  push(drafts: readonly Draft[], onDurable?: (hashes: readonly Uint8Array[]) => void): Promise<void>;
  /** Resolves when every batch is durable. */
  flush(): Promise<void>;
  end(): Promise<void>;
};

/** The keys of the one who appends, in a form that can be handed to another thread of the same process. */
export type BulkKeys = {
  readonly signingSeed: Uint8Array;
  readonly room: Uint8Array;
  readonly epoch: number;
  readonly epochKey: Uint8Array;
  readonly ends: readonly (readonly [string, StreamEnd])[];
};

/** What an appender that signs and seals beside the session needs of it. */
export type BulkDeps = {
  readonly keys: BulkKeys;
  /** What the next batch is signed with. */
  context(): IssuingContext;
  /** Appends a signed batch durably and takes it into the books. */
  commit(drafts: readonly Draft[], sealed: readonly SealedEntry[]): Promise<void>;
};
