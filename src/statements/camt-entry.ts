import { readAmount } from "./amount.ts";
import { parseDate } from "./calendar.ts";
import { clip } from "./one-c-document.ts";
import type { Tally } from "./tally.ts";
import type { Counterparty, Direction, RowDraft } from "./types.ts";

/** The texts of one `Ntry` that matter, gathered while the file streams by. */
export class CamtEntry {
  readonly line: number;
  amount: string | undefined;
  currency: string | undefined;
  mark: string | undefined;
  status: string | undefined;
  bookingDate: string | undefined;
  valueDate: string | undefined;
  bankReference: string | undefined;
  entryReference: string | undefined;
  info: string | undefined;
  code: string | undefined;
  readonly parts: CamtPart[] = [];
  isClosed = false;

  constructor(line: number) {
    this.line = line;
  }
}

/** One `TxDtls`: a payment inside an entry. A collective booking has many, and still is one row at the bank. */
export type CamtPart = {
  endToEndId?: string;
  bankReference?: string;
  debtor?: string;
  creditor?: string;
  debtorAccount?: string;
  creditorAccount?: string;
  debtorId?: string;
  creditorId?: string;
  debtorBank?: string;
  creditorBank?: string;
  remittance: string[];
};

/** The row of an entry. `CdtDbtInd` is the direction the money really took; `RvslInd` does not turn it. */
export function rowOfEntry(entry: CamtEntry, tally: Tally, fallbackDate: string): RowDraft {
  const currency = entry.currency ?? tally.currency ?? "";
  let minor: bigint | null = null;
  if (entry.amount === undefined) {
    tally.problem(
      "amount-unreadable",
      entry.line,
      "The entry has no amount (Amt); it counts as a row and adds nothing.",
    );
  } else {
    const reading = readAmount(
      entry.amount,
      currency === "" ? null : currency,
      entry.amount.includes(".") ? "." : "auto",
    );
    if (reading.kind === "read") minor = reading.minor;
    else {
      tally.problem(
        reading.kind === "too-fine" ? "amount-too-fine" : "amount-unreadable",
        entry.line,
        reading.kind === "too-fine"
          ? `"${clip(entry.amount)}" has more decimals than ${currency} has; nothing is rounded, the row adds nothing.`
          : `"${clip(entry.amount)}" is not an amount; the entry counts as a row and adds nothing.`,
      );
    }
  }
  let direction: Direction = entry.mark === "DBIT" ? "debit" : "credit";
  if (entry.mark !== "DBIT" && entry.mark !== "CRDT") {
    tally.problem(
      "direction-unknown",
      entry.line,
      "The entry does not say whether it is a credit or a debit (CdtDbtInd); its sum is left out.",
    );
    minor = null;
  }
  if (minor !== null && minor < 0n) {
    minor = -minor;
    direction = direction === "credit" ? "debit" : "credit";
  }
  if (entry.status !== undefined && entry.status !== "BOOK") {
    tally.problem(
      "entry-not-booked",
      entry.line,
      `The entry's status is ${clip(entry.status)}: the bank has not booked it yet.`,
    );
  }
  if (!entry.isClosed) {
    tally.problem("record-incomplete", entry.line, "The entry beginning here is cut off.");
  }
  const memo = memoOf(entry);
  const counterparty = counterpartyOf(entry, direction);
  const reference = entry.bankReference ?? firstReference(entry) ?? entry.entryReference;
  return {
    line: entry.line,
    date: dateOf(entry, tally, fallbackDate),
    direction,
    minor,
    currency,
    ...(reference === undefined ? {} : { reference }),
    ...(counterparty === undefined ? {} : { counterparty }),
    ...(memo === undefined ? {} : { memo }),
    ...(entry.code === undefined ? {} : { kind: entry.code }),
  };
}

function dateOf(entry: CamtEntry, tally: Tally, fallback: string): string {
  const printed = entry.bookingDate ?? entry.valueDate;
  for (const text of [entry.bookingDate, entry.valueDate]) {
    const date = text === undefined ? undefined : parseDate(text);
    if (date !== undefined) return date;
  }
  if (printed !== undefined)
    tally.problem("date-unreadable", entry.line, `"${clip(printed)}" is not a date.`);
  else if (entry.isClosed)
    tally.problem("date-unreadable", entry.line, "The entry has neither a booking nor a value date.");
  return fallback;
}

function firstReference(entry: CamtEntry): string | undefined {
  if (entry.parts.length !== 1) return undefined;
  const [part] = entry.parts;
  const endToEnd = part?.endToEndId;
  return part?.bankReference ?? (endToEnd === "NOTPROVIDED" ? undefined : endToEnd);
}

function memoOf(entry: CamtEntry): string | undefined {
  const texts = entry.parts.map((part) => part.remittance.join(" ")).filter((text) => text !== "");
  if (texts.length > 0) return texts.join(" | ");
  return entry.info;
}

function counterpartyOf(entry: CamtEntry, direction: Direction): Counterparty | undefined {
  const [part] = entry.parts;
  // Several payments booked as one have several parties; naming the first would be wrong for the others.
  if (part === undefined || entry.parts.length !== 1) return undefined;
  const isCredit = direction === "credit";
  const name = isCredit ? part.debtor : part.creditor;
  const account = isCredit ? part.debtorAccount : part.creditorAccount;
  const bin = isCredit ? part.debtorId : part.creditorId;
  const bank = isCredit ? part.debtorBank : part.creditorBank;
  const counterparty = {
    ...(name === undefined ? {} : { name }),
    ...(account === undefined ? {} : { account }),
    ...(bin === undefined ? {} : { bin }),
    ...(bank === undefined ? {} : { bank }),
  };
  return Object.keys(counterparty).length === 0 ? undefined : counterparty;
}

/** Files the text of an element inside `TxDtls`, by where it stands. */
export function setPartField(part: CamtPart, path: readonly string[], text: string): void {
  const name = path.at(-1) ?? "";
  const two = `${path.at(-2) ?? ""}/${name}`;
  if (two === "RmtInf/Ustrd" || two === "Strd/AddtlRmtInf" || two === "CdtrRefInf/Ref")
    part.remittance.push(text);
  else if (two === "Refs/EndToEndId") part.endToEndId = text;
  else if (two === "Refs/AcctSvcrRef") part.bankReference = text;
  else if (name === "Nm") {
    // Up to version 4 the name stands in Dbtr/Nm, later in Dbtr/Pty/Nm.
    const above = path.at(-2) === "Pty" ? path.at(-3) : path.at(-2);
    if (above === "Dbtr") part.debtor ??= text;
    else if (above === "Cdtr") part.creditor ??= text;
  } else if (name === "IBAN" || two === "Othr/Id") {
    if (path.includes("DbtrAcct")) part.debtorAccount ??= text;
    else if (path.includes("CdtrAcct")) part.creditorAccount ??= text;
    else if (path.includes("Dbtr")) part.debtorId ??= text;
    else if (path.includes("Cdtr")) part.creditorId ??= text;
  } else if (two === "FinInstnId/BIC" || two === "FinInstnId/BICFI") {
    if (path.includes("DbtrAgt")) part.debtorBank = text;
    else if (path.includes("CdtrAgt")) part.creditorBank = text;
  }
}
