// Whoever runs the server holds the log's key: he can append, leave out and reorder. What nobody signed must still not count.
import { expect, test } from "vitest";
import { decideRates } from "#domain/funds/decide-registers.ts";
import { openLog } from "#log/sequencer.ts";
import { signerFromSeed, type Signer } from "#record/ed25519.ts";
import { issueEntry } from "#record/issue.ts";
import { expectOk } from "#record/result.ts";
import { openMemoryStore } from "#storage/memory/memory-store.ts";
import type { NewEntry } from "#storage/contract.ts";
import { newEpochKey } from "#vault/keys/epochs.ts";
import { newMemberKeys } from "#vault/keys/member.ts";
import { currentRoomKey, withEpochKey } from "#vault/keys/rooms.ts";
import { logSigner, origin, signerNamed } from "#test/drills/invented-log.ts";
import { openTestDesk } from "#test/workspace/open-test-desk.ts";
import { decideEnrolling, newDeviceOf, recordKeyChange } from "./members.ts";
import { readPeople } from "./people.ts";
import { localPort, type RecordPort } from "../record-port.ts";
import { financeRoom, Session } from "../session.ts";
import { ownSnapshotKey, saveSnapshot } from "../books/snapshot.ts";

async function withRates(count: number): Promise<Session> {
  const { session } = (await openTestDesk()).desk;
  for (let day = 1; day <= count; day++) await addRate(session, day);
  return session;
}

async function addRate(session: Session, day: number): Promise<void> {
  const date = `2025-03-${String(day).padStart(2, "0")}`;
  const decided = decideRates((await session.books()).funds, [
    { line: 2, values: { date, from: "EUR", to: "KZT", rate: "500.00", source: "invented" } },
  ]);
  await session.append(expectOk(decided).drafts);
}

/** The same member behind a server of somebody else. */
function behind(port: RecordPort, session: Session, keyring = session.keyring): Session {
  const { words, progress, logKey, now, randomBytes } = session;
  const elsewhere = Object.create(port, { isElsewhere: { value: true } }) as RecordPort;
  return new Session({ port: elsewhere, keyring, logKey, words, progress, now, randomBytes });
}

/** A log under the true key of the log, with these entries. */
async function logOf(entries: readonly NewEntry[]) {
  const store = openMemoryStore();
  const log = expectOk(await openLog({ store, logSigner, origin }));
  for (const entry of entries) expectOk(await log.append([entry]));
  return localPort(store, log);
}

async function entriesOf(session: Session): Promise<NewEntry[]> {
  const entries: NewEntry[] = [];
  for await (const { jwt, hash, index } of session.store.entries(0, session.size)) {
    const box = await session.store.box(index);
    entries.push({ jwt, hash, ...(box !== undefined && { box }) });
  }
  return entries;
}

test("a log as its members made it opens behind a server of others", async () => {
  const session = await withRates(3);
  const theirs = behind(await logOf(await entriesOf(session)), session);
  expect((await theirs.books()).funds.rates).toHaveLength(3);
});

test("an entry that the server appended itself does not count", async () => {
  const session = await withRates(1);
  const own = signerFromSeed(session.keyring.device.signingSeed.reveal());
  const stranger = signerNamed("a stranger");
  const signers: Signer[] = [
    stranger,
    { publicKey: own.publicKey, sign: (message) => stranger.sign(message) },
  ];
  for (const signer of signers) {
    const entries = await entriesOf(session);
    const genesis = await session.genesis();
    const anchor = { size: session.size, root: session.root };
    const forged = issueEntry(
      { type: "appeal", genesis, at: 1_760_000_000, anchor, pub: { id: "A-2025-001" } },
      { signer, randomBytes: session.randomBytes },
    );
    const theirs = behind(await logOf([...entries, forged]), session);
    await expect(theirs.books()).rejects.toMatchObject({ code: "entry-forged" });
  }
});

test("an entry of another foundation does not count, though its author is known here", async () => {
  const session = await withRates(1);
  const signer = signerFromSeed(session.keyring.device.signingSeed.reveal());
  const foreign = issueEntry(
    {
      type: "note",
      genesis: new Uint8Array(32),
      at: 1_760_000_000,
      anchor: { size: session.size, root: session.root },
      pub: {},
    },
    { signer, randomBytes: session.randomBytes },
  );
  const theirs = behind(await logOf([...(await entriesOf(session)), foreign]), session);
  await expect(theirs.books()).rejects.toMatchObject({ code: "entry-forged" });
});

test("an entry left out, or two in another order, show on a device that sees the log for the first time", async () => {
  const session = await withRates(3);
  const [a, b, c, d, e] = (await entriesOf(session)) as [NewEntry, NewEntry, NewEntry, NewEntry, NewEntry];
  for (const entries of [
    [a, b, d, e],
    [a, b, d, c, e],
    [a, c, b, d, e],
    [a, b, c, e],
  ]) {
    const theirs = behind(await logOf(entries), session);
    await expect(theirs.books()).rejects.toMatchObject({ code: "log-rewritten" });
  }
});

test("after a snapshot the entries that follow are looked at all the same", async () => {
  const session = await withRates(2);
  const entries = await entriesOf(session);
  const port = await logOf(entries);
  expect((await behind(port, session).books()).size).toBe(4);
  await addRate(session, 3);
  await addRate(session, 4);
  const [fifth, sixth] = (await entriesOf(session)).slice(4) as [NewEntry, NewEntry];
  expectOk((await port.append?.([fifth])) ?? never());
  expect((await behind(port, session).books()).funds.rates).toHaveLength(3);
  const fork = await logOf([...entries.slice(0, 3), sixth]);
  await expect(behind(fork, session).books()).rejects.toMatchObject({ code: "log-rewritten" });
});

test("books that a colleague of the same room left in the cache are not believed", async () => {
  const session = await withRates(2);
  const books = await session.books();
  books.funds.rates.pop();
  const { key } = currentRoomKey(session.keyring, financeRoom) ?? never();
  const roomKey = { key: key.reveal(), randomBytes: session.randomBytes };
  const port = await logOf(await entriesOf(session));
  await saveSnapshot(port.reader, roomKey, books, port.root);
  expect((await behind(port, session).books()).funds.rates).toHaveLength(2);
});

test("nothing is sealed under a key that the record knows to be old, or does not know", async () => {
  const session = await withRates(1);
  const before = session.keyring;
  const keys = await newMemberKeys(session.randomBytes);
  const change = await decideEnrolling(session, await readPeople(session), {
    member: "M-02",
    name: "Дана Үлгі",
    roles: ["finance"],
    rooms: [financeRoom],
    device: newDeviceOf(keys, (await session.genesis()) ?? never()),
    replaces: false,
  });
  await recordKeyChange(session, expectOk(change));
  const port = await logOf(await entriesOf(session));
  const draft = { type: "note", stream: "notes", pub: {}, hidden: { text: "secret" } } as never;
  const size = session.size;
  // With the books of an earlier day at hand, no entry is opened that a wrong key would fail on.
  const own = ownSnapshotKey(session.keyring, session.randomBytes);
  await saveSnapshot(port.reader, own, await session.books(), port.root);
  // The server keeps the new epoch's file back, so that what is written stays readable to whoever had the old key.
  await expect(behind(port, session, before).append([draft])).rejects.toMatchObject({
    code: "epoch-withheld",
  });
  const { room, epoch } = currentRoomKey(session.keyring, financeRoom) ?? never();
  const key = newEpochKey(session.randomBytes);
  for (const other of [
    withEpochKey(before, financeRoom, { room, epoch, key }),
    withEpochKey(session.keyring, financeRoom, { room, epoch: epoch + 1, key }),
  ])
    await expect(behind(port, session, other).append([draft])).rejects.toMatchObject({
      code: "epoch-withheld",
    });
  await behind(port, session).append([draft]);
  expect(port.size).toBe(size + 1);
});

function never(): never {
  throw new Error("the test is wrong");
}
