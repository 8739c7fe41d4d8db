// A message that one language lacks, that nothing shows, or that was left in another language, is found here and not by a
// reader. Goes over the words of every subject, so a new folder is held to it without anyone remembering.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { languages, type Language } from "#language/language.ts";

const folder = import.meta.dirname;
const wordFiles = globSync("**/words.ts", { cwd: folder }).toSorted();
// The desk's messages are spoken by the session, which is given them.
const sources = globSync(["**/*.{ts,tsx}", "../session/**/*.ts"], { cwd: folder })
  .filter((path) => !wordFiles.includes(path) && !path.endsWith(".test.ts"))
  .map((path) => readFileSync(join(folder, path), "utf8"));

type Messages = Readonly<Record<string, unknown>>;
type Found = { readonly name: string; readonly messages: Readonly<Record<Language, Messages>> };

async function wordsOf(file: string): Promise<readonly Found[]> {
  const exports = (await import(join(folder, file))) as Readonly<Record<string, unknown>>;
  return Object.entries(exports).flatMap(([name, value]) =>
    isWords(value) ? [{ name, messages: value }] : [],
  );
}

const isWords = (value: unknown): value is Found["messages"] =>
  typeof value === "object" && value !== null && languages.every((language) => language in value);

test("there are words to look at", () => expect(wordFiles.length).toBeGreaterThan(3));

test.each(wordFiles)("%s: the same messages in each language", async (file) => {
  const found = await wordsOf(file);
  expect(found.length, "an export { en, kk, ru }").toBeGreaterThan(0);
  for (const { messages } of found)
    for (const language of languages) expect(shapeOf(messages[language])).toEqual(shapeOf(messages.en));
});

test.each(wordFiles)("%s: every message is shown somewhere", async (file) => {
  for (const { name, messages } of await wordsOf(file)) {
    const text = sources.filter((source) => new RegExp(`\\b${name}\\b`, "u").test(source)).join("\n");
    const unused = Object.keys(messages.en).filter(
      (key) => !new RegExp(`\\.${key}\\b|["'\`]${key}["'\`]`, "u").test(text) && !textsOfAll(sources, key),
    );
    expect(unused, `${file}: ${name}`).toEqual([]);
  }
});

/** Passed on as `words` to a file that does not import them itself. */
const textsOfAll = (all: readonly string[], key: string): boolean =>
  all.some((source) => new RegExp(`\\bwords\\.${key}\\b`, "u").test(source));

test.each(wordFiles)(
  "%s: Russian without letters of Kazakh alone, and no word left in English",
  async (file) => {
    for (const { messages } of await wordsOf(file)) {
      const russian = textsIn(messages.ru);
      expect(russian.filter((text) => /[әғқңөұүһі]/iu.test(text) && !sharedText(text))).toEqual([]);
      for (const language of ["ru", "kk"] as const)
        expect(
          textsIn(messages[language]).filter((text) => !/\p{Script=Cyrillic}/u.test(text) && isProse(text)),
        ).toEqual([]);
    }
  },
);

/** Names of languages are written each in itself. */
const sharedText = (text: string): boolean => /Қазақша/u.test(text);
/** Two Latin words after each other; "CSV", "XLSX", "aigaq-share-1" and placeholders are none. */
const isProse = (text: string): boolean => /\b[a-z]{3,} [a-z]{2,}\b/u.test(text);

/** Keys with what kind of message they are: a text in one language is not a function in another. */
function shapeOf(messages: unknown): unknown {
  if (typeof messages !== "object" || messages === null) return typeof messages;
  if (Array.isArray(messages)) return messages.map((one) => shapeOf(one));
  return Object.fromEntries(
    Object.entries(messages)
      .map(([key, value]): [string, unknown] => [key, shapeOf(value)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** All texts; a function is called with numbers, which count and print alike. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "function") {
    try {
      return textsIn(
        (value as (...given: number[]) => unknown)(...Array.from({ length: value.length }, () => 5)),
      );
    } catch {
      // It wants something else than a number or a text; its own tests see to it.
      return [];
    }
  }
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap((one) => textsIn(one));
  return [];
}
