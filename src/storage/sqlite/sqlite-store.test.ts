import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { utf8 } from "#record/bytes.ts";
import type { NewEntry, RecordStore } from "../contract.ts";
import {
  collect,
  commitOf,
  entriesNamed,
  patterned,
  type FailingPlace,
  testFailingDisk,
  testRecordStore,
} from "../conformance.ts";
import { CacheFolder } from "../files/cache-folder.ts";
import { openConnection } from "./connection.ts";
import type { OpenOptions } from "./open.ts";
import { openSqliteStore } from "./open.ts";
import { migrations } from "./schema.ts";
import { SqliteStore } from "./sqlite-store.ts";

let folder: string;

async function open(mode: OpenOptions["mode"], more: Partial<OpenOptions> = {}): Promise<SqliteStore> {
  const opened = await openSqliteStore({ folder, mode, ...more });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value;
}

async function refusalOf(mode: OpenOptions["mode"]): Promise<string | undefined> {
  const opened = await openSqliteStore({ folder, mode });
  if (!opened.ok) return opened.refusal.code;
  await opened.value.close();
  return undefined;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aigaq-store-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A store over a connection that the test can reach too, without the writer's lock. */
function storeOver(place: string): { store: SqliteStore; db: DatabaseSync } {
  const db = openConnection(join(place, "aigaq.db"), "write");
  const cache = new CacheFolder(join(place, "cache"));
  return { db, store: new SqliteStore({ db, mode: "write", cache, onClose: () => undefined }) };
}

const placeOnDisk = async (): Promise<FailingPlace> => {
  const place = mkdtempSync(join(tmpdir(), "aigaq-conformance-"));
  const connections = new Map<RecordStore, DatabaseSync>();
  return {
    open: async () => {
      const created = await openSqliteStore({ folder: place, mode: "create", ignoreLock: true });
      if (!created.ok) throw new Error(created.refusal.code);
      await created.value.close();
      const { store, db } = storeOver(place);
      connections.set(store, db);
      return store;
    },
    rawBytes: async () => filesUnder(place).map((path) => new Uint8Array(readFileSync(path))),
    fill: async (store) => {
      // SQLite answers a page limit exactly as a full disk: SQLITE_FULL. The real disk is in test/drills/disk-full.ts.
      const db = connections.get(store);
      const pages = db?.prepare("PRAGMA page_count").get()?.["page_count"];
      db?.exec(`PRAGMA max_page_count = ${String(pages)}`);
      return { free: async () => db?.exec("PRAGMA max_page_count = 1000000") };
    },
    damageEntryOnWrite: async (store) => {
      // A trigger stands in for the bit that flips between hashing and storing.
      connections
        .get(store)
        ?.exec(
          "CREATE TRIGGER flip AFTER INSERT ON entries BEGIN UPDATE entries SET jwt = new.jwt || 'x' WHERE idx = new.idx; END",
        );
    },
    remove: async () => rmSync(place, { recursive: true, force: true }),
  };
};
testRecordStore("SQLite", placeOnDisk);
testFailingDisk("SQLite", placeOnDisk);

describe("opening a data folder", () => {
  test("a folder without a record is missing to all but create, also after an init that was killed", async () => {
    expect(await refusalOf("write")).toBe("data-folder-missing");
    expect(await refusalOf("read")).toBe("data-folder-missing");
    // What a kill between creating the file and creating the tables leaves.
    new DatabaseSync(join(folder, "aigaq.db")).exec("PRAGMA journal_mode = WAL");
    expect(await refusalOf("write")).toBe("data-folder-missing");
    expect(await refusalOf("read")).toBe("data-folder-missing");
    expect(await refusalOf("create")).toBeUndefined();
    expect(await refusalOf("write")).toBeUndefined();
  });

  test("the second writer is told that the folder is busy; readers come and go beside the first", async () => {
    const writer = await open("create");
    expect(await refusalOf("write")).toBe("data-folder-busy");
    expect(await refusalOf("create")).toBe("data-folder-busy");
    await using reader = await open("read");
    await writer.commit(commitOf(0, entriesNamed("a")));
    expect(await reader.head()).toMatchObject({ size: 1 });
    await writer.commit(commitOf(1, entriesNamed("b")));
    expect(await collect(reader.entries(0, 9))).toHaveLength(2);
    await writer.close();
    expect(await refusalOf("write")).toBeUndefined();
  });

  test("a reader cannot write", async () => {
    await (await open("create")).close();
    await using reader = await open("read");
    await expect(reader.commit(commitOf(0, entriesNamed("a")))).rejects.toThrow("opened for reading");
  });

  test("a folder of another program, of a later version, or damaged, is refused by name and left alone", async () => {
    const path = join(folder, "aigaq.db");
    const other = new DatabaseSync(path);
    other.exec("CREATE TABLE their_data (x); PRAGMA user_version = 1");
    other.close();
    const before = readFileSync(path);
    expect(await refusalOf("create")).toBe("data-folder-foreign");
    expect(await refusalOf("read")).toBe("data-folder-foreign");
    expect(readFileSync(path).subarray(100)).toEqual(before.subarray(100));
    rmSync(path);

    await (await open("create")).close();
    const newer = new DatabaseSync(path);
    newer.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    newer.close();
    expect(await refusalOf("write")).toBe("data-folder-newer");

    writeFileSync(path, "this was a database once, and is now a text of some length".repeat(200));
    expect(await refusalOf("write")).toBe("data-folder-damaged");
    expect(await refusalOf("read")).toBe("data-folder-damaged");
  });

  test("a file where the folder should be is refused, not thrown", async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "not a folder");
    const opened = await openSqliteStore({ folder, mode: "create" });
    expect(opened).toMatchObject({ ok: false, refusal: { code: "data-folder-unreadable" } });
  });

  test("a page damaged on the disk is reported by the integrity check", async () => {
    const store = await open("create");
    await store.commit(
      commitOf(0, entriesNamed(...Array.from({ length: 300 }, (_, i) => `entry ${i}`.repeat(9)))),
    );
    await store.close();
    const path = join(folder, "aigaq.db");
    const bytes = readFileSync(path);
    const damaged = Buffer.from(bytes);
    for (let at = 4096 * 6; at < 4096 * 10; at += 16) damaged[at] = 0xff;
    writeFileSync(path, damaged);
    await using reader = await open("read");
    expect((await reader.checkIntegrity()).length).toBeGreaterThan(0);
  });

  test("the folder is closed to other users of the machine", async () => {
    folder = join(folder, "books");
    await (await open("create")).close();
    if (process.platform !== "win32") expect(statSync(folder).mode & 0o077).toBe(0);
  });
});

describe("what a commit costs", () => {
  // Counted in the WAL itself: a frame is a page written, and a frame that carries a database size ends a
  // transaction, which is where SQLite calls fsync once. So cost cannot creep in unseen.
  test("one entry with its box is one transaction and at most six pages; 200 entries are still one", async () => {
    await using store = await open("create");
    // The first commits split pages as the tables grow from nothing.
    for (let i = 0; i < 20; i++) await store.commit(commitOf(i, withBoxes(entriesNamed(`${i}`))));
    const before = walFrames();
    await store.commit(commitOf(20, withBoxes(entriesNamed("one more"))));
    const one = walFrames();
    expect(one.transactions - before.transactions).toBe(1);
    expect(one.pages - before.pages).toBeLessThanOrEqual(6);
    await store.commit(
      commitOf(21, withBoxes(entriesNamed(...Array.from({ length: 200 }, (_, i) => `batch ${i}`)))),
    );
    expect(walFrames().transactions - one.transactions).toBe(1);
  });

  test("a refused commit writes nothing at all", async () => {
    await using store = await open("create");
    await store.commit(commitOf(0, entriesNamed("a")));
    const before = walFrames();
    await expect(store.commit(commitOf(0, entriesNamed("b")))).rejects.toThrow();
    expect(walFrames()).toEqual(before);
  });

  test("every commit is fsynced, deleted bytes are overwritten, and nothing is sorted on the disk", async () => {
    await (await open("create")).close();
    const { store, db } = storeOver(folder);
    const settings = ["journal_mode", "synchronous", "secure_delete", "temp_store", "fullfsync"].map(
      (name) => db.prepare(`PRAGMA ${name}`).get()?.[name],
    );
    // synchronous 2 = FULL, temp_store 2 = MEMORY.
    expect(settings).toEqual(["wal", 2, 1, 2, 1]);
    await store.close();
  });

  test("closing leaves one file, without a journal beside it", async () => {
    const store = await open("create");
    await store.commit(commitOf(0, entriesNamed("a")));
    await store.close();
    expect(readdirSync(folder).sort()).toEqual(["aigaq.db", "lock"]);
    expect(existsSync(join(folder, "aigaq.db-wal"))).toBe(false);
  });

  function walFrames(): { pages: number; transactions: number } {
    const wal = readFileSync(join(folder, "aigaq.db-wal"));
    const frame = 24 + wal.readUInt32BE(8);
    let pages = 0;
    let transactions = 0;
    // Salts tell the frames of the present WAL from older ones behind them.
    for (
      let at = 32;
      at + frame <= wal.length && wal.subarray(at + 8, at + 16).equals(wal.subarray(16, 24));
      at += frame
    ) {
      pages++;
      if (wal.readUInt32BE(at + 4) !== 0) transactions++;
    }
    return { pages, transactions };
  }
});

test("an erasure that a reader holds up is finished when the store closes", async () => {
  await (await open("create")).close();
  const { store, db } = storeOver(folder);
  // Only so that the test need not wait the usual five seconds for the reader.
  db.exec("PRAGMA busy_timeout = 10");
  const [entry] = entriesNamed("a");
  if (entry === undefined) throw new Error("no entry");
  const marker = "held-up-marker".repeat(50);
  await store.commit(commitOf(0, [{ ...entry, box: { box: utf8(marker), keybox: utf8("k") } }]));
  const reader = new DatabaseSync(join(folder, "aigaq.db"), { readOnly: true });
  reader.exec("BEGIN");
  reader.prepare("SELECT count(*) FROM boxes").get();
  await store.eraseBox(0);
  expect(await store.box(0)).toBeUndefined();
  reader.exec("COMMIT");
  reader.close();
  await store.close();
  for (const path of filesUnder(folder))
    expect(readFileSync(path, "latin1").includes("held-up-marker")).toBe(false);
});

test("a snapshot that a kill left half-written is removed by the next writer and never read", async () => {
  await using store = await open("create");
  await store.putCache("funds/state", patterned(1, 10));
  await store.close();
  writeFileSync(join(folder, "cache", "funds+state.00.part"), "half");
  await using again = await open("write");
  expect(readdirSync(join(folder, "cache"))).toEqual(["funds+state"]);
  expect(await again.cache("funds/state")).toEqual(patterned(1, 10));
});

function withBoxes(entries: readonly NewEntry[]): NewEntry[] {
  return entries.map((entry, i) => ({
    ...entry,
    box: { box: patterned(i, 328), keybox: patterned(i, 104) },
  }));
}

function filesUnder(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
