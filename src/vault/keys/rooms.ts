/** Finding and adding room keys in a keyring. */
import { equalBytes } from "#record/bytes.ts";
import type { Keyring } from "./keyring-content.ts";
import type { Redacted } from "./redacted.ts";

export type CurrentRoomKey = {
  readonly room: Uint8Array;
  readonly epoch: number;
  readonly key: Redacted<Uint8Array>;
};

/** The newest key of a room by its local name: what to seal with. Undefined if the member is not in the room. */
export function currentRoomKey(keyring: Keyring, roomName: string): CurrentRoomKey | undefined {
  const room = keyring.rooms[roomName];
  if (room === undefined) return undefined;
  const epoch = Math.max(-1, ...Object.keys(room.epochs).map(Number));
  const key = room.epochs[epoch];
  return key && { room: room.id, epoch, key };
}

/** The key for a box by the place in its head: what to open with. Undefined if the member was not given it. */
export function findEpochKey(
  keyring: Keyring,
  place: { readonly room: Uint8Array; readonly epoch: number },
): Redacted<Uint8Array> | undefined {
  const room = Object.values(keyring.rooms).find(({ id }) => equalBytes(id, place.room));
  return room?.epochs[place.epoch];
}

/** A keyring that also holds one more epoch of a room; the given one is not changed. */
export function withEpochKey(
  keyring: Keyring,
  roomName: string,
  { room, epoch, key }: CurrentRoomKey,
): Keyring {
  const epochs = { ...keyring.rooms[roomName]?.epochs, [epoch]: key };
  return { ...keyring, rooms: { ...keyring.rooms, [roomName]: { id: room, epochs } } };
}
