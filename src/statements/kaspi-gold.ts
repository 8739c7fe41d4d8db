import { parseDecimal, toMinor } from "./amount.ts";
import { parseDate } from "./calendar.ts";
import { parseCurrency, scaleOf } from "./currency.ts";
import { EventSink, refused, StatementWriter } from "./emit.ts";
import { guessEncoding, lineSlices, ruinOf } from "./encoding.ts";
import { kaspiKinds, kindKey, splitKind } from "./kaspi-kinds.ts";
import { clip } from "./one-c-document.ts";
import type { ByteSource } from "./source.ts";
import { Tally } from "./tally.ts";
import type { ReadOptions, RowDraft, StatementEvent } from "./types.ts";

/**
 * A line of a Kaspi Gold statement. From a PDF the cells of a table row come apart by their place on the page, with
 * tabs between; extracted text has blanks only.
 */
export type KaspiLine = { readonly line: number; readonly text: string };

const signed = String.raw`[+\-−–—]?\s*\d[\d\s]*(?:[.,]\d{1,2})?\s*(?:₸|[TТт]|тг\.?|KZT|USD|EUR|RUB|[$€₽£?])`;
const rowStart = new RegExp(String.raw`^(\d{2}\.\d{2}\.(?:\d{4}|\d{2}))\s+(.*)$`, "u");
const amountStart = new RegExp(String.raw`^(${signed})(?=\s|$)\s*(.*)$`, "u");
const labelled = new RegExp(String.raw`^(.+?)[\s:]+(${signed})(?=\s|$)`, "u");
const dateInside = /(\d{2}\.\d{2}\.(?:\d{4}|\d{2}))(?!\d)/gu;
const footer = /Kaspi Bank|www\.kaspi\.kz|^[-–−]\s+\p{L}|БИК|BIC\b|БСК/u;
const heading = /^(?:Дата|Күні|Date)\s+(?:Сумма|Сомасы|Amount)/u;

/** Reads the text of a Kaspi Gold statement in Russian, Kazakh or English. */
export function* readKaspiText(source: ByteSource, options: ReadOptions): Generator<StatementEvent> {
  const lines: KaspiLine[] = [];
  for (const slice of lineSlices(source, guessEncoding(source))) {
    for (const [i, text] of slice.lines.entries()) lines.push({ line: slice.first + i, text });
  }
  yield* readKaspiLines(lines, options);
}

/** The common reader behind text and PDF. Rows stand newest first; they leave oldest first. */
export function* readKaspiLines(
  lines: readonly KaspiLine[],
  options: ReadOptions,
): Generator<StatementEvent> {
  const clean = lines
    .map(({ line, text }) => ({
      line,
      text: text
        .slice(0, 500)
        .replaceAll(/[\u00A0\u2007\u2009\u202F]/gu, " ")
        .replaceAll(/ {2,}/gu, " ")
        .replaceAll(/^ +| +$/gu, ""),
    }))
    .filter(({ text }) => text !== "");
  const all = clean.map(({ text }) => text).join("\n");
  const ruin = ruinOf(all);
  if (ruin !== undefined) {
    yield refused(
      "wrong-encoding",
      `The text of this statement is destroyed: ${ruin}. Download the file from the bank again.`,
      clean[0]?.line ?? null,
    );
    return;
  }
  const reader = new KaspiReader(options);
  for (const [i, line] of clean.entries()) reader.line(line, clean[i + 1]?.text ?? "");
  yield* reader.finish();
}

type Summary = {
  readonly key: string;
  readonly label: string;
  readonly minor: bigint;
  readonly line: number;
};
type PrintedBalance = { readonly date: string; readonly minor: bigint; readonly line: number };
type OpenRow = { draft: RowDraft; missing: string[]; details: string; kind: string };

class KaspiReader {
  readonly #sink = new EventSink();
  readonly #tally: Tally;
  readonly #writer: StatementWriter;
  readonly #balances: PrintedBalance[] = [];
  readonly #summaries: Summary[] = [];
  readonly #kindSums = new Map<string, bigint>();
  #row: OpenRow | null = null;
  #inTable = false;
  #inFooter = false;
  #seenTitle = false;
  #lastLine: number | null = null;
  #lastDate = "";

  constructor(options: ReadOptions) {
    this.#tally = new Tally({
      index: 0,
      format: "Kaspi Gold",
      account: options.account ?? null,
      currency: options.currency ?? "KZT",
    });
    this.#writer = new StatementWriter(this.#sink, this.#tally);
  }

  line({ line, text }: KaspiLine, next: string): void {
    this.#lastLine = line;
    if (/kaspi\s+gold/iu.test(text)) this.#title(text);
    if (heading.test(text)) {
      this.#closeRow();
      this.#inTable = true;
      this.#inFooter = false;
      return;
    }
    const row = rowStart.exec(text);
    const amount = row === null ? null : amountStart.exec((row[2] ?? "").replaceAll("\t", " ").trim());
    if (row !== null && amount !== null) {
      this.#closeRow();
      this.#inTable = true;
      this.#inFooter = false;
      this.#begin(
        line,
        { date: row[1] ?? "", amount: amount[1] ?? "", rest: (amount[2] ?? "").trim(), whole: text },
        next,
      );
      return;
    }
    if (!this.#inTable) this.#headLine(line, text);
    else if (row !== null && !this.#inFooter) this.#unreadableRow(line, row[1] ?? "", row[2] ?? "");
    else this.#continuation(line, text);
  }

  #title(text: string): void {
    this.#seenTitle = true;
    const dates = [...text.matchAll(dateInside)].map((match) => parseDate(match[1] ?? ""));
    if (dates.length < 2) return;
    this.#tally.from = dates[0] ?? null;
    this.#tally.to = dates[1] ?? null;
  }

  #headLine(line: number, text: string): void {
    const account = /\b(KZ[0-9A-Z]{18})\b/u.exec(text)?.[1];
    if (account !== undefined) this.#tally.accountHint ??= account;
    const currency = /(?:Валюта счета|Шот валютасы|Account currency)\s*:?\s*(\p{L}+|[$€₸])/iu.exec(text)?.[1];
    if (currency !== undefined) this.#tally.currency = parseCurrency(currency) ?? this.#tally.currency;
    if (!this.#seenTitle) return;
    const match = labelled.exec(text.replaceAll("\t", " "));
    if (match === null) return;
    const label = match[1] ?? "";
    const minor = this.#amount(match[2] ?? "");
    if (typeof minor !== "bigint") {
      this.#tally.problem("balance-unreadable", line, `"${clip(text)}" holds no readable sum.`);
      return;
    }
    const date = [...label.matchAll(dateInside)].map((found) => parseDate(found[1] ?? "")).at(-1);
    if (date !== undefined) this.#balances.push({ date, minor, line });
    else if (/\p{L}/u.test(label))
      this.#summaries.push({ key: kindKey(label), label: label.trim(), minor, line });
  }

  #amount(text: string): bigint | "too-fine" | "unreadable" {
    const decimal = parseDecimal(
      text.replace(/\s*(?:₸|[TТт]|тг\.?|KZT|USD|EUR|RUB|[$€₽£?])$/u, ""),
      text.includes(",") ? "," : ".",
    );
    if (decimal === undefined) return "unreadable";
    const reading = toMinor(decimal, scaleOf(this.#tally.currency));
    return reading.kind === "read" ? reading.minor : reading.kind;
  }

  #begin(
    line: number,
    cells: { date: string; amount: string; rest: string; whole: string },
    next: string,
  ): void {
    const date = parseDate(cells.date);
    if (date === undefined) this.#tally.problem("date-unreadable", line, `"${cells.date}" is not a date.`);
    this.#lastDate = date ?? this.#lastDate;
    const amount = this.#amount(cells.amount);
    const hasSign = /^[+\-−–—]/u.test(cells.amount.trim());
    if (typeof amount !== "bigint") {
      this.#tally.problem(
        "amount-unreadable",
        line,
        `"${clip(cells.amount)}" is not a sum; the row adds nothing.`,
      );
    } else if (!hasSign) {
      this.#tally.problem(
        "direction-unknown",
        line,
        `"${clip(cells.amount)}" has no sign, so the row is neither credit nor debit; its sum is left out.`,
      );
    }
    const minor = typeof amount === "bigint" && hasSign ? amount : null;
    const tabbed = cells.whole.split("\t").map((cell) => cell.trim());
    const labels = [...this.#summaries.map((summary) => summary.label), ...kaspiKinds];
    const split =
      tabbed.length >= 4
        ? { kind: tabbed[2] ?? "", details: tabbed.slice(3).join(" "), missing: [] }
        : splitKind(cells.rest.replaceAll("\t", " "), labels, next.replaceAll("\t", " "));
    this.#row = {
      draft: {
        line,
        date: this.#lastDate,
        direction: minor !== null && minor < 0n ? "debit" : "credit",
        minor: minor !== null && minor < 0n ? -minor : minor,
        currency: this.#tally.currency ?? "KZT",
      },
      missing: [...split.missing],
      details: split.details,
      kind: split.kind,
    };
  }

  #unreadableRow(line: number, date: string, rest: string): void {
    this.#closeRow();
    this.#tally.problem(
      "row-unreadable",
      line,
      `"${clip(`${date} ${rest}`)}" has no readable sum; it counts as a row and adds nothing.`,
    );
    this.#lastDate = parseDate(date) ?? this.#lastDate;
    this.#row = {
      draft: {
        line,
        date: this.#lastDate,
        direction: "credit",
        minor: null,
        currency: this.#tally.currency ?? "KZT",
      },
      missing: [],
      details: rest,
      kind: "",
    };
  }

  #continuation(line: number, text: string): void {
    if (footer.test(text)) {
      this.#closeRow();
      this.#inFooter = true;
      return;
    }
    const row = this.#row;
    if (row === null || this.#inFooter) {
      // A row whose date is garbled must not pass for a remark under the table.
      if (!this.#inFooter || /^\S{5,10}\s+[+\-−–]\s*\d/u.test(text)) this.#strayRow(line, text);
      return;
    }
    if (/^\S{1,10}\s+[+\-−–]\s*\d[\d ]*,\d\d/u.test(text)) {
      this.#strayRow(line, text);
      return;
    }
    const [kindPart, detailPart] = text.includes("\t") ? splitTabs(text) : ["", text];
    if (kindPart !== "") row.kind += ` ${kindPart}`;
    let words = detailPart.split(" ").filter((word) => word !== "");
    while (row.missing.length > 0 && words[0] !== undefined && kindKey(words[0]) === row.missing[0]) {
      row.kind += ` ${words[0]}`;
      row.missing.shift();
      words = words.slice(1);
    }
    if (words.length > 0)
      row.details = row.details === "" ? words.join(" ") : `${row.details} ${words.join(" ")}`;
  }

  #strayRow(line: number, text: string): void {
    if (!/[+\-−–]\s*\d[\d ]*(?:,\d\d)?/u.test(text)) return;
    this.#closeRow();
    this.#tally.problem(
      "row-unreadable",
      line,
      `"${clip(text)}" looks like a row, but its date is garbled; it counts as a row and adds nothing.`,
    );
    this.#row = {
      draft: {
        line,
        date: this.#lastDate,
        direction: "credit",
        minor: null,
        currency: this.#tally.currency ?? "KZT",
      },
      missing: [],
      details: text,
      kind: "",
    };
  }

  #closeRow(): void {
    const row = this.#row;
    if (row === null) return;
    this.#row = null;
    const { draft } = row;
    const kind = row.kind.trim();
    const details = row.details.trim();
    if (draft.minor !== null) {
      const key = kindKey(kind);
      const value = draft.direction === "credit" ? draft.minor : -draft.minor;
      this.#kindSums.set(key, (this.#kindSums.get(key) ?? 0n) + value);
    }
    this.#writer.push({
      ...draft,
      ...(details === "" ? {} : { counterparty: { name: details }, memo: details }),
      ...(kind === "" ? {} : { kind }),
    });
  }

  *finish(): Generator<StatementEvent> {
    this.#closeRow();
    if (!this.#seenTitle || (this.#writer.count === 0 && this.#balances.length < 2)) {
      yield refused(
        this.#seenTitle ? "no-rows" : "not-a-statement",
        this.#seenTitle
          ? "This looks like the head of a Kaspi Gold statement, but holds neither rows nor balances. It may be cut off; download it again."
          : "The text names Kaspi Gold, but is no statement of it.",
        this.#lastLine,
      );
      return;
    }
    this.#settleBalances();
    this.#checkKinds();
    this.#writer.close();
    yield* this.#sink.drain();
  }

  /**
   * Balances stand beside their dates in every language: the one of the first day is the opening. The closing is
   * printed twice, above and below the summary.
   */
  #settleBalances(): void {
    const tally = this.#tally;
    const { currency } = tally;
    const isOneDay = tally.from !== null && tally.from === tally.to;
    const onFrom = this.#balances.filter((balance) => balance.date === tally.from);
    const onTo = this.#balances.filter((balance) => balance.date === tally.to);
    // On a statement of one day the order on the page decides: closing above, then opening, then closing.
    const opening = isOneDay ? onFrom[1] : onFrom[0];
    const closings = isOneDay ? onTo.filter((balance) => balance !== opening) : onTo;
    const [closing, ...others] = closings;
    tally.opening = opening === undefined ? null : { ...opening, currency };
    tally.closing = closing === undefined ? null : { ...closing, currency };
    for (const other of others) {
      if (closing !== undefined && other.minor !== closing.minor) {
        tally.problem(
          "balance-contradicts",
          other.line,
          `Two closing balances are printed: ${tally.money(closing.minor)} and ${tally.money(other.minor)}.`,
        );
      }
    }
    if (tally.opening === null || tally.closing === null) {
      tally.problem(
        "end-missing",
        this.#lastLine,
        "The opening or the closing balance is not printed where a Kaspi Gold statement has it: the file may be cut off.",
      );
    }
  }

  #checkKinds(): void {
    const tally = this.#tally;
    if (this.#summaries.length === 0) return;
    const left = new Map(this.#kindSums);
    for (const summary of this.#summaries) {
      const sum = left.get(summary.key) ?? 0n;
      left.delete(summary.key);
      if (sum === summary.minor) continue;
      tally.problem(
        "kind-sum-differs",
        summary.line,
        `For "${clip(summary.label)}" the summary prints ${tally.money(summary.minor)}, the rows add up to ${tally.money(sum)}.`,
      );
    }
    for (const [key, sum] of left) {
      if (sum !== 0n) {
        tally.problem(
          "kind-sum-differs",
          null,
          `Rows of kind "${clip(key)}" add up to ${tally.money(sum)}, but the summary does not list that kind.`,
        );
      }
    }
  }
}

function splitTabs(text: string): [string, string] {
  const cells = text.split("\t").map((cell) => cell.trim());
  // Columns: date, amount, kind, details; a wrapped line leaves the first ones empty.
  return [cells[2] ?? "", [cells[1] ?? "", ...cells.slice(3)].filter((cell) => cell !== "").join(" ")];
}
