import { parseDecimal, toMinor } from "./amount.ts";
import { parseDate } from "./calendar.ts";
import { isCurrencyCode, scaleOf } from "./currency.ts";
import { EventSink, refused, StatementWriter } from "./emit.ts";
import { decodeBytes, isUtf8, lineSlices } from "./encoding.ts";
import type { Encoding } from "./encoding.ts";
import { clip } from "./one-c-document.ts";
import type { ByteSource } from "./source.ts";
import { headOf } from "./source.ts";
import { Tally } from "./tally.ts";
import type { Problem, ReadOptions, RowDraft, StatementEvent } from "./types.ts";

type Transaction = { readonly line: number; readonly values: Map<string, string> };

/**
 * Reads OFX and QFX, SGML (no closing tags) and XML alike. One statement per STMTRS or CCSTMTRS; the closing balance
 * is LEDGERBAL, an opening balance is never printed. A file without a statement is an empty list.
 */
export function* readOfx(source: ByteSource, options: ReadOptions): Generator<StatementEvent> {
  const reader = new OfxReader(options);
  for (const slice of lineSlices(source, encodingOf(source))) {
    for (let i = 0; i < slice.lines.length; i += 1) {
      reader.line(slice.lines[i] ?? "", slice.first + i, slice.openEnd && i === slice.lines.length - 1);
    }
    yield* reader.sink.drain();
  }
  yield* reader.finish();
}

function encodingOf(source: ByteSource): Encoding {
  const head = headOf(source, 262_144);
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (isUtf8(head)) return "utf-8";
  const text = decodeBytes(head.subarray(0, 2048), "windows-1252");
  return /CHARSET\s*[:=]\s*"?(?:windows-)?1251/iu.test(text) ? "windows-1251" : "windows-1252";
}

const tagPattern = /<(\/?)([A-Za-z0-9_.:-]+)(?:\s[^<>]*)?(\/?)>/gu;

class OfxReader {
  readonly sink = new EventSink();
  readonly #options: ReadOptions;
  readonly #stack: string[] = [];
  #writer: StatementWriter | null = null;
  #last: StatementWriter | null = null;
  #transaction: Transaction | null = null;
  #index = 0;
  #line = 0;
  #isClosed = false;
  #sawOfx = false;
  /** The element whose text is being read; text goes on over line breaks. */
  #element: { name: string; line: number; text: string } | null = null;
  #lastDate = "";
  #faults: Problem[] = [];
  #values = new Map<string, string>();
  #inInvestment = false;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  line(text: string, line: number, isOpen: boolean): void {
    this.#line = line;
    let from = 0;
    tagPattern.lastIndex = 0;
    for (let match = tagPattern.exec(text); match !== null; match = tagPattern.exec(text)) {
      this.#text(text.slice(from, match.index));
      from = match.index + match[0].length;
      const name = (match[2] ?? "").toUpperCase();
      const bare = name.slice(name.indexOf(":") + 1);
      if (match[1] === "/") this.#closeTag(bare);
      else {
        this.#openTag(bare, line);
        if (match[3] === "/") this.#closeTag(bare);
      }
    }
    const rest = text.slice(from);
    // A value on a last line without a line break may be cut in the middle of its figures.
    if (isOpen && !this.#isClosed && this.#element !== null) this.#element = null;
    else this.#text(from > 0 || text === "" ? rest : ` ${rest}`);
    if (rest.includes("<") && this.#sawOfx && !this.#isClosed) {
      this.#fault("line-unreadable", line, `"${clip(rest.trim())}" holds a broken tag.`);
    }
  }

  #text(text: string): void {
    if (this.#element !== null && text !== "") this.#element.text += text;
  }

  #fault(code: string, line: number, message: string): void {
    const tally = (this.#writer ?? this.#last)?.tally;
    if (tally === undefined) this.#faults.push({ code, line, message });
    else tally.problem(code, line, message);
  }

  #openTag(name: string, line: number): void {
    this.#endElement();
    switch (name) {
      case "OFX":
        this.#sawOfx = true;
        break;
      case "STMTRS":
      case "CCSTMTRS":
        this.#closeStatement(false);
        this.#begin();
        break;
      case "INVSTMTRS":
        this.#closeStatement(false);
        this.#inInvestment = true;
        break;
      case "STMTTRN":
        this.#endTransaction(false);
        // Cash movements of an investment account are bank rows too, but the account has no booked balance.
        if (this.#writer === null && this.#inInvestment) this.#begin();
        this.#transaction = { line, values: new Map() };
        break;
      default:
    }
    if (aggregates.has(name)) this.#stack.push(name);
    else this.#element = { name, line, text: "" };
  }

  #begin(): void {
    this.#last?.close();
    this.#last = null;
    const tally = new Tally({ index: this.#index, format: "OFX", currency: this.#options.currency ?? null });
    this.#index += 1;
    this.#writer = new StatementWriter(this.sink, tally);
    if (this.#inInvestment) this.#applyValues();
    for (const fault of this.#faults) tally.problem(fault.code, fault.line, fault.message);
    this.#faults = [];
  }

  #closeTag(name: string): void {
    if (this.#element !== null && this.#element.name === name) {
      this.#endElement();
      return;
    }
    this.#endElement();
    const at = this.#stack.lastIndexOf(name);
    if (at >= 0) this.#stack.length = at;
    switch (name) {
      case "STMTTRN":
        this.#endTransaction(true);
        break;
      case "STMTRS":
      case "CCSTMTRS":
        this.#closeStatement(true);
        break;
      case "INVSTMTRS":
        this.#closeStatement(true);
        this.#inInvestment = false;
        this.#values.clear();
        break;
      case "OFX":
        this.#isClosed = true;
        break;
      default:
    }
  }

  #endElement(): void {
    const element = this.#element;
    if (element === null) return;
    this.#element = null;
    const text = unescape(element.text).replaceAll(/\s+/gu, " ").trim();
    if (text === "") return;
    const parent = this.#stack.at(-1) ?? "";
    if (this.#transaction !== null) {
      const key = parent === "STMTTRN" || parent === "" ? element.name : `${parent}/${element.name}`;
      if (!this.#transaction.values.has(key)) this.#transaction.values.set(key, text);
      return;
    }
    this.#statementValue(parent, element.name, text, element.line);
  }

  #statementValue(parent: string, name: string, text: string, line: number): void {
    if (this.#inInvestment && this.#writer === null) {
      this.#values.set(`${parent}/${name}`, text);
      return;
    }
    const tally = this.#writer?.tally;
    if (tally === undefined) return;
    if (name === "CURDEF") tally.currency = currencyOf(text) ?? tally.currency;
    else if (name === "ACCTID" && parent.endsWith("ACCTFROM")) tally.account ??= text;
    else if (name === "DTSTART") tally.from = parseDate(text.slice(0, 8)) ?? null;
    else if (name === "DTEND") tally.to = parseDate(text.slice(0, 8)) ?? null;
    else if (parent === "LEDGERBAL" && name === "BALAMT") this.#closing(tally, text, line);
    else if (parent === "LEDGERBAL" && name === "DTASOF" && tally.closing !== null) {
      tally.closing = { ...tally.closing, date: parseDate(text.slice(0, 8)) ?? null };
    }
  }

  #closing(tally: Tally, text: string, line: number): void {
    const minor = this.#amount(text, tally.currency);
    if (typeof minor === "bigint") tally.closing = { minor, currency: tally.currency, date: null, line };
    else tally.problem("balance-unreadable", line, `"${clip(text)}" is not a balance.`);
  }

  #applyValues(): void {
    for (const [key, text] of this.#values) {
      const [parent = "", name = ""] = key.split("/");
      this.#statementValue(parent, name, text, this.#line);
    }
  }

  /** A comma may be the decimal mark; with one sign alone it always is, since OFX groups no thousands. */
  #amount(text: string, currency: string | null): bigint | "too-fine" | "unreadable" {
    const hasBoth = text.includes(",") && text.includes(".");
    const decimal = parseDecimal(text, hasBoth ? "auto" : text.includes(",") ? "," : ".");
    if (decimal === undefined) return "unreadable";
    const reading = toMinor(decimal, scaleOf(currency));
    return reading.kind === "read" ? reading.minor : reading.kind;
  }

  #endTransaction(isClosed: boolean): void {
    const transaction = this.#transaction;
    const writer = this.#writer;
    if (transaction === null || writer === null) return;
    this.#transaction = null;
    const { tally } = writer;
    const { line } = transaction;
    const value = (name: string): string | undefined => transaction.values.get(name);
    if (!isClosed)
      tally.problem("record-incomplete", line, "The transaction beginning here has no </STMTTRN>.");
    const currency = currencyOf(value("CURRENCY/CURSYM") ?? "") ?? tally.currency;
    const text = value("TRNAMT");
    const amount = text === undefined ? "missing" : this.#amount(text, currency);
    if (amount === "too-fine") {
      tally.problem(
        "amount-too-fine",
        line,
        `"${clip(text ?? "")}" has more decimals than ${currency ?? "the currency"} has; the row adds nothing.`,
      );
    } else if (typeof amount !== "bigint" && (isClosed || amount !== "missing")) {
      tally.problem(
        "amount-unreadable",
        line,
        text === undefined ? "The transaction has no TRNAMT." : `"${clip(text)}" is not an amount.`,
      );
    }
    const posted = value("DTPOSTED") ?? value("DTUSER");
    const date = posted === undefined ? undefined : parseDate(posted.slice(0, 8));
    if (date === undefined && (isClosed || posted !== undefined)) {
      tally.problem(
        "date-unreadable",
        line,
        posted === undefined ? "The transaction has no DTPOSTED." : `"${clip(posted)}" is not a date.`,
      );
    }
    this.#lastDate = date ?? this.#lastDate;
    const minor = typeof amount === "bigint" ? amount : null;
    const name = value("NAME") ?? value("PAYEE/NAME");
    const account = value("BANKACCTTO/ACCTID") ?? value("CCACCTTO/ACCTID");
    const memo = value("MEMO") ?? name;
    const reference = value("FITID") ?? value("REFNUM") ?? value("CHECKNUM");
    const kind = value("TRNTYPE");
    const draft: RowDraft = {
      line,
      date: date ?? (this.#lastDate === "" ? (tally.from ?? "") : this.#lastDate),
      direction: minor !== null && minor < 0n ? "debit" : "credit",
      minor: minor !== null && minor < 0n ? -minor : minor,
      currency: currency ?? "",
      ...(reference === undefined ? {} : { reference }),
      ...(name === undefined && account === undefined
        ? {}
        : {
            counterparty: {
              ...(name === undefined ? {} : { name }),
              ...(account === undefined ? {} : { account }),
            },
          }),
      ...(memo === undefined ? {} : { memo }),
      ...(kind === undefined ? {} : { kind }),
    };
    writer.push(draft);
  }

  /** A closed statement stays open for problems until the next begins or the file ends. */
  #closeStatement(isClosed: boolean): void {
    this.#endTransaction(false);
    const writer = this.#writer;
    if (writer === null) return;
    this.#writer = null;
    if (!isClosed)
      writer.tally.problem(
        "end-missing",
        this.#line,
        "The statement is not closed: it may be cut off, and rows may be missing.",
      );
    this.#last = writer;
  }

  *finish(): Generator<StatementEvent> {
    if (this.#isClosed) this.#endElement();
    else this.#element = null;
    this.#closeStatement(false);
    const last = this.#last;
    if (!this.#isClosed) {
      if (this.#index === 0) {
        yield refused(
          "cut-off",
          "The OFX file ends before its first statement and has no </OFX>. Download it from the bank again.",
          this.#line,
        );
        return;
      }
      if (last !== null && !last.tally.problems.some((problem) => problem.code === "end-missing")) {
        last.tally.problem(
          "end-missing",
          this.#line,
          "The file has no </OFX>: it may be cut off, and statements may be missing.",
        );
      }
    }
    last?.close();
    yield* this.sink.drain();
  }
}

/** Tags that hold other tags; all others hold text, closed or not. Only those that change a value's meaning matter. */
const aggregates = new Set(
  (
    "OFX SIGNONMSGSRSV1 SONRS STATUS FI BANKMSGSRSV1 CREDITCARDMSGSRSV1 CCMSGSRSV1 INVSTMTMSGSRSV1 STMTTRNRS CCSTMTTRNRS " +
    "INVSTMTTRNRS STMTRS CCSTMTRS INVSTMTRS BANKACCTFROM CCACCTFROM INVACCTFROM BANKTRANLIST STMTTRN PAYEE BANKACCTTO " +
    "CCACCTTO CURRENCY ORIGCURRENCY LEDGERBAL AVAILBAL BALLIST BAL INVTRANLIST INVBANKTRAN INVBAL INVPOSLIST SIGNUPMSGSRSV1 " +
    "ACCTINFOTRNRS ACCTINFORS ACCTINFO BANKACCTINFO CCACCTINFO INVACCTINFO BANKTRANLISTP STMTTRNP IMAGEDATA"
  ).split(" "),
);

function currencyOf(text: string): string | null {
  const code = text.trim().toUpperCase();
  return isCurrencyCode(code) ? code : null;
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function unescape(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});?/giu, (whole, name: string) => {
    if (!name.startsWith("#")) return entities[name.toLowerCase()] ?? whole;
    const code = name[1]?.toLowerCase() === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
