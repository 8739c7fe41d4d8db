// The keyring opens with its passphrase and with nothing else, a damaged file is told from a mistyped passphrase,
// and no secret leaves it by printing.
import { randomBytes as nodeRandomBytes } from "node:crypto";
import { inspect } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { concatBytes, toBase64Url } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { assert, expectOk } from "#record/result.ts";
import {
  type ArgonCost,
  argonCost,
  isBearableCost,
  nodeArgon2id,
  passphraseBytes,
  portableArgon2id,
} from "./argon2.ts";
import { decodeKeyring, encodeKeyring, type Keyring } from "./keyring-content.ts";
import { lockKeyring, relockKeyring, unlockKeyring } from "./keyring.ts";
import { redacted } from "./redacted.ts";
import { currentRoomKey, findEpochKey, withEpochKey } from "./rooms.ts";

const randomBytes = (length: number): Uint8Array => new Uint8Array(nodeRandomBytes(length));
const passphrase = "кеме жусан тас көл";
const cheap: ArgonCost = { memoryKib: 64, passes: 1, lanes: 1 };

const keyring: Keyring = {
  version: 1,
  member: "M-03",
  device: { signingSeed: redacted(randomBytes(32)), readingIdentity: redacted("AGE-SECRET-KEY-1TEST") },
  account: { identity: redacted("AGE-SECRET-KEY-PQ-1TEST") },
  log: { signingSeed: redacted(randomBytes(32)), name: "example.org/log" },
  roots: [redacted(randomBytes(32)), redacted(randomBytes(32))],
  nullifierKey: redacted(randomBytes(32)),
  rooms: {
    finance: { id: randomBytes(16), epochs: { 0: redacted(randomBytes(32)), 1: redacted(randomBytes(32)) } },
  },
};

let file: Uint8Array;
beforeAll(async () => {
  file = await lockKeyring(keyring, passphrase, randomBytes, cheap);
});

const plain = (ring: Keyring): string => Buffer.from(encodeKeyring(ring)).toString("utf8");
/** A changed file whose checksum was made to fit again: what an attacker, not a bad disk, leaves behind. */
const resum = (body: Uint8Array): Uint8Array => concatBytes(body, sha256(body));

test("the passphrase gives back every secret", async () => {
  expect(plain(expectOk(await unlockKeyring(file, passphrase)))).toBe(plain(keyring));
});

test("the usual cost is RFC 9106's second choice, and a keyring locked with it opens", async () => {
  expect(argonCost).toEqual({ memoryKib: 65_536, passes: 3, lanes: 4 });
  const usual = await lockKeyring(keyring, passphrase, randomBytes);
  expect((await unlockKeyring(usual, passphrase)).ok).toBe(true);
});

test("a passphrase typed with composed or with separate letters is the same", async () => {
  const sealed = await lockKeyring(keyring, "кофе мой чай", randomBytes, cheap);
  expect((await unlockKeyring(sealed, "кофе мой чай".normalize("NFD"))).ok).toBe(true);
});

test.each(["", "кеме жусан тас", "Кеме жусан тас көл", "кеме жусан тас көл "])(
  "another passphrase is refused as such: %j",
  async (other) => {
    expect(await unlockKeyring(file, other)).toMatchObject({
      ok: false,
      refusal: { code: "wrong-passphrase" },
    });
  },
);

test("a file damaged anywhere is called damaged, not a wrong passphrase", async () => {
  for (let at = 0; at < file.length; at += 7) {
    const forged = new Uint8Array(file);
    forged[at] = (forged[at] ?? 0) ^ 4;
    expect(await unlockKeyring(forged, passphrase)).toMatchObject({ refusal: { code: "keyring-damaged" } });
  }
  for (const length of [0, 10, 44, 100, file.length - 1]) {
    expect(await unlockKeyring(file.subarray(0, length), passphrase)).toMatchObject({
      refusal: { code: "keyring-damaged" },
    });
  }
});

test("a file changed on purpose, its checksum made to fit, still does not open", async () => {
  const body = file.subarray(0, file.length - 32);
  for (const at of [20, 30, 50, 100, body.length - 1]) {
    const forged = new Uint8Array(body);
    forged[at] = (forged[at] ?? 0) ^ 1;
    expect((await unlockKeyring(resum(forged), passphrase)).ok).toBe(false);
  }
});

test.each([
  ["more than 1 GiB", { memoryKib: 1_048_577, passes: 1, lanes: 1 }],
  ["more than 10 passes", { memoryKib: 64, passes: 11, lanes: 1 }],
  ["more than 16 lanes", { memoryKib: 1024, passes: 1, lanes: 17 }],
  ["no pass", { memoryKib: 64, passes: 0, lanes: 1 }],
  ["less memory than Argon2 allows", { memoryKib: 7, passes: 1, lanes: 1 }],
])("a file that asks for %s is refused before any of it is spent", async (_, cost) => {
  expect(isBearableCost(cost)).toBe(false);
  const forged = new Uint8Array(file.subarray(0, file.length - 32));
  const view = new DataView(forged.buffer);
  view.setUint32(16, cost.memoryKib);
  view.setUint32(20, cost.passes);
  view.setUint32(24, cost.lanes);
  expect(await unlockKeyring(resum(forged), passphrase)).toMatchObject({
    refusal: { code: "keyring-cost-absurd" },
  });
});

test("changing the passphrase keeps the secrets and drops the old words", async () => {
  const next = "тұман айна ұшқыш дала";
  const relocked = expectOk(await relockKeyring(file, { current: passphrase, next }, randomBytes, cheap));
  expect(plain(expectOk(await unlockKeyring(relocked, next)))).toBe(plain(keyring));
  expect(await unlockKeyring(relocked, passphrase)).toMatchObject({ refusal: { code: "wrong-passphrase" } });
  expect(await relockKeyring(file, { current: "wrong", next }, randomBytes, cheap)).toMatchObject({
    refusal: { code: "wrong-passphrase" },
  });
});

test("Argon2id of node:crypto and of @noble/hashes give the same key", async () => {
  assert(nodeArgon2id !== undefined, "the pinned Node has Argon2");
  const salt = randomBytes(16);
  for (const cost of [cheap, { memoryKib: 256, passes: 3, lanes: 4 }]) {
    const words = passphraseBytes(passphrase);
    expect(await portableArgon2id(words, salt, cost)).toEqual(await nodeArgon2id(words, salt, cost));
  }
});

test("no secret of a keyring is printed, by whatever means", () => {
  const secret = "AGE-SECRET-KEY-1TEST";
  const seed = keyring.device.signingSeed.reveal();
  const printed = [
    JSON.stringify(keyring),
    inspect(keyring, { depth: 9, showHidden: true }),
    `${keyring.device.readingIdentity}`,
    String(keyring.nullifierKey),
    Object.values(keyring.device.signingSeed).join(""),
  ].join("\n");
  expect(printed).toContain("<redacted>");
  expect(printed).not.toContain(secret);
  expect(printed).not.toContain(toBase64Url(seed));
  expect(printed).not.toContain(Array.from(seed.subarray(0, 4)).join(", "));
});

test("the file shows neither the member nor the rooms, and its size not how many there are", async () => {
  expect(Buffer.from(file).includes("finance")).toBe(false);
  const more = withEpochKey(keyring, "finance", {
    room: randomBytes(16),
    epoch: 2,
    key: redacted(randomBytes(32)),
  });
  expect((await lockKeyring(more, passphrase, randomBytes, cheap)).length).toBe(file.length);
});

test("room keys are found by name for sealing and by a box's head for opening", () => {
  const room = keyring.rooms["finance"]?.id ?? new Uint8Array();
  expect(currentRoomKey(keyring, "finance")).toMatchObject({ epoch: 1, room });
  expect(currentRoomKey(keyring, "intake")).toBeUndefined();
  expect(findEpochKey(keyring, { room, epoch: 0 })).toBe(keyring.rooms["finance"]?.epochs[0]);
  expect(findEpochKey(keyring, { room, epoch: 7 })).toBeUndefined();
  expect(findEpochKey(keyring, { room: randomBytes(16), epoch: 0 })).toBeUndefined();
  const key = redacted(randomBytes(32));
  const more = withEpochKey(keyring, "intake", { room: randomBytes(16), epoch: 0, key });
  expect(currentRoomKey(more, "intake")?.key).toBe(key);
  expect(keyring.rooms["intake"]).toBeUndefined();
});

test.each([
  "",
  "[]",
  '{"version":2}',
  plain(keyring).replace('"member":"M-03"', '"member":3'),
  plain(keyring).replace(toBase64Url(keyring.nullifierKey.reveal()), "AAAA"),
  plain(keyring).replace('"epochs":{"0"', '"epochs":{"x"'),
])("content that is not a keyring is not taken for one (%#)", (text) => {
  expect(decodeKeyring(Buffer.from(text))).toBeUndefined();
});
