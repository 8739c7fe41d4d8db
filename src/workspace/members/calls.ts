import { officerRole } from "#record/key-directory.ts";
import type { Refusal, Result } from "#record/result.ts";
import { decideRemoval, decideRoom } from "#session/keys/members.ts";
import { isOfficer, readersOf, readPeople, type People } from "#session/keys/people.ts";
import type { Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { invitationCalls } from "./invitation-calls.ts";
import { joinCalls } from "./join-calls.ts";
import { performKeyChange, prepareKeyChange } from "./key-changes.ts";
import { lockCalls } from "./lock-calls.ts";
import { quorumCalls } from "./quorum-calls.ts";
import { recoveryCalls } from "./recovery-calls.ts";

export type DeviceRow = {
  readonly kid: string;
  /** Unix seconds by the clock of who added it. */
  readonly at: number;
  /** Entry that added it. */
  readonly entry: number;
  readonly addedBy: string | undefined;
  /** Put there by root keys, when trustees brought her back. */
  readonly isAppointed: boolean;
  readonly revoked: { readonly entry: number; readonly from: number } | undefined;
  readonly isThis: boolean;
};

export type MemberRow = {
  readonly id: string;
  readonly name: string | null;
  readonly roles: readonly string[];
  readonly isOfficer: boolean;
  readonly isCurrent: boolean;
  readonly isMe: boolean;
  readonly devices: readonly DeviceRow[];
  /** Local names, or the beginning of an id that has no name here. */
  readonly rooms: readonly string[];
};

/** Why a member can read a room: the entry that named her first, and since which epoch she is in without a gap. */
export type Access = {
  readonly entry: number;
  readonly by: string;
  readonly at: number;
  readonly epoch: number;
};

export type RoomRow = {
  readonly id: string;
  readonly name: string;
  readonly epoch: number;
  readonly begun: number;
  readonly isMine: boolean;
  readonly readers: Readonly<Record<string, Access>>;
};

/** A change of keys, newest first. */
export type KeyEvent = {
  readonly entry: number;
  readonly at: number;
  readonly by: string;
  readonly event:
    | { readonly kind: "begun" }
    | { readonly kind: "added"; readonly member: string; readonly roles: readonly string[] }
    | { readonly kind: "revoked"; readonly member: string }
    | { readonly kind: "rotated" }
    | { readonly kind: "appointed"; readonly member: string; readonly ended: readonly string[] }
    | {
        readonly kind: "epoch";
        readonly room: string;
        readonly epoch: number;
        readonly readers: readonly string[];
      };
};

export type MemberList = {
  readonly members: readonly MemberRow[];
  readonly rooms: readonly RoomRow[];
  readonly events: readonly KeyEvent[];
  readonly isOfficer: boolean;
  readonly officers: number;
  readonly me: string;
  readonly isSample: boolean;
};

export const memberCalls = {
  "members.list": async (desk: Desk): Promise<MemberList> => {
    const people = await readPeople(desk.session);
    const me = people.members.find(({ id }) => id === desk.session.member);
    return {
      members: people.members.map((member) => ({
        id: member.id,
        name: member.name,
        roles: member.roles.filter((role) => role !== officerRole),
        isOfficer: isOfficer(member),
        isCurrent: member.isCurrent,
        isMe: member === me,
        devices: member.devices.map(({ kid, at, addedAt, addedBy, revoked }) => ({
          kid,
          at,
          entry: addedAt,
          addedBy: addedBy === undefined ? undefined : memberOfKey(people, addedBy),
          isAppointed: addedBy === undefined && addedAt > 0,
          revoked: revoked && { entry: revoked.at, from: revoked.from },
          isThis: kid === desk.session.kid,
        })),
        rooms: people.rooms.filter((room) => readersOf(room).includes(member.id)).map(roomTitle),
      })),
      rooms: people.rooms.map((room) => ({
        id: room.id,
        name: roomTitle(room),
        epoch: room.epochs.at(-1)?.epoch ?? 0,
        begun: room.epochs.at(-1)?.at ?? 0,
        isMine: readersOf(room).includes(desk.session.member),
        readers: accessTo(room),
      })),
      events: eventsOf(people),
      isOfficer: me !== undefined && isOfficer(me),
      officers: people.members.filter(isOfficer).length,
      me: desk.session.member,
      isSample: desk.opened.isSample,
    };
  },

  "members.preview-removal": async (
    desk: Desk,
    input: { member: string; reason: string },
  ): Promise<Result<Preview, Refusal>> =>
    prepareKeyChange(desk, (people) => decideRemoval(desk.session, people, input)),

  "members.preview-room": async (
    desk: Desk,
    { name, readers }: { name: string; readers: readonly string[] },
  ): Promise<Result<Preview, Refusal>> =>
    prepareKeyChange(desk, (people) => decideRoom(desk.session, people, { name, readers })),

  /** Records the change that the preview with this digest showed. */
  "members.perform": async (desk: Desk, { digest }: { digest: string }): Promise<Result<null, Refusal>> =>
    performKeyChange(desk, digest),

  ...invitationCalls,
  ...joinCalls,
  ...lockCalls,
  ...recoveryCalls,
  ...quorumCalls,
};

function roomTitle({ name, id }: People["rooms"][number]): string {
  return name ?? id.slice(0, 8);
}

function memberOfKey(people: People, kid: string): string | undefined {
  return people.members.find(({ devices }) => devices.some((device) => device.kid === kid))?.id;
}

function accessTo({ epochs }: People["rooms"][number]): Record<string, Access> {
  const access: Record<string, Access> = {};
  for (const reader of epochs.at(-1)?.readers ?? []) {
    let since = epochs.at(-1);
    for (const epoch of epochs.toReversed()) {
      if (!epoch.readers.includes(reader)) break;
      since = epoch;
    }
    if (since !== undefined)
      access[reader] = { entry: since.index, by: since.by, at: since.at, epoch: since.epoch };
  }
  return access;
}

function eventsOf(people: People): readonly KeyEvent[] {
  const events: KeyEvent[] = [];
  for (const { index, at, author, type, pub } of people.log.facts) {
    const base = { entry: index, at, by: author.member };
    if (type === "genesis") events.push({ ...base, event: { kind: "begun" } });
    else if (type === "key.add") {
      const roles = Array.isArray(pub["roles"]) ? pub["roles"].map(String) : [];
      events.push({ ...base, event: { kind: "added", member: String(pub["member"]), roles } });
    } else if (type === "key.appoint") {
      const ends = Array.isArray(pub["ends"]) ? pub["ends"].map(String) : [];
      const ended = [...new Set(ends.map((kid) => memberOfKey(people, kid) ?? ""))];
      events.push({ ...base, event: { kind: "appointed", member: String(pub["member"]), ended } });
    } else if (type === "key.rotate") {
      events.push({ ...base, event: { kind: "rotated" } });
    } else if (type === "key.revoke") {
      const member = memberOfKey(people, String(pub["kid"])) ?? "";
      events.push({ ...base, event: { kind: "revoked", member } });
    } else if (type === "room.epoch") {
      const room = people.rooms.find(({ id }) => id === pub["room"]);
      const epoch = room?.epochs.find((one) => one.index === index);
      if (room !== undefined && epoch !== undefined)
        events.push({
          ...base,
          event: { kind: "epoch", room: roomTitle(room), epoch: epoch.epoch, readers: epoch.readers },
        });
    }
  }
  return events.toReversed();
}
