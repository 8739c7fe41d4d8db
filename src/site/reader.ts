import { formatCount } from "#language/numbers.ts";
import type { Language } from "#language/language.ts";
import { formatSum, sumDecimals } from "#language/sums.ts";
import type { Titles } from "#domain/funds/entries.ts";
import { html } from "hono/html";
import { wordsOf } from "./words/words.ts";
import type { Words } from "./words/en.ts";

/** A piece of a page, escaped. */
export type Html = ReturnType<typeof html>;

/** Who reads: the language, its words, and the address under which the server was asked. */
export type Reader = {
  readonly language: Language;
  readonly words: Words;
  readonly origin: string;
  /** Whether statements on paper can be made here; where not, nothing points to them. */
  readonly hasPdf: boolean;
};

export function readerOf(language: Language, origin: string, hasPdf = false): Reader {
  return { language, words: wordsOf[language], origin, hasPdf };
}

/** A sum for people: decimals only where they say something, "1 240 000 ₸" and "12,50 €". */
export function sumText(reader: Reader, minor: bigint, currency: string): string {
  const text = formatSum(minor, currency, reader.language);
  return sumDecimals(currency) === 0 ? text : text.replace(/[.,]0+(?=[^0-9]*$)/u, "");
}

export function countText(reader: Reader, count: number): string {
  return formatCount(count, reader.language);
}

/** A text that the foundation gave in some languages: the reader's own, or the nearest, marked as what it is. */
export type Told = { readonly text: string; readonly language: Language | undefined };

/** Who reads Kazakh mostly reads Russian, and the other way round; English comes last for both. */
const nearest: Readonly<Record<Language, readonly Language[]>> = {
  kk: ["kk", "ru", "en"],
  ru: ["ru", "kk", "en"],
  en: ["en", "ru", "kk"],
};

export function told(reader: Reader, titles: Titles, otherwise: string): Told {
  for (const language of nearest[reader.language]) {
    const text = titles[language]?.trim();
    if (text !== undefined && text !== "")
      return { text, language: language === reader.language ? undefined : language };
  }
  return { text: otherwise, language: undefined };
}

/** A told text with its language where it is not the page's, so that a screen reader pronounces it right. */
export function toldHtml({ text, language }: Told): Html {
  return language === undefined ? html`${text}` : html`<span lang="${language}">${text}</span>`;
}
