import { expect, test } from "vitest";
import { isLanguage, languageNames, languages, pickLanguage } from "./language.ts";

test("each language is offered under its own name", () => {
  expect(languages.map((language) => languageNames[language])).toEqual(["Қазақша", "Русский", "English"]);
  expect(languages.every(isLanguage)).toBe(true);
  expect([undefined, "de", "KK", ""].some(isLanguage)).toBe(false);
});

test.each([
  ["kk-KZ,kk;q=0.9,ru;q=0.8", "kk"],
  ["de, ru;q=0.5, en;q=0.7", "en"],
  ["ru, kk", "ru"],
  ["kz", "kk"],
  ["EN-us", "en"],
  ["kk;q=0, en;q=0.1", "en"],
  ["de-DE,de", "ru"],
  ["", "ru"],
  [";;q=9,,kk;q=x", "ru"],
  [null, "ru"],
] as const)("a browser that asks for %j gets %s", (accepted, language) => {
  expect(pickLanguage(accepted, "ru")).toBe(language);
});

test("a header of a megabyte is not read through", () => {
  expect(pickLanguage(`${"de,".repeat(300_000)}kk`, "en")).toBe("en");
});
