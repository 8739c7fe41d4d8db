// Amounts are read exactly or not at all: a sum that could mean two things is refused, never guessed.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, addWorkingDays, lastDayOfWeek, parseDay, weekOfDay } from "./dates.ts";
import { parseAppealId, parseDestination } from "./ids.ts";
import { addMoney, formatDecimal, formatMoney, parseAmount, parseMinor } from "./money.ts";

test("a written sum becomes minor units of its currency, to the last one", () => {
  expect(parseAmount("20300.00", "KZT")).toBe(2_030_000n);
  expect(parseAmount("20 300,5", "KZT")).toBe(2_030_050n);
  expect(parseAmount("1\u00a0250\u00a0000", "KZT")).toBe(125_000_000n);
  expect(parseAmount("500", "JPY")).toBe(500n);
  expect(parseAmount("500.00", "JPY")).toBe(500n);
  expect(parseAmount("1.234", "KWD")).toBe(1234n);
});

test.each(["1,250.00", "-5", "+5", "5.", "", "5.001", "1 25", "12 3456", "1e3", "٣"])(
  "%s is no sum",
  (text) => {
    expect(parseAmount(text, "KZT")).toBeUndefined();
  },
);

test("minor units have one text", () => {
  for (const text of ["01", "-0", "+1", "1.0", " 1", "", "0x1"]) expect(parseMinor(text)).toBeUndefined();
  expect(parseMinor("-12")).toBe(-12n);
});

test("what was formatted is read back as it was", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 18n }),
      fc.constantFrom("KZT", "JPY", "KWD"),
      (minor, currency) => {
        expect(parseAmount(formatDecimal(minor, currency), currency)).toBe(minor);
      },
    ),
  );
});

test("sums are set apart for people, and never added across currencies", () => {
  expect(formatMoney({ currency: "KZT", minor: 124_000_000n }, "ru")).toBe("1\u00a0240\u00a0000,00\u00a0KZT");
  expect(formatMoney({ currency: "KZT", minor: -5n }, "en")).toBe("-0.05\u00a0KZT");
  expect(() => addMoney({ currency: "KZT", minor: 1n }, { currency: "EUR", minor: 1n })).toThrow("bug");
});

test("a day exists or is no day, and weeks begin on Monday", () => {
  expect(parseDay("2024-02-29")).toBe("2024-02-29");
  for (const text of ["2025-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "28.02.2025", 5]) {
    expect(parseDay(text)).toBeUndefined();
  }
  expect(weekOfDay("2025-03-09")).toBe("2025-W10");
  expect(weekOfDay("2024-12-30")).toBe("2025-W01");
  expect(lastDayOfWeek("2025-W10")).toBe("2025-03-09");
  expect(lastDayOfWeek("2025-W53")).toBeUndefined();
  expect(addWorkingDays("2025-06-13", 1)).toBe("2025-06-16");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
      const day = addDays("1970-01-01", days);
      expect(parseDay(day)).toBe(day);
      const sunday = lastDayOfWeek(weekOfDay(day)) ?? "";
      expect(sunday >= day && sunday <= addDays(day, 6)).toBe(true);
    }),
  );
});

test("an appeal is never named like a place that is no appeal", () => {
  expect(parseAppealId("A-2025-003")).toBe("A-2025-003");
  expect(parseAppealId("A-01")).toBe("A-01");
  for (const text of ["general", "Unknown", "fee", "own-transfer", "payment:A-1", "A 1", "-A", "", 7]) {
    expect(parseAppealId(text)).toBeUndefined();
  }
  expect(parseDestination("payment:S-1")).toEqual({ kind: "payment", spending: "S-1" });
  expect(parseDestination("general")).toEqual({ kind: "fund", fund: "general" });
});
