import type { Pool } from "pg";
import type { StoreProblem } from "../contract.ts";
import type { Row } from "./connection.ts";
import { asStoreError } from "./connection.ts";
import { integerOf } from "./rows.ts";

/** Reads every byte of every table, long values included, so that a page that does not check shows. */
const wholeTables = [
  "SELECT sum(get_byte(sha256(convert_to(jwt, 'UTF8')), 0)) FROM aigaq.entries",
  "SELECT sum(get_byte(sha256(box), 0) + get_byte(sha256(keybox), 0)) FROM aigaq.boxes",
  "SELECT sum(get_byte(sha256(bytes), 0) + get_byte(sha256(root), 0)) FROM aigaq.tiles",
  "SELECT sum(get_byte(sha256(bytes), 0)) FROM aigaq.objects",
];

/**
 * PostgreSQL's own look at its files: every row is read (with data checksums on, which the guide asks for, the server
 * then verifies every page), nothing stands beyond the head, and, where the extension amcheck is installed, the indexes
 * hold what the tables hold.
 */
export async function findProblems(pool: Pool): Promise<readonly StoreProblem[]> {
  const problems: StoreProblem[] = [];
  /** Runs one look; what it throws is a finding, and the next look still happens. */
  const look = async (code: string, body: () => Promise<void>): Promise<void> => {
    try {
      await body();
    } catch (cause) {
      const failure = asStoreError(cause);
      problems.push({ code, message: failure instanceof Error ? failure.message : String(failure) });
    }
  };
  for (const text of wholeTables)
    await look("postgres-unreadable", async () => {
      await pool.query(text);
    });
  await look("postgres-unreadable", async () => {
    const beyond = await pool.query<Row>(
      "SELECT count(*) AS n FROM aigaq.entries WHERE idx < 0 OR idx >= (SELECT size FROM aigaq.head WHERE id = 1)",
    );
    const n = integerOf(beyond.rows[0] ?? {}, "n");
    if (n > 0) problems.push({ code: "entries-beyond-head", message: `${n} entries lie outside the log` });
  });
  for (const index of await checkableIndexes(pool))
    await look("postgres-integrity", async () => {
      await pool.query("SELECT bt_index_check($1::oid, true)", [index]);
    });
  return problems;
}

/** Our indexes, if amcheck is there and this user may call it; none otherwise. */
async function checkableIndexes(pool: Pool): Promise<readonly unknown[]> {
  try {
    const { rows } = await pool.query<Row>(`
      SELECT indexrelid AS index FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
      WHERE relnamespace = 'aigaq'::regnamespace AND relpersistence = 'p'
        AND has_function_privilege(to_regprocedure('bt_index_check(regclass, boolean)'), 'EXECUTE')`);
    return rows.map((row) => row["index"]);
  } catch {
    return [];
  }
}
