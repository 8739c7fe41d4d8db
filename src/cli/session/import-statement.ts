import { Attributor, hashText, type PlacedLine } from "#domain/funds/attribute.ts";
import { accountDraft } from "#domain/funds/decide-registers.ts";
import type { BankLine, StatementHead } from "#domain/funds/bank-line.ts";
import { StatementPlanner, unfinishedParts, type StatementPlan } from "#domain/funds/plan-statement.ts";
import { parseFact } from "#domain/funds/parse-entries.ts";
import { fromBase64Url } from "#record/bytes.ts";
import { readStatements } from "#statements/read-statements.ts";
import type { BankRow, Problem, ReadOptions, StatementTotals } from "#statements/types.ts";
import { Failure } from "../failure.ts";
import type { OpenFile } from "../files.ts";
import { bankLines } from "./bank-lines.ts";
import { toFundsEntry } from "./funds-entry.ts";
import type { Session } from "./session.ts";

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

export type StatementImport = {
  readonly file: OpenFile;
  readonly sha256: string;
  readonly options: ReadOptions;
  readonly totals: StatementTotals;
  readonly problems: readonly Problem[];
  readonly own: { readonly id: string; readonly number: string };
  readonly accepted: { readonly by: string; readonly why: string } | undefined;
};

/**
 * One statement of a file into the record, in three readings of its rows, so that a million of them never stand in
 * memory: what is in it (planner), its parts (signed, sealed, durable), and after the manifest where each row counts.
 */
export async function importStatement(session: Session, task: StatementImport): Promise<ImportedStatement> {
  const { words, progress } = session;
  const { totals, own } = task;
  const { funds } = await session.books();
  const planner = new StatementPlanner({
    state: funds,
    account: own,
    head: headOf(task),
    file: {
      sha256: task.sha256,
      name: task.file.name,
      size: task.file.source.size,
      format: totals.format,
      number: totals.index,
    },
    keyed: session.keyed,
  });
  let seen = 0;
  for await (const rows of rowsOf(task)) {
    planner.see(rows);
    progress.update(words.readingFile, (seen += rows.length), totals.transactions);
  }
  const planned = await planner.close(bankLines(session), task.accepted);
  if (!planned.ok) throw importFailure(session, planned.refusal);
  const plan = planned.value;

  await recordAccount(session, task);
  const { parts, isResumed } = await recordParts(session, task, plan);
  await session.append([plan.manifestDraft(parts)]);
  const credits = await recordAttributions(session, task, plan.restart(), parts);
  const { lines, known } = plan.summary;
  return { status: isResumed ? "resumed" : "new", account: own.number, lines, fresh: lines - known, credits };
}

function importFailure({ words }: Session, refusal: { code: string; message: string; problems?: readonly Problem[] }): Failure {
  if (refusal.problems === undefined) return new Failure(refusal.code, refusal.message);
  const list = refusal.problems.slice(0, 20).map((one) => `  ! ${words.line(one.line)}${one.message} [${one.code}]`);
  const message = [words.statementProblems(refusal.problems.length), ...list].join("\n");
  return new Failure(refusal.code, message, { details: { problems: refusal.problems } });
}

/** The account's own entry, before its first statement: the number hidden, the id keyed. */
async function recordAccount(session: Session, { own, totals }: StatementImport): Promise<void> {
  const { funds } = await session.books();
  const known = funds.accounts.get(own.id);
  if (known !== undefined && known.currency !== null) return;
  const currency = totals.sumCurrency ?? totals.currency;
  await session.append([accountDraft(own.id, { number: own.number, currency })]);
}

/** Second reading. Parts that an interrupted run of the same import left behind are taken as they are. */
async function recordParts(session: Session, task: StatementImport, plan: StatementPlan) {
  const { words, progress } = session;
  const { funds } = await session.books();
  const found = new Map<number, string>();
  for (const [hash, part] of funds.pending) if (part.import === plan.import) found.set(part.part, hash);
  const parts: string[] = [];
  let drafts: { part: number; draft: ReturnType<StatementPlan["linesDraft"]> }[] = [];
  let done = 0;
  const commit = async () => {
    const issued = await session.append(drafts.map(({ draft }) => draft));
    for (const [i, { part }] of drafts.entries()) parts[part] = hashText(issued[i]?.hash ?? new Uint8Array());
    drafts = [];
  };
  let part = 0;
  for await (const rows of inParts(rowsOf(task))) {
    const draft = plan.linesDraft(plan.place(rows));
    const known = found.get(part);
    if (known === undefined) drafts.push({ part, draft });
    else parts[part] = known;
    part += 1;
    if (drafts.length >= partsPerCommit) await commit();
    progress.update(words.recordingLines, (done += rows.length), task.totals.transactions);
  }
  await commit();
  return { parts, isResumed: found.size > 0 };
}

/** Third reading, after the manifest: where each row counts, and why. */
async function recordAttributions(session: Session, task: StatementImport, plan: StatementPlan, parts: readonly string[]) {
  const { words, progress } = session;
  const counter = new CreditCounter();
  let part = 0;
  let done = 0;
  let drafts: NonNullable<ReturnType<StatementPlan["attributionDraft"]>>[] = [];
  for await (const rows of inParts(rowsOf(task))) {
    const draft = plan.attributionDraft(parts[part++] ?? "", plan.place(rows));
    if (draft !== undefined) {
      counter.see(draft);
      drafts.push(draft);
    }
    if (drafts.length >= partsPerCommit) {
      await session.append(drafts);
      drafts = [];
    }
    progress.update(words.attributing, (done += rows.length), task.totals.transactions);
  }
  await session.append(drafts);
  return counter.credits;
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
  return { status: "resumed", account: own.number, lines: totals.transactions, fresh: first, credits: counter.credits };
}

async function recordedLines(session: Session, part: string, firstOrdinal: number): Promise<PlacedLine[]> {
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

  see(draft: { items?: readonly { readonly open: Readonly<Record<string, unknown>>; readonly hidden?: Readonly<Record<string, unknown>> }[] }): void {
    for (const { open, hidden } of draft.items ?? []) {
      const gift = hidden?.["gift"];
      const isCredit = typeof gift === "object" && gift !== null && "direction" in gift && gift.direction === "credit";
      const to = Array.isArray(open["to"]) ? String(open["to"][0]) : "";
      if (!isCredit) continue;
      if (to === "general") this.credits.general += 1;
      else if (to === "unknown") this.credits.unknown += 1;
      else if (to !== "own-transfer" && to !== "unreadable") this.credits.appeals += 1;
    }
  }
}

function headOf({ totals, problems }: StatementImport): StatementHead {
  return {
    currency: totals.sumCurrency ?? totals.currency ?? "",
    opening: totals.opening?.minor ?? null,
    closing: totals.closing?.minor ?? null,
    from: totals.from,
    to: totals.to,
    problems,
  };
}

async function* rowsOf({ file, options, totals }: StatementImport): AsyncGenerator<BankLine[]> {
  for (const event of await readStatements(file, options)) {
    if (event.kind !== "rows") continue;
    const rows = event.rows.filter((row) => row.statement === totals.index).map(toBankLine);
    if (rows.length > 0) yield rows;
  }
}

function toBankLine(row: BankRow): BankLine {
  return {
    row: row.line ?? row.row,
    date: row.date === "" ? null : row.date,
    direction: row.direction,
    minor: row.minor,
    currency: row.currency,
    reference: row.reference,
    counterparty: row.counterparty,
    memo: row.memo,
  };
}

/** The same rows in groups of exactly {@link rowsPerPart}, the last one shorter: each run cuts a file alike. */
async function* inParts(batches: AsyncIterable<BankLine[]>): AsyncGenerator<BankLine[]> {
  let part: BankLine[] = [];
  for await (const rows of batches) {
    for (const row of rows) {
      part.push(row);
      if (part.length < rowsPerPart) continue;
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}
