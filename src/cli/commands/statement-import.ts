import { normaliseAccount } from "#domain/funds/ids.ts";
import { accountId } from "#domain/funds/keyed.ts";
import { importStatus } from "#domain/funds/plan-statement.ts";
import { toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import { readStatements } from "#statements/read-statements.ts";
import type { ReadOptions, StatementTotals, Problem } from "#statements/types.ts";
import type { Call } from "../commands.ts";
import { columnMap } from "../column-map.ts";
import { Failure } from "../failure.ts";
import { openFile, type OpenFile } from "../files.ts";
import { openSession } from "../session/open-session.ts";
import { finishImport, importStatement, type ImportedStatement } from "../session/import-statement.ts";
import { reportFollowUps, recordFollowUps } from "../session/record-decided.ts";
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
    const map = columnMap(args.text("map"));
    const account = args.text("account");
    const options: ReadOptions = { ...(map !== undefined && { map }), ...(account !== undefined && { account }) };
    const accepted = readAcceptance(args.text("accept-discrepancy"), call);
    const statements = await readTotals(file, path, options, call);
    await using session = await openSession(call, "write");
    const sha256 = hashOf(file);
    const imported: ImportedStatement[] = [];
    for (const { totals, problems } of statements) {
      const { funds } = await session.books();
      const number = totals.index;
      const status = importStatus(funds, { sha256, number });
      if (status === "done") {
        imported.push({ status, account: totals.account ?? "", lines: totals.transactions, fresh: 0, credits: null });
        continue;
      }
      if (totals.account === null) throw new Failure("account-missing", words.statementNoAccount(file.name));
      const own = { number: normaliseAccount(totals.account), id: "" };
      own.id = accountId(session.keyed, own.number);
      if (status === "unfinished") imported.push(await finishImport(session, own, totals));
      else imported.push(await importStatement(session, { file, sha256, options, totals, problems, own, accepted }));
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

/** First reading: is it a statement, and what does each of them say of itself? */
async function readTotals(file: OpenFile, path: string, options: ReadOptions, { words }: Call) {
  const ends: { totals: StatementTotals; problems: readonly Problem[] }[] = [];
  for (const event of await readStatements(file, options)) {
    if (event.kind === "end") ends.push({ totals: event.totals, problems: event.problems });
    if (event.kind !== "refused") continue;
    const { code, message, line } = event.refusal;
    throw new Failure(code, `${path}: ${words.line(line)}${message}`, { details: { line } });
  }
  return ends.toSorted((a, b) => a.totals.index - b.totals.index);
}

function hashOf({ source }: OpenFile): string {
  const stream = sha256Stream();
  const slice = 4 * 1024 * 1024;
  for (let at = 0; at < source.size; at += slice) stream.update(source.read(at, Math.min(at + slice, source.size)));
  return toHex(stream.digest());
}

/** `--accept-discrepancy "who: why"`: a named person's word, which goes on the record. */
function readAcceptance(text: string | undefined, { words }: Call): { by: string; why: string } | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(":");
  const by = text.slice(0, colon).trim();
  const why = text.slice(colon + 1).trim();
  if (colon < 1 || by === "" || why === "") throw new Failure("acceptance-malformed", words.acceptanceMalformed);
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
    if (one.credits !== null) print(words.attributed(one.credits.appeals, one.credits.general, one.credits.unknown));
  }
}
