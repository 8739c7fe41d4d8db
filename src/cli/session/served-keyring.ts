import { fromBase64Url } from "#record/bytes.ts";
import type { Enrolment } from "#server/access/members.ts";
import { NamedState } from "#server/named-state.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import type { SqliteStore } from "#storage/sqlite/sqlite-store.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { openKeyringBody, openLock, passphraseRoot } from "#vault/keys/locks.ts";
import type { Words } from "../words/language.ts";

/**
 * The keyring of a member who was enrolled by a server: of a foundation that was started in the browser, or of a colleague who
 * accepted an invitation. It lies sealed in the storage; her passphrase opens it here as it does in the workspace.
 */
export async function unlockEnrolled(
  store: SqliteStore,
  asMember: string | undefined,
  { folder, words, ask }: { folder: string; words: Words; ask: () => Promise<string> },
): Promise<Keyring> {
  const enrolled = await enrolments(store);
  if (enrolled.length === 0 && asMember === undefined)
    throw new Failure("data-folder-missing", words.folderMissing(folder));
  const enrolment = asMember === undefined ? enrolled[0] : enrolled.find(({ member }) => member === asMember);
  if (enrolment === undefined) throw new Failure("member-unknown", words.memberUnknown(asMember ?? ""));
  const { member, locks, keyring } = enrolment;
  const lock = locks.find(({ kind }) => kind === "passphrase");
  if (lock === undefined) throw new Failure("lock-missing", words.passkeyOnly(member));
  const root = await passphraseRoot(lock, await ask());
  if (!root.ok) throw refused(root.refusal);
  const key = await openLock({ member, id: lock.id, root: root.value }, lock.sealed);
  if (!key.ok) throw refused(key.refusal);
  const opened = await openKeyringBody(member, fromBase64Url(keyring) ?? new Uint8Array(), key.value);
  if (!opened.ok) throw refused(opened.refusal);
  return opened.value;
}

/** Members whom a server of this storage lets sign in, in order. */
export async function enrolments(store: SqliteStore): Promise<readonly Enrolment[]> {
  const listed = await new NamedState(store).list<Enrolment>("member/");
  return listed.map(({ value }) => value).toSorted((a, b) => (a.member < b.member ? -1 : 1));
}
