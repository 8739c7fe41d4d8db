import type {
  Account,
  Appeal,
  AppealEnd,
  CaseShare,
  ConfirmationHow,
  ConfirmationRole,
  Decision,
  FundClose,
  GroundKind,
  Policy,
  Post,
  Rate,
  Refund,
  Spending,
  Statement,
} from "./entries.ts";

/**
 * The books as one reader may see them, computed from entries alone (`fold.ts`). Workspace, public page, dossier and
 * verifier run the same fold; they differ only in what was opened for them.
 *
 * It holds sums by fund, currency and day, never an object per bank row: only rows that wait for somebody are kept one
 * by one. So a million gifts make a state of some hundred kilobytes. `days` is apart, because the totals alone answer
 * most questions and should load at once; null where it was not loaded, and then nothing that needs it may run.
 */
export type FundsState = {
  name: string;
  /** The foundation's own currency, in which general funds are first shown. */
  base: string;
  policy: Policy | null;
  /** Member by signing key: approvals count members, not devices. */
  readonly members: Map<string, string>;
  readonly appeals: Map<string, Appeal>;
  /** By appeal: those that ended and were not opened again. */
  readonly ended: Map<string, AppealEnd>;
  /** By appeal: what the first end that said so promised about what is left. It stays when the appeal is opened again. */
  readonly leftovers: Map<string, string>;
  /** By appeal: the day on which it was last opened again. */
  readonly reopened: Map<string, string>;
  readonly posts: Map<string, Post>;
  readonly shares: CaseShare[];
  readonly accounts: Map<string, AccountState>;
  readonly statements: StatementState[];
  /** Parts of statements that are not yet counted, or counted but not yet attributed: an import was interrupted. */
  readonly pending: Map<string, PendingPart>;
  /** By {@link seriesKey}. */
  readonly tallies: Map<string, Cell>;
  /** What each account holds for each fund, by {@link heldKey}. */
  readonly held: Map<string, Cell>;
  /** The latest bank or spending day of each fund. */
  readonly lastDays: Map<string, string>;
  readonly spending: Map<string, SpendingState>;
  /** Nullifiers of the debits that stand at a payment, by its id, also when no entry has named the payment yet. */
  readonly settling: Map<string, readonly string[]>;
  readonly confirmations: Map<string, ConfirmationState>;
  readonly refunds: Map<string, Refund & { readonly settled?: string | undefined }>;
  /** Decisions about references that no statement has shown, by hash of their entry. */
  readonly decisions: Map<string, Decision>;
  readonly openDebits: Map<string, OpenRow>;
  readonly openCredits: Map<string, OpenRow>;
  readonly rates: Rate[];
  readonly closes: FundClose[];
  /** The next number of the stream `attributions`. */
  attributions: number;
  /** What exists but was not shown to this reader; its figures are then lower bounds. */
  readonly unseen: {
    lines: number;
    attributions: number;
    refunds: number;
    covers: number;
    decisions: number;
  };
  readonly problems: { readonly entry: string; readonly code: string; readonly message: string }[];
  days: DayBook | null;
};

/** A sum and a number of items, changed in place while folding. */
export type Cell = { minor: bigint; count: number };

/**
 * What a series counts. Of a fund: `received` (credits, gross), `refunded`, `spent/<category>`, `reserved`, `given` and
 * `repaid` (cover), `paid` (debits that belong to no payment). `received` and `paid` of `fee`, `own-transfer`,
 * `unmatched`, `payment` and `refund` are the other fates of bank rows.
 */
export type Series = "received" | "refunded" | "reserved" | "given" | "repaid" | "paid" | `spent/${string}`;

export type DayBook = {
  /** By {@link seriesKey}, then day. */
  readonly series: Map<string, Map<string, Cell>>;
  /** By account, then day: each bank row counted once. */
  readonly accounts: Map<string, Map<string, { readonly credit: Cell; readonly debit: Cell }>>;
};

export type AccountState = Account & {
  frozen: { readonly date: string; readonly detail: string } | null;
  readonly events: { readonly kind: "frozen" | "released"; readonly date: string; readonly detail: string }[];
};

export type StatementState = Omit<Statement, "parts"> & {
  readonly entry: string;
  readonly parts: number;
  /** Log indexes of its first and last part, where the reader knew them: which boxes to open for its rows. */
  readonly span: readonly [number, number] | null;
};

export type PendingPart = {
  readonly import: string;
  readonly part: number;
  readonly account: string;
  readonly lines: number;
  /** Lines not known from an earlier statement, as far as they were shown. */
  readonly fresh: number;
  readonly index: number | null;
  isCounted: boolean;
};

export type SpendingState = Spending & {
  state: "reserved" | "approved" | "paid" | "voided";
  readonly proposer: string;
  readonly approvals: string[];
  /** Nullifier of the bank debit that paid it. */
  settled: string | null;
  readonly entry: string;
};

export type ConfirmationState = {
  [role in ConfirmationRole]?: { readonly how: ConfirmationHow; readonly date: string | null };
};

/** A bank row that waits: a debit that no payment or refund explains, a credit that names two appeals. */
export type OpenRow = {
  readonly nullifier: string;
  /** Hash of the entry that attributes it now: what a move must name. */
  readonly entry: string;
  readonly account: string;
  readonly date: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly ground: GroundKind;
  readonly detail: string | null;
};

export function emptyFunds(): FundsState {
  return {
    name: "",
    base: "KZT",
    policy: null,
    members: new Map(),
    appeals: new Map(),
    ended: new Map(),
    leftovers: new Map(),
    reopened: new Map(),
    posts: new Map(),
    shares: [],
    accounts: new Map(),
    statements: [],
    pending: new Map(),
    tallies: new Map(),
    held: new Map(),
    lastDays: new Map(),
    spending: new Map(),
    settling: new Map(),
    confirmations: new Map(),
    refunds: new Map(),
    decisions: new Map(),
    openDebits: new Map(),
    openCredits: new Map(),
    rates: [],
    closes: [],
    attributions: 0,
    unseen: { lines: 0, attributions: 0, refunds: 0, covers: 0, decisions: 0 },
    problems: [],
    days: { series: new Map(), accounts: new Map() },
  };
}

/** What happens with what is left of an appeal, as donors read it first: at its opening, or at an end. Undefined: not said. */
export function leftoverOf(state: FundsState, appeal: string): string | undefined {
  return state.appeals.get(appeal)?.leftover ?? state.leftovers.get(appeal);
}

// A tab cannot stand in an id or a currency, so no two series share a key.
export function seriesKey(fund: string, currency: string, series: Series): string {
  return `${fund}\t${currency}\t${series}`;
}

export function heldKey(account: string, fund: string, currency: string): string {
  return `${account}\t${fund}\t${currency}`;
}

const nothing: Readonly<Cell> = Object.freeze({ minor: 0n, count: 0 });

/** The total of one series; zero where nothing was booked. */
export function tallyOf(state: FundsState, fund: string, currency: string, series: Series): Readonly<Cell> {
  return state.tallies.get(seriesKey(fund, currency, series)) ?? nothing;
}

/** All series booked for a fund: `[currency, series, cell]`. */
export function* talliesOf(
  state: FundsState,
  fund: string,
): Iterable<readonly [string, string, Readonly<Cell>]> {
  const start = `${fund}\t`;
  for (const [key, cell] of state.tallies) {
    if (!key.startsWith(start)) continue;
    const [, currency = "", series = ""] = key.split("\t");
    yield [currency, series, cell];
  }
}
