import { fromBase64Url, fromUtf8, fromHex, toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { signerFromSeed, verifyEd25519 } from "#record/ed25519.ts";
import { keyThumbprint } from "#record/key-id.ts";
import { officerRole } from "#record/key-directory.ts";
import { epochCommitment, openEpoch } from "#vault/keys/epochs.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { openParcel, sealParcel } from "#vault/keys/parcel.ts";
import { redacted, type Redacted } from "#vault/keys/redacted.ts";
import { currentRoomKey, withEpochKey, type CurrentRoomKey } from "#vault/keys/rooms.ts";
import { refused } from "../refusals/failure.ts";
import { epochOf, readKeyLog, type KeyLog } from "./key-log.ts";
import type { RecordReader } from "../record-port.ts";

type Reader = Pick<RecordReader, "entries" | "entryByHash" | "object">;

/** Where the key files of an epoch lie; `entry` holds the hash of the entry that began it, as a place to begin looking. */
export const epochObject = (
  room: string,
  epoch: number,
  file: "x25519.age" | "hybrid.age" | "entry",
): string => `epoch/${room}/${epoch}/${file}`;

/**
 * Epochs that others began since this keyring was kept: their files are opened with the device's key, and a key is taken
 * only when a `room.epoch` entry by an officer commits to it. The given keyring is returned when there is nothing new.
 * Must run before anything is read or sealed: what is sealed under an old epoch can be read by whoever was removed.
 */
export async function learnEpochs(reader: Reader, keyring: Keyring): Promise<Keyring> {
  let learned = keyring;
  for (const name of Object.keys(keyring.rooms)) {
    for (;;) {
      const current = currentRoomKey(learned, name);
      if (current === undefined) break;
      const next = await learnNext(reader, learned, current);
      if (next === undefined) break;
      learned = withEpochKey(learned, name, next);
    }
  }
  return learned;
}

async function learnNext(
  reader: Reader,
  keyring: Keyring,
  { room, epoch }: CurrentRoomKey,
): Promise<CurrentRoomKey | undefined> {
  const next = epoch + 1;
  const file = await reader.object(epochObject(toHex(room), next, "x25519.age"));
  if (file === undefined) return undefined;
  const opened = await openEpoch(file, keyring.device.readingIdentity, { room, epoch: next });
  // Not for us: removed from the room. What was recorded until then stays readable.
  if (!opened.ok && opened.refusal.code === "epoch-not-for-this-key") return undefined;
  if (!opened.ok) throw refused(opened.refusal);
  const { key } = opened.value;
  const log = await logBehind(reader, toHex(room), next);
  return isCommitted(log, { room, epoch: next, key }) ? { room, epoch: next, key } : undefined;
}

/** The entries about keys up to the one that began an epoch. */
export async function logBehind(reader: Reader, room: string, epoch: number): Promise<KeyLog | undefined> {
  const pointer = await reader.object(epochObject(room, epoch, "entry"));
  const hash = pointer === undefined ? undefined : fromHex(fromUtf8(pointer) ?? "");
  return hash === undefined ? undefined : readKeyLog(reader, hash);
}

function isCommitted(log: KeyLog | undefined, { room, epoch, key }: CurrentRoomKey): boolean {
  const commitment = epochCommitment({ room, epoch, key });
  return (
    log?.facts.some((fact) => {
      const found = epochOf(fact);
      return found?.id === toHex(room) && found.epoch === epoch && found.commitment === commitment;
    }) ?? false
  );
}

/** What an officer hands to a member: all epochs of rooms, and the key by which bank rows count once. */
export type KeyParcel = {
  readonly member: string;
  readonly rooms: Keyring["rooms"];
  readonly nullifierKey: Redacted<Uint8Array>;
};

/** Seals and signs it; `recipient`: the member's device. */
export async function sealKeyParcel(
  { member, rooms, nullifierKey }: KeyParcel,
  recipient: string,
  officer: { readonly signingSeed: Uint8Array; readonly genesis: Uint8Array },
): Promise<Uint8Array> {
  const body = JSON.stringify({
    v: 1,
    member,
    genesis: toHex(officer.genesis),
    nullifierKey: toBase64Url(nullifierKey.reveal()),
    rooms: Object.fromEntries(
      Object.entries(rooms).map(([name, { id, epochs }]) => [
        name,
        {
          id: toHex(id),
          epochs: Object.fromEntries(
            Object.entries(epochs).map(([epoch, key]) => [epoch, toBase64Url(key.reveal())]),
          ),
        },
      ]),
    ),
  });
  const signer = signerFromSeed(officer.signingSeed);
  const signed = JSON.stringify({
    body,
    kid: keyThumbprint(signer.publicKey),
    signature: toBase64Url(signer.sign(parcelMessage(body))),
  });
  const sealed = await sealParcel([recipient], utf8(signed));
  if (!sealed.ok) throw refused(sealed.refusal);
  return sealed.value;
}

const parcelMessage = (body: string): Uint8Array => utf8(`aigaq/key-parcel/1\n${body}`);

/**
 * Takes what an officer left. Each key must be committed to in the record, and the signer must be an officer there: the
 * server can leave parcels of its own, since it knows everybody's public keys. undefined for one that is not so.
 */
export async function takeKeyParcel(
  reader: Reader,
  keyring: Keyring,
  sealed: Uint8Array,
): Promise<Keyring | undefined> {
  const content = await openParcel(sealed, keyring.device.readingIdentity);
  const text = content.ok ? fromUtf8(content.value) : undefined;
  const parcel = text === undefined ? undefined : readParcel(text);
  if (parcel === undefined || parcel.member !== keyring.member) return undefined;
  let taken: Keyring = { ...keyring, nullifierKey: redacted(parcel.nullifierKey) };
  let log: KeyLog | undefined;
  for (const [name, { id, epochs }] of Object.entries(parcel.rooms)) {
    const numbers = Object.keys(epochs).map(Number);
    log = await logBehind(reader, toHex(id), Math.max(...numbers));
    if (log === undefined || !isSignedByOfficer(log, parcel)) return undefined;
    for (const epoch of numbers) {
      const key = redacted(epochs[epoch] ?? new Uint8Array());
      if (!isCommitted(log, { room: id, epoch, key })) return undefined;
      taken = withEpochKey(taken, name, { room: id, epoch, key });
    }
  }
  return log === undefined ? undefined : taken;
}

type ReadParcel = {
  readonly body: string;
  readonly kid: string;
  readonly signature: Uint8Array;
  readonly member: string;
  readonly genesis: string;
  readonly nullifierKey: Uint8Array;
  readonly rooms: Record<string, { id: Uint8Array; epochs: Record<number, Uint8Array> }>;
};

function isSignedByOfficer({ directory }: KeyLog, { kid, body, signature, genesis }: ReadParcel): boolean {
  const officer = directory.keys.find((key) => key.kid === kid);
  return (
    officer !== undefined &&
    officer.revoked === undefined &&
    officer.roles.includes(officerRole) &&
    toHex(directory.genesis?.hash ?? new Uint8Array()) === genesis &&
    verifyEd25519({ publicKey: officer.publicKey, message: parcelMessage(body), signature })
  );
}

function readParcel(text: string): ReadParcel | undefined {
  try {
    const { body, kid, signature } = JSON.parse(text) as Record<string, string>;
    const { member, genesis, nullifierKey, rooms } = JSON.parse(body ?? "") as {
      member: string;
      genesis: string;
      nullifierKey: string;
      rooms: Record<string, { id: string; epochs: Record<string, string> }>;
    };
    return {
      body: body ?? "",
      kid: kid ?? "",
      signature: bytesOf(signature),
      member,
      genesis,
      nullifierKey: bytesOf(nullifierKey),
      rooms: Object.fromEntries(
        Object.entries(rooms).map(([name, { id, epochs }]) => [
          name,
          {
            id: fromHex(id) ?? new Uint8Array(),
            epochs: Object.fromEntries(
              Object.entries(epochs).map(([epoch, key]) => [Number(epoch), bytesOf(key)]),
            ),
          },
        ]),
      ),
    };
  } catch {
    // Opened with our key and still not one of ours: as good as none.
    return undefined;
  }
}

function bytesOf(text: string | undefined): Uint8Array {
  const bytes = fromBase64Url(text ?? "");
  if (bytes === undefined) throw new Error("not base64url");
  return bytes;
}
