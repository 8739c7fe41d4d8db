import type { Language } from "#language/language.ts";
import type { AppealPage } from "./calls.ts";

/** Address of what everybody can read about the appeal, in one language. */
export function publicPageOf({ id, site }: Pick<AppealPage, "id" | "site">, language: Language): string {
  return `${site}/${language}/appeals/${encodeURIComponent(id)}`;
}
