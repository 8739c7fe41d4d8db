import { readAmount } from "./amount.ts";
import { isCurrencyCode } from "./currency.ts";
import { EventSink, refused, StatementWriter } from "./emit.ts";
import { guessEncoding, lineSlices } from "./encoding.ts";
import { balanceLine, currencyAt, dateOf, ingTurnovers, looksTorn } from "./mt940-fields.ts";
import { readBankDetails, readDetails } from "./mt940-details.ts";
import type { Mt940Details } from "./mt940-details.ts";
import { readBooked } from "./mt940-row.ts";
import { clip } from "./one-c-document.ts";
import type { ByteSource } from "./source.ts";
import { Tally } from "./tally.ts";
import type { Balance, ReadOptions, RowDraft, StatementEvent } from "./types.ts";

type Line = { readonly tag: string; readonly line: number; readonly lines: string[] };

/**
 * Reads MT940 and MT942: one statement per message (field 20). `RC` is a credit taken back and lowers the balance,
 * `RD` a debit taken back and raises it; a further letter is the funds code. A file with no message is an empty list.
 */
export function* readMt940(source: ByteSource, options: ReadOptions): Generator<StatementEvent> {
  const reader = new Mt940Reader(options);
  for (const slice of lineSlices(source, guessEncoding(source))) {
    for (let i = 0; i < slice.lines.length; i += 1) reader.line(slice.lines[i] ?? "", slice.first + i);
    if (slice.openEnd) reader.openEnd(slice.lines.at(-1) ?? "");
    yield* reader.sink.drain();
  }
  yield* reader.finish();
}

class Mt940Reader {
  readonly sink = new EventSink();
  readonly #options: ReadOptions;
  #field: Line | null = null;
  #writer: StatementWriter | null = null;
  #row: RowDraft | null = null;
  #index = 0;
  #lastLine = 0;
  #isInterim = false;
  #hasClosing = false;
  #closedText = false;
  #previous: { account: string | null; closing: Balance | null } = { account: null, closing: null };
  #opensMidway = false;
  #closesMidway = false;
  #sawMessage = false;
  /** Line of a block header ({1:…}) whose message has not begun. */
  #openBlock: number | null = null;
  /** A closed statement stays open for problems until the next begins or the file ends. */
  #pending: StatementWriter | null = null;
  #isTorn = false;
  #lastDate = "";

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  line(text: string, line: number): void {
    this.#lastLine = line;
    // Start and end of text stand around messages that came over a wire.
    const clean = text.replaceAll("\u0001", "").replaceAll("\u0003", "").replaceAll("\uFEFF", "");
    const tag = /^(?:\{[^:{}]*\}|\{[1-5]:[^{}]*\}|\{4:)*:(\d{2}[A-Z]?|NS):(.*)$/u.exec(clean);
    if (tag !== null) {
      this.#endField();
      this.#field = { tag: tag[1] ?? "", line, lines: [tag[2] ?? ""] };
      return;
    }
    if (/^-\}?\s*$|^-\}|^-X{2,3}\s*$/u.test(clean) || /^\{[15]:/u.test(clean)) {
      this.#endField();
      this.#closedText = true;
      this.#openBlock = clean.startsWith("{1:") ? line : null;
      return;
    }
    if (this.#field !== null) {
      this.#field.lines.push(clean);
      // A statement line or balance whose tag is garbled must not vanish into the text before it.
      if (
        /^.{1,5}:\d{6}(?:\d{4})?R?[CD][A-Z]?\d+,/u.test(clean) ||
        /^.{1,5}:[CD]\d{6}[A-Z]{3}\d+,\d{0,2}$/u.test(clean)
      ) {
        this.#endField();
        this.#fault(
          "line-unreadable",
          line,
          `"${clip(clean)}" looks like a booked line or a balance, but its field mark is garbled.`,
        );
        if (/^.{1,5}:\d{6}/u.test(clean)) this.#pushUnreadable(line);
      }
    }
  }

  #fault(code: string, line: number | null, message: string): void {
    this.#statement().tally.problem(code, line, message);
  }

  #pushUnreadable(line: number): void {
    this.#flushRow();
    this.#statement();
    this.#row = {
      line,
      date: this.#lastDate,
      direction: "credit",
      minor: null,
      currency: this.#rowCurrency ?? "",
    };
  }

  #statement(): StatementWriter {
    if (this.#writer !== null) return this.#writer;
    this.#closePending();
    this.#isInterim = false;
    this.#hasClosing = false;
    this.#opensMidway = false;
    this.#writer = new StatementWriter(
      this.sink,
      new Tally({ index: this.#index, format: "MT940/942", currency: this.#options.currency ?? null }),
    );
    this.#index += 1;
    this.#rowCurrency = this.#options.currency ?? null;
    return this.#writer;
  }
  /**
   * Currency of the rows. An MT942 has no balance that would name the account's currency; its floor limit (field 34F)
   * and its sums only say what its rows are in.
   */
  #rowCurrency: string | null = null;

  #endField(): void {
    const field = this.#field;
    if (field === null) return;
    this.#field = null;
    const value = (field.lines[0] ?? "").trim();
    switch (field.tag) {
      case "20":
        this.#closeStatement();
        this.#openBlock = null;
        this.#sawMessage = true;
        this.#statement();
        this.#closedText = false;
        break;
      case "25":
      case "25P":
        this.#startIfNew();
        this.#statement().tally.account = value === "" ? null : value;
        break;
      case "28":
      case "28C":
        break;
      case "60F":
      case "60M":
        this.#opening(field, value);
        break;
      case "62F":
      case "62M":
        this.#closing(field, value);
        break;
      case "61":
        this.#booked(field, value);
        break;
      case "86":
        this.#details(field);
        break;
      case "NS":
        this.#describe(readBankDetails(field.lines));
        break;
      case "34F":
        this.#isInterim = true;
        this.#statement();
        this.#rowCurrency ??= currencyAt(value, 0);
        break;
      case "13":
      case "13D":
        this.#isInterim = true;
        break;
      case "90C":
      case "90D":
        this.#printedSum(field, value);
        break;
      default:
    }
  }

  /** Some banks leave out field 20; a second account number then begins the next statement. */
  #startIfNew(): void {
    const tally = this.#writer?.tally;
    if (tally !== undefined && tally.account !== null) {
      this.#closeStatement();
      this.#statement();
    }
  }

  #opening(field: Line, value: string): void {
    const { tally } = this.#statement();
    const balance = this.#balance(field, value, tally);
    if (balance === null) return;
    tally.opening = balance;
    tally.currency ??= balance.currency;
    this.#rowCurrency ??= balance.currency;
    this.#opensMidway = field.tag === "60M";
    const { account, closing } = this.#previous;
    if (
      this.#opensMidway &&
      closing !== null &&
      account === tally.account &&
      closing.minor !== balance.minor
    ) {
      tally.problem(
        "chain-broken",
        field.line,
        `This page goes on from a balance of ${tally.money(balance.minor)}, but the page before it ended with ${tally.money(closing.minor)}.`,
      );
    }
  }

  #closing(field: Line, value: string): void {
    this.#flushRow();
    const { tally } = this.#statement();
    this.#hasClosing = true;
    this.#closesMidway = field.tag === "62M";
    const balance = this.#balance(field, value, tally);
    if (balance === null) return;
    if (tally.closing !== null && tally.closing.minor !== balance.minor) {
      tally.problem(
        "balance-contradicts",
        field.line,
        "A second, different closing balance is printed; the last one is taken.",
      );
    }
    tally.closing = balance;
    tally.currency ??= balance.currency;
  }

  #balance(field: Line, value: string, tally: Tally): Balance | null {
    const match = balanceLine.exec(value);
    const currency = match?.[3];
    const reading = match === null ? undefined : readAmount(match[4] ?? "", currency ?? tally.currency, ",");
    if (match === null || currency === undefined || !isCurrencyCode(currency) || reading?.kind !== "read") {
      tally.problem(
        "balance-unreadable",
        field.line,
        `":${field.tag}:${clip(value)}" is not a balance with sign, date, currency and sum.`,
      );
      return null;
    }
    const minor = match[1] === "D" ? -reading.minor : reading.minor;
    return { minor, currency, date: dateOf(match[2] ?? "") ?? null, line: field.line };
  }

  #booked(field: Line, value: string): void {
    this.#flushRow();
    const { tally } = this.#statement();
    if (this.#hasClosing) {
      tally.problem("row-after-closing", field.line, "This row stands after the closing balance.");
    }
    const { row, faults } = readBooked(value, {
      line: field.line,
      currency: this.#rowCurrency,
      lastDate: this.#lastDate,
    });
    for (const fault of faults) tally.problem(fault.code, fault.line, fault.message);
    this.#lastDate = row.date;
    this.#row = row;
  }

  #details(field: Line): void {
    if (this.#row === null) {
      if (this.#hasClosing) this.#ingTurnover(field);
      return;
    }
    this.#describe(readDetails(field.lines));
  }

  /** Adds what a field of words says to the row before it; some banks print several. */
  #describe({ memo, counterparty }: Mt940Details): void {
    const row = this.#row;
    if (row === null) return;
    if (memo !== undefined) row.memo = row.memo === undefined ? memo : `${row.memo} ${memo}`;
    if (counterparty !== undefined) row.counterparty = { ...row.counterparty, ...counterparty };
  }

  #ingTurnover(field: Line): void {
    const { tally } = this.#statement();
    for (const { side, count, sum } of ingTurnovers(field.lines[0] ?? "")) {
      const reading = readAmount(sum, tally.currency, ",");
      tally.expect(side, {
        count,
        minor: reading.kind === "read" ? reading.minor : undefined,
        line: field.line,
      });
    }
  }

  #printedSum(field: Line, value: string): void {
    this.#flushRow();
    this.#isInterim = true;
    const match = /^(\d{1,5})([A-Z]{3})([\d,.]+)$/u.exec(value);
    const { tally } = this.#statement();
    this.#rowCurrency ??= currencyAt(match?.[2] ?? "", 0);
    const reading = readAmount(match?.[3] ?? "", this.#rowCurrency, ",");
    if (match === null || reading.kind !== "read") {
      tally.problem(
        "balance-unreadable",
        field.line,
        `":${field.tag}:${clip(value)}" is not a count with a sum.`,
      );
      return;
    }
    tally.expect(field.tag === "90C" ? "credit" : "debit", {
      count: Number(match[1]),
      minor: reading.minor,
      line: field.line,
    });
  }

  #flushRow(): void {
    if (this.#row === null) return;
    this.#writer?.push(this.#row);
    this.#row = null;
  }

  #closeStatement(): void {
    this.#flushRow();
    const writer = this.#writer;
    if (writer === null) return;
    this.#writer = null;
    const { tally } = writer;
    if (!this.#hasClosing && !(this.#isInterim && tally.opening === null)) {
      tally.problem(
        "end-missing",
        this.#lastLine,
        "The statement has no closing balance (field 62): it may be cut off, and rows may be missing.",
      );
    }
    this.#previous = { account: tally.account, closing: tally.closing };
    this.#pending = writer;
  }

  #closePending(): void {
    this.#pending?.close();
    this.#pending = null;
  }

  openEnd(text: string): void {
    this.#isTorn = looksTorn(text.trim());
  }

  *finish(): Generator<StatementEvent> {
    this.#endField();
    const isUnclosedBlock = this.#writer !== null && this.#closedText === false && this.#sawMessage;
    if (isUnclosedBlock && this.#isInterim && this.#writer !== null && this.#writer.tally.opening === null) {
      // MT942 has no closing balance: only its end mark or its sums say that it is whole.
      if (!this.#hasEndSums()) {
        this.#writer.tally.problem(
          "end-missing",
          this.#lastLine,
          "The message has neither an end mark nor printed sums: it may be cut off.",
        );
      }
    }
    this.#closeStatement();
    if (this.#closesMidway) {
      this.#pending?.tally.problem(
        "more-pages",
        this.#lastLine,
        "The last balance is an intermediate one (62M): the bank prints further pages, and they are not in this file.",
      );
    }
    if (this.#openBlock !== null || this.#isTorn) {
      const tally = this.#pending?.tally;
      if (tally === undefined) {
        yield refused(
          "cut-off",
          "The file ends inside the head of its first message. Download it from the bank again.",
          this.#lastLine,
        );
        return;
      }
      if (!tally.problems.some((problem) => problem.code === "end-missing")) {
        tally.problem(
          "end-missing",
          this.#lastLine,
          "The file ends in the middle of a field: it is cut off, and statements may be missing.",
        );
      }
    }
    this.#closePending();
    yield* this.sink.drain();
  }

  #hasEndSums(): boolean {
    return this.#writer?.tally.hasExpectations ?? false;
  }
}
