import { parseDecimal, toMinor } from "./amount.ts";
import { parseDate } from "./calendar.ts";
import { currencyOfRussianAccount, parseCurrency, scaleOf } from "./currency.ts";
import type { OneCField } from "./one-c-keys.ts";
import type { Counterparty, Direction, Mutable, RowDraft } from "./types.ts";

/** One `СекцияДокумент` as read: the value of each field and the line it stands on. */
export class OneCDocument {
  readonly line: number;
  readonly title: string;
  /** False when the file ended, or the next document began, before `КонецДокумента`. */
  isComplete = false;
  readonly values: Partial<Record<OneCField, string>> = {};
  readonly lines: Partial<Record<OneCField, number>> = {};
  readonly #ranks: Partial<Record<OneCField, number>> = {};

  constructor(line: number, title: string) {
    this.line = line;
    this.title = title;
  }

  set(field: OneCField, rank: number, value: string, line: number): void {
    if (value === "") return;
    const known = this.#ranks[field];
    if (known !== undefined && known <= rank) return;
    this.#ranks[field] = rank;
    this.values[field] = value;
    this.lines[field] = line;
  }

  appendToMemo(text: string): void {
    this.values.memo = this.values.memo === undefined ? text : `${this.values.memo} ${text}`;
  }
}

export type DocumentFault = { readonly code: string; readonly line: number; readonly message: string };

/** A row of one own account that a document makes. */
export type DocumentRow = {
  readonly account: string;
  readonly draft: RowDraft;
  readonly faults: readonly DocumentFault[];
};

export type DocumentContext = {
  /** The accounts of the file, spaces removed. */
  readonly own: ReadonlySet<string>;
  readonly currencyOf: (account: string) => string | null;
  /** The date to fall back to when a document prints no readable one. */
  readonly lastDate: string;
};

/**
 * The rows that a document makes: one, or two for a transfer between two accounts of the file. Direction is decided
 * by the own account first, by the printed side second and by dates last, because some banks fill `ДатаСписано` on
 * credits.
 */
export function rowsOfDocument(document: OneCDocument, context: DocumentContext): DocumentRow[] {
  const payer = account(document.values.payerAccount);
  const payee = account(document.values.payeeAccount);
  const paysOwn = payer !== "" && context.own.has(payer);
  const getsOwn = payee !== "" && context.own.has(payee);
  if (paysOwn && getsOwn && payer !== payee) {
    return [
      rowOf(document, context, { account: payer, direction: "debit", isCertain: true, isTransfer: true }),
      rowOf(document, context, { account: payee, direction: "credit", isCertain: true, isTransfer: true }),
    ];
  }
  if (paysOwn !== getsOwn) {
    return [
      rowOf(document, context, {
        account: paysOwn ? payer : payee,
        direction: paysOwn ? "debit" : "credit",
        isCertain: true,
      }),
    ];
  }
  const [first = ""] = context.own;
  const own = paysOwn ? payer : first;
  const direction = printedSide(document) ?? sideOfDates(document);
  const row = rowOf(document, context, {
    account: own,
    direction: direction ?? "credit",
    isCertain: direction !== undefined,
  });
  if (!paysOwn && context.own.size > 1) {
    const fault = {
      code: "account-unknown",
      line: document.line,
      message: `This document names none of the file's accounts; it is counted on ${own}.`,
    };
    return [{ ...row, faults: [...row.faults, fault] }];
  }
  return [row];
}

function account(text: string | undefined): string {
  if (text === undefined) return "";
  return /[\sa-zа-я]/u.test(text) ? text.replaceAll(/\s/gu, "").toUpperCase() : text;
}

/** `СуммаПриход` or `СуммаРасход`, whichever is there and not zero. */
function printedSide(document: OneCDocument): Direction | undefined {
  const isCredit = isNotZero(document.values.credit);
  const isDebit = isNotZero(document.values.debit);
  return isCredit === isDebit ? undefined : isCredit ? "credit" : "debit";
}

function isNotZero(text: string | undefined): boolean {
  return text !== undefined && !/^[0.,\s]*$/u.test(text);
}

function sideOfDates(document: OneCDocument): Direction | undefined {
  const isDebited = document.values.debitedDate !== undefined;
  const isCredited = document.values.creditedDate !== undefined;
  return isDebited === isCredited ? undefined : isDebited ? "debit" : "credit";
}

type Side = {
  readonly account: string;
  readonly direction: Direction;
  readonly isCertain: boolean;
  /** Both accounts are of this file: one document makes a row in each. */
  readonly isTransfer?: boolean;
};

function rowOf(document: OneCDocument, context: DocumentContext, side: Side): DocumentRow {
  const { values, lines } = document;
  const faults: DocumentFault[] = [];
  const currency = parseCurrency(values.currency ?? "") ?? context.currencyOf(side.account) ?? "";
  let { direction } = side;
  const printed = printedSide(document);
  const isBothOwn =
    context.own.has(account(values.payerAccount)) && context.own.has(account(values.payeeAccount));
  if (printed !== undefined && printed !== direction && !isBothOwn) {
    faults.push({
      code: "direction-contradicts",
      line: document.line,
      message: `The account makes this document a ${direction}, but its sum is printed as a ${printed}.`,
    });
  }
  const own = printed === "credit" ? values.credit : printed === "debit" ? values.debit : undefined;
  const field: OneCField = own === undefined ? "amount" : printed === "credit" ? "credit" : "debit";
  const text = own ?? values.amount;
  let minor = amountOf(text, currency, { line: lines[field] ?? document.line, faults, what: document });
  if (own !== undefined && values.amount !== undefined && minor !== null) {
    const second = amountOf(values.amount, currency, {
      line: lines.amount ?? document.line,
      faults,
      what: document,
    });
    if (second !== null && second !== minor) {
      faults.push({
        code: "amount-contradicts",
        line: lines.amount ?? document.line,
        message: `The document prints two different sums, ${own} and ${values.amount}; the first is taken.`,
      });
    }
  }
  if (!side.isCertain) {
    faults.push({
      code: "direction-unknown",
      line: document.line,
      message:
        "Neither accounts nor sums nor dates say whether this document is a credit or a debit; its sum is left out.",
    });
    minor = null;
  }
  if (minor !== null && minor < 0n) {
    // A negative sum is a storno: it moves the balance the other way.
    minor = -minor;
    direction = direction === "credit" ? "debit" : "credit";
  }
  const counterparty = side.direction === "credit" ? party(document, "payer") : party(document, "payee");
  const kind = values.kind ?? (document.title === "" ? undefined : document.title);
  const draft: RowDraft = {
    line: document.line,
    date: dateOf(document, direction, context, faults),
    direction,
    minor,
    currency,
  };
  if (values.number !== undefined) draft.reference = values.number;
  if (counterparty !== undefined) draft.counterparty = counterparty;
  if (values.memo !== undefined) draft.memo = values.memo;
  if (kind !== undefined) draft.kind = kind;
  return { account: side.account, draft, faults };
}

function amountOf(
  text: string | undefined,
  currency: string,
  at: { line: number; faults: DocumentFault[]; what: OneCDocument },
): bigint | null {
  if (text === undefined) {
    // A cut record is reported as such; a second sentence about its missing sum would say nothing new.
    if (at.what.isComplete) {
      at.faults.push({
        code: "amount-unreadable",
        line: at.line,
        message: "The document has no sum (Сумма).",
      });
    }
    return null;
  }
  const decimal = parseDecimal(text, text.includes(",") && !text.includes(".") ? "," : ".");
  if (decimal === undefined) {
    at.faults.push({ code: "amount-unreadable", line: at.line, message: `"${clip(text)}" is not a sum.` });
    return null;
  }
  const reading = toMinor(decimal, scaleOf(currency === "" ? null : currency));
  if (reading.kind === "read") return reading.minor;
  at.faults.push({
    code: "amount-too-fine",
    line: at.line,
    message: `"${clip(text)}" has more decimals than ${currency} has; nothing is rounded, the row adds nothing.`,
  });
  return null;
}

/** Text of a stranger's file in our sentence, cut short. */
export function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function dateOf(
  document: OneCDocument,
  direction: Direction,
  context: DocumentContext,
  faults: DocumentFault[],
): string {
  const order: readonly OneCField[] =
    direction === "credit"
      ? ["operationDate", "creditedDate", "debitedDate", "valueDate", "documentDate"]
      : ["operationDate", "debitedDate", "creditedDate", "valueDate", "documentDate"];
  for (const field of order) {
    const text = document.values[field];
    if (text === undefined) continue;
    const date = parseDate(text);
    if (date !== undefined) return date;
    faults.push({
      code: "date-unreadable",
      line: document.lines[field] ?? document.line,
      message: `"${clip(text)}" is not a date.`,
    });
  }
  if (faults.every((fault) => fault.code !== "date-unreadable") && document.isComplete) {
    faults.push({ code: "date-unreadable", line: document.line, message: "The document has no date." });
  }
  return context.lastDate;
}

function party(document: OneCDocument, side: "payer" | "payee"): Counterparty | undefined {
  const name = document.values[`${side}Name`];
  const number = document.values[`${side}Account`];
  const bin = document.values[`${side}Bin`];
  const bank = document.values[`${side}Bank`];
  if (name === undefined && number === undefined && bin === undefined && bank === undefined) return undefined;
  const found: Mutable<Counterparty> = {};
  if (name !== undefined) found.name = name;
  if (number !== undefined) found.account = number;
  if (bin !== undefined) found.bin = bin;
  if (bank !== undefined) found.bank = bank;
  return found;
}

/** The currency a file gives an own account through its number alone. */
export function currencyOfAccount(number: string): string | null {
  return currencyOfRussianAccount(number);
}
