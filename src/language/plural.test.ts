// One wrong ending in front of a court, and the reader asks what else was not checked.
import { expect, test } from "vitest";
import { formatMoney } from "#domain/funds/money.ts";
import { countWith, formatDecimalText, groupDigits } from "./plural.ts";

test("Russian has three forms: 1, 21 платёж; 2, 3, 4, 22 платежа; 5, 11, 12, 111 платежей", () => {
  const n = countWith("ru");
  const say = (count: number) =>
    n(count, { one: "платёж", few: "платежа", many: "платежей", other: "платежа" });
  expect([1, 21, 101].map(say)).toEqual(["1 платёж", "21 платёж", "101 платёж"]);
  expect([2, 3, 4, 22].map(say)).toEqual(["2 платежа", "3 платежа", "4 платежа", "22 платежа"]);
  expect([0, 5, 11, 12, 14, 111].map(say)).toEqual(
    [0, 5, 11, 12, 14, 111].map((count) => `${count} платежей`),
  );
});

test("Kazakh keeps the singular after every number", () => {
  const n = countWith("kk");
  expect([1, 2, 5, 21].map((count) => n(count, { other: "төлем" }))).toEqual([
    "1 төлем",
    "2 төлем",
    "5 төлем",
    "21 төлем",
  ]);
});

test("numbers are grouped as the sums beside them", () => {
  expect(groupDigits("1736", "ru")).toBe("1\u00a0736");
  expect(groupDigits("1234567", "en")).toBe("1,234,567");
  expect(groupDigits("999", "kk")).toBe("999");
  expect(formatDecimalText("-26686222.00", "kk")).toBe("-26\u00a0686\u00a0222,00");
  expect(formatDecimalText("26686222.5", "en")).toBe("26,686,222.5");
});

test("a sum reads as its language writes it, with no break inside", () => {
  const sum = { currency: "KZT", minor: 124_000_000n };
  expect(formatMoney(sum, "ru")).toBe("1\u00a0240\u00a0000,00\u00a0KZT");
  expect(formatMoney(sum, "kk")).toBe(formatMoney(sum, "ru"));
  expect(formatMoney(sum, "en")).toBe("1,240,000.00\u00a0KZT");
});
