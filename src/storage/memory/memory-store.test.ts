import { describe, expect, test } from "vitest";
import { sha256 } from "#record/hash.ts";
import { concatBytes, utf8 } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { overallVerdict } from "#log/check-list.ts";
import { checkLog } from "#log/log-check.ts";
import { openLog } from "#log/sequencer.ts";
import { InventedAuthor, logSigner, origin, vkey } from "#test/drills/invented-log.ts";
import { collect, commitOf, entriesNamed, patterned, testRecordStore } from "../conformance.ts";
import { openMemoryStore } from "./memory-store.ts";
import { fromParts, toParts } from "./store-parts.ts";

testRecordStore("memory", async () => {
  const store = openMemoryStore();
  return {
    open: async () => store,
    rawBytes: async () => [toParts(store)],
    remove: async () => undefined,
  };
});

test("what a store hands out is its own copy, and so is what it takes in", async () => {
  const store = openMemoryStore();
  const box = { box: patterned(1, 9), keybox: patterned(2, 9) };
  await store.commit(
    commitOf(
      0,
      entriesNamed("a").map((entry) => ({ ...entry, box })),
    ),
  );
  box.box.fill(0);
  (await store.box(0))?.keybox.fill(0);
  expect(await store.box(0)).toEqual({ box: patterned(1, 9), keybox: patterned(2, 9) });
});

describe("a store saved as bytes", () => {
  test("is the same store when loaded, and goes on as a log whose check holds", async () => {
    const author = new InventedAuthor();
    const store = openMemoryStore();
    const log = expectOk(await openLog({ store, logSigner, origin }));
    const box = { box: patterned(3, 500), keybox: patterned(4, 104) };
    const notes = Array.from({ length: 600 }, () => ({ ...author.note(), box }));
    expectOk(
      await log.append([author.genesis, ...notes], { objects: [{ name: "epoch/1", bytes: utf8("x") }] }),
    );
    await store.putCache("funds/state", patterned(5, 77));
    await store.eraseBox(2);

    const loaded = expectOk(fromParts(toParts(store)));
    expect(await loaded.head()).toEqual(await store.head());
    expect(await collect(loaded.entries(0, 601))).toEqual(await collect(store.entries(0, 601)));
    expect(await collect(loaded.boxes(0, 601))).toEqual(await collect(store.boxes(0, 601)));
    expect(await loaded.box(2)).toBeUndefined();
    expect(await loaded.objects("")).toEqual(await store.objects(""));
    expect(await loaded.cache("funds/state")).toEqual(patterned(5, 77));
    const again = expectOk(await openLog({ store: loaded, logSigner, origin }));
    expectOk(await again.append([author.note()]));
    expect(overallVerdict(await checkLog(loaded, { vkey }))).toBe("held");
    expect(await store.head()).toMatchObject({ size: 601 });
  });

  test("an empty one has still no head", async () => {
    expect(await expectOk(fromParts(toParts(openMemoryStore()))).head()).toBeUndefined();
  });

  test("cut short or altered anywhere, it is refused", async () => {
    const store = openMemoryStore();
    await store.commit(commitOf(0, entriesNamed("a", "b")));
    const bytes = toParts(store);
    for (let at = 0; at < bytes.length; at++) {
      const altered = bytes.slice();
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(fromParts(altered)).toMatchObject({ refusal: { code: "store-parts-damaged" } });
      expect(fromParts(bytes.subarray(0, at)).ok).toBe(false);
    }
  });

  test("lengths that lead out of the file are refused even when its hash holds", () => {
    for (const body of [
      "aigaq store 1\n",
      "aigaq store 1\n\xff\xff\xff\xff",
      "aigaq store 1\n\0\0\0\0\0\0\0\x09",
    ]) {
      const bytes = Uint8Array.from(body, (character) => character.charCodeAt(0));
      expect(fromParts(concatBytes(bytes, sha256(bytes))).ok).toBe(false);
    }
  });
});
