import type { Pool } from "pg";
import { DatabaseError } from "pg";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";
import type { Row, SessionRefusal } from "./connection.ts";
import { SessionRefused, asStoreError, openPool, postgresFailure } from "./connection.ts";
import { PostgresStore } from "./postgres-store.ts";
import { migrations, schemaLock } from "./schema.ts";

/**
 * Why a database did not open. All of these a person can cause, and do something about.
 *
 * - `database-url-wrong`: not of the form `postgres://user@host/database`.
 * - `database-unreachable`: no server answers there, or it is starting or full of connections.
 * - `database-denied`: user, password or rights.
 * - `database-missing`: no such database, or no record in it; `create` makes the record, never the database.
 * - `database-foreign`: it has a schema `aigaq` that is not ours.
 * - `database-newer`, `database-older`: made by a later version; or by an earlier one and opened for reading.
 * - `database-unfit`: an encoding other than UTF-8, or a server older than PostgreSQL 13.
 * - `database-not-durable`: the server does not wait for its disk.
 * - `database-read-only`: a standby.
 */
export type PostgresRefusal =
  | Refusal<
      | "database-url-wrong"
      | "database-unreachable"
      | "database-denied"
      | "database-missing"
      | "database-foreign"
      | "database-newer"
      | "database-older"
      | "database-unfit"
    >
  | SessionRefusal;

export type PostgresOptions = {
  /** `postgres://user:password@host:5432/database`, or `postgres:///database?host=/run/postgresql` for a socket. */
  readonly url: string;
  /**
   * "create" also opens what is there, so that an `init` that was killed half-way can simply be run again.
   * "read" changes nothing and works on a standby too. Several programs may have "write": each commit is a
   * compare-and-swap, and who is late is told so.
   */
  readonly mode: "create" | "write" | "read";
};

const serverVersionMin = 130_000;

/**
 * Opens the record of a PostgreSQL database. Throws `StoreFull` or `StoreDamaged` when the
 * server's disk is too full to create it, or reports an error. No message
 * holds the password of the URL.
 *
 *     const opened = await openPostgresStore({ url: "postgres://aigaq@localhost/books", mode: "write" });
 *     if (!opened.ok) return opened;
 *     await using store = opened.value;
 */
export async function openPostgresStore(
  options: PostgresOptions,
): Promise<Result<PostgresStore, PostgresRefusal>> {
  const place = placeOf(options.url);
  if (place === undefined)
    return refuse({
      code: "database-url-wrong",
      message: 'this is no database URL; it looks like "postgres://user@host/database"',
    });
  const mode = options.mode === "read" ? "read" : "write";
  let pool: Pool | undefined = openPool(options.url, mode);
  try {
    const refusal = (await checkServer(pool, place)) ?? (await migrate(pool, place, options.mode));
    if (refusal !== undefined) return refuse(refusal);
    const store = new PostgresStore({ pool, mode, url: options.url });
    // From here on the store owns it.
    pool = undefined;
    return ok(store);
  } catch (cause) {
    const refusal = refusalOf(cause, place);
    if (refusal === undefined) throw asStoreError(cause);
    return refuse(refusal);
  } finally {
    await pool?.end();
  }
}

/** "books at db.example", for messages; undefined for what is no URL of a database. */
function placeOf(url: string): string | undefined {
  const parts =
    /^postgres(?:ql)?:\/\/(?:[^@/]*@)?(?<host>[^/?#]*)\/(?<name>[^/?#]+)(?:\?(?<more>.*))?$/u.exec(url);
  const name = parts?.groups?.["name"];
  if (name === undefined) return undefined;
  const host = parts?.groups?.["host"] ?? "";
  const socket = new URLSearchParams(parts?.groups?.["more"]).get("host");
  return `database "${name}" at ${host === "" ? (socket ?? "localhost") : host}`;
}

async function checkServer(pool: Pool, place: string): Promise<PostgresRefusal | undefined> {
  const { rows } = await pool.query<Row>(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding",
  );
  const { version, encoding } = rows[0] ?? {};
  if (encoding === "UTF8" && typeof version === "number" && version >= serverVersionMin) return undefined;
  return {
    code: "database-unfit",
    message: `${place} has encoding ${String(encoding)} on server version ${String(version)}; the record needs UTF8 and version ${serverVersionMin} or later`,
  };
}

async function migrate(
  pool: Pool,
  place: string,
  mode: PostgresOptions["mode"],
): Promise<PostgresRefusal | undefined> {
  const client = await pool.connect();
  let isWhole = false;
  try {
    await client.query("BEGIN");
    // Two programs that create at once: the second waits and finds the tables made.
    if (mode !== "read") await client.query("SELECT pg_advisory_xact_lock($1)", [schemaLock]);
    const version = await versionFound(client);
    const refusal = refusalOfVersion(version, place, mode);
    if (refusal === undefined && mode !== "read" && version !== migrations.length) {
      if (version === "none")
        await client.query(
          "CREATE SCHEMA aigaq; CREATE TABLE aigaq.format (version int NOT NULL); INSERT INTO aigaq.format VALUES (0)",
        );
      const done = typeof version === "number" ? version : 0;
      for (const migration of migrations.slice(done)) await client.query(migration);
      await client.query("UPDATE aigaq.format SET version = $1", [migrations.length]);
    }
    await client.query(refusal === undefined ? "COMMIT" : "ROLLBACK");
    isWhole = true;
    return refusal;
  } finally {
    client.release(!isWhole);
  }
}

async function versionFound(client: Pick<Pool, "query">): Promise<number | "none" | "foreign"> {
  const { rows } = await client.query<Row>(
    "SELECT to_regnamespace('aigaq') IS NOT NULL AS schema, to_regclass('aigaq.format') IS NOT NULL AS format",
  );
  if (rows[0]?.["schema"] !== true) return "none";
  if (rows[0]["format"] !== true) return "foreign";
  const version = (await client.query<Row>("SELECT version FROM aigaq.format")).rows[0]?.["version"];
  return typeof version === "number" ? version : "foreign";
}

function refusalOfVersion(
  version: number | "none" | "foreign",
  place: string,
  mode: PostgresOptions["mode"],
): PostgresRefusal | undefined {
  if (version === "foreign")
    return {
      code: "database-foreign",
      message: `${place} has a schema "aigaq" of another program; choose another database`,
    };
  if (version === "none")
    return mode === "create"
      ? undefined
      : { code: "database-missing", message: `there is no record in ${place}; check the name` };
  if (version > migrations.length)
    return {
      code: "database-newer",
      message: `${place} was written by a newer version of this program (format ${version}, this one knows ${migrations.length}); update the program`,
    };
  if (version < migrations.length && mode === "read")
    return {
      code: "database-older",
      message: `${place} was written by an older version of this program; open it once with a command that writes`,
    };
  return undefined;
}

function refusalOf(cause: unknown, place: string): PostgresRefusal | undefined {
  if (cause instanceof SessionRefused) return cause.refusal;
  const said = cause instanceof Error ? cause.message : String(cause);
  switch (postgresFailure(cause)) {
    case "missing":
      return {
        code: "database-missing",
        message: `there is no ${place} (${said}); make it with "createdb"`,
      };
    case "denied":
      return { code: "database-denied", message: `${place} does not let this user in (${said})` };
    case "unreachable":
    case "busy":
      return { code: "database-unreachable", message: `${place} does not answer (${said})` };
    case "full":
    case "damaged":
    case "twice":
    case "other":
    case undefined:
      break;
  }
  // A password that is asked for and not given is pg's own sentence, without a code.
  if (!(cause instanceof DatabaseError) && /password/u.test(said))
    return { code: "database-denied", message: `${place} asks for a password (${said})` };
  return undefined;
}
