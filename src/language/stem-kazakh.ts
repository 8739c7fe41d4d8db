import { foldText } from "./fold.ts";

/**
 * A suffix stripper for Kazakh nouns, which no stemmer package knows. Suffixes stand in a fixed order, stem + plural + possessive
 * + case, so they come off from the end, one layer at a time, and only where vowel harmony allows them.
 */
const layers: readonly (readonly string[])[] = [
  // With somebody; being at a place; the participles of verbs.
  "мен бен пен дағы дегі тағы тегі ған ген қан кен",
  // Genitive, ablative, locative, accusative, dative; those that follow a possessive come first, being longer.
  "ының інің сының сінің ынан інен сынан сінен ында інде сында сінде ына іне сына сіне ын ін сын сін " +
    "ның нің дың дің тың тің дан ден тан тен нан нен да де та те ны ні ды ді ты ті ға ге қа ке",
  // My, our, your, his.
  "ымыз іміз мыз міз ыңыз іңіз ңыз ңіз ым ім ың ің сы сі ы і",
  "лар лер дар дер тар тер",
].map((suffixes) => suffixes.split(" ").sort((a, b) => b.length - a.length));

/** The same as a Russian keyboard writes them: тың as тын, гі as ги. */
const plainLayers = layers.map((suffixes) =>
  [...new Set([...suffixes, ...suffixes.map(foldText)])].sort((a, b) => b.length - a.length),
);

const back = /[аоұыуюяё]/u;
const front = /[әеөүіэ]/u;
const vowels = /[аәеёиоөуұүыіэюя]/gu;
/** и, у and ю stand in words of both kinds. */
const undecided = /[иую]/u;
const kazakhOnly = /[әғқңөұүһі]/u;

/** Suffixes go by the last vowel of the stem, in Russian loans too: адвокатқа, but министрге. Only "with" is always мен. */
function isHarmonious(stem: string, suffix: string): boolean {
  const last = stem.match(vowels)?.at(-1);
  if (last === undefined) return false;
  if (undecided.test(last) || /^[мбп]ен$/u.test(suffix)) return true;
  // и in a suffix is the і of somebody without the letter.
  return back.test(last) ? !/[әеөүіэи]/u.test(suffix) : !back.test(suffix) && front.test(last);
}

/**
 * The first consonant of a suffix goes by the last letter of the stem: адвокат + ты, but Алматы is no accusative of "Алма".
 * Behind a voiceless letter stand т, қ, к, п; behind a vowel or a voiced letter the others, н only behind vowels and nasals.
 */
function isAssimilated(stem: string, suffix: string): boolean {
  const first = suffix.charAt(0);
  const last = stem.slice(-1);
  if (/[ыі]/u.test(first)) return !/[аәеёоөұүыіэюя]/u.test(last);
  if (/[тқкп]/u.test(first)) return /[пфкқтсшщхһцчбвгд]/u.test(last);
  if (first === "н") return /[аәеёиоөуұүыіэюямнң]/u.test(last);
  return !/[пфкқтсшщхһцч]/u.test(last);
}

/** Before a vowel the last consonant is voiced: кітап, but кітабы. */
const voiceless: Readonly<Record<string, string>> = { б: "п", ғ: "қ", г: "к" };

/**
 * "адвокаттарымызға", "адвокаттың" -> "адвокат"; "кітабы" -> "кітап". Lower case in. A word without any letter of Kazakh alone may
 * have been typed without them: "адвокаттын" counts too. At least three letters stay: сот is a word, "со" is none.
 */
export function stemKazakh(word: string): string {
  let stem = word;
  const suffixes = kazakhOnly.test(word) ? layers : plainLayers;
  // Until nothing comes off: қайтарым looks as if it had a possessive, so it must lose it with a plural behind it, too.
  for (let before = ""; before !== stem;) {
    before = stem;
    for (const layer of suffixes) stem = withoutSuffix(stem, layer);
  }
  return stem;
}

function withoutSuffix(word: string, layer: readonly string[]): string {
  for (const suffix of layer) {
    const stem = word.slice(0, word.length - suffix.length);
    if (stem.length < 3 || !word.endsWith(suffix)) continue;
    if (!isHarmonious(stem, suffix) || !isAssimilated(stem, suffix)) continue;
    return /^[ыі]/u.test(suffix) ? stem.slice(0, -1) + (voiceless[stem.slice(-1)] ?? stem.slice(-1)) : stem;
  }
  return word;
}
