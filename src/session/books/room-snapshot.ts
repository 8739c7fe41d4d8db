import { concatBytes, fromBase64Url, fromHex, fromUtf8, toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { verifyEd25519, type Signer } from "#record/ed25519.ts";
import { hmacSha256, sha256 } from "#record/hash.ts";
import { keyThumbprint } from "#record/key-id.ts";
import type { CurrentRoomKey } from "#vault/keys/rooms.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import type { Books } from "./books.ts";
import type { EntryIndex } from "./entry-index.ts";
import { indexName, sealIndex } from "./kept-index.ts";
import { saveSnapshot, type Place, type SnapshotKey, type SnapshotStore } from "./snapshot.ts";

/**
 * The books that a reader of a room leaves for those who see the record for the first time, so that they need not wait until
 * they have opened every entry. Sealed under a key of the room and signed by the maker's device: another reader could leave
 * figures that no entry makes, so they are shown as her word until every entry was checked, and nothing is signed because of them.
 */
export type RoomSnapshotPort = {
  /** Bytes `from` ≤ i < `to` of the snapshot of a room; undefined where there is none. `room`: its id in hexadecimal. */
  read(room: string, from: number, to: number): Promise<Uint8Array | undefined>;
  /** Replaces it; false when it could not be kept. */
  put(room: string, bytes: Uint8Array): Promise<boolean>;
};

type Part = { readonly name: string; readonly length: number; readonly sha256: string };

/** The first line: who made it, of which tree it is, what follows. Readable to the server, which learns nothing new by it. */
export type RoomSnapshotHead = Place & {
  /** Such as "M-03". */
  readonly member: string;
  readonly kid: string;
  /** Of the room, under whose key the parts are sealed. */
  readonly epoch: number;
  readonly parts: readonly Part[];
  readonly signature: Uint8Array;
  /** Bytes that the line takes. */
  readonly length: number;
};

/** Longer than any line of ours. */
const headBytesMax = 4_096;
/** As much as the server keeps of a whole one: whatever a head says of its parts, no more is asked for. */
const partBytesMax = 64 * 1024 * 1024;
/** In the order in which they are needed. */
const partNames = ["totals", "days", indexName] as const;

/** What seals the parts: every reader of the room has it, and nobody else. */
export function roomSnapshotKey(epochKey: Uint8Array, randomBytes: RandomBytes): SnapshotKey {
  return { key: hmacSha256(epochKey, utf8("aigaq/room-snapshot/1"), Uint8Array.of(1)), randomBytes };
}

/** The record and the room that it is bound to. */
export type RoomOfRecord = { readonly genesis: Uint8Array; readonly room: Uint8Array };

type Making = {
  readonly books: Books;
  readonly index: EntryIndex;
  /** Of the tree that both are of. */
  readonly root: Uint8Array;
  readonly member: string;
  readonly signer: Signer;
  readonly genesis: Uint8Array;
  readonly room: CurrentRoomKey;
  readonly randomBytes: RandomBytes;
};

/** Seals and signs it. Books and index must be of the same size. */
export async function makeRoomSnapshot(making: Making): Promise<Uint8Array> {
  const { books, index, root, member, signer, genesis, room, randomBytes } = making;
  const key = roomSnapshotKey(room.key.reveal(), randomBytes);
  const place = { size: books.size, root };
  const sealed = new Map<string, Uint8Array>();
  // Both are taken from what is there now, before anything is waited for: entries may come meanwhile.
  const [, sealedIndex] = await Promise.all([
    saveSnapshot({ putCache: async (name, bytes) => sealed.set(name, bytes).has(name) }, key, books, root),
    sealIndex(key, index, root),
  ]);
  sealed.set(indexName, sealedIndex);
  const contents = partNames.map((name) => sealed.get(name) ?? new Uint8Array());
  const parts = partNames.map((name, i) => {
    const bytes = contents[i] ?? new Uint8Array();
    return { name, length: bytes.length, sha256: toHex(sha256(bytes)) };
  });
  const said = { ...place, member, kid: keyThumbprint(signer.publicKey), epoch: room.epoch, parts };
  const signature = signer.sign(messageOf(said, { genesis, room: room.room }));
  const head = { v: 1, ...said, root: toBase64Url(root), signature: toBase64Url(signature) };
  return concatBytes(utf8(`${JSON.stringify(head)}\n`), ...contents);
}

type Said = Omit<RoomSnapshotHead, "signature" | "length">;

function messageOf({ member, epoch, size, root, parts }: Said, { genesis, room }: RoomOfRecord): Uint8Array {
  const lines = [
    "aigaq/room-snapshot/1",
    toHex(genesis),
    toHex(room),
    member,
    epoch,
    size,
    toBase64Url(root),
  ];
  return utf8([...lines, ...parts.map((part) => `${part.name} ${part.length} ${part.sha256}`)].join("\n"));
}

/** The first line of what lies there; undefined for what is missing or of another form. Its signature is not looked at yet. */
export async function readRoomHead(
  port: RoomSnapshotPort,
  room: Uint8Array,
): Promise<RoomSnapshotHead | undefined> {
  const bytes = await port.read(toHex(room), 0, headBytesMax);
  const end = bytes?.indexOf(10) ?? -1;
  if (bytes === undefined || end < 0 || end >= headBytesMax) return undefined;
  return headIn(fromUtf8(bytes.subarray(0, end)) ?? "", end + 1);
}

function headIn(text: string, length: number): RoomSnapshotHead | undefined {
  try {
    const said = JSON.parse(text) as Record<string, unknown>;
    const { v, member, kid, epoch, size, parts } = said;
    const root = fromBase64Url(String(said["root"]));
    const signature = fromBase64Url(String(said["signature"]));
    if (v !== 1 || typeof member !== "string" || typeof kid !== "string" || !Array.isArray(parts))
      return undefined;
    if (!isCount(epoch) || !isCount(size) || root?.length !== 32 || signature?.length !== 64)
      return undefined;
    const read = parts.map(partIn);
    if (read.length !== partNames.length || read.some((part, i) => part?.name !== partNames[i]))
      return undefined;
    return {
      member,
      kid,
      epoch,
      size,
      root,
      signature,
      length,
      parts: read.filter((part) => part !== undefined),
    };
  } catch {
    return undefined; // anybody who reads the room may have left anything there
  }
}

function partIn(value: unknown): Part | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { name, length, sha256: digest } = value as Record<string, unknown>;
  if (typeof name !== "string" || !isCount(length) || typeof digest !== "string") return undefined;
  if (length > partBytesMax) return undefined;
  return fromHex(digest)?.length === 32 ? { name, length, sha256: digest } : undefined;
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** Whether the holder of this key says so of this record and this room. */
export function isSignedBy(publicKey: Uint8Array, head: RoomSnapshotHead, of: RoomOfRecord): boolean {
  return verifyEd25519({ publicKey, message: messageOf(head, of), signature: head.signature });
}

/** The sealed parts of the snapshot with this head; one that is not the one it names is not there. Fetched when asked for. */
export function roomSnapshotParts(
  port: RoomSnapshotPort,
  room: Uint8Array,
  head: RoomSnapshotHead,
): Pick<SnapshotStore, "cache"> {
  return {
    async cache(wanted) {
      let from = head.length;
      for (const { name, length, sha256: digest } of head.parts) {
        if (name === wanted) {
          const bytes = await port.read(toHex(room), from, from + length);
          // Another reader may have replaced it between two questions.
          return bytes?.length === length && toHex(sha256(bytes)) === digest ? bytes : undefined;
        }
        from += length;
      }
      return undefined;
    },
  };
}
