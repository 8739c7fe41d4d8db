import { html } from "hono/html";
import { toHex } from "#record/bytes.ts";
import { tilePath, tileWidth } from "#record/tiles.ts";
import type { PublicBooks } from "../public-books.ts";
import { countText, type Html, type Reader } from "../reader.ts";
import { foundationName, type Page } from "./layout.ts";
import { weekText } from "./parts.ts";

/** How a stranger checks the site without trusting it, and what no check can tell. */
export function checkPage(books: PublicBooks, reader: Reader): Page {
  const { words } = reader;
  const firstTile = tilePath({ level: 0, n: 0, width: Math.min(books.size, tileWidth) });
  return {
    name: "check",
    path: "check",
    title: words.check,
    description: `${foundationName(books, reader).text}: ${words.checkLead}`,
    body: html`<h1>${words.check}</h1>
      <p class="lead">${words.checkLead}</p>
      <h2>${words.checkSteps}</h2>
      <ol class="steps">
        <li>
          <h3>1. ${words.checkStepDossier}</h3>
          <p>${words.checkStepDossierText}</p>
        </li>
        <li>
          <h3>2. ${words.checkStepLog}</h3>
          <p>${words.checkStepLogText}</p>
          <ul class="acts">
            <li><a href="/checkpoint">${words.checkCheckpoint}</a></li>
            ${books.size === 0 ? "" : html`<li><a href="/${firstTile}">${words.checkTiles}</a></li>`}
          </ul>
        </li>
        <li>
          <h3>3. ${words.checkStepPage}</h3>
          <p>${words.checkStepPageText}</p>
        </li>
      </ol>
      ${state(books, reader)}
      <h2>${words.checkProves}</h2>
      <ul>
        ${words.checkProvesList.map((text) => html`<li>${text}</li>`)}
      </ul>
      <h2>${words.checkOpenData}</h2>
      <p>${words.checkOpenDataNote}</p>
      <ul class="acts">
        <li><a href="/data/360giving.json">360Giving (JSON)</a></li>
      </ul>`,
  };
}

function state(books: PublicBooks, reader: Reader): Html | "" {
  const { words } = reader;
  const { asOf, genesis } = books;
  if (asOf === undefined) return "";
  return html`<h2>${words.checkStateTitle}</h2>
    <p class="note">${words.asOf(weekText(reader, asOf))}</p>
    <dl class="state">
      <dt>${words.checkSize}</dt>
      <dd class="num">${countText(reader, asOf.size)}</dd>
      <dt>${words.checkRoot}</dt>
      <dd><code>${toHex(asOf.root)}</code></dd>
      ${
        genesis === undefined
          ? ""
          : html`<dt>${words.checkGenesis}</dt>
              <dd><code>${toHex(genesis)}</code></dd>`
      }
    </dl>`;
}
