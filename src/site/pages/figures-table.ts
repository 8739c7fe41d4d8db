import { html } from "hono/html";
import { askedInOwn, coveredRefs, type AppealFigures, type CurrencyFigures, type Left } from "../figures.ts";
import type { PublicBooks } from "../public-books.ts";
import { sumText, type Html, type Reader } from "../reader.ts";
import { basis } from "./basis.ts";

/** One row of the figures: the same rows make the page, the table to download and the statement on paper. */
export type FigureRow = { readonly label: string; readonly value: string; readonly note: string };

/** The figures of an appeal in one currency, in the order in which they are understood. */
export function figureRows(
  books: PublicBooks,
  figures: AppealFigures,
  of: CurrencyFigures,
  reader: Reader,
): FigureRow[] {
  const { words } = reader;
  const sum = (minor: bigint) => sumText(reader, minor, of.currency);
  const isOwn = of.currency === figures.appeal.currency;
  const asked = isOwn ? askedInOwn(figures) : figures.asked.find((one) => one.currency === of.currency);
  const rows: FigureRow[] = [];
  if (isOwn || asked !== undefined) {
    const value = asked === undefined ? "–" : sum(asked.minor);
    rows.push({
      label: words.asked,
      value,
      note: words.askedNote(asked === undefined ? 0 : figures.posts.length),
    });
  }
  rows.push({
    label: words.received,
    value: sum(of.received),
    note: `${words.gifts(of.gifts)}. ${words.receivedNote}${of.carried === 0 ? "" : ` ${words.carriedNote(of.carried)}`}`,
  });
  if (isOwn) {
    const value = books.refunds === 0 ? sum(0n) : words.returnedSum;
    rows.push({ label: words.returned, value, note: words.returnedNote(books.refunds) });
  }
  rows.push({ label: words.spent, value: sum(of.spent), note: `${words.payments(of.payments)}.` });
  if (isOwn || of.covered !== 0n) {
    rows.push({
      label: coveredLabel(of, reader),
      value: sum(of.covered),
      note: coveredNote(books, of, reader),
    });
  }
  if (of.reserved !== 0n) rows.push({ label: words.reserved, value: sum(of.reserved), note: "" });
  rows.push({ label: words.left, ...leftText(of.left, of.currency, reader) });
  return rows;
}

/** Under the rule the figure also holds gifts that are not public yet, so it is not called general money. */
function coveredLabel({ coveredBy }: Pick<CurrencyFigures, "coveredBy">, { words }: Reader): string {
  return coveredBy === "rule" ? words.coveredByRule : words.covered;
}

function coveredNote(books: PublicBooks, { covered, coveredBy }: CurrencyFigures, { words }: Reader): string {
  if (coveredBy === "sealed") return words.coveredSealedNote;
  if (coveredBy === "entries") return covered < 0n ? words.repaidNote : words.coveredNote;
  if (covered === 0n) return words.coveredNothingNote;
  return `${words.coveredRuleNote}${books.refunds === 0 ? "" : ` ${words.leftAtMostNote}`}`;
}

function leftText(left: Left, currency: string, reader: Reader): { value: string; note: string } {
  const { words } = reader;
  switch (left.kind) {
    case "exact":
      return { value: sumText(reader, left.minor, currency), note: words.leftExactNote };
    case "at-most":
      return { value: words.leftAtMost(sumText(reader, left.minor, currency)), note: words.leftAtMostNote };
    case "bridged":
      return { value: words.leftBridged, note: words.leftBridgedNote };
    case "running":
      return { value: words.leftRunning, note: words.leftRunningNote };
    case "sealed":
      return { value: words.leftSealed, note: words.leftSealedNote };
  }
}

export function figuresTables(books: PublicBooks, figures: AppealFigures, reader: Reader): Html {
  const { words } = reader;
  const isSeveral = figures.currencies.length > 1;
  const { id } = figures.appeal;
  const own = figures.currencies[0];
  return html`${figures.currencies.map(
    (of) =>
      html`<div class="wide">
        <table class="rows">
          ${
            isSeveral
              ? html`<caption>
                  ${words.currency}: ${of.currency}
                </caption>`
              : ""
          }
          <tbody>
            ${figureRows(books, figures, of, reader).map(
              ({ label, value, note }) =>
                html`<tr>
                  <th scope="row">${label}</th>
                  <td>
                    <span class="v num">${value}</span
                    >${note === "" ? "" : html`<span class="note">${note}</span>`}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  )}
  ${basis(reader, words.received, books.refsClosed.of(id, "received"))}
  ${basis(reader, own === undefined ? words.covered : coveredLabel(own, reader), coveredRefs(books, id))}`;
}
