import type { Language } from "#language/language.ts";

/** Where the public site has the statement of an appeal as PDF: `/ru/appeals/A-2025-003/statement.pdf`. */
export function statementAddress(language: Language, appeal: string): string {
  return `/${language}/appeals/${encodeURIComponent(appeal)}/statement.pdf`;
}
