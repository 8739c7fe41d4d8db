import { guessDateOrder, parseDate } from "./calendar.ts";
import type { DateOrder } from "./calendar.ts";
import { parseDecimal } from "./amount.ts";
import type { DecimalMark } from "./amount.ts";
import { parseCurrency } from "./currency.ts";
import { plainHeading, readFormHeading, readHeading } from "./headings.ts";
import type { TableField } from "./headings.ts";
import { refusal } from "./emit.ts";
import { columnFields } from "./types.ts";
import type { ColumnField, ColumnMap, StatementRefusal } from "./types.ts";

/** A row of cells with its line in the file. */
export type Cells = { readonly line: number; readonly cells: readonly string[] };

/** What stands in which column (counted from 0), and how its dates and sums are written. */
export type TableMap = {
  readonly columns: Readonly<Partial<Record<TableField, number>>>;
  /** Index, among the rows given, of the first row after the headings. */
  readonly firstRow: number;
  readonly width: number;
  readonly headingCurrency: string | null;
  readonly dateOrder: DateOrder;
  readonly mark: DecimalMark;
  /** True for the form of the monitoring agency: both sides of each payment, none of them marked as own. */
  readonly isForm: boolean;
  /** The heading cells, to recognise where they are repeated. */
  readonly headings: readonly string[];
};

export type TableMapResult =
  | { readonly ok: true; readonly value: TableMap }
  | { readonly ok: false; readonly refusal: StatementRefusal };

/** Reads `date=1,amount=3,memo=Details` of the command line. */
export function parseColumnMap(
  text: string,
):
  | { readonly ok: true; readonly value: ColumnMap }
  | { readonly ok: false; readonly refusal: StatementRefusal } {
  const map: Partial<Record<ColumnField, number | string>> = {};
  for (const part of text.split(",")) {
    const at = part.indexOf("=");
    const name = part.slice(0, Math.max(at, 0)).trim();
    const value = part.slice(at + 1).trim();
    const field = columnFields.find((one) => one === name);
    if (at < 0 || field === undefined || value === "") {
      return {
        ok: false,
        refusal: refusal(
          "map-invalid",
          `"${part}" is not FIELD=COLUMN. Fields: ${columnFields.join(", ")}; a column is its number from 1 or its heading.`,
        ),
      };
    }
    map[field] = /^\d+$/u.test(value) ? Number(value) : value;
  }
  return { ok: true, value: map };
}

type Columns = Partial<Record<TableField, number>>;
type Heading = {
  columns: Columns;
  firstRow: number;
  width: number;
  currency: string | null;
  isForm: boolean;
  headings: string[];
};

/** Finds the headings among the first rows and guesses the columns; `map` overrules the guess. */
export function mapTable(rows: readonly Cells[], map: ColumnMap | undefined): TableMapResult {
  const found = findHeading(rows);
  const heading: Heading = found ?? {
    columns: {},
    firstRow: 0,
    width: 0,
    currency: null,
    isForm: false,
    headings: [],
  };
  if (map !== undefined && Object.keys(map).length > 0) {
    const wrong = applyMap(heading, map, rows);
    if (wrong !== undefined) return { ok: false, refusal: wrong };
  } else if (found === undefined) {
    inferColumns(heading, rows);
  }
  const { columns } = heading;
  const hasMoney =
    columns.amount !== undefined ||
    columns.credit !== undefined ||
    columns.debit !== undefined ||
    columns.amountKzt !== undefined;
  if (columns.date === undefined || !hasMoney) {
    const missing = columns.date === undefined ? (hasMoney ? "date" : "date and no amount") : "amount";
    return {
      ok: false,
      refusal: refusal(
        "columns-unknown",
        `No column for the ${missing} was recognised. Say which columns they are, e.g. --map date=1,amount=3.`,
        rows[0]?.line ?? null,
      ),
    };
  }
  const samples = rows.slice(heading.firstRow);
  const column = (field: TableField): string[] => {
    const at = columns[field];
    return at === undefined
      ? []
      : samples.map((row) => row.cells[at] ?? "").filter((text) => text.trim() !== "");
  };
  checkOwnAccount(columns, column("account"));
  return {
    ok: true,
    value: {
      columns,
      firstRow: heading.firstRow,
      width: heading.width,
      headingCurrency: heading.currency,
      dateOrder: guessDateOrder(column("date")),
      mark: guessMark([
        ...column("amount"),
        ...column("credit"),
        ...column("debit"),
        ...column("balance"),
        ...column("amountKzt"),
      ]),
      isForm: heading.isForm,
      headings: heading.headings,
    },
  };
}

function findHeading(rows: readonly Cells[]): Heading | undefined {
  let best: Heading | undefined;
  let most = 0;
  for (const [i, { cells }] of rows.slice(0, 40).entries()) {
    if (cells.filter((cell) => cell.trim() !== "").length < 2) continue;
    for (const depth of [1, 2] as const) {
      const headings = depth === 1 ? [...cells] : joinedHeadings(cells, rows[i + 1]?.cells ?? []);
      if (headings.some((text) => parseDate(text) !== undefined || /[{}<>=]/u.test(text))) continue;
      const form = formColumns(headings);
      const general = form === undefined ? generalColumns(headings) : undefined;
      const columns = form ?? general?.columns ?? {};
      const hasMoney =
        columns.amount !== undefined ||
        columns.credit !== undefined ||
        columns.debit !== undefined ||
        columns.amountKzt !== undefined;
      if (columns.date === undefined || !hasMoney) continue;
      const weight = Object.keys(columns).length + (form === undefined ? 0 : 4) + (depth === 1 ? 0.5 : 0);
      if (weight <= most) continue;
      most = weight;
      best = {
        columns,
        firstRow: i + depth,
        width: lastFilled(headings) + 1,
        currency: general?.currency ?? null,
        isForm: form !== undefined,
        headings,
      };
    }
  }
  return best;
}

function lastFilled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== "");
}

/** A group heading stands over its first column only; it holds for the empty ones to its right. */
function joinedHeadings(upper: readonly string[], lower: readonly string[]): string[] {
  const joined: string[] = [];
  let group = "";
  for (let i = 0; i < Math.max(upper.length, lower.length); i += 1) {
    const above = (upper[i] ?? "").trim();
    const below = (lower[i] ?? "").trim();
    if (above !== "") group = above;
    joined.push(below === "" ? above : `${group} ${below}`.trim());
  }
  return joined;
}

function formColumns(headings: readonly string[]): Columns | undefined {
  const columns: Columns = {};
  for (const [i, heading] of headings.entries()) {
    if (heading.trim() === "") continue;
    const field = readFormHeading(heading);
    if (field !== undefined) columns[field] ??= i;
  }
  return columns.payerAccount !== undefined && columns.payeeAccount !== undefined ? columns : undefined;
}

function generalColumns(headings: readonly string[]): { columns: Columns; currency: string | null } {
  const offers: { field: TableField; column: number; score: number }[] = [];
  let currency: string | null = null;
  for (const [column, heading] of headings.entries()) {
    if (heading.trim() === "" || heading.length > 80) continue;
    const reading = readHeading(heading);
    for (const fit of reading.fits) offers.push({ ...fit, column });
    currency ??= reading.currency;
  }
  offers.sort((a, b) => b.score - a.score || a.column - b.column);
  const columns: Columns = {};
  const taken = new Set<number>();
  for (const { field, column } of offers) {
    if (columns[field] !== undefined || taken.has(column)) continue;
    columns[field] = column;
    taken.add(column);
  }
  // "IBAN" beside "Account" is the other side's.
  if (columns.account !== undefined && columns.counterpartyAccount === undefined) {
    const other = headings.findIndex((heading, i) => !taken.has(i) && plainHeading(heading) === "iban");
    if (other >= 0) columns.counterpartyAccount = other;
  }
  if (columns.date === undefined && columns.valueDate !== undefined) columns.date = columns.valueDate;
  return { columns, currency };
}

/** The own account is the same in (nearly) every row; a column of many accounts is the other side's. */
function checkOwnAccount(columns: Columns, values: readonly string[]): void {
  if (columns.account === undefined || values.length < 4) return;
  const distinct = new Set(values).size;
  if (distinct <= 3 || distinct * 3 <= values.length) return;
  columns.counterpartyAccount ??= columns.account;
  delete columns.account;
}

function applyMap(heading: Heading, map: ColumnMap, rows: readonly Cells[]): StatementRefusal | undefined {
  const width = Math.max(heading.width, ...rows.slice(0, 50).map((row) => row.cells.length));
  const named = Object.entries(map) as [ColumnField, number | string][];
  const isSplit = named.some(([field]) => field === "credit" || field === "debit");
  if (isSplit && map.amount === undefined) delete heading.columns.amount;
  if (!isSplit && map.amount !== undefined) {
    delete heading.columns.credit;
    delete heading.columns.debit;
  }
  for (const [field, where] of named) {
    const at = typeof where === "number" ? where - 1 : columnNamed(where, heading, rows);
    if (at < 0 || at >= width) {
      return refusal("map-invalid", `--map ${field}=${where}: the file has no such column; it has ${width}.`);
    }
    for (const other of Object.keys(heading.columns) as TableField[]) {
      if (heading.columns[other] === at && other !== field) delete heading.columns[other];
    }
    heading.columns[field] = at;
  }
  if (heading.headings.length === 0) {
    heading.width = width;
    // No heading was recognised: rows begin where the date column first holds a date.
    const date = heading.columns.date;
    const first =
      date === undefined ? -1 : rows.findIndex((row) => parseDate(row.cells[date] ?? "") !== undefined);
    heading.firstRow = Math.max(first, 0);
  }
  return undefined;
}

function columnNamed(name: string, heading: Heading, rows: readonly Cells[]): number {
  const wanted = plainHeading(name);
  const candidates =
    heading.headings.length > 0 ? [heading.headings] : rows.slice(0, 40).map((row) => row.cells);
  for (const cells of candidates) {
    const at = cells.findIndex((cell) => plainHeading(cell) === wanted);
    if (at >= 0) return at;
  }
  return -1;
}

/** Without headings: the column of dates, the column of sums, and a second column of sums if it is their balance. */
function inferColumns(heading: Heading, rows: readonly Cells[]): void {
  const samples = rows.slice(0, 60).filter((row) => row.cells.some((cell) => cell.trim() !== ""));
  if (samples.length === 0) return;
  const width = Math.max(...samples.map((row) => row.cells.length));
  if (width < 2) return;
  const share = (test: (text: string) => boolean, column: number): number =>
    samples.filter((row) => test((row.cells[column] ?? "").trim())).length / samples.length;
  const dates: number[] = [];
  const sums: number[] = [];
  for (let column = 0; column < width; column += 1) {
    if (share((text) => parseDate(text) !== undefined, column) > 0.8) dates.push(column);
    else if (
      share((text) => /\d[.,]\d{1,2}$|^[+\-−]\d/u.test(text) && parseDecimal(text) !== undefined, column) >
      0.8
    )
      sums.push(column);
    else if (share((text) => /^[A-Z]{3}$/u.test(text) && parseCurrency(text) !== null, column) > 0.8)
      heading.columns.currency = column;
  }
  const [date] = dates;
  const [amount, balance] = sums;
  if (date === undefined || amount === undefined || sums.length > 2) return;
  heading.columns.date = date;
  heading.columns.amount = amount;
  if (balance !== undefined) heading.columns.balance = balance;
  heading.width = width;
}

/** Which sign separates decimals in a column: sums with one or two digits after their only sign decide. */
function guessMark(samples: readonly string[]): DecimalMark {
  let dots = 0;
  let commas = 0;
  for (const sample of samples) {
    const digits = sample.replaceAll(/[^\d.,]/gu, "");
    if (/\.\d{1,2}$/u.test(digits) || /,\d{3}\./u.test(digits)) dots += 1;
    else if (/,\d{1,2}$/u.test(digits) || /\.\d{3},/u.test(digits)) commas += 1;
  }
  if (dots > 0 && commas === 0) return ".";
  if (commas > 0 && dots === 0) return ",";
  return "auto";
}
