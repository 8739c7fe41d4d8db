/**
 * Calendar days as `YYYY-MM-DD` text, which sorts as it reads. Bank dates carry no time and no zone, so none is added.
 */
const millisecondsPerDay = 86_400_000;

/** A day that exists: `2025-02-28`; undefined for `2025-02-30`, `28.02.2025` and all else. */
export function parseDay(text: unknown): string | undefined {
  // By hand, without Date: it runs for each of a million rows.
  if (typeof text !== "string" || !dayPattern.test(text)) return undefined;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length =
    month === 2 ? (isLeap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= length ? text : undefined;
}
const dayPattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

export function addDays(day: string, days: number): string {
  return dayOfNumber(numberOfDay(day) + days);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return numberOfDay(to) - numberOfDay(from);
}

/** The ISO 8601 week of a day: `2025-03-09` is in `2025-W10` (weeks start on Monday; week 1 holds 4 January). */
export function weekOfDay(day: string): string {
  const number = numberOfDay(day);
  const thursday = number + 3 - weekday(number);
  const year = Number(dayOfNumber(thursday).slice(0, 4));
  const first = numberOfDay(`${year}-01-04`);
  const firstThursday = first + 3 - weekday(first);
  return `${year}-W${String(Math.round((thursday - firstThursday) / 7) + 1).padStart(2, "0")}`;
}

/** Last day (Sunday) of an ISO week: `2025-W10` ends on `2025-03-09`; undefined if there is no such week. */
export function lastDayOfWeek(week: string): string | undefined {
  const found = /^(\d{4})-W(\d{2})$/u.exec(week);
  if (found === null) return undefined;
  const first = numberOfDay(`${found[1]}-01-04`);
  const monday = first - weekday(first) + (Number(found[2]) - 1) * 7;
  const sunday = dayOfNumber(monday + 6);
  return weekOfDay(sunday) === week ? sunday : undefined;
}

/** Calendar quarter: `2025-05-02` is in `2025-Q2`. */
export function quarterOfDay(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/**
 * Moves `days` working days (Monday to Friday) onward. Public holidays are not known here, so the day that the law
 * means may be later than this one, never earlier.
 */
export function addWorkingDays(day: string, days: number): string {
  let number = numberOfDay(day);
  for (let left = days; left > 0;) {
    number += 1;
    if (weekday(number) < 5) left -= 1;
  }
  return dayOfNumber(number);
}

/** Monday 0 … Sunday 6; day 0 (1 January 1970) was a Thursday. */
function weekday(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

function numberOfDay(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay);
}

function dayOfNumber(number: number): string {
  return new Date(number * millisecondsPerDay).toISOString().slice(0, 10);
}
