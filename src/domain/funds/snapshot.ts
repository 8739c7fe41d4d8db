import { refuse, ok, type Refusal, type Result } from "#record/result.ts";
import type { Cell, DayBook, FundsState } from "./state.ts";

/**
 * The state as two JSON texts, for a sealed cache: `totals` is some kilobytes and answers nearly every question, `days`
 * holds the daily sums. A snapshot is never an authority: it carries the version of the fold, and whoever keeps it adds
 * the tree size that it was computed at; when either differs the books are computed again from the entries.
 */
export const snapshotVersion = 2;
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

// Three kinds that JSON lacks: bigint {"$n"}, Map {"$m"} and the many cells {"$c": [minor, count]}.
function encode(value: unknown): unknown {
  if (typeof value === "bigint") return { $n: value.toString() };
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Map) return { $m: [...value].map(([key, inner]) => [key, encode(inner)]) };
  if (typeof value !== "object" || value === null) return value;
  if (isCell(value)) return { $c: [value.minor.toString(), value.count] };
  const members: { [member: string]: unknown } = {};
  for (const [member, inner] of Object.entries(value))
    if (inner !== undefined) members[member] = encode(inner);
  return members;
}

/** In place: of a hundred thousand payments nearly every value is one that JSON has, and a copy would cost more than parsing. */
function decode(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (const [i, inner] of value.entries()) if (typeof inner === "object") value[i] = decode(inner);
    return value;
  }
  if ("$n" in value) return BigInt(String(value.$n));
  if ("$c" in value && Array.isArray(value.$c))
    return { minor: BigInt(String(value.$c[0])), count: Number(value.$c[1]) };
  if ("$m" in value && Array.isArray(value.$m)) {
    const map = new Map<unknown, unknown>();
    for (const pair of value.$m) map.set(pair[0], decode(pair[1]));
    return map;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON.parse made it: every object is a record
  const members = value as Record<string, unknown>;
  for (const member of Object.keys(members)) {
    const inner = members[member];
    if (typeof inner === "object") members[member] = decode(inner);
  }
  return members;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, copy(inner)]));
  if (typeof value !== "object" || value === null) return value;
  const members: { [member: string]: unknown } = {};
  for (const [member, inner] of Object.entries(value)) members[member] = copy(inner);
  return members;
}

function isCell(value: object): value is Cell {
  const names = Object.keys(value);
  return names.length === 2 && "minor" in value && typeof value.minor === "bigint" && "count" in value;
}
