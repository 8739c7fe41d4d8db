import { ok, type Result } from "#record/result.ts";
import { parseCurrency } from "./currency.ts";
import { parseDay } from "./dates.ts";
import { cell, checkColumns, refuseLine, type Decided, type LineRefusal, type TableRow } from "./deciding.ts";
import type { FundsDraft, JsonDraft } from "./entries.ts";
import { normaliseAccount } from "./ids.ts";
import { accountId } from "./keyed.ts";
import type { KeyedDigest } from "./ports.ts";
import type { FundsState } from "./state.ts";

export type RateRefusal = LineRefusal<
  | "column-missing"
  | "date-malformed"
  | "currency-malformed"
  | "rate-malformed"
  | "cell-missing"
  | "rate-changed"
>;

/** `rates import`: columns `date, from, to, rate, source`. A rate is a fact with a source; sums are never converted in the books. */
export function decideRates(state: FundsState, rows: readonly TableRow[]): Result<Decided, RateRefusal> {
  const lacking = checkColumns(rows, ["date", "from", "to", "rate", "source"]);
  if (lacking !== undefined) return lacking;
  const drafts: FundsDraft[] = [];
  const known = new Map(
    state.rates.map((one) => [`${one.date} ${one.from} ${one.to} ${one.source}`, one.rate]),
  );
  let unchanged = 0;
  for (const row of rows) {
    const date = parseDay(cell(row, "date"));
    if (date === undefined)
      return refuseLine("date-malformed", row.line, "date must be a day such as 2025-06-09");
    const from = parseCurrency(cell(row, "from") ?? "");
    const to = parseCurrency(cell(row, "to") ?? "");
    if (from === undefined || to === undefined || from === to) {
      return refuseLine(
        "currency-malformed",
        row.line,
        "from and to must be two currency codes such as EUR and KZT",
      );
    }
    const rate = cell(row, "rate")?.replace(",", ".") ?? "";
    if (!/^[0-9]{1,12}(?:\.[0-9]{1,12})?$/u.test(rate) || /^[0.]*$/u.test(rate)) {
      return refuseLine("rate-malformed", row.line, "rate must be a positive decimal such as 587.35");
    }
    const source = cell(row, "source");
    if (source === undefined)
      return refuseLine("cell-missing", row.line, "a rate without a source is no fact: fill in source");
    const key = `${date} ${from} ${to} ${source}`;
    const earlier = known.get(key);
    if (earlier === rate) {
      unchanged += 1;
      continue;
    }
    if (earlier !== undefined) {
      return refuseLine(
        "rate-changed",
        row.line,
        `${source} is recorded with ${earlier} for that day, not ${rate}`,
      );
    }
    known.set(key, rate);
    drafts.push({ type: "rate", stream: "funds", pub: { date, from, to, rate, source } });
  }
  return ok({ drafts, summary: { added: drafts.length, unchanged, waiting: 0, notes: [] } });
}

export type EventRefusal = LineRefusal<
  "column-missing" | "date-malformed" | "event-malformed" | "cell-missing"
>;

/** `events import`: columns `date, account, event, detail`; `frozen` and `released` are public facts about an account. */
export function decideEvents(
  state: FundsState,
  rows: readonly TableRow[],
  keyed: KeyedDigest,
): Result<Decided, EventRefusal> {
  const lacking = checkColumns(rows, ["date", "account", "event", "detail"]);
  if (lacking !== undefined) return lacking;
  const drafts: FundsDraft[] = [];
  const opened = new Set<string>();
  const seen = new Set<string>();
  for (const account of state.accounts.values()) {
    for (const { kind, date, detail } of account.events)
      seen.add(`${account.account} ${kind} ${date} ${detail}`);
  }
  let added = 0;
  let unchanged = 0;
  for (const row of rows) {
    const date = parseDay(cell(row, "date"));
    if (date === undefined)
      return refuseLine("date-malformed", row.line, "date must be a day such as 2025-06-09");
    const number = cell(row, "account");
    if (number === undefined) return refuseLine("cell-missing", row.line, "account must be filled in");
    const event = cell(row, "event");
    if (event !== "frozen" && event !== "released") {
      return refuseLine("event-malformed", row.line, "event must be frozen or released");
    }
    const detail = cell(row, "detail") ?? "";
    const account = accountId(keyed, number);
    const key = `${account} ${event} ${date} ${detail}`;
    if (seen.has(key)) {
      unchanged += 1;
      continue;
    }
    seen.add(key);
    if (!state.accounts.has(account) && !opened.has(account))
      drafts.push(accountDraft(account, { number, currency: null }));
    opened.add(account);
    drafts.push({ type: `account.${event}`, stream: "funds", pub: { account, date, detail } });
    added += 1;
  }
  return ok({ drafts, summary: { added, unchanged, waiting: 0, notes: [] } });
}

export function accountDraft(
  account: string,
  facts: {
    readonly number: string;
    readonly currency: string | null;
    readonly holder?: string;
    readonly published?: boolean;
  },
): FundsDraft {
  const hidden: JsonDraft = { number: normaliseAccount(facts.number) };
  if (facts.holder !== undefined) hidden["holder"] = facts.holder;
  const pub = { account, currency: facts.currency, published: facts.published === true };
  return { type: "account", stream: "funds", pub, hidden };
}

/** Before a statement is imported: its account, if the books do not know it or its currency yet. */
export function accountDrafts(
  state: FundsState,
  keyed: KeyedDigest,
  facts: {
    readonly number: string;
    readonly currency: string;
    readonly holder?: string;
    readonly published?: boolean;
  },
): { readonly id: string; readonly drafts: readonly FundsDraft[] } {
  const id = accountId(keyed, facts.number);
  const known = state.accounts.get(id);
  return { id, drafts: known !== undefined && known.currency !== null ? [] : [accountDraft(id, facts)] };
}
