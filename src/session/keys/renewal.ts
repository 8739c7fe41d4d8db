/**
 * New root keys and a new recovery key in the place of the old ones, which have no word after: for sheets that were lost, copied
 * or never made with a kit. Root keys and recovery key go together, since whoever has the recovery key has the root keys.
 */
import { toBase64Url, toHex } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { rootsNeeded } from "#record/root-keys.ts";
import { rotationMessage } from "#record/root-rotation.ts";
import type { Keyring, RoomKeys } from "#vault/keys/keyring-content.ts";
import { newHybridKey, type AgeKeyPair } from "#vault/keys/member.ts";
import {
  openRecoveryKit,
  sealRecoveryKit,
  type RecoveryKit,
  type RecoveryKitRefusal,
} from "#vault/keys/recovery-kit.ts";
import { redacted, type Redacted } from "#vault/keys/redacted.ts";
import { EpochPlan, type KeyChange } from "./epoch-plan.ts";
import { recoveryKitAt, rootKeyCount } from "./found.ts";
import { keysStream } from "../issuing.ts";
import { epochOf } from "./key-log.ts";
import { whyNotOfficer, type MemberRefusal } from "./members.ts";
import { readersOf, type People } from "./people.ts";
import { signedByRoots, withRecoveredRoom, type QuorumFile } from "./quorum.ts";
import { financeRoom, type Session } from "../session.ts";

/** What an officer needs of the old keys: put together from the sheets, or still whole in the first keyring. */
export type OldKeys = {
  readonly recovery: Redacted<string>;
  /** Seeds of root keys; those that do not count any more are passed over. */
  readonly roots: readonly Redacted<Uint8Array>[];
  /** Of a kit that took the place of another. */
  readonly rooms?: RecoveryKit["rooms"];
  /** Where no server keeps the log's key. */
  readonly log?: RecoveryKit["log"];
};

/** `roots-missing`: fewer than two of the root keys that count are here. */
export type RenewalRefusal = MemberRefusal | Refusal<"roots-missing">;

export type Renewal = {
  readonly change: KeyChange;
  /** To be split among the trustees and forgotten. */
  readonly recovery: AgeKeyPair;
};

/**
 * The old keys that a recovery key opens. A record that began before there were kits has its root keys in the first officer's
 * keyring, and she renews them there.
 */
export async function oldKeysOf(
  session: Session,
  recovery: Redacted<string>,
  { kit }: QuorumFile,
): Promise<Result<OldKeys, RecoveryKitRefusal>> {
  const genesis = await session.genesis();
  if (kit === undefined || genesis === null) return ok({ recovery, roots: session.keyring.roots ?? [] });
  const opened = await openRecoveryKit(kit, recovery, genesis);
  return opened.ok ? ok({ ...opened.value, recovery }) : opened;
}

/** Decides it; nothing is in force before the change is recorded. Every room begins an epoch that is sealed to the new key. */
export async function decideRenewal(
  session: Session,
  people: People,
  old: OldKeys,
): Promise<Result<Renewal, RenewalRefusal>> {
  const refusal = whyNotOfficer(session, people);
  if (refusal !== undefined) return refuse(refusal);
  const { randomBytes } = session;
  const current = people.log.directory.roots.keys;
  const counting = old.roots.filter((seed) =>
    current.has(toBase64Url(signerFromSeed(seed.reveal()).publicKey)),
  );
  if (counting.length < rootsNeeded)
    return refuse({ code: "roots-missing", message: "two of the root keys that count have to sign this" });
  const genesis = await session.genesis();
  const finance = session.keyring.rooms[financeRoom]?.id;
  if (genesis === null || finance === undefined)
    return refuse({
      code: "room-not-yours",
      message: `you are not in the room ${financeRoom}`,
      room: financeRoom,
    });

  const recovery = await newHybridKey(randomBytes);
  const seeds = Array.from({ length: rootKeyCount }, () => redacted(randomBytes(32)));
  const signers = seeds.map((seed) => signerFromSeed(seed.reveal()));
  const xs = signers.map(({ publicKey }) => toBase64Url(publicKey));
  const message = rotationMessage(genesis, { roots: xs, recovery: recovery.recipient });
  const roots = signers.map((signer, i) => ({
    x: xs[i] ?? "",
    signature: toBase64Url(signer.sign(message)),
  }));
  const by = signedByRoots({ roots: counting }, message).map((one) => ({ ...one }));

  const kit = await sealRecoveryKit(
    {
      roots: seeds,
      nullifierKey: session.keyring.nullifierKey,
      finance,
      ...(old.log !== undefined && { log: old.log }),
      rooms: await keysUntilNow(session, people, old),
    },
    recovery.identity,
    genesis,
    randomBytes,
  );
  const epochs = new EpochPlan(session, { ...people, recovery: recovery.recipient }, new Set());
  for (const room of people.rooms) {
    const begun = await epochs.begin(room.name ?? room.id, readersOf(room));
    if (begun !== undefined) return refuse(begun);
  }
  const pub = { roots, recovery: recovery.recipient, by };
  const change = epochs.change([{ type: "key.rotate", stream: keysStream, pub }]);
  const objects: KeyChange["objects"] = (hashes) => [
    ...change.objects(hashes),
    { name: recoveryKitAt(hashes[0]), bytes: kit },
  ];
  return ok({ change: { ...change, objects }, recovery });
}

/** Every key of every room, also of those that she is not in: their older files are sealed to the old recovery key alone. */
async function keysUntilNow(session: Session, people: People, old: OldKeys): Promise<readonly RoomKeys[]> {
  let all: Keyring = { ...session.keyring, rooms: {} };
  const quorum = { recovery: old.recovery, kit: { ...(old.rooms !== undefined && { rooms: old.rooms }) } };
  const ids = people.log.made.flatMap((fact) => epochOf(fact)?.id ?? []);
  for (const id of new Set(ids))
    all = await withRecoveredRoom(session.store, all, people.log, quorum, { id, name: id });
  const own = Object.values(session.keyring.rooms);
  return Object.values(all.rooms).map((room) => {
    const mine = own.find((one) => toHex(one.id) === toHex(room.id))?.epochs;
    return { id: room.id, epochs: { ...mine, ...room.epochs } };
  });
}
