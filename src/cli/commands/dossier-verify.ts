import { readFileSync } from "node:fs";
import { checkDossier } from "#dossier/check.ts";
import { parseClaim } from "#dossier/statement/claim.ts";
import { statementLabels } from "#dossier/statement/labels.ts";
import { formatMoney } from "#domain/funds/money.ts";
import { pageLabels } from "#verifier/page-labels.ts";
import type { Call } from "../commands.ts";
import { exitCodes, Failure } from "#session/refusals/failure.ts";
import { openFile, readText } from "../files.ts";
import { print, printJson } from "../terminal.ts";
import type { Language } from "../words/language.ts";

/** Larger than any dossier of ours; a file beyond it is not read into memory. */
const dossierSizeMax = 2 ** 31 - 1;

/** Checks a dossier from itself alone: no data folder, no key, no network. */
export async function run({ args, words, language }: Call): Promise<number> {
  const path = args.positionals[0] ?? "";
  const policyPath = args.text("policy");
  const file = openFile(path, words);
  file.close();
  if (file.source.size > dossierSizeMax)
    throw new Failure("file-too-large", words.fileUnreadable(path, words.tooLarge));
  const report = await checkDossier(new Uint8Array(readFileSync(path)), {
    ...(policyPath !== undefined && { policy: readText(policyPath, words) }),
  });
  const { verdict, checks, claim, figures } = report;
  if (args.has("json")) printJson({ verdict, checks, claim });
  else {
    const titles = {
      held: words.verdictHeld,
      broken: words.verdictBroken,
      "could-not-check": words.verdictCouldNot,
    };
    print(titles[verdict]);
    for (const check of checks) {
      if (check.verdict !== "held")
        print(`  ! ${checkTitle(check.code, language)} [${check.code}] ${check.subject}: ${check.reason}`);
    }
    print(words.checksHeld(checks.filter((check) => check.verdict === "held").length));
    if (claim !== null)
      print(
        claim.agrees
          ? words.claimAgrees(claim.asserted)
          : words.claimDisagrees(claim.asserted, foundText(claim.found, language)),
      );
    // Nothing inside a dossier can say whose log it is.
    if (figures !== null) print(words.whoseLog(figures.foundation.genesis, figures.foundation.log));
  }
  return verdict === "held"
    ? exitCodes.done
    : verdict === "broken"
      ? exitCodes.broken
      : exitCodes.couldNotCheck;
}

/** What a check says when it holds, from the words of the verifier's page; the code where there are none. */
function checkTitle(code: string, language: Language): string {
  const titles: Readonly<Record<string, string>> = pageLabels[language].checks;
  return titles[code] ?? code;
}

/** "1240000 KZT raised" for a person: "1 240 000,00 KZT", with the word of the dossier's own statement. */
function foundText(found: string, language: Language): string {
  const claim = parseClaim(found);
  if (claim === undefined) return found;
  return statementLabels[language][`said.${claim.what}`].replace("{amount}", formatMoney(claim, language));
}
