import { refusal } from "./emit.ts";
import type { KaspiLine } from "./kaspi-gold.ts";
import type { ByteSource } from "./source.ts";
import { allOf } from "./source.ts";
import type { StatementRefusal } from "./types.ts";

/** A personal statement has some dozen pages; a file far beyond is no statement and would only eat memory. */
const maxBytes = 64 * 1024 * 1024;
const maxPages = 2000;

type Item = { readonly x: number; readonly y: number; readonly width: number; readonly text: string };

export type PdfText =
  | { readonly ok: true; readonly value: readonly KaspiLine[] }
  | { readonly ok: false; readonly refusal: StatementRefusal };

/**
 * The lines of a PDF, top to bottom. Inside the table the columns are kept apart by tabs, because a wrapped cell is
 * known only by where it stands. Line numbers count the lines of the whole document.
 */
export async function pdfLines(source: ByteSource): Promise<PdfText> {
  if (source.size > maxBytes) return no("too-large", "The PDF is larger than 64 MiB.");
  // Loaded only here: the PDF library is by far the largest part, and most files are text.
  const { getDocumentProxy } = await import("unpdf");
  const lines: KaspiLine[] = [];
  try {
    // The library takes over the memory it is given, so it gets a copy.
    const document = await getDocumentProxy(allOf(source).slice(), { verbosity: 0 });
    if (document.numPages > maxPages)
      return no("too-large", `The PDF has ${document.numPages} pages; at most ${maxPages} are read.`);
    let columns: Columns | null = null;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const content = await page.getTextContent();
      const items: Item[] = [];
      for (const item of content.items) {
        if (!("str" in item) || item.str.trim() === "") continue;
        const [, , , , x = 0, y = 0] = item.transform as number[];
        items.push({ x, y, width: item.width, text: item.str.trim() });
      }
      for (const row of rowsOf(items)) {
        columns = headingOf(row) ?? columns;
        lines.push({ line: lines.length + 1, text: textOf(row, columns) });
      }
    }
    await document.cleanup();
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "PasswordException") {
      return no(
        "password-protected",
        "The PDF is protected by a password. Open it, print it to a new PDF without a password, and try again.",
      );
    }
    return no(
      "broken-file",
      "The PDF is damaged or cut off and cannot be opened. Download it from the bank again.",
    );
  }
  if (lines.length === 0) {
    return no(
      "scanned-pdf",
      "The PDF holds pictures and no text: it was scanned. Download the statement itself from the bank.",
    );
  }
  return { ok: true, value: lines };
}

/** Items of one printed line: baselines within 3 units, as superscripts and fonts shift them a little. */
function rowsOf(items: readonly Item[]): Item[][] {
  const sorted = [...items].sort((a, b) => b.y - a.y || a.x - b.x);
  const rows: Item[][] = [];
  let top = Number.POSITIVE_INFINITY;
  for (const item of sorted) {
    if (top - item.y > 3 || rows.length === 0) {
      rows.push([]);
      top = item.y;
    }
    rows.at(-1)?.push(item);
  }
  for (const row of rows) row.sort((a, b) => a.x - b.x);
  return rows;
}

/** Left edges of the kind and the details column. */
type Columns = { readonly kind: number; readonly details: number };

function headingOf(row: readonly Item[]): Columns | null {
  const words = row.flatMap((item) => item.text.split(/\s+/u).map((word) => ({ word, item })));
  const date = words.find(({ word }) => /^(?:Дата|Күні|Date)$/u.test(word));
  const amount = words.find(({ word }) => /^(?:Сумма|Сомасы|Amount)$/u.test(word));
  const details = words.find(({ word }) => /^(?:Детали|Толығырақ|Details)$/u.test(word));
  if (date === undefined || amount === undefined || details === undefined || details.item === amount.item)
    return null;
  const right = amount.item.x + amount.item.width;
  return { kind: right + 31, details: details.item.x - 4 };
}

function textOf(row: readonly Item[], columns: Columns | null): string {
  if (columns === null) return row.map((item) => item.text).join(" ");
  const cells = ["", "", "", ""];
  for (const item of row) {
    // Amounts end, kinds are centred, details begin at their column.
    const at =
      item.x < 90 ? 0 : item.x >= columns.details ? 3 : item.x + item.width / 2 < columns.kind ? 1 : 2;
    cells[at] = cells[at] === "" ? item.text : `${cells[at] ?? ""} ${item.text}`;
  }
  // Lines that are no part of the table, such as the footer, begin at the left and run across it.
  if (cells[0] !== "" && !/^\d{2}\.\d{2}\./u.test(cells[0] ?? ""))
    return row.map((item) => item.text).join(" ");
  return cells.join("\t");
}

function no(code: string, message: string): PdfText {
  return { ok: false, refusal: refusal(code, message) };
}
