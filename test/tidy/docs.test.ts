// A command that is copied from a page must run, and a link must lead somewhere.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readArguments } from "#cli/arguments.ts";
import { findCommand } from "#cli/commands.ts";
import { en } from "#cli/words/en.ts";

const root = resolve(import.meta.dirname, "../..");
const pages = globSync(["*.md", "docs/**/*.md", "spec/**/*.md"], { cwd: root }).toSorted();
/** The reference shows usages, with brackets and bars; it is made from the commands themselves. */
const withCommands = pages.filter((path) => path !== "docs/reference/cli.md" && !path.startsWith("spec/"));

const fencePattern = /^```[a-z]*\n(.*?)^```$/gmsu;

test.each(withCommands)("every aigaq command in %s is one", (path) => {
  const text = readFileSync(join(root, path), "utf8");
  for (const [, block = ""] of text.matchAll(fencePattern)) {
    for (const line of block.split("\n"))
      if (/^(?:\.\/)?aigaq /u.test(line)) checkLine(line, { isWhole: true });
  }
  for (const [, line = ""] of text.replaceAll(fencePattern, "").matchAll(/`((?:\.\/)?aigaq [^`]+)`/gu))
    checkLine(line, { isWhole: line.startsWith("./") });
});

/** `isWhole`: to be typed as it stands; otherwise only mentioned, and arguments may be left out. */
function checkLine(line: string, { isWhole }: { readonly isWhole: boolean }): void {
  const argv = shellWords(line.replace(/\s# .*$/u, "")).slice(1);
  if (argv[0] === "help") return;
  const found = findCommand(argv);
  expect(found?.command.name, line).toBeDefined();
  if (found === undefined) return;
  const { command, rest } = found;
  const needed = isWhole ? command.positionals : command.positionals.map((name) => `${name}?`);
  expect(() => readArguments(rest, { ...command, positionals: needed }, en), line).not.toThrow();
  // What the usage does not bracket is needed; a page that forgets it sends people to an error.
  if (isWhole && command.flags["data"] !== undefined) expect(rest, line).toContain("--data");
}

/** As a shell splits a line of our pages: blanks, and double quotes around texts with blanks. */
function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]+|"[^"]*")+/gu)].map(([word]) => word.replaceAll('"', ""));
}

test.each(pages)("every relative link of %s leads somewhere", (path) => {
  const text = readFileSync(join(root, path), "utf8").replaceAll(fencePattern, "");
  const dead = [...text.matchAll(/\]\(([^)\s]+)\)/gu)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^(?:https?:|mailto:|#)/u.test(target))
    .filter((target) => !existsSync(join(root, dirname(path), target.split("#")[0] ?? "")));
  expect(dead).toEqual([]);
});

test.each(pages)("%s names no place of the machine it was written on", (path) => {
  expect(readFileSync(join(root, path), "utf8")).not.toMatch(/(?:^|[\s`"(])\/(?:home|work|Users|root)\//mu);
});
