import { parseArgs } from "node:util";
import { Failure } from "./failure.ts";

/** What a command takes. `flags` maps a long flag to "text", "texts" (repeatable) or "switch". */
export type CommandShape = {
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, "text" | "texts" | "switch">>;
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
export function readArguments(words: readonly string[], shape: CommandShape, usage: string): Arguments {
  const flags: Record<string, "text" | "texts" | "switch"> = { ...common, ...shape.flags };
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, kind]) => [
      name,
      { type: kind === "switch" ? ("boolean" as const) : ("string" as const), multiple: kind === "texts" },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Failure("usage", `${(error as Error).message.split("\n")[0] ?? ""}\n\n${usage}`);
  }
  const { values, positionals } = parsed;
  const needed = shape.positionals.filter((name) => !name.endsWith("?"));
  if (values["help"] !== true && positionals.length < needed.length)
    throw new Failure("usage", `${needed[positionals.length] ?? ""}?\n\n${usage}`);
  if (positionals.length > shape.positionals.length)
    throw new Failure("usage", `${positionals[shape.positionals.length] ?? ""} ?\n\n${usage}`);
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
      if (value === undefined || value === "") throw new Failure("usage", `--${flag} ?\n\n${usage}`);
      return value;
    },
  };
}
