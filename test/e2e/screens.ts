/** Every screen that there is, read off the subjects themselves: a new one is looked at from its first day. */
import { globSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Subject } from "#workspace/shell/subject.ts";

export type ListedScreen = {
  /** For file names: "appeals-one". */
  readonly name: string;
  /** Where it is opened, on the sample: "/appeals/A-2025-003". */
  readonly path: string;
};

/** Where a screen about one thing is opened. A pattern that is not here stops the tests. */
const examples: Readonly<Record<string, string>> = {
  "/appeals/:id": "/appeals/A-2025-003",
  "/posts/:id": "/posts/P-003",
  "/spending/:id": "/spending/S-2025-001",
};

const workspace = resolve(import.meta.dirname, "../../src/workspace");

/** The screens of all subjects, in the order of their addresses. */
export async function allScreens(): Promise<readonly ListedScreen[]> {
  const patterns: string[] = [];
  for (const path of globSync("*/subject.ts", { cwd: workspace }).toSorted()) {
    const module = (await import(join(workspace, path))) as Record<string, Partial<Subject>>;
    for (const subject of Object.values(module))
      patterns.push(...(subject.screens ?? []).map((screen) => screen.path));
  }
  return patterns.map((pattern) => ({ name: nameOf(pattern), path: pathOf(pattern) }));
}

function nameOf(pattern: string): string {
  const words = pattern.split("/").flatMap((part) => {
    if (part === "") return [];
    return part.startsWith(":") ? ["one"] : [part];
  });
  return words.length === 0 ? "overview" : words.join("-");
}

function pathOf(pattern: string): string {
  if (!pattern.includes(":") && !pattern.includes("*")) return pattern;
  const path = examples[pattern];
  if (path === undefined) throw new Error(`screens.ts: say where ${pattern} is opened on the sample`);
  return path;
}
