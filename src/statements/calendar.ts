/** Dates as banks write them, to YYYY-MM-DD. No clock and no time zone: the bank's printed day is the day. */

/** Order of day, month and year in an ambiguous numeric date. */
export type DateOrder = "dmy" | "mdy" | "ymd";

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return monthDays[month - 1] ?? 0;
}

/** "2026-03-01", or undefined when there is no such day (30 February, month 13, year 1203). */
export function isoDate(year: number, month: number, day: number): string | undefined {
  if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    return undefined;
  }
  return `${year}-${month < 10 ? "0" : ""}${month}-${day < 10 ? "0" : ""}${day}`;
}

/** Two-digit years: 70-99 are of the last century, as the oldest sample files are. */
export function fullYear(year: number): number {
  if (year >= 100) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
}

const months: readonly (readonly [RegExp, number])[] = [
  [/^(jan|янв|қаң|gen|ene|sty|led)/iu, 1],
  [/^(feb|фев|ақп|fév|fev|lut)/iu, 2],
  [/^(mar|мар|нау|mär|mrt|maa)/iu, 3],
  [/^(apr|апр|сәу|avr|abr|kwi)/iu, 4],
  [/^(may|май|мая|мам|mai|mei|mag|maj)/iu, 5],
  [/^(jun|июн|мау|juin|giu|cze)/iu, 6],
  [/^(jul|июл|шіл|juil|lug|lip)/iu, 7],
  [/^(aug|авг|там|aoû|aou|ago|sie)/iu, 8],
  [/^(sep|сен|қыр|set|wrz)/iu, 9],
  [/^(oct|окт|қаз|okt|ott|paź|out)/iu, 10],
  [/^(nov|ноя|қар|lis)/iu, 11],
  [/^(dec|дек|жел|dez|déc|dic|gru)/iu, 12],
];

const numericDate = /^(\d{1,4})([.\-/ ])(\d{1,2})\2(\d{1,4})(?=$|[^\d])/u;
const namedDate = /^(\d{1,2})[.\-/ ]{0,2}([\p{L}]{3,})\.?[.\-/ ,]{0,2}(\d{2,4})(?=$|[^\d])/u;
const monthFirst = /^([\p{L}]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})(?=$|[^\d])/u;
const compact = /^(\d{4})(\d{2})(\d{2})(?=$|[^\d]|\d{4,6}(?:[^\d]|$))/u;

/**
 * Reads a date, with or without a time after it: "01.03.2026 09:00:00", "2026-03-01T10:00", "20260301",
 * "26.03.01" (order given), "1 Mar 2026", "01-мар-2026". `order` settles what digits alone do not.
 */
export function parseDate(text: string, order: DateOrder = "dmy"): string | undefined {
  // Rows of one day stand together, so the last answer is most often the next one.
  if (text === last.text && order === last.order) return last.date;
  last = { text, order, date: readDate(text, order) };
  return last.date;
}

let last: { text: string; order: DateOrder; date: string | undefined } = {
  text: "",
  order: "dmy",
  date: undefined,
};

function readDate(text: string, order: DateOrder): string | undefined {
  const clean = text.trim();
  const numbers = numericDate.exec(clean);
  if (numbers !== null) {
    const [, a = "", sign = "", b = "", c = ""] = numbers;
    if (a.length === 4) return c.length <= 2 ? isoDate(Number(a), Number(b), Number(c)) : undefined;
    if (a.length > 2 || c.length === 3 || c.length === 1) return undefined;
    if (order === "ymd" && c.length === 2) return isoDate(fullYear(Number(a)), Number(b), Number(c));
    const year = fullYear(Number(c));
    const dayFirst = isoDate(year, Number(b), Number(a));
    const monthOne = isoDate(year, Number(a), Number(b));
    // A full stop is never American; with other signs the order of the column decides.
    return order === "mdy" && sign !== "."
      ? (monthOne ?? dayFirst)
      : (dayFirst ?? (sign === "." ? undefined : monthOne));
  }
  const named = namedDate.exec(clean);
  if (named !== null) return fromName(named[2] ?? "", named[1] ?? "", named[3] ?? "");
  const american = monthFirst.exec(clean);
  if (american !== null) return fromName(american[1] ?? "", american[2] ?? "", american[3] ?? "");
  const digits = compact.exec(clean);
  if (digits !== null) return isoDate(Number(digits[1]), Number(digits[2]), Number(digits[3]));
  return undefined;
}

function fromName(name: string, day: string, year: string): string | undefined {
  const month = months.find(([pattern]) => pattern.test(name))?.[1];
  return month === undefined ? undefined : isoDate(fullYear(Number(year)), month, Number(day));
}

/** The order that a whole column of dates shows: a first number above 12 is a day, a second above 12 a month-first. */
export function guessDateOrder(samples: readonly string[]): DateOrder {
  let dayFirst = 0;
  let monthOne = 0;
  let yearFirst = 0;
  for (const sample of samples) {
    const match = numericDate.exec(sample.trim());
    if (match === null || (match[1] ?? "").length === 4) continue;
    if (Number(match[1]) > 31) yearFirst += 1;
    else if (Number(match[1]) > 12) dayFirst += 1;
    if (Number(match[3]) > 12) monthOne += 1;
  }
  if (yearFirst > 0) return "ymd";
  return monthOne > dayFirst ? "mdy" : "dmy";
}
