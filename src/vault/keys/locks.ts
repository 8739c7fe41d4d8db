/**
 * How a member opens her keyring where it is kept by a server: the keyring's body is sealed under a random keyring key,
 * and each lock (a passphrase, a passkey) holds a copy of that key sealed under itself. The same root that opens the lock
 * also gives the key with which she signs in, so a server learns who she is and nothing that opens a box. Spec:
 * `spec/vault.md` §9.
 */
import { concatBytes, fromBase64Url, toBase64Url, utf8 } from "#record/bytes.ts";
import { signerFromSeed, type Signer } from "#record/ed25519.ts";
import { hmacSha256 } from "#record/hash.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { keySize, type RandomBytes } from "#vault/seal/layout.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { argon2id, type ArgonCost, argonCost, isBearableCost, passphraseBytes } from "./argon2.ts";
import { decodeKeyring, encodeKeyring, type Keyring } from "./keyring-content.ts";
import { type Redacted, redacted } from "./redacted.ts";

/** What a server keeps of a lock. Bytes are base64url. It gives `sealed` only after the sign-in. */
export type Lock = LockHead & {
  /** Ed25519 public key of the sign-in. */
  readonly publicKey: string;
  /** The keyring key, sealed under this lock. */
  readonly sealed: string;
};

/** What is told before the sign-in: with what to compute the root. */
export type LockHead = {
  readonly id: string;
  readonly kind: "passphrase" | "passkey";
  /** 16 bytes: for Argon2id, or what the PRF of a passkey is asked about. */
  readonly salt: string;
  readonly cost?: ArgonCost;
  /** The passkey's credential id. */
  readonly credential?: string;
};

/** A root is never sent: what a passphrase or passkey gives, 32 bytes. */
export type LockRoot = Redacted<Uint8Array>;

export type LockRefusal =
  | { readonly code: "wrong-passphrase"; readonly message: string }
  | { readonly code: "keyring-damaged"; readonly message: string }
  | { readonly code: "keyring-cost-absurd"; readonly message: string }
  /** Less memory or fewer passes than locks of ours have: a server that asks for that wants to guess the passphrase. */
  | { readonly code: "keyring-cost-weak"; readonly message: string };

/**
 * The root of a passphrase: about 0.3 s and 64 MiB. Refuses before spending what no lock of ours asks for, and refuses less
 * than ours ask for: the signature of a sign-in lets a server try passphrases, so each try must cost what it costs a thief.
 *
 * @param least leave it out except in tests: a cheaper one makes guessing cheaper too.
 */
export async function passphraseRoot(
  head: Pick<LockHead, "salt" | "cost">,
  passphrase: string,
  least: ArgonCost = argonCost,
): Promise<Result<LockRoot, LockRefusal>> {
  const salt = fromBase64Url(head.salt);
  if (head.cost === undefined || salt?.length !== 16 || !isBearableCost(head.cost)) {
    return refuse({
      code: "keyring-cost-absurd",
      message: "the server asks for absurd amounts of memory or time; do not sign in there",
    });
  }
  if (head.cost.memoryKib < least.memoryKib || head.cost.passes < least.passes) {
    return refuse({
      code: "keyring-cost-weak",
      message:
        "the server asks for a computation by which the passphrase could be guessed; do not sign in there",
    });
  }
  return ok(redacted(await argon2id(passphraseBytes(passphrase), salt, head.cost)));
}

/** A new passphrase lock and its root. Check the passphrase with `checkPassphrase` first. */
export async function newPassphraseLock(
  id: string,
  passphrase: string,
  randomBytes: RandomBytes,
  cost: ArgonCost = argonCost,
): Promise<{ readonly head: LockHead; readonly root: LockRoot }> {
  const salt = randomBytes(16);
  const head = { id, kind: "passphrase", salt: toBase64Url(salt), cost } as const;
  return { head, root: redacted(await argon2id(passphraseBytes(passphrase), salt, cost)) };
}

/** Seals the keyring key under a lock. */
export async function closeLock(
  { member, head, root }: { readonly member: string; readonly head: LockHead; readonly root: LockRoot },
  keyringKey: Redacted<Uint8Array>,
  randomBytes: RandomBytes,
): Promise<Lock> {
  const key = derived(root, "aigaq/lock/1", head.id);
  const sealed = await sealBytes(key, lockContext(member, head.id), keyringKey.reveal(), randomBytes);
  return {
    ...head,
    publicKey: toBase64Url(signInSigner(head.id, root).publicKey),
    sealed: toBase64Url(sealed),
  };
}

/** The keyring key out of a lock. */
export async function openLock(
  { member, id, root }: { readonly member: string; readonly id: string; readonly root: LockRoot },
  sealed: string,
): Promise<Result<Redacted<Uint8Array>, LockRefusal>> {
  const bytes = fromBase64Url(sealed);
  if (bytes === undefined) return refuse(damaged);
  const opened = await openBytes(derived(root, "aigaq/lock/1", id), lockContext(member, id), bytes);
  if (opened.ok && opened.value.length === keySize) return ok(redacted(opened.value));
  if (opened.ok || opened.refusal.code !== "sealed-for-another-key-or-place") return refuse(damaged);
  return refuse({
    code: "wrong-passphrase",
    message:
      "the passphrase does not open this keyring; check the keyboard layout and capital letters, then try again",
  });
}

/** Signs the server's challenge. */
export function signInSigner(id: string, root: LockRoot): Signer {
  return signerFromSeed(derived(root, "aigaq/sign-in-key/1", id));
}

/** What is signed to sign in; bound to the server's address, so that another one cannot pass the challenge on. */
export function signInMessage(origin: string, member: string, challenge: string): Uint8Array {
  return utf8(`aigaq/sign-in/1\n${origin}\n${member}\n${challenge}`);
}

/** The keyring as a server keeps it. */
export function sealKeyringBody(
  keyring: Keyring,
  keyringKey: Redacted<Uint8Array>,
  randomBytes: RandomBytes,
): Promise<Uint8Array> {
  return sealBytes(
    keyringKey.reveal(),
    bodyContext(keyring.member),
    pad(encodeKeyring(keyring)),
    randomBytes,
  );
}

export async function openKeyringBody(
  member: string,
  sealed: Uint8Array,
  keyringKey: Redacted<Uint8Array>,
): Promise<Result<Keyring, LockRefusal>> {
  const opened = await openBytes(keyringKey.reveal(), bodyContext(member), sealed);
  const plaintext = opened.ok ? unpad(opened.value) : opened;
  const keyring = plaintext.ok ? decodeKeyring(plaintext.value) : undefined;
  return keyring?.member === member ? ok(keyring) : refuse(damaged);
}

/** HKDF-Expand with SHA-256 (RFC 5869 §2.3), one block: a root is uniformly random, so nothing is extracted first. */
function derived(root: LockRoot, label: string, id: string): Uint8Array {
  return hmacSha256(root.reveal(), utf8(`${label}\n${id}`), Uint8Array.of(1));
}

const lockContext = (member: string, id: string): Uint8Array => utf8(`aigaq/lock/1\n${member}\n${id}`);
const bodyContext = (member: string): Uint8Array => concatBytes(utf8("aigaq/keyring-body/1\n"), utf8(member));

const damaged = {
  code: "keyring-damaged",
  message:
    "the keyring that the server gave is damaged or was exchanged; restore it from a backup, or recover access with trustees",
} as const;
