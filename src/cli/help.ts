import type { Command } from "./commands.ts";
import type { Words } from "./words/language.ts";

/** The page that `aigaq help` and a bare `aigaq` print. */
export function helpText(words: Words, commands: readonly Command[]): string {
  const lines = [words.helpTitle, ""];
  for (const command of commands) {
    lines.push(`  aigaq ${command.usage}`);
    const about = words.about[command.name];
    if (about !== undefined) lines.push(`      ${about}`);
  }
  lines.push("", words.helpFooter, "");
  return lines.join("\n");
}
