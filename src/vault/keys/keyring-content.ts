/**
 * What a keyring holds: every secret of one member on one device. In memory each secret is {@link Redacted}; the JSON
 * form exists only between here and the sealing. Spec: `spec/vault.md` §6.
 */
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "#record/bytes.ts";
import { keySize, roomIdSize } from "#vault/seal/layout.ts";
import { type Redacted, redacted } from "./redacted.ts";

export type RoomKeys = {
  /** The room's 16 random bytes, as they stand in the heads of boxes. */
  readonly id: Uint8Array;
  /** Epoch number → 32-byte key: all epochs that this member was given. */
  readonly epochs: Readonly<Record<number, Redacted<Uint8Array>>>;
};

export type Keyring = {
  readonly version: 1;
  /** The member's id in the record, such as `M-03`. */
  readonly member: string;
  /**
   * Hash of the first entry of the record that this keyring is for: whoever keeps the keyring cannot show its owner another
   * foundation, whose "officers" would hand her keys of their own. Missing in keyrings of earlier versions.
   */
  readonly genesis?: Uint8Array;
  readonly device: {
    readonly signingSeed: Redacted<Uint8Array>;
    readonly readingIdentity: Redacted<string>;
  };
  readonly account: { readonly identity: Redacted<string> };
  /** Only where the log itself is run. */
  readonly log?: { readonly signingSeed: Redacted<Uint8Array>; readonly name: string };
  /** Seeds of root keys, until they are moved to paper or hardware: `docs/concepts/keys.md`. */
  readonly roots?: readonly Redacted<Uint8Array>[];
  /** The recovery identity, until it is split among trustees: `docs/concepts/keys.md`. */
  readonly recovery?: Redacted<string>;
  /** Key of the digests that let a bank line count once (`spec/` on nullifiers), 32 bytes. */
  readonly nullifierKey: Redacted<Uint8Array>;
  /** By the room's local name, such as `finance`. */
  readonly rooms: Readonly<Record<string, RoomKeys>>;
};

const text = (secret: Redacted<Uint8Array>): string => toBase64Url(secret.reveal());

/** The plaintext of a keyring file. Reveals every secret: the result goes straight into sealing. */
export function encodeKeyring(keyring: Keyring): Uint8Array {
  const { member, genesis, device, account, log, roots, recovery, nullifierKey, rooms } = keyring;
  const content = {
    version: 1,
    member,
    ...(genesis && { genesis: toBase64Url(genesis) }),
    device: { signingSeed: text(device.signingSeed), readingIdentity: device.readingIdentity.reveal() },
    account: { identity: account.identity.reveal() },
    ...(log && { log: { signingSeed: text(log.signingSeed), name: log.name } }),
    ...(roots && { roots: roots.map(text) }),
    ...(recovery && { recovery: recovery.reveal() }),
    nullifierKey: text(nullifierKey),
    rooms: Object.fromEntries(Object.entries(rooms).map(([name, room]) => [name, encodeRoom(room)])),
  };
  return utf8(JSON.stringify(content));
}

/** A room's keys as they stand in a keyring and in a recovery kit. Reveals them: the result goes straight into sealing. */
export function encodeRoom({ id, epochs }: RoomKeys): object {
  const keys = Object.entries(epochs).map(([epoch, key]) => [epoch, text(key)]);
  return { id: toBase64Url(id), epochs: Object.fromEntries(keys) };
}

/** The reverse; undefined for anything else. */
export function decodeRoom(value: unknown): RoomKeys | undefined {
  try {
    return readRoom(object(value));
  } catch {
    return undefined; // as below
  }
}

/** The keyring of a plaintext; undefined if it is not one, also when a single key has the wrong size. */
export function decodeKeyring(plaintext: Uint8Array): Keyring | undefined {
  const json = fromUtf8(plaintext);
  if (json === undefined) return undefined;
  try {
    return readKeyring(JSON.parse(json));
  } catch {
    return undefined; // the reader below throws at the first thing that does not fit
  }
}

const genesisSize = 32;

class Unfit extends Error {}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Unfit();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked on the line above
  return value as Record<string, unknown>;
}

function string(value: unknown): string {
  if (typeof value !== "string" || value === "") throw new Unfit();
  return value;
}

function bytes(value: unknown, size: number): Uint8Array {
  const decoded = fromBase64Url(string(value));
  if (decoded?.length !== size) throw new Unfit();
  return decoded;
}

const secretKey = (value: unknown): Redacted<Uint8Array> => redacted(bytes(value, keySize));

function readKeyring(value: unknown): Keyring {
  const content = object(value);
  if (content["version"] !== 1) throw new Unfit();
  const device = object(content["device"]);
  const { genesis, log, roots, recovery } = content;
  if (roots !== undefined && !Array.isArray(roots)) throw new Unfit();
  return {
    version: 1,
    member: string(content["member"]),
    ...(genesis !== undefined && { genesis: bytes(genesis, genesisSize) }),
    device: {
      signingSeed: secretKey(device["signingSeed"]),
      readingIdentity: redacted(string(device["readingIdentity"])),
    },
    account: { identity: redacted(string(object(content["account"])["identity"])) },
    ...(log !== undefined && {
      log: { signingSeed: secretKey(object(log)["signingSeed"]), name: string(object(log)["name"]) },
    }),
    ...(roots !== undefined && { roots: roots.map(secretKey) }),
    ...(recovery !== undefined && { recovery: redacted(string(recovery)) }),
    nullifierKey: secretKey(content["nullifierKey"]),
    rooms: Object.fromEntries(
      Object.entries(object(content["rooms"])).map(([name, room]) => [name, readRoom(object(room))]),
    ),
  };
}

function readRoom(room: Record<string, unknown>): RoomKeys {
  const epochs: Record<number, Redacted<Uint8Array>> = {};
  for (const [epoch, key] of Object.entries(object(room["epochs"]))) {
    if (!/^(0|[1-9]\d{0,8})$/u.test(epoch)) throw new Unfit();
    epochs[Number(epoch)] = secretKey(key);
  }
  return { id: bytes(room["id"], roomIdSize), epochs };
}
