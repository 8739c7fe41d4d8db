import type { ClientBase, ClientConfig, PoolClient, QueryResult } from "pg";
import { DatabaseError, Pool } from "pg";
import type { Refusal } from "#record/result.ts";
import { StoreDamaged, StoreFull, StoreUnreachable } from "../contract.ts";

export type Row = Record<string, unknown>;

/** One writer and three readers at a time; further reads wait. A server's default is 100 connections for everybody. */
const connectionsMax = 4;

export const connectTimeoutMs = 10_000;

/**
 * Settings of each connection, set by statement because connection poolers refuse start-up options.
 *
 * - synchronous_commit: the promise of the record. `off` loses acknowledged entries in a power cut, `local` with a
 *   standby loses them in a failover. `remote_apply` is stricter and stays.
 * - idle_in_transaction_session_timeout: a program frozen in the middle of a commit holds the head row and with it
 *   everybody; the server then ends its transaction, and when it wakes up it has committed nothing.
 * - lock_timeout: nobody waits for another writer without end.
 * - statement_timeout: a default for web requests must not cut off an import.
 */
const sessionSettings = `
  SELECT set_config('synchronous_commit',
    CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false);
  SET idle_in_transaction_session_timeout = '15s';
  SET lock_timeout = '30s';
  SET statement_timeout = 0;
  SET default_transaction_isolation = 'read committed';
  SET default_transaction_deferrable = off;
  SET bytea_output = 'hex';
`;

/** What a server must be to be written to: without these, "committed" does not mean "on the disk". */
export type SessionRefusal = Refusal<"database-not-durable" | "database-read-only">;

/** Thrown while a connection is made; `openPostgresStore` turns it into its refusal. */
export class SessionRefused extends Error {
  readonly refusal: SessionRefusal;
  constructor(refusal: SessionRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export function clientConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: "aigaq",
    connectionTimeoutMillis: connectTimeoutMs,
    // Without it, a server that lost its power is never missed.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** Connects when first asked. Throws what pg throws for a URL that is none. */
export function openPool(url: string, mode: "read" | "write"): Pool {
  const pool = new Pool({
    ...clientConfig(url),
    max: connectionsMax,
    // A commit is a handful of statements; sent in one go they cost one round trip.
    pipeline: true,
    allowExitOnIdle: true,
    // The server answers each new connection's settings before it is used, also after a restart with other settings.
    onConnect: (client: ClientBase) => prepareSession(client, mode),
  });
  // A connection that dies while idle is no news (the next statement makes another), but without a listener Node ends
  // the program.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

async function prepareSession(client: ClientBase, mode: "read" | "write"): Promise<void> {
  // Simple queries of several statements, so one round trip.
  await client.query(
    `${sessionSettings} SET default_transaction_read_only = ${mode === "read" ? "on" : "off"};`,
  );
  if (mode === "read") return;
  const { rows } = await client.query<Row>(`
    SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
      current_setting('synchronous_commit') AS synchronous_commit, pg_is_in_recovery() AS standby`);
  const found = rows[0] ?? {};
  if (found["standby"] === true)
    throw new SessionRefused({
      code: "database-read-only",
      message: "the database server is a standby, which cannot be written to; connect to the primary",
    });
  const committed = String(found["synchronous_commit"]);
  if (
    found["fsync"] !== "on" ||
    found["full_page_writes"] !== "on" ||
    !["on", "remote_apply"].includes(committed)
  )
    throw new SessionRefused({
      code: "database-not-durable",
      message: `the database server would lose entries in a power cut (fsync=${String(found["fsync"])}, full_page_writes=${String(found["full_page_writes"])}, synchronous_commit=${committed}); set all three to on`,
    });
}

export type PostgresFailure =
  | "full"
  | "damaged"
  | "twice"
  | "busy"
  | "unreachable"
  | "denied"
  | "missing"
  | "other";

/** What an exception of pg means here, by SQLSTATE (appendix A of the PostgreSQL manual); undefined: not pg's. */
export function postgresFailure(error: unknown): PostgresFailure | undefined {
  if (error instanceof SessionRefused) return "unreachable";
  if (!(error instanceof Error)) return undefined;
  if (!(error instanceof DatabaseError)) return isNetworkError(error) ? "unreachable" : undefined;
  switch (error.code) {
    case "53100": // disk_full
      return "full";
    case "58030": // io_error
    case "58P01": // undefined_file: a file of the table is gone
    case "XX001": // data_corrupted
    case "XX002": // index_corrupted
      return "damaged";
    case "23505": // unique_violation
      return "twice";
    case "40001": // serialization_failure
    case "40P01": // deadlock_detected
    case "55P03": // lock_not_available: lock_timeout
      return "busy";
    case "3D000": // invalid_catalog_name
      return "missing";
    case "42501": // insufficient_privilege
      return "denied";
    case "25006": // read_only_sql_transaction: the primary has become a standby
    case "25P03": // idle_in_transaction_session_timeout
    case "53300": // too_many_connections
      return "unreachable";
    case undefined:
    default:
      if (error.code?.startsWith("28") === true) return "denied";
      // 08: connection exceptions; 57P: the server is shutting down, crashed or starting.
      return /^(?:08|57P)/u.test(error.code ?? "") ? "unreachable" : "other";
  }
}

/** pg reports a lost connection as a plain error with a sentence; the system's own errors carry a code. */
function isNetworkError(error: Error): boolean {
  if ("code" in error && typeof error.code === "string" && /^E[A-Z_]+$/u.test(error.code)) return true;
  return /^(?:Connection terminated|Client (?:was closed|has encountered)|timeout exceeded)/u.test(
    error.message,
  );
}

/** The error of the storage contract for an exception of pg; anything else is returned as it is. */
export function asStoreError(error: unknown): unknown {
  const said = error instanceof Error ? error.message : String(error);
  switch (postgresFailure(error)) {
    case "full":
      return new StoreFull(error);
    case "damaged":
      return new StoreDamaged(`the database does not read as it was written (${said})`, error);
    case "unreachable":
    case "missing":
    case "denied":
    case "busy":
      return new StoreUnreachable(`the database server does not serve (${said})`, error);
    case "twice":
    case "other":
    case undefined:
      return error;
  }
}

/** One statement; `name` prepares it once per connection. */
export type Statement = { readonly name: string; readonly text: string };

export function run(
  client: Pick<PoolClient, "query"> | Pool,
  { name, text }: Statement,
  values: readonly unknown[] = [],
): Promise<QueryResult<Row>> {
  return client.query<Row, unknown[]>({ name, text, values: [...values] });
}
