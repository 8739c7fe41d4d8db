import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, refused } from "#session/refusals/failure.ts";
import { quorumProgress, type QuorumFile } from "#session/keys/quorum.ts";
import { refusalText } from "#session/refusals/refusals.ts";
import type { Questions } from "../questions.ts";
import { note } from "../terminal.ts";
import type { Words } from "../words/language.ts";

/** The texts of a folder that `recovery split` wrote, or of what trustees photographed or copied into one. */
export function sharesOfFolder(folder: string, words: Words): readonly string[] {
  if (!existsSync(folder)) throw new Failure("folder-missing", words.fileMissing(folder));
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8").trim());
}

/**
 * Asks for one share after the other until there are enough; each is judged at once, while its sheet is at hand. What is typed
 * is never shown, and lives in this process alone.
 */
export async function gatherShares(
  file: QuorumFile,
  given: readonly string[],
  questions: Questions,
  words: Words,
): Promise<readonly string[]> {
  const shares = [...given];
  for (;;) {
    const progress = quorumProgress(file, shares);
    if (!progress.ok) {
      // A share of a folder, or one of a pipe, which nobody can type anew.
      if (shares.length <= given.length || !questions.isTerminal) throw refused(progress.refusal);
      note(refusalText(progress.refusal, words));
      shares.pop();
      continue;
    }
    const { numbers, needed, total } = progress.value;
    const missing = needed - numbers.length;
    if (numbers.length > 0) {
      note(words.returnSheet(numbers.at(-1) ?? 0, total));
      note(missing > 0 ? words.returnMissing(missing) : words.returnEnough);
      if (missing <= 0) return shares;
    } else note(words.returnNone);
    const text = await questions.ask(words.returnShare, { isSecret: true });
    if (text === undefined || text.trim() === "")
      throw new Failure("shares-too-few", words.returnLeft(numbers.length), {
        details: { given: numbers.length, ...(numbers.length > 0 && { needed }) },
      });
    shares.push(text.trim());
  }
}
