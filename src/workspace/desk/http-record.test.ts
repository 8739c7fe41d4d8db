// A server need not be believed: what a device reads of it, alone or by the page, is held against the signed tree first.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as fc from "fast-check";
import { concatBytes, toBase64Url, utf8 } from "#record/bytes.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { parseVkey } from "#record/note.ts";
import { expectOk } from "#record/result.ts";
import { collect } from "#storage/conformance.ts";
import { type Person, type Served, expectStatus, serveFoundation } from "#test/server/served.ts";
import { splitFrames } from "./frames.ts";
import { HttpRecord } from "./http-record.ts";
import { memoryLocalStore, type LocalStore } from "./local-store.ts";
import { Server } from "./server.ts";

let served: Served;
let officer: Person;
/** Questions to the server since the last test began. */
let asked: string[];
let isOnline: boolean;
/** Between server and device: may alter an answer. */
let meddle: (path: string, bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Three full pages and an edge. */
const size = 3 * 256 + 40;

beforeAll(async () => {
  ({ served, officer } = await serveFoundation());
  const entries = Array.from({ length: size - 1 }, (_, i) => officer.issue({ pub: { i } }));
  const json = {
    entries: entries.map(({ jwt }, i) =>
      i % 3 === 0 ? { jwt, box: toBase64Url(utf8(`box ${i}`)), keybox: toBase64Url(utf8("k")) } : { jwt },
    ),
  };
  await expectStatus(officer.fetch("/api/entries", { method: "POST", json }), 200);
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

beforeEach(() => {
  asked = [];
  isOnline = true;
  meddle = (_, bytes) => bytes;
});

const store = () => served.server.services.store;

/** A device that keeps pages, as a browser does. */
function device(): LocalStore & { readonly pages: Map<number | string, Uint8Array> } {
  const pages = new Map<number | string, Uint8Array>();
  return {
    ...memoryLocalStore(),
    pages,
    page: async (key) => pages.get(key),
    keepPage: async (key, bytes) => void pages.set(key, bytes),
  };
}

async function open(local: LocalStore = device()): Promise<HttpRecord> {
  const server = new Server(served.address, async (input, init) => {
    const path = String(input).slice(served.address.length);
    if (!isOnline) throw new TypeError("no connection");
    const answer = await officer.fetch(path, init);
    asked.push(path);
    if (!answer.headers.get("content-type")?.startsWith("application/octet-stream")) return answer;
    return new Response(new Uint8Array(await meddle(path, new Uint8Array(await answer.arrayBuffer()))));
  });
  const record = await HttpRecord.open(
    server,
    local,
    expectOk(parseVkey(served.server.services.logKey.vkey)),
  );
  asked = [];
  return record;
}

const isSingle = (path: string): boolean => path.startsWith("/api/entries?at=");
const isPage = (path: string): boolean => path.startsWith("/api/entries?from=");
const isTile = (path: string): boolean => path.startsWith("/api/tiles/0/");

async function readAt({ reader }: HttpRecord, positions: readonly number[]) {
  const found = [];
  for await (const { index, jwt } of reader.entriesAt(positions))
    found.push({ index, jwt, box: await reader.box(index) });
  return found;
}

async function truth(positions: readonly number[]) {
  const entries = await collect(store().entriesAt(positions));
  return Promise.all(entries.map(async ({ index, jwt }) => ({ index, jwt, box: await store().box(index) })));
}

test("a few entries here and there come alone, in one question, with the leaf hashes of their pages", async () => {
  const record = await open();
  const positions = [4, 5, 300, 600, 780];
  expect(await readAt(record, positions)).toEqual(await truth(positions));
  expect(asked.filter(isSingle)).toEqual(["/api/entries?at=4,5,300,600,780&boxes=1"]);
  expect(asked.filter(isTile).toSorted()).toEqual(["/api/tiles/0/0", "/api/tiles/0/1", "/api/tiles/0/2"]);
  expect(asked.filter(isPage)).toEqual([]);
  asked = [];
  expect(await readAt(record, [5, 780])).toEqual(await truth([5, 780]));
  expect(asked).toEqual([]);
});

test("who reads on, or wants most of a page, gets the page", async () => {
  const record = await open();
  const most = Array.from({ length: 200 }, (_, i) => 256 + i);
  expect(await readAt(record, [7, ...most])).toEqual(await truth([7, ...most]));
  expect(asked.filter(isPage)).toEqual(["/api/entries?from=256&to=512&boxes=1"]);
  expect(asked.filter(isSingle)).toEqual(["/api/entries?at=7&boxes=1"]);
  asked = [];
  expect(await collect(record.reader.entries(0, size))).toEqual(await collect(store().entries(0, size)));
  expect(asked.filter(isPage)).toHaveLength(3);
  // Its leaf hashes are known with it.
  expect(await record.reader.fullTile(0, 1)).toEqual(await store().fullTile(0, 1));
  expect(asked.filter(isTile)).toEqual([]);
});

test("a position beyond the log gives nothing, and the server is not asked for it", async () => {
  const record = await open();
  expect(await readAt(record, [size, size + 300])).toEqual([]);
  expect(await collect(record.reader.entries(size, size + 9))).toEqual([]);
  expect(await record.reader.box(size)).toBeUndefined();
  expect(asked).toEqual([]);
});

test("an entry is found by its hash, and the server's word for where is not taken", async () => {
  const record = await open();
  const [entry] = await collect(store().entriesAt([301]));
  expect(await record.reader.entryByHash(entry?.hash ?? new Uint8Array())).toEqual(entry);
  expect(asked.filter(isPage)).toEqual([]);
  expect(await record.reader.entryByHash(new Uint8Array(32))).toBeUndefined();
});

test("what was read alone is there without a connection, and so is what was read by the page", async () => {
  const local = device();
  const before = await open(local);
  await readAt(before, [300]);
  await collect(before.reader.entries(512, 768));
  const record = await open(local);
  isOnline = false;
  expect(await readAt(record, [300, 600])).toEqual(await truth([300, 600]));
  await expect(readAt(record, [301])).rejects.toMatchObject({ code: "offline" });
  // A device that kept pages before leaf hashes were kept beside them.
  for (const key of local.pages.keys()) if (String(key).startsWith("leaves")) local.pages.delete(key);
  const older = await ((isOnline = true), open(local));
  isOnline = false;
  expect(await readAt(older, [600])).toEqual(await truth([600]));
});

test("what a device kept badly comes from the server again", async () => {
  const local = device();
  await readAt(await open(local), [300, 780]);
  const other = local.pages.get("entry 780") ?? new Uint8Array();
  local.pages.set("entry 300", other);
  local.pages.set("leaves 1", new Uint8Array(8192));
  local.pages.set("entry 780", other.slice(0, 50));
  expect(await readAt(await open(local), [300, 780])).toEqual(await truth([300, 780]));
  expect(asked.filter(isSingle).join()).toContain("at=");
  expect(asked.filter(isTile)).toEqual(["/api/tiles/0/1"]);
  asked = [];
  expect(await readAt(await open(local), [300])).toEqual(await truth([300]));
});

test("an entry that is to be forgotten is asked for again, and so is its page", async () => {
  const local = device();
  const record = await open(local);
  await readAt(record, [300]);
  await collect(record.reader.entries(512, 768));
  await record.reader.forget?.(300);
  await record.reader.forget?.(600);
  asked = [];
  expect(await readAt(record, [300, 600])).toEqual(await truth([300, 600]));
  expect(asked.filter(isSingle)).not.toEqual([]);
  asked = [];
  await collect((await open(local)).reader.entries(512, 768));
  expect(asked.filter(isPage)).toEqual(["/api/entries?from=512&to=768&boxes=1"]);
});

test("what grew since is read behind what was read before", async () => {
  const record = await open();
  expect(await readAt(record, [780])).toEqual(await truth([780]));
  await expectStatus(officer.append([officer.issue()]), 200);
  expect(await record.refresh()).toBe(true);
  asked = [];
  const grown = await served.server.services.host.size;
  expect(await readAt(record, [780, grown - 1])).toEqual(await truth([780, grown - 1]));
  expect(asked).toEqual([`/api/entries?at=${grown - 1}&boxes=1`]);
});

/** Answers to the question for single entries, and to that for leaf hashes, are exchanged. */
const forged: Record<string, (path: string, bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>> = {
  "another entry of the same page": async (path, bytes) => {
    if (!isSingle(path)) return bytes;
    const answer = await officer.fetch("/api/entries?at=301&boxes=1");
    return new Uint8Array(await answer.arrayBuffer());
  },
  "an entry that its author never signed": (path, bytes) => (isSingle(path) ? flipped(bytes, 40) : bytes),
  "leaf hashes that do not give the root": (path, bytes) => (isTile(path) ? flipped(bytes, 5) : bytes),
  "leaf hashes made for a forged entry": async (path, bytes) => {
    const entry = flipped(
      new Uint8Array(await (await officer.fetch("/api/entries?at=300")).arrayBuffer()),
      40,
    );
    if (isSingle(path)) return entry;
    if (!isTile(path)) return bytes;
    const { decodeFrame } = await import("./frames.ts");
    const leaf = leafHashOfEntry(decodeFrame(entry)?.hash ?? new Uint8Array());
    return concatBytes(bytes.subarray(0, 44 * 32), leaf, bytes.subarray(45 * 32));
  },
  "a tile of another page": async (path, bytes) =>
    isTile(path) ? ((await store().fullTile(0, 2)) ?? bytes) : bytes,
  "half a tile": (path, bytes) => (isTile(path) ? bytes.subarray(0, 4096) : bytes),
  "no entry": (path, bytes) => (isSingle(path) ? new Uint8Array() : bytes),
  "half an entry": (path, bytes) => (isSingle(path) ? bytes.subarray(0, 100) : bytes),
  "more than was asked for": (path, bytes) => (isSingle(path) ? concatBytes(bytes, bytes) : bytes),
};

test.each(Object.entries(forged))("%s is not shown, and not kept", async (_, forging) => {
  const local = device();
  const record = await open(local);
  meddle = forging;
  await expect(readAt(record, [300])).rejects.toMatchObject({ code: "page-altered" });
  expect(local.pages.has("entry 300")).toBe(false);
  meddle = (__, bytes) => bytes;
  // What was refused is asked for again: a server that came to its senses is heard.
  expect(await readAt(record, [300])).toEqual(await truth([300]));
});

test("entries of the last page are held against its leaves, which are no full tile yet", async () => {
  const record = await open();
  meddle = (path, bytes) => (isSingle(path) ? flipped(bytes, 40) : bytes);
  await expect(readAt(record, [780])).rejects.toMatchObject({ code: "page-altered" });
});

test("an answer that holds fewer than were asked for is asked on", async () => {
  const record = await open();
  meddle = (path, bytes) => (isSingle(path) ? (splitFrames(bytes)[0] ?? bytes) : bytes);
  expect((await readAt(record, [3, 300, 700])).map(({ index }) => index)).toEqual([3, 300, 700]);
  expect(asked.filter(isSingle)).toHaveLength(3);
});

test("in whatever order and number entries are read, they are those of the log", async () => {
  const position = fc.integer({ min: 0, max: size + 5 });
  const step = fc.oneof(
    fc.uniqueArray(position, { maxLength: 300 }).map((at) => ({ at: at.toSorted((a, b) => a - b) })),
    fc.tuple(position, position).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (steps, isNewTab) => {
        // So that her allowance of questions is full again.
        served.clock.now += 60_000;
        const local = device();
        let record = await open(local);
        for (const one of steps) {
          if (isNewTab) record = await open(local);
          if ("at" in one) expect(await readAt(record, one.at)).toEqual(await truth(one.at));
          else
            expect(await collect(record.reader.entries(one.from, one.to))).toEqual(
              await collect(store().entries(one.from, Math.min(one.to, record.size))),
            );
        }
      },
    ),
    { numRuns: 10 },
  );
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
