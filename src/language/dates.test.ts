// "2026 M09 1" beside a survivor's appeal, or a week that belongs to another year in a court's table.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lastDayOfWeek, weekOfDay } from "#domain/funds/dates.ts";
import {
  dayAt,
  daysOfWeek,
  formatDay,
  formatDayOfYear,
  formatDayRange,
  formatDayTime,
  formatMonth,
  formatRelativeDay,
  formatRelativeTime,
  formatWeek,
  monthName,
  weekdayName,
  weekdayOf,
} from "./dates.ts";
import { dayOfNumber, numberOfDay } from "./calendar.ts";

const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/gu, " ");
const anyDay = fc.integer({ min: -10_000, max: 60_000 }).map(dayOfNumber);

test("a day in each language", () => {
  expect(plain(formatDay("2025-03-09", "kk"))).toBe("2025 ж. 9 наурыз");
  expect(plain(formatDay("2025-03-09", "ru"))).toBe("9 марта 2025 г.");
  expect(plain(formatDay("2025-03-09", "en"))).toBe("9 March 2025");
  expect(formatDay("2025-03-09", "kk", "short")).toBe("09.03.2025");
  expect(formatDay("2025-03-09", "ru", "short")).toBe("09.03.2025");
  expect(plain(formatDay("2025-03-09", "en", "short"))).toBe("9 Mar 2025");
});

test("no line can break between the number and the month, nor before ж. and г.", () => {
  expect(formatDay("2025-03-09", "kk")).toBe("2025\u00a0ж. 9\u00a0наурыз");
  expect(formatDay("2025-03-09", "ru")).toBe("9\u00a0марта 2025\u00a0г.");
});

test.each(["2025-02-30", "2025-13-01", "2025-00-10", "9.3.2025", "", "2025-03-09T10:00"])(
  "%j is no day and is shown as it stands",
  (text) => {
    for (const language of ["kk", "ru", "en"] as const) expect(formatDay(text, language)).toBe(text);
  },
);

// Node carries full CLDR data; browsers do not, which is why the tables are ours.
test.each(["kk", "ru"] as const)("%s days, months and weekdays are CLDR's", (language) => {
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  const long = date({ dateStyle: "long" });
  fc.assert(
    fc.property(anyDay, (day) => {
      expect(plain(formatDay(day, language))).toBe(plain(long.format(new Date(`${day}T00:00:00Z`))));
      const number = weekdayOf(day) ?? 0;
      expect(weekdayName(number, language, "long")).toBe(
        date({ weekday: "long" }).format(new Date(`${day}T00:00:00Z`)),
      );
      expect(weekdayName(number, language, "short")).toBe(
        date({ weekday: "short" }).format(new Date(`${day}T00:00:00Z`)),
      );
    }),
  );
  for (let month = 1; month <= 12; month++) {
    const day = `2025-${String(month).padStart(2, "0")}-03`;
    const at = new Date(`${day}T00:00:00Z`);
    expect(monthName(month, language, "alone")).toBe(date({ month: "long" }).format(at).toLowerCase());
    expect(plain(formatDayOfYear(day, language))).toBe(
      plain(date({ day: "numeric", month: "short" }).format(at)),
    );
    expect(plain(formatMonth(day.slice(0, 7), language))).toBe(
      plain(date({ month: "long", year: "numeric" }).format(at)),
    );
  }
});

test("ranges say month and year once", () => {
  expect(plain(formatDayRange("2025-03-09", "2025-03-15", "kk"))).toBe("2025 ж. 9–15 наурыз");
  expect(plain(formatDayRange("2025-03-09", "2025-04-02", "kk"))).toBe("2025 ж. 9 наурыз – 2 сәуір");
  expect(plain(formatDayRange("2025-03-09", "2025-03-15", "ru"))).toBe("9–15 марта 2025 г.");
  expect(plain(formatDayRange("2025-03-09", "2025-03-15", "en"))).toBe("9–15 March 2025");
  expect(plain(formatDayRange("2025-12-29", "2026-01-04", "ru"))).toBe(
    "29 декабря 2025 г. – 4 января 2026 г.",
  );
  expect(formatDayRange("2025-03-09", "2025-03-09", "en")).toBe(formatDay("2025-03-09", "en"));
  expect(formatDayRange("?", "2025-03-09", "en")).toBe("? – 2025-03-09");
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 500 }), (first, days) => {
      const last = dayOfNumber((numberOfDay(first) ?? 0) + days);
      for (const language of ["kk", "ru"] as const) {
        const theirs = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
        const range = theirs.formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`));
        expect(plain(formatDayRange(first, last, language))).toBe(plain(range));
      }
    }),
  );
});

test("a moment is told on the clock of its place", () => {
  const moment = Date.UTC(2025, 2, 9, 20, 5) / 1000;
  expect(plain(formatDayTime(moment, "kk", "Asia/Almaty"))).toBe("2025 ж. 10 наурыз, 01:05");
  expect(plain(formatDayTime(moment, "ru", "UTC"))).toBe("9 марта 2025 г., 20:05");
  expect(plain(formatDayTime(moment, "en", "UTC", "short"))).toBe("9 Mar 2025, 20:05");
  expect(plain(formatDayTime(Date.UTC(2025, 2, 9) / 1000, "en", "UTC"))).toBe("9 March 2025, 00:00");
  expect(dayAt(moment, "Asia/Almaty")).toBe("2025-03-10");
  expect(() => dayAt(moment, "Asia/Nowhere")).toThrow(RangeError);
});

test("near days have their words", () => {
  const say = (day: string) =>
    (["kk", "ru", "en"] as const).map((language) => plain(formatRelativeDay(day, "2025-03-09", language)));
  expect(say("2025-03-09")).toEqual(["бүгін", "сегодня", "today"]);
  expect(say("2025-03-08")).toEqual(["кеше", "вчера", "yesterday"]);
  expect(say("2025-03-10")).toEqual(["ертең", "завтра", "tomorrow"]);
  expect(say("2025-03-07")).toEqual(["алдыңгүні", "позавчера", "2 days ago"]);
  expect(say("2025-03-04")).toEqual(["5 күн бұрын", "5 дней назад", "5 days ago"]);
  expect(say("2025-03-12")).toEqual(["3 күннен кейін", "через 3 дня", "in 3 days"]);
  expect(say("2025-02-16")).toEqual(["3 апта бұрын", "3 недели назад", "3 weeks ago"]);
  expect(say("2024-12-01")).toEqual(["3 ай бұрын", "3 месяца назад", "3 months ago"]);
  expect(say("2020-03-09")).toEqual(["5 жыл бұрын", "5 лет назад", "5 years ago"]);
  expect(formatRelativeDay("soon", "2025-03-09", "en")).toBe("soon");
});

test.each(["kk", "ru", "en"] as const)("%s distances are CLDR's", (language) => {
  const theirs = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  for (const days of [-13, -11, -5, -3, 3, 4, 11, 13]) {
    const day = dayOfNumber(20_000 + days);
    expect(plain(formatRelativeDay(day, dayOfNumber(20_000), language))).toBe(
      plain(theirs.format(days, "day")),
    );
  }
  for (const minutes of [-1, -2, -5, -21, -59, 2, 11]) {
    expect(plain(formatRelativeTime(minutes * 60, 0, language, "UTC"))).toBe(
      plain(theirs.format(minutes, "minute")),
    );
  }
});

test("times of day pass from minutes over hours to days", () => {
  const now = Date.UTC(2025, 2, 9, 10) / 1000;
  const say = (seconds: number) => plain(formatRelativeTime(now - seconds, now, "ru", "UTC"));
  expect([0, 59, 60, 61 * 60, 11 * 3600].map(say)).toEqual([
    "только что",
    "только что",
    "1 минуту назад",
    "1 час назад",
    "11 часов назад",
  ]);
  expect(say(12 * 3600)).toBe("вчера");
  expect(say(40 * 3600)).toBe("позавчера");
  expect(say(-5)).toBe("только что");
});

test("a week is its days; a week that is none stays as it stands", () => {
  expect(plain(formatWeek("2025-W10", "kk"))).toBe("2025 ж. 3–9 наурыз");
  expect(plain(formatWeek("2026-W01", "en"))).toBe("29 December 2025 – 4 January 2026");
  for (const week of ["2025-W53", "2025-W00", "W10", ""]) expect(formatWeek(week, "ru")).toBe(week);
});

test("weeks are those of the books", () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const days = daysOfWeek(weekOfDay(day));
      expect(days?.last).toBe(lastDayOfWeek(weekOfDay(day)));
      expect(days !== undefined && days.first <= day && day <= days.last).toBe(true);
      expect([weekdayOf(days?.first ?? ""), weekdayOf(days?.last ?? "")]).toEqual([0, 6]);
    }),
  );
});
