import { fromUtf8, toBase64Url, utf8 } from "#record/bytes.ts";
import type { Language } from "#language/language.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import {
  openKeyringBody,
  openLock,
  passphraseRoot,
  sealKeyringBody,
  signInMessage,
  signInSigner,
  type LockHead,
  type LockRoot,
} from "#vault/keys/locks.ts";
import { redacted, type Redacted } from "#vault/keys/redacted.ts";
import type { Desk } from "./desk.ts";
import { isOffline } from "./http-record.ts";
import { answeredBytes, type FoundationInfo, type SignedIn } from "./server.ts";

/** With what a member opens her lock: what she typed, or what her passkey answered. */
export type Key =
  | { readonly kind: "passphrase"; readonly passphrase: string }
  | { readonly kind: "passkey"; readonly lock: string; readonly secret: Uint8Array };

export type SignInInput = { readonly member: string; readonly key: Key };

export type DeskState = {
  readonly member: string | undefined;
  readonly isSample: boolean;
  readonly foundation: FoundationInfo;
};

export const signInCalls = {
  /** Where the desk stands: before the first foundation, signed out, or at work. Works without a connection too. */
  "desk.state": async (desk: Desk): Promise<DeskState> => ({
    foundation: await desk.foundation(),
    member: desk.isOpen ? desk.session.member : undefined,
    isSample: desk.isOpen && desk.opened.isSample,
  }),

  "desk.language": async (desk: Desk, { language }: { language: Language }): Promise<void> =>
    desk.setLanguage(language),

  /** The locks of a member, so that the page can ask the right passkey. */
  "sign-in.locks": async (desk: Desk, { member }: { member: string }): Promise<readonly LockHead[]> =>
    (await desk.server.signInStart(member)).locks,

  "sign-in": async (desk: Desk, { member, key }: SignInInput): Promise<{ member: string }> => {
    try {
      await signInOnline(desk, member, key);
    } catch (error) {
      if (!isOffline(error)) throw error;
      await signInOffline(desk, member, key);
    }
    return { member };
  },

  /** Forgets the keys; `everything` also what this device keeps of the record. */
  "sign-out": async (desk: Desk, { everything }: { everything: boolean }): Promise<void> => {
    const isSample = desk.isOpen && desk.opened.isSample;
    const local = desk.isOpen ? desk.opened.local : undefined;
    if (desk.isOpen) await desk.opened.outbox.sendHeld();
    desk.close();
    if (isSample) return;
    if (everything) await local?.clear();
    await desk.server.signOut().catch((error: unknown) => {
      if (!isOffline(error)) throw error;
    });
  },
};

async function signInOnline(desk: Desk, member: string, key: Key): Promise<void> {
  const { challenge, locks } = await desk.server.signInStart(member);
  const head = lockFor(locks, key);
  const root = await rootOf(head, key);
  const signature = signInSigner(head.id, root).sign(signInMessage(desk.server.origin, member, challenge));
  const answer = await desk.server.signIn({
    member,
    lock: head.id,
    challenge,
    signature: toBase64Url(signature),
  });
  const kept = { head, sealed: answer.sealed, keyring: answer.keyring };
  await openWith(desk, member, root, kept, answer.keyringVersion);
  // For the day without a connection: as sealed as on the server.
  await (await desk.local()).keepEnrolment(member, utf8(JSON.stringify(kept)));
}

type KeptLock = { readonly head: LockHead } & Pick<SignedIn, "sealed" | "keyring">;

/** With the lock and the keyring that the server gave this device last. */
async function signInOffline(desk: Desk, member: string, key: Key): Promise<void> {
  const bytes = await (await desk.local()).enrolment(member);
  const text = bytes === undefined ? undefined : fromUtf8(bytes);
  if (text === undefined)
    throw new Failure("offline", "this device has never signed in as this member; a connection is needed");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only we write this database; a forged lock does not open
  const kept = JSON.parse(text) as KeptLock;
  const root = await rootOf(lockFor([kept.head], key), key);
  await openWith(desk, member, root, kept, undefined);
}

async function openWith(
  desk: Desk,
  member: string,
  root: LockRoot,
  kept: KeptLock,
  version: number | undefined,
): Promise<void> {
  const keyringKey = await openLock({ member, id: kept.head.id, root }, kept.sealed);
  if (!keyringKey.ok) throw refused(keyringKey.refusal);
  const keyring = await openKeyringBody(member, answeredBytes(kept.keyring), keyringKey.value);
  if (!keyring.ok) throw refused(keyring.refusal);
  await desk.openServer(keyring.value, keyringKeeper(desk, keyringKey.value, version ?? 0));
}

/** Seals a changed keyring and puts it in place of the one that was read: another device's change is not overwritten. */
export function keyringKeeper(
  desk: Desk,
  keyringKey: Redacted<Uint8Array>,
  version: number,
): (keyring: Keyring) => Promise<void> {
  let current = version;
  return async (keyring) => {
    const body = await sealKeyringBody(keyring, keyringKey, desk.randomBytes);
    const answer = await desk.server.json<{ version?: number }>("PUT", "/api/me/keyring", {
      keyring: toBase64Url(body),
      version: current,
    });
    current = answer.version ?? current + 1;
  };
}

export function lockFor(locks: readonly LockHead[], key: Key): LockHead {
  const lock =
    key.kind === "passkey"
      ? locks.find(({ id }) => id === key.lock)
      : locks.find(({ kind }) => kind === "passphrase");
  if (lock === undefined)
    throw new Failure("lock-missing", "this member does not sign in this way; try the other one");
  return lock;
}

export async function rootOf(head: LockHead, key: Key): Promise<LockRoot> {
  if (key.kind === "passkey") return redacted(key.secret);
  const root = await passphraseRoot(head, key.passphrase);
  if (!root.ok) throw refused(root.refusal);
  return root.value;
}
