import { ok, refuse, type Result } from "#record/result.ts";
import { ownAccount } from "./csv.ts";
import { EventSink } from "./emit.ts";
import { accountIn, readLabel } from "./table-labels.ts";
import { allOf } from "./source.ts";
import type { ByteSource } from "./source.ts";
import { numberMark } from "./table-row.ts";
import { TableReader } from "./table.ts";
import { mapTable } from "./table-map.ts";
import type { Cells, TableMap } from "./table-map.ts";
import type { ReadOptions, StatementEvent, StatementRefusal } from "./types.ts";
import { checkZip } from "./zip-limits.ts";

type Sheet = { readonly name: string; readonly rows: readonly Cells[] };

/**
 * Reads an XLSX workbook: the 18-column form of the financial monitoring agency in the spellings of several banks,
 * or any table with headings. Sheets without a table are passed over.
 */
export async function readXlsx(source: ByteSource, options: ReadOptions): Promise<Iterable<StatementEvent>> {
  const sheets = await readSheets(source);
  return sheets.ok ? sheetEvents(sheets.value, options) : [{ kind: "refused", refusal: sheets.refusal }];
}

/** The first rows of the first sheet that holds anything. */
export async function xlsxSample(source: ByteSource): Promise<string[][] | undefined> {
  const sheets = await readSheets(source);
  if (!sheets.ok) return undefined;
  const sheet = sheets.value.find(({ rows }) => rows.some((row) => row.cells.some((cell) => cell !== "")));
  return sheet?.rows.slice(0, 30).map((row) => [...withoutMarks(row).cells]);
}

async function readSheets(source: ByteSource): Promise<Result<Sheet[], StatementRefusal>> {
  const bad = checkZip(source);
  if (bad !== undefined) return refuse(bad);
  try {
    const { default: readWorkbook } = await import("read-excel-file/universal");
    const bytes = allOf(source);
    const copy = new ArrayBuffer(bytes.length);
    new Uint8Array(copy).set(bytes);
    // Numbers stay text: a sum must not pass through a float on its way to minor units.
    const workbook = await readWorkbook(copy, {
      parseNumber: (text: string) => numberMark + plainNumber(text),
    });
    return ok(
      workbook.map(({ sheet, data }) => ({
        name: sheet,
        rows: data.map((cells, i) => ({ line: i + 1, cells: cells.map(cellText) })),
      })),
    );
  } catch {
    return refuse({
      code: "broken-file",
      message: "The XLSX file is damaged or cut off and cannot be opened. Download it from the bank again.",
      line: null,
    });
  }
}

function* sheetEvents(sheets: readonly Sheet[], options: ReadOptions): Generator<StatementEvent> {
  let index = 0;
  let why: StatementRefusal | null = null;
  for (const { rows } of sheets) {
    const mapped = mapTable(rows.map(withoutMarks).slice(0, 400), options.map);
    if (!mapped.ok) {
      if (rows.some((row) => row.cells.some((cell) => cell !== ""))) why ??= mapped.refusal;
      continue;
    }
    const map = mapped.value;
    const head = rows.slice(0, map.firstRow);
    const own = ownAccount(rows.slice(map.firstRow), map, options, printedAccount(head));
    if (map.isForm && own === undefined && !saysDirection(rows.slice(map.firstRow), map)) {
      why ??= {
        code: "account-unknown",
        message:
          "The form does not say whose account it is of. Say which one is the foundation's own: --account NUMBER.",
        line: head.length + 1,
      };
      continue;
    }
    const sink = new EventSink();
    const table = new TableReader({
      sink,
      format: map.isForm ? "AFM XLSX" : "XLSX",
      map,
      options,
      own,
      order: "unknown",
      firstIndex: index,
    });
    for (const row of head) table.headLine(withoutMarks(row));
    for (const row of rows.slice(map.firstRow)) table.row(row);
    if (!table.finish()) {
      why ??= {
        code: "no-rows",
        message: "The sheet has the headings of a statement, but no row below them.",
        line: head.length,
      };
      continue;
    }
    for (const event of sink.drain()) {
      if (event.kind === "statement") index += 1;
      yield event;
    }
  }
  if (index === 0) {
    yield {
      kind: "refused",
      refusal: why ?? { code: "not-a-statement", message: "The workbook holds no table.", line: null },
    };
  }
}

function printedAccount(head: readonly Cells[]): string | undefined {
  for (const row of head) {
    const labelled = readLabel(withoutMarks(row).cells);
    if (labelled?.label === "account") return accountIn(labelled.rest);
  }
  return undefined;
}

function saysDirection(rows: readonly Cells[], map: TableMap): boolean {
  const { credit, debit, kind } = map.columns;
  if (credit !== undefined || debit !== undefined) return true;
  return (
    kind !== undefined &&
    rows.some((row) => /кредит\)|дебет\)|вх|исх|зачислен|списан/iu.test(row.cells[kind] ?? ""))
  );
}

function withoutMarks(row: Cells): Cells {
  return {
    line: row.line,
    cells: row.cells.map((cell) => (cell.startsWith(numberMark) ? cell.slice(1) : cell)),
  };
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 19);
  return String(cell);
}

/**
 * The decimal text of a number cell. Excel stores binary fractions ("1019.5999999999999", "6.4507708E5"); beyond 15
 * significant digits it means the nearest shorter decimal, which is what its user saw.
 */
export function plainNumber(text: string): string {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:E([+-]?\d{1,3}))?$/iu.exec(text.trim());
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const point = whole.length + Number(exponent);
  let digits = whole + fraction;
  if (point < 0 || point > 30 || digits.length > 40) return text;
  digits = digits.padEnd(point, "0");
  const significant = digits.replace(/^0+/u, "");
  const leading = digits.length - significant.length;
  let shown = point;
  if (significant.length > 15 && digits.length > point) {
    const keep = Math.max(leading + 15, point);
    const rounded = (BigInt(digits.slice(0, keep + 1)) + 5n) / 10n;
    const padded = rounded.toString().padStart(keep, "0");
    shown += padded.length - keep;
    digits = padded;
  }
  const decimals = digits.slice(shown).replace(/0+$/u, "");
  const integer = digits.slice(0, shown).replace(/^0+(?=\d)/u, "");
  const minus = sign === "-" ? "-" : "";
  return decimals === ""
    ? `${minus}${integer === "" ? "0" : integer}`
    : `${minus}${integer === "" ? "0" : integer}.${decimals}`;
}
