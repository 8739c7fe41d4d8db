import { utf8 } from "#record/bytes.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { closeLock, openLock, type Lock, type LockHead } from "#vault/keys/locks.ts";
import type { Redacted } from "#vault/keys/redacted.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { newLock, type OpenLock } from "#workspace/desk/new-lock.ts";
import { lockFor, rootOf, type Key } from "#workspace/desk/sign-in-calls.ts";
import type { NewLock } from "#workspace/shell/first-run/types.ts";

export type LockRow = { readonly id: string; readonly kind: LockHead["kind"] };

export const lockCalls = {
  /** With what the member can open her keys. */
  "locks.list": async (desk: Desk): Promise<readonly LockRow[]> =>
    desk.opened.isSample ? [] : (await locks(desk)).map(({ id, kind }) => ({ id, kind })),

  /**
   * A further lock, or another one in place of `instead`. `key` opens one of the present ones: whoever merely sits down at an
   * open screen must not lock the member out.
   */
  "locks.put": async (
    desk: Desk,
    { key, lock, instead }: { key: Key; lock: NewLock; instead?: string },
  ): Promise<void> => {
    const present = await locks(desk);
    const keyringKey = await openWithKey(desk, present, key);
    const made = await newLock(desk.randomBytes, lock);
    const closed = await closeLock({ member: desk.session.member, ...made }, keyringKey, desk.randomBytes);
    await keep(desk, [...present.filter(({ id }) => id !== instead), closed], made, closed.sealed);
  },

  "locks.remove": async (desk: Desk, { key, id }: { key: Key; id: string }): Promise<void> => {
    const present = await locks(desk);
    const left = present.filter((lock) => lock.id !== id);
    const [first] = left;
    if (first === undefined) throw new Failure("last-lock", "the last lock cannot be removed");
    await openWithKey(desk, present, key);
    await keep(desk, left, { head: first }, first.sealed);
  },
};

async function locks(desk: Desk): Promise<readonly Lock[]> {
  return (await desk.server.json<{ locks: Lock[] }>("GET", "/api/me/locks")).locks;
}

async function openWithKey(desk: Desk, present: readonly Lock[], key: Key): Promise<Redacted<Uint8Array>> {
  const head = lockFor(present, key);
  const sealed = present.find(({ id }) => id === head.id)?.sealed ?? "";
  const root = await rootOf(head, key);
  const opened = await openLock({ member: desk.session.member, id: head.id, root }, sealed);
  if (!opened.ok) throw refused(opened.refusal);
  return opened.value;
}

/** On the server, and for the day without a connection on this device: the old passphrase must not open it any more. */
async function keep(
  desk: Desk,
  all: readonly Lock[],
  { head }: Pick<OpenLock, "head">,
  sealed: string,
): Promise<void> {
  const { member } = desk.session;
  await desk.server.json("PUT", "/api/me/locks", { locks: all });
  const { keyring } = await desk.server.json<{ keyring: string }>("GET", "/api/me/keyring");
  const { id, kind, salt, cost, credential } = head;
  const face = {
    id,
    kind,
    salt,
    ...(cost !== undefined && { cost }),
    ...(credential !== undefined && { credential }),
  };
  await desk.opened.local.keepEnrolment(member, utf8(JSON.stringify({ head: face, sealed, keyring })));
  desk.tell({ kind: "changed" });
}
