import { formatDecimal } from "#domain/funds/money.ts";
import { assert } from "#record/result.ts";
import { headingOf, type ExportCell, type ExportColumn, type ExportTable } from "./table.ts";

/** What spreadsheets take for the beginning of a formula, also in the wide forms of Asian keyboards, or strip before one. */
const formulaStart = /^[\s\p{Cf}"']*[=+\-@\t\r\n＝＋－＠]/u;
/** The same behind a sign at which some spreadsheet, set to another language, would cut the text in two. */
const formulaInside = /([;\t\r\n])(?=[\s\p{Cf}"']*[=+\-@＝＋－＠])/gu;

/**
 * A text that no spreadsheet runs: one that could begin a formula gets an apostrophe in front, as its user would type it. So a phone number
 * "+7 701" reads "'+7 701"; that is the price.
 *
 * @example defused("=HYPERLINK(…)") === "'=HYPERLINK(…)"
 */
function defused(text: string): string {
  const inside = text.replaceAll(formulaInside, "$1'");
  return formulaStart.test(text) ? `'${inside}` : inside;
}

/** RFC 4180 in UTF-8 with a mark at the beginning, without which Excel takes Kazakh for Western letters. Decimal point, no grouping. */
export function exportCsv({ columns, rows }: ExportTable): Uint8Array {
  const lines = [columns.map((column) => field(defused(headingOf(column)))).join(",")];
  for (const row of rows) {
    lines.push(columns.map((column, at) => field(cellText(column, row[at] ?? null))).join(","));
  }
  return new TextEncoder().encode(`\ufeff${lines.join("\r\n")}\r\n`);
}

function field(text: string): string {
  return /[",;\r\n\t]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cellText(column: ExportColumn, cell: ExportCell): string {
  if (cell === null) return "";
  if (column.kind === "sum") {
    assert(typeof cell === "bigint", `a sum column holds ${typeof cell}`);
    return formatDecimal(cell, column.currency);
  }
  if (column.kind === "count") {
    assert(typeof cell === "bigint" || Number.isSafeInteger(cell), `a count column holds ${String(cell)}`);
    return String(cell);
  }
  assert(typeof cell === "string", `a ${column.kind} column holds ${typeof cell}`);
  return defused(cell);
}
