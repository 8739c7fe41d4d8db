/**
 * The Russian stemmer of the Snowball project (snowballstem.org/algorithms/russian/stemmer.html), by hand: the package with all its
 * languages is half a megabyte in the browser. A test compares the two word by word.
 */
const vowel = /[аеиоуыэюя]/u;

/** Longest endings first, because Snowball takes the longest and does not go back to a shorter one. */
const byLength = (endings: string): readonly string[] =>
  endings.split(" ").sort((a, b) => b.length - a.length);

type Endings = { readonly all: readonly string[]; readonly afterA: ReadonlySet<string> };

/** `afterA` endings count only after а or я. */
function endings(afterA: string, always: string): Endings {
  return { all: byLength(`${afterA} ${always}`), afterA: new Set(afterA.split(" ")) };
}

const gerund = endings("в вши вшись", "ив ивши ившись ыв ывши ывшись");
const participle = endings("ем нн вш ющ щ", "ивш ывш ующ");
const verb = endings(
  "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
  "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю",
);
const plain = (always: string): Endings => ({ all: byLength(always), afterA: new Set() });
const reflexive = plain("ся сь");
const adjective = plain(
  "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею",
);
const noun = plain(
  "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я",
);
const derivational = plain("ост ость");
const superlative = plain("ейш ейше");

/** The word without the longest ending that lies wholly behind `start`; undefined when none does. */
function without(word: string, start: number, { all, afterA }: Endings): string | undefined {
  const found = all.find((ending) => word.length - ending.length >= start && word.endsWith(ending));
  if (found === undefined) return undefined;
  const rest = word.slice(0, word.length - found.length);
  if (afterA.has(found) && !(rest.length > start && /[ая]$/u.test(rest))) return undefined;
  return rest;
}

/** Where Snowball's region R1 of `text` begins: behind the first consonant that follows a vowel. */
function behindVowelConsonant(text: string, from: number): number {
  let at = from;
  while (at < text.length && !vowel.test(text.charAt(at))) at += 1;
  while (at < text.length && vowel.test(text.charAt(at))) at += 1;
  return Math.min(at + 1, text.length);
}

/** "адвокатами", "адвокату", "адвокатов" -> "адвокат". Lower case Cyrillic in; anything else comes back as it is. */
export function stemRussian(given: string): string {
  let word = given.replaceAll("ё", "е");
  const firstVowel = word.search(vowel);
  if (firstVowel === -1) return word;
  const rv = firstVowel + 1;
  const r2 = behindVowelConsonant(word, behindVowelConsonant(word, 0));
  const ofGerund = without(word, rv, gerund);
  if (ofGerund !== undefined) word = ofGerund;
  else {
    word = without(word, rv, reflexive) ?? word;
    const ofAdjective = without(word, rv, adjective);
    if (ofAdjective !== undefined) word = without(ofAdjective, rv, participle) ?? ofAdjective;
    else word = without(word, rv, verb) ?? without(word, rv, noun) ?? word;
  }
  if (word.length > rv && word.endsWith("и")) word = word.slice(0, -1);
  word = without(word, Math.max(rv, r2), derivational) ?? word;
  const ofSuperlative = without(word, rv, superlative);
  if (ofSuperlative !== undefined) word = ofSuperlative;
  if (word.length >= rv + 2 && word.endsWith("нн")) return word.slice(0, -1);
  if (ofSuperlative === undefined && word.length > rv && word.endsWith("ь")) return word.slice(0, -1);
  return word;
}
