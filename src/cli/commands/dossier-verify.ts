import { readFileSync } from "node:fs";
import { checkDossier } from "#dossier/check.ts";
import type { Call } from "../commands.ts";
import { exitCodes, Failure } from "../failure.ts";
import { openFile, readText } from "../files.ts";
import { print, printJson } from "../terminal.ts";

/** Larger than any dossier of ours; a file beyond it is not read into memory. */
const dossierSizeMax = 2 ** 31 - 1;

/** Checks a dossier from itself alone: no data folder, no key, no network. */
export async function run({ args, words }: Call): Promise<number> {
  const path = args.positionals[0] ?? "";
  const policyPath = args.text("policy");
  const file = openFile(path, words);
  file.close();
  if (file.source.size > dossierSizeMax)
    throw new Failure("file-too-large", words.fileUnreadable(path, "> 2 GiB"));
  const report = await checkDossier(new Uint8Array(readFileSync(path)), {
    ...(policyPath !== undefined && { policy: readText(policyPath, words) }),
  });
  const { verdict, checks, claim } = report;
  if (args.has("json")) printJson({ verdict, checks, claim });
  else {
    const titles = {
      held: words.verdictHeld,
      broken: words.verdictBroken,
      "could-not-check": words.verdictCouldNot,
    };
    print(titles[verdict]);
    for (const check of checks) {
      if (check.verdict !== "held") print(`  ! ${check.code} ${check.subject}: ${check.reason}`);
    }
    print(words.checksHeld(checks.filter((check) => check.verdict === "held").length));
    if (claim !== null)
      print(
        claim.agrees
          ? words.claimAgrees(claim.asserted)
          : words.claimDisagrees(claim.asserted, String(claim.found)),
      );
  }
  return verdict === "held"
    ? exitCodes.done
    : verdict === "broken"
      ? exitCodes.broken
      : exitCodes.couldNotCheck;
}
