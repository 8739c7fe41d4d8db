/**
 * What the record asks of any storage: SQLite today, others later. `conformance.ts` is this contract as a test
 * suite; a storage that passes it may be used, one that does not must not.
 *
 * The one promise everything else leans on: `commit` is atomic and durable. When it has returned, the entries,
 * their boxes, the newly full tiles and the checkpoint survive `kill -9` and a power cut, together; when it has
 * thrown, none of them is there. That is the durability order of a transparency log (entry, tiles, fsync, and
 * only then the checkpoint) in its strictest form: no reader can ever see a checkpoint without what it covers.
 *
 * Storage is trusted to keep, not to be honest: see docs/concepts/durability.md for what someone who can write
 * to it gains. Boxes, objects, cache and files are ciphertext or public before they get here.
 */

/** The last checkpoint committed and the number of entries it covers. */
export type Head = { readonly size: number; readonly checkpoint: string };

/** An encrypted document and the wrapped key that opens it. Erasing the key is what erasure means. */
export type SealedBox = { readonly box: Uint8Array; readonly keybox: Uint8Array };

/** An entry on its way in. `hash` is SHA-256 of the ASCII of `jwt`, the whole 32 bytes. */
export type NewEntry = { readonly jwt: string; readonly hash: Uint8Array; readonly box?: SealedBox };

export type StoredEntry = { readonly index: number; readonly jwt: string; readonly hash: Uint8Array };

export type StoredBox = SealedBox & { readonly index: number };

/**
 * A hash tile that has just become full: 256 hashes, 8 192 bytes, written once and never again. `root` is the
 * hash over it, the one the next level up holds; keeping it beside the tile lets a log open without reading
 * tiles. Partial tiles are not stored: they follow from leaf hashes and from the roots one level down.
 */
export type FullTile = {
  readonly level: number;
  readonly n: number;
  readonly bytes: Uint8Array;
  readonly root: Uint8Array;
};

/** A named blob such as "epoch/finance/3/x25519.age". The name is stored in the clear: never put a secret in it. */
export type NamedObject = { readonly name: string; readonly bytes: Uint8Array };

export type ObjectSize = { readonly name: string; readonly size: number };

export type Commit = {
  /** The size the writer built on. A store of another size refuses with `StoreConflict`: this is the real lock. */
  readonly expectedSize: number;
  readonly entries: readonly NewEntry[];
  /** Tiles that became full with these entries, and no others. */
  readonly tiles: readonly FullTile[];
  /** The signed note over the tree after these entries. */
  readonly checkpoint: string;
  readonly objects?: readonly NamedObject[];
};

/** Something `checkIntegrity` found; `message` is for a person. */
export type StoreProblem = { readonly code: string; readonly message: string };

/** 64 MiB: the disclosures of 4 096 bank lines take about 4 MiB. Larger things are files. */
export const boxBytesMax = 64 * 1024 * 1024;
/** Key boxes are 104 bytes today; the room is for wrappings of tomorrow. */
export const keyboxBytesMax = 64 * 1024;
export const objectBytesMax = 64 * 1024 * 1024;

/**
 * A log in storage. Opening is up to each storage and answers with a value when the folder is busy, missing or
 * foreign; once open, the methods throw only `StoreConflict`, `StoreFull`, `StoreDamaged`, `StoreUnreachable` (a storage
 * behind a network) or, for our own bugs, a plain error. Ranges are half-open: `from` ≤ index < `to`.
 */
export interface RecordStore extends AsyncDisposable {
  /** undefined before the first commit. */
  head(): Promise<Head | undefined>;
  /**
   * One durable, atomic commit; returns after fsync. Each entry is read back and hashed before it is sealed in:
   * past logs died of one bit that flipped between hashing and storing.
   *
   * Throws `StoreConflict` (someone else appended, or the entry is there already), `StoreFull` (nothing changed;
   * the store works on once there is space), `StoreDamaged` (nothing changed, or the disk would not say).
   */
  commit(commit: Commit): Promise<void>;
  /** Entries in order of index. Reading pages through, so commits may go on meanwhile. */
  entries(from: number, to: number): AsyncIterable<StoredEntry>;
  /** The entries at positions given in rising order, none twice; a position beyond the log gives nothing. */
  entriesAt(positions: readonly number[]): AsyncIterable<StoredEntry>;
  entryByHash(hash: Uint8Array): Promise<StoredEntry | undefined>;
  /** The tree's leaf hashes, 32 bytes each, concatenated. Shorter than asked when the log is. */
  leafHashes(from: number, to: number): Promise<Uint8Array>;
  fullTile(level: number, n: number): Promise<Uint8Array | undefined>;
  /** Roots of full tiles `from` ≤ n < `to` of a level, 32 bytes each, concatenated: level + 1 of the tree. */
  tileRoots(level: number, from: number, to: number): Promise<Uint8Array>;
  box(index: number): Promise<SealedBox | undefined>;
  boxes(from: number, to: number): AsyncIterable<StoredBox>;
  /**
   * Removes box and key box for good: durable when it returns, and overwritten in the storage's own files as far
   * as the storage can (`conformance.ts` looks for the bytes). What the disk keeps below the file is not ours.
   */
  eraseBox(index: number): Promise<void>;
  object(name: string): Promise<Uint8Array | undefined>;
  /** All objects whose name starts with `prefix`, in order of name. */
  objects(prefix: string): Promise<readonly NamedObject[]>;
  /** What they are called and how many bytes each has, without reading them: all letters together may be more than fits into memory. */
  objectSizes(prefix: string): Promise<readonly ObjectSize[]>;
  /** Writes or replaces one object durably, outside any commit. */
  putObject(name: string, bytes: Uint8Array): Promise<void>;
  /** A snapshot kept to save time. It may be missing or torn at any moment, so seal it and check what comes back. */
  cache(name: string): Promise<Uint8Array | undefined>;
  /** false when it could not be kept (full disk, read-only folder): never a reason to stop. */
  putCache(name: string, bytes: Uint8Array): Promise<boolean>;
  /** The storage's own check of its own files. An empty list means that it found nothing. */
  checkIntegrity(): Promise<readonly StoreProblem[]>;
}

/**
 * The log is not where the writer believed: another writer was first. `sizeFound` is what the store holds.
 * Nothing was changed. The remedy is to read the head again and decide again.
 */
export class StoreConflict extends Error {
  readonly code = "store-conflict";
  readonly sizeExpected: number;
  readonly sizeFound: number;
  /** "entry-twice": the size was right, but the log holds one of the entries already. */
  readonly reason: "size" | "entry-twice";
  constructor(sizeExpected: number, sizeFound: number, reason: "size" | "entry-twice" = "size") {
    super(
      reason === "size"
        ? `the log holds ${sizeFound} entries, the writer expected ${sizeExpected}`
        : "the log holds one of these entries already",
    );
    this.name = "StoreConflict";
    this.reason = reason;
    this.sizeExpected = sizeExpected;
    this.sizeFound = sizeFound;
  }
}

/** The disk is full. Nothing was changed; free some space and try again. */
export class StoreFull extends Error {
  readonly code = "store-full";
  constructor(cause?: unknown) {
    super("the disk is full: nothing was written; free some space and try again", { cause });
    this.name = "StoreFull";
  }
}

/**
 * The storage cannot be believed: a page does not parse, a row reads back differently, or the disk reported an
 * error. A store that failed while writing refuses further writes until it is opened again, because after a
 * failed fsync nobody knows what is on the disk.
 */
export class StoreDamaged extends Error {
  readonly code = "store-damaged";
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StoreDamaged";
  }
}

/**
 * The database server does not answer, or answers that it must not write (a standby). Nothing was changed, unless the
 * message says that it could not find out: then read the head again, once the server is back. Writing goes on then.
 */
export class StoreUnreachable extends Error {
  readonly code = "store-unreachable";
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StoreUnreachable";
  }
}
