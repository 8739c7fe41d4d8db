/** The three languages in which every word of the program exists. */
export type Language = "kk" | "ru" | "en";

/** In the order in which they are offered: the state language first. */
export const languages: readonly Language[] = ["kk", "ru", "en"];

/** Each language in itself: whoever reads only Kazakh must find the switch without knowing "Kazakh". */
export const languageNames: Readonly<Record<Language, string>> = {
  kk: "Қазақша",
  ru: "Русский",
  en: "English",
};

export function isLanguage(text: unknown): text is Language {
  return text === "kk" || text === "ru" || text === "en";
}

/**
 * The language that a browser asks for, from its `Accept-Language` header or from `navigator.languages.join()`:
 * the highest weight wins, the earlier one among equals. A range that names none of ours is passed over.
 *
 * @example pickLanguage("de, kk-KZ;q=0.9, ru;q=0.8", "ru") === "kk"
 */
export function pickLanguage(accepted: string | null | undefined, otherwise: Language): Language {
  let best: { language: Language; weight: number } | undefined;
  // A header is a stranger's input: what lies beyond the first twenty ranges is not read.
  for (const range of (accepted ?? "").slice(0, 1000).split(",").slice(0, 20)) {
    const found = /^\s*([a-z]{2,3})(?:-[a-z0-9-]*)?\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?\s*$/iu.exec(
      range,
    );
    const tag = found?.[1]?.toLowerCase();
    // "kz" is the country, not the language, and yet some devices in the country send it.
    const language = tag === "kz" ? "kk" : tag;
    const weight = Number(found?.[2] ?? 1);
    if (isLanguage(language) && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? otherwise;
}
