import { readAmount } from "./amount.ts";
import { parseDate } from "./calendar.ts";
import { parseCurrency } from "./currency.ts";
import { EventSink, refused, StatementWriter } from "./emit.ts";
import { guessEncoding, lineSlices, ruinOf } from "./encoding.ts";
import { clip, currencyOfAccount, OneCDocument, rowsOfDocument } from "./one-c-document.ts";
import { oneCKey, oneCKnown } from "./one-c-keys.ts";
import type { OneCField } from "./one-c-keys.ts";
import { addToDay, checkSections, inOrder } from "./one-c-sections.ts";
import type { DaySums, Section } from "./one-c-sections.ts";
import type { ByteSource } from "./source.ts";
import { Tally } from "./tally.ts";
import type { Problem, ReadOptions, StatementEvent } from "./types.ts";

type Account = {
  readonly number: string;
  readonly printed: string;
  readonly sections: Section[];
  readonly days: DaySums;
  writer: StatementWriter | null;
  currency: string | null;
};

type OpenSection = { readonly line: number; readonly values: Partial<Record<OneCField, string>> };

/**
 * Reads 1CClientBankExchange line by line. One statement per account, also where the bank writes a section per day;
 * its balances are those of the first and the last section.
 */
export function* readOneC(source: ByteSource, options: ReadOptions): Generator<StatementEvent> {
  const encoding = guessEncoding(source, oneCKnown);
  const reader = new OneCReader(options);
  for (const slice of lineSlices(source, encoding)) {
    for (let i = 0; i < slice.lines.length; i += 1) {
      const isOpen = slice.openEnd && i === slice.lines.length - 1;
      const refusalEvent = reader.line(slice.lines[i] ?? "", slice.first + i, isOpen);
      if (refusalEvent !== null) {
        yield refusalEvent;
        return;
      }
    }
    yield* reader.sink.drain();
  }
  yield* reader.finish();
}

class OneCReader {
  readonly sink = new EventSink();
  readonly #options: ReadOptions;
  readonly #accounts = new Map<string, Account>();
  readonly #fileProblems: Problem[] = [];
  /** Documents read before any account of the file was named. */
  #waiting: OneCDocument[] = [];
  #own: ReadonlySet<string> = new Set();
  #document: OneCDocument | null = null;
  #section: OpenSection | null = null;
  #memoOpen = false;
  #ended = false;
  #knownKeys = 0;
  #line = 0;
  #lastDate = "";
  #firstStrange: number | null = null;
  #strange = "";

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  line(text: string, line: number, isOpen: boolean): StatementEvent | null {
    this.#line = line;
    const equals = text.indexOf("=");
    const key = oneCKey(equals < 0 ? text : text.slice(0, equals));
    if (key.is === "mark") {
      this.#knownKeys += 1;
      this.#mark(key.mark, equals < 0 ? "" : text.slice(equals + 1), line);
      return null;
    }
    // The last line of a file without a line break may be cut in the middle of a sum or an account number.
    if (isOpen) return null;
    if (key.is === "field" && equals >= 0) {
      this.#knownKeys += 1;
      this.#field(key.field, key.rank, text.slice(equals + 1).trim(), line);
      return null;
    }
    return this.#strangeLine(text, equals, line);
  }

  #mark(mark: string, value: string, line: number): void {
    this.#memoOpen = false;
    switch (mark) {
      case "section":
        this.#closeSection(line, false);
        this.#section = { line, values: {} };
        break;
      case "sectionEnd":
        this.#closeSection(line, true);
        break;
      case "document":
        this.#closeSection(line, false);
        this.#closeDocument(false);
        this.#document = new OneCDocument(line, value.trim().replaceAll(/^"|"$/gu, ""));
        this.#ended = false;
        break;
      case "documentEnd":
        this.#closeDocument(true);
        break;
      default:
        this.#closeDocument(false);
        this.#ended = true;
    }
  }

  #field(field: OneCField, rank: number, value: string, line: number): void {
    if (this.#document !== null) {
      this.#document.set(field, rank, value, line);
      this.#memoOpen = field === "memo";
    } else if (this.#section !== null) {
      if (value !== "") this.#section.values[field] ??= value;
    } else if (field === "account" && value !== "") {
      this.#account(value);
    }
  }

  #strangeLine(text: string, equals: number, line: number): StatementEvent | null {
    const trimmed = text.trim();
    if (trimmed === "" || line === 1 || trimmed === "1CClientBankExchange") return null;
    if (this.#firstStrange === null) this.#firstStrange = line;
    if (this.#knownKeys === 0) {
      // Nothing known yet: either a foreign dialect or letters destroyed by a wrong encoding.
      this.#strange += `${trimmed.slice(0, 200)}\n`;
      if (this.#strange.split("\n").length > 40) return this.#notReadable();
      return null;
    }
    const isKeyLike = equals > 0 && /^[\p{L}\p{N}_ .-]{1,60}$/u.test(text.slice(0, equals));
    if (
      this.#document !== null &&
      this.#memoOpen &&
      (equals < 0 || !/^[\p{L}\p{N}_]{3,40}$/u.test(text.slice(0, equals)))
    ) {
      // Some banks break the purpose of a payment over several lines.
      this.#document.appendToMemo(trimmed);
      return null;
    }
    if (isKeyLike && !text.slice(0, equals).includes("\uFFFD")) return null;
    this.#fileProblems.push({
      code: "line-unreadable",
      line,
      message: `"${clip(trimmed)}" is neither a key with a value nor a marker of this format.`,
    });
    return null;
  }

  #notReadable(): StatementEvent {
    // Keys in no encoding known: letters beyond ASCII before "=" are what is left of Russian ones.
    const isForeign = /^[^=]*\P{ASCII}[^=]*=/mu.test(this.#strange);
    const marks = /\?{3,}/u.test(this.#strange) ? "letters were replaced by question marks" : undefined;
    const ruin =
      ruinOf(this.#strange) ?? marks ?? (isForeign ? "they are Russian in no known encoding" : undefined);
    if (ruin !== undefined) {
      return refused(
        "wrong-encoding",
        `The keys of this 1C file are destroyed: ${ruin}. This cannot be undone with certainty; download the file from the bank again and do not open it in an editor.`,
        this.#firstStrange,
      );
    }
    return refused(
      "not-a-statement",
      "The first line says 1CClientBankExchange, but none of the format's keys follow. Download the file from the bank again.",
      this.#firstStrange,
    );
  }

  #account(printed: string): Account {
    const known = this.#accounts.get(printed);
    if (known !== undefined) return known;
    const number = printed.replaceAll(/\s/gu, "").toUpperCase();
    let account = this.#accounts.get(number);
    if (account === undefined) {
      account = { number, printed, sections: [], days: new Map(), writer: null, currency: null };
      this.#accounts.set(number, account);
    }
    return account;
  }

  #closeSection(line: number, isClosed: boolean): void {
    const section = this.#section;
    if (section === null) return;
    this.#section = null;
    if (!isClosed) {
      this.#fileProblems.push({
        code: "section-unclosed",
        line: section.line,
        message: `The account section beginning here has no КонецРасчСчет before line ${line}.`,
      });
    }
    const { values } = section;
    if (values.account === undefined) {
      this.#fileProblems.push({
        code: "account-unknown",
        line: section.line,
        message: "This section names no account (РасчСчет).",
      });
      return;
    }
    const account = this.#account(values.account);
    account.currency ??= parseCurrency(values.currency ?? "");
    const money = (text: string | undefined): bigint | null => {
      if (text === undefined) return null;
      const reading = readAmount(
        text,
        this.#currencyOf(account.number),
        text.includes(",") && !text.includes(".") ? "," : ".",
      );
      if (reading.kind === "read") return reading.minor;
      this.#fileProblems.push({
        code: "balance-unreadable",
        line: section.line,
        message: `"${clip(text)}" in the section beginning here is not a sum.`,
      });
      return null;
    };
    account.sections.push({
      account: account.number,
      from: parseDate(values.from ?? "") ?? null,
      to: parseDate(values.to ?? "") ?? null,
      opening: money(values.opening),
      closing: money(values.closing),
      credit: money(values.creditTurnover),
      debit: money(values.debitTurnover),
      line: section.line,
    });
  }

  #closeDocument(isComplete: boolean): void {
    const document = this.#document;
    if (document === null) return;
    this.#document = null;
    document.isComplete = isComplete;
    if (this.#accounts.size === 0 && this.#options.account !== undefined)
      this.#account(this.#options.account);
    if (this.#accounts.size === 0) this.#waiting.push(document);
    else this.#take(document);
  }

  #currencyOf(number: string): string | null {
    return (
      this.#accounts.get(number)?.currency ?? currencyOfAccount(number) ?? this.#options.currency ?? null
    );
  }

  #take(document: OneCDocument): void {
    if (this.#own.size !== this.#accounts.size) this.#own = new Set(this.#accounts.keys());
    const own = this.#own;
    const rows = rowsOfDocument(document, {
      own,
      currencyOf: (number) => this.#currencyOf(number),
      lastDate: this.#lastDate,
    });
    for (const { account: number, draft, faults } of rows) {
      const account = this.#account(number);
      if (draft.currency !== "") account.currency ??= draft.currency;
      const writer = this.#writer(account);
      for (const fault of faults) writer.tally.problem(fault.code, fault.line, fault.message);
      if (!document.isComplete) {
        writer.tally.problem(
          "record-incomplete",
          document.line,
          "The document beginning here has no КонецДокумента.",
        );
      }
      this.#checkPeriod(account, draft.date, draft.line, writer);
      if (account.sections.length > 1) addToDay(account.days, draft);
      if (draft.date !== "") this.#lastDate = draft.date;
      writer.push(draft);
    }
  }

  #checkPeriod(account: Account, date: string, line: number | null, writer: StatementWriter): void {
    const { from, to } = writer.tally;
    if (account.sections.length === 0 || date === "" || from === null || to === null) return;
    if (date >= from && date <= to) return;
    writer.tally.problem(
      "date-outside-period",
      line,
      `The row is dated ${date}, outside the printed period ${from} to ${to}.`,
    );
  }

  #writer(account: Account): StatementWriter {
    if (account.writer !== null) return account.writer;
    const tally = new Tally({
      index: [...this.#accounts.values()].indexOf(account),
      format: "1CClientBankExchange",
      account: account.printed,
      currency: this.#currencyOf(account.number),
    });
    account.writer = new StatementWriter(this.sink, tally);
    this.#fillFromSections(account, tally);
    return account.writer;
  }

  #fillFromSections(account: Account, tally: Tally): void {
    const sections = inOrder(account.sections);
    const first = sections[0];
    const last = sections.at(-1);
    if (first === undefined || last === undefined) return;
    tally.from = first.from;
    tally.to = last.to;
    const { currency } = tally;
    tally.opening =
      first.opening === null ? null : { minor: first.opening, currency, date: first.from, line: first.line };
    tally.closing =
      last.closing === null ? null : { minor: last.closing, currency, date: last.to, line: last.line };
  }

  *finish(): Generator<StatementEvent> {
    const isCut = this.#document !== null || this.#section !== null;
    this.#closeDocument(false);
    if (this.#section !== null) {
      // It names its account, but its balances may be cut short and are not believed.
      const message = "The account section beginning here has no КонецРасчСчет.";
      this.#fileProblems.push({ code: "section-unclosed", line: this.#section.line, message });
    }
    if (this.#waiting.length > 0 && !this.#inferAccount()) {
      yield refused(
        "account-unknown",
        "The file names no account of its own. Say which one it is: --account NUMBER.",
        this.#waiting[0]?.line ?? null,
      );
      return;
    }
    const started = [...this.#accounts.values()].filter(
      (account) => account.writer !== null || account.sections.length > 0,
    );
    if (started.length === 0) {
      if (this.#knownKeys === 0 && this.#strange !== "") yield this.#notReadable();
      else {
        yield refused(
          isCut || !this.#ended ? "cut-off" : "no-statement",
          "The 1C file holds no closed account section and no document. It is empty or cut off; download it from the bank again.",
          this.#line,
        );
      }
      return;
    }
    for (const account of started) this.#writer(account);
    if (!this.#ended) {
      const problem = {
        code: "end-missing",
        line: this.#line,
        message: "The file has no КонецФайла: it may be cut off, and rows after this line may be missing.",
      };
      for (const account of started)
        account.writer?.tally.problem(problem.code, problem.line, problem.message);
    }
    const [first] = started;
    for (const problem of this.#fileProblems)
      first?.writer?.tally.problem(problem.code, problem.line, problem.message);
    for (const account of started) yield* this.#closeAccount(account);
  }

  *#closeAccount(account: Account): Generator<StatementEvent> {
    const writer = this.#writer(account);
    // A section may stand after the documents; the last word on balances is spoken here.
    this.#fillFromSections(account, writer.tally);
    const [only] = account.sections;
    if (account.sections.length === 1 && only !== undefined) {
      writer.tally.expect("credit", { minor: only.credit ?? undefined, line: only.line });
      writer.tally.expect("debit", { minor: only.debit ?? undefined, line: only.line });
      checkSections(writer.tally, [{ ...only, from: null, to: null }], account.days);
    } else {
      checkSections(writer.tally, account.sections, account.days);
    }
    writer.close();
    yield* this.sink.drain();
  }

  /** Without a section the own account is the one that stands in every document. */
  #inferAccount(): boolean {
    const counts = new Map<string, number>();
    for (const { values } of this.#waiting) {
      for (const number of new Set([values.payerAccount, values.payeeAccount])) {
        if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
      }
    }
    const everywhere = [...counts].filter(([, count]) => count === this.#waiting.length);
    const [found] = everywhere;
    if (everywhere.length !== 1 || found === undefined) return false;
    this.#account(found[0]);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const document of waiting) this.#take(document);
    return true;
  }
}
