import { formatDay } from "#language/dates.ts";
import type { Reader } from "../reader.ts";

/**
 * When a post was published, on the clock of the place where it was: "1 February 2025, 10:05 (UTC+5)". A text that is no
 * such time is given back as it stands.
 */
export function publishedText(reader: Reader, published: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/u.exec(
    published,
  );
  if (found === null) return published;
  const [, day = "", time = "", zone = ""] = found;
  const offset = zone === "Z" ? "" : zone.replace(/^([+-])0?(\d+):00$/u, "$1$2").replace("-", "−");
  return `${formatDay(day, reader.language)}, ${time} (UTC${offset})`;
}
