// Sheets that were lost or copied are replaced: the new ones open everything that was ever recorded, the old ones appoint nobody
// and open nothing new, and a server that still shows the old ones is found out.
import { expect, test } from "vitest";
import { checkLog } from "#log/log-check.ts";
import { fromHex, toBase64Url } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { expectOk } from "#record/result.ts";
import { openEpoch } from "#vault/keys/epochs.ts";
import { newMemberKeys } from "#vault/keys/member.ts";
import { splitRecovery } from "#vault/keys/recovery.ts";
import { redacted } from "#vault/keys/redacted.ts";
import { vkey } from "#test/drills/invented-log.ts";
import { copyOf, quorumOf, sessionOf } from "#test/workspace/lost-officer.ts";
import { openTestDesk } from "#test/workspace/open-test-desk.ts";
import { recoveryKitObject } from "./found.ts";
import { decideEnrolling, decideRoom, newDeviceOf, recordKeyChange } from "./members.ts";
import { readPeople } from "./people.ts";
import { decideAppointment, keyringOfQuorum, openQuorum, quorumFileOf, withRoomsOf } from "./quorum.ts";
import { decideRenewal, type OldKeys } from "./renewal.ts";
import { epochObject } from "./room-keys.ts";
import { financeRoom, type Session } from "../session.ts";

/** An officer, a colleague with her, a room of both, and trustees with their sheets. */
async function founded() {
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
  const { file, shares } = await quorumOf(session);
  const quorum = expectOk(await openQuorum(file, shares.slice(1)));
  return { session, file, shares, quorum, old: { recovery: quorum.recovery, ...quorum.kit } };
}

async function renew(session: Session, old: OldKeys) {
  const { change, recovery } = expectOk(await decideRenewal(session, await readPeople(session), old));
  await recordKeyChange(session, change);
  return splitRecovery(recovery, { threshold: 2, total: 3 });
}

/** Whom trustees with these sheets bring back as what, over a copy of the record. */
async function bringBack(lost: Session, shares: readonly string[], member: string) {
  const { store, port } = await copyOf(lost);
  const quorum = expectOk(await openQuorum(await quorumFileOf(store, port.size), shares));
  const keys = await newMemberKeys(lost.randomBytes);
  const session = sessionOf(lost, await keyringOfQuorum(port.reader, port.size, quorum, member, keys), port);
  const people = await readPeople(session, { asMade: true });
  session.takeKeyring(await withRoomsOf(session, people, quorum, member));
  const ending = { members: [], seen: session.size };
  await recordKeyChange(session, expectOk(await decideAppointment(session, people, quorum, keys, ending)));
  return { session, store };
}

test("new sheets bring an officer back to everything that was recorded under the old ones too", async () => {
  const { session, old } = await founded();
  const shares = await renew(session, old);
  const { session: back, store } = await bringBack(session, shares.slice(0, 2), "M-01");
  for (const room of ["finance", "editorial"]) {
    const before = session.keyring.rooms[room]?.epochs ?? {};
    const after = back.keyring.rooms[room]?.epochs ?? {};
    expect(Object.keys(after).slice(0, -1)).toEqual(Object.keys(before));
    for (const [epoch, key] of Object.entries(before))
      expect(after[Number(epoch)]?.reveal()).toEqual(key.reveal());
  }
  expect((await readPeople(back)).members.map(({ name }) => name)).toEqual(["Айгүл Мысалова", "Дана Үлгі"]);
  expect((await checkLog(store, { vkey })).filter(({ verdict }) => verdict !== "held")).toEqual([]);
});

test("the old sheets are of another set, and a server that shows their state of before is found out", async () => {
  const { session, file, shares: before, old } = await founded();
  await renew(session, old);
  const now = await quorumFileOf(session.store, session.size);
  expect(await openQuorum(now, before.slice(1))).toMatchObject({ refusal: { code: "share-of-another-set" } });
  // The first entry and the old kit, as if nothing had been.
  const stale = expectOk(await openQuorum(file, before.slice(1)));
  const keys = await newMemberKeys(session.randomBytes);
  const reading = keyringOfQuorum(session.store, session.size, stale, "M-01", keys);
  await expect(reading).rejects.toMatchObject({ code: "recovery-replaced" });
});

test("what the old recovery key opens ends with it: no later key of any room is sealed to it", async () => {
  const { session, old, shares: before, file } = await founded();
  const stale = expectOk(await openQuorum(file, before.slice(1)));
  await renew(session, old);
  const { rooms, recovery } = await readPeople(session);
  expect(recovery).not.toBe(stale.recipient);
  for (const { id, epochs } of rooms) {
    const newest = epochs.at(-1)?.epoch ?? 0;
    const sealed = (await session.store.object(epochObject(id, newest, "hybrid.age"))) ?? new Uint8Array();
    const room = fromHex(id) ?? new Uint8Array();
    expect(await openEpoch(sealed, stale.recovery, { room, epoch: newest })).toMatchObject({
      refusal: { code: "epoch-not-for-this-key" },
    });
  }
});

test("replaced twice, the newest sheets still open the first key of each room", async () => {
  const { session, old } = await founded();
  const second = await renew(session, old);
  const quorum = expectOk(await openQuorum(await quorumFileOf(session.store, session.size), second.slice(1)));
  const third = await renew(session, { recovery: quorum.recovery, ...quorum.kit });
  const { session: back } = await bringBack(session, third.slice(1), "M-02");
  expect(Object.keys(back.keyring.rooms["finance"]?.epochs ?? {})).toEqual(["0", "1", "2", "3", "4"]);
});

test("one lost root key of three does not stop it; two do, and strangers' keys count for nothing", async () => {
  const { session, old } = await founded();
  const strangers = [1, 2].map((seed) => redacted(new Uint8Array(32).fill(seed)));
  const people = await readPeople(session);
  for (const roots of [old.roots.slice(0, 1), [...old.roots.slice(0, 1), ...strangers], []])
    expect(await decideRenewal(session, people, { ...old, roots })).toMatchObject({
      refusal: { code: "roots-missing" },
    });
  await renew(session, { ...old, roots: [...strangers, ...old.roots.slice(1)] });
  const { keys } = (await readPeople(session)).log.directory.roots;
  const before = old.roots.map((seed) => toBase64Url(signerFromSeed(seed.reveal()).publicKey));
  expect(before.filter((x) => keys.has(x))).toEqual([]);
  // The old ones sign nothing more.
  const again = await decideRenewal(session, await readPeople(session), old);
  expect(again).toMatchObject({ refusal: { code: "roots-missing" } });
});

test("only an officer replaces them, whoever has the sheets", async () => {
  const { session, old, quorum } = await founded();
  const { port } = await copyOf(session);
  const keys = await newMemberKeys(session.randomBytes);
  const keyring = await keyringOfQuorum(port.reader, port.size, quorum, "M-02", keys);
  const theirs = sessionOf(session, keyring, port);
  expect(await decideRenewal(theirs, await readPeople(theirs), old)).toMatchObject({
    refusal: { code: "not-officer" },
  });
});

test("a record that began before there were kits gets one", async () => {
  const { session, old } = await founded();
  const { store, port } = await copyOf(session, [], { without: recoveryKitObject });
  const officer = sessionOf(session, session.keyring, port);
  const before = await quorumFileOf(store, port.size);
  expect(before.kit).toBeUndefined();
  const shares = await renew(officer, { recovery: old.recovery, roots: old.roots });
  const after = await quorumFileOf(store, officer.size);
  expect(await openQuorum(after, shares.slice(1))).toMatchObject({ ok: true });
});
