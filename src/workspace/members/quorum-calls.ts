import { toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { parseVkey } from "#record/note.ts";
import { recoverySignInMessage } from "#record/recovery-sign-in.ts";
import { ok, type Refusal, type Result } from "#record/result.ts";
import { returningOf, type Ending, type Returning } from "#session/keys/ending.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { memberLabels } from "#session/keys/member-labels.ts";
import { recordKeyChange } from "#session/keys/members.ts";
import { readPeople, type People } from "#session/keys/people.ts";
import {
  decideAppointment,
  keyringOfQuorum,
  openQuorum,
  quorumProgress,
  signedByRoots,
  withRoomsOf,
  type Quorum,
  type QuorumFile,
} from "#session/keys/quorum.ts";
import { Session } from "#session/session.ts";
import { closeLock, sealKeyringBody } from "#vault/keys/locks.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { newMemberKeys, type MemberKeys } from "#vault/keys/member.ts";
import type { SharesGiven } from "#vault/keys/recovery.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { keepRehearsed } from "./recovery-calls.ts";
import { HttpRecord } from "#workspace/desk/http-record.ts";
import { memoryLocalStore, type LocalStore } from "#workspace/desk/local-store.ts";
import { newLock, type OpenLock } from "#workspace/desk/new-lock.ts";
import { answeredBytes } from "#workspace/desk/server.ts";
import { keyringKeeper } from "#workspace/desk/sign-in-calls.ts";
import { deskWords } from "#workspace/desk/words.ts";
import type { NewLock } from "#workspace/shell/first-run/types.ts";

type Shares = { readonly shares: readonly string[] };
type QuorumRefusal = Refusal & { readonly share?: number };

/** Who is there, and how many entries the log had when that was looked at. */
type Shown = { readonly people: readonly Returning[]; readonly seen: number };

type ReturnInput = Shares & {
  readonly member: string;
  /** Whose keys end in the same entry. */
  readonly ending: Ending;
  readonly lock: NewLock;
};

type Started = {
  readonly challenge: string;
  readonly genesis: string;
  readonly rotations: readonly string[];
  readonly kit: string | null;
};

/**
 * For whoever is not signed in. What is typed comes with each call and is forgotten with its end: no call keeps a share, a key,
 * or a session on the server, unless somebody has come back.
 */
export const quorumCalls = {
  /** Judges the shares given so far, without putting them together. */
  "quorum.check": async (desk: Desk, { shares }: Shares): Promise<Result<SharesGiven, QuorumRefusal>> =>
    onThisPage(async () => quorumProgress(await keptFile(desk), shares)),

  /** Opens the room of the books with them, to show who is there; signs out again. */
  "quorum.open": async (desk: Desk, { shares }: Shares): Promise<Result<Shown, QuorumRefusal>> =>
    onThisPage(async () => {
      const quorum = await openQuorum(await keptFile(desk), shares);
      if (!quorum.ok) return quorum;
      const member = await signInByRoots(desk, quorum.value);
      try {
        const keys = await newMemberKeys(desk.randomBytes);
        const { session, people } = await peopleOf(desk, quorum.value, member, keys, memoryLocalStore());
        return ok({ people: returningOf(people), seen: session.size });
      } finally {
        await desk.server.signOut();
      }
    }),

  /**
   * Makes her new keys, puts them on the record, and signs her in. If it ends before the last step, nothing is lost by doing it
   * again: the keys that were made are then the ones revoked.
   */
  "quorum.return": async (
    desk: Desk,
    { shares, member, ending, lock }: ReturnInput,
  ): Promise<Result<null, QuorumRefusal>> =>
    onThisPage(async () => {
      const own = await newLock(desk.randomBytes, lock);
      const quorum = await openQuorum(await keptFile(desk), shares);
      if (!quorum.ok) return quorum;
      await signInByRoots(desk, quorum.value, member);
      try {
        const keyring = await appoint(desk, quorum.value, member, ending);
        if (!keyring.ok) return keyring;
        await enter(desk, keyring.value, own);
      } finally {
        if (!desk.isOpen) await desk.server.signOut();
      }
      return ok(null);
    }),
};

/**
 * Failures in the words of this page: the usual ones speak of what is kept on this device, of which there is nothing here, or in
 * the server's own words to programs.
 */
async function onThisPage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const said = error instanceof Failure ? pageFailures[error.code] : undefined;
    if (said === undefined) throw error;
    throw new Failure(said, memberLabels[said]?.en ?? said);
  }
}

const pageFailures: Readonly<Record<string, string>> = {
  offline: "quorum-offline",
  "recovery-refused": "recovery-refused",
  "recovery-finished": "recovery-finished",
  "stale-head": "record-busy",
};

const slot = "quorum-file";

/** What the server gives to anybody; asked once, since it never changes. */
async function keptFile(desk: Desk): Promise<QuorumFile> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file alone writes the slot
  const kept = desk.prepared.get(slot) as QuorumFile | undefined;
  if (kept !== undefined) return kept;
  const { genesis, rotations, kit } = await start(desk);
  const file = { genesis, rotations, kit: kit === null ? undefined : answeredBytes(kit) };
  desk.prepared.set(slot, file);
  return file;
}

const start = (desk: Desk): Promise<Started> => desk.server.json("POST", "/api/recovery/start", {});

async function signInByRoots(desk: Desk, { kit }: Quorum, wished?: string): Promise<string> {
  const { challenge } = await start(desk);
  const message = recoverySignInMessage(desk.server.origin, wished, challenge);
  const { member } = await desk.server.json<{ member: string }>("POST", "/api/recovery/sign-in", {
    ...(wished !== undefined && { member: wished }),
    challenge,
    roots: signedByRoots(kit, message),
  });
  return member;
}

/** The record as the quorum reads it, each entry checked, with new keys that are not on it yet. */
async function peopleOf(
  desk: Desk,
  quorum: Quorum,
  member: string,
  keys: MemberKeys,
  local: LocalStore,
): Promise<{ session: Session; people: People }> {
  const logKey = parseVkey(quorum.logKey);
  if (!logKey.ok) throw refused(logKey.refusal);
  const info = await desk.foundation();
  if (info.genesis !== toHex(quorum.genesis))
    throw new Failure("genesis-wrong", "the server shows another foundation than the one of these sheets");
  const port = await HttpRecord.open(desk.server, local, logKey.value);
  const session = new Session({
    port,
    keyring: await keyringOfQuorum(port.reader, port.size, quorum, member, keys),
    logKey: logKey.value,
    words: deskWords[desk.language],
    progress: {
      update: (what, done, total) => desk.tell({ kind: "progress", what, done, total }),
      end: () => desk.tell({ kind: "progress-ended" }),
    },
    now: desk.now,
    randomBytes: desk.randomBytes,
    // A thief reads the room too: what trustees are shown, and sign, must come from the entries and not from his word.
    mayTakeOver: false,
  });
  return { session, people: await readPeople(session, { asMade: true }) };
}

const attemptsMax = 20;

/**
 * Colleagues may be recording at the same moment, or a thief who wants to be in the way: what root keys sign names a place in the
 * log, so it is made anew. The books are opened once, since all of them take longer than he needs for an entry.
 */
async function appoint(
  desk: Desk,
  quorum: Quorum,
  member: string,
  ending: Ending,
): Promise<Result<Keyring, Refusal>> {
  const keys = await newMemberKeys(desk.randomBytes);
  const { session } = await peopleOf(desk, quorum, member, keys, await desk.local());
  for (let attempt = 1; ; attempt++) {
    try {
      if (attempt > 1) await lookAgain(session, quorum, keys);
      return await appointHere(session, quorum, keys, ending);
    } catch (error) {
      const isClash = error instanceof Failure && error.code === "stale-head";
      if (!isClash || attempt >= attemptsMax) throw error;
    }
  }
}

/** Rooms may have gone on under new keys since the attempt before; her own key is not on the record yet and is given none. */
async function lookAgain(session: Session, quorum: Quorum, keys: MemberKeys): Promise<void> {
  await session.refresh();
  const { rooms } = await keyringOfQuorum(session.store, session.size, quorum, session.member, keys);
  session.takeKeyring({ ...session.keyring, rooms: { ...session.keyring.rooms, ...rooms } });
}

async function appointHere(
  session: Session,
  quorum: Quorum,
  keys: MemberKeys,
  ending: Ending,
): Promise<Result<Keyring, Refusal>> {
  const people = await readPeople(session, { asMade: true });
  session.takeKeyring(await withRoomsOf(session, people, quorum, session.member));
  const change = await decideAppointment(session, people, quorum, keys, ending);
  return change.ok ? ok(await recordKeyChange(session, change.value)) : change;
}

/** Her locks and keyring take the place of the lost ones, on the server and for this device. */
async function enter(desk: Desk, keyring: Keyring, own: OpenLock): Promise<void> {
  const { member } = keyring;
  const keyringKey = redacted(desk.randomBytes(32));
  const closed = await closeLock({ member, ...own }, keyringKey, desk.randomBytes);
  const body = toBase64Url(await sealKeyringBody(keyring, keyringKey, desk.randomBytes));
  const { version } = await desk.server.json<{ version: number }>("PUT", "/api/recovery/enrolment", {
    enrolment: { member, locks: [closed], keyring: body },
  });
  const kept = { head: own.head, sealed: closed.sealed, keyring: body };
  await (await desk.local()).keepEnrolment(member, utf8(JSON.stringify(kept)));
  await desk.openServer(keyring, keyringKeeper(desk, keyringKey, version));
  desk.prepared.delete(slot);
  // Nobody could have tried the sheets more thoroughly.
  await keepRehearsed(desk);
}
