import { importStatus } from "#domain/funds/plan-statement.ts";
import type { FundsDraft } from "#domain/funds/entries.ts";
import { toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import type { StatementFile } from "#statements/read-statements.ts";
import type { ReadOptions } from "#statements/types.ts";
import { Failure } from "../refusals/failure.ts";
import { firstReading, withCurrency, type FileFacts, type ReadStatement } from "./first-reading.ts";
import { recordFollowUps } from "../books/follow-ups.ts";
import {
  discrepancies,
  finishImport,
  importStatements,
  type ImportedStatement,
  type StatementImport,
} from "./import-statement.ts";
import type { Session } from "../session.ts";

/** A named person's word that what does not add up is imported all the same; it goes on the record. */
export type Acceptance = { readonly by: string; readonly why: string };

export type FileImport = {
  readonly statements: readonly ImportedStatement[];
  /** Refunds found, debits explained, cover given or repaid: what followed of itself. */
  readonly followUps: readonly FundsDraft[];
};

/**
 * Puts a bank file on the record: every row signed and sealed, each counted once, each credit attributed, each debit
 * matched as far as that is certain. What does not add up is refused before anything is written. Run again, it adds
 * nothing; after a crash it completes what was begun.
 *
 * `onPartial` is told what stands when a later statement of the file is refused.
 */
export async function importFile(
  session: Session,
  given: { readonly file: StatementFile; readonly options: ReadOptions },
  accepted: Acceptance | undefined,
  onPartial: (imported: readonly ImportedStatement[]) => void = () => {},
): Promise<FileImport> {
  const { file } = given;
  const source = { file, options: await withCurrency(session, given) };
  const facts = fileFacts(file);
  const statements = await firstReading(session, source, facts);
  if (accepted === undefined) refuseProblems(session, await newStatements(session, statements));
  const imported: ImportedStatement[] = [];
  for (const wave of wavesOf(statements)) {
    const { funds } = await session.books();
    const tasks: StatementImport[] = [];
    for (const one of wave) {
      const { transactions: lines, index: number } = one.totals;
      const status = importStatus(funds, { sha256: facts.sha256, number });
      if (status === "new") tasks.push({ ...one, accepted });
      else if (status === "unfinished") imported.push(await finishImport(session, one.own, one.totals));
      else imported.push({ status, account: one.own.number, lines, fresh: 0, credits: null });
    }
    if (tasks.length === 0) continue;
    try {
      imported.push(...(await importStatements(session, source, tasks)));
    } catch (error) {
      // Only what an earlier statement of the same account added can show that a later one contradicts it.
      if (error instanceof Failure && imported.some((one) => one.status !== "done")) onPartial(imported);
      throw error;
    }
  }
  const followUps = await recordFollowUps(session);
  await session.saveBooks();
  session.progress.end();
  return { statements: imported, followUps };
}

/** Statements of the file that the books do not hold yet. */
async function newStatements(
  session: Session,
  statements: readonly ReadStatement[],
): Promise<ReadStatement[]> {
  const { funds } = await session.books();
  return statements.filter(
    ({ file, totals }) => importStatus(funds, { sha256: file.sha256, number: totals.index }) === "new",
  );
}

/** All or nothing: what one statement of a file has wrong is said before another of them is recorded. */
function refuseProblems(session: Session, statements: readonly ReadStatement[]): void {
  const problems = statements.flatMap((one) => one.problems);
  if (problems.length > 0)
    throw discrepancies(session, { code: "discrepancy-not-accepted", message: "", problems });
}

/** Statements that may be imported together: of one account only one at a time, in the order of the file. */
function wavesOf(statements: readonly ReadStatement[]): ReadStatement[][] {
  const waves: ReadStatement[][] = [];
  const seen = new Map<string, number>();
  for (const one of statements) {
    const wave = seen.get(one.own.id) ?? 0;
    seen.set(one.own.id, wave + 1);
    (waves[wave] ??= []).push(one);
  }
  return waves;
}

/** What a file is known by in the record. */
export function fileFacts(file: StatementFile): FileFacts {
  return { name: file.name, size: file.source.size, sha256: hashOf(file) };
}

function hashOf({ source }: StatementFile): string {
  const stream = sha256Stream();
  const slice = 4 * 1024 * 1024;
  for (let at = 0; at < source.size; at += slice)
    stream.update(source.read(at, Math.min(at + slice, source.size)));
  return toHex(stream.digest());
}
