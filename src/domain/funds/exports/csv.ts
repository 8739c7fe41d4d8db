import { formatDecimal } from "../money.ts";
import type { JournalFact } from "./facts.ts";
import { postingsOf } from "./postings.ts";

const columns = [
  "kind",
  "date",
  "account",
  "amount",
  "currency",
  "id",
  "ground",
  "reference",
  "party",
  "memo",
] as const;

/** A table of postings, one line each, for spreadsheets: the lines of one fact follow each other and add up to zero. */
export class CsvWriter {
  head(): string {
    return `${columns.join(",")}\r\n`;
  }

  fact(fact: JournalFact): string {
    const { kind, date, currency } = fact;
    const id = fact.kind === "spending" || fact.kind === "refund" ? fact.id : "";
    const ground = fact.kind === "row" ? fact.ground : "";
    const reference = fact.kind === "row" ? (fact.reference ?? "") : "";
    const party =
      fact.kind === "row" ? (fact.party ?? "") : fact.kind === "spending" ? (fact.payee ?? "") : "";
    const memo = fact.kind === "row" ? (fact.memo ?? "") : "";
    return postingsOf(fact)
      .map(({ account, minor }) => {
        const words = [id, ground, reference, party, memo].map(cell).join(",");
        return `${kind},${date},${cell(account.join(":"))},${formatDecimal(minor, currency)},${currency},${words}\r\n`;
      })
      .join("");
  }
}

/** Quoted where needed; a text that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(plain) ? `"${plain.replace(/"/gu, '""')}"` : plain;
}
