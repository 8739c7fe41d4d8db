/**
 * A PostgreSQL server of the test's own: a new cluster under the temporary folder, reached through a socket in it, with
 * fsync on as in earnest. Debian's binaries are used; `npm test` installs them.
 */
import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

export type PostgresServer = {
  readonly dataFolder: string;
  /** A URL of a database that `createDatabase` made. */
  url(database: string): string;
  /** A new, empty database. */
  createDatabase(): Promise<string>;
  /** Runs one statement in a database, as the superuser. */
  run(database: string, statement: string): Promise<readonly Record<string, unknown>[]>;
  /** As a power cut of the server's machine: no process lives on, nothing is written any more. */
  crash(): Promise<void>;
  start(settings?: readonly string[]): Promise<void>;
  /** With other settings, or with something done to its files meanwhile. */
  stopThenStart(settings?: readonly string[], meanwhile?: () => void): Promise<void>;
  /** For good: its folder is removed. */
  stop(): Promise<void>;
};

/** Debian keeps the server's programs beside each other by version, out of PATH. */
function programs(): string {
  const versions = "/usr/lib/postgresql";
  const newest = (existsSync(versions) ? readdirSync(versions) : [])
    .filter((version) => existsSync(join(versions, version, "bin", "initdb")))
    .toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined)
    throw new Error(
      "PostgreSQL is not installed, so the storage on it cannot be tested: run `apt-get install postgresql`, or `npm test`, which does so",
    );
  return join(versions, newest, "bin");
}

/** initdb and postgres refuse to run as root; Debian's package brings a user for them. */
function account(): { readonly uid?: number; readonly gid?: number } {
  if (userInfo().uid !== 0) return {};
  const idOf = (option: string): number =>
    Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = programs();
  const who = account();
  // Short: the path of a socket has at most 107 bytes.
  const place = mkdtempSync("/tmp/aigaq-pg-");
  const socket = join(place, "socket");
  const dataFolder = join(place, "data");
  mkdirSync(socket);
  if (who.uid !== undefined && who.gid !== undefined)
    for (const folder of [place, socket]) chownSync(folder, who.uid, who.gid);
  chmodSync(place, 0o755);
  execFileSync(
    join(bin, "initdb"),
    [
      "--pgdata",
      dataFolder,
      "--username=postgres",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C",
      "--data-checksums",
    ],
    { ...who, stdio: ["ignore", "ignore", "pipe"], cwd: place },
  );

  const url = (database: string): string =>
    `postgres://postgres@/${database}?host=${encodeURIComponent(socket)}`;
  let server: ChildProcess | undefined;
  let log = "";
  let databases = 0;

  async function run(database: string, statement: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: url(database) });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  async function start(settings: readonly string[] = []): Promise<void> {
    const all = [
      "listen_addresses=",
      `unix_socket_directories=${socket}`,
      "fsync=on",
      "shared_buffers=32MB",
      // Segments of the write-ahead log are removed, not used again: what was erased is then gone from them too.
      "wal_recycle=off",
      ...settings,
    ];
    const started = spawn(
      join(bin, "postgres"),
      ["-D", dataFolder, ...all.flatMap((setting) => ["-c", setting])],
      {
        ...who,
        cwd: place,
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    server = started;
    started.stderr?.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-20_000)));
    for (;;) {
      try {
        await run("postgres", "SELECT 1");
        return;
      } catch (cause) {
        if (started.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${log}`, { cause });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = server;
    server = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill(signal);
    // A server that is recovering from a crash may wait for ever to be stopped in order.
    const impatience = setTimeout(() => ending.kill("SIGQUIT"), 20_000);
    await ended;
    clearTimeout(impatience);
  }

  // A test run that is cut off must not leave a server behind. SIGQUIT: its children end with it.
  process.once("exit", () => server?.kill("SIGQUIT"));
  await start();
  return {
    dataFolder,
    url,
    run,
    start,
    crash: () => end("SIGQUIT"),
    stopThenStart: async (settings, meanwhile) => {
      await end("SIGINT");
      meanwhile?.();
      await start(settings);
    },
    createDatabase: async () => {
      const name = `books_${++databases}`;
      await run("postgres", `CREATE DATABASE ${name}`);
      return name;
    },
    stop: async () => {
      await end("SIGINT");
      rmSync(place, { recursive: true, force: true });
    },
  };
}
