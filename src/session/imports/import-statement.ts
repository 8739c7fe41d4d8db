import { Attributor, hashText, type PlacedLine } from "#domain/funds/attribute.ts";
import { accountDraft } from "#domain/funds/decide-registers.ts";
import type { BankLine } from "#domain/funds/bank-line.ts";
import { unfinishedParts, type StatementPlan } from "#domain/funds/plan-statement.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { parseFact } from "#domain/funds/parse-entries.ts";
import { fromBase64Url } from "#record/bytes.ts";
import { readStatements, type StatementFile } from "#statements/read-statements.ts";
import type { Problem, ReadOptions, StatementTotals } from "#statements/types.ts";
import { Failure, refused } from "../refusals/failure.ts";
import { problemText } from "../refusals/refusals.ts";

import { bankLines } from "./bank-lines.ts";
import type { Appender } from "../appender.ts";
import { replan, type ReadStatement } from "./first-reading.ts";
import { toFundsEntry } from "../books/funds-entry.ts";
import type { Draft } from "../issuing.ts";
import type { Session } from "../session.ts";
import { byStatement } from "./statement-rows.ts";

/** Rows in one entry: see docs/decisions/0002. */
const rowsPerPart = 1024;
/** Parts in one durable commit: enough to share an fsync, few enough that a kill loses little work. */
const partsPerCommit = 8;

export type ImportedStatement = {
  readonly status: "new" | "resumed" | "done";
  readonly account: string;
  readonly lines: number;
  /** Rows that no earlier statement showed. */
  readonly fresh: number;
  readonly credits: { readonly appeals: number; readonly general: number; readonly unknown: number } | null;
};

export type StatementImport = ReadStatement & {
  readonly accepted: { readonly by: string; readonly why: string } | undefined;
};

/**
 * Statements of a file into the record, in three readings of its rows, so that a million of them never stand in memory:
 * what is in them (`firstReading`), their parts (signed, sealed, durable), and after the manifests where each row counts.
 * All statements go through each reading together; they must be of different accounts, because what a later statement
 * of an account adds depends on the earlier.
 */
export async function importStatements(
  session: Session,
  source: { readonly file: StatementFile; readonly options: ReadOptions },
  tasks: readonly StatementImport[],
): Promise<ImportedStatement[]> {
  const { words } = session;
  const lines = bankLines(session);
  const { funds } = await session.books();
  const later = tasks.filter(({ own }) =>
    funds.statements.some((one) => one.account === own.id && one.file?.sha256 === tasks[0]?.file.sha256),
  );
  const planners = new Map(tasks.map((task) => [task.totals.index, task.planner]));
  for (const task of later) planners.set(task.totals.index, replan(session, funds, task));
  if (later.length > 0)
    await eachRow(session, source, later, words.readingFile, (index, rows) => planners.get(index)?.see(rows));
  const plans: { task: StatementImport; plan: StatementPlan }[] = [];
  for (const task of tasks) {
    const planned = await planners.get(task.totals.index)?.close(lines, task.accepted);
    if (planned?.ok !== true) throw importFailure(session, planned?.refusal);
    plans.push({ task, plan: planned.value });
  }
  for (const { task } of plans) await recordAccount(session, task);
  const rows = tasks.reduce((sum, { totals }) => sum + totals.transactions, 0);
  const appender =
    (rows < rowsWorthAThread ? undefined : await session.bulkAppender()) ?? inlineAppender(session);
  try {
    const running = plans.map(({ task, plan }) => new RunningImport(appender, task, plan, funds));
    await eachPart(session, source, running, words.recordingLines, (one, part) => one.recordPart(part));
    for (const one of running) await one.recordManifest();
    await eachPart(session, source, running, words.attributing, (one, part) => one.attributePart(part));
    for (const one of running) await one.finish();
    await appender.flush();
    return running.map((one) => one.result());
  } finally {
    await appender.end();
  }
}

/** Below this many rows a second thread would still be starting when the first is done. */
const rowsWorthAThread = 20_000;

function inlineAppender(session: Session): Appender {
  return {
    async push(drafts, onDurable) {
      const hashes = await session.append(drafts);
      onDurable?.(hashes);
    },
    flush: async () => {},
    end: async () => {},
  };
}

/** The account's own entry comes before its first statement. */
async function recordAccount(session: Session, { own, totals }: StatementImport): Promise<void> {
  const { funds } = await session.books();
  const known = funds.accounts.get(own.id);
  if (known !== undefined && known.currency !== null) return;
  const currency = totals.sumCurrency ?? totals.currency;
  await session.append([accountDraft(own.id, { number: own.number, currency })]);
}

/** One statement between its plan and its last attribution. */
class RunningImport {
  readonly task: StatementImport;
  readonly #appender: Appender;
  readonly #counter = new CreditCounter();
  readonly #parts: string[] = [];
  /** Parts that a killed run left behind: they are taken as they are. */
  readonly #found = new Map<number, string>();
  #plan: StatementPlan;
  #next = 0;
  #waiting: { part: number; draft: Draft }[] = [];

  constructor(appender: Appender, task: StatementImport, plan: StatementPlan, funds: FundsState) {
    this.#appender = appender;
    this.task = task;
    this.#plan = plan;
    for (const [hash, part] of funds.pending)
      if (part.import === plan.import) this.#found.set(part.part, hash);
  }

  async recordPart(rows: readonly BankLine[]): Promise<void> {
    const part = this.#next++;
    const draft = this.#plan.linesDraft(this.#plan.place(rows));
    const known = this.#found.get(part);
    if (known === undefined) this.#waiting.push({ part, draft });
    else this.#parts[part] = known;
    if (this.#waiting.length >= partsPerCommit) await this.#push();
  }

  async #push(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    await this.#appender.push(
      batch.map(({ draft }) => draft),
      (hashes) => {
        for (const [i, hash] of hashes.entries()) this.#parts[batch[i]?.part ?? -1] = hashText(hash);
      },
    );
  }

  async recordManifest(): Promise<void> {
    await this.#push();
    // The manifest names the parts, and counts only what is durable.
    await this.#appender.flush();
    await this.#appender.push([this.#plan.manifestDraft(this.#parts)]);
    await this.#appender.flush();
    this.#plan = this.#plan.restart();
    this.#next = 0;
  }

  async attributePart(rows: readonly BankLine[]): Promise<void> {
    const part = this.#next++;
    const draft = this.#plan.attributionDraft(this.#parts[part] ?? "", this.#plan.place(rows));
    if (draft === undefined) return;
    this.#counter.see(draft);
    this.#waiting.push({ part, draft });
    if (this.#waiting.length >= partsPerCommit) await this.finish();
  }

  async finish(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length > 0) await this.#appender.push(batch.map(({ draft }) => draft));
  }

  result(): ImportedStatement {
    const { lines, known } = this.#plan.summary;
    return {
      status: this.#found.size > 0 ? "resumed" : "new",
      account: this.task.own.number,
      lines,
      fresh: lines - known,
      credits: this.#counter.credits,
    };
  }
}

function importFailure(
  session: Session,
  refusal: { code: string; message: string; problems?: readonly Problem[] } | undefined,
): Failure {
  if (refusal?.problems === undefined) return refused(refusal ?? { code: "bug", message: "" });
  return discrepancies(session, { ...refusal, problems: refusal.problems });
}

/** Every problem of a file with its line, and how to import it in spite of them. */
export function discrepancies(
  { words }: Session,
  refusal: { code: string; message: string; problems: readonly Problem[] },
): Failure {
  const list = refusal.problems.slice(0, 20).map((one) => `  ! ${problemText(one, words)} [${one.code}]`);
  const message = [words.statementProblems(refusal.problems.length), ...list].join("\n");
  return new Failure(refusal.code, message, { details: { problems: refusal.problems } });
}

/**
 * Completes an import whose manifest landed before the program was stopped: attributes the parts that no attribution
 * names yet, from the rows as they were recorded.
 */
export async function finishImport(
  session: Session,
  own: { readonly id: string; readonly number: string },
  totals: StatementTotals,
): Promise<ImportedStatement> {
  const { funds } = await session.books();
  const attributor = new Attributor(funds, own, session.keyed);
  const parts = unfinishedParts(funds, own.id);
  const counter = new CreditCounter();
  let first = 0;
  const starts: number[] = [];
  for (const hash of parts) {
    const lines = await recordedLines(session, hash, first);
    starts.push(first);
    first += lines.length;
    for (const line of lines) attributor.see(line);
  }
  await attributor.close(bankLines(session));
  for (const [i, hash] of parts.entries()) {
    const draft = attributor.draft(hash, await recordedLines(session, hash, starts[i] ?? 0));
    if (draft === undefined) continue;
    counter.see(draft);
    await session.append([draft]);
  }
  return {
    status: "resumed",
    account: own.number,
    lines: totals.transactions,
    fresh: first,
    credits: counter.credits,
  };
}

/** The rows of a part as they were recorded. `firstOrdinal`: the place of its first row among those of the statement. */
export async function recordedLines(
  session: Session,
  part: string,
  firstOrdinal: number,
): Promise<PlacedLine[]> {
  const stored = await session.store.entryByHash(fromBase64Url(part) ?? new Uint8Array());
  if (stored === undefined) throw new Error(`bug: part ${part} is pending but not in the log`);
  const { opened } = await session.open(stored);
  const fact = parseFact(toFundsEntry(opened));
  if (fact?.ok !== true || fact.value.type !== "statement.lines")
    throw new Failure("record-damaged", `entry ${stored.index}: not a part of a statement`, { exitCode: 1 });
  return fact.value.lines.items.map((item, i) => {
    if (item === undefined) throw new Failure("not-in-room", session.words.notInRoom("finance"));
    return { ...item, ordinal: firstOrdinal + i };
  });
}

class CreditCounter {
  readonly credits = { appeals: 0, general: 0, unknown: 0 };

  see(draft: {
    items?: readonly {
      readonly open: Readonly<Record<string, unknown>>;
      readonly hidden?: Readonly<Record<string, unknown>>;
    }[];
  }): void {
    for (const { open, hidden } of draft.items ?? []) {
      const gift = hidden?.["gift"];
      const isCredit =
        typeof gift === "object" && gift !== null && "direction" in gift && gift.direction === "credit";
      const to = Array.isArray(open["to"]) ? String(open["to"][0]) : "";
      if (!isCredit) continue;
      if (to === "general") this.credits.general += 1;
      else if (to === "unknown") this.credits.unknown += 1;
      else if (to !== "own-transfer" && to !== "unreadable") this.credits.appeals += 1;
    }
  }
}

type Source = { readonly file: StatementFile; readonly options: ReadOptions };

/** One reading of the file: its rows, statement by statement, in batches. */
async function eachRow(
  session: Session,
  { file, options }: Source,
  tasks: readonly StatementImport[],
  what: string,
  take: (index: number, rows: readonly BankLine[]) => void | Promise<void>,
): Promise<void> {
  const total = tasks.reduce((sum, { totals }) => sum + totals.transactions, 0);
  const wanted = new Set(tasks.map(({ totals }) => totals.index));
  let done = 0;
  for (const event of await readStatements(file, options)) {
    if (event.kind !== "rows") continue;
    for (const [index, rows] of byStatement(event.rows)) {
      if (!wanted.has(index)) continue;
      await take(index, rows);
      session.progress.update(what, (done += rows.length), total);
    }
  }
}

/** As {@link eachRow}, in groups of exactly {@link rowsPerPart} rows of one statement: each run cuts a file alike. */
async function eachPart(
  session: Session,
  source: Source,
  running: readonly RunningImport[],
  what: string,
  take: (one: RunningImport, rows: readonly BankLine[]) => Promise<void>,
): Promise<void> {
  const open = new Map(running.map((one) => [one.task.totals.index, { one, rows: [] as BankLine[] }]));
  const tasks = running.map(({ task }) => task);
  await eachRow(session, source, tasks, what, async (index, rows) => {
    const part = open.get(index);
    if (part === undefined) return;
    for (const row of rows) {
      part.rows.push(row);
      if (part.rows.length < rowsPerPart) continue;
      const full = part.rows;
      part.rows = [];
      await take(part.one, full);
    }
  });
  for (const { one, rows } of open.values()) if (rows.length > 0) await take(one, rows);
}
