import { assert } from "#record/result.ts";
import { currencyDecimals } from "./currency.ts";

/**
 * An exact sum in one currency. `minor` counts the smallest unit (tiyn, cent), never a float:
 * `{ currency: "KZT", minor: 500_000n }` is 5 000 ₸.
 */
export type Money = { readonly currency: string; readonly minor: bigint };

/** Adds sums of one currency. Adding across currencies is our bug, so it throws: a rate is a fact of its own. */
export function addMoney(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `adding ${b.currency} to ${a.currency}`);
  return { currency: a.currency, minor: a.minor + b.minor };
}

/** A whole number of minor units, as JSON carries it: `"-12300"`; undefined for `"1.5"`, `"01"`, `"+1"`, `"-0"`. */
export function parseMinor(text: unknown): bigint | undefined {
  if (typeof text !== "string" || text.length > 30) return undefined;
  return minorPattern.test(text) ? BigInt(text) : undefined;
}
const minorPattern = /^(?:0|-?[1-9][0-9]*)$/;

/**
 * A written amount such as `20300.00`, `20 300,00` or `1250`, in minor units of `currency`. The last point or comma is
 * the decimal mark; spaces (also no-break ones) group thousands. Undefined for anything that could be read in two
 * ways (`1,250.00`), for more decimals than the currency has, for signs and for nothing.
 *
 * @example parseAmount("20300.00", "KZT") === 2_030_000n
 */
export function parseAmount(text: string, currency: string): bigint | undefined {
  const found = amountPattern.exec(text.trim());
  if (found === null) return undefined;
  const whole = (found[1] ?? "").replace(/[\s\u00a0\u202f]/gu, "");
  const fraction = found[2] ?? "";
  const decimals = currencyDecimals(currency);
  // Decimals beyond the currency's are allowed only as zeros: 5.000 yen written as "5.00" is still five yen.
  if (/[^0]/u.test(fraction.slice(decimals))) return undefined;
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
}
const amountPattern = /^([0-9]{1,24}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,7})(?:[.,]([0-9]{1,6}))?$/u;

/** The plain decimal form for files: `formatDecimal(2_030_000n, "KZT") === "20300.00"`. */
export function formatDecimal(minor: bigint, currency: string): string {
  const decimals = currencyDecimals(currency);
  const sign = minor < 0n ? "-" : "";
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, "0");
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** For people: `20 300,00 KZT` (kk, ru) or `20,300.00 KZT` (en), groups set apart by no-break spaces in kk and ru. */
export function formatMoney(money: Money, language: "kk" | "ru" | "en"): string {
  const [whole = "", fraction] = formatDecimal(money.minor, money.currency).split(".");
  const group = language === "en" ? "," : "\u00a0";
  const mark = language === "en" ? "." : ",";
  const grouped = whole.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/gu, group);
  return `${grouped}${fraction === undefined ? "" : mark + fraction}\u00a0${money.currency}`;
}
