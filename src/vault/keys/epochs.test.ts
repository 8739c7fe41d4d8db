// A room's key reaches its members and nobody else; the files show only a padded number of readers.
import { randomBytes as nodeRandomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { fromUtf8 } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { type EpochFiles, newEpochKey, openEpoch, paddedRecipientCount, sealEpoch } from "./epochs.ts";
import { type MemberKeys, newHybridKey, newMemberKeys } from "./member.ts";
import { systemRandomness } from "./random.ts";

const randomBytes = (length: number): Uint8Array => new Uint8Array(nodeRandomBytes(length));
const room = randomBytes(16);
const previous = newEpochKey(randomBytes);
const key = newEpochKey(randomBytes);
let lawyer: MemberKeys;
let accountant: MemberKeys;
let stranger: MemberKeys;
let files: EpochFiles;

beforeAll(async () => {
  [lawyer, accountant, stranger] = [
    await newMemberKeys(randomBytes),
    await newMemberKeys(randomBytes),
    await newMemberKeys(randomBytes),
  ];
  const recipients = {
    devices: [lawyer.reading.recipient, accountant.reading.recipient],
    accounts: [lawyer.account.recipient, accountant.account.recipient],
  };
  files = expectOk(await sealEpoch({ room, epoch: 4, key, previous }, recipients, randomBytes));
});

test("every device and every account of the room opens the same key, and the one before", async () => {
  for (const [file, identity] of [
    [files.x25519, lawyer.reading.identity],
    [files.x25519, accountant.reading.identity],
    [files.hybrid, lawyer.account.identity],
    [files.hybrid, accountant.account.identity],
  ] as const) {
    const opened = expectOk(await openEpoch(file, identity, { room, epoch: 4 }));
    expect(opened.key.reveal()).toEqual(key.reveal());
    expect(opened.previous?.reveal()).toEqual(previous.reveal());
  }
});

test("a newcomer without history gets the key and nothing older", async () => {
  const recipients = { devices: [stranger.reading.recipient], accounts: [] };
  const later = expectOk(await sealEpoch({ room, epoch: 5, key }, recipients, randomBytes));
  const opened = expectOk(await openEpoch(later.x25519, stranger.reading.identity, { room, epoch: 5 }));
  expect(opened.previous).toBeUndefined();
  expect(later.x25519.length).toBe(files.x25519.length);
});

test("who is not in the room is refused, also with the account key on the device file", async () => {
  for (const [file, identity] of [
    [files.x25519, stranger.reading.identity],
    [files.hybrid, stranger.account.identity],
    [files.x25519, lawyer.account.identity],
  ] as const) {
    expect(await openEpoch(file, identity, { room, epoch: 4 })).toMatchObject({
      refusal: { code: "epoch-not-for-this-key" },
    });
  }
});

test("a server that hands out the file of another room or epoch is found out", async () => {
  const { identity } = lawyer.reading;
  for (const expected of [
    { room: randomBytes(16), epoch: 4 },
    { room, epoch: 3 },
  ]) {
    expect(await openEpoch(files.x25519, identity, expected)).toMatchObject({
      refusal: { code: "epoch-of-another-room" },
    });
  }
});

test("a cut, changed or foreign file is damaged", async () => {
  const { identity } = lawyer.reading;
  const changed = new Uint8Array(files.x25519);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  for (const file of [files.x25519.subarray(0, 300), changed, new Uint8Array(10)]) {
    expect(await openEpoch(file, identity, { room, epoch: 4 })).toMatchObject({
      refusal: { code: "epoch-damaged" },
    });
  }
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.addRecipient(lawyer.reading.recipient);
  const foreign = await encrypter.encrypt("no epoch at all");
  expect(await openEpoch(foreign, identity, { room, epoch: 4 })).toMatchObject({
    refusal: { code: "epoch-damaged" },
  });
});

test("two readers look like eight", () => {
  expect(fromUtf8(files.x25519.slice(0, 500))).toContain("-> X25519");
  const stanzas = Buffer.from(files.x25519).toString("latin1").split("-> X25519 ").length - 1;
  expect(stanzas).toBe(8);
  expect(paddedRecipientCount(9)).toBe(16);
  expect(paddedRecipientCount(17)).toBe(32);
  expect(paddedRecipientCount(33)).toBe(64);
});

test("a public key of the wrong kind, or damaged, is refused and named", async () => {
  const tagged = `age1tag1${"q".repeat(50)}`;
  const broken = `${lawyer.reading.recipient.slice(0, -1)}${lawyer.reading.recipient.endsWith("q") ? "p" : "q"}`;
  for (const recipient of [tagged, broken, lawyer.account.recipient, "age1"]) {
    const recipients = { devices: [recipient], accounts: [] };
    expect(await sealEpoch({ room, epoch: 0, key }, recipients, randomBytes)).toMatchObject({
      refusal: { code: "recipient-malformed", recipient },
    });
  }
  const mixed = { devices: [], accounts: [lawyer.reading.recipient] };
  expect(await sealEpoch({ room, epoch: 0, key }, mixed, randomBytes)).toMatchObject({
    refusal: { code: "recipient-malformed" },
  });
});

test("keys follow from the randomness given, so that a sample foundation is the same each time", async () => {
  const fixed = (length: number) => new Uint8Array(length).fill(3);
  expect((await newHybridKey(fixed)).recipient).toBe((await newHybridKey(fixed)).recipient);
  expect((await newHybridKey(randomBytes)).recipient).not.toBe((await newHybridKey(randomBytes)).recipient);
});

test("the system's randomness hands out no byte twice and keeps none", () => {
  let fills = 0;
  const portions: Uint8Array[] = [];
  const source = systemRandomness((portion) => {
    fills++;
    crypto.getRandomValues(portion);
    portions.push(portion);
  });
  const seen = new Set<string>();
  for (let i = 0; i < 5000; i++) seen.add(Buffer.from(source(16)).toString("hex"));
  expect(seen.size).toBe(5000);
  expect(fills).toBe(2);
  expect(portions[0]?.subarray(0, 1000).every((byte) => byte === 0)).toBe(true);
  expect(source(200_000).length).toBe(200_000);
});
