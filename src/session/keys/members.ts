import { fromBase64Url, toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { signerFromSeed, verifyEd25519 } from "#record/ed25519.ts";
import { sha256 } from "#record/hash.ts";
import { keyThumbprint } from "#record/key-id.ts";
import { keyProofMessage, officerRole } from "#record/key-directory.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import type { EpochRefusal } from "#vault/keys/epochs.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import type { MemberKeys } from "#vault/keys/member.ts";
import { currentRoomKey, withEpochKey } from "#vault/keys/rooms.ts";
import { EpochPlan, type KeyChange } from "./epoch-plan.ts";
import { keysStream, type Draft } from "../issuing.ts";
import {
  currentDevices,
  isOfficer,
  memberCalled,
  readersOf,
  roomNamed,
  type Device,
  type People,
} from "./people.ts";
import type { Session } from "../session.ts";

/** The public half of a device that asks to be added, with its signature that it asked. */
export type NewDevice = {
  /** Ed25519, base64url. */
  readonly x: string;
  readonly reading: string;
  readonly account: string;
  readonly proof: string;
};

/** What a new device shows of its keys; `genesis`: hash of the log that it wants to be added to. */
export function newDeviceOf(keys: MemberKeys, genesis: Uint8Array): NewDevice {
  const signer = signerFromSeed(keys.signingSeed.reveal());
  return {
    x: toBase64Url(signer.publicKey),
    reading: keys.reading.recipient,
    account: keys.account.recipient,
    proof: toBase64Url(signer.sign(keyProofMessage(genesis, signer.publicKey))),
  };
}

/**
 * Six groups of five digits that two people read to each other: the same on both sides only when both see the same keys. A
 * server that stood in between would have had to try about 2^99 keys for a pair that shows the same.
 *
 * @example safetyNumber(genesis, officerKey, invitedKey) // "04821 55310 90277 …"
 */
export function safetyNumber(genesis: Uint8Array, officer: Uint8Array, device: NewDevice): string {
  const text = [toBase64Url(officer), device.x, device.reading, device.account].join("\n");
  const digest = sha256(utf8(`aigaq/safety-number/1\n${toHex(genesis)}\n${text}`));
  const groups: string[] = [];
  for (let at = 0; at < 30; at += 5) {
    // 40 bits to five digits: the remainder of so large a number is even enough.
    let value = 0;
    for (const byte of digest.subarray(at, at + 5)) value = value * 256 + byte;
    groups.push(String(value % 100_000).padStart(5, "0"));
  }
  return groups.join(" ");
}

/**
 * - `not-officer`: only officers change members and rooms. `member-unknown`, `member-removed`: there is nobody to remove.
 * - `not-yourself`: another officer has to do it; so there is always one left. `last-officer`: the only officer would revoke the
 *   keys that she signs with; after that nobody could add the new ones.
 * - `name-missing`, `reason-missing`, `role-malformed`: fields. `room-not-yours`: its keys can only be handed on by a reader.
 * - `key-proof-wrong`, `key-known`: the device did not ask for it, or was added before.
 */
export type MemberRefusal =
  | Refusal<
      | "not-officer"
      | "member-unknown"
      | "member-removed"
      | "not-yourself"
      | "last-officer"
      | "name-missing"
      | "reason-missing"
      | "role-malformed"
      | "room-not-yours"
      | "room-known"
      | "key-proof-wrong"
      | "key-known"
    >
  | EpochRefusal;

export type Enrolling = {
  /** "M-04": new, or known when her lost keys are replaced. */
  readonly member: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** By local name. */
  readonly rooms: readonly string[];
  readonly device: NewDevice;
  /** Whether keys that she had are revoked: they are lost, or somebody else may have them. */
  readonly replaces: boolean;
};

/** A member's device is added; every room that she may read gets a new epoch that is sealed to her too. */
export async function decideEnrolling(
  session: Session,
  people: People,
  { member, name, roles, rooms, device, replaces }: Enrolling,
): Promise<Result<KeyChange, MemberRefusal>> {
  const refusal = whyNotOfficer(session, people) ?? whyNotDevice(people, device);
  if (refusal !== undefined) return refuse(refusal);
  if (name.trim() === "") return refuse({ code: "name-missing", message: "a member needs a name" });
  if (roles.length === 0 || roles.some((role) => !/^[a-z][a-z-]{0,31}$/u.test(role)))
    return refuse({ code: "role-malformed", message: "a role is a word such as finance or officer" });
  const before = memberCalled(people, member);
  const old = replaces && before !== undefined ? currentDevices(before) : [];
  const leaving = new Set(old.map(({ kid }) => kid));
  if (!isOfficerLeft(people, leaving))
    return refuse({
      code: "last-officer",
      message: "no officer would be left who can add members; add another officer first",
    });
  const epochs = new EpochPlan(session, people, leaving);
  epochs.newcomer(member, device);
  for (const room of rooms) {
    if (currentRoomKey(session.keyring, room) === undefined)
      return refuse({ code: "room-not-yours", message: `you are not in the room ${room}`, room });
    const readers = readersOf(roomNamed(people, room)).filter((reader) => reader !== member);
    const begun = await epochs.begin(room, [...readers, member]);
    if (begun !== undefined) return refuse(begun);
  }
  // Rooms that she had and has no more: her old device must not read on.
  for (const room of people.rooms) {
    if (old.length === 0 || room.name === undefined || rooms.includes(room.name)) continue;
    const readers = readersOf(room);
    if (!readers.includes(member)) continue;
    const begun = await epochs.begin(
      room.name,
      readers.filter((reader) => reader !== member),
    );
    if (begun !== undefined) return refuse(begun);
  }
  const { x, reading, account, proof } = device;
  return ok(
    epochs.change([
      ...old.map((one) => revocation(session, one, "replaced by a new device key")),
      {
        type: "key.add",
        stream: keysStream,
        pub: { x, member, roles: [...roles], reading, account, proof },
        hidden: { name: name.trim() },
      },
    ]),
  );
}

/** All keys of a member are revoked from now on, and every room she was in begins an epoch without her. */
export async function decideRemoval(
  session: Session,
  people: People,
  { member, reason }: { readonly member: string; readonly reason: string },
): Promise<Result<KeyChange, MemberRefusal>> {
  const refusal = whyNotOfficer(session, people);
  if (refusal !== undefined) return refuse(refusal);
  const found = memberCalled(people, member);
  if (found === undefined) return refuse({ code: "member-unknown", message: `there is no member ${member}` });
  if (!found.isCurrent)
    return refuse({ code: "member-removed", message: `${member} has no key that counts any more` });
  if (member === session.member)
    return refuse({ code: "not-yourself", message: "another officer has to remove you" });
  if (reason.trim() === "") return refuse({ code: "reason-missing", message: "a removal needs its reason" });
  const devices = currentDevices(found);
  const epochs = new EpochPlan(session, people, new Set(devices.map(({ kid }) => kid)));
  for (const room of people.rooms) {
    const readers = readersOf(room);
    if (!readers.includes(member)) continue;
    const remaining = readers.filter((reader) => reader !== member);
    const begun = await epochs.begin(room.name ?? room.id, remaining);
    if (begun !== undefined) return refuse(begun);
  }
  return ok(epochs.change(devices.map((device) => revocation(session, device, reason.trim()))));
}

/** A new room, with its first epoch. Its name is sealed to the finance room; the record shows a number. */
export async function decideRoom(
  session: Session,
  people: People,
  { name, readers }: { readonly name: string; readonly readers: readonly string[] },
): Promise<Result<KeyChange, MemberRefusal>> {
  const refusal = whyNotOfficer(session, people);
  if (refusal !== undefined) return refuse(refusal);
  if (roomNamed(people, name) !== undefined)
    return refuse({ code: "room-known", message: `there is a room ${name} already` });
  if (!readers.includes(session.member))
    return refuse({ code: "room-not-yours", message: "whoever makes a room is in it, to hand on its keys" });
  const epochs = new EpochPlan(session, people, new Set());
  const begun = await epochs.begin(name, readers, session.randomBytes(16));
  return begun === undefined ? ok(epochs.change([])) : refuse(begun);
}

/**
 * Records a change, all of it or nothing. The session has the new keys from then on; the caller keeps the keyring it returns.
 * `onSigned`: told the entries' hashes before they go out, for whoever must know after a failure whether they are on the record.
 */
export async function recordKeyChange(
  session: Session,
  change: KeyChange,
  onSigned?: (hashes: readonly Uint8Array[]) => Promise<void>,
): Promise<Keyring> {
  const { drafts, objects, newKeys, sealWith } = change;
  await session.append(drafts, { objects, sealWith, ...(onSigned !== undefined && { onSigned }) });
  const keyring = takeNewKeys(session, newKeys);
  // The change is in force by now: a snapshot that could not be kept costs time, and must not look as if nothing had happened.
  await session.saveBooks().catch(() => undefined);
  return keyring;
}

/** The session's keyring with the keys of epochs that it began: also of a change whose answer never came, once it is found recorded. */
export function takeNewKeys(session: Session, newKeys: KeyChange["newKeys"]): Keyring {
  let { keyring } = session;
  for (const { name, key } of newKeys) keyring = withEpochKey(keyring, name, key);
  session.takeKeyring(keyring);
  return keyring;
}

export function whyNotOfficer(session: Session, people: People): MemberRefusal | undefined {
  const me = memberCalled(people, session.member);
  if (me !== undefined && isOfficer(me)) return undefined;
  return { code: "not-officer", message: "only an officer changes members and rooms" };
}

/** The newcomer does not count: her key is added by one that is there before her. */
function isOfficerLeft(people: People, leaving: ReadonlySet<string>): boolean {
  return people.members
    .flatMap(currentDevices)
    .some(
      ({ kid, roles, revoked }) => revoked === undefined && roles.includes(officerRole) && !leaving.has(kid),
    );
}

function whyNotDevice(people: People, { x, proof }: NewDevice): MemberRefusal | undefined {
  const publicKey = fromBase64Url(x);
  const signature = fromBase64Url(proof);
  const { genesis } = people.log.directory;
  const message = genesis && publicKey && keyProofMessage(genesis.hash, publicKey);
  const isAsked =
    publicKey?.length === 32 &&
    signature !== undefined &&
    message !== undefined &&
    verifyEd25519({ publicKey, message, signature });
  if (!isAsked)
    return { code: "key-proof-wrong", message: "the device did not sign that it asks to be added" };
  const kid = keyThumbprint(publicKey);
  return people.log.directory.keys.some((key) => key.kid === kid)
    ? { code: "key-known", message: "this device was added before; a revoked one stays revoked" }
    : undefined;
}

function revocation(session: Session, { kid }: Device, reason: string): Draft {
  return {
    type: "key.revoke",
    stream: keysStream,
    pub: { kid, from: session.size },
    hidden: { reason },
  };
}
