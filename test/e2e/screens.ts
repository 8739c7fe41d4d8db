/** Every screen that there is, read off the subjects themselves: a new one is looked at from its first day. */
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Subject, ThreeTexts } from "#workspace/shell/subject.ts";
import type { Visitor } from "./visitor.ts";

export type ListedScreen = {
  /** For file names: "appeals-one". */
  readonly name: string;
  /** As the subject states it: "/appeals/:id". */
  readonly pattern: string;
  /** Where it is opened on the sample: "/appeals/A-2025-003". */
  readonly path: string;
};

/** What to look at where any would do but one is telling, or where a screen waits to be told what it is about. */
const telling: Readonly<Record<string, string>> = {
  "/appeals/:id": "/appeals/A-2025-003",
  "/activity/:index": "/activity/12",
  "/dossiers/new": "/dossiers/new?appeal=A-2025-003",
  "/letters/new": "/letters/new?payment=S-2025-001",
};

const workspace = resolve(import.meta.dirname, "../../src/workspace");

/** Subjects that the shell shows. */
async function shownSubjects(): Promise<readonly Subject[]> {
  const routes = readFileSync(join(workspace, "shell/routes.tsx"), "utf8");
  const subjects: Subject[] = [];
  for (const path of globSync("*/subject.ts", { cwd: workspace }).toSorted()) {
    if (!routes.includes(`#workspace/${path}`)) continue;
    const module = (await import(join(workspace, path))) as Record<string, Partial<Subject>>;
    for (const one of Object.values(module))
      if (one.screens !== undefined) subjects.push({ section: "elsewhere", ...one, screens: one.screens });
  }
  return subjects;
}

/** Folders that have screens which the shell does not show. */
export function forgottenSubjects(): readonly string[] {
  const routes = readFileSync(join(workspace, "shell/routes.tsx"), "utf8");
  return globSync("*/subject.ts", { cwd: workspace }).filter(
    // That one says what a subject is.
    (path) => path !== "shell/subject.ts" && !routes.includes(`#workspace/${path}`),
  );
}

/** All screens with an address on the sample; about one thing of many, the first link of the list above it leads there. */
export async function allScreens(visitor: Visitor): Promise<readonly ListedScreen[]> {
  const screens: ListedScreen[] = [];
  const stated = (await shownSubjects()).flatMap((subject) => subject.screens);
  const patterns = stated.map(({ path }) => path);
  for (const pattern of patterns) {
    const isOne = pattern.includes(":");
    const path = telling[pattern] ?? (isOne ? await firstLink(visitor, pattern, patterns) : pattern);
    screens.push({ name: nameOf(pattern), pattern, path });
  }
  return screens;
}

/** What the screens are called, in English, by their names for files. */
export async function screenTitles(): Promise<ReadonlyMap<string, string>> {
  const stated = (await shownSubjects()).flatMap((subject) => subject.screens);
  return new Map(
    stated.map(({ path, title }) => [
      nameOf(path),
      path.includes(":") ? `${title.en}: one of them` : title.en,
    ]),
  );
}

function nameOf(pattern: string): string {
  const words = pattern.split("/").flatMap((part) => {
    if (part === "") return [];
    return part.startsWith(":") ? ["one"] : [part];
  });
  return words.length === 0 ? "overview" : words.join("-");
}

async function firstLink(visitor: Visitor, pattern: string, patterns: readonly string[]): Promise<string> {
  await visitor.goTo(pattern.slice(0, pattern.indexOf("/:")));
  const expression = new RegExp(`^/app${pattern.replaceAll(/:[^/]+/gu, "[^/?]+")}(?:\\?.*)?$`, "u");
  const links = await visitor.page
    .locator("main a[href]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  const found = links.find((href) => expression.test(href) && !patterns.includes(href.slice("/app".length)));
  if (found === undefined)
    throw new Error(`nothing leads to ${pattern}; say in screens.ts where it is opened`);
  return found.slice("/app".length);
}

/** The deeds of the palette that lead to a screen. */
export async function allActions(): Promise<readonly { path: string; title: ThreeTexts }[]> {
  const actions = (await shownSubjects()).flatMap((subject) => subject.actions ?? []);
  return actions.flatMap(({ act, title }) => (typeof act === "string" ? [{ path: act, title }] : []));
}
