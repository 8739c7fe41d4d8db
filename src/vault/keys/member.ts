/**
 * The keys of one member on one device. Their public halves go into the record with `key.add`; the secret ones stay
 * in the keyring. See `docs/concepts/keys.md` for what a thief of each gains.
 */
import { assert } from "#record/result.ts";
import { keySize, type RandomBytes } from "#vault/seal/layout.ts";
import { decodeBech32, encodeBech32 } from "./bech32.ts";
import { type Redacted, redacted } from "./redacted.ts";

export const deviceIdentityPrefix = "age-secret-key-";
export const accountIdentityPrefix = "age-secret-key-pq-";

/** An age identity (secret text) and the recipient that others seal to. */
export type AgeKeyPair = { readonly identity: Redacted<string>; readonly recipient: string };

export type MemberKeys = {
  /** Ed25519 seed, 32 bytes: this device signs entries with it. */
  readonly signingSeed: Redacted<Uint8Array>;
  /** X25519: this device reads rooms with it. */
  readonly reading: AgeKeyPair;
  /** ML-KEM-768 with X25519: the member's own, outlives the device and a later quantum computer. */
  readonly account: AgeKeyPair;
};

/** All the keys a new member or a new device needs. Example: `await newMemberKeys(systemRandomness())`. */
export async function newMemberKeys(randomBytes: RandomBytes): Promise<MemberKeys> {
  return {
    signingSeed: redacted(randomBytes(keySize)),
    reading: await newDeviceKey(randomBytes),
    account: await newHybridKey(randomBytes),
  };
}

/** A new X25519 pair: `age1…`, 62 characters. */
export async function newDeviceKey(randomBytes: RandomBytes): Promise<AgeKeyPair> {
  return pairOf(encodeBech32(deviceIdentityPrefix, randomBytes(keySize)));
}

/** A new post-quantum hybrid pair: `age1pq1…`, about 2 000 characters. For accounts and for recovery. */
export async function newHybridKey(randomBytes: RandomBytes): Promise<AgeKeyPair> {
  return hybridKeyOf(randomBytes(keySize));
}

/** The hybrid pair of a given seed, as recovery puts it together again. */
export async function hybridKeyOf(seed: Uint8Array): Promise<AgeKeyPair> {
  return pairOf(encodeBech32(accountIdentityPrefix, seed));
}

/** The 32-byte seed of a hybrid identity. @throws if it is not one: identities come from our own code. */
export function seedOfHybrid(identity: Redacted<string>): Uint8Array {
  const seed = decodeBech32(accountIdentityPrefix, identity.reveal());
  assert(seed?.length === keySize, "not a hybrid age identity");
  return seed;
}

async function pairOf(lowerCaseIdentity: string): Promise<AgeKeyPair> {
  const identity = lowerCaseIdentity.toUpperCase();
  // Loaded only here: everyday commands open their keyring without it (about 40 ms of loading).
  const { identityToRecipient } = await import("age-encryption");
  return { identity: redacted(identity), recipient: await identityToRecipient(identity) };
}
