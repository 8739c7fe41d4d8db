import type { StatementHead } from "#domain/funds/bank-line.ts";
import { normaliseAccount } from "#domain/funds/ids.ts";
import { accountId } from "#domain/funds/keyed.ts";
import { StatementPlanner } from "#domain/funds/plan-statement.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { detect } from "#statements/detect.ts";
import { readStatements, type StatementFile } from "#statements/read-statements.ts";
import type { Problem, ReadOptions, StatementHead as FileHead, StatementTotals } from "#statements/types.ts";
import { Failure, refused } from "../refusals/failure.ts";

import { byStatement } from "./statement-rows.ts";
import type { Session } from "../session.ts";

export type FileFacts = { readonly name: string; readonly size: number; readonly sha256: string };
export type OwnAccount = { readonly id: string; readonly number: string };

/** A statement of a file, read to its end: what it says of itself, whose it is, and its planner, which saw every row. */
export type ReadStatement = {
  readonly totals: StatementTotals;
  readonly problems: readonly Problem[];
  readonly own: OwnAccount;
  readonly file: FileFacts;
  /** Of the books as they are now: good for the first statement of its account only. */
  readonly planner: StatementPlanner;
};

/**
 * Some tables print sums and no currency. Without one a row could not be booked at all, so it is the one that the account is
 * known to hold, else the foundation's own; whoever imports sees it beside every sum and can name another.
 */
export async function withCurrency(
  session: Session,
  { file, options }: { readonly file: StatementFile; readonly options: ReadOptions },
): Promise<ReadOptions> {
  const detected = detect(file.source);
  const isTable = detected.ok && (detected.value === "csv" || detected.value === "xlsx");
  if (!isTable || options.currency !== undefined) return options;
  for (const event of await readStatements(file, options)) {
    if (event.kind !== "end") continue;
    const { sumCurrency, currency, account, transactions } = event.totals;
    if ((sumCurrency ?? currency) !== null || transactions === 0) continue;
    const { funds } = await session.books();
    const id = account === null ? "" : accountId(session.keyed, normaliseAccount(account));
    return { ...options, currency: funds.accounts.get(id)?.currency ?? funds.base };
  }
  return options;
}

/**
 * First reading of a file: is it a statement, whose, does it add up. Nothing is written; a file that cannot be read, or
 * that names no account, is refused here.
 */
export async function firstReading(
  session: Session,
  { file, options }: { readonly file: StatementFile; readonly options: ReadOptions },
  facts: FileFacts,
): Promise<ReadStatement[]> {
  const { words, progress } = session;
  const { funds } = await session.books();
  const accounts = new OwnAccounts(session, funds);
  const running = new Map<number, Running>();
  const ends: ReadStatement[] = [];
  let rows = 0;
  for (const event of await readStatements(file, options)) {
    if (event.kind === "refused") throw refused(event.refusal, { where: file.name });
    if (event.kind === "statement") {
      const { statement } = event;
      if (statement.account === null)
        throw new Failure("account-missing", words.statementNoAccount(file.name));
      const own = accounts.of(statement.account, statement.currency);
      running.set(statement.index, plan(session, funds, facts, statement, own));
    } else if (event.kind === "rows") {
      for (const [index, lines] of byStatement(event.rows)) running.get(index)?.planner.see(lines);
      progress.update(words.readingFile, (rows += event.rows.length), 0);
    } else {
      const { totals, problems } = event;
      const one = running.get(totals.index);
      if (one === undefined) throw new Error("bug: a statement ends that did not begin");
      one.fill(totals, problems);
      ends.push({ totals, problems, own: one.own, file: facts, planner: one.planner });
    }
  }
  return ends.toSorted((a, b) => a.totals.index - b.totals.index);
}

type Running = {
  readonly own: OwnAccount;
  readonly planner: StatementPlanner;
  /** What only the end of a statement tells: the planner reads its head when it is closed. */
  fill(totals: StatementTotals, problems: readonly Problem[]): void;
};

function plan(
  session: Session,
  state: FundsState,
  facts: FileFacts,
  from: FileHead,
  own: OwnAccount,
): Running {
  const head: { -readonly [member in keyof StatementHead]: StatementHead[member] } = {
    currency: from.currency ?? "",
    opening: from.opening?.minor ?? null,
    closing: null,
    from: from.from,
    to: from.to,
    problems: [],
  };
  const file = { ...facts, format: from.format, number: from.index };
  const planner = new StatementPlanner({ state, account: own, head, file, keyed: session.keyed });
  return {
    own,
    planner,
    fill(totals, problems) {
      head.currency = totals.sumCurrency ?? totals.currency ?? "";
      head.opening = totals.opening?.minor ?? null;
      head.closing = totals.closing?.minor ?? null;
      head.from = totals.from;
      head.to = totals.to;
      head.problems = problems;
    },
  };
}

/** The planner of a statement whose account has grown since the first reading: it sees the rows again. */
export function replan(session: Session, state: FundsState, one: ReadStatement): StatementPlanner {
  const running = plan(session, state, one.file, one.totals, one.own);
  running.fill(one.totals, one.problems);
  return running.planner;
}

/**
 * Whose a statement is. One number may hold several currencies: each is an account of its own, the first that the books
 * meet under the bare number, the others as "number/EUR".
 */
class OwnAccounts {
  readonly #session: Session;
  readonly #funds: FundsState;
  readonly #met = new Map<string, string>();

  constructor(session: Session, funds: FundsState) {
    this.#session = session;
    this.#funds = funds;
  }

  of(printed: string, currency: string | null): OwnAccount {
    const { keyed } = this.#session;
    const number = normaliseAccount(printed);
    const id = accountId(keyed, number);
    const first = this.#funds.accounts.get(id)?.currency ?? this.#met.get(id);
    if (first === undefined && currency !== null) this.#met.set(id, currency);
    if (first === undefined || currency === null || first === currency) return { number, id };
    const apart = `${number}/${currency}`;
    return { number: apart, id: accountId(keyed, apart) };
  }
}
