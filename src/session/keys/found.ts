import { toBase64Url, toHex } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { issueEntry } from "#record/issue.ts";
import { EMPTY_ROOT } from "#record/tree.ts";
import type { NamedObject, NewEntry } from "#storage/contract.ts";
import { epochCommitment, newEpochKey, sealEpoch } from "#vault/keys/epochs.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { sealRecoveryKit } from "#vault/keys/recovery-kit.ts";
import { newHybridKey, newMemberKeys, type AgeKeyPair } from "#vault/keys/member.ts";
import { redacted } from "#vault/keys/redacted.ts";
import { sealBox } from "#vault/seal/box.ts";
import { encodeEntryBox } from "#vault/seal/entry-box.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import { keysStream } from "../issuing.ts";
import { financeRoom } from "../session.ts";

/** Number of root keys; any two of them appoint an officer. */
export const rootKeyCount = 3;
/** Where what the trustees need lies sealed. Written once, with the first entries; later ones: {@link recoveryKitAt}. */
export const recoveryKitObject = "recovery/kit";

/**
 * The kit of the keys that count: each rotation brings one under its own hash, which nobody could take before it. `rotation`:
 * hash of the last one, undefined where there was none.
 */
export function recoveryKitAt(rotation: Uint8Array | undefined): string {
  return rotation === undefined ? recoveryKitObject : `${recoveryKitObject}/${toHex(rotation)}`;
}
export const firstMember = "M-01";

export type FoundationPlan = {
  readonly name: string;
  /** ISO 4217, such as "KZT". */
  readonly currency: string;
  /** In which languages the public pages speak; absent: all. */
  readonly languages?: readonly string[];
  /** Sealed to the finance room; the record shows a number. */
  readonly officerName?: string;
  /** vkey of the log that will hold the entries. */
  readonly logKey: string;
  /** The log's own key where no server keeps it: the trustees get it too. */
  readonly log?: NonNullable<Keyring["log"]>;
  /** Unix seconds. */
  readonly at: number;
};

export type Founded = {
  /** Genesis, and the finance room's first epoch. */
  readonly entries: readonly NewEntry[];
  readonly objects: readonly NamedObject[];
  /** The first officer's. It also holds the root seeds and the recovery key until the recovery key is split. */
  readonly keyring: Keyring;
  readonly recovery: AgeKeyPair;
};

/** The beginning of a record: the first officer's keys, root and recovery keys, the finance room, the first entries. */
export async function found(plan: FoundationPlan, randomBytes: RandomBytes): Promise<Founded> {
  const member = await newMemberKeys(randomBytes);
  const recovery = await newHybridKey(randomBytes);
  const roots = Array.from({ length: rootKeyCount }, () => randomBytes(32));
  const epochKey = newEpochKey(randomBytes);
  const room = randomBytes(16);
  const keyring: Keyring = {
    version: 1,
    member: firstMember,
    device: { signingSeed: member.signingSeed, readingIdentity: member.reading.identity },
    account: { identity: member.account.identity },
    roots: roots.map((seed) => redacted(seed)),
    recovery: recovery.identity,
    ...(plan.log !== undefined && { log: plan.log }),
    nullifierKey: redacted(randomBytes(32)),
    rooms: { [financeRoom]: { id: room, epochs: { 0: epochKey } } },
  };
  const signer = signerFromSeed(member.signingSeed.reveal());
  const deps = { signer, randomBytes };
  const common = { at: plan.at, anchor: { size: 0, root: EMPTY_ROOT } };
  const genesis = issueEntry(
    {
      ...common,
      type: "genesis",
      genesis: null,
      pub: {
        name: plan.name,
        currency: plan.currency,
        ...(plan.languages !== undefined && { languages: [...plan.languages] }),
        log: plan.logKey,
        officer: { x: toBase64Url(signer.publicKey), member: firstMember },
        roots: roots.map((seed) => toBase64Url(signerFromSeed(seed).publicKey)),
        reading: member.reading.recipient,
        account: member.account.recipient,
        recovery: recovery.recipient,
      },
      ...(plan.officerName !== undefined && { hidden: { name: plan.officerName } }),
    },
    deps,
  );
  const epoch = issueEntry(
    {
      ...common,
      type: "room.epoch",
      genesis: genesis.hash,
      stream: { id: keysStream, seq: 0, previous: null },
      pub: {
        room: toHex(room),
        epoch: 0,
        readers: [firstMember],
        commitment: epochCommitment({ room, epoch: 0, key: epochKey }),
      },
    },
    deps,
  );
  const files = await sealEpoch(
    { room, epoch: 0, key: epochKey },
    { devices: [member.reading.recipient], accounts: [member.account.recipient, recovery.recipient] },
    randomBytes,
  );
  if (!files.ok) throw new Error(`bug: own recipients refused: ${files.refusal.message}`);
  const box =
    plan.officerName === undefined
      ? undefined
      : await sealBox({
          room,
          epoch: 0,
          epochKey: epochKey.reveal(),
          entryHash: genesis.hash,
          plaintext: encodeEntryBox({ disclosures: genesis.disclosures }),
          randomBytes,
        });
  const kit = await sealRecoveryKit(
    {
      roots: roots.map((seed) => redacted(seed)),
      nullifierKey: keyring.nullifierKey,
      finance: room,
      ...(plan.log !== undefined && { log: plan.log }),
    },
    recovery.identity,
    genesis.hash,
    randomBytes,
  );
  const prefix = `epoch/${toHex(room)}/0`;
  return {
    entries: [
      { jwt: genesis.jwt, hash: genesis.hash, ...(box !== undefined && { box }) },
      { jwt: epoch.jwt, hash: epoch.hash },
    ],
    objects: [
      { name: `${prefix}/x25519.age`, bytes: files.value.x25519 },
      { name: `${prefix}/hybrid.age`, bytes: files.value.hybrid },
      { name: recoveryKitObject, bytes: kit },
    ],
    keyring: { ...keyring, genesis: genesis.hash },
    recovery,
  };
}
