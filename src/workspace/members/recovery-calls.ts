import { ok, type Refusal, type Result } from "#record/result.ts";
import { Failure } from "#session/failure.ts";
import { readPeople } from "#session/people.ts";
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

const rehearsedName = "recovery-rehearsed";
const purpose = "aigaq/recovery-rehearsed/1";

export const recoveryCalls = {
  /** When the sheets were last tried on this device, unix seconds. */
  "recovery.last-rehearsed": async (desk: Desk): Promise<number | null> => {
    const { local, session } = desk.opened;
    const sealed = await local.snapshot(`${rehearsedName}-${session.member}`);
    const at = sealed === undefined ? undefined : await openValue(session.keyring, purpose, sealed);
    return typeof at === "number" ? at : null;
  },

  "recovery.was-rehearsed": async (desk: Desk): Promise<void> => {
    const { local, session } = desk.opened;
    const at = Math.floor(desk.now() / 1000);
    const sealed = await sealValue(session.keyring, purpose, at, desk.randomBytes);
    await local.keepSnapshot(`${rehearsedName}-${session.member}`, sealed);
    desk.prepared.delete("recovery-not-rehearsed");
    desk.tell({ kind: "changed" });
  },

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
