import type { AppendOptions, Appended, AppendRefusal, Log } from "#log/sequencer.ts";
import type { Result } from "#record/result.ts";
import type { NewEntry, RecordStore } from "#storage/contract.ts";
import type { RoomSnapshotPort } from "./books/room-snapshot.ts";

/** What a session reads from a storage, near or behind a server. */
export type RecordReader = Pick<
  RecordStore,
  | "head"
  | "entries"
  | "entriesAt"
  | "entryByHash"
  | "leafHashes"
  | "fullTile"
  | "tileRoots"
  | "box"
  | "object"
  | "objects"
  | "cache"
  | "putCache"
> & {
  /**
   * Drops what is kept of an entry whose box did not open. No tree covers boxes: one that a server spoilt once would else stay
   * spoilt on this device. Absent where nothing is kept.
   */
  forget?(index: number): Promise<void>;
};

/**
 * Where the record is: a folder on this machine, a server, or memory. Whoever makes a port answers for this: `size`,
 * `root` and `checkpoint` were verified against the log's key, and what `reader` gives belongs to that tree.
 */
export type RecordPort = {
  readonly reader: RecordReader;
  readonly size: number;
  readonly root: Uint8Array;
  /** The last signed checkpoint; undefined before the first entry. */
  readonly checkpoint: string | undefined;
  /**
   * True where somebody else runs the log: each entry's author is then checked before it counts, and snapshots are believed only
   * when this member's own device made them.
   */
  readonly isElsewhere?: boolean;
  /** Absent where one may only read. Answers when the entries are durable. */
  append?(entries: readonly NewEntry[], options?: AppendOptions): Promise<Result<Appended, AppendRefusal>>;
  /** What readers of a room leave for newcomers; absent where nobody else is. */
  readonly roomSnapshots?: RoomSnapshotPort;
  /** Keeps a sealed snapshot on this device alone, where the reader's `cache` finds it. */
  keepHere?(name: string, bytes: Uint8Array): Promise<void>;
  /** Looks for what others appended; true when the log grew. Throws when it is not the same log grown. */
  refresh?(): Promise<boolean>;
};

/** The port to a log that is run in this process. */
export function localPort(reader: RecordReader, log: Log): RecordPort {
  return {
    reader,
    get size() {
      return log.size;
    },
    get root() {
      return log.root;
    },
    get checkpoint() {
      return log.checkpoint();
    },
    append: (entries, options) => log.append(entries, options),
  };
}
