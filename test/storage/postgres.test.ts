// The record on a real PostgreSQL, with several processes at once. Without PostgreSQL these tests fail and say why:
// a storage that was not tried is not promised.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "#record/bytes.ts";
import type { NewEntry } from "#storage/contract.ts";
import { StoreConflict } from "#storage/contract.ts";
import {
  collect,
  commitOf,
  entriesNamed,
  patterned,
  type FailingPlace,
  testFailingDisk,
  testRecordStore,
} from "#storage/conformance.ts";
import type { PostgresOptions } from "#storage/postgres/open.ts";
import { openPostgresStore } from "#storage/postgres/open.ts";
import type { PostgresStore } from "#storage/postgres/postgres-store.ts";
import type { PostgresServer } from "#test/postgres-server.ts";
import { startPostgres } from "#test/postgres-server.ts";

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(async () => {
  await server?.stop();
});

async function open(database: string, mode: PostgresOptions["mode"] = "create"): Promise<PostgresStore> {
  const opened = await openPostgresStore({ url: server.url(database), mode });
  if (!opened.ok) throw new Error(`${opened.refusal.code}: ${opened.refusal.message}`);
  return opened.value;
}

async function refusalOf(url: string, mode: PostgresOptions["mode"]): Promise<string | undefined> {
  const opened = await openPostgresStore({ url, mode });
  if (!opened.ok) return opened.refusal.code;
  await opened.value.close();
  return undefined;
}

/** Every file of the cluster: tables of all databases and the write-ahead log. */
function allFiles(): Uint8Array[] {
  return readdirSync(server.dataFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      try {
        return [new Uint8Array(readFileSync(join(entry.parentPath, entry.name)))];
      } catch {
        // The server removes files while we look.
        return [];
      }
    });
}

const placeInPostgres = async (): Promise<FailingPlace> => {
  const database = await server.createDatabase();
  return {
    open: () => open(database),
    rawBytes: async () => allFiles(),
    fill: async () => {
      // The server's own answer on a full disk, given by a trigger; a full disk itself is in docs/guides/postgresql.md.
      await server.run(
        database,
        `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
         CREATE TRIGGER full_disk BEFORE INSERT ON aigaq.boxes FOR EACH ROW EXECUTE FUNCTION full_disk()`,
      );
      return {
        free: async () => void (await server.run(database, "DROP TRIGGER full_disk ON aigaq.boxes")),
      };
    },
    damageEntryOnWrite: async () => {
      await server.run(
        database,
        `CREATE FUNCTION flip() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN UPDATE aigaq.entries SET jwt = jwt || 'x' WHERE idx = new.idx; RETURN NULL; END $$;
         CREATE TRIGGER flip AFTER INSERT ON aigaq.entries FOR EACH ROW EXECUTE FUNCTION flip()`,
      );
    },
    remove: async () => void (await server.run("postgres", `DROP DATABASE ${database} WITH (FORCE)`)),
  };
};
testRecordStore("PostgreSQL", placeInPostgres);
testFailingDisk("PostgreSQL", placeInPostgres);

describe("opening a database", () => {
  test("a database without a record is missing to all but create, and so is a database that is not there", async () => {
    const database = await server.createDatabase();
    expect(await refusalOf(server.url(database), "write")).toBe("database-missing");
    expect(await refusalOf(server.url(database), "read")).toBe("database-missing");
    expect(await refusalOf(server.url(database), "create")).toBeUndefined();
    expect(await refusalOf(server.url(database), "write")).toBeUndefined();
    expect(await refusalOf(server.url("nowhere"), "create")).toBe("database-missing");
  });

  test("two programs that create the record at once both find it made", async () => {
    const url = server.url(await server.createDatabase());
    expect(await Promise.all([refusalOf(url, "create"), refusalOf(url, "create")])).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("what is no URL of a database, nobody who answers, and a user without rights have their own names", async () => {
    expect(await refusalOf("books/aigaq.db", "create")).toBe("database-url-wrong");
    expect(await refusalOf("postgres://localhost:1/books", "create")).toBe("database-unreachable");
    const database = await server.createDatabase();
    await server.run("postgres", "CREATE ROLE guest LOGIN");
    const url = server.url(database).replace("postgres@", "guest:pass-word-7@");
    expect(await refusalOf(url, "create")).toBe("database-denied");
    expect(await refusalOf(server.url(database).replace("postgres@", "nobody@"), "read")).toBe(
      "database-denied",
    );
    const opened = await openPostgresStore({ url, mode: "create" });
    expect(JSON.stringify(opened)).not.toContain("pass-word-7");
  });

  test("a schema of another program, a later format and an unfit encoding are refused by name and left alone", async () => {
    const database = await server.createDatabase();
    await server.run(database, "CREATE SCHEMA aigaq; CREATE TABLE aigaq.their_data (x int)");
    expect(await refusalOf(server.url(database), "create")).toBe("database-foreign");
    expect(await refusalOf(server.url(database), "read")).toBe("database-foreign");
    await server.run(database, "DROP SCHEMA aigaq CASCADE");
    await (await open(database)).close();
    await server.run(database, "UPDATE aigaq.format SET version = 99");
    expect(await refusalOf(server.url(database), "write")).toBe("database-newer");
    await server.run(database, "UPDATE aigaq.format SET version = 0");
    expect(await refusalOf(server.url(database), "read")).toBe("database-older");
    await server.run("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    expect(await refusalOf(server.url("latin"), "create")).toBe("database-unfit");
  });

  test("a role that turns durability off is overruled, and a server that does is refused for writing", async () => {
    const database = await server.createDatabase();
    await server.run(database, `ALTER DATABASE ${database} SET synchronous_commit = off`);
    await server.run(
      database,
      `ALTER DATABASE ${database} SET default_transaction_isolation = 'serializable'`,
    );
    await using store = await open(database);
    await store.commit(commitOf(0, entriesNamed("a")));
    await server.stopThenStart(["full_page_writes=off"]);
    expect(await refusalOf(server.url(database), "write")).toBe("database-not-durable");
    expect(await refusalOf(server.url(database), "read")).toBeUndefined();
    // The store that was open before does not write to it either.
    await expect(store.commit(commitOf(1, entriesNamed("b")))).rejects.toMatchObject({
      code: "store-unreachable",
    });
    await server.stopThenStart();
    await store.commit(commitOf(1, entriesNamed("b")));
  });

  test("a reader cannot write, not even by mistake", async () => {
    const database = await server.createDatabase();
    await (await open(database)).close();
    await using reader = await open(database, "read");
    await expect(reader.commit(commitOf(0, entriesNamed("a")))).rejects.toThrow("opened for reading");
    expect(await reader.putCache("funds/state", patterned(1, 9))).toBe(false);
  });
});

test("erased bytes were in the server's files before, so not finding them afterwards says something", async () => {
  await using store = await open(await server.createDatabase());
  const marker = "marker-of-an-erased-box";
  const box = { box: utf8(marker.repeat(50)), keybox: utf8(marker) };
  // With a box behind it: the server cuts a table off after its last row, and then nothing would be left to find.
  const other = { box: utf8("another box"), keybox: utf8("another key") };
  await store.commit(commitOf(0, [...withBox(entriesNamed("a"), box), ...withBox(entriesNamed("b"), other)]));
  const filesWithMarker = (): number =>
    allFiles().filter((bytes) => Buffer.from(bytes).includes(marker)).length;
  expect(filesWithMarker()).toBeGreaterThan(0);
  await store.eraseBox(0);
  expect(filesWithMarker()).toBe(0);
  expect(await store.box(1)).toEqual(other);
});

test("an erasure that a long reader holds up is finished at the latest on closing", async () => {
  const database = await server.createDatabase();
  const store = await open(database);
  const marker = "held-up-marker";
  await store.commit(commitOf(0, withBox(entriesNamed("a"), { box: utf8(marker), keybox: utf8("k") })));
  const { Client } = await import("pg");
  const reader = new Client({ connectionString: server.url(database) });
  await reader.connect();
  await reader.query("BEGIN");
  await reader.query("SELECT count(*) FROM aigaq.boxes");
  await store.eraseBox(0);
  expect(await store.box(0)).toBeUndefined();
  await reader.end();
  await store.close();
  expect(allFiles().some((bytes) => Buffer.from(bytes).includes(marker))).toBe(false);
});

test("every program hears of each commit, of its own and of others, also after the server was away", async () => {
  const database = await server.createDatabase();
  await using writer = await open(database);
  await using other = await open(database);
  const heard: number[] = [];
  const listening = await other.onChange((size) => heard.push(size));
  await writer.commit(commitOf(0, entriesNamed("a")));
  await expect.poll(() => heard).toEqual([1]);
  await expect(other.commit(commitOf(0, entriesNamed("b")))).rejects.toBeInstanceOf(StoreConflict);
  await server.crash();
  await server.start();
  await writer.commit(commitOf(1, entriesNamed("c")));
  await expect.poll(() => heard.at(-1), { timeout: 30_000 }).toBe(2);
  await listening[Symbol.asyncDispose]();
  await writer.commit(commitOf(2, entriesNamed("d")));
  expect(heard.at(-1)).toBe(2);
});

test("a page damaged on the server's disk is reported by the integrity check, and so are entries beyond the head", async () => {
  const database = await server.createDatabase();
  const store = await open(database);
  await server.run(database, "CREATE EXTENSION amcheck");
  await store.commit(
    commitOf(0, entriesNamed(...Array.from({ length: 300 }, (_, i) => `entry ${i}`.repeat(99)))),
  );
  expect(await store.checkIntegrity()).toEqual([]);
  await server.run(
    database,
    "INSERT INTO aigaq.entries VALUES (400, decode(repeat('00', 32), 'hex'), 'beyond')",
  );
  expect(await store.checkIntegrity()).toMatchObject([{ code: "entries-beyond-head" }]);
  await server.run(database, "DELETE FROM aigaq.entries WHERE idx = 400");
  const [row] = await server.run(database, "SELECT pg_relation_filepath('aigaq.entries') AS path");
  await server.stopThenStart([], () => {
    const path = join(server.dataFolder, String(row?.["path"]));
    const bytes = readFileSync(path);
    bytes.fill(0xff, 8192 + 4000, 8192 + 4100);
    writeFileSync(path, bytes);
  });
  const [problem] = await store.checkIntegrity();
  expect(problem).toMatchObject({ code: "postgres-unreadable" });
  expect(problem?.message).toContain("invalid page in block 1");
  await expect(collect(store.entries(0, 300))).rejects.toMatchObject({ code: "store-damaged" });
  await store.close();
});

test("a name with Cyrillic in a checkpoint, and the dash of a signed note, come back byte for byte", async () => {
  await using store = await open(await server.createDatabase());
  const checkpoint = "aigaq.example\n1\n\n— қор AAAA\n";
  await store.commit({ ...commitOf(0, entriesNamed("a")), checkpoint });
  expect(fromUtf8(utf8((await store.head())?.checkpoint ?? ""))).toBe(checkpoint);
});

function withBox(entries: readonly NewEntry[], box: NonNullable<NewEntry["box"]>): NewEntry[] {
  return entries.map((entry) => ({ ...entry, box }));
}
