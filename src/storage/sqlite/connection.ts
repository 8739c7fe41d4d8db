import { DatabaseSync } from "node:sqlite";
import { StoreDamaged, StoreFull } from "../contract.ts";

/** How long a statement waits for another connection before it gives up. */
const busyTimeoutMs = 5000;

/**
 * WAL is copied back into the database after about 16 MiB. Larger makes imports a little faster and recovery after a
 * kill a little slower (16 MiB: under 0.1 s); it also bounds how long an old page stays readable in the WAL.
 */
const walPagesMax = 4096;

/**
 * Opens the database file with the settings that the promises of the record rest on. Throws what SQLite throws.
 *
 * The order matters: the busy timeout must stand before `journal_mode=WAL`, else two processes that start together
 * fail with "database is locked".
 */
export function openConnection(path: string, mode: "read" | "write"): DatabaseSync {
  const db = new DatabaseSync(path, {
    readOnly: mode === "read",
    timeout: busyTimeoutMs,
    enableForeignKeyConstraints: false,
  });
  try {
    // Sorting and statement journals stay in memory: nothing of the record is written outside the folder.
    db.exec("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;");
    db.exec("PRAGMA cache_size = -16384;");
    if (mode === "write") {
      // FULL: fsync of the WAL in each commit. NORMAL loses acknowledged entries in a power cut (measured: up to 624).
      // fullfsync: on macOS a plain fsync does not reach the disk. secure_delete: what is erased is overwritten.
      db.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA secure_delete = ON;
        PRAGMA wal_autocheckpoint = ${walPagesMax};
        PRAGMA journal_size_limit = ${walPagesMax * 4096};
      `);
    }
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/** SQLite's result codes that decide what an error means here; the low byte is the primary code. */
const sqlite = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  constraint: 19,
  notADatabase: 26,
};
/** Growing the shared-memory file failed: on Linux a full disk looks like this when it strikes there. */
const ioErrorShmSize = 4874;

export type SqliteFailure =
  | "busy"
  | "read-only"
  | "corrupt"
  | "full"
  | "cannot-open"
  | "constraint"
  | "io"
  | "other";

/** What kind of failure an exception of node:sqlite is; undefined when it does not come from SQLite. */
export function sqliteFailure(error: unknown): SqliteFailure | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  if (error.errcode === ioErrorShmSize) return "full";
  switch (error.errcode & 0xff) {
    case sqlite.busy:
      return "busy";
    case sqlite.readOnly:
      return "read-only";
    case sqlite.ioError:
      return "io";
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return "corrupt";
    case sqlite.full:
      return "full";
    case sqlite.cantOpen:
      return "cannot-open";
    case sqlite.constraint:
      return "constraint";
    default:
      return "other";
  }
}

/** The error of the storage contract for an exception of SQLite; anything else is returned as it is. */
export function asStoreError(error: unknown): unknown {
  const failure = sqliteFailure(error);
  if (failure === undefined) return error;
  if (failure === "full") return new StoreFull(error);
  const said = error instanceof Error ? error.message : String(error);
  if (failure === "corrupt")
    return new StoreDamaged(`the database does not read as it was written (${said})`, error);
  if (failure === "io") return new StoreDamaged(`the disk reported an error (${said})`, error);
  return error;
}
