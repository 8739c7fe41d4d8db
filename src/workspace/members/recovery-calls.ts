import { toHex } from "#record/bytes.ts";
import { ok, type Refusal, type Result } from "#record/result.ts";
import { Failure } from "#session/refusals/failure.ts";
import { isOfficer, memberCalled, readPeople } from "#session/keys/people.ts";
import { quorumFileOf } from "#session/keys/quorum.ts";
import { decideRenewal, oldKeysOf } from "#session/keys/renewal.ts";
import type { AgeKeyPair } from "#vault/keys/member.ts";
import { combineRecovery, splitRecovery } from "#vault/keys/recovery.ts";
import type { Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { prepareKeyChange } from "./key-changes.ts";
import { openValue, sealValue } from "#workspace/desk/sealed-text.ts";

export type SplitInput = {
  /** Present shares, as typed: as many as open. */
  readonly shares: readonly string[];
  readonly threshold: number;
  readonly trustees: readonly string[];
};

export type NewShares = {
  readonly shares: readonly { readonly trustee: string; readonly text: string }[];
  readonly threshold: number;
};

const purpose = "aigaq/recovery-rehearsed/1";

/** For the sheets that count now: those that a rotation brought have been tried by nobody yet. */
async function keptName({ session }: Desk): Promise<string> {
  const { rotation } = (await readPeople(session)).log.directory.roots;
  const of = rotation === undefined ? "" : `-${toHex(rotation).slice(0, 16)}`;
  return `recovery-rehearsed-${session.member}${of}`;
}

export const recoveryCalls = {
  /** When this member last tried the sheets, on whichever device; unix seconds, null for never. */
  "recovery.last-rehearsed": lastRehearsed,

  /**
   * The same recovery key, split anew: other trustees, or another number of them. Old sheets stay good together with their
   * like, so they have to be destroyed; only a new recovery key ends them.
   */
  "recovery.split": async (
    desk: Desk,
    { shares, threshold, trustees }: SplitInput,
  ): Promise<Result<NewShares, Refusal & { readonly share?: number }>> => {
    const { recovery: recipient } = await readPeople(desk.session);
    const identity = await combineRecovery(shares, recipient);
    if (!identity.ok) return identity;
    return ok(await sharesOf({ identity: identity.value, recipient }, { threshold, trustees }));
  },

  /**
   * New root keys and a new recovery key with sheets of their own, prepared: in force only when `members.perform` has recorded
   * what the preview shows. Also for a record without a recovery kit, where this member's keyring holds the root keys.
   */
  "recovery.renew": async (
    desk: Desk,
    { shares, threshold, trustees }: SplitInput,
  ): Promise<Result<NewShares & { readonly preview: Preview }, Refusal & { readonly share?: number }>> => {
    const { session } = desk;
    await session.refresh();
    const recovery = await combineRecovery(shares, (await readPeople(session)).recovery);
    if (!recovery.ok) return recovery;
    const file = await quorumFileOf(session.store, session.size);
    const old = await oldKeysOf(session, recovery.value, file);
    if (!old.ok) return old;
    let made: NewShares | undefined;
    const preview = await prepareKeyChange(desk, async (people) => {
      const renewal = await decideRenewal(session, people, old.value);
      if (!renewal.ok) return renewal;
      made = await sharesOf(renewal.value.recovery, { threshold, trustees });
      return ok(renewal.value.change);
    });
    if (!preview.ok) return preview;
    if (made === undefined) throw new Error("bug: a renewal without sheets");
    return ok({ ...made, preview: preview.value });
  },
};

async function sharesOf(
  key: AgeKeyPair,
  { threshold, trustees }: Omit<SplitInput, "shares">,
): Promise<NewShares> {
  const total = trustees.length;
  if (!(threshold >= 2 && threshold <= total && total <= 255))
    throw new Failure("quorum-impossible", "a splitting needs 2 ≤ quorum ≤ trustees");
  const texts = await splitRecovery(key, { threshold, total });
  return { shares: texts.map((text, i) => ({ trustee: trustees[i] ?? "", text })), threshold };
}

async function lastRehearsed(desk: Desk): Promise<number | null> {
  const { session } = desk;
  const sealed = await session.store.cache(await keptName(desk));
  const at = sealed === undefined ? undefined : await openValue(session.keyring, purpose, sealed);
  return typeof at === "number" ? at : null;
}

/** Sealed beside her snapshots, so that her other devices know it too. Losing it costs one more rehearsal. */
export async function keepRehearsed(desk: Desk): Promise<void> {
  const { session } = desk;
  const at = Math.floor(desk.now() / 1000);
  await session.store.putCache(
    await keptName(desk),
    await sealValue(session.keyring, purpose, at, desk.randomBytes),
  );
  desk.tell({ kind: "changed" });
}

/** Whether an officer has yet to try the sheets: she is the one to gather the trustees. */
export async function isRehearsalDue(desk: Desk): Promise<boolean> {
  if (desk.opened.isSample || (await lastRehearsed(desk)) !== null) return false;
  const me = memberCalled(await readPeople(desk.session), desk.session.member);
  return me !== undefined && isOfficer(me);
}
