import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";
import { StoreFull } from "../contract.ts";
import { CacheFolder } from "../files/cache-folder.ts";
import { fsyncFolder, isDiskFull } from "../files/durable-file.ts";
import { openConnection, sqliteFailure } from "./connection.ts";
import { applicationId, migrations } from "./schema.ts";
import { SqliteStore } from "./sqlite-store.ts";
import type { WriterLock } from "./writer-lock.ts";
import { takeWriterLock } from "./writer-lock.ts";

/**
 * Why a data folder did not open. All of these a person can cause, and do something about.
 *
 * - `data-folder-missing`: no record there; `create` makes one.
 * - `data-folder-busy`: another program is writing to it.
 * - `data-folder-foreign`: `aigaq.db` is a database of some other program.
 * - `data-folder-newer`, `data-folder-older`: made by a later version; or by an earlier one and opened for reading.
 * - `data-folder-damaged`: the file is not a database any more.
 * - `data-folder-unreadable`: the system refuses access.
 */
export type OpenRefusal = Refusal<
  | "data-folder-missing"
  | "data-folder-busy"
  | "data-folder-foreign"
  | "data-folder-newer"
  | "data-folder-older"
  | "data-folder-damaged"
  | "data-folder-unreadable"
>;

export type OpenOptions = {
  /** The data folder; the database is `aigaq.db` in it. */
  readonly folder: string;
  /**
   * "create" also opens what is there, so that an `init` that was killed half-way can simply be run again.
   * "read" needs no lock and works beside a writer.
   */
  readonly mode: "create" | "write" | "read";
  /** How long to wait for another writer to finish before `data-folder-busy`. Default 0: say so at once. */
  readonly waitMs?: number;
  /** Only for tests of the compare-and-swap: opens for writing beside another writer. */
  readonly ignoreLock?: boolean;
};

/**
 * Opens the record of a data folder. Throws `StoreFull` if the disk is too full even to create it.
 *
 *     const opened = await openSqliteStore({ folder: "books", mode: "write" });
 *     if (!opened.ok) return opened;
 *     await using store = opened.value;
 */
export async function openSqliteStore(options: OpenOptions): Promise<Result<SqliteStore, OpenRefusal>> {
  const folder = resolve(options.folder);
  const path = join(folder, "aigaq.db");
  let lock: WriterLock | undefined;
  let db: DatabaseSync | undefined;
  try {
    if (options.mode === "create") makeFolder(folder);
    else if (!existsSync(path)) return refuse(missing(folder));
    if (options.mode !== "read" && options.ignoreLock !== true) {
      lock = takeWriterLock(folder, options.waitMs ?? 0);
      if (lock === undefined) return refuse(busy(folder));
    }
    db = openConnection(path, options.mode === "read" ? "read" : "write");
    const refusal = checkIdentity(db, folder, options.mode) ?? migrate(db, folder, options.mode);
    if (refusal !== undefined) return refuse(refusal);
    const cache = new CacheFolder(join(folder, "cache"));
    if (options.mode !== "read") cache.removeUnfinished();
    const held = lock;
    const store = new SqliteStore({
      db,
      mode: options.mode === "read" ? "read" : "write",
      cache,
      onClose: () => held?.release(),
    });
    // From here on the store owns both.
    db = undefined;
    lock = undefined;
    return ok(store);
  } catch (cause) {
    const refusal = refusalOf(cause, folder);
    if (refusal === undefined)
      throw isDiskFull(cause) || sqliteFailure(cause) === "full" ? new StoreFull(cause) : cause;
    return refuse(refusal);
  } finally {
    db?.close();
    lock?.release();
  }
}

function makeFolder(folder: string): void {
  // Private to its owner: sizes and times of ciphertext are nobody else's business either.
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) fsyncFolder(dirname(folder));
}

/** Is this our database? A file without any table is an `init` that was killed: to all but "create" it is missing. */
function checkIdentity(db: DatabaseSync, folder: string, mode: OpenOptions["mode"]): OpenRefusal | undefined {
  const tables = numberOf(db, "SELECT count(*) AS value FROM sqlite_schema");
  if (tables === 0) return mode === "create" ? undefined : missing(folder);
  if (numberOf(db, "SELECT application_id AS value FROM pragma_application_id") === applicationId)
    return undefined;
  return {
    code: "data-folder-foreign",
    message: `${folder} holds a database of another program; choose another folder`,
    folder,
  };
}

function migrate(db: DatabaseSync, folder: string, mode: OpenOptions["mode"]): OpenRefusal | undefined {
  const version = numberOf(db, "SELECT user_version AS value FROM pragma_user_version");
  if (version > migrations.length) {
    return {
      code: "data-folder-newer",
      message: `${folder} was written by a newer version of this program (format ${version}, this one knows ${migrations.length}); update the program`,
      folder,
    };
  }
  if (version === migrations.length) return undefined;
  if (mode === "read") {
    return {
      code: "data-folder-older",
      message: `${folder} was written by an older version of this program; open it once with a command that writes`,
      folder,
    };
  }
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const migration of migrations.slice(version)) db.exec(migration);
    // Inside the transaction: a kill leaves either the old format or the new one, never tables without a version.
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT;`);
  } catch (cause) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw cause;
  }
  return undefined;
}

function numberOf(db: DatabaseSync, query: string): number {
  const value = db.prepare(query).get()?.["value"];
  return typeof value === "number" ? value : 0;
}

function missing(folder: string): OpenRefusal {
  return {
    code: "data-folder-missing",
    message: `there is no record in ${folder}; make one with "aigaq init", or check the path`,
    folder,
  };
}

function busy(folder: string): OpenRefusal {
  return {
    code: "data-folder-busy",
    message: `another program is writing to ${folder}; wait until it has finished, or close it`,
    folder,
  };
}

function refusalOf(cause: unknown, folder: string): OpenRefusal | undefined {
  const said = cause instanceof Error ? cause.message : String(cause);
  switch (sqliteFailure(cause)) {
    case "busy":
      return busy(folder);
    case "corrupt":
      return {
        code: "data-folder-damaged",
        message: `the database in ${folder} is damaged (${said}); restore it from a backup or a mirror`,
        folder,
      };
    case "cannot-open":
    case "read-only":
      return unreadable(folder, said);
    case "io":
    case "full":
    case "constraint":
    case "other":
    case undefined:
      break;
  }
  const isFile = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false;
  const denied =
    cause instanceof Error && "code" in cause && (cause.code === "EACCES" || cause.code === "EROFS");
  return isFile || denied ? unreadable(folder, said) : undefined;
}

function unreadable(folder: string, said: string): OpenRefusal {
  return {
    code: "data-folder-unreadable",
    message: `${folder} cannot be used as a data folder (${said})`,
    folder,
  };
}
