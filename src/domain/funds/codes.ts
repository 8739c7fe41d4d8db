/**
 * Finds ids that people typed by hand in free text: `А–05`, `(a-01)`, `A03`, `a 2025 003` are all seen as the ids they
 * mean. A wrong match would count a gift for the wrong person, a missed one only waits for somebody to look at it; so
 * whatever could be read as something else is not matched.
 */
export type CodeMatcher = (text: string) => CodeMatch[];
export type CodeMatch = { readonly id: string; readonly text: string };

/**
 * Rules, each against a mistake seen in memos:
 * - letters that look alike in Cyrillic and Latin are one letter, case is none, every dash is a dash, O among digits is 0;
 * - digits may lack or have leading zeros (`A-3` is `A-003`), except where only spaces part them;
 * - a letter and one short number parted by a space only is not a code: `а 05.03` is "and on the fifth of March";
 * - nothing may touch the code that could make it longer: a letter, a digit, `.5`, `/2`; a Cyrillic case ending after a
 *   hyphen (`A-2025-003-ке`) may;
 * - ids that read alike under these rules are matched by nobody.
 */
export function codeMatcher(ids: Iterable<string>): CodeMatcher {
  const byKey = new Map<string, string | null>();
  const beginnings = new Set<string>();
  let longest = 0;
  for (const id of ids) {
    const groups = groupsOf(foldText(id));
    longest = Math.max(longest, groups.length);
    const first = groups[0];
    if (first !== undefined) beginnings.add(beginningOf(first));
    for (const key of new Set([looseKey(groups), exactKey(groups), compactKey(groups)])) {
      const other = byKey.get(key);
      byKey.set(key, other === undefined || other === id ? id : null);
    }
  }
  if (byKey.size === 0) return () => [];
  return (text) => findCodes(text, { byKey, beginnings, longest });
}

/** `beginnings`: first groups of ids, so that most words of a memo are passed over at once. */
type Codes = {
  readonly byKey: ReadonlyMap<string, string | null>;
  readonly beginnings: ReadonlySet<string>;
  readonly longest: number;
};

type Group = { readonly text: string; readonly start: number; readonly end: number };

function findCodes(original: string, { byKey, beginnings, longest }: Codes): CodeMatch[] {
  const text = foldText(original);
  const groups = groupsOf(text);
  const found: CodeMatch[] = [];
  for (let first = 0; first < groups.length; first++) {
    const start = groups[first];
    if (start === undefined || !beginnings.has(beginningOf(start)) || !isFreeBefore(text, start.start))
      continue;
    // The longest reading first: in "A-2025-003" the shorter "A-2025" is not what was meant.
    for (let last = Math.min(groups.length, first + longest) - 1; last >= first; last--) {
      const end = groups[last];
      if (end === undefined || !isFreeAfter(text, original, end.end)) continue;
      const run = groups.slice(first, last + 1);
      const gaps = gapsOf(text, run);
      if (gaps === undefined) continue;
      const key = gaps === "spaces" ? exactKey(run) : looseKey(run);
      const id = byKey.get(key) ?? (gaps === "none" ? byKey.get(compactKey(run)) : undefined);
      if (id === undefined || id === null) continue;
      if (isTooShort(run, gaps)) continue;
      found.push({ id, text: original.slice(start.start, end.end) });
      first = last;
      break;
    }
  }
  return found;
}

/** Runs of letters and runs of digits, each a group: "A03" has two. */
function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  let start = 0;
  let kind = other;
  for (let i = 0; i <= text.length; i++) {
    const next = i < text.length ? kindOf(text, i) : other;
    if (next === kind) continue;
    if (kind !== other) groups.push({ text: text.slice(start, i), start, end: i });
    start = i;
    kind = next;
  }
  return groups;
}

// Kinds of characters, looked up once each: this runs for every character of a million memos.
const other = 1;
const digit = 2;
const letter = 3;
const kinds = new Uint8Array(65_536);

function kindOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const known = kinds[code] ?? 0;
  if (known !== 0) return known;
  const character = text.charAt(at);
  const kind = code >= 48 && code <= 57 ? digit : /[\p{L}\p{M}]/u.test(character) ? letter : other;
  kinds[code] = kind;
  return kind;
}

function beginningOf(group: Group): string {
  return isDigits(group) ? "0" : group.text;
}

type Gaps = "none" | "marks" | "spaces";

/** How the groups are parted: not at all, by marks, or somewhere by spaces only; undefined: by what cannot be a code. */
function gapsOf(text: string, run: readonly Group[]): Gaps | undefined {
  let gaps: Gaps = "none";
  for (let i = 1; i < run.length; i++) {
    const gap = text.slice(run[i - 1]?.end, run[i]?.start);
    if (gap === "") continue;
    if (/^ ?[-_] ?$/u.test(gap) || (run.length > 2 && /^[./]$/u.test(gap)))
      gaps = gaps === "spaces" ? gaps : "marks";
    else if (/^ {1,2}$/u.test(gap)) gaps = "spaces";
    else return undefined;
  }
  return gaps;
}

function isTooShort(run: readonly Group[], gaps: Gaps): boolean {
  const digits = run.reduce((sum, group) => sum + (isDigits(group) ? group.text.length : 0), 0);
  // A code without any number is a word, and words stand in memos by chance.
  if (digits === 0) return run.length < 2 || gaps === "spaces";
  return gaps === "spaces" && digits < 5;
}

function isFreeBefore(text: string, at: number): boolean {
  const before = text[at - 1];
  if (before === undefined) return true;
  if (wordCharacter.test(before)) return false;
  return !(/[-_./]/u.test(before) && wordCharacter.test(text[at - 2] ?? " "));
}

function isFreeAfter(text: string, original: string, at: number): boolean {
  const after = text[at];
  if (after === undefined) return true;
  if (wordCharacter.test(after)) return false;
  if (!/[-_./:,]/u.test(after) || !wordCharacter.test(text[at + 1] ?? " ")) return true;
  if (after === ",") return !/[0-9]/u.test(text[at + 1] ?? "");
  if (after === ".") return !/[0-9A-Z]/u.test(text[at + 1] ?? "");
  if (after === ":") return !/[0-9]/u.test(text[at + 1] ?? "");
  return after === "-" && isCaseEnding(original.slice(at + 1));
}

/** Kazakh and Russian endings are joined with a hyphen: `A-2025-003-ке`, `#student-ке`. */
export function isCaseEnding(rest: string): boolean {
  const found = /^[\p{Script=Cyrillic}]{1,5}(?![\p{L}\p{N}\p{M}-])/u.exec(rest);
  return found !== null;
}

const wordCharacter = /[\p{L}\p{N}\p{M}]/u;

function isDigits(group: Group): boolean {
  return group.text.charCodeAt(0) < 58;
}

function looseKey(groups: readonly Group[]): string {
  return `l${groups.map((group) => (isDigits(group) ? group.text.replace(/^0+(?=[0-9])/u, "") : group.text)).join("-")}`;
}

function exactKey(groups: readonly Group[]): string {
  return `e${groups.map((group) => group.text).join("-")}`;
}

function compactKey(groups: readonly Group[]): string {
  return `c${groups.map((group) => group.text).join("")}`;
}

/**
 * One character for one, so that places in the folded text are places in the original: capitals, Latin for Cyrillic and
 * Greek look-alikes, `-` for every dash, a space for every space, 0 for an O that stands among digits.
 */
export function foldText(text: string): string {
  let folded = "";
  for (let i = 0; i < text.length; i++) folded += foldCharacter(text.charAt(i));
  if (!/[0-9]O|O[0-9]/.test(folded)) return folded;
  return folded.replace(/(?<=[0-9])O+(?![\p{L}])|(?<![\p{L}])O+(?=[0-9])|(?<=[0-9])O+(?=[0-9])/gu, (run) =>
    "0".repeat(run.length),
  );
}

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 128) return code >= 97 && code <= 122 ? String.fromCharCode(code - 32) : character;
  const known = foldedCharacters.get(character);
  if (known !== undefined) return known;
  const upper = character.toUpperCase();
  const single = upper.length === 1 ? upper : character;
  const folded =
    lookAlikes.get(single) ??
    (/\p{Pd}|[\u2212\u00ad]/u.test(single) ? "-" : /\s/u.test(single) ? " " : fullWidth(single));
  foldedCharacters.set(character, folded);
  return folded;
}
const foldedCharacters = new Map<string, string>();

/** `＃` and `Ａ` of East Asian keyboards are `#` and `A`. */
function fullWidth(character: string): string {
  const code = character.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0).toUpperCase() : character;
}

const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs("АВЕЅІЈКМНОРСТУҮХ", "ABESIJKMHOPCTYYX"),
  ...pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
]);

function pairs(from: string, to: string): [string, string][] {
  return [...from].map((letter, i) => [letter, to.charAt(i)]);
}
