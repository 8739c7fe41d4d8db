/**
 * The order of names and titles. Chromium has no Kazakh order: it sets і beside и and ү before ұ. So the alphabet is ours,
 * for all three languages, and a list sorted on the server is in the order of one sorted in a browser.
 */
import type { Language } from "./language.ts";

/** The Kazakh alphabet of 42 letters; the Russian one is the same without the nine letters of Kazakh alone. */
const cyrillic = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";
const latin = "abcdefghijklmnopqrstuvwxyz";

type Weights = ReadonlyMap<string, number>;

/** A reader looks first for her own script: Cyrillic before Latin in Kazakh and Russian, after it in English. */
function weightsOf(language: Language): Weights {
  const [first, second] = language === "en" ? [latin, cyrillic] : [cyrillic, latin];
  const weights = new Map<string, number>();
  for (const letter of first + second) weights.set(letter, 100 + weights.size);
  // Russian dictionaries set ё among е and only then after it; in the Kazakh alphabet it is a letter of its own.
  if (language !== "kk") weights.set("ё", weights.get("е") ?? 0);
  return weights;
}

const weights: Readonly<Record<Language, Weights>> = {
  kk: weightsOf("kk"),
  ru: weightsOf("ru"),
  en: weightsOf("en"),
};

/** Above all letters of ours, in the order of their numbers: Georgian, Chinese and the rest stay apart and stable. */
const otherLetters = 1000;

/** What one character counts: undefined for signs, which do not order at first; letters from 100, others from 1000. */
function weightOf(character: string, table: Weights): number | undefined {
  const known = table.get(character);
  if (known !== undefined) return known;
  if (!/[\p{L}\p{N}]/u.test(character)) return undefined;
  // é counts as e: the accent only separates what is otherwise equal.
  const base = character.normalize("NFD").slice(0, 1);
  return table.get(base) ?? otherLetters + (character.codePointAt(0) ?? 0);
}

const tokenPattern = /\d+|./gsu;
const keys: Readonly<Record<Language, Map<string, readonly Weight[]>>> = {
  kk: new Map(),
  ru: new Map(),
  en: new Map(),
};
type Weight = number | readonly [digits: string];

function keyOf(text: string, language: Language): readonly Weight[] {
  const remembered = keys[language].get(text);
  if (remembered !== undefined) return remembered;
  const key: Weight[] = [];
  for (const [token] of text.normalize("NFC").toLowerCase().matchAll(tokenPattern)) {
    if (/^\d/u.test(token)) key.push([token.replace(/^0+(?=\d)/u, "")]);
    else if (/\s/u.test(token)) key.push(0);
    else {
      const weight = weightOf(token, weights[language]);
      if (weight !== undefined) key.push(weight);
    }
  }
  // Sorting asks for each key some twenty times; the memory is dropped whole so that it cannot grow without end.
  if (keys[language].size >= 20_000) keys[language].clear();
  keys[language].set(text, key);
  return key;
}

/**
 * A comparison for `sort`: by the alphabet of the language, whatever the case; numbers by their size, so "A-2" stands
 * before "A-10"; a blank before every letter; other signs count only between texts that are otherwise the same. A total
 * order: 0 only for equal texts, so a list never depends on the order in which it came.
 *
 * @example ["Ілияс", "Ырыс", "Иман"].sort(compareTexts("kk")) // Иман, Ырыс, Ілияс
 */
export function compareTexts(language: Language): (a: string, b: string) => number {
  return (a, b) => {
    if (a === b) return 0;
    const byLetters = compareKeys(keyOf(a, language), keyOf(b, language));
    if (byLetters !== 0) return byLetters;
    const [lowerA, lowerB] = [a.normalize("NFC").toLowerCase(), b.normalize("NFC").toLowerCase()];
    if (lowerA !== lowerB) return lowerA < lowerB ? -1 : 1;
    // Lower case first, as dictionaries do; in Unicode it is the greater one.
    return a > b ? -1 : 1;
  };
}

function compareKeys(a: readonly Weight[], b: readonly Weight[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = compareWeights(a[i] ?? 0, b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Blanks are 0, numbers stand between them and the letters. */
function compareWeights(a: Weight, b: Weight): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number") return a === 0 ? -1 : 1;
  if (typeof b === "number") return b === 0 ? 1 : -1;
  // Of two numbers without leading noughts the longer one is greater: a BIN has twelve digits, an account twenty.
  if (a[0].length !== b[0].length) return a[0].length - b[0].length;
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
