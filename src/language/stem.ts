/** Word forms for search: what a word is looked up by, whichever of the three languages it is of. */
import { foldText, latinSkeleton } from "./fold.ts";
import { stemKazakh } from "./stem-kazakh.ts";
import { stemRussian } from "./stem-russian.ts";

const kazakhOnly = /[әғқңөұүһі]/u;

/**
 * English endings, lightly: plural, -ing, -ed and the mute e. "payments" -> "payment", "closed", "closing", "close" -> "clos".
 * Less than Porter's stemmer does, because Latin words of ours are mostly names, which must not be cut.
 */
export function stemEnglish(word: string): string {
  let stem = word.replace(/['’]s$/u, "");
  if (stem.endsWith("ies") && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
  else if (/(?:[sxz]|ch|sh)es$/u.test(stem) && stem.length > 4) stem = stem.slice(0, -2);
  else if (/[^su]s$/u.test(stem) && stem.length > 3) stem = stem.slice(0, -1);
  const inflected = /^(.*[aeiouy].{1,})(?:ing|ed)$/u.exec(stem)?.[1];
  if (inflected !== undefined && inflected.length >= 3) stem = inflected;
  return stem.length > 3 && stem.endsWith("e") ? stem.slice(0, -1) : stem;
}

/**
 * The terms under which a word is found, in the skeleton of {@link latinSkeleton}; one to three, the word itself first, without doubles.
 * Many words could be Kazakh or Russian ("сотта"), so both stems count: a word found too often ranks low, a word not found is
 * lost. The word itself counts because names must be found across alphabets: "Karim" is "Кәрім", whose stem is no name.
 *
 * @example stemsOf("Адвокаттарға") // ["advokatarga", "advokat"]
 */
export function stemsOf(word: string): readonly string[] {
  const lower = word.normalize("NFC").toLowerCase();
  // Account numbers and references have no forms; there are more of them than of all words.
  if (/\d/u.test(lower) || !/\p{L}/u.test(lower)) return [foldText(lower)];
  const terms = [latinSkeleton(lower)];
  const add = (stem: string) => {
    const term = latinSkeleton(stem);
    if (!terms.includes(term)) terms.push(term);
  };
  if (!/[Ѐ-ӿ]/u.test(lower)) add(stemEnglish(lower));
  else {
    add(stemKazakh(lower));
    if (!kazakhOnly.test(lower)) add(stemRussian(lower));
  }
  return terms;
}
