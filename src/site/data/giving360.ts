import { toHex } from "#record/bytes.ts";
import { categoryLabels, labelOf } from "#domain/funds/labels.ts";
import { foundationName } from "../pages/layout.ts";
import type { PublicBooks } from "../public-books.ts";
import { readerOf, told } from "../reader.ts";
import { allFigures } from "../figures.ts";
import { exactNumber, jsonText } from "./exact-json.ts";

/**
 * Payments in the format of the 360Giving Data Standard 1.1, which tools of the sector read: one "grant" for each category of
 * each appeal. What the standard asks and the record hides is said, not invented: no payee is named, so the recipient is the
 * appeal; no payment's day is public, so the date is that of the weekly close that the sum stands at.
 */
export function giving360(books: PublicBooks, origin: string): string {
  const reader = readerOf("en", origin);
  const name = foundationName(books, reader).text;
  // A prefix of our own, taken from the log: one of 360Giving's register has to be asked for by the foundation.
  const prefix = `360G-aigaq-${books.genesis === undefined ? "" : toHex(books.genesis).slice(0, 12)}`;
  const funder = { id: prefix, name, url: `${origin}/en/` };
  const grants = allFigures(books).flatMap(({ appeal, asOf, currencies }) => {
    if (asOf === undefined) return [];
    const title = told(reader, appeal.title, appeal.id).text;
    const url = `${origin}/en/appeals/${encodeURIComponent(appeal.id)}`;
    return currencies.flatMap(({ currency, categories }) =>
      categories.map(({ category, minor, payments }) => ({
        id: `${prefix}-${appeal.id}-${category}-${currency}`,
        title: `${title}: ${labelOf(categoryLabels, category, "en")}`.slice(0, 139),
        description: `All payments of this category for the appeal ${appeal.id}, added up (${reader.words.payments(payments)}). Payees are not public.`,
        currency,
        amountAwarded: exactNumber(minor, currency),
        amountDisbursed: exactNumber(minor, currency),
        awardDate: asOf.lastDay,
        url,
        recipientOrganization: [
          { id: `${prefix}-${appeal.id}`, name: `People helped by the appeal ${appeal.id}`, url },
        ],
        fundingOrganization: [funder],
        grantProgramme: [{ code: appeal.id, title, url }],
        classifications: [
          { vocabulary: "aigaq-category", code: category, title: labelOf(categoryLabels, category, "en") },
        ],
        dataSource: `${origin}/data/360giving.json`,
      })),
    );
  });
  return jsonText({ grants });
}
