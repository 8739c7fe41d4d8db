import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure, refused } from "#session/refusals/failure.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import type { SqliteStore } from "#storage/sqlite/sqlite-store.ts";
import type { Words } from "../words/language.ts";

/** The storage of a data folder that is there already; a Failure says what to do where it cannot be opened. */
export async function openFolderStore(
  folder: string,
  mode: "read" | "write",
  words: Words,
): Promise<SqliteStore> {
  if (!existsSync(join(folder, "aigaq.db")))
    throw new Failure("data-folder-missing", words.folderMissing(folder));
  const opened = await openSqliteStore({ folder, mode, waitMs: 2000 });
  if (opened.ok) return opened.value;
  const { code } = opened.refusal;
  throw code === "data-folder-busy" ? new Failure(code, words.busy(folder)) : refused(opened.refusal);
}
