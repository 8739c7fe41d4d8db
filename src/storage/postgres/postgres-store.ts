import type { Pool, PoolClient, QueryResult } from "pg";
import { concatBytes, equalBytes } from "#record/bytes.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { assert } from "#record/result.ts";
import type {
  Commit,
  Head,
  NamedObject,
  ObjectSize,
  RecordStore,
  SealedBox,
  StoreProblem,
  StoredBox,
  StoredEntry,
} from "../contract.ts";
import { StoreConflict, StoreDamaged, StoreUnreachable, objectBytesMax } from "../contract.ts";
import { checkCommit, checkName } from "../limits.ts";
import type { HeadListener } from "./changes.ts";
import { listenForHead } from "./changes.ts";
import { insertsOf } from "./commit-parts.ts";
import type { Row } from "./connection.ts";
import { asStoreError, postgresFailure, run } from "./connection.ts";
import { findProblems } from "./integrity.ts";
import { blobOf, entryOf, hashColumn, headOf, integerOf, textOf } from "./rows.ts";
import { sql } from "./statements.ts";

/** Entries asked for by position in one query: each may be a MiB. */
const positionsAtOnce = 64;

/** How long a commit whose connection broke goes on asking the server whether it was done. */
const settleMs = 30_000;

export type PostgresStoreParts = {
  readonly pool: Pool;
  readonly mode: "read" | "write";
  readonly url: string;
};

/** The record in one PostgreSQL database. Opened by `openPostgresStore`, which says what can be wrong with it. */
export class PostgresStore implements RecordStore {
  readonly #pool: Pool;
  readonly #mode: "read" | "write";
  readonly #url: string;
  readonly #listeners = new Set<HeadListener>();
  /** Why writing stopped for good; see `StoreDamaged`. */
  #writeFailure: unknown;
  /** Erased bytes may still lie in the table's file, because a reader was in the way of its rewriting. */
  #scrubPending = false;
  #closed = false;

  constructor(parts: PostgresStoreParts) {
    this.#pool = parts.pool;
    this.#mode = parts.mode;
    this.#url = parts.url;
  }

  async head(): Promise<Head | undefined> {
    return this.#read(async () => headOf((await run(this.#pool, sql.head)).rows[0]));
  }

  async commit(commit: Commit): Promise<void> {
    checkCommit(commit);
    await this.#write(
      (client) => this.#commit(client, commit),
      (broken) => this.#wasCommitted(commit, broken),
    );
  }

  async #commit(client: PoolClient, { expectedSize, entries, ...commit }: Commit): Promise<void> {
    const size = expectedSize + entries.length;
    const [, advanced] = await Promise.all([
      client.query("BEGIN"),
      // First of all, so that a writer who is behind learns it before he writes anything.
      run(client, sql.advance, [size, commit.checkpoint, expectedSize]),
    ]);
    if (advanced.rowCount !== 1) {
      const head = headOf((await run(client, sql.head)).rows[0]);
      throw new StoreConflict(expectedSize, head?.size ?? 0);
    }
    const inserts = insertsOf(expectedSize, entries, commit.tiles, commit.objects ?? []);
    const readBack = (
      await Promise.all([
        ...inserts.map(({ statement, values }) => run(client, statement, values)),
        run(client, sql.notify, [String(size)]),
        run(client, sql.readBack, [expectedSize]),
      ])
    ).at(-1);
    // The checkpoint was signed over hashes of what the caller had in memory. Compare with hashes of the rows that the
    // server will write: a bit that flipped in between would make a signed root over an entry nobody can ever show.
    if (entries.length > 0) {
      const row = readBack?.rows[0] ?? {};
      const signed = concatBytes(...entries.map(({ hash }) => hash));
      if (!equalBytes(blobOf(row, "hashes"), signed) || !equalBytes(blobOf(row, "found"), signed))
        throw new StoreDamaged(
          `entries from ${expectedSize} on did not read back as they were hashed; nothing was signed in`,
        );
    }
  }

  async *entries(from: number, to: number): AsyncGenerator<StoredEntry> {
    yield* this.#pages(from, (start) => run(this.#pool, sql.entryPage, [start, to]), entryOf);
  }

  async *entriesAt(positions: readonly number[]): AsyncGenerator<StoredEntry> {
    for (let at = 0; at < positions.length; at += positionsAtOnce) {
      const some = positions.slice(at, at + positionsAtOnce);
      const { rows } = await this.#read(() => run(this.#pool, sql.entriesAt, [some]));
      for (const row of rows) yield entryOf(row);
    }
  }

  async entryByHash(hash: Uint8Array): Promise<StoredEntry | undefined> {
    return this.#read(async () => {
      const row = (await run(this.#pool, sql.entryByHash, [hash])).rows[0];
      return row === undefined ? undefined : entryOf(row);
    });
  }

  async leafHashes(from: number, to: number): Promise<Uint8Array> {
    return this.#read(async () => {
      const { rows } = await run(this.#pool, sql.hashes, [from, Math.min(to, Number.MAX_SAFE_INTEGER)]);
      return hashColumn(rows, "idx", "hash", from, leafHashOfEntry);
    });
  }

  async fullTile(level: number, n: number): Promise<Uint8Array | undefined> {
    return this.#read(async () => {
      const row = (await run(this.#pool, sql.fullTile, [level, n])).rows[0];
      return row === undefined ? undefined : blobOf(row, "bytes");
    });
  }

  async tileRoots(level: number, from: number, to: number): Promise<Uint8Array> {
    return this.#read(async () => {
      const { rows } = await run(this.#pool, sql.tileRoots, [level, from, to]);
      return hashColumn(rows, "n", "root", from);
    });
  }

  async box(index: number): Promise<SealedBox | undefined> {
    return this.#read(async () => {
      const row = (await run(this.#pool, sql.box, [index])).rows[0];
      return row === undefined ? undefined : { box: blobOf(row, "box"), keybox: blobOf(row, "keybox") };
    });
  }

  async *boxes(from: number, to: number): AsyncGenerator<StoredBox> {
    yield* this.#pages(
      from,
      (start) => run(this.#pool, sql.boxPage, [start, to]),
      (row) => ({ index: integerOf(row, "idx"), box: blobOf(row, "box"), keybox: blobOf(row, "keybox") }),
    );
  }

  async eraseBox(index: number): Promise<void> {
    await this.#write(async (client) => {
      await client.query("BEGIN");
      await run(client, sql.eraseBox, [index]);
    });
    this.#scrubPending = true;
    await this.#scrub();
  }

  async object(name: string): Promise<Uint8Array | undefined> {
    return this.#read(async () => {
      const row = (await run(this.#pool, sql.object, [name])).rows[0];
      return row === undefined ? undefined : blobOf(row, "bytes");
    });
  }

  async objects(prefix: string): Promise<readonly NamedObject[]> {
    return this.#read(async () =>
      (await run(this.#pool, sql.objects, [prefix])).rows.map((row) => ({
        name: textOf(row, "name"),
        bytes: blobOf(row, "bytes"),
      })),
    );
  }

  async objectSizes(prefix: string): Promise<readonly ObjectSize[]> {
    return this.#read(async () =>
      (await run(this.#pool, sql.objectSizes, [prefix])).rows.map((row) => ({
        name: textOf(row, "name"),
        size: integerOf(row, "size"),
      })),
    );
  }

  async putObject(name: string, bytes: Uint8Array): Promise<void> {
    checkName(name);
    assert(bytes.length <= objectBytesMax, `an object of ${bytes.length} bytes`);
    await this.#write(async (client) => {
      await client.query("BEGIN");
      await run(client, sql.putObject, [name, bytes]);
    });
  }

  async cache(name: string): Promise<Uint8Array | undefined> {
    checkName(name);
    try {
      const row = (await run(this.#pool, sql.cache, [name])).rows[0];
      return row === undefined ? undefined : blobOf(row, "bytes");
    } catch {
      // A standby has no unlogged tables; and no snapshot is worth stopping for.
      return undefined;
    }
  }

  async putCache(name: string, bytes: Uint8Array): Promise<boolean> {
    checkName(name);
    if (this.#mode === "read") return false;
    try {
      await run(this.#pool, sql.putCache, [name, bytes]);
      return true;
    } catch {
      return false;
    }
  }

  async checkIntegrity(): Promise<readonly StoreProblem[]> {
    return findProblems(this.#pool);
  }

  /**
   * Calls back with the log's size whenever another program (or this one) has committed, so that several servers over
   * one database hear of each other. Sizes may be left out when commits follow fast, and one may come twice: after a
   * lost connection the present size is told again, since what was said meanwhile is lost. Not on a standby.
   *
   *     await using listening = await store.onChange((size) => refresh(size));
   */
  async onChange(callback: (size: number) => void): Promise<AsyncDisposable> {
    try {
      const listener = await listenForHead(this.#url, callback);
      this.#listeners.add(listener);
      return listener;
    } catch (cause) {
      throw asStoreError(cause);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#scrub();
    } finally {
      for (const listener of this.#listeners) await listener[Symbol.asyncDispose]();
      await this.#pool.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /**
   * Runs `body`, which begins a transaction, and commits: on the disk when this returns, without a trace if it throws.
   * `wasDone` finds out which, when the connection broke after COMMIT was sent.
   */
  async #write(
    body: (client: PoolClient) => Promise<void>,
    wasDone: (broken: StoreUnreachable) => Promise<boolean> = async () => false,
  ): Promise<void> {
    assert(this.#mode === "write", "this store was opened for reading");
    if (this.#writeFailure !== undefined)
      throw new StoreDamaged("writing failed before; open the database again", this.#writeFailure);
    let client: PoolClient | undefined;
    let isCommitSent = false;
    let isReusable = false;
    try {
      client = await this.#pool.connect();
      await body(client);
      isCommitSent = true;
      const { command } = await client.query("COMMIT");
      // To the COMMIT of a transaction that has failed the server answers, without an error, ROLLBACK.
      assert(command === "COMMIT", `the server answered COMMIT with ${command}`);
      isReusable = true;
    } catch (cause) {
      // A statement that failed to be prepared in a failed transaction is lost to its connection; after a mere lost race
      // nothing has failed, and the connection is as good as before.
      if (cause instanceof StoreConflict && client !== undefined) isReusable = await rollback(client);
      const failure = await this.#failureOf(cause);
      // After an error of the disk nobody knows what is on it, so no further writing on top of it.
      if (failure instanceof StoreDamaged) this.#writeFailure = failure;
      if (!isCommitSent || !(failure instanceof StoreUnreachable) || !(await wasDone(failure))) throw failure;
    } finally {
      client?.release(!isReusable);
    }
  }

  async #failureOf(cause: unknown): Promise<unknown> {
    switch (postgresFailure(cause)) {
      case "twice": {
        const constraint = cause instanceof Error && "constraint" in cause ? cause.constraint : undefined;
        if (constraint !== "entries_once")
          return new StoreDamaged("a place in the log was taken already", cause);
        const size = (await this.head())?.size ?? 0;
        return new StoreConflict(size, size, "entry-twice");
      }
      case "busy": {
        // Another writer was in the way for longer than we wait: to the caller that is a lost race.
        const size = (await this.head())?.size ?? 0;
        return new StoreConflict(size, size);
      }
      case "full":
      case "damaged":
      case "unreachable":
      case "missing":
      case "denied":
      case "other":
      case undefined:
        return asStoreError(cause);
    }
  }

  /**
   * The connection broke during a commit, perhaps between its success and the answer. Asks a new one. The row lock makes
   * the answer final: it waits until the server has done with the old connection's transaction, one way or the other.
   */
  async #wasCommitted(commit: Commit, broken: StoreUnreachable): Promise<boolean> {
    const until = Date.now() + settleMs;
    for (;;) {
      try {
        return await this.#holds(commit);
      } catch (cause) {
        const failure = asStoreError(cause);
        if (!(failure instanceof StoreUnreachable)) throw failure;
        if (Date.now() > until || this.#closed)
          throw new StoreUnreachable(
            "the database server does not answer; whether the last commit was done is not known",
            broken,
          );
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  async #holds({ expectedSize, entries, checkpoint }: Commit): Promise<boolean> {
    const client = await this.#pool.connect();
    try {
      await client.query("BEGIN");
      const head = headOf((await run(client, sql.lockedHead)).rows[0]);
      if (head?.checkpoint === checkpoint) return true;
      const first = entries[0];
      if (head === undefined || head.size <= expectedSize || first === undefined) return false;
      // Others may have built on it already.
      const row = (await run(client, sql.entryByHash, [first.hash])).rows[0];
      return row !== undefined && entryOf(row).index === expectedSize;
    } finally {
      client.release(!(await rollback(client)));
    }
  }

  async #read<T>(body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } catch (cause) {
      throw asStoreError(cause);
    }
  }

  /**
   * A deleted row stays in the table's file until its place is used again, so the table is written anew and the old file
   * removed; a checkpoint then lets the server drop write-ahead log that is no longer needed. A long reader (a dump) can
   * be in the way; then the next chance is at the next erasure or at close.
   */
  async #scrub(): Promise<void> {
    if (!this.#scrubPending || this.#mode === "read") return;
    let client: PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      await client.query("SET lock_timeout = '5s'");
      await client.query("VACUUM (FULL) aigaq.boxes");
      this.#scrubPending = false;
      // Only a superuser may do the first, or a member of pg_checkpoint the second; else the server does both in its
      // own time, as it fills the present segment of its log.
      for (const text of ["SELECT pg_switch_wal()", "CHECKPOINT"])
        await client.query(text).catch(unlessDenied);
    } catch (cause) {
      if (postgresFailure(cause) !== "busy") throw asStoreError(cause);
    } finally {
      // Its settings are not those of the others.
      client?.release(true);
    }
  }

  async *#pages<T extends { readonly index: number }>(
    from: number,
    pageFrom: (start: number) => Promise<QueryResult<Row>>,
    parse: (row: Row) => T,
  ): AsyncGenerator<T> {
    let start = from;
    for (;;) {
      // A page at a time: a transaction left open would keep the server from cleaning up behind it.
      const page = await this.#read(async () => (await pageFrom(start)).rows.map(parse));
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      start = last.index + 1;
    }
  }
}

async function rollback(client: PoolClient): Promise<boolean> {
  try {
    await client.query("ROLLBACK");
    return true;
  } catch {
    return false;
  }
}

function unlessDenied(cause: unknown): void {
  if (postgresFailure(cause) !== "denied") throw cause;
}
