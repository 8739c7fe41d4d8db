/**
 * The way back when no officer can sign in. Enough trustees put the recovery key together; it opens the kit with the root keys
 * and every room. Two root keys then sign that a member has new keys and is an officer: `key.appoint`, `spec/entry.md` §8.
 */
import { appointmentMessage, type Appointment } from "#record/appointment.ts";
import { fromHex, toBase64Url, toHex } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { parseEntry } from "#record/entry.ts";
import { officerRole } from "#record/key-directory.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import { rootKeysOf, rootsNeeded, type RootSignature } from "#record/root-keys.ts";
import { readRotation } from "#record/root-rotation.ts";
import { epochCommitment, openEpoch } from "#vault/keys/epochs.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import type { MemberKeys } from "#vault/keys/member.ts";
import {
  checkShares,
  combineRecovery,
  type RecoveryRefusal,
  type SharesGiven,
} from "#vault/keys/recovery.ts";
import { openRecoveryKit, type RecoveryKit, type RecoveryKitRefusal } from "#vault/keys/recovery-kit.ts";
import type { Redacted } from "#vault/keys/redacted.ts";
import { withEpochKey } from "#vault/keys/rooms.ts";
import { keysEnding, type Ending } from "./ending.ts";
import { EpochPlan, type KeyChange } from "./epoch-plan.ts";
import { Failure } from "../refusals/failure.ts";
import { recoveryKitAt } from "./found.ts";
import { keysStream } from "../issuing.ts";
import { epochOf, readKeyLog, type KeyLog } from "./key-log.ts";
import { newDeviceOf, type MemberRefusal } from "./members.ts";
import { currentDevices, memberCalled, readersOf, roomNamed, type People } from "./people.ts";
import type { RecordReader } from "../record-port.ts";
import { epochObject } from "./room-keys.ts";
import { financeRoom, type Session } from "../session.ts";

/** What a server gives to whoever asks: the first entry, those that replaced its root keys, and the kit that only the recovery key opens. */
export type QuorumFile = {
  readonly genesis: string;
  /** In order. */
  readonly rotations: readonly string[];
  readonly kit: Uint8Array | undefined;
};

/** An opened quorum. It holds every key of the foundation: keep it no longer than one recovery takes. */
export type Quorum = {
  /** Hash of the first entry; the kit is bound to it, so a server cannot have put another record in its place. */
  readonly genesis: Uint8Array;
  /** vkey of the log, as the first entry names it. */
  readonly logKey: string;
  readonly recovery: Redacted<string>;
  /** Its public half, as the record was said to name it last. */
  readonly recipient: string;
  readonly kit: RecoveryKit;
};

/** How far the trustees have come; each share is judged alone, so a slip is found while its sheet is at hand. */
export function quorumProgress(
  file: QuorumFile,
  shares: readonly string[],
): Result<SharesGiven, RecoveryRefusal> {
  return checkShares(shares, readBeginning(file).recipient);
}

/**
 * Puts the shares together and opens the kit.
 *
 * @throws Failure `recovery-kit-missing` for a record that began before kits were made; `record-damaged`.
 */
export async function openQuorum(
  file: QuorumFile,
  shares: readonly string[],
): Promise<Result<Quorum, RecoveryRefusal | RecoveryKitRefusal>> {
  const { hash, recipient, logKey } = readBeginning(file);
  const recovery = await combineRecovery(shares, recipient);
  if (!recovery.ok) return recovery;
  if (file.kit === undefined)
    throw new Failure(
      "recovery-kit-missing",
      "the server has no root keys for the trustees: the record began before that was possible, or the server has lost them. Look for a copy of the server's data; if that has none either, another officer has to invite the member anew. An officer who can sign in makes new sheets, with root keys, on the page Recovery.",
    );
  const kit = await openRecoveryKit(file.kit, recovery.value, hash);
  if (!kit.ok) return kit;
  return ok({ genesis: hash, logKey, recovery: recovery.value, recipient, kit: kit.value });
}

/** Whose sheets these have to be: of the first entry, or of the last rotation; each is signed by the root keys before it. */
function readBeginning({ genesis, rotations }: QuorumFile): {
  hash: Uint8Array;
  recipient: string;
  logKey: string;
} {
  const parsed = parseEntry(genesis);
  const { recovery, log } = parsed.ok ? parsed.value.payload.pub : {};
  if (!parsed.ok || typeof recovery !== "string" || typeof log !== "string")
    throw new Failure("record-damaged", "the first entry names no recovery key");
  const { hash, payload } = parsed.value;
  let recipient = recovery;
  let roots = rootKeysOf(payload.pub);
  const ever = new Set(roots.keys());
  for (const jwt of rotations) {
    const entry = parseEntry(jwt);
    const read = entry.ok ? readRotation(entry.value.payload.pub, hash, { roots, ever }) : entry;
    if (!read.ok)
      throw new Failure("record-damaged", "an entry that replaces the root keys is not signed by them");
    ({ roots, recovery: recipient } = read.value);
    for (const x of roots.keys()) ever.add(x);
  }
  return { hash, recipient, logKey: log };
}

/** The same out of a record that is read here: from a folder, or by a member who is signed in. */
export async function quorumFileOf(
  reader: Pick<RecordReader, "entries" | "entryByHash" | "object">,
  size: number,
): Promise<QuorumFile> {
  const { directory, made } = await readKeyLog(reader, await lastOfKeys(reader, size));
  const [genesis] = made;
  if (genesis === undefined)
    throw new Failure("record-damaged", "the log has no first entry", { exitCode: 1 });
  return {
    genesis: genesis.stored.jwt,
    rotations: made
      .filter(({ index }) => directory.rotations.includes(index))
      .map(({ stored }) => stored.jwt),
    kit: await reader.object(recoveryKitAt(directory.roots.rotation)),
  };
}

/** As many root keys as are needed sign a message. */
export function signedByRoots(
  { roots }: Pick<RecoveryKit, "roots">,
  message: Uint8Array,
): readonly RootSignature[] {
  return roots.slice(0, rootsNeeded).map((seed) => {
    const signer = signerFromSeed(seed.reveal());
    return { x: toBase64Url(signer.publicKey), signature: toBase64Url(signer.sign(message)) };
  });
}

/** A keyring of new keys for a member, with the room of the books: enough to read who is there. */
export async function keyringOfQuorum(
  reader: RecordReader,
  size: number,
  { genesis, kit, recovery, recipient }: Quorum,
  member: string,
  keys: MemberKeys,
): Promise<Keyring> {
  const keyring: Keyring = {
    version: 1,
    member,
    genesis,
    device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
    account: { identity: keys.account.identity },
    nullifierKey: kit.nullifierKey,
    rooms: {},
  };
  const log = await readKeyLog(reader, await lastOfKeys(reader, size));
  // A server could have shown the trustees a state of before, and so made old sheets good again.
  if (log.directory.roots.recovery !== recipient)
    throw new Failure("recovery-replaced", "these sheets were replaced by newer ones; take those");
  return withRecoveredRoom(
    reader,
    keyring,
    log,
    { recovery, kit },
    { id: toHex(kit.finance), name: financeRoom },
  );
}

/** The last entry of the stream of keys: where a list of them is read from, which is then checked back to its beginning. */
export async function lastOfKeys(
  reader: Pick<RecordReader, "entries">,
  size: number,
): Promise<Uint8Array | undefined> {
  let last: Uint8Array | undefined;
  for await (const { jwt } of reader.entries(0, size)) {
    const parsed = parseEntry(jwt);
    if (parsed.ok && parsed.value.payload.stream?.id === keysStream) last = parsed.value.hash;
  }
  return last;
}

/**
 * Every epoch of a room that the recovery key opens. A key counts only if an officer committed to it in the record: a server
 * could have put files of its own there. That her key was revoked afterwards changes nothing: nothing is sealed under these keys
 * again, and with one entry that reaches back to the beginning a thief could else close every room to the trustees.
 */
export async function withRecoveredRoom(
  reader: Pick<RecordReader, "object">,
  keyring: Keyring,
  log: KeyLog,
  { recovery, kit }: { readonly recovery: Redacted<string>; readonly kit: Pick<RecoveryKit, "rooms"> },
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Keyring> {
  const room = fromHex(id) ?? new Uint8Array();
  const kept = kit.rooms?.find((one) => toHex(one.id) === id)?.epochs ?? {};
  let recovered = keyring;
  for (const fact of log.made) {
    const begun = epochOf(fact);
    if (begun?.id !== id) continue;
    const { epoch, commitment } = begun;
    const file = await reader.object(epochObject(id, epoch, "hybrid.age"));
    const opened = file && (await openEpoch(file, recovery, { room, epoch }));
    const key = opened?.ok === true ? opened.value.key : kept[epoch];
    if (key === undefined) continue;
    if (epochCommitment({ room, epoch, key }) === commitment)
      recovered = withEpochKey(recovered, name, { room, epoch, key });
  }
  return recovered;
}

/** The keyring with the other rooms that this member reads: the quorum opens all, but she comes back to hers. */
export async function withRoomsOf(
  session: Session,
  people: People,
  quorum: Quorum,
  member: string,
): Promise<Keyring> {
  let { keyring } = session;
  for (const room of people.rooms) {
    const name = room.name ?? room.id;
    if (name === financeRoom || !readersOf(room).includes(member)) continue;
    keyring = await withRecoveredRoom(session.store, keyring, people.log, quorum, { id: room.id, name });
  }
  return keyring;
}

/**
 * The session's own new key becomes an officer's, signed for by two root keys; all keys that the member had are revoked, and
 * those that the trustees end, in the same entry. Every room that she or one of those reads goes on under a new key that their
 * devices do not get.
 */
export async function decideAppointment(
  session: Session,
  people: People,
  quorum: Quorum,
  keys: MemberKeys,
  ending: Ending,
): Promise<Result<KeyChange, MemberRefusal>> {
  const { member } = session;
  const ended = keysEnding(people, member, ending);
  const stranger = ending.members.find((id) => memberCalled(people, id) === undefined);
  if (stranger !== undefined)
    return refuse({ code: "member-unknown", message: `there is no member ${stranger}` });
  const known = memberCalled(people, member);
  if (known === undefined) return refuse({ code: "member-unknown", message: `there is no member ${member}` });
  const device = newDeviceOf(keys, quorum.genesis);
  const leaving = new Set([...currentDevices(known), ...ended].map(({ kid }) => kid));
  const epochs = new EpochPlan(session, people, leaving);
  epochs.newcomer(member, device);
  const losing = new Set([member, ...ended.map((one) => one.member)]);
  const rooms = people.rooms.filter(
    (room) => room === roomNamed(people, financeRoom) || readersOf(room).some((reader) => losing.has(reader)),
  );
  /** Whose keys fell, now or with a revocation that reaches back, reads nothing more and is not to be named as if she did. */
  const reads = (reader: string): boolean => {
    const found = memberCalled(people, reader);
    return found !== undefined && currentDevices(found).some(({ kid }) => !leaving.has(kid));
  };
  for (const room of rooms) {
    const before = readersOf(room);
    const comesBack = room === roomNamed(people, financeRoom) || before.includes(member);
    const readers = before.filter((reader) => reader !== member && reads(reader));
    const begun = await epochs.begin(room.name ?? room.id, comesBack ? [...readers, member] : readers);
    if (begun !== undefined) return refuse(begun);
  }
  const { x, reading, account } = device;
  const roles = [...new Set([officerRole, ...known.roles])];
  const ends = ended.map(({ kid }) => kid).toSorted();
  const appointment: Appointment = {
    x,
    member,
    roles,
    reading,
    account,
    from: session.size,
    ...(ends.length > 0 && { ends }),
  };
  const roots = signedByRoots(quorum.kit, appointmentMessage(quorum.genesis, appointment));
  return ok(
    epochs.change([
      {
        type: "key.appoint",
        stream: keysStream,
        pub: {
          ...appointment,
          roles,
          ...(ends.length > 0 && { ends }),
          roots: roots.map((one) => ({ ...one })),
        },
        ...(known.name !== null && { hidden: { name: known.name } }),
      },
    ]),
  );
}
