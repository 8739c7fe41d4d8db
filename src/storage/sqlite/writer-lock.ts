import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { sqliteFailure } from "./connection.ts";

/** Held while a process may write to a data folder. */
export type WriterLock = { release(): void };

/**
 * Takes the one writer's lock of a data folder: an exclusive SQLite transaction on the empty file `lock`, held for as
 * long as the store is open. The operating system drops it with the process, so a lock left by `kill -9` or a power
 * cut never blocks anyone, and nobody has to judge whether a process id is still alive.
 *
 * This lock is a courtesy: it lets the second program say at once that the folder is in use. What keeps two writers
 * from forking the log is the compare-and-swap on the size inside each commit.
 *
 * undefined when another holds it after `waitMs`. Throws what SQLite throws when the file cannot be made.
 */
export function takeWriterLock(folder: string, waitMs: number): WriterLock | undefined {
  const db = new DatabaseSync(join(folder, "lock"), { timeout: waitMs });
  try {
    // In memory, else SQLite leaves a file lock-journal beside it.
    db.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;");
    return { release: () => db.close() };
  } catch (cause) {
    db.close();
    if (sqliteFailure(cause) === "busy") return undefined;
    throw cause;
  }
}
