// Story 8: a colleague comes, loses her keys, leaves. What she can read, and from when on she cannot, is tried with her own keys.
import { expect, test } from "vitest";
import { decideRates } from "#domain/funds/decide-registers.ts";
import { utf8, toHex } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { epochCommitment, newEpochKey, sealEpoch } from "#vault/keys/epochs.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { newMemberKeys, type MemberKeys } from "#vault/keys/member.ts";
import { redacted } from "#vault/keys/redacted.ts";
import { openTestDesk } from "#test/workspace/open-test-desk.ts";
import {
  decideEnrolling,
  decideRemoval,
  decideRoom,
  newDeviceOf,
  recordKeyChange,
  safetyNumber,
} from "./members.ts";
import { currentDevices, memberCalled, readersOf, readPeople, roomNamed } from "./people.ts";
import type { RecordPort } from "../record-port.ts";
import { epochObject, learnEpochs, sealKeyParcel, takeKeyParcel } from "./room-keys.ts";
import { financeRoom, Session } from "../session.ts";

const { randomBytes } = (await openTestDesk()).desk;

async function foundation() {
  const { desk } = await openTestDesk();
  const { session } = desk;
  const genesis = await session.genesis();
  if (genesis === null) throw new Error("no genesis");
  return { session, genesis };
}

const emptyKeyring = (member: string, keys: MemberKeys): Keyring => ({
  version: 1,
  member,
  device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
  account: { identity: keys.account.identity },
  nullifierKey: redacted(new Uint8Array(32)),
  rooms: {},
});

/** A session of somebody else over the same log. */
function sessionOf(keyring: Keyring, over: Session): Session {
  const port: RecordPort = {
    reader: over.store,
    get size() {
      return over.size;
    },
    get root() {
      return over.root;
    },
    get checkpoint() {
      return over.checkpoint;
    },
  };
  const { words, progress, logKey, now } = over;
  return new Session({ port, keyring, logKey, words, progress, now, randomBytes });
}

async function enrol(session: Session, genesis: Uint8Array, name: string, replacing?: string) {
  const keys = await newMemberKeys(randomBytes);
  const people = await readPeople(session);
  const member = replacing ?? `M-0${people.members.length + 1}`;
  const change = expectOk(
    await decideEnrolling(session, people, {
      member,
      name,
      roles: ["finance"],
      rooms: [financeRoom],
      device: newDeviceOf(keys, genesis),
      replaces: replacing !== undefined,
    }),
  );
  const officer = await recordKeyChange(session, change);
  const parcel = await sealKeyParcel(
    {
      member,
      rooms: { [financeRoom]: officer.rooms[financeRoom] ?? never() },
      nullifierKey: officer.nullifierKey,
    },
    keys.reading.recipient,
    { signingSeed: officer.device.signingSeed.reveal(), genesis },
  );
  const taken = await takeKeyParcel(session.store, emptyKeyring(member, keys), parcel);
  return { member, keys, parcel, keyring: taken ?? never() };
}

function never(): never {
  throw new Error("not taken");
}

async function rateIsRead(session: Session, from: number): Promise<boolean[]> {
  const read: boolean[] = [];
  for await (const { opened } of session.read(from, session.size))
    if (opened.type === "key.revoke") read.push(opened.hidden["reason"] !== undefined);
  return read;
}

async function addRate(session: Session, date: string) {
  const decided = decideRates((await session.books()).funds, [
    { line: 2, values: { date, from: "EUR", to: "KZT", rate: "500.00", source: "invented" } },
  ]);
  await session.append(expectOk(decided).drafts);
}

test("a newcomer reads everything from the first entry on, and her name is known to those in the room", async () => {
  const { session, genesis } = await foundation();
  await addRate(session, "2025-03-01");
  const { member, keyring } = await enrol(session, genesis, "Дана Үлгі");
  const hers = sessionOf(keyring, session);
  expect((await hers.books()).funds.rates).toHaveLength(1);
  const people = await readPeople(hers);
  expect(memberCalled(people, member)).toMatchObject({
    name: "Дана Үлгі",
    isCurrent: true,
    roles: ["finance"],
  });
  expect(readersOf(roomNamed(people, financeRoom))).toEqual(["M-01", member]);
  expect(keyring.nullifierKey.reveal()).toEqual(session.keyring.nullifierKey.reveal());
});

test("who is removed reads nothing that is recorded afterwards, not even why; the others read on", async () => {
  const { session, genesis } = await foundation();
  const dana = await enrol(session, genesis, "Дана");
  const pyotr = await enrol(session, genesis, "Пётр");
  // Dana's keyring is of the epoch before Pyotr came: she learns his epoch from the key files.
  const before = await learnEpochs(session.store, dana.keyring);
  expect(Object.keys(before.rooms[financeRoom]?.epochs ?? {})).toHaveLength(3);
  const size = session.size;
  const change = expectOk(
    await decideRemoval(session, await readPeople(session), {
      member: dana.member,
      reason: "left for another town",
    }),
  );
  await recordKeyChange(session, change);
  const danaAfter = await learnEpochs(session.store, before);
  expect(danaAfter).toBe(before);
  expect(await rateIsRead(sessionOf(danaAfter, session), size)).toEqual([false]);
  const pyotrAfter = await learnEpochs(session.store, pyotr.keyring);
  expect(await rateIsRead(sessionOf(pyotrAfter, session), size)).toEqual([true]);
  const people = await readPeople(session);
  expect(memberCalled(people, dana.member)?.isCurrent).toBe(false);
  expect(readersOf(roomNamed(people, financeRoom))).toEqual(["M-01", pyotr.member]);
});

test("lost keys are replaced: the new device reads, the old one counts no more", async () => {
  const { session, genesis } = await foundation();
  const first = await enrol(session, genesis, "Дана");
  const second = await enrol(session, genesis, "Дана", first.member);
  const people = await readPeople(session);
  const member = memberCalled(people, first.member);
  expect(member?.devices).toHaveLength(2);
  expect(member === undefined ? 0 : currentDevices(member).length).toBe(1);
  const finance = (keyring: Keyring) => Object.keys(keyring.rooms[financeRoom]?.epochs ?? {}).length;
  expect(finance(second.keyring)).toBe(3);
  expect(finance(await learnEpochs(session.store, first.keyring))).toBe(2);
});

test("a key file that the server made itself is not taken, nor a parcel that no officer signed", async () => {
  const { session, genesis } = await foundation();
  const { keyring, keys, parcel, member } = await enrol(session, genesis, "Дана");
  const room = keyring.rooms[financeRoom] ?? never();
  const key = newEpochKey(randomBytes);
  const files = expectOk(
    await sealEpoch(
      { room: room.id, epoch: 2, key },
      { devices: [keys.reading.recipient], accounts: [] },
      randomBytes,
    ),
  );
  const forged = new Map([
    [epochObject(toHex(room.id), 2, "x25519.age"), files.x25519],
    [epochObject(toHex(room.id), 2, "entry"), utf8(toHex((await lastKeyEntry(session)) ?? never()))],
  ]);
  const { store } = session;
  const reader: Parameters<typeof learnEpochs>[0] = {
    entries: (from, to) => store.entries(from, to),
    entryByHash: (hash) => store.entryByHash(hash),
    object: async (name) => forged.get(name) ?? store.object(name),
  };
  expect(await learnEpochs(reader, keyring)).toBe(keyring);
  expect(epochCommitment({ room: room.id, epoch: 2, key })).not.toBe("");

  const stranger = { signingSeed: randomBytes(32), genesis };
  const byStranger = await sealKeyParcel(
    { member, rooms: keyring.rooms, nullifierKey: keyring.nullifierKey },
    keys.reading.recipient,
    stranger,
  );
  expect(await takeKeyParcel(session.store, emptyKeyring(member, keys), byStranger)).toBeUndefined();
  // Rightly signed, but with a key that the record does not commit to.
  const wrongKey = await sealKeyParcel(
    {
      member,
      rooms: { [financeRoom]: { id: room.id, epochs: { 1: key } } },
      nullifierKey: keyring.nullifierKey,
    },
    keys.reading.recipient,
    { signingSeed: session.keyring.device.signingSeed.reveal(), genesis },
  );
  expect(await takeKeyParcel(session.store, emptyKeyring(member, keys), wrongKey)).toBeUndefined();
  expect(await takeKeyParcel(session.store, emptyKeyring("M-09", keys), parcel)).toBeUndefined();
});

async function lastKeyEntry(session: Session): Promise<Uint8Array | undefined> {
  return (await session.books()).streams.get("keys")?.hash;
}

test("a new room is read by those who are named in it, and only its readers can hand on its keys", async () => {
  const { session, genesis } = await foundation();
  const { member, keyring } = await enrol(session, genesis, "Дана");
  const readers = ["M-01", member];
  const people = await readPeople(session);
  await recordKeyChange(session, expectOk(await decideRoom(session, people, { name: "editorial", readers })));
  const after = await readPeople(session);
  expect(readersOf(roomNamed(after, "editorial"))).toEqual(readers);
  expect(await decideRoom(session, after, { name: "editorial", readers })).toMatchObject({
    refusal: { code: "room-known" },
  });
  expect(await decideRoom(session, after, { name: "defence", readers: [member] })).toMatchObject({
    refusal: { code: "room-not-yours" },
  });
  // The name is sealed to finance: a reader of finance knows it, the log shows a number.
  expect(roomNamed(await readPeople(sessionOf(keyring, session)), "editorial")?.id).toHaveLength(32);
});

test("each refusal of a change of members is reached", async () => {
  const { session, genesis } = await foundation();
  const { member, keyring } = await enrol(session, genesis, "Дана");
  const people = await readPeople(session);
  const device = newDeviceOf(await newMemberKeys(randomBytes), genesis);
  const enrolling = {
    member: "M-09",
    name: "A",
    roles: ["finance"],
    rooms: [financeRoom],
    device,
    replaces: false,
  };
  const hers = sessionOf(keyring, session);
  const code = async (deciding: Promise<unknown>) =>
    ((await deciding) as { refusal?: { code: string } }).refusal?.code;
  expect(await code(decideEnrolling(hers, people, enrolling))).toBe("not-officer");
  expect(await code(decideRemoval(hers, people, { member: "M-01", reason: "x" }))).toBe("not-officer");
  const deciding = (more: Partial<typeof enrolling>) =>
    decideEnrolling(session, people, { ...enrolling, ...more });
  expect(await code(deciding({ name: " " }))).toBe("name-missing");
  expect(await code(deciding({ roles: ["Chief!"] }))).toBe("role-malformed");
  expect(await code(deciding({ rooms: ["defence"] }))).toBe("room-not-yours");
  expect(await code(deciding({ device: { ...device, proof: device.x } }))).toBe("key-proof-wrong");
  const known = newDeviceOf(
    { ...(await newMemberKeys(randomBytes)), signingSeed: keyring.device.signingSeed },
    genesis,
  );
  expect(await code(deciding({ device: known }))).toBe("key-known");
  expect(await code(deciding({ device: { ...device, reading: "age1nonsense" } }))).toBe(
    "recipient-malformed",
  );
  const removing = (who: string, reason = "left") => decideRemoval(session, people, { member: who, reason });
  // She would revoke the key that she signs the new one with.
  expect(await code(deciding({ member: "M-01", replaces: true }))).toBe("last-officer");
  expect(await code(removing("M-07"))).toBe("member-unknown");
  expect(await code(removing("M-01"))).toBe("not-yourself");
  expect(await code(removing(member, ""))).toBe("reason-missing");
  await recordKeyChange(session, expectOk(await removing(member)));
  const after = await readPeople(session);
  expect(await code(decideRemoval(session, after, { member, reason: "again" }))).toBe("member-removed");
});

test("two people who compare the safety number see the same keys, or do not see the same number", async () => {
  const { genesis } = await foundation();
  const device = newDeviceOf(await newMemberKeys(randomBytes), genesis);
  const officer = randomBytes(32);
  const number = safetyNumber(genesis, officer, device);
  expect(number).toMatch(/^(?:\d{5} ){5}\d{5}$/u);
  expect(safetyNumber(genesis, officer, device)).toBe(number);
  const other = newDeviceOf(await newMemberKeys(randomBytes), genesis);
  for (const forged of [{ ...device, reading: other.reading }, { ...device, account: other.account }, other])
    expect(safetyNumber(genesis, officer, forged)).not.toBe(number);
});
