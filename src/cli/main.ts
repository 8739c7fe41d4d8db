// The `aigaq` command: finds the command, runs it, turns what went wrong into words and an exit status.
// Commands are imported only when called: `funds show` must not wait for the PDF reader to load.
import { enableCompileCache } from "node:module";
import process from "node:process";
import type { Failure as FailureOf } from "#session/refusals/failure.ts";
import type { Words } from "./words/language.ts";

enableCompileCache?.();

const { commands, findCommand } = await import("./commands.ts");
const { Failure, exitCodes } = await import("#session/refusals/failure.ts");
const { readArguments } = await import("./arguments.ts");
const { chooseLanguage, loadWords } = await import("./words/language.ts");

async function main(argv: readonly string[]): Promise<number> {
  const language = chooseLanguage(argv, process.env);
  const words = await loadWords(language);
  const wantsJson = argv.includes("--json");
  const found = findCommand(argv);
  if (found === undefined) {
    const asked = argv.filter((word) => !word.startsWith("-"));
    const isHelp = asked.length === 0 || asked[0] === "help";
    const { helpText } = await import("./help.ts");
    if (isHelp) {
      process.stdout.write(helpText(words, commands));
      return exitCodes.done;
    }
    process.stderr.write(`${words.unknownCommand(asked.slice(0, 2).join(" "))}\n`);
    return exitCodes.refused;
  }
  const { command, rest } = found;
  const usage = words.usage(command.usage);
  try {
    const args = readArguments(rest, command, words);
    if (args.has("help")) {
      process.stdout.write(`${usage}\n\n${words.about[command.name] ?? ""}\n`);
      return exitCodes.done;
    }
    if ("data" in command.flags) {
      const { beginUnlocking } = await import("./session/early-unlock.ts");
      beginUnlocking(args);
    }
    const { run } = await command.load();
    return (await run({ args, words, language, quiet: args.has("quiet") || wantsJson })) ?? exitCodes.done;
  } catch (error) {
    if (!(error instanceof Failure)) return unexpected(error, words);
    if (wantsJson) {
      const refused = { code: error.code, message: error.message, line: null, ...error.details };
      process.stdout.write(`${JSON.stringify({ refused })}\n`);
    }
    const text = await wordsOf(error, words);
    if (text !== "") process.stderr.write(`${text}\n`);
    return error.exitCode;
  }
}

/** What no command foresaw: a full or damaged disk says so in words; anything else is our own bug, and is shown as one. */
async function unexpected(error: unknown, words: Words): Promise<number> {
  const { StoreDamaged, StoreFull } = await import("#storage/contract.ts");
  if (error instanceof StoreFull) {
    process.stderr.write(`${words.diskFull}\n`);
    return exitCodes.refused;
  }
  if (error instanceof StoreDamaged) {
    process.stderr.write(`${words.storeDamaged(error.message)}\n`);
    return exitCodes.broken;
  }
  process.stderr.write(
    `${words.bug(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  return exitCodes.bug;
}

/** `--json` keeps the English message and its code; a person reads the sentence in her own language. */
async function wordsOf({ message, refusal }: FailureOf, words: Words): Promise<string> {
  if (refusal === undefined || words.language === "en") return message;
  const { refusalText } = await import("#session/refusals/refusals.ts");
  return `${refusal.where === null ? "" : `${refusal.where}: `}${refusalText(refusal, words)}`;
}

// Reading end closed (`| head`): not an error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));
