import type { DatabaseSync } from "node:sqlite";
import { equalBytes } from "#record/bytes.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { sha256OfText } from "#record/hash.ts";
import { checkCommit, checkName } from "../limits.ts";
import type {
  Commit,
  Head,
  NamedObject,
  NewEntry,
  ObjectSize,
  RecordStore,
  SealedBox,
  StoreProblem,
  StoredBox,
  StoredEntry,
} from "../contract.ts";
import { StoreConflict, StoreDamaged, objectBytesMax } from "../contract.ts";
import type { CacheFolder } from "../files/cache-folder.ts";
import { asStoreError, sqliteFailure } from "./connection.ts";
import type { Statements } from "./statements.ts";
import { blobOf, integerOf, prepareStatements, textOf } from "./statements.ts";

/** What one page of a long read may hold in memory at once. */
const pageRowsMax = 512;
const pageBytesMax = 8 * 1024 * 1024;

export type SqliteStoreParts = {
  readonly db: DatabaseSync;
  readonly mode: "read" | "write";
  readonly cache: CacheFolder;
  /** Runs once, after the database is closed. */
  readonly onClose: () => void;
};

/** The record in one SQLite file. Opened by `openSqliteStore`, which says what can be wrong with a folder. */
export class SqliteStore implements RecordStore {
  readonly #db: DatabaseSync;
  readonly #mode: "read" | "write";
  readonly #cache: CacheFolder;
  readonly #onClose: () => void;
  readonly #sql: Statements;
  /** Why writing stopped for good; see `StoreDamaged`. */
  #writeFailure: unknown;
  /** Erased bytes may still lie in the WAL, because a reader was in the way of the checkpoint. */
  #scrubPending = false;
  #closed = false;

  constructor(parts: SqliteStoreParts) {
    this.#db = parts.db;
    this.#mode = parts.mode;
    this.#cache = parts.cache;
    this.#onClose = parts.onClose;
    this.#sql = prepareStatements(parts.db);
  }

  async head(): Promise<Head | undefined> {
    return this.#read(() => this.#head());
  }

  async commit(commit: Commit): Promise<void> {
    checkCommit(commit);
    const { expectedSize, entries } = commit;
    const sql = this.#sql;
    this.#write(() => {
      // First of all, so that a writer who is behind learns it before he writes anything.
      const advanced = sql.advance.run(expectedSize + entries.length, commit.checkpoint, expectedSize);
      if (advanced.changes !== 1) throw new StoreConflict(expectedSize, this.#size());
      let index = expectedSize;
      for (const { jwt, hash, box } of entries) {
        this.#addEntry(index, hash, jwt, expectedSize);
        if (box !== undefined) sql.addBox.run(index, box.keybox, box.box);
        index++;
      }
      for (const { level, n, root, bytes } of commit.tiles) sql.addTile.run(level, n, root, bytes);
      for (const { name, bytes } of commit.objects ?? []) sql.putObject.run(name, bytes);
      // The checkpoint was signed over hashes of what the caller had in memory. Read what SQLite will write, and hash
      // that: a bit that flipped in between would make a signed root over an entry nobody can ever show again.
      this.#readBack(expectedSize, entries);
    });
  }

  entries(from: number, to: number): AsyncIterable<StoredEntry> {
    return this.#pages(
      from,
      (start) => this.#sql.entryPage.iterate(start, to),
      (row) => entryOf(row),
      (entry) => entry.jwt.length,
    );
  }

  async *entriesAt(positions: readonly number[]): AsyncGenerator<StoredEntry> {
    for (const position of positions) {
      const row = this.#read(() => this.#sql.entryAt.get(position));
      if (row !== undefined) yield entryOf(row);
    }
  }

  async entryByHash(hash: Uint8Array): Promise<StoredEntry | undefined> {
    return this.#read(() => {
      const row = this.#sql.entryByHash.get(hash);
      return row === undefined ? undefined : entryOf(row);
    });
  }

  async leafHashes(from: number, to: number): Promise<Uint8Array> {
    return this.#read(() =>
      this.#hashColumn(this.#sql.hashes.iterate(from, to), "idx", "hash", from, to, leafHashOfEntry),
    );
  }

  async fullTile(level: number, n: number): Promise<Uint8Array | undefined> {
    return this.#read(() => {
      const row = this.#sql.fullTile.get(level, n);
      return row === undefined ? undefined : blobOf(row, "bytes");
    });
  }

  async tileRoots(level: number, from: number, to: number): Promise<Uint8Array> {
    return this.#read(() =>
      this.#hashColumn(this.#sql.tileRoots.iterate(level, from, to), "n", "root", from, to),
    );
  }

  async box(index: number): Promise<SealedBox | undefined> {
    return this.#read(() => {
      const row = this.#sql.box.get(index);
      return row === undefined ? undefined : { box: blobOf(row, "box"), keybox: blobOf(row, "keybox") };
    });
  }

  boxes(from: number, to: number): AsyncIterable<StoredBox> {
    return this.#pages(
      from,
      (start) => this.#sql.boxPage.iterate(start, to),
      (row) => ({ index: integerOf(row, "idx"), box: blobOf(row, "box"), keybox: blobOf(row, "keybox") }),
      (stored) => stored.box.length,
    );
  }

  async eraseBox(index: number): Promise<void> {
    this.#write(() => void this.#sql.eraseBox.run(index));
    this.#scrubPending = true;
    this.#scrub();
  }

  async object(name: string): Promise<Uint8Array | undefined> {
    return this.#read(() => {
      const row = this.#sql.object.get(name);
      return row === undefined ? undefined : blobOf(row, "bytes");
    });
  }

  async objects(prefix: string): Promise<readonly NamedObject[]> {
    // Names are ASCII, so the character after "~" bounds every name that starts with the prefix.
    return this.#read(() =>
      this.#sql.objects
        .all(prefix, `${prefix}\u007f`)
        .map((row) => ({ name: textOf(row, "name"), bytes: blobOf(row, "bytes") })),
    );
  }

  async objectSizes(prefix: string): Promise<readonly ObjectSize[]> {
    return this.#read(() =>
      this.#sql.objectSizes
        .all(prefix, `${prefix}\u007f`)
        .map((row) => ({ name: textOf(row, "name"), size: integerOf(row, "size") })),
    );
  }

  async putObject(name: string, bytes: Uint8Array): Promise<void> {
    checkName(name);
    if (bytes.length > objectBytesMax) throw new Error(`bug: an object of ${bytes.length} bytes`);
    this.#write(() => void this.#sql.putObject.run(name, bytes));
  }

  async cache(name: string): Promise<Uint8Array | undefined> {
    checkName(name);
    return this.#cache.read(name);
  }

  async putCache(name: string, bytes: Uint8Array): Promise<boolean> {
    checkName(name);
    return this.#cache.write(name, bytes);
  }

  async checkIntegrity(): Promise<readonly StoreProblem[]> {
    const problems: StoreProblem[] = [];
    try {
      for (const row of this.#db.prepare("PRAGMA integrity_check(100)").all()) {
        const said = textOf(row, "integrity_check");
        if (said !== "ok") problems.push({ code: "sqlite-integrity", message: said });
      }
      const beyond = this.#db
        .prepare("SELECT count(*) AS n FROM entries WHERE idx < 0 OR idx >= ?")
        .get(this.#size());
      if (beyond !== undefined && integerOf(beyond, "n") > 0) {
        problems.push({
          code: "entries-beyond-head",
          message: `${integerOf(beyond, "n")} entries lie outside the log`,
        });
      }
    } catch (cause) {
      const failure = asStoreError(cause);
      problems.push({
        code: "sqlite-unreadable",
        message: failure instanceof Error ? failure.message : String(failure),
      });
    }
    return problems;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#scrub();
    } finally {
      // The last connection to close copies the WAL into the database and removes it.
      this.#db.close();
      this.#onClose();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #head(): Head | undefined {
    const row = this.#headRow();
    const size = integerOf(row, "size");
    if (row["checkpoint"] === null && size === 0) return undefined;
    return { size, checkpoint: textOf(row, "checkpoint") };
  }

  #size(): number {
    return integerOf(this.#headRow(), "size");
  }

  #headRow(): Record<string, unknown> {
    const row = this.#sql.head.get();
    if (row === undefined) throw new StoreDamaged("the database has lost its head row");
    return row;
  }

  #addEntry(index: number, hash: Uint8Array, jwt: string, expectedSize: number): void {
    try {
      this.#sql.addEntry.run(index, hash, jwt);
    } catch (cause) {
      if (sqliteFailure(cause) === "constraint")
        throw new StoreConflict(expectedSize, expectedSize, "entry-twice");
      throw cause;
    }
  }

  #readBack(from: number, entries: readonly NewEntry[]): void {
    let index = from;
    // One query for all: a query for each costs a batch of 256 a twelfth of its processor time.
    for (const row of this.#sql.readBack.iterate(from)) {
      const hash = entries[index - from]?.hash ?? new Uint8Array();
      const isIntact =
        row["idx"] === index &&
        equalBytes(blobOf(row, "hash"), hash) &&
        equalBytes(sha256OfText(textOf(row, "jwt")), hash);
      if (!isIntact) break;
      index++;
    }
    if (index !== from + entries.length)
      throw new StoreDamaged(`entry ${index} did not read back as it was hashed; nothing was signed in`);
  }

  /** Runs `body` in one transaction, which is on the disk when this returns and leaves no trace when it throws. */
  #write(body: () => void): void {
    if (this.#mode === "read") throw new Error("bug: this store was opened for reading");
    if (this.#writeFailure !== undefined) {
      throw new StoreDamaged("writing failed before; open the data folder again", this.#writeFailure);
    }
    try {
      this.#sql.begin.run();
      body();
      this.#sql.commit.run();
    } catch (cause) {
      const failure = this.#sqliteBusy(cause) ?? asStoreError(cause);
      try {
        // On a full disk SQLite may have rolled back by itself.
        if (this.#db.isTransaction) this.#sql.rollback.run();
      } catch (second) {
        this.#writeFailure = second;
      }
      // After a failed fsync nobody knows what is on the disk, so no further writing on top of it.
      if (failure instanceof StoreDamaged) this.#writeFailure = failure;
      throw failure;
    }
  }

  /** Another process keeps writing although it should hold the lock first: to the caller that is a lost race. */
  #sqliteBusy(cause: unknown): StoreConflict | undefined {
    if (sqliteFailure(cause) !== "busy") return undefined;
    const size = this.#size();
    return new StoreConflict(size, size);
  }

  #read<T>(body: () => T): T {
    try {
      return body();
    } catch (cause) {
      throw asStoreError(cause);
    }
  }

  /**
   * Erased rows were overwritten in place (secure_delete), but their old pages may still lie in the WAL. Copying it
   * back and truncating it removes them from our files. A reader can be in the way; then the next chance is at close.
   */
  #scrub(): void {
    if (!this.#scrubPending || this.#mode === "read") return;
    const row = this.#read(() => this.#db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get());
    if (row !== undefined && row["busy"] === 0) this.#scrubPending = false;
  }

  /** One column of hashes as one array. Stops at a hole: a caller that asked for more sees the missing length. */
  #hashColumn(
    rows: Iterable<Record<string, unknown>>,
    key: string,
    column: string,
    from: number,
    to: number,
    map: (hash: Uint8Array) => Uint8Array = (hash) => hash,
  ): Uint8Array {
    const found: Uint8Array[] = [];
    let next = from;
    for (const row of rows) {
      if (integerOf(row, key) !== next || next >= to) break;
      const hash = blobOf(row, column);
      if (hash.length !== 32) throw new StoreDamaged(`a stored hash has ${hash.length} bytes`);
      found.push(map(hash));
      next++;
    }
    const all = new Uint8Array(found.length * 32);
    found.forEach((hash, i) => all.set(hash, i * 32));
    return all;
  }

  async *#pages<T extends { readonly index: number }>(
    from: number,
    rowsFrom: (start: number) => Iterable<Record<string, unknown>>,
    parse: (row: Record<string, unknown>) => T,
    bytesOf: (item: T) => number,
  ): AsyncGenerator<T> {
    let start = from;
    for (;;) {
      // A page at a time: a read left open across commits would keep the WAL from being copied back.
      const page = this.#read(() => {
        const items: T[] = [];
        let bytes = 0;
        for (const row of rowsFrom(start)) {
          const item = parse(row);
          items.push(item);
          bytes += bytesOf(item);
          if (items.length >= pageRowsMax || bytes >= pageBytesMax) break;
        }
        return items;
      });
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      start = last.index + 1;
    }
  }
}

function entryOf(row: Record<string, unknown>): StoredEntry {
  return { index: integerOf(row, "idx"), jwt: textOf(row, "jwt"), hash: blobOf(row, "hash") };
}
