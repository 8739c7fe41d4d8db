import { equalBytes, toHex } from "#record/bytes.ts";
import type { KeyDirectory, MemberKey } from "#record/key-directory.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { currentRoomKey, findEpochKey } from "#vault/keys/rooms.ts";
import { emptyFunds } from "#domain/funds/state.ts";
import type { Books } from "./books.ts";
import type { EntryIndex } from "./entry-index.ts";
import { keysStream } from "../issuing.ts";
import { epochOf, readKeyLog } from "../keys/key-log.ts";
import { loadIndex } from "./kept-index.ts";
import type { RecordReader } from "../record-port.ts";
import { logBehind } from "../keys/room-keys.ts";
import {
  isSignedBy,
  readRoomHead,
  roomSnapshotKey,
  roomSnapshotParts,
  type RoomSnapshotHead,
  type RoomSnapshotPort,
} from "./room-snapshot.ts";
import { loadSnapshot, type Place } from "./snapshot.ts";

/** Books that a colleague's device left, with what came since. Her word until every entry was checked. */
export type Taken = {
  /** Who left them, such as "M-03". */
  readonly member: string;
  readonly books: Books;
  /** The index that belongs to them; undefined where it is not there any more. */
  index(): Promise<EntryIndex | undefined>;
};

type Taker = {
  readonly reader: RecordReader;
  /** Of the log. */
  readonly size: number;
  readonly roomSnapshots: RoomSnapshotPort;
  readonly keyring: Keyring;
  readonly genesis: Uint8Array;
  /** Local name of the room. */
  readonly room: string;
  isPrefix(place: Place): Promise<boolean>;
  /** Takes the entries after the books into them. */
  follow(books: Books): Promise<void>;
};

/**
 * What a reader of the room left, if it is of this record, was signed by a device whose key counts, and spares reading
 * `worth` entries or more beyond those that one has checked oneself. undefined for anything else.
 *
 * It may throw: whoever reads the room can leave anything there, under her name.
 */
export async function takeFromRoom(taker: Taker, ownSize: number, worth: number): Promise<Taken | undefined> {
  const { reader, size, roomSnapshots, keyring, genesis } = taker;
  const room = currentRoomKey(keyring, taker.room);
  // Whoever was not given all keys of the room cannot make the same books, and would call honest ones wrong.
  if (room === undefined || !hasAllEpochs(keyring, taker.room, room.epoch)) return undefined;
  const head = await readRoomHead(roomSnapshots, room.room);
  if (head === undefined || head.size - ownSize < worth || !(await taker.isPrefix(head))) return undefined;
  const epochKey = findEpochKey(keyring, { room: room.room, epoch: head.epoch });
  if (epochKey === undefined) return undefined;
  // By the entry that began the epoch whose key this member holds: who was removed with it signs nothing any more.
  const behind = await logBehind(reader, toHex(room.room), room.epoch);
  const of = { genesis, room: room.room };
  if (behind !== undefined && !isByCounting(head, of, behind.directory, size)) return undefined;
  const key = roomSnapshotKey(epochKey.reveal(), () => new Uint8Array());
  const parts = roomSnapshotParts(roomSnapshots, room.room, head);
  const kept = await loadSnapshot(parts, key, true);
  if (kept === undefined || kept.place.size !== head.size || !equalBytes(kept.place.root, head.root))
    return undefined;
  const { books } = kept;
  if (!isOfForm(books)) return undefined;
  await taker.follow(books);
  // And by all that the log says of keys, now that its end is known.
  const { directory, facts } = await readKeyLog(reader, books.streams.get(keysStream)?.hash);
  if (!isByCounting(head, of, directory, size)) return undefined;
  if (facts.some((fact) => fact.index < head.size && isLater(epochOf(fact), head, room.room)))
    return undefined;
  return {
    member: head.member,
    books,
    async index() {
      const index = await loadIndex(parts, key).catch(() => undefined);
      const isOf = index?.place.size === head.size && equalBytes(index.place.root, head.root);
      return isOf ? index.index : undefined;
    },
  };
}

/** Whether it has the key of each epoch of the room, up to `newest`. */
export function hasAllEpochs(keyring: Keyring, name: string, newest: number): boolean {
  const epochs = keyring.rooms[name]?.epochs ?? {};
  return Array.from({ length: newest + 1 }, (_, epoch) => epochs[epoch]).every((key) => key !== undefined);
}

/** Whoever had not learned of an epoch by then made other books than the rest, and not by malice. */
function isLater(begun: ReturnType<typeof epochOf>, head: RoomSnapshotHead, room: Uint8Array): boolean {
  return begun !== undefined && begun.id === toHex(room) && begun.epoch > head.epoch;
}

/** Whether it is signed by a key that counts for the next entry and is the member's whom it names. */
export function isByCounting(
  head: RoomSnapshotHead,
  of: { readonly genesis: Uint8Array; readonly room: Uint8Array },
  directory: KeyDirectory,
  size: number,
): boolean {
  const found = directory.keyAt(head.kid, size);
  const key: MemberKey | undefined = found.ok ? found.value : undefined;
  return key?.member === head.member && isSignedBy(key.publicKey, head, of);
}

/** Whether each member is of the kind that it has in books without an entry, so that screens find lists where they look for lists. */
function isOfForm({ funds }: Books): boolean {
  const kindOf = (value: unknown) =>
    value === null ? "null" : value instanceof Map ? "map" : Array.isArray(value) ? "list" : typeof value;
  const given = new Map<string, unknown>(Object.entries(funds));
  return Object.entries(emptyFunds()).every(
    ([name, value]) => kindOf(value) === "null" || kindOf(given.get(name)) === kindOf(value),
  );
}
