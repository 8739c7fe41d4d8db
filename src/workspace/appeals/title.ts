import type { Titles } from "#domain/funds/entries.ts";
import type { Language } from "#language/language.ts";

/** The title in the reader's language, else in one that it has; the id where it has none. */
export function titleIn(title: Titles, language: Language, id: string): string {
  return title[language] ?? title.ru ?? title.kk ?? title.en ?? id;
}
