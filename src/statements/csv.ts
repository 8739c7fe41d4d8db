import Papa from "papaparse";
import { EventSink, refused } from "./emit.ts";
import { asUtf8, chunkText, recordChunks } from "./csv-records.ts";
import type { RecordChunk } from "./csv-records.ts";
import { guessEncoding, ruinOf } from "./encoding.ts";
import type { Encoding } from "./encoding.ts";
import { parseDate } from "./calendar.ts";
import type { ByteSource } from "./source.ts";
import { directionOf } from "./table-direction.ts";
import { TableReader } from "./table.ts";
import { mapTable } from "./table-map.ts";
import type { Cells, TableMap } from "./table-map.ts";
import type { ReadOptions, StatementEvent } from "./types.ts";

const delimiters = [",", ";", "\t", "|"] as const;
/** Files up to this size are put in order in memory; larger ones are read from their end if need be. */
const smallSize = 2 * 1024 * 1024;
const sampleRows = 200;

/** Reads delimited text: separator, encoding, headings, columns, dates and decimals are guessed, `map` overrules. */
export function* readCsv(given: ByteSource, options: ReadOptions): Generator<StatementEvent> {
  const guessed = guessEncoding(given);
  const isWide = guessed === "utf-16le" || guessed === "utf-16be";
  const source = isWide ? asUtf8(given, guessed) : given;
  const encoding: Encoding = isWide ? "utf-8" : guessed;
  const [probe] = recordChunks(source, ",");
  const text = probe === undefined ? "" : chunkText(source, probe, encoding);
  const delimiter = guessDelimiter(text);
  const [first] = recordChunks(source, delimiter);
  if (first === undefined) {
    yield refused("empty-file", "The file holds no line of text.");
    return;
  }
  const sample = parse(chunkText(source, first, encoding), delimiter, first).slice(0, sampleRows);
  const mapped = mapTable(sample, options.map);
  if (!mapped.ok) {
    yield { kind: "refused", refusal: notATable(mapped.refusal, sample, text) };
    return;
  }
  const file: CsvFile = {
    source,
    encoding,
    delimiter,
    sample,
    map: mapped.value,
    options,
    headEnd: sample[mapped.value.firstRow - 1]?.line ?? 0,
  };
  yield* isLargeNewestFirst(file) ? readBackwards(file) : readForwards(file);
}

/** The first rows, split into cells, whatever they mean. */
export function csvSample(given: ByteSource): string[][] {
  const guessed = guessEncoding(given);
  const isWide = guessed === "utf-16le" || guessed === "utf-16be";
  const source = isWide ? asUtf8(given, guessed) : given;
  const encoding: Encoding = isWide ? "utf-8" : guessed;
  const [probe] = recordChunks(source, ",");
  const delimiter = guessDelimiter(probe === undefined ? "" : chunkText(source, probe, encoding));
  const [first] = recordChunks(source, delimiter);
  if (first === undefined) return [];
  const rows = parse(chunkText(source, first, encoding), delimiter, first).slice(0, shownRows);
  return rows.map(({ cells }) => [...cells]);
}
/** Headings and a screenful of rows are enough to tell columns by. */
const shownRows = 30;

type CsvFile = {
  readonly source: ByteSource;
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly sample: readonly Cells[];
  readonly map: TableMap;
  readonly options: ReadOptions;
  /** Line of the last heading. */
  readonly headEnd: number;
};

function* readForwards(file: CsvFile): Generator<StatementEvent> {
  const sink = new EventSink();
  const order = file.source.size <= smallSize ? "unknown" : "oldest-first";
  const table = newTable(file, sink, order);
  for (const chunk of recordChunks(file.source, file.delimiter)) {
    const rows = parse(chunkText(file.source, chunk, file.encoding), file.delimiter, chunk);
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i];
      if (row !== undefined) give(table, file, row, { chunk, isLast: i === rows.length - 1 });
    }
    yield* sink.drain();
  }
  yield* finish(table, sink, file);
}

/** The newest stand first in a large file: its pieces are read from the last to the first, so that rows stream. */
function* readBackwards(file: CsvFile): Generator<StatementEvent> {
  const sink = new EventSink();
  const table = newTable(file, sink, "oldest-first");
  const chunks = [...recordChunks(file.source, file.delimiter)];
  for (const chunk of chunks.reverse()) {
    const rows = parse(chunkText(file.source, chunk, file.encoding), file.delimiter, chunk);
    for (let i = rows.length - 1; i >= 0; i -= 1) {
      const row = rows[i];
      if (row !== undefined) give(table, file, row, { chunk, isLast: i === rows.length - 1 });
    }
    yield* sink.drain();
  }
  yield* finish(table, sink, file);
}

function newTable(file: CsvFile, sink: EventSink, order: "unknown" | "oldest-first"): TableReader {
  const { map, options, sample } = file;
  const table = new TableReader({
    sink,
    format: "CSV",
    map,
    options,
    order,
    firstIndex: 0,
    own: ownAccount(sample.slice(map.firstRow), map, options),
  });
  for (const row of sample.slice(0, map.firstRow)) table.headLine(row);
  return table;
}

/** On the agency's form the own account is the one that stands on either side of every row. */
export function ownAccount(
  rows: readonly Cells[],
  map: TableMap,
  options: ReadOptions,
  printed?: string,
): string | undefined {
  if (!map.isForm) return undefined;
  const given = options.account ?? printed;
  if (given !== undefined) return plain(given);
  let common: Set<string> | undefined;
  for (const { cells } of rows) {
    const payer = plain(cells[map.columns.payerAccount ?? -1] ?? "");
    const payee = plain(cells[map.columns.payeeAccount ?? -1] ?? "");
    if (payer.length < 8 && payee.length < 8) continue;
    const pair = [payer, payee].filter((account) => account !== "");
    common = common === undefined ? new Set(pair) : new Set(pair.filter((account) => common?.has(account)));
    if (common.size === 0) return ownByDirection(rows, map);
  }
  const [only] = common ?? [];
  return common?.size === 1 ? only : ownByDirection(rows, map);
}

/** Where two accounts stand in every row, the one that a row marked as a credit pays to is the own one. */
function ownByDirection(rows: readonly Cells[], { columns }: TableMap): string | undefined {
  for (const { cells } of rows) {
    const cell = (at: number | undefined): string => (at === undefined ? "" : (cells[at] ?? "").trim());
    const side = /[1-9]/u.test(cell(columns.credit))
      ? "credit"
      : /[1-9]/u.test(cell(columns.debit))
        ? "debit"
        : directionOf(cell(columns.kind));
    if (side === undefined) continue;
    const account = plain(cell(side === "credit" ? columns.payeeAccount : columns.payerAccount));
    if (account.length >= 8) return account;
  }
  return undefined;
}

function plain(account: string): string {
  return account.replaceAll(/\s/gu, "").toUpperCase();
}

function give(
  table: TableReader,
  file: CsvFile,
  row: Cells,
  at: { chunk: RecordChunk; isLast: boolean },
): void {
  if (row.line <= file.headEnd) return;
  if (at.chunk.isBroken) {
    table.fileProblem(
      "quote-unclosed",
      row.line,
      "A quotation mark on this line is never closed; the line is read without regard to quotes.",
    );
  }
  if (row.cells.some((cell) => cell.includes("\n") && swallowsRows(cell, file))) {
    table.fileProblem(
      "quote-unclosed",
      row.line,
      "A quoted field on this line holds whole rows of the table: its quotation mark is misplaced, and those rows are not counted.",
    );
  }
  const isOpen = at.chunk.openEnd && at.isLast;
  const isCut = isOpen && isCutRow(row, file);
  if (isOpen && !isCut && isShorterThanAbove(row, file)) {
    table.fileProblem(
      "end-missing",
      row.line,
      "The file does not end in a line break, and its last field is shorter than those above: it may be cut off.",
    );
  }
  table.row(row, isCut);
}

/** A line inside a field that has as many separators as a row is a row. */
function swallowsRows(cell: string, { map, delimiter }: CsvFile): boolean {
  const width = Math.max(map.width, 3);
  return cell
    .split("\n")
    .slice(1)
    .some((line) => line.split(delimiter).length >= width - 1);
}

/**
 * Whether the last row of a file without a final line break is cut. Missing fields show it; and a last field that
 * is a sum or a date shorter than its like above may have lost its end.
 */
function isCutRow(row: Cells, file: CsvFile): boolean {
  const { map, sample } = file;
  if (row.cells.every((cell) => cell.trim() === "")) return false;
  const width = map.width > 0 ? map.width : (sample[map.firstRow]?.cells.length ?? 0);
  if (row.cells.length < width) {
    // Some exports leave out empty fields at the end of every row.
    const usual = sample
      .slice(map.firstRow)
      .some((other) => other.line !== row.line && other.cells.length <= row.cells.length);
    return !usual || isMoneyMissing(row, map);
  }
  const last = row.cells.length - 1;
  const { columns } = map;
  const text = (row.cells[last] ?? "").trim();
  const above = sample
    .slice(map.firstRow)
    .filter((other) => other.line !== row.line)
    .map((other) => (other.cells[last] ?? "").trim());
  if (columns.date === last)
    return above.some((other) => other.length > text.length && parseDate(other) !== undefined);
  if (columns.amount !== last && columns.credit !== last && columns.debit !== last) return false;
  if (text === "") return false;
  const decimals = (value: string): number => /[.,](\d{1,2})$/u.exec(value)?.[1]?.length ?? 0;
  const usual = Math.max(0, ...above.map(decimals));
  // Whole numbers give no sign of where they end: "500" may have been "50000".
  return usual === 0 || decimals(text) < usual;
}

/** References and numbers of fixed length show by their length that the last one lost its end. */
function isShorterThanAbove(row: Cells, { map, sample }: CsvFile): boolean {
  const last = row.cells.length - 1;
  const lengths = sample
    .slice(map.firstRow)
    .filter((other) => other.line !== row.line && other.cells.length === row.cells.length)
    .map((other) => other.cells[last]?.length ?? 0);
  const [first] = lengths;
  if (first === undefined || lengths.length < 2 || first < 3) return false;
  return lengths.every((length) => length === first) && (row.cells[last]?.length ?? 0) < first;
}

function isMoneyMissing(row: Cells, map: TableMap): boolean {
  const { amount, credit, debit } = map.columns;
  return [amount, credit, debit].every((at) => at === undefined || (row.cells[at] ?? "").trim() === "");
}

function* finish(table: TableReader, sink: EventSink, file: CsvFile): Generator<StatementEvent> {
  if (!table.finish()) {
    yield refused(
      "no-rows",
      "The file has the headings of a table, but no row below them.",
      file.sample[0]?.line ?? null,
    );
    return;
  }
  yield* sink.drain();
}

function parse(text: string, delimiter: string, chunk: RecordChunk): Cells[] {
  const { data } = Papa.parse<string[]>(text, {
    delimiter,
    header: false,
    skipEmptyLines: false,
    // A broken record is read as if no quote existed; U+0000 stands in no text file.
    ...(chunk.isBroken ? { quoteChar: "\0" } : {}),
  });
  const rows: Cells[] = [];
  const hasQuotes = text.includes('"');
  let { line } = chunk;
  for (const cells of data) {
    rows.push({ line, cells });
    line += 1;
    if (hasQuotes) for (const cell of cells) line += countBreaks(cell);
  }
  const last = rows.at(-1);
  if (last !== undefined && last.cells.length === 1 && last.cells[0] === "") rows.pop();
  return rows;
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** The separator by which most lines fall into the same number of fields. */
function guessDelimiter(text: string): string {
  const head = text.slice(0, 65_536);
  const told = /^sep=(.)\r?\n/iu.exec(head)?.[1];
  if (told !== undefined) return told;
  let best: string = ",";
  let most = -1;
  for (const delimiter of delimiters) {
    const { data } = Papa.parse<string[]>(head, {
      delimiter,
      header: false,
      skipEmptyLines: true,
      preview: 60,
    });
    const widths = new Map<number, number>();
    for (const cells of data) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    let score = 0;
    for (const [width, count] of widths)
      if (width > 1) score = Math.max(score, count * 100 + Math.min(width, 40));
    if (score > most) {
      most = score;
      best = delimiter;
    }
  }
  return best;
}

function isLargeNewestFirst(file: CsvFile): boolean {
  const { source, map, sample } = file;
  if (source.size <= smallSize) return false;
  const at = map.columns.date ?? 0;
  const dateOf = (cells: readonly string[]): string | undefined => parseDate(cells[at] ?? "", map.dateOrder);
  const first = sample
    .slice(map.firstRow)
    .map((row) => dateOf(row.cells))
    .find((date) => date !== undefined);
  const tail = source.read(source.size - 65_536, source.size);
  const text = new TextDecoder(file.encoding === "utf-8" ? "utf-8" : file.encoding).decode(
    tail.subarray(tail.indexOf(0x0a) + 1),
  );
  const { data } = Papa.parse<string[]>(text, {
    delimiter: file.delimiter,
    header: false,
    skipEmptyLines: true,
  });
  const last = data.map(dateOf).findLast((date) => date !== undefined);
  return first !== undefined && last !== undefined && first > last;
}

function notATable(
  refusal: { code: string; message: string; line: number | null },
  sample: readonly Cells[],
  text: string,
): typeof refusal {
  const ruin = ruinOf(text.slice(0, 20_000));
  if (ruin !== undefined) {
    return {
      code: "wrong-encoding",
      message: `The letters of this file are destroyed: ${ruin}. Download it from the bank again and do not save it in an editor.`,
      line: sample[0]?.line ?? 1,
    };
  }
  const filled = sample.filter((row) => row.cells.some((cell) => cell.trim() !== ""));
  const isTable =
    filled.length >= 2 && filled.filter((row) => row.cells.length >= 3).length * 2 > filled.length;
  if (refusal.code === "map-invalid" || isTable) return refusal;
  return {
    code: "not-a-statement",
    message:
      "This is no bank statement of a known format: 1C, MT940, CAMT, OFX, CSV, XLSX and Kaspi Gold PDF are read.",
    line: 1,
  };
}
