// Whoever is stopped is told why in her own language: every code that the program can refuse with, wherever it is written,
// has words in Kazakh and Russian. A new one without them fails here.
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import type { Language } from "#language/language.ts";
import { problemText, refusalText } from "#session/refusals/refusals.ts";
import { deskWords } from "#workspace/desk/words.ts";

const source = resolve(import.meta.dirname, "..");

/** Never on a screen of the workspace: the terminal, pages without scripts, and what only starts a server. */
const elsewhere =
  /^(?:cli|site|witness|charts|language)\/|^storage\/(?:sqlite|postgres)\/|^server\/(?:settings|log-key|server)\.ts|^record\/(?:policy|witness)\.ts|^verifier\//u;

/** Their message is said in the reader's language where it comes up. */
const spokenThere: ReadonlySet<string> = new Set([
  // By the session, with `SessionWords`.
  "account-missing",
  "case-unknown",
  "not-in-room",
  "post-unknown",
  // By the screen, with its own words.
  "dossier-unread",
  "image-damaged",
  "image-heic",
  "image-unknown",
  "passkey",
]);

/** Names of checks and of what a caller mends by itself: nobody is refused with them. */
const neverRefused: ReadonlySet<string> = new Set([
  // Checks of a dossier and of the whole record, which have titles of their own.
  "books",
  "books-broken",
  "box",
  "close-differs",
  "close-week-malformed",
  "row-once",
  "totals",
  // A cache that does not fit is computed anew.
  "search-index-damaged",
  "search-index-version",
  "snapshot-stale",
]);

function codesOf(path: string): readonly string[] {
  const text = readFileSync(join(source, path), "utf8");
  const patterns = [/\bcode: ?"([a-z0-9-]+)"/gu, /\bnew (?:Http)?Failure\(\s*(?:\d+,\s*)?"([a-z0-9-]+)"/gu];
  const unions = [...text.matchAll(/\bRefusal<([^<>]*)>/gu)].flatMap(([, union = ""]) => [
    ...union.matchAll(/"([a-z0-9-]+)"/gu),
  ]);
  return [...patterns.flatMap((pattern) => [...text.matchAll(pattern)]), ...unions].map(
    ([, code = ""]) => code,
  );
}

const codes = new Map<string, string>();
for (const path of globSync("**/*.{ts,tsx}", { cwd: source }).toSorted())
  if (!path.includes(".test.") && !path.endsWith("labels.ts") && !elsewhere.test(path))
    for (const code of codesOf(path)) if (!codes.has(code)) codes.set(code, path);

test("there are codes to look at, of every part of the program", () => {
  expect(codes.size).toBeGreaterThan(250);
  for (const code of [
    "offline",
    "too-many-requests",
    "appeal-unknown",
    "wrong-passphrase",
    "signature-wrong",
  ])
    expect(codes.has(code), code).toBe(true);
});

test.each(["kk", "ru"] as const)("every refusal has words (%s)", (language) => {
  const silent = [...codes].filter(([code]) => !spokenThere.has(code) && !neverRefused.has(code));
  const unworded = silent
    .filter(([code]) => !isWorded(code, language))
    .map(([code, path]) => `${code}: ${path}`);
  expect(unworded).toEqual([]);
});

test("what is said to need no words is still a code, and has none", () => {
  for (const code of [...spokenThere, ...neverRefused]) {
    expect(codes.has(code), code).toBe(true);
    expect(isWorded(code, "ru"), code).toBe(false);
  }
});

function isWorded(code: string, language: Language): boolean {
  const message = "an English message";
  const words = deskWords[language];
  return [refusalText, problemText].some((textOf) => textOf({ code, message }, words) !== message);
}
