import { importStatus } from "#domain/funds/plan-statement.ts";
import { toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import type { ReadOptions } from "#statements/types.ts";
import { columnMap } from "../column-map.ts";
import type { Call } from "../commands.ts";
import { Failure } from "../failure.ts";
import { openFile, type OpenFile } from "../files.ts";
import { firstReading, type ReadStatement } from "../session/first-reading.ts";
import {
  discrepancies,
  finishImport,
  importStatements,
  type ImportedStatement,
  type StatementImport,
} from "../session/import-statement.ts";
import { openSession } from "../session/open-session.ts";
import { recordFollowUps, reportFollowUps } from "../session/record-decided.ts";
import type { Session } from "../session/session.ts";
import { print, printJson } from "../terminal.ts";

/**
 * Puts a bank file on the record: every row signed and sealed, each counted once, each credit attributed, each debit
 * matched as far as that is certain. What does not add up is refused before anything is written.
 */
export async function run(call: Call): Promise<void> {
  const { args, words } = call;
  const path = args.positionals[0] ?? "";
  const file = openFile(path, words);
  try {
    const map = columnMap(args.text("map"), words);
    const account = args.text("account");
    const options: ReadOptions = {
      ...(map !== undefined && { map }),
      ...(account !== undefined && { account }),
    };
    const accepted = readAcceptance(args.text("accept-discrepancy"), call);
    await using session = await openSession(call, "write");
    const facts = { name: file.name, size: file.source.size, sha256: hashOf(file) };
    const statements = await firstReading(session, { file, options }, facts);
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
        imported.push(...(await importStatements(session, { file, options }, tasks)));
      } catch (error) {
        // Only what an earlier statement of the same account added can show that a later one contradicts it.
        if (error instanceof Failure && imported.some((one) => one.status !== "done"))
          report(call, file.name, imported);
        throw error;
      }
    }
    const followUps = await recordFollowUps(session);
    await session.saveBooks();
    session.progress.end();
    report(call, file.name, imported);
    reportFollowUps(call, followUps);
  } finally {
    file.close();
  }
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

function hashOf({ source }: OpenFile): string {
  const stream = sha256Stream();
  const slice = 4 * 1024 * 1024;
  for (let at = 0; at < source.size; at += slice)
    stream.update(source.read(at, Math.min(at + slice, source.size)));
  return toHex(stream.digest());
}

/** `--accept-discrepancy "who: why"`: a named person's word, which goes on the record. */
function readAcceptance(text: string | undefined, { words }: Call): { by: string; why: string } | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(":");
  const by = text.slice(0, colon).trim();
  const why = text.slice(colon + 1).trim();
  if (colon < 1 || by === "" || why === "")
    throw new Failure("acceptance-malformed", words.acceptanceMalformed);
  return { by, why };
}

function report({ args, words }: Call, file: string, imported: readonly ImportedStatement[]): void {
  if (args.has("json")) {
    printJson(imported.map((one) => ({ file, ...one })));
    return;
  }
  if (imported.length === 0) print(words.statementNone(file));
  for (const one of imported) {
    if (one.status === "done") {
      print(words.statementKnown(file));
      continue;
    }
    if (one.status === "resumed") print(words.statementResumed(file));
    print(words.statementImported(file, one.account, one.lines, one.fresh));
    if (one.credits !== null)
      print(words.attributed(one.credits.appeals, one.credits.general, one.credits.unknown));
  }
}
