import { search } from "#workspace/search/subject.ts";
import { activity } from "#workspace/activity/subject.ts";
import { overview } from "#workspace/overview/subject.ts";
import { letters } from "#workspace/letters/subject.ts";
import { spending } from "#workspace/spending/subject.ts";
import { posts } from "#workspace/posts/subject.ts";
import { appeals } from "#workspace/appeals/subject.ts";
import { dossiers } from "#workspace/dossiers/subject.ts";
import { imports } from "#workspace/imports/subject.ts";
import { matching } from "#workspace/matching/subject.ts";
import { accounts } from "#workspace/accounts/subject.ts";
import { periods } from "#workspace/periods/subject.ts";
import { members } from "#workspace/members/subject.ts";
import type { Section } from "./sections.ts";
import { sectionGroups } from "./sections.ts";
import type { Screen, Subject } from "./subject.ts";

/**
 * All subjects of the workspace, one line each: `import { appeals } from "#workspace/appeals/subject.ts";` above, its
 * name in the list. The rail, the palette and the addresses are read from here; a section without a screen is not shown.
 */
export const subjects: readonly Subject[] = [
  appeals,
  dossiers,
  imports,
  posts,
  spending,
  matching,
  accounts,
  periods,
  members,
  letters,
  overview,
  activity,
  search,
];

const present = new Set(subjects.flatMap(({ screens }) => screens.map(({ path }) => path)));

/** The groups of the rail, with what can be opened. */
export const shownGroups: readonly (readonly Section[])[] = sectionGroups
  .map((group) => group.filter(({ path }) => present.has(path)))
  .filter((group) => group.length > 0);

/** Where one arrives: the overview, or the first section that there is. */
export const firstPath: string = shownGroups[0]?.[0]?.path ?? "/";

/** The section that is lit for an address. */
export function sectionOf(path: string): string | undefined {
  return subjects.find(({ screens }) => screens.some((one) => isAt(one, path)))?.section;
}

/** The screen of an address; undefined where there is none. */
export function screenAt(path: string): Screen | undefined {
  return subjects.flatMap(({ screens }) => screens).find((one) => isAt(one, path));
}

function isAt({ path: pattern }: Screen, path: string): boolean {
  if (pattern.split("/").length !== path.split("/").length) return pattern === path;
  const expression = pattern.replaceAll(/:[^/]+/gu, "[^/]+").replaceAll("*", ".*");
  return new RegExp(`^${expression}$`, "u").test(path);
}
