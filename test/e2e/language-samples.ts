/** What every function of src/language says, for the same questions: run by Node and by a browser, and compared. */
import { compareTexts } from "#language/collate.ts";
import * as dates from "#language/dates.ts";
import { foldText, latinSkeleton } from "#language/fold.ts";
import { languages, pickLanguage } from "#language/language.ts";
import * as numbers from "#language/numbers.ts";
import { countWith, formatDecimalText, groupDigits } from "#language/plural.ts";
import { stemsOf } from "#language/stem.ts";
import * as sums from "#language/sums.ts";

const days = ["2025-01-01", "2025-03-09", "2024-02-29", "2025-10-31", "2025-12-31", "1999-09-05", "no day"];
const counts = [0, 1, 2, 4, 5, 11, 14, 21, 22, 100, 101, 1000, 1_234_567, 12_000_000_000];
const minors = [0n, 1n, 99n, 100n, 124_000_000n, -2_030_000n, 99_999_999_999_999n];
const texts =
  "і ы ү ұ ө ә ғ қ ң һ и у о а г к н х ё е я A-2025-10 A-2025-9 Zh zh Ольга Ұлан Үміт Іңкәр Әлия Ақ ақ";
const words = ["адвокаттарға", "сотта", "студенткам", "возвратов", "lawyers", "Жәрдем", "Ұлан", "ёлка"];
const now = 1_741_500_000;
const ages = [0, 20, 61, 3_700, 86_400, 200_000, 2_000_000, 90_000_000];

/** One line for each answer: "formatDay kk 2025-03-09: 2025 ж. 9 наурыз". */
export function languageSamples(): readonly string[] {
  const lines: string[] = [];
  const say = (what: string, text: unknown) => lines.push(`${what}: ${String(text)}`);
  for (const language of languages) {
    for (const day of days) {
      say(`formatDay ${language} ${day}`, dates.formatDay(day, language));
      say(`formatDay short ${language} ${day}`, dates.formatDay(day, language, "short"));
      say(`formatDayOfYear ${language} ${day}`, dates.formatDayOfYear(day, language));
      say(`formatMonth ${language} ${day}`, dates.formatMonth(day.slice(0, 7), language));
      say(`formatDayRange ${language} ${day}`, dates.formatDayRange("2024-12-30", day, language));
      say(`formatRelativeDay ${language} ${day}`, dates.formatRelativeDay(day, "2025-03-10", language));
    }
    for (let month = 1; month <= 12; month++)
      for (const form of ["alone", "withDay", "short"] as const)
        say(`monthName ${language} ${month} ${form}`, dates.monthName(month, language, form));
    for (let day = 0; day < 7; day++)
      for (const form of ["long", "short"] as const)
        say(`weekdayName ${language} ${day} ${form}`, dates.weekdayName(day, language, form));
    for (const week of ["2025-W10", "2026-W53", "2020-W01"])
      say(`formatWeek ${language} ${week}`, dates.formatWeek(week, language));
    for (const zone of ["Asia/Almaty", "Europe/Berlin", "UTC"]) {
      say(`formatDayTime ${language} ${zone}`, dates.formatDayTime(now, language, zone));
      say(`dayAt ${zone}`, dates.dayAt(now, zone));
    }
    for (const age of ages)
      say(
        `formatRelativeTime ${language} ${age}`,
        dates.formatRelativeTime(now - age, now, language, "Asia/Almaty"),
      );
    const forms = { one: "one", few: "few", many: "many", other: "other" };
    for (const count of counts) {
      say(`countWith ${language} ${count}`, countWith(language)(count, forms));
      say(`formatCount ${language} ${count}`, numbers.formatCount(count, language));
      say(`formatCompact ${language} ${count}`, numbers.formatCompact(count, language));
      say(`groupDigits ${language} ${count}`, groupDigits(String(count), language));
      say(`formatPercent ${language} ${count}`, numbers.formatPercent(BigInt(count), 333n, language));
    }
    for (const minor of minors) {
      for (const currency of ["KZT", "EUR", "USD", "JPY", "KWD", "XXX"]) {
        say(`formatSum ${language} ${minor} ${currency}`, sums.formatSum(minor, currency, language));
        say(
          `formatCompactSum ${language} ${minor} ${currency}`,
          sums.formatCompactSum(minor, currency, language),
        );
      }
      say(`decimalText ${language} ${minor}`, numbers.decimalText(minor, 2, language));
    }
    say(`formatDecimalText ${language}`, formatDecimalText("1234567.50", language));
    say(`compareTexts ${language}`, texts.split(" ").toSorted(compareTexts(language)).join(" "));
  }
  for (const word of words) {
    say(`foldText ${word}`, foldText(word));
    say(`latinSkeleton ${word}`, latinSkeleton(foldText(word)));
    say(`stemsOf ${word}`, stemsOf(foldText(word)).join(" "));
  }
  for (const asked of ["kk-KZ,ru;q=0.8", "ru-RU", "en", "de,ru;q=0.2", "*", ""])
    say(`pickLanguage ${asked}`, pickLanguage(asked, "ru"));
  return lines;
}
