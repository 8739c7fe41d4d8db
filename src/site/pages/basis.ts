import { html } from "hono/html";
import { entryLabel } from "#domain/catalogue.ts";
import type { EntryRef } from "../entry-refs.ts";
import { countText, type Html, type Reader } from "../reader.ts";

/** More entries than these make a page heavy; the data file of the appeal lists all. */
const refsShownMax = 12;

/** Under a figure: which entries of the log it was computed from, by number and hash. Nothing where there are none. */
export function basis(reader: Reader, figure: string, refs: readonly EntryRef[]): Html | "" {
  if (refs.length === 0) return "";
  const { words, language } = reader;
  const shown = refs.slice(-refsShownMax);
  const more = refs.length - shown.length;
  return html`<details>
    <summary>${words.basisOf(figure)}</summary>
    <ul class="refs">
      ${shown.map(
        ({ index, hash, type }) =>
          html`<li>
            ${words.entryNumber(countText(reader, index))} · ${entryLabel(type, language)} ·
            <code>${hash}</code>
          </li>`,
      )}
    </ul>
    ${more > 0 ? html`<p class="note">${words.basisMore(more)}</p>` : ""}
    <p class="note">${words.basisNote} <a href="/${language}/check">${words.check}</a></p>
  </details>`;
}
