import { toMinor } from "./amount.ts";
import type { Decimal } from "./amount.ts";
import { parseDate } from "./calendar.ts";
import { parseCurrency, scaleOf } from "./currency.ts";
import { StatementWriter } from "./emit.ts";
import type { EventSink } from "./emit.ts";
import { clip } from "./one-c-document.ts";
import { accountIn, currencyIn, datesIn, firstSum, readLabel } from "./table-labels.ts";
import { RowReader } from "./table-row.ts";
import type { Cells, TableMap } from "./table-map.ts";
import { Tally } from "./tally.ts";
import type { Format, Problem, ReadOptions, RowDraft } from "./types.ts";

export type TableStart = {
  readonly sink: EventSink;
  readonly format: Format;
  readonly map: TableMap;
  readonly options: ReadOptions;
  /** The own account among both sides of the agency's form, spaces removed. */
  readonly own?: string | undefined;
  readonly order: "unknown" | "oldest-first";
  readonly firstIndex: number;
};

type PrintedBalance = { text: string; line: number };

/**
 * Turns the rows of a table (CSV or sheet) into statements: one per account and currency, because sums of two
 * currencies are never added.
 */
export class TableReader {
  readonly #start: TableStart;
  readonly #writers = new Map<string, StatementWriter>();
  #account: string | null;
  #currency: string | null;
  #from: string | null = null;
  #to: string | null = null;
  #opening: PrintedBalance | null = null;
  #closing: PrintedBalance | null = null;
  readonly #totals: {
    line: number;
    credit: Decimal | undefined;
    debit: Decimal | undefined;
  }[] = [];
  readonly #notes: Cells[] = [];
  readonly #problems: Problem[] = [];
  #lastDate = "";
  #dateText = "";
  #currencyText = "";
  #currencyNamed: string | null = null;
  #writerKey = "";
  #lastWriter: StatementWriter | null = null;
  #rows = 0;
  readonly #reader: RowReader;

  constructor(start: TableStart) {
    this.#start = start;
    this.#reader = new RowReader(start.map, start.own);
    this.#account = start.options.account ?? start.own ?? null;
    this.#currency = start.map.headingCurrency ?? start.options.currency ?? null;
  }

  get rows(): number {
    return this.#rows;
  }

  /** A line above the headings. */
  headLine({ line, cells }: Cells): void {
    const labelled = readLabel(cells);
    if (labelled === undefined) return;
    const { label, rest } = labelled;
    if (label === "opening") this.#opening = { text: rest, line };
    else if (label === "closing") this.#closing = { text: rest, line };
    else if (label === "account") this.#account ??= accountIn(rest) ?? null;
    else if (label === "currency") this.#currency = currencyIn(rest) ?? this.#currency;
    else if (label === "period") {
      const [from, to] = datesIn(rest);
      this.#from = from ?? null;
      this.#to = to ?? from ?? null;
    }
  }

  row(given: Cells, isCut = false): void {
    const row = this.#start.format === "CSV" ? given : this.#reader.unmark(given);
    const { cells, line } = row;
    if (isBlank(cells) || this.#isHeadingAgain(cells)) return;
    const date = this.#date(this.#reader.cell(cells, "date"));
    const hasMoney = this.#reader.hasMoney(cells);
    if (!isCut && (date === undefined || !hasMoney) && this.#summary(row, date !== undefined)) return;
    if (date === undefined && !hasMoney && !isCut) {
      this.#notes.push(row);
      return;
    }
    this.#settleNotes(false);
    this.#booked(row, date, isCut, line);
  }

  #date(text: string): string | undefined {
    // Rows of one day stand together; reading the same text once is most of the work saved.
    if (text === this.#dateText && text !== "") return this.#lastDate;
    const date = parseDate(text, this.#start.map.dateOrder);
    if (date !== undefined) {
      this.#dateText = text;
      this.#lastDate = date;
    }
    return date;
  }

  #isHeadingAgain(cells: readonly string[]): boolean {
    const { headings } = this.#start.map;
    const first = cells[0] ?? "";
    // Nearly every row is told from headings and column numbers by its first cell.
    if (first !== "" && first !== "1" && first !== headings[0]) return false;
    if (
      headings.length > 0 &&
      cells.length > 0 &&
      cells.every((cell, i) => cell.trim() === (headings[i] ?? "").trim())
    )
      return true;
    // The agency's form numbers its columns under the headings.
    const filled = cells.filter((cell) => cell.trim() !== "");
    return filled.length >= 5 && filled.every((cell, i) => cell.trim() === String(i + 1));
  }

  /** Opening, closing and total lines below the headings; true when the line was one. */
  #summary({ cells, line }: Cells, hasDate: boolean): boolean {
    const texts = hasDate ? cells.filter((cell) => parseDate(cell) === undefined) : cells;
    const labelled = readLabel(texts.filter((cell) => /\p{L}/u.test(cell) || /\d/u.test(cell)));
    if (labelled === undefined) return false;
    const { label, rest } = labelled;
    const balance = this.#reader.cell(cells, "balance");
    if (label === "opening") this.#opening = { text: balance === "" ? rest : balance, line };
    else if (label === "closing") this.#closing = { text: balance === "" ? rest : balance, line };
    else if (label === "total" && !hasDate) {
      this.#totals.push({
        line,
        credit: this.#reader.decimal(cells, "credit"),
        debit: this.#reader.decimal(cells, "debit"),
      });
    } else return false;
    return true;
  }

  #booked({ cells }: Cells, date: string | undefined, isCut: boolean, line: number): void {
    this.#rows += 1;
    const { map } = this.#start;
    const faults: Problem[] = [];
    const currency = this.#rowCurrency(cells);
    let sums = this.#reader.sums(cells, currency, line);
    const isForeignOnForm =
      map.isForm &&
      this.#currency === "KZT" &&
      currency !== "KZT" &&
      this.#reader.cell(cells, "amountKzt") !== "";
    const rowCurrency = isForeignOnForm ? "KZT" : currency;
    if (isForeignOnForm) sums = this.#reader.sums(cells, "KZT", line);
    faults.push(...sums.faults);
    let { minor } = sums;
    if (this.#currencyNamed === null && map.columns.currency !== undefined && currency !== this.#currency) {
      faults.push({
        code: "currency-unknown",
        line,
        message: `The row names no currency; it is counted in ${currency ?? "none"}, as the row before it.`,
      });
    }
    if (date === undefined) {
      faults.push({
        code: "date-unreadable",
        line,
        message: `"${clip(this.#reader.cell(cells, "date"))}" is not a date.`,
      });
    }
    if (isCut) {
      // Whatever else is wrong with it follows from the cut.
      faults.length = 0;
      const last = cells.length - 1;
      const isWhole = (["amount", "credit", "debit", "amountKzt"] as const).every(
        (field) => (map.columns[field] ?? -1) < last,
      );
      if (!isWhole) minor = null;
      const message = isWhole ? "The last row is cut off." : "The last row is cut off; its sum is left out.";
      faults.push({ code: "record-incomplete", line, message });
    }
    if (
      map.width > 0 &&
      cells.length > map.width &&
      cells.slice(map.width).some((cell) => cell.trim() !== "")
    ) {
      faults.push({
        code: "fields-too-many",
        line,
        message: `The row has ${cells.length} fields, the headings ${map.width}: a separator stands inside a field, so its sum is left out.`,
      });
      minor = null;
    }
    const writer = this.#writer(this.#rowAccount(cells), rowCurrency);
    for (const fault of faults) writer.tally.problem(fault.code, fault.line, fault.message);
    const balance = this.#reader.balance(cells, rowCurrency, line, writer.tally);
    const reference = this.#reader.cell(cells, "reference");
    const memo = this.#reader.cell(cells, "memo");
    const kind = this.#reader.cell(cells, "kind");
    const counterparty = this.#reader.counterparty(cells, sums.direction);
    const draft: RowDraft = {
      line,
      date: date ?? (this.#lastDate === "" ? (this.#from ?? "") : this.#lastDate),
      direction: sums.direction,
      minor,
      currency: rowCurrency ?? "",
    };
    if (reference !== "") draft.reference = reference;
    if (counterparty !== undefined) draft.counterparty = counterparty;
    if (memo !== "") draft.memo = memo;
    if (kind !== "") draft.kind = kind;
    if (balance !== undefined) draft.balance = balance;
    writer.push(draft);
  }

  #rowCurrency(cells: readonly string[]): string | null {
    const text = this.#reader.cell(cells, "currency");
    if (text !== this.#currencyText) {
      this.#currencyText = text;
      this.#currencyNamed = text === "" ? null : parseCurrency(text);
    }
    const named = this.#currencyNamed;
    // A column of currencies with a gap: the row before is the best witness, and the gap is reported.
    if (named === null && this.#start.map.columns.currency !== undefined && this.#lastWriter !== null) {
      return this.#lastWriter.tally.currency;
    }
    return named ?? this.#currency ?? (this.#start.map.isForm ? "KZT" : null);
  }

  #rowAccount(cells: readonly string[]): string | null {
    const text = this.#reader.cell(cells, "account");
    return text === "" ? this.#account : text;
  }

  #writer(account: string | null, currency: string | null): StatementWriter {
    const key = `${account ?? ""}\n${currency ?? ""}`;
    if (key === this.#writerKey && this.#lastWriter !== null) return this.#lastWriter;
    let writer = this.#writers.get(key);
    if (writer === undefined) {
      const tally = new Tally({
        index: this.#start.firstIndex + this.#writers.size,
        format: this.#start.format,
        account,
        currency,
      });
      tally.from = this.#from;
      tally.to = this.#to;
      writer = new StatementWriter(this.#start.sink, tally, this.#start.order);
      this.#writers.set(key, writer);
      if (this.#writers.size === 1 && this.#opening !== null)
        tally.opening = this.#printedBalance(this.#opening, tally);
    }
    this.#writerKey = key;
    this.#lastWriter = writer;
    return writer;
  }

  #printedBalance(printed: PrintedBalance, tally: Tally): Tally["opening"] {
    const decimal = firstSum(printed.text, this.#start.map.mark);
    const reading = decimal === undefined ? undefined : toMinor(decimal, scaleOf(tally.currency));
    if (reading?.kind === "read")
      return { minor: reading.minor, currency: tally.currency, date: null, line: printed.line };
    tally.problem("balance-unreadable", printed.line, `"${clip(printed.text)}" is not a balance.`);
    return null;
  }

  /**
   * Lines that are neither rows nor labels. Between rows they are garbled rows; after the last row, prose of two
   * words or more is the bank's remark.
   */
  #settleNotes(isEnd: boolean): void {
    for (const { cells, line } of this.#notes.splice(0)) {
      const filled = cells.filter((cell) => cell.trim() !== "");
      const text = filled.join(" ");
      if ((isEnd || this.#rows === 0) && filled.length <= 2 && /^\P{N}{3,}\s\p{L}/u.test(text)) continue;
      this.#rows += 1;
      // Whatever is left of a garbled row says nothing about its account or currency.
      const writer = this.#lastWriter ?? this.#writer(this.#account, this.#currency);
      writer.tally.problem(
        "row-unreadable",
        line,
        `"${clip(text)}" has neither a date nor a sum; it counts as a row and adds nothing.`,
      );
      writer.push({
        line,
        date: this.#lastDate,
        direction: "credit",
        minor: null,
        currency: writer.tally.currency ?? "",
      });
    }
  }

  fileProblem(code: string, line: number | null, message: string): void {
    this.#problems.push({ code, line, message });
  }

  /** True when the file held anything a statement can be made of. */
  finish(): boolean {
    this.#settleNotes(true);
    const hasBalances = this.#opening !== null && this.#closing !== null;
    if (this.#writers.size === 0) {
      if (!hasBalances) return false;
      this.#writer(this.#account, this.#currency);
    }
    const [first] = this.#writers.values();
    for (const problem of this.#problems) first?.tally.problem(problem.code, problem.line, problem.message);
    if (first !== undefined && this.#writers.size === 1) this.#settleSummary(first);
    for (const writer of this.#writers.values()) {
      writer.flush();
      const { tally } = writer;
      if (tally.closing === null && tally.lastBalance !== null) {
        // The balance printed beside the last row is the closing balance; it is read, not derived.
        tally.closing = { minor: tally.lastBalance, currency: tally.currency, date: null, line: null };
      }
      writer.close();
    }
    return true;
  }

  #settleSummary(writer: StatementWriter): void {
    const { tally } = writer;
    if (this.#opening !== null && tally.opening === null)
      tally.opening = this.#printedBalance(this.#opening, tally);
    if (this.#closing !== null) tally.closing = this.#printedBalance(this.#closing, tally);
    if (this.#totals.length !== 1) return;
    for (const { line, credit, debit } of this.#totals) {
      for (const [side, decimal] of [
        ["credit", credit],
        ["debit", debit],
      ] as const) {
        const reading = decimal === undefined ? undefined : toMinor(decimal, scaleOf(tally.currency));
        if (reading?.kind === "read") {
          tally.expect(side, { minor: reading.minor < 0n ? -reading.minor : reading.minor, line });
        }
      }
    }
  }
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== "" && cell.trim() !== "") return false;
  return true;
}
