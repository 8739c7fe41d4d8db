// A sentence that one language lacks, or that stayed in another, is found here and not by a reader.
import { expect, test } from "vitest";
import { en, type Words } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";

const keys = Object.keys(en).filter((key): key is keyof Words => key in en);

function textsOf(words: Words, key: keyof Words): string[] {
  const value: unknown = words[key];
  if (typeof value === "function")
    return [1, 2, 5].map((count) => String(value(...Array.from({ length: 7 }, () => count))));
  return flatten(value);
}

function flatten(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(flatten) : [];
}

/** The same in Kazakh and Russian, or in all: loan words and signs. */
const same: ReadonlySet<string> = new Set(["kinds", "currency", "feedTitle", "statementOf"]);

test.each(keys.filter((key) => !same.has(key)))("%s is said in each language", (key) => {
  const [english, russian, kazakh] = [en, ru, kk].map((words) => textsOf(words, key));
  if (english?.every((text) => !/\p{L}{2}/u.test(text))) return;
  expect(russian).not.toEqual(english);
  expect(kazakh).not.toEqual(english);
  expect(kazakh).not.toEqual(russian);
});

test("Russian has no letter of Kazakh alone, and Kazakh has all of its own", () => {
  const all = (words: Words) => keys.flatMap((key) => textsOf(words, key)).join(" ");
  expect(all(ru)).not.toMatch(/[әғқңөұүһі]/iu);
  for (const letter of "әғқңөұүі") expect(all(kk)).toContain(letter);
});

test.each([
  ["ru", ru],
  ["kk", kk],
] as const)("no English word stayed in %s", (_, words) => {
  const left = keys
    .flatMap((key) => textsOf(words, key))
    .flatMap((text) => text.match(/\b[a-z]{3,}\b/gu) ?? []);
  expect(left.filter((word) => !["cookie", "tlog", "tiles"].includes(word))).toEqual([]);
});

test("Russian counts in its three forms", () => {
  expect([1, 2, 5, 21].map(ru.gifts)).toEqual([
    "1 пожертвование",
    "2 пожертвования",
    "5 пожертвований",
    "21 пожертвование",
  ]);
  expect([1, 3, 11].map(ru.payments)).toEqual(["1 платёж", "3 платежа", "11 платежей"]);
});
