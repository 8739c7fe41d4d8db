import { formatDayTime } from "#language/dates.ts";
import type { Language } from "#language/language.ts";

/** When a post was published, on this device's clock; the text as recorded where it is no moment. */
export function publishedText(
  published: string,
  language: Language,
  length: "long" | "short" = "long",
): string {
  const at = Date.parse(published);
  if (Number.isNaN(at)) return published;
  return formatDayTime(at / 1000, language, Intl.DateTimeFormat().resolvedOptions().timeZone, length);
}
