import { toBase64Url } from "#record/bytes.ts";
import type { JsonObject } from "#record/json-strict.ts";
import type { Decision, FundsDraft, Gift, Ground, LineItem, Part, JsonDraft } from "./entries.ts";
import { normaliseAccount, normaliseReference } from "./ids.ts";
import { nullifierOf } from "./keyed.ts";
import type { KeyedDigest, LinePort } from "./ports.ts";
import { ownAccounts, saysOwnTransfer, settleDebits, type Fate } from "./settlement.ts";
import { signReader, type SignReader } from "./signs.ts";
import type { FundsState } from "./state.ts";

/** A recorded row with its place in the import, from 0: both passes over an import number rows alike. */
export type PlacedLine = LineItem & { readonly ordinal: number };

/**
 * Says where every row of an import counts, and why. Two passes: the few rows that depend on others (debits, and credits
 * that a waiting decision may be about) are collected first, then rows are attributed in any number of batches.
 */
export class Attributor {
  readonly #state: FundsState;
  readonly #account: { readonly id: string; readonly number: string };
  readonly #keyed: KeyedDigest;
  readonly #read: SignReader;
  readonly #own: ReadonlyMap<string, string>;
  readonly #waiting: ReadonlyMap<string, readonly string[]>;
  readonly #special: PlacedLine[] = [];
  #debits: ReadonlyMap<number, Fate> = new Map();
  #decided: ReadonlyMap<number, Fulfilled | null> = new Map();

  constructor(
    state: FundsState,
    account: { readonly id: string; readonly number: string },
    keyed: KeyedDigest,
  ) {
    this.#state = state;
    this.#account = account;
    this.#keyed = keyed;
    this.#read = signReader(state.appeals.values());
    this.#own = ownAccounts(state);
    this.#waiting = waitingByReference(state);
  }

  /** Whether a row must be shown to {@link see} before rows are attributed. */
  isSpecial(line: Pick<LineItem, "direction" | "reference">): boolean {
    return (
      line.direction === "debit" ||
      (line.reference !== undefined && this.#waiting.has(normaliseReference(line.reference)))
    );
  }

  see(line: PlacedLine): void {
    if (!line.known && this.isSpecial(line)) this.#special.push(line);
  }

  async close(lines: LinePort): Promise<void> {
    const account = this.#account.id;
    const debits = this.#special.filter((line) => line.direction === "debit" && !line.unreadable);
    this.#debits = settleDebits(
      this.#state,
      debits.map((line) => ({ ...line, key: line.ordinal, account })),
    );
    this.#decided = await decideWaiting(this.#state, account, this.#special, lines);
  }

  /** The attribution of one part; undefined when all its rows are known from earlier statements. */
  draft(part: string, placed: readonly PlacedLine[]): FundsDraft | undefined {
    const lines: number[] = [];
    const nullifiers: string[] = [];
    const items: { open: JsonObject; hidden: JsonObject }[] = [];
    for (let i = 0; i < placed.length; i++) {
      const line = placed[i];
      if (line === undefined || line.known) continue;
      lines.push(i);
      nullifiers.push(nullifierOf(this.#keyed, this.#account.number, line.position));
      const { to, ground } = this.fateOf(line);
      items.push({
        open: { to: [to] },
        hidden: { gift: giftJson(this.#account.id, line, [{ to, minor: line.minor }], ground) },
      });
    }
    if (lines.length === 0) return undefined;
    return { type: "attribution", stream: "attributions", pub: { part, lines, nullifiers }, items };
  }

  fateOf(line: PlacedLine): Fate {
    if (line.unreadable) return { to: "unreadable", ground: { kind: "none" } };
    if (line.direction === "debit") {
      return this.#debits.get(line.ordinal) ?? { to: "unmatched", ground: { kind: "none" } };
    }
    const other =
      line.party?.account === undefined ? undefined : this.#own.get(normaliseAccount(line.party.account));
    if (other !== undefined && other !== this.#account.id)
      return { to: "own-transfer", ground: { kind: "own-transfer" } };
    return this.#creditFate(line);
  }

  #creditFate(line: PlacedLine): Fate {
    const sign = line.memo === undefined ? undefined : this.#read(line.memo);
    const decided = this.#decided.get(line.ordinal) ?? undefined;
    if (sign?.kind === "appeal") {
      // The donor's own word stands over ours; a decision that says the same is fulfilled by it.
      const fulfils = decided?.decision.appeal === sign.appeal ? { decision: decided.entry } : {};
      return { to: sign.appeal, ground: { kind: sign.by, detail: sign.text, ...fulfils } };
    }
    if (decided !== undefined) {
      const { appeal, ground, by } = decided.decision;
      return { to: appeal, ground: { kind: "decision", detail: ground, by, decision: decided.entry } };
    }
    if (sign !== undefined) return { to: "unknown", ground: { kind: "ambiguous", detail: sign.text } };
    if (saysOwnTransfer(line.memo))
      return { to: "unknown", ground: { kind: "ambiguous", detail: "own-transfer" } };
    return { to: this.#state.policy?.unsigned ?? "unknown", ground: { kind: "policy" } };
  }
}

export function giftJson(
  account: string,
  line: Pick<LineItem, "date" | "direction" | "currency">,
  parts: readonly Part[],
  ground: Ground,
  before?: readonly Part[],
): JsonObject {
  return {
    date: line.date,
    direction: line.direction,
    currency: line.currency,
    account,
    parts: partsJson(parts),
    ...(before === undefined ? {} : { before: partsJson(before) }),
    ground: groundJson(ground),
  };
}

export function partsJson(parts: readonly Part[]): JsonObject[] {
  return parts.map(({ to, minor }) => ({ to, minor: minor.toString() }));
}

function groundJson(ground: Ground): JsonObject {
  const json: JsonDraft = { kind: ground.kind };
  if (ground.detail !== undefined) json["detail"] = ground.detail;
  if (ground.by !== undefined) json["by"] = ground.by;
  if (ground.decision !== undefined) json["decision"] = ground.decision;
  return json;
}

/** An entry's hash as `corrects`, `part` and `parts` name it. */
export function hashText(hash: Uint8Array): string {
  return toBase64Url(hash);
}

/** The one entry that changes where a row counts. `gift` says from where to where; nothing about it is public. */
export function moveDraft(
  line: { readonly entry: string; readonly nullifier: string; readonly account: string } & Pick<
    LineItem,
    "date" | "direction" | "currency"
  >,
  move: {
    readonly before: readonly Part[];
    readonly to: readonly Part[];
    readonly ground: Ground;
    readonly reason: string;
  },
): FundsDraft {
  const gift: Pick<Gift, "parts"> = { parts: move.to };
  return {
    type: "attribution.moved",
    stream: "attributions",
    pub: { corrects: line.entry, nullifier: line.nullifier, reason: move.reason },
    items: [
      {
        open: { to: gift.parts.map((part) => part.to), from: move.before.map((part) => part.to) },
        hidden: { gift: giftJson(line.account, line, move.to, move.ground, move.before) },
      },
    ],
  };
}

function waitingByReference(state: FundsState): Map<string, string[]> {
  const waiting = new Map<string, string[]>();
  for (const [entry, decision] of state.decisions) {
    const reference = normaliseReference(decision.reference);
    waiting.set(reference, [...(waiting.get(reference) ?? []), entry]);
  }
  return waiting;
}

type Fulfilled = { readonly entry: string; readonly decision: Decision };

/** Waiting decisions that exactly one credit of this import, and none recorded before, is meant by. */
async function decideWaiting(
  state: FundsState,
  account: string,
  special: readonly PlacedLine[],
  lines: LinePort,
): Promise<Map<number, Fulfilled | null>> {
  const credits = special.filter(
    (line) => line.direction === "credit" && line.reference !== undefined && !line.unreadable,
  );
  const decided = new Map<number, Fulfilled | null>();
  if (credits.length === 0) return decided;
  const recorded = await lines.byReferences([
    ...new Set(credits.map((line) => normaliseReference(line.reference ?? ""))),
  ]);
  for (const [entry, decision] of state.decisions) {
    const reference = normaliseReference(decision.reference);
    const fits = (line: { readonly account: string; readonly date: string; readonly direction: string }) =>
      line.direction === "credit" &&
      (decision.account === undefined || decision.account === line.account) &&
      (decision.date === undefined || decision.date === line.date);
    const here = credits.filter(
      (line) => normaliseReference(line.reference ?? "") === reference && fits({ ...line, account }),
    );
    const before = (recorded.get(reference) ?? []).filter(fits);
    const [only] = here;
    if (only === undefined || here.length > 1 || before.length > 0) continue;
    // Two waiting decisions about one row contradict each other or are one too many: a person decides.
    decided.set(only.ordinal, decided.has(only.ordinal) ? null : { entry, decision });
  }
  return decided;
}
