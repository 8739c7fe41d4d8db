/**
 * Days and times for people. Everything is written from tables of our own, because Chromium claims Kazakh and then prints
 * "2026 M09 1", and because the same page rendered on a server and in a browser must be the same text. The Kazakh and
 * Russian words are CLDR's; English is written day first, so that no reader takes 3/9 for the third of September.
 */
import type { Language } from "./language.ts";
import { numberOfDay, readDay, dayOfNumber } from "./calendar.ts";
import { countWith } from "./plural.ts";

type Forms = {
  readonly alone: readonly string[];
  readonly withDay: readonly string[];
  readonly short: readonly string[];
};

const split = (names: string): readonly string[] => names.split(" ");

const kkMonths = split("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан");
const enMonths = split(
  "January February March April May June July August September October November December",
);
const months: Readonly<Record<Language, Forms>> = {
  kk: {
    alone: kkMonths,
    withDay: kkMonths,
    short: split("қаң. ақп. нау. сәу. мам. мау. шіл. там. қыр. қаз. қар. жел."),
  },
  ru: {
    alone: split("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    withDay: split("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    short: split("янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек."),
  },
  en: { alone: enMonths, withDay: enMonths, short: split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec") },
};

const weekdays: Readonly<
  Record<Language, { readonly long: readonly string[]; readonly short: readonly string[] }>
> = {
  kk: {
    long: split("дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі"),
    short: split("дс сс ср бс жм сб жс"),
  },
  ru: {
    long: split("понедельник вторник среда четверг пятница суббота воскресенье"),
    short: split("пн вт ср чт пт сб вс"),
  },
  en: {
    long: split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    short: split("Mon Tue Wed Thu Fri Sat Sun"),
  },
};

/** No break between a number and its word: a line never ends with "9". */
const space = "\u00a0";

/**
 * A month's name: `alone` as a heading has it ("март"), `withDay` as it stands after a number ("марта"), `short` for
 * narrow places ("мар."). `month` counts from 1.
 */
export function monthName(month: number, language: Language, form: "alone" | "withDay" | "short"): string {
  return months[language][form][month - 1] ?? "";
}

/** A weekday's name by the number that calendars of ours use: Monday 0 … Sunday 6. */
export function weekdayName(weekday: number, language: Language, form: "long" | "short"): string {
  return weekdays[language][form][weekday] ?? "";
}

/**
 * A day for people. `long` stands in sentences, `short` in tables, where days of one column are equally wide. A text that
 * is not a day, as a damaged entry may hold, is given back as it stands: nothing is hidden by formatting.
 *
 * @example formatDay("2025-03-09", "kk") === "2025 ж. 9 наурыз" (with no-break spaces)
 * @example formatDay("2025-03-09", "ru", "short") === "09.03.2025"
 */
export function formatDay(day: string, language: Language, length: "long" | "short" = "long"): string {
  const found = readDay(day);
  if (found === undefined) return day;
  if (length === "short") {
    if (language !== "en") return `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;
    return `${found.day}${space}${monthName(found.month, "en", "short")}${space}${found.year}`;
  }
  return withYear(`${found.day}${space}${monthName(found.month, language, "withDay")}`, found.year, language);
}

/** A day where the year is plain from its surroundings, as on a chart's axis: "9 нау.", "9 мар.", "9 Mar". */
export function formatDayOfYear(day: string, language: Language): string {
  const found = readDay(day);
  return found === undefined ? day : `${found.day}${space}${monthName(found.month, language, "short")}`;
}

/** `2025-03` -> "2025 ж. наурыз", "март 2025 г.", "March 2025"; what is not a month is given back as it stands. */
export function formatMonth(month: string, language: Language): string {
  const found = readDay(`${month}-01`);
  return found === undefined
    ? month
    : withYear(monthName(found.month, language, "alone"), found.year, language);
}

/**
 * From the first to the last day, both counted in. Month and year are said once where they are the same.
 *
 * @example formatDayRange("2025-03-09", "2025-03-15", "ru") === "9–15 марта 2025 г."
 */
export function formatDayRange(first: string, last: string, language: Language): string {
  const from = readDay(first);
  const to = readDay(last);
  if (from === undefined || to === undefined) return first === last ? first : `${first} – ${last}`;
  if (first === last) return formatDay(first, language);
  if (from.year !== to.year) return `${formatDay(first, language)} – ${formatDay(last, language)}`;
  const end = `${to.day}${space}${monthName(to.month, language, "withDay")}`;
  if (from.month === to.month) return withYear(`${from.day}–${end}`, to.year, language);
  const start = `${from.day}${space}${monthName(from.month, language, "withDay")}`;
  return withYear(`${start} – ${end}`, to.year, language);
}

function withYear(text: string, year: number, language: Language): string {
  if (language === "kk") return `${year}${space}ж. ${text}`;
  return language === "ru" ? `${text} ${year}${space}г.` : `${text} ${year}`;
}

/**
 * A moment on the clock of a place, to the minute, 24 hours. `timeZone` is a name of the IANA database; an unknown one
 * throws, because it comes from our own settings.
 *
 * @example formatDayTime(1741514700, "ru", "Asia/Almaty") === "9 марта 2025 г., 15:05"
 */
export function formatDayTime(
  unixSeconds: number,
  language: Language,
  timeZone: string,
  length: "long" | "short" = "long",
): string {
  const { day, time } = placeOnClock(unixSeconds, timeZone);
  return `${formatDay(day, language, length)}, ${time}`;
}

/** The calendar day of a moment at a place: what "today" is there. */
export function dayAt(unixSeconds: number, timeZone: string): string {
  return placeOnClock(unixSeconds, timeZone).day;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function placeOnClock(
  unixSeconds: number,
  timeZone: string,
): { readonly day: string; readonly time: string } {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    // Only the time zone arithmetic is the platform's; the parts are put together by us.
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    clocks.set(timeZone, clock);
  }
  const part: Record<string, string> = {};
  for (const { type, value } of clock.formatToParts(unixSeconds * 1000)) part[type] = value;
  return {
    day: `${part["year"]?.padStart(4, "0")}-${part["month"]}-${part["day"]}`,
    time: `${part["hour"]}:${part["minute"]}`,
  };
}

type Near = { readonly [distance: number]: string };
const nearDays: Readonly<Record<Language, Near>> = {
  kk: { [-2]: "алдыңгүні", [-1]: "кеше", 0: "бүгін", 1: "ертең", 2: "бүрсігүні" },
  ru: { [-2]: "позавчера", [-1]: "вчера", 0: "сегодня", 1: "завтра", 2: "послезавтра" },
  en: { [-1]: "yesterday", 0: "today", 1: "tomorrow" },
};

type Unit = "minute" | "hour" | "day" | "week" | "month" | "year";
type Plural = Readonly<Partial<Record<"one" | "few" | "many", string>>> & { readonly other: string };

/** Russian counts in the accusative: "1 минуту назад", "через 2 недели". */
const units: Readonly<{
  kk: Record<Unit, readonly [ago: string, ahead: string]>;
  ru: Record<Unit, Plural>;
  en: Record<Unit, Plural>;
}> = {
  kk: {
    minute: ["минут", "минуттан"],
    hour: ["сағат", "сағаттан"],
    day: ["күн", "күннен"],
    week: ["апта", "аптадан"],
    month: ["ай", "айдан"],
    year: ["жыл", "жылдан"],
  },
  ru: {
    minute: { one: "минуту", few: "минуты", many: "минут", other: "минуты" },
    hour: { one: "час", few: "часа", many: "часов", other: "часа" },
    day: { one: "день", few: "дня", many: "дней", other: "дня" },
    week: { one: "неделю", few: "недели", many: "недель", other: "недели" },
    month: { one: "месяц", few: "месяца", many: "месяцев", other: "месяца" },
    year: { one: "год", few: "года", many: "лет", other: "года" },
  },
  en: {
    minute: { one: "minute", other: "minutes" },
    hour: { one: "hour", other: "hours" },
    day: { one: "day", other: "days" },
    week: { one: "week", other: "weeks" },
    month: { one: "month", other: "months" },
    year: { one: "year", other: "years" },
  },
};

function distance(count: number, unit: Unit, language: Language): string {
  const amount = Math.abs(count);
  const isPast = count < 0;
  if (language === "kk") {
    const [ago, ahead] = units.kk[unit];
    return isPast ? `${amount}${space}${ago} бұрын` : `${amount}${space}${ahead} кейін`;
  }
  const text = countWith(language)(amount, units[language][unit]).replace(" ", space);
  if (language === "ru") return isPast ? `${text} назад` : `через ${text}`;
  return isPast ? `${text} ago` : `in ${text}`;
}

/**
 * How far a day is from today, in the coarsest unit that is still true: days up to a fortnight, then whole weeks, months
 * of 30 days, years of 365. The exact day belongs beside it.
 *
 * @example formatRelativeDay("2025-03-08", "2025-03-09", "kk") === "кеше"
 */
export function formatRelativeDay(day: string, today: string, language: Language): string {
  const to = numberOfDay(day);
  const from = numberOfDay(today);
  if (to === undefined || from === undefined) return day;
  const days = to - from;
  const near = nearDays[language][days];
  if (near !== undefined) return near;
  const size = Math.abs(days);
  const sign = Math.sign(days);
  if (size < 14) return distance(days, "day", language);
  if (size < 60) return distance(sign * Math.floor(size / 7), "week", language);
  if (size < 365) return distance(sign * Math.floor(size / 30), "month", language);
  return distance(sign * Math.floor(size / 365), "year", language);
}

const justNow: Readonly<Record<Language, string>> = { kk: "жаңа ғана", ru: "только что", en: "just now" };

/**
 * How long ago a moment was, seen at `now`, on the clock of a place: minutes, then hours within twelve hours, then days
 * by the calendar there, so that "yesterday" is what people at that place call yesterday. A moment slightly ahead, as
 * two clocks differ, counts as now.
 */
export function formatRelativeTime(
  unixSeconds: number,
  now: number,
  language: Language,
  timeZone: string,
): string {
  const seconds = unixSeconds - now;
  const size = Math.abs(seconds);
  if (size < 60) return justNow[language];
  const sign = Math.sign(seconds);
  if (size < 3600) return distance(sign * Math.floor(size / 60), "minute", language);
  if (size < 12 * 3600) return distance(sign * Math.floor(size / 3600), "hour", language);
  return formatRelativeDay(dayAt(unixSeconds, timeZone), dayAt(now, timeZone), language);
}

/** An ISO week as its days: `formatWeek("2025-W10", "kk")` is "2025 ж. 3–9 наурыз"; not a week: given back as it stands. */
export function formatWeek(week: string, language: Language): string {
  const days = daysOfWeek(week);
  return days === undefined ? week : formatDayRange(days.first, days.last, language);
}

/** Monday and Sunday of an ISO week; undefined if there is no such week (`2025-W53`). */
export function daysOfWeek(week: string): { readonly first: string; readonly last: string } | undefined {
  const found = /^(\d{4})-W(\d{2})$/u.exec(week);
  if (found === null) return undefined;
  const fourth = numberOfDay(`${found[1]}-01-04`);
  const count = Number(found[2]);
  if (fourth === undefined || count < 1) return undefined;
  const monday = fourth - weekdayOfNumber(fourth) + (count - 1) * 7;
  // The Thursday decides whose week it is: week 53 exists only where its Thursday is still in the year.
  if (dayOfNumber(monday + 3).slice(0, 4) !== found[1]) return undefined;
  return { first: dayOfNumber(monday), last: dayOfNumber(monday + 6) };
}

/** Monday 0 … Sunday 6; undefined for what is not a day. */
export function weekdayOf(day: string): number | undefined {
  const number = numberOfDay(day);
  return number === undefined ? undefined : weekdayOfNumber(number);
}

/** Day 0 of the calendar, 1 January 1970, was a Thursday. */
function weekdayOfNumber(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}
