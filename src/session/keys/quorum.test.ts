// The record after trustees brought an officer back: who reads what, who signs what, and what every forged twin of her
// appointment meets behind a server of others and in `log check`.
import { expect, test } from "vitest";
import { checkLog } from "#log/log-check.ts";
import { appointmentMessage } from "#record/appointment.ts";
import { toBase64Url } from "#record/bytes.ts";
import { signerFromSeed, type Signer } from "#record/ed25519.ts";
import { issueEntry } from "#record/issue.ts";
import { keyThumbprint } from "#record/key-id.ts";
import { expectOk } from "#record/result.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { newMemberKeys } from "#vault/keys/member.ts";
import { signerNamed, vkey } from "#test/drills/invented-log.ts";
import { copyOf, quorumOf, sessionOf } from "#test/workspace/lost-officer.ts";
import { openTestDesk } from "#test/workspace/open-test-desk.ts";
import { keysEnding, type Ending } from "./ending.ts";
import { keysStream } from "../issuing.ts";
import { decideEnrolling, decideRoom, newDeviceOf, recordKeyChange } from "./members.ts";
import { isOfficer, memberCalled, readPeople } from "./people.ts";
import { decideAppointment, keyringOfQuorum, openQuorum, withRoomsOf, type Quorum } from "./quorum.ts";
import { learnEpochs } from "./room-keys.ts";
import { financeRoom, type Session } from "../session.ts";

/** An officer with a colleague, a room of their own, and trustees. */
async function beforeTheLoss() {
  const { session } = (await openTestDesk()).desk;
  const genesis = (await session.genesis()) ?? new Uint8Array();
  const keys = await newMemberKeys(session.randomBytes);
  const enrolling = {
    member: "M-02",
    name: "Дана Үлгі",
    roles: ["finance"],
    rooms: [financeRoom],
    device: newDeviceOf(keys, genesis),
    replaces: false,
  };
  await recordKeyChange(
    session,
    expectOk(await decideEnrolling(session, await readPeople(session), enrolling)),
  );
  const room = { name: "editorial", readers: ["M-01", "M-02"] };
  await recordKeyChange(session, expectOk(await decideRoom(session, await readPeople(session), room)));
  const { rooms, nullifierKey } = session.keyring;
  const colleague: Keyring = {
    version: 1,
    member: "M-02",
    genesis,
    device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
    account: { identity: keys.account.identity },
    nullifierKey,
    rooms,
  };
  const { file, shares } = await quorumOf(session);
  const quorum = expectOk(await openQuorum(file, shares.slice(1)));
  return { session, colleague, quorum };
}

async function bringBack(lost: Session, quorum: Quorum, member: string, ends: readonly string[] = []) {
  const { store, port } = await copyOf(lost);
  const keys = await newMemberKeys(lost.randomBytes);
  const keyring = await keyringOfQuorum(port.reader, port.size, quorum, member, keys);
  const session = sessionOf(lost, keyring, port);
  const people = await readPeople(session, { asMade: true });
  session.takeKeyring(await withRoomsOf(session, people, quorum, member));
  const ending = { members: ends, seen: session.size };
  await recordKeyChange(session, expectOk(await decideAppointment(session, people, quorum, keys, ending)));
  return { session, store, port };
}

test("the officer is back with her rooms; her colleague follows, and her lost device opens nothing new", async () => {
  const { session: lost, colleague, quorum } = await beforeTheLoss();
  const { session, store, port } = await bringBack(lost, quorum, "M-01");
  const newest = (keyring: Keyring, room: string) =>
    Math.max(...Object.keys(keyring.rooms[room]?.epochs ?? {}).map(Number));
  expect([newest(session.keyring, "finance"), newest(session.keyring, "editorial")]).toEqual([2, 1]);
  const learned = await learnEpochs(port.reader, colleague);
  expect([newest(learned, "finance"), newest(learned, "editorial")]).toEqual([2, 1]);
  expect(await learnEpochs(port.reader, lost.keyring)).toBe(lost.keyring);

  const people = await readPeople(sessionOf(session, learned, port));
  const back = memberCalled(people, "M-01");
  expect(back).toMatchObject({ name: "Айгүл Мысалова", roles: ["officer"], isCurrent: true });
  expect(back?.devices.map(({ revoked }) => revoked !== undefined)).toEqual([true, false]);
  expect(memberCalled(people, "M-02")?.devices.map(({ revoked }) => revoked)).toEqual([undefined]);
  // What was recorded before is hers to read as before.
  expect(people.rooms.map(({ name }) => name)).toEqual(["finance", "editorial"]);
  const checks = await checkLog(store, { vkey });
  expect(checks.filter(({ verdict }) => verdict !== "held")).toEqual([]);
});

test("where nobody of the officers is left, trustees appoint a member, who keeps what she read", async () => {
  const { session: lost, quorum } = await beforeTheLoss();
  const { session } = await bringBack(lost, quorum, "M-02");
  const people = await readPeople(session);
  const appointed = memberCalled(people, "M-02");
  expect(appointed?.roles).toEqual(["officer", "finance"]);
  expect(appointed !== undefined && isOfficer(appointed)).toBe(true);
  // M-01's keys are untouched: it is for the new officer to remove her.
  expect(memberCalled(people, "M-01")?.isCurrent).toBe(true);
});

test("a revocation that reaches back to the first entry shuts nobody out", async () => {
  const { session: lost, quorum } = await beforeTheLoss();
  // The whole record, rooms and colleagues too, hangs on that one key.
  await lost.append([{ type: "key.revoke", stream: keysStream, pub: { kid: lost.kid, from: 0 } }]);
  const before = await readPeople(lost);
  expect(before.members.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
    ["M-01", false],
    ["M-02", false],
  ]);
  expect(before.rooms).toEqual([]);

  const { session, store } = await bringBack(lost, quorum, "M-01");
  const people = await readPeople(session);
  expect(people.rooms.map(({ name, epochs }) => [name, epochs.map(({ epoch }) => epoch)])).toEqual([
    ["finance", [2]],
    ["editorial", [1]],
  ]);
  expect(memberCalled(people, "M-01")).toMatchObject({ name: "Айгүл Мысалова", isCurrent: true });
  // And she goes on: the next key of the room has the next number.
  const keys = await newMemberKeys(session.randomBytes);
  const device = newDeviceOf(keys, quorum.genesis);
  const enrolling = { member: "M-03", name: "Жаңа", roles: ["finance"], rooms: [financeRoom], device };
  const change = await decideEnrolling(session, people, { ...enrolling, replaces: false });
  await recordKeyChange(session, expectOk(change));
  const room = (await readPeople(session)).rooms.find(({ name }) => name === financeRoom);
  expect(room?.epochs.map(({ epoch, readers }) => [epoch, readers])).toEqual([
    [2, ["M-01"]],
    [3, ["M-01", "M-03"]],
  ]);
  const broken = (await checkLog(store, { vkey })).filter(({ verdict }) => verdict === "broken");
  expect(new Set(broken.map(({ code }) => code))).toEqual(new Set(["entry-key"]));
});

/** Somebody with her device makes an officer of his own, in every room that she is in and one that she is not. */
async function withThief(lost: Session) {
  const keys = await newMemberKeys(lost.randomBytes);
  const device = newDeviceOf(keys, (await lost.genesis()) ?? new Uint8Array());
  const adding = { member: "M-09", name: "M-09", roles: ["officer"], rooms: [financeRoom], device };
  const change = await decideEnrolling(lost, await readPeople(lost), { ...adding, replaces: false });
  await recordKeyChange(lost, expectOk(change));
  const { rooms, nullifierKey } = lost.keyring;
  const keyring: Keyring = {
    version: 1,
    member: "M-09",
    genesis: (await lost.genesis()) ?? new Uint8Array(),
    device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
    account: { identity: keys.account.identity },
    nullifierKey,
    rooms,
  };
  return { keyring, kid: keyThumbprint(signerFromSeed(keys.signingSeed.reveal()).publicKey) };
}

test("a thief's officer ends in the same entry: he cannot revoke her again, nor read what comes", async () => {
  const { session: lost, colleague, quorum } = await beforeTheLoss();
  const thief = await withThief(lost);
  const { session, store, port } = await bringBack(lost, quorum, "M-01", ["M-09"]);
  const people = await readPeople(session);
  expect(people.members.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
    ["M-01", true],
    ["M-02", true],
    ["M-09", false],
  ]);
  const finance = people.rooms.find(({ name }) => name === financeRoom);
  expect(finance?.epochs.at(-1)?.readers).toEqual(["M-01", "M-02"]);
  expect(await learnEpochs(port.reader, thief.keyring)).toBe(thief.keyring);
  expect(await learnEpochs(port.reader, colleague)).not.toBe(colleague);
  // Without a trace of a doubt in what he did until then: nothing in the record breaks.
  expect((await checkLog(store, { vkey })).filter(({ verdict }) => verdict !== "held")).toEqual([]);

  const end = (await session.books()).streams.get(keysStream);
  const revoking = issueEntry(
    {
      type: "key.revoke",
      genesis: quorum.genesis,
      at: 1_760_000_000,
      anchor: { size: session.size, root: session.root },
      stream: { id: keysStream, seq: (end?.seq ?? -1) + 1, previous: end?.hash ?? null },
      pub: { kid: session.kid, from: 0 },
    },
    {
      signer: signerFromSeed(thief.keyring.device.signingSeed.reveal()),
      randomBytes: lost.randomBytes,
    },
  );
  const { store: after, port: afterPort } = await copyOf(session, [revoking]);
  const theirs = sessionOf(session, await learnEpochs(afterPort.reader, colleague), afterPort);
  await expect(theirs.books()).rejects.toMatchObject({ code: "entry-forged" });
  const broken = (await checkLog(after, { vkey })).filter(({ verdict }) => verdict === "broken");
  expect(broken.map(({ code }) => code)).toEqual(["entry-key"]);
});

test("what he added after the trustees had looked ends too, and so does a key that he ended only in times to come", async () => {
  const { session: lost, quorum } = await beforeTheLoss();
  const seen = lost.size;
  const thief = await withThief(lost);
  await lost.append([{ type: "key.revoke", stream: keysStream, pub: { kid: thief.kid, from: 1_000_000 } }]);
  const people = await readPeople(lost);
  expect(memberCalled(people, "M-09")?.isCurrent).toBe(true);
  const kids = (ending: Ending) => keysEnding(people, "M-01", ending).map(({ kid }) => kid);
  expect(kids({ members: [], seen })).toEqual([thief.kid]);
  expect(kids({ members: ["M-09"], seen: lost.size })).toEqual([thief.kid]);
  expect(kids({ members: [], seen: lost.size })).toEqual([]);
  const { session } = await bringBack(lost, quorum, "M-01", ["M-09"]);
  expect(memberCalled(await readPeople(session), "M-09")?.isCurrent).toBe(false);
});

test("nobody's keys end who never was a member", async () => {
  const { session: lost, quorum } = await beforeTheLoss();
  await expect(bringBack(lost, quorum, "M-01", ["M-09"])).rejects.toThrow(/member-unknown/u);
});

test("nobody is appointed who never was a member", async () => {
  const { session: lost, quorum } = await beforeTheLoss();
  await expect(bringBack(lost, quorum, "M-09")).rejects.toThrow(/member-unknown/u);
});

test("what the lost device signs after the appointment counts for nobody", async () => {
  const { session: lost, colleague, quorum } = await beforeTheLoss();
  const { session } = await bringBack(lost, quorum, "M-01");
  const forged = issueEntry(
    {
      type: "note",
      genesis: await lost.genesis(),
      at: 1_760_000_000,
      anchor: { size: session.size, root: session.root },
      pub: {},
    },
    {
      signer: signerFromSeed(lost.keyring.device.signingSeed.reveal()),
      randomBytes: lost.randomBytes,
    },
  );
  const { store, port } = await copyOf(session, [forged]);
  const theirs = sessionOf(session, await learnEpochs(port.reader, colleague), port);
  await expect(theirs.books()).rejects.toMatchObject({ code: "entry-forged" });
  const broken = (await checkLog(store, { vkey })).filter(({ verdict }) => verdict === "broken");
  expect(broken.map(({ code, subject }) => [code, subject])).toEqual([
    ["entry-key", `entry ${session.size}`],
  ]);
});

test("a server that forges an appointment is found out by every workspace and by log check", async () => {
  const { session, quorum } = await beforeTheLoss();
  const thief = signerNamed("thief");
  const [rootA, rootB] = quorum.kit.roots.map((seed) => signerFromSeed(seed.reveal())) as [Signer, Signer];
  const foreign = signerNamed("a root of another foundation");
  const books = await session.books();
  const end = books.streams.get(keysStream);
  const said = {
    x: toBase64Url(thief.publicKey),
    member: "M-01",
    roles: ["officer"],
    reading: "age1reading",
    account: "age1pq1account",
    from: session.size,
  };
  const twins: Readonly<Record<string, readonly Signer[]>> = {
    "one root signature only": [rootA],
    "a root key twice": [rootB, rootB],
    "a root of another foundation": [rootA, foreign],
    "no root at all": [],
  };
  for (const [name, roots] of Object.entries(twins)) {
    const message = appointmentMessage(quorum.genesis, said);
    const signatures = roots.map((root) => ({
      x: toBase64Url(root.publicKey),
      signature: toBase64Url(root.sign(message)),
    }));
    const forged = issueEntry(
      {
        type: "key.appoint",
        genesis: quorum.genesis,
        at: 1_760_000_000,
        anchor: { size: session.size, root: session.root },
        stream: { id: keysStream, seq: (end?.seq ?? -1) + 1, previous: end?.hash ?? null },
        pub: { ...said, roots: signatures },
      },
      { signer: thief, randomBytes: session.randomBytes },
    );
    const { store, port } = await copyOf(session, [forged]);
    const theirs = sessionOf(session, session.keyring, port);
    await expect(theirs.books(), name).rejects.toMatchObject({ code: "entry-forged" });
    const broken = (await checkLog(store, { vkey })).filter(({ verdict }) => verdict === "broken");
    expect([name, ...broken.map(({ code }) => code)]).toEqual([name, "entry-key"]);
  }
});

test("with too few shares, another record's kit, or none, nothing opens", async () => {
  const { session } = (await openTestDesk()).desk;
  const { session: other } = (await openTestDesk()).desk;
  const { file, shares } = await quorumOf(session);
  const { file: foreign } = await quorumOf(other);
  expect(await openQuorum(file, shares.slice(0, 1))).toMatchObject({ refusal: { code: "shares-too-few" } });
  expect(await openQuorum({ ...file, kit: foreign.kit }, shares)).toMatchObject({
    refusal: { code: "recovery-kit-damaged" },
  });
  await expect(openQuorum({ ...file, kit: undefined }, shares)).rejects.toMatchObject({
    code: "recovery-kit-missing",
  });
  await expect(openQuorum({ ...file, genesis: "not.an.entry" }, shares)).rejects.toMatchObject({
    code: "record-damaged",
  });
});
