import { html } from "hono/html";
import { formatDay } from "#language/dates.ts";
import { grouped, type AppealFigures } from "../figures.ts";
import type { PublicBooks } from "../public-books.ts";
import type { Html, Reader } from "../reader.ts";
import { foundationName, type Page } from "./layout.ts";
import { appealTitle, endedText, firstWeekText, progress, weekText } from "./parts.ts";

/** An appeal as a card: what came in of what was asked for, or when that will be known. */
export function appealCards(reader: Reader, appeals: readonly AppealFigures[]): Html {
  const { words, language } = reader;
  return html`<ul class="cards">
    ${appeals.map((figures) => {
      const { id, opened } = figures.appeal;
      return html`<li class="card">
        <h3><a href="/${language}/appeals/${encodeURIComponent(id)}">${appealTitle(reader, figures)}</a></h3>
        <p class="note">
          ${words.code(id)} ·
          ${words.openedOn(formatDay(opened, language))}${figures.ended === undefined ? "" : ` · ${endedText(reader, figures.ended)}`}
        </p>
        ${
          figures.asOf === undefined
            ? html`<p class="note">
                ${words.noCloseYet}. ${words.noCloseYetText(firstWeekText(reader, opened))}
              </p>`
            : progress(reader, figures)
        }
        <p class="go">
          <a
            href="/${language}/appeals/${encodeURIComponent(id)}#money"
            aria-label="${words.seeAppeal}: ${id}"
            >${words.seeAppeal}</a
          >
        </p>
      </li>`;
    })}
  </ul>`;
}

/** All appeals: first those that still need help, then those that have what they asked for, last those that ended. */
export function appealsPage(books: PublicBooks, appeals: readonly AppealFigures[], reader: Reader): Page {
  const { words } = reader;
  const { open, reached, ended } = grouped(appeals);
  return {
    name: "appeals",
    path: "appeals",
    title: words.appeals,
    description: words.description(foundationName(books, reader).text),
    body: html`<h1>${words.appeals}</h1>
      <p class="lead">${words.askedIsAWish}</p>
      ${books.asOf === undefined ? "" : html`<p class="note">${words.asOf(weekText(reader, books.asOf))} ${words.everyWeek}</p>`}
      ${appeals.length === 0 ? html`<p>${words.noAppeals}</p>` : ""}
      ${
        open.length === 0
          ? ""
          : html`<h2>${words.openAppeals}</h2>
              ${appealCards(reader, open)}`
      }
      ${
        reached.length === 0
          ? ""
          : html`<h2>${words.reachedAppeals}</h2>
              ${appealCards(reader, reached)}`
      }
      ${
        ended.length === 0
          ? ""
          : html`<h2>${words.endedAppeals}</h2>
              ${appealCards(reader, ended)}`
      }`,
  };
}
