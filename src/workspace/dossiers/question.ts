import { formatDayRange } from "#language/dates.ts";
import type { Language } from "#language/language.ts";
import { formatCount } from "#language/numbers.ts";
import type { Titles } from "#domain/funds/entries.ts";
import type { Question } from "#dossier/statement/statement.ts";
import { dossierWords } from "./words.ts";

/** "Appeal A-2025-003", "Period 9–15 March 2025". */
export function questionText(question: Question, language: Language): string {
  const kind = dossierWords[language].kinds[question.kind];
  return question.kind === "period"
    ? `${kind}: ${formatDayRange(question.from, question.to, language)}`
    : `${kind} ${question.id}`;
}

export function titleText(title: Titles, language: Language): string {
  return title[language] ?? title.ru ?? title.kk ?? title.en ?? "";
}

/** "2,4 MB": for people, so a million bytes are a megabyte. */
export function bytesText(bytes: number, language: Language): string {
  const [unit, size] =
    bytes < 1_000_000 ? (["kB", bytes / 1000] as const) : (["MB", bytes / 1_000_000] as const);
  const rounded = size < 10 ? Math.round(size * 10) / 10 : Math.round(size);
  const text = Number.isInteger(rounded) ? formatCount(rounded, language) : String(rounded);
  const units = { kB: { en: "kB", ru: "КБ", kk: "КБ" }, MB: { en: "MB", ru: "МБ", kk: "МБ" } } as const;
  return `${language === "en" ? text : text.replace(".", ",")}\u00a0${units[unit][language]}`;
}
