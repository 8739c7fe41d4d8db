import { BeancountWriter } from "#domain/funds/exports/beancount.ts";
import { CsvWriter } from "#domain/funds/exports/csv.ts";
import {
  accountAliases,
  closingBalances,
  otherFacts,
  rowFact,
  type JournalFact,
} from "#domain/funds/exports/facts.ts";
import { HledgerWriter } from "#domain/funds/exports/hledger.ts";
import type { Call } from "../commands.ts";
import { Failure } from "#session/refusals/failure.ts";
import { writeNew } from "../files.ts";
import { recordedLines } from "#session/imports/bank-lines.ts";
import { openSession } from "../session/open-session.ts";
import { print, printJson } from "../terminal.ts";

/** The books for other people's programs. Donors, payees and memos stay out unless `--with-names` asks for them. */
export async function run(call: Call): Promise<void> {
  const { args, words } = call;
  const format = args.positionals[0] ?? "";
  const out = args.required("out");
  const writer = writerOf(format);
  if (writer === undefined) throw new Failure("format-unknown", words.formatUnknown(format));
  await using session = await openSession(call, "read");
  const { funds } = await session.books({ withDays: true });
  for (const file of session.unfinishedFiles(funds))
    throw new Failure("import-unfinished", words.incompleteImport(file));
  const options = { withNames: args.has("with-names") };
  const alias = accountAliases(funds);
  const facts: JournalFact[] = [];
  for (const line of await recordedLines(session)) facts.push(rowFact(line, alias, options));
  facts.push(...otherFacts(funds, alias, options));
  facts.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const parts = [writer.head(funds.name, funds.base)];
  for (const fact of facts) parts.push(writer.fact(fact));
  // A spreadsheet has no assertions; the others check the printed closing balances again.
  if (!(writer instanceof CsvWriter)) parts.push(writer.tail(closingBalances(funds, alias)));
  writeNew(out, parts.join(""), words);
  if (args.has("json")) printJson({ exported: out, format, facts: facts.length });
  else print(words.exported(out));
}

function writerOf(format: string): BeancountWriter | HledgerWriter | CsvWriter | undefined {
  if (format === "hledger") return new HledgerWriter();
  if (format === "beancount") return new BeancountWriter();
  return format === "csv" ? new CsvWriter() : undefined;
}
