import { toHex } from "#record/bytes.ts";
import type { JsonObject, Json } from "#record/json-strict.ts";
import { officerRole, type MemberKey } from "#record/key-directory.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { keysStream } from "../issuing.ts";
import { epochOf, readKeyLog, type KeyFact, type KeyLog, type RoomEpochFact } from "./key-log.ts";
import type { Session } from "../session.ts";

/** Keys of a member on one device, as the record names them. */
export type Device = MemberKey & {
  /** age recipients: what is sealed to this device and to its member's account. */
  readonly reading: string;
  readonly account: string;
  /** The author's clock when it was added, unix seconds. */
  readonly at: number;
  /** Counts for the next entry: whoever revokes a key from an entry that is still to come has not ended it yet. */
  readonly counts: boolean;
};

export type Member = {
  /** "M-03" */
  readonly id: string;
  /** From the newest key entry that this reader could open; null where none opened. */
  readonly name: string | null;
  readonly roles: readonly string[];
  /** All keys ever added for her, in the order of the log. */
  readonly devices: readonly Device[];
  /** Has a key that counts now. */
  readonly isCurrent: boolean;
};

export type Room = {
  /** 16 random bytes, hexadecimal. */
  readonly id: string;
  /** Its local name, such as "finance"; undefined for a room whose name this reader does not know. */
  readonly name: string | undefined;
  /** In order; the last one is in force. */
  readonly epochs: readonly RoomEpochFact[];
  /** Number of the next one. Those whose author's key was revoked back to before them are none, but their numbers are used up. */
  readonly next: number;
};

/** Who is there, with which keys, and who can read what: as the log says it, each entry verified. */
export type People = {
  readonly members: readonly Member[];
  readonly rooms: readonly Room[];
  /** age recipient of the recovery key that counts now. */
  readonly recovery: string;
  readonly log: KeyLog;
};

/**
 * Reads it at the present size of the log. `asMade`: with the epochs of rooms whose author's key was revoked back to before them
 * since. Only for whoever begins new epochs at once, as trustees do: nothing may be sealed under one of those.
 */
export async function readPeople(session: Session, { asMade = false } = {}): Promise<People> {
  const streams = await session.ends();
  const log = await readKeyLog(session.store, streams.get(keysStream)?.hash);
  const hidden = new Map<number, JsonObject>();
  for (const { stored, type } of log.made)
    if (namedTypes.has(type)) hidden.set(stored.index, (await session.open(stored)).opened.hidden);
  return peopleOf(
    { log, hidden, keyring: session.keyring, size: session.size },
    asMade ? log.made : log.facts,
  );
}

/** Entries whose hidden fields say what a member or a room is called. */
const namedTypes: ReadonlySet<string> = new Set(["genesis", "key.add", "key.appoint", "room.epoch"]);

type PeopleRead = {
  readonly log: KeyLog;
  /** Hidden fields by the index of their entry. */
  readonly hidden: ReadonlyMap<number, JsonObject>;
  readonly keyring: Keyring;
  /** Of the log. */
  readonly size: number;
};

function peopleOf({ log, hidden, keyring, size }: PeopleRead, believed: readonly KeyFact[]): People {
  const members = new Map<string, { name: string | null; devices: Device[] }>();
  for (const key of log.directory.keys) {
    const fact = log.made.find(({ index }) => index === key.addedAt);
    const { reading, account } = fact?.pub ?? {};
    const member = members.get(key.member) ?? { name: null, devices: [] };
    members.set(key.member, member);
    member.name = textOrNull(hidden.get(key.addedAt)?.["name"]) ?? member.name;
    member.devices.push({
      ...key,
      reading: textOf(reading),
      account: textOf(account),
      at: fact?.at ?? 0,
      counts: log.directory.keyAt(key.kid, size).ok,
    });
  }
  return {
    members: [...members].map(([id, { name, devices }]) => {
      const current = devices.filter(({ counts }) => counts);
      const roles = [...new Set(current.flatMap((device) => device.roles))];
      return { id, name, roles, devices, isCurrent: current.length > 0 };
    }),
    rooms: roomsOf(log.made, new Set(believed), hidden, keyring),
    recovery: log.directory.roots.recovery ?? "",
    log,
  };
}

function roomsOf(
  made: readonly KeyFact[],
  believed: ReadonlySet<KeyFact>,
  hidden: ReadonlyMap<number, JsonObject>,
  keyring: Keyring,
): readonly Room[] {
  const rooms = new Map<string, { name: string | undefined; epochs: RoomEpochFact[]; next: number }>();
  for (const fact of made) {
    const epoch = epochOf(fact);
    if (epoch === undefined) continue;
    const { id, ...rest } = epoch;
    const known = Object.entries(keyring.rooms).find((entry) => toHex(entry[1].id) === id)?.[0];
    const room = rooms.get(id) ?? { name: known, epochs: [], next: 0 };
    rooms.set(id, room);
    room.name ??= textOrNull(hidden.get(fact.index)?.["name"]) ?? undefined;
    // The next one or, with other readers, the same again; anything else is not a continuation.
    if (rest.epoch !== room.next && rest.epoch !== room.next - 1) continue;
    room.next = rest.epoch + 1;
    if (believed.has(fact)) room.epochs.push(rest);
  }
  return [...rooms].filter(([, { epochs }]) => epochs.length > 0).map(([id, room]) => ({ id, ...room }));
}

/** The devices that count now, of a member. */
export function currentDevices({ devices }: Member): readonly Device[] {
  return devices.filter(({ counts }) => counts);
}

export function isOfficer(member: Member): boolean {
  return currentDevices(member).some(({ roles }) => roles.includes(officerRole));
}

/** Who can read a room now. */
export function readersOf(room: Room | undefined): readonly string[] {
  return room?.epochs.at(-1)?.readers ?? [];
}

export function roomNamed(people: People, name: string): Room | undefined {
  return people.rooms.find((room) => room.name === name);
}

export function memberCalled(people: People, id: string): Member | undefined {
  return people.members.find((member) => member.id === id);
}

/** A free id for the next member: numbers are never given twice. */
export function nextMemberId({ members }: People): string {
  const numbers = members.map(({ id }) => Number(/^M-(\d+)$/u.exec(id)?.[1] ?? 0));
  return `M-${String(Math.max(0, ...numbers) + 1).padStart(2, "0")}`;
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const textOrNull = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);
