import { SaxesParser } from "saxes";
import { readAmount } from "./amount.ts";
import { parseDate } from "./calendar.ts";
import { CamtEntry, rowOfEntry, setPartField } from "./camt-entry.ts";
import type { CamtPart } from "./camt-entry.ts";
import { EventSink, refused, StatementWriter } from "./emit.ts";
import { textSlices } from "./encoding.ts";
import { clip } from "./one-c-document.ts";
import type { ByteSource } from "./source.ts";
import { Tally } from "./tally.ts";
import type { Balance, Problem, ReadOptions, StatementEvent } from "./types.ts";
import { xmlEncoding } from "./xml-encoding.ts";

const containers = new Set(["Stmt", "Rpt", "Ntfctn"]);

type PrintedBalance = {
  readonly line: number;
  code?: string;
  amount?: string;
  currency?: string;
  mark?: string;
  date?: string;
};

type PrintedSummary = { count?: string; sum?: string; readonly line: number };

/**
 * Reads CAMT.052, .053 and .054 of every version, with or without a namespace or prefix, as a stream. One row per
 * `Ntry`; statement balances are OPBD (or PRCD) and CLBD only, which stand for booked money.
 */
export function* readCamt(source: ByteSource, options: ReadOptions): Generator<StatementEvent> {
  const reader = new CamtReader(options);
  for (const text of textSlices(source, xmlEncoding(source))) {
    reader.write(text);
    yield* reader.sink.drain();
  }
  yield* reader.finish();
}

class CamtReader {
  readonly sink = new EventSink();
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #options: ReadOptions;
  readonly #path: string[] = [];
  #text = "";
  #attributeCurrency: string | undefined;
  #writer: StatementWriter | null = null;
  #pending: StatementWriter | null = null;
  #container: { path: number; line: number; created?: string } | null = null;
  #entry: CamtEntry | null = null;
  #entryDepth = 0;
  #part: CamtPart | null = null;
  #balance: PrintedBalance | null = null;
  #balances: { code: string; balance: Balance }[] = [];
  #summaries = new Map<string, PrintedSummary>();
  #currencies = new Set<string>();
  #index = 0;
  #lastDate = "";
  #faults: Problem[] = [];
  #isClosing = false;
  #sawRoot = false;
  constructor(options: ReadOptions) {
    this.#options = options;
    this.#parser.on("error", (error) => this.#malformed(error));
    this.#parser.on("opentag", (tag) => {
      const currency = tag.attributes["Ccy"];
      this.#open(tag.name, typeof currency === "string" ? currency : undefined);
    });
    for (const kind of ["text", "cdata"] as const) this.#parser.on(kind, (text) => (this.#text += text));
    this.#parser.on("closetag", (tag) => this.#close(tag.name));
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  #malformed(error: Error): void {
    const line = this.#parser.line;
    const reason = error.message.replace(/^\d+:\d+: /u, "");
    const code = this.#isClosing ? "end-missing" : "xml-malformed";
    const message = this.#isClosing
      ? "The file ends before its XML does: it is cut off, and rows may be missing."
      : `The XML is broken here: ${clip(reason)}`;
    const problem = { code, line, message };
    const tally = (this.#writer ?? this.#pending)?.tally;
    if (tally === undefined) this.#faults.push(problem);
    else tally.problem(code, line, message);
  }

  #open(qualified: string, currency: string | undefined): void {
    const name = qualified.slice(qualified.indexOf(":") + 1);
    this.#sawRoot = true;
    this.#path.push(name);
    this.#text = "";
    if (name === "Amt" || name === "InstdAmt") this.#attributeCurrency = currency;
    if (this.#container === null) {
      if (containers.has(name)) this.#begin();
      return;
    }
    const depth = this.#path.length;
    if (this.#entry === null && name === "Bal" && depth === this.#container.path + 1) {
      this.#balance = { line: this.#parser.line };
    } else if (name === "Ntry" && depth === this.#container.path + 1) {
      this.#settleBalances();
      this.#entry = new CamtEntry(this.#parser.line);
      this.#entryDepth = depth;
    } else if (this.#entry !== null && name === "TxDtls") {
      this.#part = { remittance: [] };
    }
  }

  #begin(): void {
    this.#closePending();
    this.#container = { path: this.#path.length, line: this.#parser.line };
    const tally = new Tally({ index: this.#index, format: "CAMT", currency: this.#options.currency ?? null });
    this.#index += 1;
    this.#writer = new StatementWriter(this.sink, tally);
    for (const fault of this.#faults) tally.problem(fault.code, fault.line, fault.message);
    this.#faults = [];
    this.#balances = [];
    this.#summaries = new Map();
    this.#currencies = new Set();
  }

  #close(qualified: string): void {
    const name = qualified.slice(qualified.indexOf(":") + 1);
    const text = this.#text.trim();
    this.#text = "";
    const depth = this.#path.length;
    if (this.#container !== null && this.#writer !== null) {
      if (depth === this.#container.path) this.#endStatement();
      else if (this.#entry !== null) this.#entryField(name, text, depth);
      else if (this.#balance !== null) this.#balanceField(name, text, depth);
      else this.#statementField(text);
    }
    this.#path.pop();
  }

  #statementField(text: string): void {
    const writer = this.#writer;
    const container = this.#container;
    if (writer === null || container === null || text === "") return;
    const { tally } = writer;
    const path = this.#path.slice(container.path).join("/");
    switch (path) {
      case "Acct/Id/IBAN":
      case "Acct/Id/Othr/Id":
      case "Acct/Id/BBAN":
      case "Acct/Id/UPIC":
      case "Acct/Id/PrtryAcct/Id":
        tally.account ??= text;
        break;
      case "Acct/Ccy":
        this.#currency(text);
        break;
      case "FrToDt/FrDtTm":
      case "FrToDt/FrDt":
        tally.from = parseDate(text) ?? null;
        break;
      case "FrToDt/ToDtTm":
      case "FrToDt/ToDt":
        tally.to = parseDate(text) ?? null;
        break;
      case "CreDtTm":
        container.created = text;
        break;
      case "StmtPgntn/LastPgInd":
      case "RptPgntn/LastPgInd":
      case "NtfctnPgntn/LastPgInd":
        if (text === "false" || text === "0") {
          tally.problem(
            "more-pages",
            this.#parser.line,
            "The bank says that this statement goes on in another file.",
          );
        }
        break;
      default:
        if (path.startsWith("TxsSummry/")) this.#summaryField(path, text);
    }
  }

  #summaryField(path: string, text: string): void {
    const [, group = "", leaf = ""] = path.split("/");
    if (leaf !== "NbOfNtries" && leaf !== "Sum") return;
    const summary = this.#summaries.get(group) ?? { line: this.#parser.line };
    if (leaf === "Sum") summary.sum = text;
    else summary.count = text;
    this.#summaries.set(group, summary);
  }

  #currency(code: string): void {
    this.#currencies.add(code);
    const tally = this.#writer?.tally;
    if (tally !== undefined) tally.currency ??= code;
  }

  /** Sums are in the currency of the first entry, whatever the account's head says. */
  #entryCurrency(code: string): void {
    this.#currencies.add(code);
    const writer = this.#writer;
    if (writer !== null && writer.count === 0) writer.tally.currency = code;
  }

  #balanceField(name: string, text: string, depth: number): void {
    const balance = this.#balance;
    if (balance === null) return;
    if (name === "Bal" && depth === (this.#container?.path ?? 0) + 1) {
      this.#balance = null;
      this.#keepBalance(balance);
      return;
    }
    const path = this.#path.slice((this.#container?.path ?? 0) + 1).join("/");
    if (path === "Tp/CdOrPrtry/Cd" || path === "Tp/CdOrPrtry/Prtry" || path === "Tp/Cd")
      balance.code ??= text;
    else if (path === "Amt") {
      balance.amount = text;
      if (this.#attributeCurrency !== undefined) balance.currency = this.#attributeCurrency;
    } else if (path === "CdtDbtInd") balance.mark = text;
    else if (path.startsWith("Dt/")) balance.date = text;
  }

  #keepBalance(printed: PrintedBalance): void {
    const tally = this.#writer?.tally;
    if (tally === undefined) return;
    if (printed.currency !== undefined) this.#currency(printed.currency);
    const isBooked = printed.code === "OPBD" || printed.code === "CLBD" || printed.code === "PRCD";
    if (!isBooked) return;
    const currency = printed.currency ?? tally.currency;
    const reading = readAmount(printed.amount ?? "", currency, ".");
    if (reading.kind !== "read" || (printed.mark !== "CRDT" && printed.mark !== "DBIT")) {
      tally.problem(
        "balance-unreadable",
        printed.line,
        `The balance ${printed.code ?? ""} has no readable amount and sign.`,
      );
      return;
    }
    const minor = printed.mark === "DBIT" ? -reading.minor : reading.minor;
    const date = parseDate(printed.date ?? "") ?? null;
    this.#balances.push({ code: printed.code ?? "", balance: { minor, currency, date, line: printed.line } });
  }

  /** Of several opening balances the earliest counts, of several closing ones the latest: pages print their own. */
  #settleBalances(): void {
    const tally = this.#writer?.tally;
    if (tally === undefined) return;
    const pick = (code: string): Balance[] =>
      this.#balances
        .filter((one) => one.code === code)
        .map((one) => one.balance)
        .sort((a, b) => ((a.date ?? "") < (b.date ?? "") ? -1 : (a.date ?? "") > (b.date ?? "") ? 1 : 0));
    tally.opening = pick("OPBD")[0] ?? pick("PRCD")[0] ?? null;
    tally.closing = pick("CLBD").at(-1) ?? null;
  }

  #entryField(name: string, text: string, depth: number): void {
    const entry = this.#entry;
    if (entry === null) return;
    if (name === "Ntry" && depth === this.#entryDepth) {
      entry.isClosed = true;
      this.#endEntry();
      return;
    }
    const part = this.#part;
    if (part !== null) {
      if (name === "TxDtls") {
        entry.parts.push(part);
        this.#part = null;
      } else if (text !== "") setPartField(part, this.#path, text);
      return;
    }
    switch (this.#path.slice(this.#entryDepth).join("/")) {
      case "Amt":
        entry.amount = text;
        entry.currency = this.#attributeCurrency;
        if (entry.currency !== undefined) this.#entryCurrency(entry.currency);
        break;
      case "CdtDbtInd":
        entry.mark = text;
        break;
      case "Sts":
        if (text !== "") entry.status = text;
        break;
      case "Sts/Cd":
      case "Sts/Prtry":
        entry.status = text;
        break;
      case "BookgDt/Dt":
      case "BookgDt/DtTm":
        entry.bookingDate = text;
        break;
      case "ValDt/Dt":
      case "ValDt/DtTm":
        entry.valueDate = text;
        break;
      case "AcctSvcrRef":
        if (text !== "") entry.bankReference = text;
        break;
      case "NtryRef":
        if (text !== "") entry.entryReference = text;
        break;
      case "AddtlNtryInf":
        if (text !== "") entry.info = text;
        break;
      case "BkTxCd/Domn/Fmly/SubFmlyCd":
      case "BkTxCd/Prtry/Cd":
        entry.code ??= text;
        break;
      default:
    }
  }

  #endEntry(): void {
    const entry = this.#entry;
    const writer = this.#writer;
    if (entry === null || writer === null) return;
    this.#entry = null;
    this.#part = null;
    const created = parseDate(this.#container?.created ?? "") ?? "";
    const fallback = this.#lastDate === "" ? (writer.tally.to ?? created) : this.#lastDate;
    const row = rowOfEntry(entry, writer.tally, fallback);
    this.#lastDate = row.date;
    writer.push(row);
  }

  #endStatement(): void {
    const writer = this.#writer;
    if (writer === null) return;
    const { tally } = writer;
    writer.flush();
    this.#settleBalances();
    for (const [group, summary] of this.#summaries) this.#expectSummary(tally, group, summary);
    // A statement that mixes currencies shows them all; its figures still stay apart.
    if (this.#currencies.size > 1) {
      tally.problem(
        "currency-mixed",
        this.#container?.line ?? null,
        `The statement names several currencies: ${[...this.#currencies].sort().join(", ")}.`,
      );
      tally.currency = [...this.#currencies].sort().join("/");
    }
    this.#pending = writer;
    this.#writer = null;
    this.#container = null;
    this.#balance = null;
  }

  #expectSummary(tally: Tally, group: string, summary: PrintedSummary): void {
    const side =
      group === "TtlCdtNtries"
        ? "credit"
        : group === "TtlDbtNtries"
          ? "debit"
          : group === "TtlNtries"
            ? "all"
            : null;
    if (side === null) return;
    const reading = summary.sum === undefined ? undefined : readAmount(summary.sum, tally.currency, ".");
    if (reading !== undefined && reading.kind !== "read") {
      tally.problem("balance-unreadable", summary.line, `"${clip(summary.sum ?? "")}" is not a sum.`);
    }
    const count =
      summary.count !== undefined && /^\d{1,9}$/u.test(summary.count) ? Number(summary.count) : undefined;
    tally.expect(side, {
      count,
      minor: reading?.kind === "read" ? reading.minor : undefined,
      line: summary.line,
    });
  }

  *finish(): Generator<StatementEvent> {
    this.#isClosing = true;
    this.#parser.close();
    if (this.#entry !== null) this.#endEntry();
    if (this.#writer !== null) this.#endStatement();
    if (this.#index === 0) {
      const [fault] = this.#faults;
      yield refused(
        fault?.code === "end-missing" || !this.#sawRoot ? "cut-off" : "no-statement",
        "The CAMT file holds no statement (Stmt, Rpt or Ntfctn). Ask the bank for the account statement, CAMT.053.",
        fault?.line ?? null,
      );
      return;
    }
    this.#closePending();
    yield* this.sink.drain();
  }

  /** A statement stays open for problems until the next begins: the file may break after its last one. */
  #closePending(): void {
    this.#pending?.close();
    this.#pending = null;
  }
}
