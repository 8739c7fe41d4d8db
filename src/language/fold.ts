/**
 * One spelling for what people type in many: without capitals and marks, and in one alphabet. Names in bank files stand in
 * Kazakh, Russian and at least three kinds of Latin letters; who looks for "Айгүл" must find "AIGUL" and "Aygul" too.
 */

/** Letters that typists without a Kazakh keyboard replace (ё and the letters of Kazakh alone), and what they type. */
const plainLetters: Readonly<Record<string, string>> = {
  ё: "е",
  ә: "а",
  ғ: "г",
  қ: "к",
  ң: "н",
  ө: "о",
  ұ: "у",
  ү: "у",
  һ: "х",
  і: "и",
  ı: "i",
  ş: "sh",
  ç: "ch",
  ß: "ss",
  æ: "ae",
  ø: "o",
  ł: "l",
  đ: "d",
};

/**
 * Lower case, without accents, Kazakh letters as a Russian keyboard has them: "Әділ Ёлкин" -> "адил елкин". Stays in its
 * alphabet; {@link latinSkeleton} is what joins the alphabets.
 */
export function foldText(text: string): string {
  let folded = "";
  for (const letter of text.normalize("NFKC").toLowerCase()) {
    const plain = plainLetters[letter];
    // й decomposes into и and a mark, but it is no accented letter.
    if (plain !== undefined) folded += plain;
    else if (letter === "й" || letter < "\u0080") folded += letter;
    else folded += plainOf(letter.normalize("NFD").replace(/\p{M}/gu, ""));
  }
  return folded;
}

/** What is left of a letter without its marks may itself have a plainer one: ї is і with two dots. */
function plainOf(letters: string): string {
  return [...letters].map((letter) => plainLetters[letter] ?? letter).join("");
}

const latinOf: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [..."абвгдезиклмнопрстуфх"].map((letter, at) => [letter, "abvgdeziklmnoprstufh"[at] ?? ""]),
  ),
  ж: "j",
  й: "i",
  ы: "i",
  э: "e",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "sh",
  ъ: "",
  ь: "",
  ю: "iu",
  я: "ia",
};

/**
 * Spellings of one sound in passports, in banks and in chats, brought to one; the order matters, since "shch" holds "sh".
 * Wrong as English, which does not matter: document and query go the same way.
 */
const romanisations: readonly (readonly [RegExp, string])[] = [
  [/['’‘`ʼʹ]/gu, ""],
  [/shch|sch/gu, "sh"],
  [/kh/gu, "h"],
  [/gh/gu, "g"],
  [/zh/gu, "j"],
  [/tz/gu, "ts"],
  [/c(?!h)/gu, "k"],
  [/q/gu, "k"],
  [/x/gu, "ks"],
  [/w/gu, "v"],
  [/(^|[^aeiou])yo/gu, "$1e"],
  [/ye/gu, "e"],
  [/y/gu, "i"],
  // German and Slavic j after a vowel: "Ajgul", "Dmitrij". Elsewhere j is ж: "Janna".
  [/(?<=[aeiou])j(?![aeiou])/gu, "i"],
];

/**
 * The word in plain Latin letters, such that usual ways of writing it in Cyrillic or Latin meet: "Айгүл", "Aigul", "AYGÜL"
 * and "Айгуль" are all "aigul". Doubled letters count once. For comparing, never for showing.
 *
 * @example latinSkeleton("Қызылорда") === latinSkeleton("Kyzylorda")
 */
export function latinSkeleton(word: string): string {
  let text = foldText(word);
  if (/[Ѐ-ӿ]/u.test(text)) text = Array.from(text, (letter) => latinOf[letter] ?? letter).join("");
  else if (/[a-z]/u.test(text)) {
    for (const [pattern, sound] of romanisations) text = text.replace(pattern, sound);
  }
  return text.replace(/(\p{L})\1+/gu, "$1");
}
