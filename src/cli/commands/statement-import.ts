import { Failure } from "#session/refusals/failure.ts";
import { importFile, type Acceptance } from "#session/imports/import-file.ts";
import type { ImportedStatement } from "#session/imports/import-statement.ts";
import type { ReadOptions } from "#statements/types.ts";
import { columnMap } from "../column-map.ts";
import type { Call } from "../commands.ts";
import { openFile } from "../files.ts";
import { openSession } from "../session/open-session.ts";
import { reportFollowUps } from "../session/record-decided.ts";
import { print, printJson } from "../terminal.ts";

/** Puts a bank file on the record. */
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
    const { statements, followUps } = await importFile(session, { file, options }, accepted, (partial) =>
      report(call, file.name, partial),
    );
    report(call, file.name, statements);
    reportFollowUps(call, followUps);
  } finally {
    file.close();
  }
}

/** `--accept-discrepancy "who: why"`: a named person's word, which goes on the record. */
function readAcceptance(text: string | undefined, { words }: Call): Acceptance | undefined {
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
