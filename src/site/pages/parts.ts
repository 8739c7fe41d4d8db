import { html } from "hono/html";
import { formatPercent } from "#language/numbers.ts";
import { formatDay, formatWeek } from "#language/dates.ts";
import { daysOfWeek } from "#language/dates.ts";
import { weekOfDay } from "#domain/funds/dates.ts";
import type { AppealEnd } from "#domain/funds/entries.ts";
import { categoryLabels, endReasonLabels, labelOf } from "#domain/funds/labels.ts";
import { askedInOwn, type AppealFigures, type CurrencyFigures } from "../figures.ts";
import type { AsOf } from "../public-books.ts";
import { sumText, told, toldHtml, type Html, type Reader } from "../reader.ts";

/** "9–15 June 2025": a close is named by its week, because a week is what it makes public. */
export function weekText(reader: Reader, asOf: Pick<AsOf, "week">): string {
  return formatWeek(asOf.week, reader.language);
}

/** When the first figures of an appeal can come: the week in which it was opened. */
export function firstWeekText(reader: Reader, opened: string): string {
  const week = weekOfDay(opened);
  return daysOfWeek(week) === undefined ? opened : formatWeek(week, reader.language);
}

export function appealTitle(reader: Reader, { appeal }: Pick<AppealFigures, "appeal">): Html {
  return toldHtml(told(reader, appeal.title, appeal.id));
}

/** How much of what was asked for has come in: in words first, as a bar second. */
export function progress(reader: Reader, figures: AppealFigures): Html {
  const { words } = reader;
  const own = figures.currencies[0];
  const asked = askedInOwn(figures);
  const received = own?.received ?? 0n;
  const currency = figures.appeal.currency;
  const others = figures.currencies.slice(1).filter((one) => one.received !== 0n);
  const also = others.map((one) => sumText(reader, one.received, one.currency)).join(" + ");
  const sum = html`<p class="rec num">
    <span class="note">${words.received}</span>
    ${sumText(reader, received, currency)}${
      also === "" ? "" : html` <span class="note">${words.andAlso(also)}</span>`
    }
  </p>`;
  if (asked === undefined || asked.minor <= 0n)
    return html`${sum}
      <p class="note">${words.askedNothing}</p>`;
  return html`${sum} ${shareBar(received, asked.minor)}
    <p class="note">
      ${words.progress(formatPercent(received, asked.minor, reader.language))} · ${words.asked}:
      <span class="num">${sumText(reader, asked.minor, asked.currency)}</span>
    </p>`;
}

/** A bar of which a part is full; the words beside it say the same, so it is nothing to a screen reader. */
function shareBar(part: bigint, whole: bigint): Html {
  const full = part <= 0n ? 0n : part >= whole ? 1000n : (part * 1000n) / whole;
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
    <rect width="${full}" height="10" />
  </svg>`;
}

/** Where no week that names the appeal has been closed: when its first figures come, instead of empty columns. */
export function noCloseYet(reader: Reader, opened: string): Html {
  const { words } = reader;
  return html`<div class="empty">
    <p><strong>${words.noCloseYet}</strong></p>
    <p>${words.noCloseYetText(firstWeekText(reader, opened))}</p>
  </div>`;
}

/** Spending of one currency by category: a bar of parts, and a table that says the same with exact sums. */
export function spendingByCategory(reader: Reader, figures: CurrencyFigures): Html {
  const { words, language } = reader;
  const rows = figures.categories.map(({ category, minor, payments }, i) => ({
    label: labelOf(categoryLabels, category, language),
    sum: sumText(reader, minor, figures.currency),
    share: formatPercent(minor, figures.spent, language),
    payments,
    minor,
    key: `k${Math.min(i, keysMax - 1) + 1}`,
  }));
  const said = rows.map(({ label, sum, share }) => `${label} ${sum} (${share})`).join("; ");
  let at = 0n;
  const bars = rows.map(({ key, minor }) => {
    const x = figures.spent === 0n ? 0n : (at * 1000n) / figures.spent;
    at += minor;
    const end = figures.spent === 0n ? 0n : (at * 1000n) / figures.spent;
    return html`<rect class="${key}" x="${x}" width="${end > x + 2n ? end - x - 2n : 1n}" height="10" />`;
  });
  return html`<svg
      class="split"
      viewBox="0 0 1000 10"
      preserveAspectRatio="none"
      role="img"
      aria-label="${words.barLabel(said)}"
    >
      ${bars}
    </svg>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.category}</th>
            <th scope="col" class="n">${words.sum}</th>
            <th scope="col" class="n">${words.share}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ label, sum, share, payments, key }) =>
              html`<tr>
                <th scope="row">
                  <svg class="key ${key}" viewBox="0 0 10 10" aria-hidden="true">
                    <rect width="10" height="10" rx="2" /></svg
                  >${label} <span class="note num">${words.payments(payments)}</span>
                </th>
                <td class="n">${sum}</td>
                <td class="n">${share}</td>
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${words.total}</th>
            <td class="n">${sumText(reader, figures.spent, figures.currency)}</td>
            <td class="n"></td>
          </tr>
        </tfoot>
      </table>
    </div>`;
}

/** Colours of the style sheet; what comes after the last shares it, and the table tells them apart. */
const keysMax = 7;

/** "Ended on 30 June 2025: its goal was reached" */
export function endedText({ words, language }: Reader, { ended, reason }: AppealEnd): string {
  return words.endedOn(formatDay(ended, language), labelOf(endReasonLabels, reason, language));
}
