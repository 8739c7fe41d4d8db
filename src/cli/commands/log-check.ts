import { checkLog } from "#log/log-check.ts";
import type { Call } from "../commands.ts";
import { exitCodes } from "#session/refusals/failure.ts";
import { recomputeBooks } from "#session/books/recompute-books.ts";
import { openSession } from "../session/open-session.ts";
import { print, printJson } from "../terminal.ts";

/**
 * Re-verifies the whole record from storage: form, signatures, keys, streams, tree, checkpoint; then opens every box this
 * member may read, checks each digest, folds the books anew and compares them with the kept totals.
 */
export async function run(call: Call): Promise<number> {
  const { args, words } = call;
  await using session = await openSession(call, "read");
  const checks: { code: string; subject: string; verdict: string; reason: string }[] = [
    ...(await checkLog(session.folderStore, {
      progress: (done, total) => session.progress.update(words.checkingLog, done, total),
    })),
  ];
  checks.push(...(await recomputeBooks(session)));
  session.progress.end();
  const broken = checks.filter((check) => check.verdict === "broken");
  const open = checks.filter((check) => check.verdict === "could-not-check");
  const verdict = broken.length > 0 ? "broken" : open.length > 0 ? "could-not-check" : "held";
  if (args.has("json")) printJson({ verdict, size: session.size, checks });
  else {
    if (verdict === "held") print(words.logHeld(session.size));
    else print(verdict === "broken" ? words.logBroken : words.verdictCouldNot);
    for (const check of [...broken, ...open]) print(`  ! ${check.code} ${check.subject}: ${check.reason}`);
  }
  return verdict === "held"
    ? exitCodes.done
    : verdict === "broken"
      ? exitCodes.broken
      : exitCodes.couldNotCheck;
}
