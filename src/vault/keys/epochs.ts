/**
 * Epochs of a room: a 32-byte key, sealed to the devices and accounts that are members of the room. Each epoch is
 * two age files: one for devices (X25519), one for accounts and the recovery key (post-quantum hybrid), because age
 * advises against mixing both kinds in one file. Spec: `spec/vault.md` §7.
 *
 * Privacy: age stanzas name nobody; their number is padded with recipients that nobody holds the key of.
 */
import { fromBase64Url, fromUtf8, toBase64Url, toHex, utf8, concatBytes } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { keySize, type RandomBytes, roomIdSize } from "#vault/seal/layout.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { newDeviceKey, newHybridKey } from "./member.ts";
import { type Redacted, redacted } from "./redacted.ts";

export type RoomEpoch = {
  /** The room's 16 random bytes. */
  readonly room: Uint8Array;
  /** From 0; a removal or a compromise starts the next. */
  readonly epoch: number;
  readonly key: Redacted<Uint8Array>;
  /** The key before, if newcomers may read what is older; left out, history stays closed to them. */
  readonly previous?: Redacted<Uint8Array>;
};

export type EpochFiles = { readonly x25519: Uint8Array; readonly hybrid: Uint8Array };

/** Why an epoch cannot be sealed or opened. Codes are public and stable; words are in `labels.ts`. */
export type EpochRefusal =
  /** A recipient from the record is not a usable key of its kind. */
  | { readonly code: "recipient-malformed"; readonly message: string; readonly recipient: string }
  /** The identity is not among those the file is sealed to. */
  | { readonly code: "epoch-not-for-this-key"; readonly message: string }
  /** Not an age file of ours, cut or changed. */
  | { readonly code: "epoch-damaged"; readonly message: string }
  /** It opens, but is of another room or epoch: the server exchanged files. */
  | { readonly code: "epoch-of-another-room"; readonly message: string };

/**
 * What a `room.epoch` entry says of its key: nothing that helps to find it, but whoever is given a key can tell whether it is
 * the one that the officer made. Anyone can seal a file to a public recipient, so without this a server could hand out a key
 * of its own and read what is sealed with it.
 */
export function epochCommitment({ room, epoch, key }: RoomEpoch): string {
  return toBase64Url(sha256(utf8(`aigaq/epoch-commitment/1\n${toHex(room)}\n${epoch}\n`), key.reveal()));
}

/** A fresh epoch key. */
export function newEpochKey(randomBytes: RandomBytes): Redacted<Uint8Array> {
  return redacted(randomBytes(keySize));
}

/** How many stanzas a file for `count` members has: 8, 16, 32, then multiples of 32. */
export function paddedRecipientCount(count: number): number {
  if (count <= 8) return 8;
  if (count <= 16) return 16;
  return Math.ceil(count / 32) * 32;
}

// age1 + 58 characters; the tagged kinds (age1tag1…) name their reader in clear and are refused for rooms.
const deviceRecipient = /^age1(?!pq1|tag1|tagpq1)[02-9ac-hj-np-z]{58}$/u;
const hybridRecipient = /^age1pq1[02-9ac-hj-np-z]{1000,4000}$/u;

/**
 * Seals an epoch to its members. Recipients must come from `key.add` entries in a verified part of the record,
 * never from the server's word.
 *
 * @returns the files for the objects `epoch/<room>/<n>/x25519.age` and `hybrid.age`.
 */
export async function sealEpoch(
  epoch: RoomEpoch,
  recipients: { readonly devices: readonly string[]; readonly accounts: readonly string[] },
  randomBytes: RandomBytes,
): Promise<Result<EpochFiles, EpochRefusal>> {
  const plaintext = await encodeEpoch(epoch, randomBytes);
  const x25519 = await sealTo(plaintext, recipients.devices, deviceRecipient, async () =>
    newDeviceKey(randomBytes),
  );
  if (!x25519.ok) return x25519;
  const hybrid = await sealTo(plaintext, recipients.accounts, hybridRecipient, async () =>
    newHybridKey(randomBytes),
  );
  if (!hybrid.ok) return hybrid;
  return ok({ x25519: x25519.value, hybrid: hybrid.value });
}

async function sealTo(
  plaintext: Uint8Array,
  recipients: readonly string[],
  kind: RegExp,
  newStranger: () => Promise<{ recipient: string }>,
): Promise<Result<Uint8Array, EpochRefusal>> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    const refusal = {
      code: "recipient-malformed",
      message: "a member's public reading key in the record is not usable; she has to add a new device key",
      recipient,
    } as const;
    if (!kind.test(recipient)) return refuse(refusal);
    try {
      encrypter.addRecipient(recipient);
    } catch {
      return refuse(refusal); // age checks the text's checksum and the key's length
    }
  }
  for (let count = recipients.length; count < paddedRecipientCount(recipients.length); count++) {
    encrypter.addRecipient((await newStranger()).recipient);
  }
  return ok(await encrypter.encrypt(plaintext));
}

export type OpenedEpoch = { readonly key: Redacted<Uint8Array>; readonly previous?: Redacted<Uint8Array> };

/**
 * Opens an epoch file with a device's or an account's identity, and checks that it is of the room and epoch asked
 * for. `previous` is the key before, where the sealer gave history.
 */
export async function openEpoch(
  file: Uint8Array,
  identity: Redacted<string>,
  expected: { readonly room: Uint8Array; readonly epoch: number },
): Promise<Result<OpenedEpoch, EpochRefusal>> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.reveal());
  let padded: Uint8Array;
  try {
    padded = await decrypter.decrypt(file);
  } catch (error) {
    // age has no codes; this is its one message for "sealed to others", everything else is damage.
    return refuse(String(error).includes("no identity matched") ? notForThisKey : damaged);
  }
  return decodeEpoch(padded, expected);
}

const notForThisKey = {
  code: "epoch-not-for-this-key",
  message: "this key is not among the room's readers; ask a member of the room to add this device",
} as const;
const damaged = {
  code: "epoch-damaged",
  message: "the room's key file is damaged; fetch it again from the server or a backup",
} as const;
const ofAnotherRoom = {
  code: "epoch-of-another-room",
  message: "the server gave the key file of another room or epoch; do not use it and tell the officer",
} as const;

const previousLabel = utf8("aigaq/prev/1");

function previousContext(room: Uint8Array, epoch: number): Uint8Array {
  return concatBytes(previousLabel, room, utf8(String(epoch)));
}

// Long enough for the previous key too, so that the size does not show whether newcomers were given history.
const paddedEpochSize = 511;

async function encodeEpoch(epoch: RoomEpoch, randomBytes: RandomBytes): Promise<Uint8Array> {
  const { room, key, previous } = epoch;
  const context = previousContext(room, epoch.epoch);
  const text = JSON.stringify({
    v: 1,
    room: toBase64Url(room),
    epoch: epoch.epoch,
    key: toBase64Url(key.reveal()),
    ...(previous && {
      prev: toBase64Url(await sealBytes(key.reveal(), context, previous.reveal(), randomBytes)),
    }),
  });
  return pad(utf8(text.padEnd(paddedEpochSize)));
}

async function decodeEpoch(
  padded: Uint8Array,
  expected: { readonly room: Uint8Array; readonly epoch: number },
): Promise<Result<OpenedEpoch, EpochRefusal>> {
  const content = unpad(padded);
  const parsed = content.ok ? parseEpoch(content.value) : undefined;
  if (parsed === undefined) return refuse(damaged);
  if (parsed.room !== toBase64Url(expected.room) || parsed.epoch !== expected.epoch)
    return refuse(ofAnotherRoom);
  if (parsed.prev === undefined) return ok({ key: redacted(parsed.key) });
  const previous = await openBytes(parsed.key, previousContext(expected.room, expected.epoch), parsed.prev);
  if (!previous.ok || previous.value.length !== keySize) return refuse(damaged);
  return ok({ key: redacted(parsed.key), previous: redacted(previous.value) });
}

type EpochText = { room: string; epoch: number; key: Uint8Array; prev?: Uint8Array };

function parseEpoch(bytes: Uint8Array): EpochText | undefined {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes) ?? "");
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { v, room, epoch, key, prev } = value as Record<string, unknown>;
  if (v !== 1 || typeof room !== "string" || typeof epoch !== "number" || typeof key !== "string")
    return undefined;
  const keyBytes = fromBase64Url(key);
  if (fromBase64Url(room)?.length !== roomIdSize || keyBytes?.length !== keySize) return undefined;
  if (prev === undefined) return { room, epoch, key: keyBytes };
  const prevBytes = typeof prev === "string" ? fromBase64Url(prev) : undefined;
  return prevBytes && { room, epoch, key: keyBytes, prev: prevBytes };
}
