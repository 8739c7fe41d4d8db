/**
 * Whose keys end together with an appointment by root keys. Trustees say it of members; what is signed names keys, so that
 * everybody applies the same and nothing that was signed before changes its meaning. `spec/entry.md` §8.
 */
import { currentDevices, isOfficer, type Device, type People } from "./people.ts";

/** Members who are none of the foundation's, or whose devices were taken. */
export type Ending = {
  /** All their keys that count end. */
  readonly members: readonly string[];
  /** Size of the log that the trustees were shown. */
  readonly seen: number;
};

/**
 * The keys that end with the appointment of `member`, besides her own. What the ones named, or her lost ones, added after the
 * trustees had looked falls with them: a thief who watches could else add a key between their look and their word.
 */
export function keysEnding(people: People, member: string, { members, seen }: Ending): readonly Device[] {
  const theirs = new Set<string>();
  for (const { kid, member: owner, addedAt, addedBy } of people.log.directory.keys) {
    const isAddedSince = addedAt >= seen && addedBy !== undefined && theirs.has(addedBy);
    if (owner === member || members.includes(owner) || isAddedSince) theirs.add(kid);
  }
  return people.members
    .filter(({ id }) => id !== member)
    .flatMap(currentDevices)
    .filter(({ kid }) => theirs.has(kid));
}

/** Whom the trustees can bring back: also whose keys were revoked, since a thief could have done it. */
export type Returning = {
  readonly id: string;
  readonly name: string | null;
  readonly isOfficer: boolean;
  /** Has a key that counts. */
  readonly isCurrent: boolean;
  /** Those that count: they end if she comes back, or is said to be none of the foundation's. */
  readonly keys: readonly {
    readonly kid: string;
    /** Unix seconds, by the clock of who added it. */
    readonly at: number;
    /** Member whose key added it; null for the first one of the record and for one that trustees put there. */
    readonly addedBy: string | null;
  }[];
};

/** What trustees are shown before they say who comes back. */
export function returningOf(people: People): readonly Returning[] {
  const owners = new Map(people.log.directory.keys.map(({ kid, member }) => [kid, member]));
  return people.members.map((one) => ({
    id: one.id,
    name: one.name,
    isOfficer: isOfficer(one),
    isCurrent: one.isCurrent,
    keys: currentDevices(one).map(({ kid, at, addedBy }) => ({
      kid,
      at,
      addedBy: addedBy === undefined ? null : (owners.get(addedBy) ?? null),
    })),
  }));
}
