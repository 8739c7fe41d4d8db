import { readAmount } from "./amount.ts";
import { bookedDate, dateOf, referenceOf, statementLine } from "./mt940-fields.ts";
import { clip } from "./one-c-document.ts";
import type { Direction, Problem, RowDraft } from "./types.ts";

type Context = { readonly line: number; readonly currency: string | null; readonly lastDate: string };

/** Reads field 61. One that cannot be read is a row that adds nothing, with the reason. */
export function readBooked(value: string, context: Context): { row: RowDraft; faults: readonly Problem[] } {
  const { line, lastDate } = context;
  const currency = context.currency ?? "";
  const match = statementLine.exec(value);
  if (match === null) {
    const date = dateOf(value.slice(0, 6)) ?? lastDate;
    const direction: Direction = /^\d{6}(?:\d{4})?R?D/u.test(value) ? "debit" : "credit";
    const message = `":61:${clip(value)}" is not a booked line; it counts as a row and adds nothing.`;
    return {
      row: { line, date, direction, minor: null, currency },
      faults: [{ code: "row-unreadable", line, message }],
    };
  }
  const faults: Problem[] = [];
  const [, valueDate = "", entryDate, mark = "", , amount = "", kind, rest = ""] = match;
  const date = bookedDate(valueDate, entryDate);
  if (date === undefined) {
    faults.push({
      code: "date-unreadable",
      line,
      message: `"${valueDate}${entryDate ?? ""}" is not a date.`,
    });
  }
  const reading = readAmount(
    amount,
    context.currency,
    amount.includes(",") || !amount.includes(".") ? "," : ".",
  );
  if (reading.kind !== "read") {
    const code = reading.kind === "too-fine" ? "amount-too-fine" : "amount-unreadable";
    const message = `"${clip(amount)}" is not a sum in ${context.currency ?? "the statement's currency"}; the row adds nothing.`;
    faults.push({ code, line, message });
  }
  if (mark.startsWith("E")) {
    const message = "The bank only expects this payment; it is not booked yet.";
    faults.push({ code: "entry-not-booked", line, message });
  }
  const reference = referenceOf(rest);
  const row: RowDraft = {
    line,
    date: date ?? lastDate,
    direction: mark === "C" || mark === "RD" || mark === "EC" ? "credit" : "debit",
    minor: reading.kind === "read" ? reading.minor : null,
    currency,
  };
  if (reference !== undefined) row.reference = reference;
  if (kind !== undefined) row.kind = kind;
  return { row, faults };
}
