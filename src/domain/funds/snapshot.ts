import { refuse, ok, type Refusal, type Result } from "#record/result.ts";
import { decode, encode } from "./snapshot-values.ts";
import type { DayBook, FundsState } from "./state.ts";

/**
 * The state as two JSON texts, for a sealed cache: `totals` is some kilobytes and answers nearly every question, `days`
 * holds the daily sums. A snapshot is never an authority: it carries the version of the fold, and whoever keeps it adds
 * the tree size that it was computed at; when either differs the books are computed again from the entries.
 */
export const snapshotVersion = 6;
export type FundsSnapshot = { readonly totals: string; readonly days: string | null };

export function toSnapshot(state: FundsState): FundsSnapshot {
  const { days, ...totals } = state;
  return {
    totals: JSON.stringify({ version: snapshotVersion, state: encode(totals) }),
    days: days === null ? null : JSON.stringify({ version: snapshotVersion, days: encode(days) }),
  };
}

/** Without `days` the state answers from its totals and refuses to be asked by day. */
export function fromSnapshot(snapshot: {
  readonly totals: string;
  readonly days?: string | null;
}): Result<FundsState, Refusal<"snapshot-stale">> {
  const totals = decodeText(snapshot.totals);
  const days = snapshot.days === undefined || snapshot.days === null ? null : decodeText(snapshot.days);
  if (totals?.["version"] !== snapshotVersion || (days !== null && days?.["version"] !== snapshotVersion)) {
    return refuse({ code: "snapshot-stale", message: "the cached books were written by another version" });
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text, sealed under our own key and of this version
  return ok({ ...(totals["state"] as FundsState), days: days === null ? null : (days["days"] as DayBook) });
}

function decodeText(text: string): { [member: string]: unknown } | undefined {
  const value: unknown = decode(JSON.parse(text));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text, as above
  return typeof value === "object" && value !== null ? (value as { [member: string]: unknown }) : undefined;
}

/** A copy without the daily sums, to try entries on before they are signed. */
export function copyTotals(state: FundsState): FundsState {
  const { days: _, ...totals } = state;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same members, each copied
  return { ...(copy(totals) as Omit<FundsState, "days">), days: null };
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, copy(inner)]));
  if (typeof value !== "object" || value === null) return value;
  const members: { [member: string]: unknown } = {};
  for (const [member, inner] of Object.entries(value)) members[member] = copy(inner);
  return members;
}
