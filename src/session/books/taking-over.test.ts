// A newcomer is shown a colleague's books at once. What a colleague, a removed one, or the server between them can do with that.
import { beforeAll, describe, expect, test } from "vitest";
import { decideRates } from "#domain/funds/decide-registers.ts";
import { openLog } from "#log/sequencer.ts";
import { concatBytes, fromUtf8, toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { hmacSha256, sha256 } from "#record/hash.ts";
import { expectOk } from "#record/result.ts";
import { openMemoryStore } from "#storage/memory/memory-store.ts";
import type { NamedObject, NewEntry, StoredEntry } from "#storage/contract.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { newMemberKeys } from "#vault/keys/member.ts";
import { currentRoomKey, type CurrentRoomKey } from "#vault/keys/rooms.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { logSigner, origin } from "#test/drills/invented-log.ts";
import { openTestDesk } from "#test/workspace/open-test-desk.ts";
import { foldVersion, type Books } from "./books.ts";
import { EntryIndex } from "./entry-index.ts";
import { Failure } from "../refusals/failure.ts";
import { decideEnrolling, decideRemoval, newDeviceOf, recordKeyChange } from "../keys/members.ts";
import { readPeople } from "../keys/people.ts";
import { localPort, type RecordPort, type RecordReader } from "../record-port.ts";
import { makeRoomSnapshot } from "./room-snapshot.ts";
import { financeRoom, Session } from "../session.ts";

const entries = 600;
let officer: Session;
let dana: Keyring;
let pyotr: Keyring;

beforeAll(async () => {
  officer = (await openTestDesk()).desk.session;
  dana = await enrol(officer, "M-02");
  pyotr = await enrol(officer, "M-03");
  dana = withRooms(dana, officer);
  await addRates(officer, 0, entries - officer.size);
  expect(officer.size).toBe(entries);
});

async function enrol(session: Session, member: string): Promise<Keyring> {
  const keys = await newMemberKeys(session.randomBytes);
  const genesis = (await session.genesis()) ?? never();
  const change = await decideEnrolling(session, await readPeople(session), {
    member,
    name: `Invented ${member}`,
    roles: ["finance"],
    rooms: [financeRoom],
    device: newDeviceOf(keys, genesis),
    replaces: false,
  });
  await recordKeyChange(session, expectOk(change));
  return {
    version: 1,
    member,
    genesis,
    device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
    account: { identity: keys.account.identity },
    nullifierKey: session.keyring.nullifierKey,
    rooms: session.keyring.rooms,
  };
}

/** With the epochs that began since, as she would have learned them. */
const withRooms = (keyring: Keyring, { keyring: { rooms } }: Session): Keyring => ({ ...keyring, rooms });

async function addRates(session: Session, from: number, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, i) => {
    const date = new Date(Date.UTC(2022, 0, 1 + from + i)).toISOString().slice(0, 10);
    return { line: i + 2, values: { date, from: "EUR", to: "KZT", rate: "500.00", source: "invented" } };
  });
  await session.append(expectOk(decideRates((await session.books()).funds, lines)).drafts);
}

type Room = { bytes: Uint8Array | undefined; reads: [number, number][] };
const emptyRoom = (): Room => ({ bytes: undefined, reads: [] });
type Device = Map<string, Uint8Array>;

/** The same record in a log of its own, to which anybody may append. */
async function copyOf(session: Session, size = session.size): Promise<RecordPort> {
  const store = openMemoryStore();
  const log = expectOk(await openLog({ store, logSigner, origin }));
  const copied: NewEntry[] = [];
  for await (const { jwt, hash, index } of session.store.entries(0, size)) {
    const box = await session.store.box(index);
    copied.push({ jwt, hash, ...(box !== undefined && { box }) });
  }
  const objects: readonly NamedObject[] = await session.store.objects("epoch/");
  expectOk(await log.append(copied, { objects }));
  return localPort(store, log);
}

/** A member's device behind a server of somebody else: `device` is what it keeps, `room` what readers of the room left there. */
function behind(port: RecordPort, keyring: Keyring, room: Room, device: Device = new Map()): Session {
  const reader = new Proxy(port.reader, {
    get(target, name: keyof RecordReader) {
      if (name === "cache") return async (what: string) => device.get(what);
      if (name === "putCache")
        return async (what: string, bytes: Uint8Array) => device.set(what, bytes).has(what);
      return (target[name] as (...args: unknown[]) => unknown).bind(target);
    },
  });
  const elsewhere: RecordPort = {
    reader,
    isElsewhere: true,
    get size() {
      return port.size;
    },
    get root() {
      return port.root;
    },
    get checkpoint() {
      return port.checkpoint;
    },
    append: (given, options) => port.append?.(given, options) ?? never(),
    refresh: async () => (await port.refresh?.()) ?? false,
    keepHere: async (name, bytes) => void device.set(name, bytes),
    roomSnapshots: {
      read: async (_, from, to) => {
        room.reads.push([from, to]);
        return room.bytes?.slice(from, to);
      },
      put: async (_, bytes) => ((room.bytes = bytes), true),
    },
  };
  const { words, progress, logKey, now, randomBytes } = officer;
  return new Session({ port: elsewhere, keyring, logKey, words, progress, now, randomBytes });
}

const steps = { pause: async () => undefined, onProgress: () => undefined };

/** What the officer's device leaves. */
async function leftByOfficer(port: RecordPort): Promise<Room> {
  const room = emptyRoom();
  expect(await behind(port, officer.keyring, room).offerToRoom()).toBe(true);
  return { bytes: room.bytes, reads: [] };
}

/** What somebody leaves who has altered her books first. */
async function forgedBy(
  keyring: Keyring,
  port: RecordPort,
  alter: (books: Books) => void,
  more: { room?: CurrentRoomKey; genesis?: Uint8Array; version?: number } = {},
): Promise<Room> {
  const own = behind(port, keyring, emptyRoom());
  const [books, index] = [await own.books(), await own.index()];
  alter(books);
  const bytes = await makeRoomSnapshot({
    books,
    index,
    root: own.root,
    member: keyring.member,
    signer: signerFromSeed(keyring.device.signingSeed.reveal()),
    genesis: more.genesis ?? (await own.genesis()) ?? never(),
    room: more.room ?? currentRoomKey(keyring, financeRoom) ?? never(),
    randomBytes: own.randomBytes,
  });
  return { bytes, reads: [] };
}

describe("a newcomer whose colleague left her books", () => {
  test("reads none of the entries before she sees figures, is told whose they are, and ends with the same of her own", async () => {
    const port = await copyOf(officer);
    const room = await leftByOfficer(port);
    const device: Device = new Map();
    const hers = behind(port, dana, room, device);
    const read: number[] = [];
    const { entries: all } = port.reader;
    Object.assign(port.reader, {
      entries: (from: number, to: number) => (read.push(to - from), all.call(port.reader, from, to)),
    });
    expect((await hers.books()).funds.rates).toHaveLength((await officer.books()).funds.rates.length);
    expect(hers.takenFrom).toBe("M-01");
    expect(Math.max(...read)).toBe(1);
    // The index came along; it is fetched when something is looked up.
    const before = room.reads.length;
    expect((await hers.index()).size).toBe(entries);
    expect(room.reads.length).toBe(before + 1);
    expect(device.size).toBe(0);

    const told: number[] = [];
    const verdict = await hers.checkTaken({ ...steps, onProgress: (done) => void told.push(done) });
    expect(verdict).toBe("same");
    expect(told.at(-1)).toBe(entries);
    expect(hers.takenFrom).toBeUndefined();
    expect(read.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(entries);
    await hers.saveBooks();
    expect([...device.keys()].toSorted()).toEqual(["days", "index", "totals"]);
    // From her own device from now on.
    const again = behind(port, dana, room, device);
    await again.books();
    expect(again.takenFrom).toBeUndefined();
  });

  test("signs nothing before that, and everything after it", async () => {
    const port = await copyOf(officer);
    const hers = behind(port, dana, await leftByOfficer(port));
    await hers.books();
    const { size } = hers;
    await expect(addRates(hers, 2_000, 1)).rejects.toMatchObject({ code: "books-unchecked" });
    await expect(hers.bulkAppender()).resolves.toBeUndefined(); // no second thread here
    expect(hers.size).toBe(size);
    await hers.checkTaken(steps);
    await addRates(hers, 2_000, 1);
    expect(hers.size).toBe(size + 1);
  });

  test("takes what was recorded since, before and while she checks", async () => {
    const port = await copyOf(officer, entries - 40);
    const room = await leftByOfficer(port);
    const more = await copyOf(officer);
    const other = behind(more, officer.keyring, emptyRoom());
    const hers = behind(more, dana, room);
    const rates = async (session: Session) => (await session.books()).funds.rates.length;
    expect(await rates(hers)).toBe(await rates(other));
    expect(hers.takenFrom).toBe("M-01");
    let isAdded = false;
    const pause = async () => {
      if (isAdded) return;
      isAdded = true;
      await addRates(other, 2_000, 3);
    };
    expect(await hers.checkTaken({ ...steps, pause })).toBe("same");
    expect(await rates(hers)).toBe(await rates(other));
    expect(hers.size).toBe(entries + 3);
  });

  test("loses little of her check with the tab", async () => {
    const port = await copyOf(officer);
    const room = await leftByOfficer(port);
    const device: Device = new Map();
    // As the check keeps it after some thousand entries: her own books of the first 300.
    const early = await copyOf(officer, 300);
    await behind(early, dana, emptyRoom(), device).books();
    const begun = behind(early, dana, emptyRoom(), device);
    await begun.index();
    const hers = behind(port, dana, room, device);
    await hers.books();
    expect(hers.takenFrom).toBe("M-01");
    const told: number[] = [];
    expect(await hers.checkTaken({ ...steps, onProgress: (done) => void told.push(done) })).toBe("same");
    expect(told[0]).toBeGreaterThan(300);
  });

  test("goes on after a lost connection where she stopped", async () => {
    const port = await copyOf(officer);
    const hers = behind(port, dana, await leftByOfficer(port));
    await hers.books();
    let steppedTo = 0;
    const offline = new Failure("offline", "no connection");
    const lost = hers.checkTaken({
      pause: async () => (steppedTo > 200 ? Promise.reject(offline) : undefined),
      onProgress: (done) => void (steppedTo = done),
    });
    await expect(lost).rejects.toBe(offline);
    expect(hers.takenFrom).toBe("M-01");
    const told: number[] = [];
    expect(await hers.checkTaken({ ...steps, onProgress: (done) => void told.push(done) })).toBe("same");
    expect(told[0]).toBeGreaterThan(200);
  });
});

describe("books that are not those of the entries", () => {
  test("by a reader of the room are found by the check, replaced, and laid at the door of who left them", async () => {
    const port = await copyOf(officer);
    const room = await forgedBy(pyotr, port, ({ funds }) => void funds.rates.pop());
    const hers = behind(port, dana, room);
    const honest = (await officer.books()).funds.rates.length;
    expect((await hers.books()).funds.rates).toHaveLength(honest - 1);
    expect(hers.takenFrom).toBe("M-03");
    expect(await hers.checkTaken(steps)).toBe("differs");
    expect((await hers.books()).funds.rates).toHaveLength(honest);
    // What was decided on the wrong ones does not go out before she has read that they were.
    await expect(addRates(hers, 2_000, 1)).rejects.toMatchObject({ code: "books-unchecked" });
    hers.readDifference();
    await addRates(hers, 2_000, 1);
    // The wrong ones are not old, so only whoever knows that they are wrong replaces them.
    expect(await hers.offerToRoom()).toBe(false);
    expect(await hers.offerToRoom({ isForced: true })).toBe(true);
    const next = behind(port, withRooms(dana, officer), room);
    expect((await next.books()).funds.rates).toHaveLength(honest + 1);
  });

  test("are found also where only the end of a stream, or what a screen looks up, was altered", async () => {
    const port = await copyOf(officer);
    const ends = await forgedBy(pyotr, port, ({ streams }) => {
      for (const [id, end] of streams) if (id !== "keys") streams.set(id, { ...end, seq: end.seq - 1 });
    });
    const hers = behind(port, dana, ends);
    await hers.books();
    expect(await hers.checkTaken(steps)).toBe("differs");
    expect(hers.isUnchecked).toBe(true);

    const own = behind(port, pyotr, emptyRoom());
    const index = EntryIndex.read((await own.index()).bytes()) ?? never();
    const altered = await forgedBy(pyotr, port, () => undefined);
    const bytes = index.bytes();
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const forgedIndex = EntryIndex.read(bytes) ?? never();
    altered.bytes = await makeRoomSnapshot({
      books: await own.books(),
      index: forgedIndex,
      root: own.root,
      member: "M-03",
      signer: signerFromSeed(pyotr.device.signingSeed.reveal()),
      genesis: (await own.genesis()) ?? never(),
      room: currentRoomKey(pyotr, financeRoom) ?? never(),
      randomBytes: own.randomBytes,
    });
    const looked = behind(port, dana, altered);
    await looked.index();
    expect(await looked.checkTaken(steps)).toBe("differs");
    expect((await looked.index()).bytes()).toEqual((await own.index()).bytes());
  });

  test("do not keep the honest entries from her that were recorded since", async () => {
    const early = await copyOf(officer, entries - 40);
    const room = await forgedBy(pyotr, early, ({ streams }) => {
      for (const [id, end] of streams) if (id !== "keys") streams.set(id, { ...end, seq: end.seq + 5 });
    });
    // The entries do not follow from the ends that she was given: nothing is taken over, and the server is not blamed.
    const hers = behind(await copyOf(officer), dana, room);
    expect((await hers.books()).funds.rates).toHaveLength((await officer.books()).funds.rates.length);
    expect(hers.takenFrom).toBeUndefined();
  });

  test("leave a log that was forged itself to be found out", async () => {
    const port = await copyOf(officer);
    const hers = behind(port, dana, await leftByOfficer(port));
    await hers.books();
    altering(port, (entry) => ({ ...entry, jwt: `${entry.jwt.slice(0, -4)}AAAA` }));
    const error: unknown = await hers.checkTaken(steps).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "entry-forged" });
    hers.stopAt(error);
    await expect(hers.books()).rejects.toBe(error);
    expect(hers.isUnchecked).toBe(true);
  });

  test("are laid at the same door where the server spoils one answer during the check", async () => {
    const port = await copyOf(officer);
    const hers = behind(port, dana, await forgedBy(pyotr, port, ({ funds }) => void funds.rates.pop()));
    const honest = (await officer.books()).funds.rates.length;
    await hers.books();
    let isSpoilt = true;
    const spoilt = new Failure("page-altered", "once");
    altering(port, (entry) => {
      if (!isSpoilt) return entry;
      throw spoilt;
    });
    await expect(hers.checkTaken(steps)).rejects.toBe(spoilt);
    hers.stopAt(spoilt);
    await expect(hers.books()).rejects.toBe(spoilt);
    expect(hers.isUnchecked).toBe(true);
    isSpoilt = false;
    expect(await hers.checkTaken(steps)).toBe("differs");
    expect(hers.isUnchecked).toBe(true);
    expect((await hers.books()).funds.rates).toHaveLength(honest);
  });

  test("are laid there also where the next entry cannot even be folded into them", async () => {
    const port = await copyOf(officer);
    const room = await forgedBy(pyotr, port, ({ funds }) => {
      funds.rates.pop();
      (funds.accounts as Map<string, never>).set("AC-9", null as never);
    });
    const hers = behind(port, dana, room);
    await hers.books();
    let isAdded = false;
    const pause = async () => {
      if (isAdded) return;
      isAdded = true;
      const pub = { account: "AC-9", date: "2025-11-01", detail: "invented" };
      const frozen = { type: "account.frozen", stream: "funds", pub } as const;
      await behind(port, pyotr, emptyRoom()).append([frozen]);
      // What a screen asks meanwhile is answered.
      expect((await hers.books()).size).toBe(entries);
    };
    expect(await hers.checkTaken({ ...steps, pause })).toBe("differs");
    expect(hers.isUnchecked).toBe(true);
  });
});

describe("an epoch that begins while she reads", () => {
  test("leaves no lasting wrong figures where the connection is lost between the head and its key", async () => {
    const { session, early, late, stale } = await withNewEpoch();
    const device: Device = new Map();
    const line = { isLost: false };
    const { port, grow } = growing(early, () => line);
    const hers = behind(port, stale, emptyRoom(), device);
    await hers.books();
    const kept = device.get("totals");
    grow(late);
    line.isLost = true;
    await expect(hers.refresh()).rejects.toMatchObject({ code: "offline" });
    await expect(hers.books()).rejects.toMatchObject({ code: "offline" });
    await hers.saveBooks();
    expect(device.get("totals")).toBe(kept);
    line.isLost = false;
    expect(await hers.refresh()).toBe(false);
    expect((await hers.books()).funds.accounts).toEqual((await session.books()).funds.accounts);
    expect((await hers.index()).size).toBe(hers.size);
  });

  test("stops her books while the server keeps its key back, and not an officer who ends it", async () => {
    const { late, stale } = await withNewEpoch();
    Object.assign(late.reader, { object: async () => undefined });
    const room = emptyRoom();
    const hers = behind(late, stale, room);
    await expect(hers.books()).rejects.toMatchObject({ code: "epoch-withheld" });
    await expect(hers.offerToRoom()).rejects.toMatchObject({ code: "epoch-withheld" });
    expect(room.bytes).toBeUndefined();
    expect((await readPeople(hers)).members.length).toBeGreaterThan(2);
  });

  test("is waited for by her check, which then ends with the same", async () => {
    const { session, early, late, stale } = await withNewEpoch();
    const room = emptyRoom();
    expect(await behind(early, { ...session.keyring, rooms: stale.rooms }, room).offerToRoom()).toBe(true);
    const line = { isLost: false };
    const { port, grow } = growing(early, () => line);
    const hers = behind(port, stale, room);
    await hers.books();
    expect(hers.takenFrom).toBe("M-01");
    const pause = async () => {
      if (hers.size === late.size) return;
      grow(late);
      line.isLost = true;
      await hers.refresh().catch(() => undefined);
    };
    await expect(hers.checkTaken({ ...steps, pause })).rejects.toMatchObject({ code: "offline" });
    expect(hers.takenFrom).toBe("M-01");
    line.isLost = false;
    expect(await hers.checkTaken(steps)).toBe("same");
    expect((await hers.books()).funds.accounts).toEqual((await session.books()).funds.accounts);
  });

  test("makes nobody a forger who had not learned of it when she left her books", async () => {
    const { session, late, stale, newcomer } = await withNewEpoch();
    const old = currentRoomKey(stale, financeRoom) ?? never();
    const room = await forgedBy(session.keyring, late, ({ funds }) => void funds.accounts.clear(), {
      room: old,
    });
    const hers = behind(late, newcomer, room);
    expect((await hers.books()).funds.accounts.size).toBe(1);
    expect(hers.takenFrom).toBeUndefined();
  });
});

describe("what is not taken over at all", () => {
  async function opensHerself(room: Room, port: RecordPort, keyring = dana): Promise<void> {
    const hers = behind(port, keyring, room);
    expect((await hers.books()).funds.rates).toHaveLength((await officer.books()).funds.rates.length);
    expect(hers.takenFrom).toBeUndefined();
  }

  test("a snapshot of another foundation, or of another history", async () => {
    const port = await copyOf(officer);
    const control = behind(port, dana, await forgedBy(pyotr, port, () => undefined));
    await control.books();
    expect(control.takenFrom).toBe("M-03");
    const genesis = new Uint8Array(32);
    await opensHerself(await forgedBy(pyotr, port, () => undefined, { genesis }), port);
    const fork = await copyOf(officer, entries - 40);
    await addRates(behind(fork, officer.keyring, emptyRoom()), 2_000, 10);
    await opensHerself(await forgedBy(pyotr, fork, () => undefined), port);
  });

  test("one that is torn, in any part, or no snapshot at all", async () => {
    const port = await copyOf(officer);
    const { bytes = never() } = await leftByOfficer(port);
    const head = bytes.indexOf(10) + 1;
    const flipped = (at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const texts = ["", "\n", "{}\n", "null\n", '{"v":1,"parts":[null,1,"x"]}\n'].map((text) => utf8(text));
    for (const torn of [
      bytes.slice(0, 50),
      bytes.slice(0, head + 100),
      flipped(head + 60),
      flipped(20),
      ...texts,
    ])
      await opensHerself({ bytes: torn, reads: [] }, port);
  });

  test("one whose form no honest device writes", async () => {
    const port = await copyOf(officer);
    const strange: ((books: Books) => void)[] = [
      (books) => void (books.funds = { rates: [] } as never),
      (books) => void Object.assign(books.funds, { rates: "many" }),
      (books) => void (books.size += 7),
    ];
    for (const alter of strange) await opensHerself(await forgedBy(pyotr, port, alter), port);
  });

  test("one of another version of the program", async () => {
    const port = await copyOf(officer);
    const { bytes = never() } = await leftByOfficer(port);
    const same = behind(port, dana, { bytes: await resealed(bytes, (text) => text), reads: [] });
    await same.books();
    expect(same.takenFrom).toBe("M-01");
    const version = `"version":${foldVersion}`;
    const older = await resealed(bytes, (text) => text.replace(version, `"version":${foldVersion - 1}`));
    await opensHerself({ bytes: older, reads: [] }, port);
  });

  test("one under another member's name, or signed by nobody of the record", async () => {
    const port = await copyOf(officer);
    const stranger = {
      ...pyotr,
      device: { ...pyotr.device, signingSeed: (await newMemberKeys(officer.randomBytes)).signingSeed },
    };
    const honest = behind(port, pyotr, emptyRoom());
    const [books, index] = [await honest.books(), await honest.index()];
    const make = (member: string, keyring: Keyring) =>
      honest.genesis().then((genesis) =>
        makeRoomSnapshot({
          books,
          index,
          root: honest.root,
          member,
          signer: signerFromSeed(keyring.device.signingSeed.reveal()),
          genesis: genesis ?? never(),
          room: currentRoomKey(pyotr, financeRoom) ?? never(),
          randomBytes: officer.randomBytes,
        }),
      );
    await opensHerself({ bytes: await make("M-01", pyotr), reads: [] }, port);
    await opensHerself({ bytes: await make("M-03", stranger), reads: [] }, port);
  });

  test("one by who was removed since, though it was honest when she left it", async () => {
    const { session } = (await openTestDesk()).desk;
    const leaver = await enrol(session, "M-02");
    await addRates(session, 0, 400);
    const port = await copyOf(session);
    const room = await forgedBy(leaver, port, () => undefined);
    const control = behind(port, { ...leaver, member: "M-01", device: session.keyring.device }, room);
    await control.books();
    expect(control.takenFrom).toBe("M-02");
    const { keyring } = session;
    const removal = await decideRemoval(session, await readPeople(session), {
      member: "M-02",
      reason: "left",
    });
    await recordKeyChange(session, expectOk(removal));
    expect(session.keyring).not.toBe(keyring);
    const later = await copyOf(session);
    const newcomer = await enrol(session, "M-03");
    const now = await copyOf(session);
    for (const [at, rooms] of [
      [later, session.keyring.rooms],
      [now, session.keyring.rooms],
    ] as const) {
      const hers = behind(at, { ...newcomer, rooms }, room);
      await hers.books();
      expect(hers.takenFrom).toBeUndefined();
    }
  });

  test("one that spares hardly anything, or that she could not make the same of", async () => {
    const port = await copyOf(officer);
    const room = await leftByOfficer(port);
    const device: Device = new Map();
    await behind(await copyOf(officer, entries - 100), dana, emptyRoom(), device).books();
    const hers = behind(port, dana, room, device);
    await hers.books();
    expect(hers.takenFrom).toBeUndefined();
    const { id, epochs } = dana.rooms[financeRoom] ?? never();
    const newest = Math.max(...Object.keys(epochs).map(Number));
    const late = {
      ...dana,
      rooms: { [financeRoom]: { id, epochs: { [newest]: epochs[newest] ?? never() } } },
    };
    const without = behind(port, late, room);
    await without.books();
    expect(without.takenFrom).toBeUndefined();
  });
});

test("an older one that is shown again costs time and nothing else", async () => {
  const old = await leftByOfficer(await copyOf(officer, 300));
  const port = await copyOf(officer);
  const hers = behind(port, dana, old);
  expect((await hers.books()).funds.rates).toHaveLength((await officer.books()).funds.rates.length);
  expect(await hers.checkTaken(steps)).toBe("same");
});

describe("who leaves her books", () => {
  test("does so where there are none or old ones, and not again for every few entries", async () => {
    const port = await copyOf(officer);
    const room = await leftByOfficer(port);
    const other = behind(port, pyotr, room);
    await other.books();
    expect(await other.offerToRoom()).toBe(false); // they are the officer's word for her yet
    await other.checkTaken(steps);
    expect(await other.offerToRoom()).toBe(false);
    await addRates(other, 2_000, 50);
    expect(await other.offerToRoom()).toBe(false);
    await addRates(other, 3_000, 500);
    expect(await other.offerToRoom()).toBe(true);
    // Junk in its place is not taken for a new one.
    room.bytes = utf8(`${fromUtf8((room.bytes ?? never()).slice(0, 200)) ?? ""}\n`);
    expect(await other.offerToRoom()).toBe(true);
  });

  test("leaves nothing that the server could read", async () => {
    const { bytes = never() } = await leftByOfficer(await copyOf(officer));
    const text = Buffer.from(bytes).toString("latin1");
    for (const told of ["invented", "500.00", "2022-01", "Invented"]) expect(text).not.toContain(told);
    expect(text.slice(0, text.indexOf("\n"))).toContain('"member":"M-01"');
    expect(toHex(bytes)).not.toContain(toHex((currentRoomKey(dana, financeRoom) ?? never()).key.reveal()));
  });
});

/** The last entry of the log as the server gives it in a range. */
function altering(port: RecordPort, alter: (entry: StoredEntry) => StoredEntry): void {
  const { entries: all } = port.reader;
  Object.assign(port.reader, {
    async *entries(from: number, to: number) {
      for await (const entry of all.call(port.reader, from, to))
        yield to - from > 1 && entry.index === entries - 1 ? alter(entry) : entry;
    },
  });
}

/** A record before and after M-03 was removed and something was sealed under the epoch without her; `stale`: M-02 before it. */
async function withNewEpoch() {
  const { session } = (await openTestDesk()).desk;
  const reader = await enrol(session, "M-02");
  await enrol(session, "M-03");
  const newcomer = await enrol(session, "M-04");
  await addRates(session, 0, 400 - session.size);
  const early = await copyOf(session);
  const stale = withRooms(reader, session);
  const removal = await decideRemoval(session, await readPeople(session), { member: "M-03", reason: "left" });
  await recordKeyChange(session, expectOk(removal));
  const account = { type: "account", stream: "funds", pub: { account: "AC-1", currency: "KZT" } } as const;
  await session.append([{ ...account, hidden: { number: "KZ00INVENTED0001" } }]);
  return { session, early, late: await copyOf(session), stale, newcomer: withRooms(newcomer, session) };
}

/** A record that grows when it is told to and then looked at; key files do not come while the line is lost. */
function growing(first: RecordPort, line: () => { isLost: boolean }) {
  let now = first;
  let next = first;
  const reader = new Proxy(first.reader, {
    get(_, name: keyof RecordReader) {
      if (name === "object")
        return async (what: string) => {
          if (line().isLost) throw new Failure("offline", "no connection");
          return now.reader.object(what);
        };
      return (now.reader[name] as (...args: unknown[]) => unknown).bind(now.reader);
    },
  });
  const port: RecordPort = {
    reader,
    get size() {
      return now.size;
    },
    get root() {
      return now.root;
    },
    get checkpoint() {
      return now.checkpoint;
    },
    refresh: async () => {
      const hasGrown = now !== next;
      now = next;
      return hasGrown;
    },
  };
  return { port, grow: (to: RecordPort) => void (next = to) };
}

/** The officer's snapshot with another text of the totals, sealed and signed by her as docs/reference/http.md says. */
async function resealed(bytes: Uint8Array, alter: (text: string) => string): Promise<Uint8Array> {
  const { room, key: epochKey } = currentRoomKey(officer.keyring, financeRoom) ?? never();
  const key = hmacSha256(epochKey.reveal(), utf8("aigaq/room-snapshot/1"), Uint8Array.of(1));
  const end = bytes.indexOf(10) + 1;
  const head = JSON.parse(fromUtf8(bytes.subarray(0, end)) ?? "") as {
    member: string;
    epoch: number;
    size: number;
    root: string;
    parts: { name: string; length: number; sha256: string }[];
    signature: string;
  };
  const [totals = never()] = head.parts;
  const context = utf8("aigaq/cache/1\ntotals");
  const opened = expectOk(await openBytes(key, context, bytes.subarray(end, end + totals.length)));
  const text = alter(fromUtf8(expectOk(unpad(opened))) ?? "");
  const sealed = await sealBytes(key, context, pad(utf8(text)), officer.randomBytes);
  const rest = bytes.subarray(end + totals.length);
  Object.assign(totals, { length: sealed.length, sha256: toHex(sha256(sealed)) });
  const genesis = toHex((await officer.genesis()) ?? never());
  const { member, epoch, size, root, parts } = head;
  const said = ["aigaq/room-snapshot/1", genesis, toHex(room), member, epoch, size, root];
  const lines = [...said, ...parts.map((part) => `${part.name} ${part.length} ${part.sha256}`)];
  const signer = signerFromSeed(officer.keyring.device.signingSeed.reveal());
  head.signature = toBase64Url(signer.sign(utf8(lines.join("\n"))));
  return concatBytes(utf8(`${JSON.stringify(head)}\n`), sealed, rest);
}

function never(): never {
  throw new Error("the test is wrong");
}
