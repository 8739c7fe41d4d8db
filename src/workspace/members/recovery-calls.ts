import { ok, type Refusal, type Result } from "#record/result.ts";
import { Failure } from "#session/failure.ts";
import { isOfficer, memberCalled, readPeople } from "#session/people.ts";
import { combineRecovery, splitRecovery } from "#vault/keys/recovery.ts";
import type { Desk } from "#workspace/desk/desk.ts";
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
const keptName = ({ session }: Desk): string => `recovery-rehearsed-${session.member}`;

export const recoveryCalls = {
  /** When this member last tried the sheets, on whichever device; unix seconds, null for never. */
  "recovery.last-rehearsed": lastRehearsed,

  /**
   * The same recovery key, split anew: other trustees, or another number of them. Old sheets stay good together with their
   * like, so they have to be destroyed; only a new recovery key would end them.
   */
  "recovery.split": async (
    desk: Desk,
    { shares, threshold, trustees }: SplitInput,
  ): Promise<Result<NewShares, Refusal & { readonly share?: number }>> => {
    const total = trustees.length;
    if (!(threshold >= 2 && threshold <= total && total <= 255))
      throw new Failure("quorum-impossible", "a splitting needs 2 ≤ quorum ≤ trustees");
    const { recovery: recipient } = await readPeople(desk.session);
    const identity = await combineRecovery(shares, recipient);
    if (!identity.ok) return identity;
    const texts = await splitRecovery({ identity: identity.value, recipient }, { threshold, total });
    return ok({ shares: texts.map((text, i) => ({ trustee: trustees[i] ?? "", text })), threshold });
  },
};

async function lastRehearsed(desk: Desk): Promise<number | null> {
  const { session } = desk;
  const sealed = await session.store.cache(keptName(desk));
  const at = sealed === undefined ? undefined : await openValue(session.keyring, purpose, sealed);
  return typeof at === "number" ? at : null;
}

/** Sealed beside her snapshots, so that her other devices know it too. Losing it costs one more rehearsal. */
export async function keepRehearsed(desk: Desk): Promise<void> {
  const { session } = desk;
  const at = Math.floor(desk.now() / 1000);
  await session.store.putCache(
    keptName(desk),
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
