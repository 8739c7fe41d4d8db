import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openCheckpoint } from "#record/checkpoint.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { parseVkey } from "#record/note.ts";
import { expectOk } from "#record/result.ts";
import { rootOfLeafHashes, verifyConsistency, verifyInclusion } from "#record/tree.ts";
import type { Commit, NewEntry, RecordStore } from "#storage/contract.ts";
import { StoreFull } from "#storage/contract.ts";
import { collect, entriesNamed, patterned } from "#storage/conformance.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import { logSigner, origin, signerNamed, vkey } from "#test/drills/invented-log.ts";
import type { Log } from "./sequencer.ts";
import { openLog } from "./sequencer.ts";

let folder: string;
let store: RecordStore;
const logKey = expectOk(parseVkey(vkey));

async function openStore(ignoreLock = false): Promise<RecordStore> {
  return expectOk(await openSqliteStore({ folder, mode: "create", ignoreLock }));
}

async function open(on: RecordStore = store, witnessed: readonly string[] = []): Promise<Log> {
  return expectOk(await openLog({ store: on, logSigner, origin, witnessed }));
}

/** Storage is the same for entries and for anything else that hashes: short texts keep these tests fast. */
function entries(from: number, count: number): NewEntry[] {
  return entriesNamed(...Array.from({ length: count }, (_, i) => `entry ${from + i}`));
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "aigaq-log-"));
  store = await openStore();
});

afterEach(async () => {
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe("a log", () => {
  test("numbers entries from where it stands and signs the root over all of them", async () => {
    const log = await open();
    expect(log.checkpoint()).toBeUndefined();
    const first = expectOk(await log.append(entries(0, 3)));
    const second = expectOk(await log.append(entries(3, 2)));
    expect([first.firstIndex, second.firstIndex, log.size]).toEqual([0, 3, 5]);
    const checkpoint = expectOk(openCheckpoint(second.checkpoint, [logKey]));
    expect(checkpoint).toMatchObject({ origin, size: 5 });
    expect(checkpoint.root).toEqual(rootOfLeafHashes(entries(0, 5).map(({ hash }) => leafHashOfEntry(hash))));
    expect((await store.head())?.checkpoint).toBe(second.checkpoint);
  });

  // The law of this module: however entries are cut into appends, and however often the log is closed in between, the
  // tree is the same. 600 entries cross two tile borders.
  test("leads to the same root however its entries were batched and however often it was reopened", async () => {
    const expected = rootOfLeafHashes(entries(0, 600).map(({ hash }) => leafHashOfEntry(hash)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 }), async (batches) => {
        await store[Symbol.asyncDispose]();
        rmSync(folder, { recursive: true, force: true });
        store = await openStore();
        let size = 0;
        for (const batch of [...batches, 600]) {
          const count = Math.min(batch, 600 - size);
          expectOk(await (await open()).append(entries(size, count)));
          size += count;
        }
        expect((await open()).root).toEqual(expected);
        const tile = await store.fullTile(0, 1);
        expect(tile?.slice(0, 32)).toEqual(leafHashOfEntry(entries(256, 1)[0]?.hash ?? new Uint8Array()));
      }),
      { numRuns: 8 },
    );
  });

  test("gives proofs out of what is stored, for every entry and every earlier size", async () => {
    const log = await open();
    const roots = [log.root];
    for (let size = 0; size < 300; size += 60) {
      expectOk(await log.append(entries(size, 60)));
      roots.push(log.root);
    }
    const tree = new StoredTree(store, 300);
    for (const index of [0, 59, 60, 255, 256, 299]) {
      const [entry] = entries(index, 1);
      const proof = expectOk(await tree.inclusionProof(index));
      const leafHash = leafHashOfEntry(entry?.hash ?? new Uint8Array());
      expect(verifyInclusion({ index, size: 300, leafHash, proof, root: log.root }).ok).toBe(true);
      const other = leafHashOfEntry(new Uint8Array(32));
      expect(verifyInclusion({ index, size: 300, leafHash: other, proof, root: log.root }).ok).toBe(false);
    }
    for (const [i, oldRoot] of roots.entries()) {
      if (i === 0) continue;
      const proof = expectOk(await tree.consistencyProof(i * 60));
      expect(verifyConsistency({ oldSize: i * 60, size: 300, oldRoot, root: log.root, proof }).ok).toBe(true);
    }
    expect(await tree.inclusionProof(300)).toMatchObject({
      ok: false,
      refusal: { code: "tree-index-out-of-range" },
    });
    expect(await tree.consistencyProof(301)).toMatchObject({
      ok: false,
      refusal: { code: "tree-size-invalid" },
    });
  });
});

describe("what an append costs", () => {
  test("one entry is one commit and no tile; the 256th adds one tile; 32 at once are still one commit", async () => {
    const commits: Commit[] = [];
    const log = await open(watched(store, (commit) => commits.push(commit)));
    expectOk(await log.append(entries(0, 1)));
    expectOk(await log.append(entries(1, 254)));
    expectOk(await log.append(entries(255, 1)));
    expect(commits.map(({ tiles }) => tiles.map(({ level, n }) => `${level}/${n}`))).toEqual([
      [],
      [],
      ["0/0"],
    ]);
    commits.length = 0;
    const answers = await Promise.all(Array.from({ length: 32 }, (_, i) => log.append(entries(256 + i, 1))));
    expect(commits).toHaveLength(1);
    expect(answers.map((answer) => expectOk(answer).firstIndex)).toEqual(
      Array.from({ length: 32 }, (_, i) => 256 + i),
    );
  });

  test("opening reads one run of hashes per tile level and no tile", async () => {
    expectOk(await (await open()).append(entries(0, 1000)));
    const reads: string[] = [];
    await open(counted(store, reads));
    expect(reads).toEqual(["head", "leafHashes 768..1000", "tileRoots 0 0..3"]);
  });
});

describe("a log refuses", () => {
  test("an author who has not seen the last entry, by value, and changes nothing", async () => {
    const log = await open();
    expectOk(await log.append(entries(0, 2)));
    const stale = await log.append(entries(2, 1), { expectedSize: 1 });
    expect(stale).toMatchObject({
      ok: false,
      refusal: { code: "stale-head", sizeExpected: 1, sizeFound: 2 },
    });
    expect(log.size).toBe(2);
    expect(expectOk(await log.append(entries(2, 1), { expectedSize: 2 })).firstIndex).toBe(2);
  });

  test("to go on where another process has appended, whatever the lock said", async () => {
    const log = await open();
    expectOk(await log.append(entries(0, 1)));
    await using rival = await openStore(true);
    expectOk(await (await open(rival)).append(entries(100, 1)));
    const late = await log.append(entries(1, 1));
    expect(late).toMatchObject({ ok: false, refusal: { code: "stale-head", sizeExpected: 1, sizeFound: 2 } });
    expect((await collect(store.entries(0, 9))).map(({ jwt }) => jwt)).toEqual(["entry 0", "entry 100"]);
  });

  test("a history that another process began anew; one that it continued can be read again", async () => {
    const log = await open();
    expectOk(await log.append(entries(0, 300)));
    {
      await using rival = await openStore(true);
      expectOk(await (await open(rival)).append(entries(300, 5)));
    }
    expectOk(await log.reload());
    expect(log.size).toBe(305);
    expect(expectOk(await log.append(entries(305, 1), { expectedSize: 305 })).firstIndex).toBe(305);
    expect((await open()).root).toEqual(log.root);

    const elsewhere = mkdtempSync(join(tmpdir(), "aigaq-fork-"));
    await using other = expectOk(await openSqliteStore({ folder: elsewhere, mode: "create" }));
    const forked = await open(bound(other));
    expectOk(await forked.append(entries(900, 10)));
    // The storage is exchanged under a log that has signed more than this, and other things.
    const exchanged = { ...bound(store) };
    const victim = await open(exchanged);
    Object.assign(exchanged, bound(other));
    expect(await victim.reload()).toMatchObject({ ok: false, refusal: { code: "behind-witness" } });
    expect(victim.size).toBe(306);
    rmSync(elsewhere, { recursive: true });
  });

  test("what is too large, known, or not what its author hashed", async () => {
    const log = await open();
    expectOk(await log.append(entries(0, 1)));
    const [entry] = entries(1, 1);
    if (entry === undefined) throw new Error("no entry");
    const refusals = [
      await log.append(entriesNamed("x".repeat(1_048_577))),
      await log.append([
        { ...entry, box: { box: new Uint8Array(64 * 1024 * 1024 + 1), keybox: patterned(1, 9) } },
      ]),
      await log.append([{ ...entry, hash: patterned(1, 32) }]),
      await log.append(entries(0, 1)),
    ];
    expect(refusals.map((result) => (result.ok ? "appended" : result.refusal.code))).toEqual([
      "entry-too-large",
      "box-too-large",
      "entry-hash-wrong",
      "entry-known",
    ]);
    expect(log.size).toBe(1);
  });

  test("one bad append without spoiling those that would have shared its commit", async () => {
    const log = await open();
    expectOk(await log.append(entries(0, 1)));
    const answers = await Promise.all([
      log.append(entries(1, 1)),
      log.append(entries(0, 1)),
      log.append(entries(2, 1)),
    ]);
    expect(answers.map((answer) => (answer.ok ? answer.value.firstIndex : answer.refusal.code))).toEqual([
      1,
      "entry-known",
      2,
    ]);
  });

  test("on a full disk, by value; what was signed for the failed commit never gets out, and it goes on later", async () => {
    let isFull = true;
    const log = await open(
      watched(store, () => {
        if (isFull) throw new StoreFull();
      }),
    );
    expect(await log.append(entries(0, 2))).toMatchObject({ ok: false, refusal: { code: "disk-full" } });
    expect([log.size, log.checkpoint()]).toEqual([0, undefined]);
    isFull = false;
    expect(expectOk(await log.append(entries(5, 2))).firstIndex).toBe(0);
  });

  test("to open under another key, or when the storage no longer leads to the root it signed", async () => {
    expectOk(await (await open()).append(entries(0, 300)));
    const otherKey = await openLog({ store, logSigner: signerNamed("thief"), origin });
    expect(otherKey).toMatchObject({ ok: false, refusal: { code: "head-not-ours" } });
    const damaged = { ...bound(store), leafHashes: async () => new Uint8Array(44 * 32) };
    expect(await openLog({ store: damaged, logSigner, origin })).toMatchObject({
      ok: false,
      refusal: { code: "head-root-wrong" },
    });
    const lost = { ...bound(store), tileRoots: async () => new Uint8Array(0) };
    expect(await openLog({ store: lost, logSigner, origin })).toMatchObject({
      ok: false,
      refusal: { code: "head-root-wrong" },
    });
    const longer = {
      ...bound(store),
      head: async () => ({ size: 301, checkpoint: (await store.head())?.checkpoint ?? "" }),
    };
    expect(await openLog({ store: longer, logSigner, origin })).toMatchObject({
      ok: false,
      refusal: { code: "head-size-wrong" },
    });
  });

  test("to sign on top of a restored backup that is behind what a witness saw, or beside it", async () => {
    const log = await open();
    expectOk(await log.append(entries(0, 300)));
    const seen = expectOk(await log.append(entries(300, 10))).checkpoint;
    expectOk(await log.append(entries(310, 1)));
    // The witness's checkpoint is a prefix of this log: fine.
    expect((await open(store, [seen])).size).toBe(311);

    const backup = mkdtempSync(join(tmpdir(), "aigaq-backup-"));
    {
      await using restored = expectOk(await openSqliteStore({ folder: backup, mode: "create" }));
      expectOk(await (await open(restored)).append(entries(0, 300)));
      const behind = await openLog({ store: restored, logSigner, origin, witnessed: [seen] });
      expect(behind).toMatchObject({
        ok: false,
        refusal: { code: "behind-witness", sizeWitnessed: 310, sizeStored: 300 },
      });
      // Signing on regardless makes another history, which the same checkpoint shows.
      expectOk(await (await open(restored)).append(entries(900, 20)));
      const fork = await openLog({ store: restored, logSigner, origin, witnessed: [seen] });
      expect(fork).toMatchObject({ ok: false, refusal: { code: "behind-witness", sizeStored: 320 } });
    }
    rmSync(backup, { recursive: true });
    const foreign = await openLog({ store, logSigner, origin, witnessed: ["not a checkpoint"] });
    expect(foreign).toMatchObject({ ok: false, refusal: { code: "witnessed-not-ours" } });
  });
});

/** The methods of a store as own properties, so that a test can replace some. */
function bound(inner: RecordStore): RecordStore {
  return {
    head: () => inner.head(),
    commit: (commit) => inner.commit(commit),
    entries: (from, to) => inner.entries(from, to),
    entriesAt: (positions) => inner.entriesAt(positions),
    entryByHash: (hash) => inner.entryByHash(hash),
    leafHashes: (from, to) => inner.leafHashes(from, to),
    fullTile: (level, n) => inner.fullTile(level, n),
    tileRoots: (level, from, to) => inner.tileRoots(level, from, to),
    box: (index) => inner.box(index),
    boxes: (from, to) => inner.boxes(from, to),
    eraseBox: (index) => inner.eraseBox(index),
    object: (name) => inner.object(name),
    objects: (prefix) => inner.objects(prefix),
    objectSizes: (prefix) => inner.objectSizes(prefix),
    putObject: (name, bytes) => inner.putObject(name, bytes),
    cache: (name) => inner.cache(name),
    putCache: (name, bytes) => inner.putCache(name, bytes),
    checkIntegrity: () => inner.checkIntegrity(),
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  };
}

function watched(inner: RecordStore, before: (commit: Commit) => void): RecordStore {
  return {
    ...bound(inner),
    commit: async (commit) => {
      before(commit);
      await inner.commit(commit);
    },
  };
}

function counted(inner: RecordStore, reads: string[]): RecordStore {
  const all = bound(inner);
  return {
    ...all,
    head: () => (reads.push("head"), all.head()),
    leafHashes: (from, to) => (reads.push(`leafHashes ${from}..${to}`), all.leafHashes(from, to)),
    tileRoots: (level, from, to) => (
      reads.push(`tileRoots ${level} ${from}..${to}`),
      all.tileRoots(level, from, to)
    ),
    fullTile: (level, n) => (reads.push(`fullTile ${level}/${n}`), all.fullTile(level, n)),
  };
}
