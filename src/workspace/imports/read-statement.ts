import { importStatus } from "#domain/funds/plan-statement.ts";
import { bankLines } from "#session/imports/bank-lines.ts";
import { Failure } from "#session/refusals/failure.ts";
import { firstReading, withCurrency, type ReadStatement } from "#session/imports/first-reading.ts";
import { fileFacts } from "#session/imports/import-file.ts";
import { remainsOf } from "#session/imports/import-remains.ts";
import type { Session } from "#session/session.ts";
import { readStatements, type StatementFile } from "#statements/read-statements.ts";
import { tableSample } from "#statements/table-sample.ts";
import type { FileReading, ReadingOptions, SampleRow, StatementReading, TableSample } from "./reading.ts";

/** Rows that a person looks at to see whether dates and signs are right. */
const sampleRows = 8;

/** Reads a bank file to its end and compares it with the record. Nothing is written. */
export async function readStatementFile(
  session: Session,
  file: StatementFile,
  given: ReadingOptions,
): Promise<FileReading> {
  const columns = await columnsOf(file);
  try {
    const options = await withCurrency(session, { file, options: given });
    const read = await firstReading(session, { file, options }, fileFacts(file));
    if (read.length === 0) {
      const refusal = { code: "no-statement", message: "there is no statement in this file" };
      return { kind: "refused", refusal, ...columns };
    }
    const samples = await samplesOf(file, options);
    const statements: StatementReading[] = [];
    for (const one of read) {
      const isFirst = read.find(({ own }) => own.id === one.own.id) === one;
      const reading = await compare(session, one, samples.get(one.totals.index) ?? [], isFirst);
      statements.push({ ...reading, isCurrencyTaken: options.currency !== undefined });
    }
    return { kind: "statement", statements, ...columns };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message, details } = error;
    const refusal = error.refusal ?? { code, message, ...details };
    return { kind: "refused", refusal: { ...refusal, message: refusal.message }, ...columns };
  } finally {
    session.progress.end();
  }
}

async function compare(
  session: Session,
  { totals, own, file, problems, planner }: ReadStatement,
  sample: readonly SampleRow[],
  isFirst: boolean,
): Promise<Omit<StatementReading, "isCurrencyTaken">> {
  const { funds } = await session.books();
  const remains = await remainsOf(session, file.sha256);
  const reading = {
    begun: remains.reduce((sum, { account, rows }) => sum + (account === own.number ? rows : 0), 0),
    number: totals.index,
    format: totals.format,
    account: own.number,
    currency: totals.sumCurrency ?? totals.currency,
    from: totals.from,
    to: totals.to,
    rows: totals.transactions,
    opening: totals.opening?.minor ?? null,
    closing: totals.closing?.minor ?? null,
    credits: totals.credits,
    debits: totals.debits,
    addsUp: totals.balancesReconcile,
    sample,
  };
  const standing = importStatus(funds, { sha256: file.sha256, number: totals.index });
  if (standing !== "new") return { ...reading, problems, standing, known: null };
  // A later statement of the same account is compared only after the earlier one of this file stands in the record.
  if (!isFirst) return { ...reading, problems, standing, known: null };
  // As if accepted: the plan is thrown away, and says every problem there is.
  const plan = await planner.close(bankLines(session), { by: "-", why: "-" });
  if (!plan.ok) return { ...reading, problems, standing: "blocked", known: null };
  const { known, problems: all } = plan.value.summary;
  return { ...reading, problems: all, standing, known };
}

async function samplesOf(file: StatementFile, options: ReadingOptions): Promise<Map<number, SampleRow[]>> {
  const samples = new Map<number, SampleRow[]>();
  for (const event of await readStatements(file, options)) {
    if (event.kind !== "rows") continue;
    for (const row of event.rows) {
      const rows = samples.get(row.statement) ?? [];
      samples.set(row.statement, rows);
      if (rows.length >= sampleRows) continue;
      const { line, date, direction, minor, currency } = row;
      const party = row.counterparty?.name ?? null;
      rows.push({ line, date, direction, minor, currency, party, memo: row.memo ?? null });
    }
    // Statements after the first thousands of rows show no sample; reading on would cost as much as an import.
    if ([...samples.values()].every((rows) => rows.length >= sampleRows)) break;
  }
  return samples;
}

async function columnsOf({ source }: StatementFile): Promise<{ columns?: TableSample }> {
  const rows = await tableSample(source);
  if (rows === undefined || rows.length === 0) return {};
  return { columns: { rows, width: Math.max(...rows.map((row) => row.length)) } };
}
