import { html, raw } from "hono/html";
import { encodeQR } from "qr";
import { formatDay } from "#language/dates.ts";
import { toHex } from "#record/bytes.ts";
import type { AppealEnd } from "#domain/funds/entries.ts";
import { formatDecimal } from "#domain/funds/money.ts";
import { askedInOwn, type AppealFigures } from "../figures.ts";
import type { PublicBooks, PublicClose } from "../public-books.ts";
import { countText, sumText, told, toldHtml, type Html, type Reader } from "../reader.ts";
import { basis } from "./basis.ts";
import { correctionsTable } from "./corrections.ts";
import { figuresTables } from "./figures-table.ts";
import { foundationName, type Page } from "./layout.ts";
import { endedText, noCloseYet, progress, spendingByCategory, weekText } from "./parts.ts";
import { publishedText } from "./published.ts";

/** Everything about one appeal: the figures of the last close, where the money went, who asked, week by week, how to give. */
export function appealPage(books: PublicBooks, figures: AppealFigures, reader: Reader): Page {
  const { words, language, origin } = reader;
  const { appeal } = figures;
  const path = `appeals/${encodeURIComponent(appeal.id)}`;
  const title = told(reader, appeal.title, appeal.id);
  const isClosed = figures.asOf !== undefined;
  const corrections = books.corrections.filter(({ target }) => isAbout(books, appeal.id, target?.hash));
  const body = html`<p class="kick">
      ${words.code(appeal.id)} · ${words.openedOn(formatDay(appeal.opened, language))}
    </p>
    <h1>${toldHtml(title)}</h1>
    ${
      figures.asOf === undefined
        ? noCloseYet(reader, appeal.opened)
        : html`<p class="note">${words.asOf(weekText(reader, figures.asOf))}</p>
            ${progress(reader, figures)}`
    }
    ${figures.ended === undefined ? giving(books, figures, reader, `${origin}/${language}/${path}`) : endNotice(books, figures.ended, figures.leftover !== undefined, reader)}
    ${
      isClosed
        ? html`<h2 id="figures">${words.figures}</h2>
            ${figuresTables(books, figures, reader)}`
        : ""
    }
    ${isClosed ? whereItWent(books, figures, reader) : ""} ${posts(books, figures, reader)}
    ${isClosed ? weekByWeek(figures, reader) : ""}
    ${
      figures.leftover === undefined
        ? ""
        : html`<h2>${words.leftover}</h2>
            <p>${figures.leftover}</p>`
    }
    ${
      corrections.length === 0
        ? ""
        : html`<h2>${words.corrections}</h2>
            ${correctionsTable(reader, corrections)}`
    }
    ${takeAway(books, figures, reader, path, title.text)}`;
  return {
    name: "other",
    path,
    title: title.text,
    description: describe(figures, reader),
    body,
    data: machineData(books, figures, reader, `${origin}/${language}/${path}`, title.text),
  };
}

function isAbout(books: PublicBooks, appeal: string, corrected: string | undefined): boolean {
  if (corrected === undefined) return false;
  const figures = ["opened", "ended", "asked", "received", "spent", "covered", "confirmed"] as const;
  return [books.refsNow, books.refsClosed].some((refs) =>
    figures.some((figure) => refs.of(appeal, figure).some(({ hash }) => hash === corrected)),
  );
}

function describe(figures: AppealFigures, reader: Reader): string {
  const { words } = reader;
  const own = figures.currencies[0];
  const asked = askedInOwn(figures);
  if (figures.asOf === undefined || own === undefined) return words.lead;
  const received = `${words.received}: ${sumText(reader, own.received, own.currency)}`;
  const spent = `${words.spent}: ${sumText(reader, own.spent, own.currency)}`;
  const wanted =
    asked === undefined ? "" : `${words.asked}: ${sumText(reader, asked.minor, asked.currency)}. `;
  return `${wanted}${received}. ${spent}. ${words.asOf(weekText(reader, figures.asOf))}`;
}

function giving(books: PublicBooks, { appeal }: AppealFigures, reader: Reader, address: string): Html {
  const { words } = reader;
  const unsigned = books.now.policy?.unsigned;
  // Drawn from booleans by the library itself: nothing of ours is quoted in it but the address, as modules.
  const code = encodeQR(address, "svg", { ecc: "medium" });
  return html`<section class="give" aria-labelledby="give">
    <div>
      <h2 id="give">${words.giveTitle}</h2>
      <p>${words.giveCode}</p>
      <p><strong class="ref">${appeal.id}</strong></p>
      <p class="note">
        ${words.giveCodeNote(appeal.hashtag)}${unsigned === undefined ? "" : ` ${words.giveUnsigned[unsigned]}`}
      </p>
      <p class="note">${words.giveAccounts}</p>
      <p class="note">${words.givePrivate}</p>
    </div>
    <figure>
      ${raw(code.replace(/^<svg /u, `<svg class="qr" aria-hidden="true" `))}
      <figcaption>${words.giveQr}</figcaption>
    </figure>
  </section>`;
}

/** In place of how to give: a code that is still scanned from an old poster leads here. */
function endNotice(books: PublicBooks, end: AppealEnd, isLeftSaid: boolean, reader: Reader): Html {
  const { words } = reader;
  return html`<section class="give" aria-labelledby="ended">
    <div>
      <h2 id="ended">${endedText(reader, end)}</h2>
      <p>${words.endedNote} ${isLeftSaid ? words.endedArrives : words.endedUnsaid}</p>
      ${basis(reader, words.endOf, books.refsNow.of(end.appeal, "ended"))}
    </div>
  </section>`;
}

function whereItWent(books: PublicBooks, figures: AppealFigures, reader: Reader): Html {
  const { words } = reader;
  const { confirmed, related } = figures;
  const spending = figures.currencies.filter((one) => one.categories.length > 0);
  const paid = related.map(({ minor, currency }) => sumText(reader, minor, currency)).join(" + ");
  const count = related.reduce((sum, one) => sum + one.payments, 0);
  return html`<h2 id="money">${words.whereItWent}</h2>
    ${spending.length === 0 ? html`<p>${words.nothingSpent}</p>` : spending.map((one) => spendingByCategory(reader, one))}
    ${basis(reader, words.spent, books.refsClosed.of(figures.appeal.id, "spent"))}
    ${
      confirmed.payments === 0
        ? ""
        : html`<p>
              ${words.confirmedBoth(confirmed.both, confirmed.payments)}
              ${confirmed.both === 0 ? "" : words.confirmedProven(confirmed.proven)}
            </p>
            <p>
              ${related.length === 0 ? words.relatedNone : words.relatedSome(paid, words.payments(count))}
            </p>
            ${basis(reader, words.whoConfirmed, books.refsClosed.of(figures.appeal.id, "confirmed"))}`
    }`;
}

function posts(books: PublicBooks, figures: AppealFigures, reader: Reader): Html {
  const { words } = reader;
  if (figures.posts.length === 0)
    return html`<h2>${words.posts}</h2>
      <p>${words.postsNone}</p>`;
  return html`<h2>${words.posts}</h2>
    <div class="wide">
      <table class="stack">
        <caption>
          ${words.postsNote}
        </caption>
        <thead>
          <tr>
            <th scope="col">${words.post}</th>
            <th scope="col">${words.published}</th>
            <th scope="col">${words.kind}</th>
            <th scope="col" class="n">${words.target}</th>
            <th scope="col" class="n">${words.countsOnce}</th>
          </tr>
        </thead>
        <tbody>
          ${figures.posts.map(
            ({ id, kind, published, target }) =>
              html`<tr>
                <th scope="row" data-label="${words.post}">${id}</th>
                <td data-label="${words.published}">${publishedText(reader, published)}</td>
                <td data-label="${words.kind}">
                  ${kind === "post" || kind === "repost" ? words.kinds[kind] : kind}
                </td>
                <td class="n" data-label="${words.target}">
                  ${sumText(reader, target.minor, target.currency)}
                </td>
                <td class="n" data-label="${words.countsOnce}">
                  ${kind === "repost" ? words.noRepeat : words.yes}
                </td>
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="3">${words.asked}</th>
            <td class="n">
              ${figures.asked.map((sum) => sumText(reader, sum.minor, sum.currency)).join(" + ")}
            </td>
            <td></td>
          </tr>
        </tfoot>
      </table>
    </div>
    ${basis(reader, words.asked, books.refsNow.of(figures.appeal.id, "asked"))}`;
}

/** Two months stand open, a year is folded away, and older weeks are in the table to download. */
const weeksOpen = 8;
const weeksShownMax = 53;

function weekByWeek(figures: AppealFigures, reader: Reader): Html {
  const { words } = reader;
  const sums = new Map<string, bigint>();
  const rows = figures.closes.map((close) => {
    const sum = (sums.get(close.currency) ?? 0n) + close.minor;
    sums.set(close.currency, sum);
    return { close, sum };
  });
  const weeks = rows.toReversed().slice(0, weeksShownMax);
  const folded = weeks.slice(weeksOpen);
  return html`<h2 id="weeks">${words.closes}</h2>
    ${weeksTable(reader, weeks.slice(0, weeksOpen), words.closesNote)}
    ${
      folded.length === 0
        ? ""
        : html`<details>
            <summary>${words.earlierWeeks(folded.length)}</summary>
            ${weeksTable(reader, folded, words.earlierWeeks(folded.length))}
          </details>`
    }`;
}

type WeekRow = { readonly close: PublicClose; readonly sum: bigint };

function weeksTable(reader: Reader, rows: readonly WeekRow[], caption: string): Html {
  const { words, language } = reader;
  return html`<div class="wide">
    <table class="stack">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.closedUpTo}</th>
          <th scope="col" class="n">${words.count}</th>
          <th scope="col" class="n">${words.received}</th>
          <th scope="col" class="n">${words.sumToDate}</th>
          <th scope="col" class="n">${words.waiting}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ close, sum }) =>
            html`<tr>
              <th scope="row" data-label="${words.closedUpTo}">${formatDay(close.lastDay, language)}</th>
              <td class="n" data-label="${words.count}">${countText(reader, close.count)}</td>
              <td class="n" data-label="${words.received}">
                ${sumText(reader, close.minor, close.currency)}
              </td>
              <td class="n" data-label="${words.sumToDate}">${sumText(reader, sum, close.currency)}</td>
              <td class="n" data-label="${words.waiting}">
                ${close.carried === 0 ? "–" : countText(reader, close.carried)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function takeAway(
  books: PublicBooks,
  figures: AppealFigures,
  reader: Reader,
  path: string,
  title: string,
): Html {
  const { words, language, origin } = reader;
  const { appeal, asOf } = figures;
  const file = `/data/appeals/${encodeURIComponent(appeal.id)}`;
  return html`<h2>${words.download}</h2>
    <ul class="acts">
      ${asOf === undefined || !reader.hasPdf ? "" : html`<li><a href="/${language}/${path}/statement.pdf">${words.downloadPdf}</a></li>`}
      <li><a href="${file}.csv">${words.downloadCsv}</a></li>
      <li><a href="${file}.json">${words.downloadJson}</a></li>
    </ul>
    ${
      asOf === undefined
        ? ""
        : html`<h2 id="cite">${words.cite}</h2>
            <p class="quote">
              ${words.citation(foundationName(books, reader).text, title, appeal.id, weekText(reader, asOf), countText(reader, asOf.size), toHex(asOf.root), `${origin}/${language}/${path}`)}
            </p>
            <p class="note">${words.citeNote}</p>`
    }`;
}

function machineData(
  books: PublicBooks,
  figures: AppealFigures,
  reader: Reader,
  url: string,
  title: string,
): object[] {
  const name = foundationName(books, reader).text;
  const recipient = { "@type": "NGO", name, url: `${reader.origin}/${reader.language}/` };
  const file = `${reader.origin}/data/appeals/${encodeURIComponent(figures.appeal.id)}`;
  const asked = askedInOwn(figures);
  return [
    // An appeal that ended invites nobody to give.
    ...(figures.ended === undefined
      ? [
          {
            "@context": "https://schema.org",
            "@type": "DonateAction",
            name: title,
            identifier: figures.appeal.id,
            url,
            recipient,
            ...(asked === undefined
              ? {}
              : { price: formatDecimal(asked.minor, asked.currency), priceCurrency: asked.currency }),
          },
        ]
      : []),
    {
      "@context": "https://schema.org",
      "@type": "Dataset",
      name: `${title} (${figures.appeal.id})`,
      description: describe(figures, reader),
      url,
      creator: recipient,
      isAccessibleForFree: true,
      ...(figures.asOf === undefined
        ? {}
        : { temporalCoverage: `${figures.appeal.opened}/${figures.asOf.lastDay}` }),
      distribution: [
        { "@type": "DataDownload", encodingFormat: "text/csv", contentUrl: `${file}.csv` },
        { "@type": "DataDownload", encodingFormat: "application/json", contentUrl: `${file}.json` },
      ],
    },
  ];
}
