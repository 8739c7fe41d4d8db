import { normaliseAccount } from "#domain/funds/ids.ts";
import { accountId } from "#domain/funds/keyed.ts";
import { importStatus } from "#domain/funds/plan-statement.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import { readStatements } from "#statements/read-statements.ts";
import type { ReadOptions, StatementTotals, Problem } from "#statements/types.ts";
import type { Call } from "../commands.ts";
import { columnMap } from "../column-map.ts";
import { Failure } from "../failure.ts";
import { openFile, type OpenFile } from "../files.ts";
import { openSession } from "../session/open-session.ts";
import {
  finishImport,
  importStatements,
  type ImportedStatement,
  type StatementImport,
} from "../session/import-statement.ts";
import type { Session } from "../session/session.ts";
import { recordFollowUps, reportFollowUps } from "../session/record-decided.ts";
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
    const options: ReadOptions = {
      ...(map !== undefined && { map }),
      ...(account !== undefined && { account }),
    };
    const accepted = readAcceptance(args.text("accept-discrepancy"), call);
    const statements = await readTotals(file, path, options, call);
    await using session = await openSession(call, "write");
    const sha256 = hashOf(file);
    const facts = { name: file.name, size: file.source.size, sha256 };
    const imported: ImportedStatement[] = [];
    const met = new Map<string, string>();
    for (const wave of wavesOf(statements, file.name, call)) {
      const { funds } = await session.books();
      const tasks: StatementImport[] = [];
      for (const { totals, problems } of wave) {
        const own = ownAccount(session, funds, totals, met);
        const status = importStatus(funds, { sha256, number: totals.index });
        const { transactions: lines } = totals;
        if (status === "new") tasks.push({ file: facts, totals, problems, own, accepted });
        else if (status === "unfinished") imported.push(await finishImport(session, own, totals));
        else imported.push({ status, account: own.number, lines, fresh: 0, credits: null });
      }
      if (tasks.length > 0) imported.push(...(await importStatements(session, { file, options }, tasks)));
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

type ReadStatement = { readonly totals: StatementTotals; readonly problems: readonly Problem[] };

/** Statements that may be imported together: of one account only one at a time, in the order of the file. */
function wavesOf(statements: readonly ReadStatement[], file: string, { words }: Call): ReadStatement[][] {
  const waves: ReadStatement[][] = [];
  const seen = new Map<string, number>();
  for (const one of statements) {
    if (one.totals.account === null) throw new Failure("account-missing", words.statementNoAccount(file));
    const account = `${normaliseAccount(one.totals.account)} ${one.totals.sumCurrency ?? ""}`;
    const wave = seen.get(account) ?? 0;
    seen.set(account, wave + 1);
    (waves[wave] ??= []).push(one);
  }
  return waves;
}

/**
 * Whose statement it is. One number may hold several currencies: each is an account of its own, the first that the books
 * meet under the bare number, the others as "number/EUR". `met` remembers the first of accounts that are new in this file.
 */
function ownAccount(session: Session, funds: FundsState, totals: StatementTotals, met: Map<string, string>) {
  const number = normaliseAccount(totals.account ?? "");
  const id = accountId(session.keyed, number);
  const currency = totals.sumCurrency ?? totals.currency;
  const first = funds.accounts.get(id)?.currency ?? met.get(id);
  if (first === undefined && currency !== null) met.set(id, currency);
  if (first === undefined || currency === null || first === currency) return { number, id };
  const apart = `${number}/${currency}`;
  return { number: apart, id: accountId(session.keyed, apart) };
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
