/** Days as numbers, for counting between them. Written by hand: browsers disagree about what `Date` reads, not about sums. */

/** Year, month and day of a `YYYY-MM-DD` that exists; undefined for anything else. */
export function readDay(
  text: string,
): { readonly year: number; readonly month: number; readonly day: number } | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (found === null) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
    ? { year, month, day }
    : undefined;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1 January 1970; undefined for what is not a day. */
export function numberOfDay(day: string): number | undefined {
  const found = readDay(day);
  if (found === undefined) return undefined;
  const date = new Date(0);
  // setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(found.year, found.month - 1, found.day);
  return date.getTime() / 86_400_000;
}

/** The day that {@link numberOfDay} gave the number of. */
export function dayOfNumber(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}
