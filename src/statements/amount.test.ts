// One printed sum has one meaning, whatever marks a bank puts between its digits; what is not exactly a sum is none.
import { assert, bigInt, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { formatMinor, readAmount } from "./amount.ts";
import type { DecimalMark } from "./amount.ts";
import { guessDateOrder, parseDate } from "./calendar.ts";

test.each([
  ["1 234,50", "auto", 123450n],
  ["1\u00A0234,50 ₸", "auto", 123450n],
  ["1'234.50", "auto", 123450n],
  ["1.234,56-", "auto", -123456n],
  ["\u22121234.5", "auto", -123450n],
  ["(1,234.00)", "auto", -123400n],
  ["12,34,567.00", "auto", 123456700n],
  ["EUR 5.00", "auto", 500n],
  ["1,234", "auto", 123400n],
  ["0,123", "auto", null],
  ["500,", ",", 50000n],
  ["500", ",", 50000n],
  [".5", ".", 50n],
  ["8.850", ".", 885n],
  ["8.855", ".", null],
  ["12x4.00", "auto", null],
  ["1 23", "auto", null],
  ["--5", "auto", null],
  ["", "auto", null],
  ["9".repeat(30), "auto", null],
] as [string, DecimalMark, bigint | null][])("%j read with %j", (text, mark, minor) => {
  const reading = readAmount(text, "KZT", mark);
  expect(reading.kind === "read" ? reading.minor : null).toBe(minor);
});

test("every sum survives being printed and read again, in currencies of 0 to 4 decimals", () => {
  assert(
    property(
      bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
      constantFrom("KZT", "JPY", "KWD", "CLF", null),
      (minor, currency) => {
        const reading = readAmount(formatMinor(minor, currency), currency, ".");
        expect(reading).toEqual({ kind: "read", minor });
      },
    ),
  );
});

test.each([
  ["01.03.2026 09:00:00", "2026-03-01"],
  ["2026.03.01 09:00:00", "2026-03-01"],
  ["2026-03-01T10:00:00+05:00", "2026-03-01"],
  ["20260301120000[-5:EST]", "2026-03-01"],
  ["01.03.26", "2026-03-01"],
  ["1 Mar 2026", "2026-03-01"],
  ["01-мар-2026", "2026-03-01"],
  ["March 1, 2026", "2026-03-01"],
  ["29.02.2025", undefined],
  ["31.13.2025", undefined],
  ["12345", undefined],
] as const)("the date %j is %j", (text, date) => {
  expect(parseDate(text)).toBe(date);
});

test("a column that holds 03/25/2026 is written month first", () => {
  expect(guessDateOrder(["03/04/2026", "03/25/2026"])).toBe("mdy");
  expect(parseDate("03/04/2026", "mdy")).toBe("2026-03-04");
});
