// Each refusal of a box is reached by the attack it stands for: a server that swaps, moves, cuts or edits boxes.
import { randomBytes as nodeRandomBytes } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, utf8 } from "#record/bytes.ts";
import { assert, expectOk } from "#record/result.ts";
import { sealBox } from "#vault/seal/box.ts";
import { nodeCrypto, nodeSealing, webSealing } from "#vault/seal/primitives.ts";
import { openBox, openBoxWithKey, openKeybox, readBoxPlace } from "./box.ts";
import { nodeOpening, webOpening } from "./primitives.ts";

const randomBytes = (length: number): Uint8Array => new Uint8Array(nodeRandomBytes(length));
const epochKey = randomBytes(32);
const room = randomBytes(16);
const entryA = randomBytes(32);
const entryB = randomBytes(32);
const seal = async (text: string, entryHash = entryA, key = epochKey, epoch = 3) =>
  sealBox({ epochKey: key, room, epoch, entryHash, plaintext: utf8(text), randomBytes });

test("who holds the room's key opens the box, and its head says which key to take", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (plaintext) => {
      const { box, keybox } = await sealBox({
        epochKey,
        room,
        epoch: 7,
        entryHash: entryA,
        plaintext,
        randomBytes,
      });
      expect(expectOk(await openBox({ epochKey, entryHash: entryA, box, keybox }))).toEqual(plaintext);
      expect(expectOk(readBoxPlace(box))).toMatchObject({ room, epoch: 7 });
      expect(keybox.length).toBe(141);
    }),
    { numRuns: 30 },
  );
});

test("a box swapped between two entries does not open", async () => {
  const a = await seal("paid to the first family", entryA);
  const b = await seal("paid to the second family", entryB);
  // Both halves moved together: the keybox opens, the box says it belongs elsewhere.
  expect(await openBox({ epochKey, entryHash: entryB, ...a })).toMatchObject({
    refusal: { code: "box-does-not-open", cause: "sealed-for-another-key-or-place" },
  });
  // One half moved: their heads differ.
  expect(await openBox({ epochKey, entryHash: entryA, box: b.box, keybox: a.keybox })).toMatchObject({
    refusal: { code: "box-and-keybox-differ" },
  });
  // One half moved and its head rewritten to fit.
  const rewritten = concatBytes(a.box.subarray(0, 37), b.keybox.subarray(37));
  expect(await openBox({ epochKey, entryHash: entryA, box: a.box, keybox: rewritten })).toMatchObject({
    refusal: { code: "keybox-does-not-open" },
  });
});

test("every single flipped byte of box or keybox is refused", async () => {
  const { box, keybox } = await seal("one line");
  for (let at = 0; at < box.length + keybox.length; at++) {
    const both = concatBytes(box, keybox);
    both[at] = (both[at] ?? 0) ^ 0x20;
    const forged = { box: both.subarray(0, box.length), keybox: both.subarray(box.length) };
    expect((await openBox({ epochKey, entryHash: entryA, ...forged })).ok).toBe(false);
  }
});

test("a head changed alike on both halves is refused: room and epoch cannot be relabelled", async () => {
  const { box, keybox } = await seal("one line");
  for (let at = 0; at < 37; at++) {
    const forged = { box: new Uint8Array(box), keybox: new Uint8Array(keybox) };
    forged.box[at] = (box[at] ?? 0) ^ 1;
    forged.keybox[at] = (keybox[at] ?? 0) ^ 1;
    expect((await openBox({ epochKey, entryHash: entryA, ...forged })).ok).toBe(false);
  }
});

test("a cut or lengthened box is refused", async () => {
  const { box, keybox } = await seal("one line");
  for (const length of [0, 1, 36, 37, 80, box.length - 1]) {
    expect((await openBox({ epochKey, entryHash: entryA, box: box.subarray(0, length), keybox })).ok).toBe(
      false,
    );
  }
  const longer = concatBytes(box, Uint8Array.of(0));
  expect((await openBox({ epochKey, entryHash: entryA, box: longer, keybox })).ok).toBe(false);
  expect(await openKeybox(epochKey, keybox.subarray(0, 20))).toMatchObject({
    refusal: { code: "box-malformed" },
  });
  expect(await openBoxWithKey(epochKey, entryA, box.subarray(0, 20))).toMatchObject({
    refusal: { code: "box-malformed" },
  });
});

test("the key of another room, or of an earlier epoch, opens nothing", async () => {
  const sealed = await seal("one line");
  expect(await openBox({ epochKey: randomBytes(32), entryHash: entryA, ...sealed })).toMatchObject({
    refusal: { code: "keybox-does-not-open", cause: "sealed-for-another-key-or-place" },
  });
});

test("a court that is given one box key opens that box and no other", async () => {
  const a = await seal("shown to the court", entryA);
  const b = await seal("not shown", entryB);
  const boxKey = expectOk(await openKeybox(epochKey, a.keybox));
  expect(expectOk(await openBoxWithKey(boxKey, entryA, a.box))).toEqual(utf8("shown to the court"));
  expect((await openBoxWithKey(boxKey, entryB, b.box)).ok).toBe(false);
});

test("an unknown version is refused, not guessed", async () => {
  const { box } = await seal("one line");
  box[0] = 2;
  expect(readBoxPlace(box)).toMatchObject({ refusal: { code: "box-malformed" } });
});

test("boxes of one line and of five lines have one size", async () => {
  const short = await seal("a");
  const long = await seal("a".repeat(200));
  expect(short.box.length).toBe(long.box.length);
});

test("node:crypto and WebCrypto make the same box", async () => {
  assert(nodeCrypto !== undefined, "these tests run in Node");
  const fixed = (length: number) => new Uint8Array(length).fill(9);
  const content = { epochKey, room, epoch: 0, entryHash: entryA, plaintext: utf8("x"), randomBytes: fixed };
  const byNode = await sealBox(content, nodeSealing(nodeCrypto));
  const byWeb = await sealBox(content, webSealing(crypto.subtle));
  expect(byWeb).toEqual(byNode);
  const opened = await openBox({ epochKey, entryHash: entryA, ...byNode }, webOpening(crypto.subtle));
  expect(expectOk(opened)).toEqual(utf8("x"));
  expect((await openBox({ epochKey, entryHash: entryA, ...byWeb }, nodeOpening(nodeCrypto))).ok).toBe(true);
});
