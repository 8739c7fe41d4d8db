/**
 * What the trustees need besides the rooms: the root keys that appoint an officer when none is left, and what a new keyring
 * cannot be made without. Sealed under a key that follows from the recovery key alone, so a server that keeps it can neither
 * open it nor put another one in its place. Spec: `spec/vault.md` §8.1.
 */
import { concatBytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "#record/bytes.ts";
import { hmacSha256 } from "#record/hash.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { keySize, type RandomBytes, roomIdSize } from "#vault/seal/layout.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { decodeRoom, encodeRoom, type Keyring, type RoomKeys } from "./keyring-content.ts";
import { seedOfHybrid } from "./member.ts";
import { redacted, type Redacted } from "./redacted.ts";

export type RecoveryKit = {
  /** Seeds of the root keys that the first entry names. */
  readonly roots: readonly Redacted<Uint8Array>[];
  /** By which a bank line counts once: it stands in keyrings alone, and all of them may be lost. */
  readonly nullifierKey: Redacted<Uint8Array>;
  /** The room of the books, 16 bytes: other rooms are named inside it. */
  readonly finance: Uint8Array;
  /** Of a folder without a server, where the log's own key lies in keyrings alone: whoever lost it could append nothing. */
  readonly log?: NonNullable<Keyring["log"]>;
  /**
   * Of a kit that took the place of another: every key of every room until then. The files of those epochs are sealed to the
   * recovery key of before.
   */
  readonly rooms?: readonly RoomKeys[];
};

/** `recovery-kit-damaged`: of another foundation, another recovery key, or changed. */
export type RecoveryKitRefusal = { readonly code: "recovery-kit-damaged"; readonly message: string };

/** Seals it for the log whose first entry has the hash `genesis`. */
export function sealRecoveryKit(
  { roots, nullifierKey, finance, log, rooms }: RecoveryKit,
  recovery: Redacted<string>,
  genesis: Uint8Array,
  randomBytes: RandomBytes,
): Promise<Uint8Array> {
  const text = JSON.stringify({
    v: 1,
    roots: roots.map((seed) => toBase64Url(seed.reveal())),
    nullifierKey: toBase64Url(nullifierKey.reveal()),
    finance: toBase64Url(finance),
    ...(log && { log: { signingSeed: toBase64Url(log.signingSeed.reveal()), name: log.name } }),
    ...(rooms && { rooms: rooms.map(encodeRoom) }),
  });
  return sealBytes(keyOf(recovery), contextOf(genesis), pad(utf8(text)), randomBytes);
}

/** Opening it also shows that the log is the one that these trustees were chosen for. */
export async function openRecoveryKit(
  sealed: Uint8Array,
  recovery: Redacted<string>,
  genesis: Uint8Array,
): Promise<Result<RecoveryKit, RecoveryKitRefusal>> {
  const opened = await openBytes(keyOf(recovery), contextOf(genesis), sealed);
  const plaintext = opened.ok ? unpad(opened.value) : opened;
  const kit = plaintext.ok ? readKit(plaintext.value) : undefined;
  if (kit !== undefined) return ok(kit);
  return refuse({
    code: "recovery-kit-damaged",
    message:
      "what the server keeps for the trustees is damaged, or of another foundation; look for a copy of the server's data",
  });
}

/** HKDF-Expand with SHA-256 (RFC 5869 §2.3), one block: the seed is uniformly random, so nothing is extracted first. */
function keyOf(recovery: Redacted<string>): Uint8Array {
  return hmacSha256(seedOfHybrid(recovery), utf8("aigaq/recovery-kit/1"), Uint8Array.of(1));
}

const contextOf = (genesis: Uint8Array): Uint8Array => concatBytes(utf8("aigaq/recovery-kit/1\n"), genesis);

function readKit(bytes: Uint8Array): RecoveryKit | undefined {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes) ?? "");
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { v, roots, nullifierKey, finance, log, rooms } = value as Record<string, unknown>;
  const seeds = Array.isArray(roots) ? roots.map((seed) => bytesOf(seed, keySize)) : [];
  const nullifier = bytesOf(nullifierKey, keySize);
  const room = bytesOf(finance, roomIdSize);
  if (v !== 1 || nullifier === undefined || room === undefined) return undefined;
  const logKey = log === undefined ? undefined : readLog(log);
  if (log !== undefined && logKey === undefined) return undefined;
  const before = rooms === undefined ? undefined : readRooms(rooms);
  if (rooms !== undefined && before === undefined) return undefined;
  const whole = seeds.filter((seed) => seed !== undefined);
  if (whole.length === 0 || whole.length < seeds.length) return undefined;
  return {
    roots: whole.map((seed) => redacted(seed)),
    nullifierKey: redacted(nullifier),
    finance: room,
    ...(logKey !== undefined && { log: logKey }),
    ...(before !== undefined && { rooms: before }),
  };
}

function readLog(value: unknown): RecoveryKit["log"] {
  if (typeof value !== "object" || value === null) return undefined;
  const { signingSeed, name } = value as Record<string, unknown>;
  const seed = bytesOf(signingSeed, keySize);
  return seed === undefined || typeof name !== "string" || name === ""
    ? undefined
    : { signingSeed: redacted(seed), name };
}

function readRooms(value: unknown): readonly RoomKeys[] | undefined {
  const rooms = Array.isArray(value) ? value.map(decodeRoom) : [undefined];
  const whole = rooms.filter((room) => room !== undefined);
  return whole.length === rooms.length ? whole : undefined;
}

function bytesOf(text: unknown, size: number): Uint8Array | undefined {
  const bytes = typeof text === "string" ? fromBase64Url(text) : undefined;
  return bytes?.length === size ? bytes : undefined;
}
