import type { KnownLine } from "./bank-line.ts";
import type { Ground, Part, Party } from "./entries.ts";

/** A bank row in the record, with where it counts now. Found by whoever can open its box. */
export type RecordedLine = KnownLine & {
  /** Account id, not its number. */
  readonly account: string;
  readonly currency: string;
  readonly memo?: string | undefined;
  readonly party?: Party | undefined;
  readonly nullifier: string;
  /** Hash of the entry that attributes it now; a move names it in `corrects`. */
  readonly entry: string;
  readonly to: readonly Part[];
  readonly ground: Ground;
};

/** Look-ups of bank rows, answered by the session (`line-index.ts` answers them from opened entries). */
export type LinePort = {
  /** Rows of an account on some days, by position. */
  onDays(account: string, days: readonly string[]): Promise<readonly KnownLine[]>;
  /** Attributed rows under each of the references, credits and debits. */
  byReferences(references: readonly string[]): Promise<ReadonlyMap<string, readonly RecordedLine[]>>;
  byNullifiers(nullifiers: readonly string[]): Promise<ReadonlyMap<string, RecordedLine>>;
};

/** HMAC-SHA256 under the foundation's nullifier key. The key itself never reaches the rules. */
export type KeyedDigest = (text: string) => Uint8Array;
