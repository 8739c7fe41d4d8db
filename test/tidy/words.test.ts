// A message that one language lacks, or that nothing prints, is found here and not by a reader.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands } from "#cli/commands.ts";
import { en } from "#cli/words/en.ts";
import { kk } from "#cli/words/kk.ts";
import type { Words } from "#cli/words/language.ts";
import { ru } from "#cli/words/ru.ts";

const root = new URL("../../", import.meta.url).pathname;
const programText = globSync("src/{cli,session}/**/*.ts", { cwd: root })
  .filter((path) => !/\/words\/(?:en|ru|kk)\.ts$/u.test(path) && !path.endsWith(".test.ts"))
  .map((path) => readFileSync(root + path, "utf8"))
  .join("\n");

const keys = Object.keys(en) as (keyof Words)[];

test("every message is printed somewhere", () => {
  const unused = keys.filter((key) => !new RegExp(`\\bwords\\.${key}\\b`, "u").test(programText));
  expect(unused).toEqual([]);
});

test("every command says what it does, in each language, and nothing else is described", () => {
  const names = commands.map(({ name }) => name).toSorted();
  for (const words of [en, ru, kk]) expect(Object.keys(words.about).toSorted()).toEqual(names);
});

/** Texts that are rightly the same: nothing in them is of any language. */
const sameInAll: ReadonlySet<string> = new Set(["language"]);
/** "12 кБ": units are written alike in both. */
const sameInKazakhAndRussian: ReadonlySet<string> = new Set(["bytes"]);

test.each(keys.filter((key) => !sameInAll.has(key)))("%s is translated", (key) => {
  const [english, russian, kazakh] = [en, ru, kk].map((words) => textsOf(words, key));
  if (english?.every((text) => !/\p{L}{2}/u.test(text))) return;
  expect(russian).not.toEqual(english);
  expect(kazakh).not.toEqual(english);
  if (!sameInKazakhAndRussian.has(key)) expect(kazakh).not.toEqual(russian);
});

test.each([
  [1, "1 пожертвование", "1 платёж", "1 строка"],
  [2, "2 пожертвования", "2 платежа", "2 строки"],
  [5, "5 пожертвований", "5 платежей", "5 строк"],
  [11, "11 пожертвований", "11 платежей", "11 строк"],
  [21, "21 пожертвование", "21 платёж", "21 строка"],
])("after %i Russian has the right form", (count, gifts, payments, rows) => {
  expect([ru.donations(count), ru.payments(count), ru.rows(count)]).toEqual([gifts, payments, rows]);
});

test("Kazakh is written with Kazakh letters", () => {
  const all = keys.flatMap((key) => textsOf(kk, key)).join(" ");
  for (const letter of "әғқңөұүі") expect(all).toContain(letter);
});

test("Russian has none of the letters of Kazakh alone", () => {
  const all = keys
    .filter((key) => key !== "language")
    .flatMap((key) => textsOf(ru, key))
    .join(" ");
  expect(all).not.toMatch(/[әғқңөұүһі]/iu);
});

/** What stays Latin: the program's own name, formats, values that are typed. */
const latin: ReadonlySet<string> = new Set([
  "aigaq",
  "hledger",
  "beancount",
  "csv",
  "staff",
  "officer",
  "relative",
  "kk",
  "ru",
  "en",
]);

test.each([
  ["Russian", ru],
  ["Kazakh", kk],
] as const)("no English word was left in %s", (_, words) => {
  const left = keys
    .filter((key) => key !== "language")
    .flatMap((key) => textsOf(words, key))
    .flatMap(
      (text) =>
        text
          // What is typed: commands in quotes or on a line of their own, flags, files, placeholders in capitals.
          .replace(/"aigaq [^"]*"|^.*\baigaq [a-z].*$/gmu, "")
          .replace(/\b[a-z]+\/|--[a-z][a-z-|]*|\b[\w-]+\.(?:html|py|zip|json|csv)\b/gu, "")
          .match(/[a-z]{2,}/gu) ?? [],
    )
    .filter((word) => !latin.has(word));
  expect(left).toEqual([]);
});

/** Every text of a message: functions are called with a number, which counts and prints alike. */
function textsOf(words: Words, key: keyof Words): string[] {
  return flatten(words[key], key);
}

function flatten(value: unknown, key: string): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((one) => flatten(one, key));
  if (typeof value === "object" && value !== null)
    return Object.values(value).flatMap((one) => flatten(one, key));
  if (typeof value !== "function") throw new Error(`${key}: neither text nor function`);
  const samples: readonly (readonly unknown[])[] =
    key === "receiptsMissing"
      ? [
          ["5", ["1"]],
          ["5", ["1", "2"]],
        ]
      : key === "gap"
        ? [true, false, null].map((meet) => ["5", "1", "2", meet])
        : key === "held"
          ? [
              ["general", "5"],
              ["1", "5"],
            ]
          : key === "postKind"
            ? [["post"]]
            : [
                Array.from({ length: value.length }, () => 5),
                Array.from({ length: value.length }, () => 1),
                [9, 9, 9, 5],
              ];
  return samples.map((sample) => String(value(...sample)));
}
