import { daysInMonth, fullYear, isoDate } from "./calendar.ts";
import { isCurrencyCode } from "./currency.ts";

/** Value date, entry date, mark, funds code, amount, type, references. See docs/reference/statements.md. */
export const statementLine =
  /^(\d{6})(\d{4})?\s*(RC|RD|EC|ED|C|D)\s*([A-Z])?\s*(\d[\d.]*(?:,\d*)?|\d+\.\d{1,2})\s*([A-Z][A-Z0-9]{3}|[SNF])?(.*)$/u;
/** Sign, date, currency and sum of fields 60, 62, 64 and 65. */
export const balanceLine = /^([CD])(\d{6})([A-Z]{3})?\s*([\d.,]+)\s*$/u;

/** The currency at the head of 34F and 90C, if there is one. */
export function currencyAt(text: string, at: number): string | null {
  const code = text.slice(at, at + 3);
  return isCurrencyCode(code) ? code : null;
}

/** YYMMDD; 30 February is a value date of banks that count 30 days to the month, and means the month's last day. */
export function dateOf(digits: string): string | undefined {
  if (!/^\d{6}$/u.test(digits)) return undefined;
  const year = fullYear(Number(digits.slice(0, 2)));
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return isoDate(year, month, Math.min(day, daysInMonth(year, month)));
}

/** The entry date (MMDD) lies within half a year of the value date, which tells its year. */
export function bookedDate(valueDigits: string, entryDigits: string | undefined): string | undefined {
  const value = dateOf(valueDigits);
  if (entryDigits === undefined) return value;
  const year = fullYear(Number(valueDigits.slice(0, 2)));
  const valueMonth = Number(valueDigits.slice(2, 4));
  const month = Number(entryDigits.slice(0, 2));
  const shift = month - valueMonth > 6 ? -1 : valueMonth - month > 6 ? 1 : 0;
  const day = Number(entryDigits.slice(2, 4));
  return isoDate(year + shift, month, Math.min(day, daysInMonth(year + shift, month))) ?? value;
}

/** "NONREF//0724710333343453" is the bank's own reference, anything else before "//" the customer's. */
export function referenceOf(rest: string): string | undefined {
  const [customer = "", bank = ""] = rest.split("//");
  const own = customer.trim();
  if (own !== "" && own !== "NONREF") return own;
  const banks = bank.trim();
  return banks === "" || banks === "NONREF" ? undefined : banks;
}

/** The last line of a file without a line break: a balance that lost its end, or the first letters of a field. */
export function looksTorn(text: string): boolean {
  const field = /^:(?:62[FM]|64|65):(.*)$/u.exec(text);
  if (field === null) return /^:[0-9A-Z]{0,3}$|^\{[1-5]?/u.test(text);
  // The standard wants a decimal comma in every sum; without one the figures may go on.
  return !balanceLine.test(field[1] ?? "") || !/[.,]/u.test(field[1] ?? "");
}

/** ING prints counts and sums after the closing balance: D000004C000002D25,24C28,71. */
export function ingTurnovers(text: string): { side: "credit" | "debit"; count: number; sum: string }[] {
  const match = /^D(\d{6})C(\d{6})D([\d,]+)C([\d,]+)$/u.exec(text.trim());
  if (match === null) return [];
  return [
    { side: "debit", count: Number(match[1]), sum: match[3] ?? "" },
    { side: "credit", count: Number(match[2]), sum: match[4] ?? "" },
  ];
}
