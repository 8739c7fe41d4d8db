import { parseArgs } from "node:util";
import { Failure } from "#session/refusals/failure.ts";
import type { Words } from "./words/language.ts";

/** What a command takes. `flags` maps a long flag to "text", "texts" (repeatable) or "switch". */
export type CommandShape = {
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, "text" | "texts" | "switch">>;
  /** As `aigaq help` prints it: "funds show APPEAL [--json] --data DIR". */
  readonly usage: string;
};

export type Arguments = {
  readonly positionals: readonly string[];
  /** The value of a text flag, or undefined when it was not given. */
  text(flag: string): string | undefined;
  texts(flag: string): readonly string[];
  has(flag: string): boolean;
  /** The value of a flag that the command cannot do without; a Failure names it when it is missing. */
  required(flag: string): string;
};

/** Flags that every command understands. */
const common = { json: "switch", help: "switch", lang: "text", quiet: "switch" } as const;

/**
 * Reads the words after the command name. Unknown flags, missing values and missing or superfluous positionals
 * are refused by name: a mistyped flag that was silently ignored could import the wrong thing.
 */
export function readArguments(argv: readonly string[], shape: CommandShape, words: Words): Arguments {
  const wrong = (message: string) => new Failure("usage", `${message}\n\n${words.usage(shape.usage)}`);
  const flags: Record<string, "text" | "texts" | "switch"> = { ...common, ...shape.flags };
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, kind]) => [
      name,
      { type: kind === "switch" ? ("boolean" as const) : ("string" as const), multiple: kind === "texts" },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw wrong(whatIsWrong(error as Error & { code?: string }, words));
  }
  const { values, positionals } = parsed;
  const needed = shape.positionals.filter((name) => !name.endsWith("?"));
  if (values["help"] !== true && positionals.length < needed.length)
    throw wrong(words.argumentMissing(needed[positionals.length] ?? ""));
  if (positionals.length > shape.positionals.length)
    throw wrong(words.argumentExtra(positionals[shape.positionals.length] ?? ""));
  const text = (flag: string) => {
    const value = values[flag];
    return typeof value === "string" ? value : undefined;
  };
  return {
    positionals,
    text,
    texts: (flag) => {
      const value = values[flag];
      return Array.isArray(value) ? value.map(String) : [];
    },
    has: (flag) => values[flag] === true,
    required: (flag) => {
      const value = text(flag);
      if (value === undefined || value === "") throw wrong(words.flagMissing(flag));
      return value;
    },
  };
}

/** Node's own messages are English and speak to programmers; its codes are stable. */
function whatIsWrong({ code, message }: Error & { code?: string }, words: Words): string {
  const [, flag = ""] = /'(?:-\w, )?(-[^' ]*)/u.exec(message) ?? [];
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return words.flagUnknown(flag);
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE")
    return message.includes("does not take") ? words.flagWithValue(flag) : words.flagWithoutValue(flag);
  return message.split("\n")[0] ?? "";
}
