import { html } from "hono/html";
import { formatDay } from "#language/dates.ts";
import { generalSpending, grouped, totalFigures, type AppealFigures, type TotalFigures } from "../figures.ts";
import type { PublicBooks } from "../public-books.ts";
import { countText, sumText, type Html, type Reader } from "../reader.ts";
import { appealCards } from "./appeal-cards.ts";
import { foundationName, type Page } from "./layout.ts";
import { spendingByCategory, weekText } from "./parts.ts";
import { closedWeeks } from "../closed-weeks.ts";
import { toldHtml } from "../reader.ts";

const weeksShown = 6;

/** Who we are, what came in and went out over all appeals, who still needs help, and which weeks were closed last. */
export function frontPage(books: PublicBooks, appeals: readonly AppealFigures[], reader: Reader): Page {
  const { words, language } = reader;
  const name = foundationName(books, reader);
  const { open } = grouped(appeals);
  const weeks = closedWeeks(books).slice(0, weeksShown);
  const body = html`<h1>${toldHtml(name)}</h1>
    <p class="lead">${words.lead}</p>
    ${
      books.asOf === undefined
        ? html`<div class="empty">
            <p><strong>${words.noCloseYet}</strong></p>
            <p>${words.noCloseAtAll}</p>
          </div>`
        : totals(books, appeals, reader)
    }
    <h2>${words.openAppeals}</h2>
    ${appeals.length === 0 ? html`<p>${words.noAppeals}</p>` : appealCards(reader, open)}
    <p>
      <a href="/${language}/appeals">${words.allAppeals}</a> · <span class="soft">${words.askedIsAWish}</span>
    </p>
    ${generalSpending(books).map(
      (one) =>
        html`<h2>${words.generalSpending}</h2>
          ${spendingByCategory(reader, one)}`,
    )}
    ${
      weeks.length === 0
        ? ""
        : html`<h2>${words.latestCloses}</h2>
            <div class="wide">
              <table class="stack">
                <caption>
                  ${words.latestClosesNote} ${words.everyWeek}
                </caption>
                <thead>
                  <tr>
                    <th scope="col">${words.closedUpTo}</th>
                    <th scope="col" class="n">${words.count}</th>
                    <th scope="col" class="n">${words.received}</th>
                  </tr>
                </thead>
                <tbody>
                  ${weeks.map(
                    ({ lastDay, count, sums }) =>
                      html`<tr>
                        <th scope="row" data-label="${words.closedUpTo}">${formatDay(lastDay, language)}</th>
                        <td class="n" data-label="${words.count}">${words.gifts(count)}</td>
                        <td class="n" data-label="${words.received}">
                          ${sums.map((sum) => sumText(reader, sum.minor, sum.currency)).join(" + ")}
                        </td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
            <p><a href="/${language}/feed.xml">${words.followFeed}</a></p>`
    }`;
  return {
    name: "home",
    path: "",
    title: name.text,
    description: words.description(name.text),
    body,
    data: [
      {
        "@context": "https://schema.org",
        "@type": "NGO",
        name: name.text,
        url: `${reader.origin}/${language}/`,
      },
    ],
  };
}

function totals(books: PublicBooks, appeals: readonly AppealFigures[], reader: Reader): Html {
  const { words, language } = reader;
  const [own, ...others] = totalFigures(books, appeals);
  if (own === undefined || books.asOf === undefined) return html``;
  const all = [own, ...others];
  const also = (of: "received" | "spent") => {
    const sums = others.filter((one) => one[of] !== 0n);
    if (sums.length === 0) return "";
    return html`<span class="s num"
      >${words.andAlso(sums.map((one) => sumText(reader, one[of], one.currency)).join(" + "))}</span
    >`;
  };
  const giftsCount = all.reduce((sum, one) => sum + one.gifts, 0);
  const confirmed = appeals.reduce((sum, one) => sum + one.confirmed.proven, 0);
  const paymentsCount = all.reduce((sum, one) => sum + one.payments, 0);
  return html`<dl class="big">
      <div>
        <dt>${words.received}</dt>
        <dd>
          <span class="v num">${sumText(reader, own.received, own.currency)}</span>${also("received")}<span
            class="s"
            >${words.gifts(giftsCount)}</span
          >
        </dd>
      </div>
      <div>
        <dt>${words.spent}</dt>
        <dd>
          <span class="v num">${sumText(reader, own.spent, own.currency)}</span>${also("spent")}<span
            class="s"
            >${words.payments(paymentsCount)}</span
          >
        </dd>
      </div>
      <div>
        <dt>${words.paymentsProven}</dt>
        <dd>
          <span class="v num">${countText(reader, confirmed)}</span
          ><span class="s">${words.paymentsProvenNote(paymentsCount)}</span>
        </dd>
      </div>
    </dl>
    ${all.map((one) => fromElsewhere(one, reader))}
    <p class="note">
      ${words.totals}. ${words.asOf(weekText(reader, books.asOf))}
      ${words.eachRowOnce(words.rows(books.rows))} <a href="/${language}/check">${words.check}</a>
    </p>`;
}

/** What was spent beyond the gifts made public, said in words: no big number, as only part of it is known to be general money. */
function fromElsewhere({ covered, coveredBy, currency }: TotalFigures, reader: Reader): Html {
  const { words } = reader;
  const sum = sumText(reader, covered, currency);
  switch (coveredBy) {
    case "rule":
      return covered === 0n ? html`` : html`<p class="note">${words.frontByRule(sum)}</p>`;
    case "sealed":
      return html`<p class="note">${words.frontSealed(sum)}</p>`;
    case "entries":
      return covered <= 0n ? html`` : html`<p class="note">${words.frontCovered(sum)}</p>`;
  }
}
