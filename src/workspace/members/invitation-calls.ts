import { fromBase64Url, fromHex, toBase64Url, toHex } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { decideEnrolling, safetyNumber, type NewDevice } from "#session/keys/members.ts";
import { currentDevices, isOfficer, memberCalled, nextMemberId, readPeople } from "#session/keys/people.ts";
import { sealKeyParcel } from "#session/keys/room-keys.ts";
import type { Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { openForOfficers, openNote, sealInvitation, tokenOf, type ForOfficers } from "./invitation.ts";
import { performKeyChange, prepareKeyChange } from "./key-changes.ts";

export type InvitationInput = {
  readonly name: string;
  readonly roles: readonly string[];
  readonly rooms: readonly string[];
  /** A known member whose keys are lost: they are replaced. */
  readonly member?: string;
};

export type InvitationRow = {
  readonly hash: string;
  readonly member: string;
  /** Unix seconds. */
  readonly expires: number;
  readonly by: string;
  /** undefined: made before this device was an officer's, so it cannot be read here. */
  readonly content: Pick<ForOfficers, "name" | "roles" | "rooms" | "replaces"> | undefined;
  readonly accepted:
    | { readonly at: number; readonly safetyNumber: string }
    /** Somebody left something that was not made with the link. */
    | { readonly at: number; readonly safetyNumber: undefined }
    | undefined;
};

type Kept = {
  readonly hash: string;
  readonly member: string;
  readonly by: string;
  readonly sealed: string;
  readonly expires: number;
  readonly note?: string;
  readonly acceptedAt?: number;
};

const secretBytes = 24;
const daysValid = 7;

export const invitationCalls = {
  /** A link for one person, once, for a week. Nothing goes on the record before she has made her keys. */
  "members.invite": async (
    desk: Desk,
    input: InvitationInput,
  ): Promise<Result<{ link: string }, Refusal>> => {
    const { session, randomBytes } = desk;
    const people = await readPeople(session);
    const me = memberCalled(people, session.member);
    if (me === undefined || !isOfficer(me))
      return refuse({ code: "not-officer", message: "only an officer changes members and rooms" });
    const name = input.name.trim();
    if (name === "") return refuse({ code: "name-missing", message: "a member needs a name" });
    const open = (await kept(desk)).map(({ member }) => member);
    const member = input.member ?? freeMember(nextMemberId(people), open);
    const secret = randomBytes(secretBytes);
    const officer = toBase64Url(signerFromSeed(session.keyring.device.signingSeed.reveal()).publicKey);
    const common = { member, name, roles: input.roles, rooms: input.rooms, officer };
    const genesis = await session.genesis();
    const { funds } = await session.books();
    const sealed = await sealInvitation(
      secret,
      {
        ...common,
        foundation: funds.name,
        invitedBy: me.name ?? me.id,
        genesis: toHex(genesis ?? new Uint8Array()),
        officers: people.members
          .filter(isOfficer)
          .flatMap((one) => currentDevices(one).map(({ reading }) => reading)),
      },
      { ...common, secret: toBase64Url(secret), replaces: input.member !== undefined },
      randomBytes,
    );
    await desk.server.json("POST", "/api/invitations", {
      member,
      token: tokenOf(secret),
      sealed,
      expires: desk.now() + daysValid * 24 * 3_600_000,
    });
    desk.tell({ kind: "changed" });
    // After "#": browsers do not send it to the server.
    return ok({ link: `${desk.server.origin}/app/join#${toBase64Url(secret)}` });
  },

  "members.invitations": async (desk: Desk): Promise<readonly InvitationRow[]> => {
    const rows: InvitationRow[] = [];
    for (const one of await kept(desk)) {
      const content = await openForOfficers(one.sealed, desk.session.keyring.device.readingIdentity);
      const device = await deviceOf(desk, one, content);
      const accepted = one.acceptedAt === undefined ? undefined : Math.floor(one.acceptedAt / 1000);
      rows.push({
        hash: one.hash,
        member: one.member,
        by: one.by,
        expires: Math.floor(one.expires / 1000),
        content,
        accepted:
          accepted === undefined
            ? undefined
            : device === undefined || content === undefined
              ? { at: accepted, safetyNumber: undefined }
              : { at: accepted, safetyNumber: await numberOf(desk, content.officer, device) },
      });
    }
    return rows;
  },

  "members.withdraw": async (desk: Desk, { hash }: { hash: string }): Promise<void> => {
    await desk.server.json("DELETE", `/api/invitations/${hash}`);
    desk.tell({ kind: "changed" });
  },

  "members.preview-enrolling": async (
    desk: Desk,
    { hash }: { hash: string },
  ): Promise<Result<Preview, Refusal>> => {
    const { content, device } = await accepted(desk, hash);
    return prepareKeyChange(desk, (people) => decideEnrolling(desk.session, people, { ...content, device }));
  },

  /** Puts her keys on the record, hands her the room keys, and lets her sign in. Can be repeated when it was cut short. */
  "members.enrol": async (
    desk: Desk,
    { hash, digest }: { hash: string; digest: string },
  ): Promise<Result<null, Refusal>> => {
    const { content, device } = await accepted(desk, hash);
    const isThere = (await readPeople(desk.session)).log.directory.keys.some(
      ({ publicKey }) => toBase64Url(publicKey) === device.x,
    );
    if (!isThere) {
      const done = await performKeyChange(desk, digest);
      if (!done.ok) return done;
    }
    const { keyring } = desk.session;
    const genesis = await desk.session.genesis();
    const rooms = Object.fromEntries(
      content.rooms.flatMap((room) => {
        const keys = keyring.rooms[room];
        return keys === undefined ? [] : [[room, keys] as const];
      }),
    );
    const sealed = await sealKeyParcel(
      { member: content.member, rooms, nullifierKey: keyring.nullifierKey },
      device.reading,
      { signingSeed: keyring.device.signingSeed.reveal(), genesis: genesis ?? new Uint8Array() },
    );
    await desk.server.json("POST", `/api/members/${content.member}/deliveries`, {
      sealed: toBase64Url(sealed),
    });
    await desk.server.json("POST", `/api/invitations/${hash}/finish`, {});
    desk.tell({ kind: "changed" });
    return ok(null);
  },
};

async function kept(desk: Desk): Promise<readonly Kept[]> {
  if (desk.opened.isSample) return [];
  return (await desk.server.json<{ invitations: Kept[] }>("GET", "/api/invitations")).invitations;
}

/** Two invitations may be open at once: they must not end as one member. */
function freeMember(next: string, taken: readonly string[]): string {
  let number = Number(next.slice(2));
  while (taken.includes(idOf(number))) number += 1;
  return idOf(number);
}

const idOf = (number: number): string => `M-${String(number).padStart(2, "0")}`;

async function deviceOf(
  desk: Desk,
  { note }: Kept,
  content: ForOfficers | undefined,
): Promise<NewDevice | undefined> {
  const secret = content === undefined ? undefined : fromBase64Url(content.secret);
  if (note === undefined || secret === undefined) return undefined;
  return openNote(note, secret, desk.session.keyring.device.readingIdentity);
}

async function numberOf(desk: Desk, officer: string, device: NewDevice): Promise<string> {
  const genesis = await desk.session.genesis();
  return safetyNumber(genesis ?? new Uint8Array(), fromBase64Url(officer) ?? new Uint8Array(), device);
}

async function accepted(desk: Desk, hash: string): Promise<{ content: ForOfficers; device: NewDevice }> {
  const one = (await kept(desk)).find((invitation) => invitation.hash === hash);
  const content =
    one === undefined
      ? undefined
      : await openForOfficers(one.sealed, desk.session.keyring.device.readingIdentity);
  const device = one === undefined ? undefined : await deviceOf(desk, one, content);
  if (content === undefined || device === undefined || fromHex(hash) === undefined)
    throw refused({
      code: "invitation-unreadable",
      message: "this invitation was not accepted with its link; withdraw it and make another one",
    });
  if (one?.member !== content.member)
    throw new Failure("invitation-unreadable", "the invitation names another member than its content");
  return { content, device };
}
