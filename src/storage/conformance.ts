/**
 * The storage contract as a test suite: `testRecordStore("SQLite", …)` in a test file of the storage. It looks at
 * nothing but the contract (and, where the storage can show them, its raw bytes), so PostgreSQL or anything later is
 * held to the same promises. A storage on a disk is held to `testFailingDisk` too.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { concatBytes, utf8 } from "#record/bytes.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { sha256OfText } from "#record/hash.ts";
import type { Commit, NewEntry, RecordStore } from "./contract.ts";
import { StoreConflict, StoreDamaged, StoreFull } from "./contract.ts";

/** One place to keep a record, empty at first. */
export type Place = {
  /**
   * A handle on the record; several may be open at once, as when two processes race past every lock. The first one
   * creates the record.
   */
  open(): Promise<RecordStore>;
  /** All bytes the storage holds anywhere, for the search after an erasure. Left out when it cannot show them. */
  rawBytes?(): Promise<readonly Uint8Array[]>;
  remove(): Promise<void>;
};

/** A place where a failing disk can be arranged. */
export type FailingPlace = Place & {
  /** Makes the next write fail as a full disk does, until `free` is called. */
  fill(store: RecordStore): Promise<{ free(): Promise<void> }>;
  /** Flips a bit of a stored entry's text behind the storage's back. */
  damageEntryOnWrite(store: RecordStore): Promise<void>;
};

export function testRecordStore(name: string, makePlace: () => Promise<Place>): void {
  describe(`${name} keeps the record`, () => {
    const { place, open } = freshPlace(makePlace);

    test("an empty log has no head and no entries", async () => {
      const store = await open();
      expect(await store.head()).toBeUndefined();
      expect(await collect(store.entries(0, 10))).toEqual([]);
      expect(await store.leafHashes(0, 10)).toEqual(new Uint8Array(0));
      expect(await store.checkIntegrity()).toEqual([]);
    });

    test("what was committed is there after closing and opening again, byte for byte", async () => {
      const entries = entriesNamed("a", "b", "c");
      const boxed = entries.map((entry, i) => ({
        ...entry,
        box: { box: patterned(i, 1000), keybox: patterned(i, 104) },
      }));
      {
        await using store = await place().open();
        await store.commit({
          ...commitOf(0, boxed),
          objects: [{ name: "epoch/finance/1", bytes: patterned(7, 64) }],
        });
      }
      const store = await open();
      expect(await store.head()).toEqual({ size: 3, checkpoint: "checkpoint 3" });
      expect(await collect(store.entries(0, 3))).toEqual(
        entries.map(({ jwt, hash }, index) => ({ index, jwt, hash })),
      );
      expect(await store.box(1)).toEqual({ box: patterned(1, 1000), keybox: patterned(1, 104) });
      expect(await store.object("epoch/finance/1")).toEqual(patterned(7, 64));
      expect(await store.checkIntegrity()).toEqual([]);
    });

    test("entries at positions come in their order, and what is not there is left out", async () => {
      const store = await open();
      await store.commit(commitOf(0, entriesNamed("a", "b", "c", "d")));
      const jwts = async (...positions: number[]) =>
        (await collect(store.entriesAt(positions))).map(({ index, jwt }) => `${index}${jwt}`);
      expect(await jwts()).toEqual([]);
      expect(await jwts(2)).toEqual(["2c"]);
      expect(await jwts(0, 2, 3, 4, 900)).toEqual(["0a", "2c", "3d"]);
    });

    test("an entry is found by its whole hash, and by nothing shorter", async () => {
      const store = await open();
      const entries = entriesNamed("a", "b");
      await store.commit(commitOf(0, entries));
      const second = entries[1]?.hash ?? new Uint8Array();
      expect(await store.entryByHash(second)).toMatchObject({ index: 1, jwt: "b" });
      expect(await store.entryByHash(second.slice(0, 16))).toBeUndefined();
      expect(await store.entryByHash(sha256OfText("c"))).toBeUndefined();
    });

    test("leaf hashes follow from the stored hashes, and end where the log ends", async () => {
      const store = await open();
      const entries = entriesNamed("a", "b", "c");
      await store.commit(commitOf(0, entries));
      const expected = concatBytes(...entries.slice(1).map(({ hash }) => leafHashOfEntry(hash)));
      expect(await store.leafHashes(1, 99)).toEqual(expected);
      expect(await store.leafHashes(3, 99)).toEqual(new Uint8Array(0));
    });

    test("full tiles and their roots come back; a hole in the roots shows as missing length", async () => {
      const store = await open();
      const tiles = [0, 1, 3].map((n) => ({
        level: 0,
        n,
        bytes: patterned(n, 8192),
        root: patterned(n, 32),
      }));
      await store.commit({ ...commitOf(0, entriesNamed("a")), tiles });
      expect(await store.fullTile(0, 1)).toEqual(patterned(1, 8192));
      expect(await store.fullTile(1, 1)).toBeUndefined();
      expect(await store.tileRoots(0, 0, 4)).toEqual(concatBytes(patterned(0, 32), patterned(1, 32)));
      expect(await store.tileRoots(0, 3, 4)).toEqual(patterned(3, 32));
    });

    test("a tile is written once: a second one for its place is refused whole", async () => {
      const store = await open();
      const tile = { level: 0, n: 0, bytes: patterned(1, 8192), root: patterned(1, 32) };
      await store.commit({ ...commitOf(0, entriesNamed("a")), tiles: [tile] });
      const other = { ...tile, bytes: patterned(2, 8192) };
      await expect(store.commit({ ...commitOf(1, entriesNamed("b")), tiles: [other] })).rejects.toThrow();
      expect(await store.head()).toMatchObject({ size: 1 });
      expect(await store.fullTile(0, 0)).toEqual(tile.bytes);
    });

    test("a writer who is behind changes nothing and learns the true size", async () => {
      const store = await open();
      await store.commit(commitOf(0, entriesNamed("a", "b")));
      const late = store.commit({
        ...commitOf(1, entriesNamed("c")),
        objects: [{ name: "x", bytes: patterned(1, 9) }],
      });
      await expect(late).rejects.toBeInstanceOf(StoreConflict);
      await expect(late).rejects.toMatchObject({ sizeExpected: 1, sizeFound: 2, reason: "size" });
      expect(await store.head()).toEqual({ size: 2, checkpoint: "checkpoint 2" });
      expect(await store.object("x")).toBeUndefined();
    });

    test("of two handles that race for one place, exactly one wins each round, and no entry is lost", async () => {
      const handles = [await open(), await open()];
      const won: string[] = [];
      for (let size = 0; size < 20; size++) {
        const results = await Promise.allSettled(
          handles.map((store, who) => store.commit(commitOf(size, entriesNamed(`${size} by ${who}`)))),
        );
        const winners = results.flatMap((result, who) => (result.status === "fulfilled" ? [who] : []));
        expect(winners).toHaveLength(1);
        won.push(`${size} by ${winners[0]}`);
      }
      for (const store of handles) {
        expect((await collect(store.entries(0, 99))).map(({ jwt }) => jwt)).toEqual(won);
      }
    });

    test("the same entry twice is refused, within a commit and across commits", async () => {
      const store = await open();
      await store.commit(commitOf(0, entriesNamed("a")));
      await expect(store.commit(commitOf(1, entriesNamed("b", "a")))).rejects.toMatchObject({
        reason: "entry-twice",
      });
      await expect(store.commit(commitOf(1, entriesNamed("c", "c")))).rejects.toMatchObject({
        reason: "entry-twice",
      });
      expect(await store.head()).toMatchObject({ size: 1 });
      await store.commit(commitOf(1, entriesNamed("b")));
    });

    test("an entry that does not hash to what was signed is never sealed in", async () => {
      const store = await open();
      const forged = { jwt: "what the disk has", hash: sha256OfText("what was signed") };
      await expect(store.commit(commitOf(0, [forged]))).rejects.toBeInstanceOf(StoreDamaged);
      expect(await store.head()).toBeUndefined();
      expect(await collect(store.entries(0, 9))).toEqual([]);
    });

    test("entries up to 1 MiB are kept; a longer one is a bug of the caller", async () => {
      const store = await open();
      const largest = "x".repeat(1024 * 1024);
      await store.commit(commitOf(0, entriesNamed(largest)));
      expect((await collect(store.entries(0, 1)))[0]?.jwt).toBe(largest);
      await expect(store.commit(commitOf(1, entriesNamed(`${largest}x`)))).rejects.toThrow("bug");
    });

    test("reading on while others commit gives each entry once, in order", async () => {
      const store = await open();
      const names = Array.from({ length: 1500 }, (_, i) => `entry ${i}`);
      await store.commit(commitOf(0, entriesNamed(...names)));
      const read: string[] = [];
      for await (const { index, jwt } of store.entries(100, 1400)) {
        expect(index).toBe(100 + read.length);
        read.push(jwt);
        if (index % 500 === 0) {
          const { size } = (await store.head()) ?? { size: 0 };
          await store.commit(commitOf(size, entriesNamed(`late ${index}`)));
        }
      }
      expect(read).toEqual(names.slice(100, 1400));
    });

    test("boxes come in order and only where there is one", async () => {
      const store = await open();
      const entries = entriesNamed("a", "b", "c").map((entry, i) =>
        i === 1 ? entry : { ...entry, box: { box: patterned(i, 50), keybox: patterned(i + 9, 104) } },
      );
      await store.commit(commitOf(0, entries));
      const boxes = await collect(store.boxes(0, 3));
      expect(boxes).toEqual([
        { index: 0, box: patterned(0, 50), keybox: patterned(9, 104) },
        { index: 2, box: patterned(2, 50), keybox: patterned(11, 104) },
      ]);
      expect(await store.box(1)).toBeUndefined();
    });

    test("erasing a box leaves neither it nor its key in any byte the storage holds, and the log as it was", async () => {
      const store = await open();
      const secret = utf8("box-marker-3f9a".repeat(600));
      const key = utf8("key-marker-77c1".repeat(7));
      const [entry] = entriesNamed("a");
      if (entry === undefined) throw new Error("no entry");
      await store.commit(
        commitOf(0, [{ ...entry, box: { box: secret, keybox: key } }, ...entriesNamed("b")]),
      );
      await store.eraseBox(0);
      expect(await store.box(0)).toBeUndefined();
      expect(await collect(store.boxes(0, 2))).toEqual([]);
      expect(await collect(store.entries(0, 2))).toHaveLength(2);
      for (const bytes of (await place().rawBytes?.()) ?? []) {
        const text = latin1(bytes);
        expect(text.includes("box-marker")).toBe(false);
        expect(text.includes("key-marker")).toBe(false);
      }
    });

    test("objects are replaced durably and listed by prefix, not by anything that merely sorts near", async () => {
      {
        await using store = await place().open();
        for (const name of ["epoch/1/x", "epoch/2/x", "epoch-3", "epocha", "other"]) {
          await store.putObject(name, utf8(name));
        }
        await store.putObject("epoch/1/x", utf8("new"));
      }
      const store = await open();
      expect(await store.objects("epoch/")).toEqual([
        { name: "epoch/1/x", bytes: utf8("new") },
        { name: "epoch/2/x", bytes: utf8("epoch/2/x") },
      ]);
      expect(await store.objectSizes("epoch/")).toEqual([
        { name: "epoch/1/x", size: 3 },
        { name: "epoch/2/x", size: 9 },
      ]);
      expect(await store.objectSizes("none")).toEqual([]);
      expect(await store.object("epoch/9/x")).toBeUndefined();
      await expect(store.putObject("../escape", utf8("x"))).rejects.toThrow("bug");
    });

    test("a snapshot may be replaced; one never written is simply not there", async () => {
      const store = await open();
      expect(await store.cache("funds/state")).toBeUndefined();
      expect(await store.putCache("funds/state", patterned(1, 5000))).toBe(true);
      expect(await store.putCache("funds/state", patterned(2, 3))).toBe(true);
      expect(await store.cache("funds/state")).toEqual(patterned(2, 3));
    });
  });
}

/** What the contract promises when the disk fails: for every storage that has one. */
export function testFailingDisk(name: string, makePlace: () => Promise<FailingPlace>): void {
  describe(`${name} on a disk that fails`, () => {
    const { place, open } = freshPlace(makePlace);

    test("on a full disk nothing of the commit stays, reading goes on, and freeing space is enough", async () => {
      const store = await open();
      await store.commit(commitOf(0, entriesNamed("a")));
      const full = await place().fill(store);
      const [entry] = entriesNamed("b");
      if (entry === undefined) throw new Error("no entry");
      const large = { ...entry, box: { box: patterned(1, 4_000_000), keybox: patterned(2, 104) } };
      await expect(store.commit(commitOf(1, [large]))).rejects.toBeInstanceOf(StoreFull);
      expect(await store.head()).toEqual({ size: 1, checkpoint: "checkpoint 1" });
      expect(await collect(store.entries(0, 9))).toHaveLength(1);
      await full.free();
      await store.commit(commitOf(1, [large]));
      expect(await store.head()).toMatchObject({ size: 2 });
      expect(await store.checkIntegrity()).toEqual([]);
    });

    test("an entry that the storage altered while taking it in is noticed before it is sealed in", async () => {
      const store = await open();
      await place().damageEntryOnWrite(store);
      await expect(store.commit(commitOf(0, entriesNamed("a")))).rejects.toBeInstanceOf(StoreDamaged);
      expect(await store.head()).toBeUndefined();
      // What a disk that lies would do next is unknown, so this handle writes no more.
      await expect(store.putObject("x", utf8("x"))).rejects.toBeInstanceOf(StoreDamaged);
    });
  });
}

/** A new place for each test, which goes with everything that `open` opened in it. */
function freshPlace<P extends Place>(
  makePlace: () => Promise<P>,
): { place: () => P; open: () => Promise<RecordStore> } {
  let place: P;
  let opened: RecordStore[];
  beforeEach(async () => {
    place = await makePlace();
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store[Symbol.asyncDispose]();
    await place.remove();
  });
  return {
    place: () => place,
    open: async () => {
      const store = await place.open();
      opened.push(store);
      return store;
    },
  };
}

/** Entries whose "JWT" is the name itself: storage must not care what an entry says. */
export function entriesNamed(...names: readonly string[]): NewEntry[] {
  return names.map((jwt) => ({ jwt, hash: sha256OfText(jwt) }));
}

export function commitOf(expectedSize: number, entries: readonly NewEntry[]): Commit {
  return { expectedSize, entries, tiles: [], checkpoint: `checkpoint ${expectedSize + entries.length}` };
}

/** Bytes that differ from place to place and from seed to seed. */
export function patterned(seed: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 101 + (i >> 8)) & 0xff);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
