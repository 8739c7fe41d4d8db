import { inspect, type Inspection } from "#statements/inspect.ts";
import type { Call } from "../commands.ts";
import { columnMap } from "../column-map.ts";
import { exitCodes } from "#session/refusals/failure.ts";
import { openFile } from "../files.ts";
import { note, print, printJson, table } from "../terminal.ts";
import type { Words } from "../words/language.ts";
import { formatDecimalText, groupDigits } from "#language/plural.ts";
import { problemText, refusalText } from "#session/refusals/refusals.ts";

/** Reads a bank file and says what it holds and what does not add up. Needs no data folder and changes nothing. */
export async function run({ args, words }: Call): Promise<number> {
  const path = args.positionals[0] ?? "";
  const account = args.text("account");
  const map = columnMap(args.text("map"), words);
  const file = openFile(path, words);
  try {
    const result = await inspect(file, {
      ...(account !== undefined && { account }),
      ...(map !== undefined && { map }),
    });
    if (!result.ok) {
      const { code, message, line } = result.refusal;
      if (args.has("json")) printJson({ refused: { code, message, line } });
      else note(`${path}: ${refusalText(result.refusal, words)}`);
      return exitCodes.refused;
    }
    if (args.has("json")) printJson(result.value);
    else for (const line of describe(result.value, words)) print(line);
    return exitCodes.done;
  } finally {
    file.close();
  }
}

function describe(statements: readonly Inspection[], words: Words): string[] {
  if (statements.length === 0) return [words.inspectNothing];
  return statements.flatMap((one) => {
    const sum = (text: string | null) =>
      text === null ? "—" : `${formatDecimalText(text, words.language)} ${one.currency ?? ""}`.trim();
    const reconciles =
      one.balancesReconcile === null
        ? words.inspectUnknown
        : one.balancesReconcile
          ? words.inspectReconciles
          : words.inspectDoesNot;
    const rows = [
      [words.columnFormat, one.format],
      [words.columnAccount, one.account ?? "—"],
      [words.columnPeriod, `${one.from ?? "—"} … ${one.to ?? "—"}`],
      [words.columnRows, groupDigits(String(one.transactions), words.language)],
      [words.columnOpening, sum(one.opening)],
      [words.columnCredits, sum(one.sumCredit)],
      [words.columnDebits, sum(one.sumDebit)],
      [words.columnClosing, sum(one.closing)],
      ["", reconciles],
    ];
    const problems = one.problems.map((problem) => `  ! ${problemText(problem, words)} [${problem.code}]`);
    return [table(rows), ...problems, ""];
  });
}
