import type { Language } from "#language/language.ts";
import { en, type Words } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";

/** The words of the public site by language. A message that one language lacks is a type error. */
export const wordsOf: Readonly<Record<Language, Words>> = { kk, ru, en };
