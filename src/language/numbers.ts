/** Counts, percents and rounded numbers for people. Exact whole numbers in, so nothing is lost before the last step. */
import type { Language } from "./language.ts";
import { groupDigits } from "./plural.ts";

const decimalMark = (language: Language): string => (language === "en" ? "." : ",");

/** A whole number, grouped by thousands: `formatCount(12400, "ru")` is "12 400" with a no-break space. */
export function formatCount(count: number | bigint, language: Language): string {
  return groupDigits(String(count), language);
}

/**
 * `part` of `whole` in percent, rounded half away from zero. Never "100 %" for less than all and never "0 %" for more
 * than nothing: those two are claims. Of nothing there is no share: "–".
 *
 * @example formatPercent(1n, 3n, "ru") === "33,3 %"
 */
export function formatPercent(part: bigint, whole: bigint, language: Language, decimals = 1): string {
  if (whole === 0n) return "–";
  const scale = 10n ** BigInt(decimals);
  const sign = part < 0n !== whole < 0n && part !== 0n ? "-" : "";
  const of = absolute(whole);
  const size = absolute(part);
  const full = 100n * scale;
  const rounded = (size * full * 2n + of) / (2n * of);
  if (rounded === 0n && size > 0n)
    return `${sign}<${decimalText(1n, decimals, language)}${percentSign(language)}`;
  const shown = rounded === full && size < of ? full - 1n : rounded;
  return `${sign}${decimalText(shown, decimals, language)}${percentSign(language)}`;
}

/** Russian sets the sign apart, Kazakh and English do not (CLDR). */
const percentSign = (language: Language): string => (language === "ru" ? "\u00a0%" : "%");

const steps: Readonly<Record<Language, readonly (readonly [power: number, word: string])[]>> = {
  kk: [
    [12, "\u00a0трлн"],
    [9, "\u00a0млрд"],
    [6, "\u00a0млн"],
    [3, "\u00a0мың"],
  ],
  ru: [
    [12, "\u00a0трлн"],
    [9, "\u00a0млрд"],
    [6, "\u00a0млн"],
    [3, "\u00a0тыс."],
  ],
  en: [
    [12, "T"],
    [9, "B"],
    [6, "M"],
    [3, "K"],
  ],
};

/**
 * A number for a chart or a headline, where the exact one stands nearby: at most one decimal, from 1 000 on with the
 * word for the thousands. Rounded half away from zero.
 *
 * @example formatCompact(1_240_000n, "kk") === "1,2 млн"
 */
export function formatCompact(value: number | bigint, language: Language): string {
  return compactDecimal(BigInt(typeof value === "number" ? Math.round(value) : value), 0, language);
}

/** As {@link formatCompact}, for a number given in units of 10^-decimals: what sums of money are. */
export function compactDecimal(minor: bigint, decimals: number, language: Language): string {
  const sign = minor < 0n ? "-" : "";
  const size = absolute(minor);
  for (const [power, word] of steps[language]) {
    // Half a unit of the step below counts: 999 500 is "1 million" and not "1000 thousand", 950 000 stays below.
    const half = power + decimals >= 3 ? 10n ** BigInt(power + decimals - 3) : 0n;
    if (size * 2n + half >= 2n * 10n ** BigInt(power + decimals))
      return `${sign}${oneDecimal(size, decimals + power, language)}${word}`;
  }
  const whole = roundedShift(size, decimals);
  if (whole > 0n || size === 0n || decimals === 0) return `${whole === 0n ? "" : sign}${whole}`;
  return `${sign}<1`;
}

/** size / 10^digits with its tenth, which from 100 on no chart could show. */
function oneDecimal(size: bigint, digits: number, language: Language): string {
  const tenths = roundedShift(size, digits - 1);
  if (tenths >= 1000n) return groupDigits(String(roundedShift(size, digits)), language);
  const whole = String(tenths / 10n);
  return tenths % 10n === 0n ? whole : `${whole}${decimalMark(language)}${tenths % 10n}`;
}

/** size / 10^digits, rounded half up; multiplied when `digits` is negative. */
function roundedShift(size: bigint, digits: number): bigint {
  if (digits <= 0) return size * 10n ** BigInt(-digits);
  const by = 10n ** BigInt(digits);
  return (size + by / 2n) / by;
}

/** `decimalText(124000050n, 2, "ru")` is "1 240 000,50". */
export function decimalText(minor: bigint, decimals: number, language: Language): string {
  const digits = absolute(minor)
    .toString()
    .padStart(decimals + 1, "0");
  const whole = groupDigits(digits.slice(0, digits.length - decimals), language);
  const sign = minor < 0n ? "-" : "";
  return decimals === 0 ? sign + whole : `${sign}${whole}${decimalMark(language)}${digits.slice(-decimals)}`;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
