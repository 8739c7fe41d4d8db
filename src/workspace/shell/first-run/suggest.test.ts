// A passphrase that the program proposes must be as strong as the page says, in every language.
import { expect, test } from "vitest";
import { checkPassphrase } from "#vault/keys/passphrase.ts";
import { languages } from "#language/language.ts";
import { suggestPassphrase } from "./suggest.ts";
import { words as en } from "./word-list-en.ts";
import { words as kk } from "./word-list-kk.ts";
import { words as ru } from "./word-list-ru.ts";

const lists = { kk, ru, en };

test.each(languages)("%s: at least 512 different words, each typed on one keyboard", (language) => {
  const list = lists[language];
  expect(new Set(list).size).toBe(list.length);
  expect(list.length).toBeGreaterThanOrEqual(512);
  const alphabet = { kk: /^[а-яәғқңөұүһі]+$/u, ru: /^[а-я]+$/u, en: /^[a-z]+$/u }[language];
  expect(list.filter((word) => !alphabet.test(word) || word.length < 2 || word.length > 11)).toEqual([]);
});

test.each(languages)("%s: what is proposed passes our own rule", async (language) => {
  for (let i = 0; i < 50; i++)
    expect(checkPassphrase(await suggestPassphrase(language))).toMatchObject({ ok: true });
});

test("numbers beyond the last whole multiple are drawn again, so that no word is likelier than another", async () => {
  const draws = [[2 ** 32 - 1, 0, 1, 2, 3], [4]];
  const phrase = await suggestPassphrase("en", (numbers) => {
    numbers.set(draws.shift() ?? []);
    return numbers;
  });
  expect(phrase).toBe(en.slice(0, 5).join(" "));
});
