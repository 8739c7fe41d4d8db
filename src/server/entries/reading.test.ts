// What a workspace and a stranger read: the same log in every form, and nothing beyond its checkpoint.
import { afterEach, beforeEach, expect, test } from "vitest";
import { concatBytes, fromUtf8, toBase64Url, utf8 } from "#record/bytes.ts";
import { openCheckpoint } from "#record/checkpoint.ts";
import { leafBytes, leafHashOfEntry } from "#record/entry.ts";
import { parseVkey } from "#record/note.ts";
import { expectOk } from "#record/result.ts";
import { decodeEntryBundle, readerForNodes, tilePath } from "#record/tiles.ts";
import { perfectSubtrees, subtreeRoot } from "#record/tree.ts";
import type { IssuedEntry } from "#record/issue.ts";
import { type Person, type Served, expectStatus, refusal, serveFoundation } from "#test/server/served.ts";

let served: Served;
let officer: Person;
let entries: IssuedEntry[];

beforeEach(async () => {
  ({ served, officer } = await serveFoundation());
  entries = Array.from({ length: 300 }, (_, i) => officer.issue({ pub: { i } }));
  await expectStatus(
    officer.fetch("/api/entries", {
      method: "POST",
      json: {
        entries: entries.map(({ jwt }, i) =>
          i % 3 === 0 ? { jwt, box: toBase64Url(utf8(`box ${i}`)), keybox: toBase64Url(utf8("k")) } : { jwt },
        ),
      },
    }),
    200,
  );
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

async function bytesAt(path: string): Promise<Uint8Array> {
  const answer = await officer.fetch(path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** `[jwt, box]` of each frame. */
function framesOf(bytes: Uint8Array): [string, string][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const frames: [string, string][] = [];
  let at = 0;
  const part = () => {
    const length = view.getUint32(at);
    at += 4 + length;
    return fromUtf8(bytes.subarray(at - length, at)) ?? "";
  };
  while (at < bytes.length) {
    const [jwt, box] = [part(), part()];
    part();
    frames.push([jwt, box]);
  }
  return frames;
}

test("entries come in frames, with their boxes where they are asked for", async () => {
  const bare = framesOf(await bytesAt("/api/entries?from=1&to=301"));
  expect(bare.map(([jwt]) => jwt)).toEqual(entries.map(({ jwt }) => jwt));
  expect(bare.every(([, box]) => box === "")).toBe(true);
  const boxed = framesOf(await bytesAt("/api/entries?from=100&to=999&boxes=1"));
  expect(boxed).toHaveLength(201);
  for (const [i, [jwt, box]] of boxed.entries()) {
    const number = 99 + i;
    expect([jwt, box]).toEqual([entries[number]?.jwt, number % 3 === 0 ? `box ${number}` : ""]);
  }
  expect(await bytesAt("/api/entries?from=301&to=400")).toHaveLength(0);
  for (const query of ["from=2&to=1", "from=x&to=1", "from=-1&to=1", "from=01&to=2", "to=1"])
    expect(await refusal(officer.fetch(`/api/entries?${query}`)), query).toBe("400 field-malformed");
});

test("entries at positions come in the same frames, as many as there are", async () => {
  const all = framesOf(await bytesAt("/api/entries?from=0&to=301&boxes=1"));
  const at = [0, 1, 4, 255, 256, 300];
  expect(framesOf(await bytesAt(`/api/entries?at=${at.join(",")}&boxes=1`))).toEqual(at.map((i) => all[i]));
  expect(framesOf(await bytesAt("/api/entries?at=4"))).toEqual([[entries[3]?.jwt, ""]]);
  expect(await bytesAt("/api/entries?at=301,900")).toHaveLength(0);
  const tooMany = Array.from({ length: 257 }, (_, i) => i).join(",");
  for (const query of [
    "at=",
    "at=x",
    "at=-1",
    "at=01",
    "at=2,1",
    "at=1,1",
    "at=1,,2",
    "at=1.5",
    `at=${tooMany}`,
  ])
    expect(await refusal(officer.fetch(`/api/entries?${query}`)), query).toBe("400 field-malformed");
});

test("hashes, roots and tiles are those of the entries", async () => {
  const leaves = entries.map(({ hash }) => leafHashOfEntry(hash));
  expect(await bytesAt("/api/leaf-hashes?from=1&to=301")).toEqual(concatBytes(...leaves));
  expect(await bytesAt("/api/tiles/0/0")).toEqual(await bytesAt("/api/leaf-hashes?from=0&to=256"));
  expect(await bytesAt("/api/tile-roots?level=0&from=0&to=1")).toHaveLength(32);
  expect(await refusal(officer.fetch("/api/tiles/0/1"))).toBe("404 not-found");
  expect(await refusal(officer.fetch("/api/tiles/0/x"))).toBe("404 not-found");
  expect(await refusal(officer.fetch("/api/leaf-hashes?from=0&to=300000"))).toBe("400 field-malformed");
});

test("a stranger rebuilds the signed root from the public tiles alone, and finds each leaf in the bundles", async () => {
  const anyone = (path: string) => fetch(`${served.address}/${path}`);
  const note = await (await anyone("checkpoint")).text();
  const key = expectOk(parseVkey(served.server.services.logKey.vkey));
  const { size, root } = expectOk(openCheckpoint(note, [key], key.name));
  expect(size).toBe(301);
  const reader = expectOk(
    await readerForNodes(perfectSubtrees(0, size), size, async (tile) => {
      const answer = await anyone(tilePath(tile));
      expect(answer.headers.get("cache-control")).toContain("immutable");
      return new Uint8Array(await answer.arrayBuffer());
    }),
  );
  expect(subtreeRoot(0, size, reader)).toEqual(root);
  const bundle = new Uint8Array(await (await anyone("tile/entries/001.p/45")).arrayBuffer());
  const expected = entries.slice(255).map(({ hash }) => leafBytes(hash));
  expect(expectOk(decodeEntryBundle(bundle, 45))).toEqual(expected);
  for (const beyond of [
    "tile/0/001",
    "tile/0/001.p/46",
    "tile/entries/001",
    "tile/1/000.p/2",
    "tile/00/000",
    "tile/entries/x",
  ])
    expect((await anyone(beyond)).status, beyond).toBe(404);
});

test("sealed snapshots come back as they were put, and names are names", async () => {
  const put = (name: string, bytes: Uint8Array) =>
    officer.fetch(`/api/cache/${name}`, { method: "PUT", body: new Uint8Array(bytes) });
  expect(await expectStatus(put("books/finance-1", utf8("sealed")), 200)).toEqual({ kept: true });
  expect(await bytesAt("/api/cache/books/finance-1")).toEqual(utf8("sealed"));
  expect(await refusal(officer.fetch("/api/cache/none"))).toBe("404 not-found");
  expect(await refusal(put("a/..%2F..%2Fx", utf8("x")))).toBe("400 field-malformed");
});

test("what objects are called is told without reading them, and the server's own are not told", async () => {
  const { store } = served.server.services;
  await store.putObject("epoch/finance/1/x25519.age", utf8("sealed"));
  await store.putObject("epoch/finance/2/x25519.age", utf8("sealed"));
  // All of them together may be more than fits into memory.
  store.objects = () => Promise.reject(new Error("every object was read"));
  expect(await officer.get("/api/objects?prefix=epoch/")).toEqual({
    names: ["epoch/finance/1/x25519.age", "epoch/finance/2/x25519.age"],
  });
  expect(await officer.get("/api/objects")).toEqual({
    names: ["epoch/finance/1/x25519.age", "epoch/finance/2/x25519.age"],
  });
});
