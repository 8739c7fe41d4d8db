import { html } from "hono/html";
import { formatDay } from "#language/dates.ts";
import type { FreezeEvent, PublicBooks } from "../public-books.ts";
import { countText, type Html, type Reader } from "../reader.ts";
import { foundationName, type Page } from "./layout.ts";

/** Accounts that were frozen, and what became of them. Numbers are hidden; the keyed id tells accounts apart. */
export function freezesPage(books: PublicBooks, reader: Reader): Page {
  const { words } = reader;
  return {
    name: "freezes",
    path: "freezes",
    title: words.freezes,
    description: `${foundationName(books, reader).text}: ${words.freezesLead}`,
    body: html`<h1>${words.freezes}</h1>
      <p class="lead">${words.freezesLead}</p>
      ${books.freezes.length === 0 ? html`<p>${words.freezesNone}</p>` : table(books, reader)}`,
  };
}

function table(books: PublicBooks, reader: Reader): Html {
  const { words, language } = reader;
  const row = ({ kind, account, date, detail, entry }: FreezeEvent): Html => {
    const known = books.now.accounts.get(account);
    const isLast = books.freezes.findLast((one) => one.account === account)?.entry === entry;
    return html`<tr id="e${entry.index}">
      <th scope="row" data-label="${words.date}">
        ${formatDay(date, language)}<br /><span class="note"
          >${words.entryNumber(countText(reader, entry.index))}</span
        >
      </th>
      <td data-label="${words.freezeAccount}">
        <code>${account}</code>${(known?.currency ?? null) === null ? "" : ` · ${known?.currency}`}
      </td>
      <td data-label="${words.freezeEvent}">
        ${words[kind]}${kind === "frozen" && isLast ? html` · <strong>${words.stillFrozen}</strong>` : ""}
      </td>
      <td data-label="${words.reason}">${detail}</td>
    </tr>`;
  };
  return html`<div class="wide">
    <table class="stack">
      <caption>
        ${words.freezeAccountNote}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.date}</th>
          <th scope="col">${words.freezeAccount}</th>
          <th scope="col">${words.freezeEvent}</th>
          <th scope="col">${words.reason}</th>
        </tr>
      </thead>
      <tbody>
        ${books.freezes.toReversed().map(row)}
      </tbody>
    </table>
  </div>`;
}
