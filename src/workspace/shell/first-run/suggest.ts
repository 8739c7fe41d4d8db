import type { Language } from "#language/language.ts";

/** Five of more than 512 words are 45 bits; each guess costs an attacker what Argon2id costs. */
const wordCount = 5;

const lists: Readonly<Record<Language, () => Promise<{ readonly words: readonly string[] }>>> = {
  kk: () => import("./word-list-kk.ts"),
  ru: () => import("./word-list-ru.ts"),
  en: () => import("./word-list-en.ts"),
};

/** A passphrase of words drawn evenly: "терек қобыз ине сағым мамыр". `random` fills an array with random numbers. */
export async function suggestPassphrase(
  language: Language,
  random: (numbers: Uint32Array<ArrayBuffer>) => Uint32Array = (numbers) => crypto.getRandomValues(numbers),
): Promise<string> {
  const { words } = await lists[language]();
  const chosen: string[] = [];
  // Numbers beyond the last whole multiple would favour the first words of the list.
  const limit = Math.floor(2 ** 32 / words.length) * words.length;
  while (chosen.length < wordCount)
    for (const number of random(new Uint32Array(wordCount - chosen.length))) {
      const word = words[number % words.length];
      if (number < limit && word !== undefined) chosen.push(word);
    }
  return chosen.join(" ");
}
