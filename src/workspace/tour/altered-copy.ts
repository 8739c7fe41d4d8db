import { unzipSync, zipSync } from "fflate";
import { fromUtf8, utf8 } from "#record/bytes.ts";
import type { Language } from "#language/language.ts";

/**
 * A dossier in whose statement 1 240 000 became 1 940 000, as somebody would do it who has an editor and an opinion. Nothing else
 * is touched. undefined where the figure does not stand in it.
 */
export function alteredCopy(
  dossier: Uint8Array<ArrayBuffer>,
  language: Language,
): Uint8Array<ArrayBuffer> | undefined {
  const files = unzipSync(dossier);
  const page = Object.keys(files).find((name) => name.endsWith(`/data/statement.${language}.html`));
  const text = page === undefined ? undefined : fromUtf8(files[page] ?? new Uint8Array());
  if (page === undefined || text === undefined) return undefined;
  // Between the digits stands what the language puts there: a comma, or a space of one of several kinds, perhaps as an entity.
  const altered = text.replaceAll(/\b1(\D{1,8})240(\D{1,8})000(?!\d)/gu, "1$1940$2000");
  if (altered === text) return undefined;
  return zipSync({ ...files, [page]: utf8(altered) });
}
