/**
 * The sizes and labels that sealing and opening must agree on, byte by byte (`spec/vault.md`). Lives on the
 * sealing side because opening may import sealing and never the other way round.
 */
import { concatBytes, utf8 } from "#record/bytes.ts";
import { assert } from "#record/result.ts";

/** Bytes of plaintext in every chunk but the last, which is always shorter (`spec/vault.md` §1). */
export const chunkSize = 16_384;
/** AES-GCM tag, in bytes, after every chunk. */
export const tagSize = 16;
/** A full chunk as stored: ciphertext and tag. */
export const sealedChunkSize = chunkSize + tagSize;
export const keySize = 32;
export const saltSize = 24;
export const nonceSize = 12;
export const commitmentSize = 32;
/** Salt and commitment, before the first chunk. */
export const headerSize = saltSize + commitmentSize;
/** What sealing adds to a message of less than one chunk. */
export const overheadSize = headerSize + tagSize;
/** AES key, base nonce and commitment, as HKDF-Expand gives them. */
export const derivedSize = keySize + nonceSize + commitmentSize;

/** 2³²: the limit of C2SP is 2³⁸ chunks; 64 TiB is more than any store of ours holds. */
export const chunkCountMax = 2 ** 32;

/** The random bytes come in as an argument, so that tests and the sample foundation can fix them. */
export type RandomBytes = (length: number) => Uint8Array;

export const boxIdSize = 16;
export const roomIdSize = 16;
/** Version, id, room, epoch: the clear head of a box and, the same bytes, of its keybox (`spec/vault.md` §3). */
export const boxHeadSize = 1 + boxIdSize + roomIdSize + 4;
export const boxVersion = 1;

/** Where a box stands: which box, of which room, under which epoch of its key. Seen by the server. */
export type BoxPlace = { readonly id: Uint8Array; readonly room: Uint8Array; readonly epoch: number };

/** The clear head of a box or keybox. @throws if a size is wrong: places come from our own code. */
export function encodeBoxHead(place: BoxPlace): Uint8Array {
  assert(place.id.length === boxIdSize, `a box id has ${boxIdSize} bytes, not ${place.id.length}`);
  assert(place.room.length === roomIdSize, `a room id has ${roomIdSize} bytes, not ${place.room.length}`);
  assert(
    Number.isInteger(place.epoch) && place.epoch >= 0 && place.epoch < 2 ** 32,
    `an epoch is a count from 0, not ${place.epoch}`,
  );
  const head = new Uint8Array(boxHeadSize);
  head[0] = boxVersion;
  head.set(place.id, 1);
  head.set(place.room, 1 + boxIdSize);
  const epochAt = 1 + boxIdSize + roomIdSize;
  for (let i = 0; i < 4; i++) head[epochAt + i] = place.epoch >>> (24 - 8 * i);
  return head;
}

const boxLabel = utf8("aigaq/box/1");
const keyboxLabel = utf8("aigaq/key/1");

/** Context of a box: it binds the ciphertext to its head and to the entry it belongs to. */
export function boxContext(head: Uint8Array, entryHash: Uint8Array): Uint8Array {
  assert(entryHash.length === 32, `an entry hash has 32 bytes, not ${entryHash.length}`);
  return concatBytes(boxLabel, head, entryHash);
}

/** Context of a keybox: it binds the wrapped key to the box, room and epoch named in its head. */
export function keyboxContext(head: Uint8Array): Uint8Array {
  return concatBytes(keyboxLabel, head);
}

/** Context of every file: its key is fresh and travels in a box, so nothing else needs binding. */
export const fileContext = utf8("aigaq/file/1");
