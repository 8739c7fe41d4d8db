import { html } from "hono/html";
import { dayAt, formatDay } from "#language/dates.ts";
import { entryLabel } from "#domain/catalogue.ts";
import type { CorrectionEvent, PublicBooks } from "../public-books.ts";
import { countText, type Html, type Reader } from "../reader.ts";
import { foundationName, type Page } from "./layout.ts";

/** What was corrected, why, and by which entry. */
export function correctionsTable(reader: Reader, corrections: readonly CorrectionEvent[]): Html {
  const { words, language } = reader;
  return html`<div class="wide">
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">${words.recordedOn}</th>
          <th scope="col">${words.corrected}</th>
          <th scope="col">${words.why}</th>
        </tr>
      </thead>
      <tbody>
        ${corrections.map(
          ({ entry, target, reason, corrects }) =>
            html`<tr id="e${entry.index}">
              <th scope="row" data-label="${words.recordedOn}">
                ${formatDay(dayAt(entry.at, "UTC"), language)}<br /><span class="note"
                  >${words.entryNumber(countText(reader, entry.index))}</span
                >
              </th>
              <td data-label="${words.corrected}">
                ${target === undefined ? words.unknownEntry : html`${entryLabel(target.type, language)}, ${words.entryNumber(countText(reader, target.index))}`}<br /><code
                  >${corrects}</code
                >
              </td>
              <td data-label="${words.why}">${reason}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function correctionsPage(books: PublicBooks, reader: Reader): Page {
  const { words } = reader;
  return {
    name: "corrections",
    path: "corrections",
    title: words.corrections,
    description: `${foundationName(books, reader).text}: ${words.correctionsLead}`,
    body: html`<h1>${words.corrections}</h1>
      <p class="lead">${words.correctionsLead}</p>
      ${books.corrections.length === 0 ? html`<p>${words.correctionsNone}</p>` : correctionsTable(reader, books.corrections.toReversed())}`,
  };
}
