import { toBase64Url } from "#record/bytes.ts";
import { Failure } from "#session/refusals/failure.ts";
import { newPassphraseLock, type LockHead, type LockRoot } from "#vault/keys/locks.ts";
import { checkPassphrase } from "#vault/keys/passphrase.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import type { NewLock } from "../shell/first-run/types.ts";

/** A lock and what opens it. */
export type OpenLock = { readonly head: LockHead; readonly root: LockRoot };

/** A new lock of what was typed, or of what a passkey answered. @throws Failure for a passphrase that is too easy. */
export async function newLock(randomBytes: RandomBytes, lock: NewLock): Promise<OpenLock> {
  const id = toBase64Url(randomBytes(16));
  if (lock.kind === "passkey") {
    const head = {
      id,
      kind: "passkey",
      salt: toBase64Url(lock.salt),
      credential: toBase64Url(lock.credential),
    } as const;
    return { head, root: redacted(lock.secret) };
  }
  const good = checkPassphrase(lock.passphrase);
  if (!good.ok) throw new Failure(good.refusal.code, good.refusal.message);
  return newPassphraseLock(id, lock.passphrase, randomBytes);
}
