/**
 * Sums of money for people, with the sign of the currency: "1 240 000,00 ₸". The style with the code, "1 240 000,00 KZT",
 * is `formatMoney` of the domain: documents for courts use it, because "$" is the sign of twenty currencies.
 */
import type { Language } from "./language.ts";
import { compactDecimal, decimalText } from "./numbers.ts";

/** Only signs that one reader of ours cannot take for two currencies; every other currency shows its code. */
const signs: Readonly<Record<string, string>> = { KZT: "₸", USD: "$", EUR: "€", RUB: "₽", GBP: "£" };

/** ISO 4217, as the domain's table has it; a test holds the two together (this folder imports nothing). */
const decimalsOf: Readonly<Record<string, number>> = {
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
  ...Object.fromEntries(
    "CLP ISK JPY KRW PYG RWF UGX VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
  ),
};

/** How many decimals a sum of `currency` has: 2 for KZT and for a currency that is not listed. */
export function sumDecimals(currency: string): number {
  return decimalsOf[currency] ?? 2;
}

/**
 * An exact sum. `minor` counts the smallest unit (tiyn, cent). Kazakh and Russian set the sign after the number, English
 * before it; no line breaks inside.
 *
 * @example formatSum(124_000_000n, "KZT", "ru") === "1 240 000,00 ₸" (with no-break spaces)
 * @example formatSum(-124_000_000n, "KZT", "en") === "-₸1,240,000.00"
 */
export function formatSum(minor: bigint, currency: string, language: Language): string {
  return withSign(decimalText(minor, sumDecimals(currency), language), currency, language);
}

/**
 * A rounded sum for charts and headlines; the exact one stands in the table beside it. Something below one unit is
 * "<1 ₸", never "0 ₸".
 *
 * @example formatCompactSum(124_000_000n, "KZT", "kk") === "1,2 млн ₸"
 */
export function formatCompactSum(minor: bigint, currency: string, language: Language): string {
  return withSign(compactDecimal(minor, sumDecimals(currency), language), currency, language);
}

/** What stands in the heading of a column whose cells hold bare numbers: "₸", "$", "CHF". */
export function currencySign(currency: string): string {
  return signs[currency] ?? currency;
}

function withSign(number: string, currency: string, language: Language): string {
  const sign = signs[currency];
  if (language !== "en" || sign === undefined) return `${number}\u00a0${sign ?? currency}`;
  return number.startsWith("-") ? `-${sign}${number.slice(1)}` : `${sign}${number}`;
}
