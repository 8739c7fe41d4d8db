import { letterCommands } from "../letters/commands.ts";
import { spendingCommands } from "../spending/commands.ts";
import { postCommands } from "../posts/commands.ts";
import { appealCommands } from "../appeals/commands.ts";
import { importCommands } from "../imports/commands.ts";
import { accountCommands } from "../accounts/commands.ts";
import { periodCommands } from "../periods/commands.ts";
import { matchingCommands } from "../matching/commands.ts";
import type { Command, Job } from "./command.ts";

/**
 * Everything that a person can put on the record, by name. Each subject's `commands.ts` adds its own line here.
 */
export const commands = {
  ...letterCommands,
  ...spendingCommands,
  ...postCommands,
  ...appealCommands,
  ...importCommands,
  ...matchingCommands,
  ...periodCommands,
  ...accountCommands,
};

export type Commands = typeof commands;
export type CommandName = keyof Commands;
/** The input of a command or job. */
export type InputOf<N extends CommandName> = Commands[N] extends Command<infer I> | Job<infer I> ? I : never;

export function commandNamed(name: string): Command<unknown> | Job<unknown> | undefined {
  const known: Readonly<Record<string, Command<never> | Job<never>>> = commands;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what waits was kept under the same name, with its input
  return Object.hasOwn(known, name) ? (known[name] as Command<unknown> | Job<unknown>) : undefined;
}
