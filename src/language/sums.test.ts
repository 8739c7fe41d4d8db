// A reader trusts the number that she sees; a rounded one must never say more, or less, than the exact one.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { currencyDecimals } from "#domain/funds/currency.ts";
import { formatMoney } from "#domain/funds/money.ts";
import { formatCompact, formatCount, formatPercent } from "./numbers.ts";
import { currencySign, formatCompactSum, formatSum, sumDecimals } from "./sums.ts";

const plain = (text: string) => text.replace(/\u00a0/gu, " ");
const all = ["kk", "ru", "en"] as const;

test("a sum with the sign of its currency", () => {
  expect(formatSum(124_000_000n, "KZT", "kk")).toBe("1\u00a0240\u00a0000,00\u00a0₸");
  expect(formatSum(124_000_000n, "KZT", "ru")).toBe(formatSum(124_000_000n, "KZT", "kk"));
  expect(formatSum(-124_000_000n, "KZT", "en")).toBe("-₸1,240,000.00");
  expect(plain(formatSum(500n, "JPY", "ru"))).toBe("500 JPY");
  expect(plain(formatSum(-5n, "KWD", "en"))).toBe("-0.005 KWD");
  expect([currencySign("KZT"), currencySign("CHF")]).toEqual(["₸", "CHF"]);
});

test("the sign style and the code style of one sum have the same digits", () => {
  const sums = fc.tuple(
    fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
    fc.constantFrom("KZT", "USD", "JPY", "KWD", "CHF"),
  );
  fc.assert(
    fc.property(sums, fc.constantFrom(...all), ([minor, currency], language) => {
      const bare = (text: string) => text.replace(/[^\d,.-]/gu, "");
      expect(bare(formatSum(minor, currency, language))).toBe(
        bare(formatMoney({ minor, currency }, language)),
      );
    }),
  );
});

test("decimals of currencies are those of the books", () => {
  const codes = Array.from({ length: 26 ** 3 }, (_, at) =>
    String.fromCharCode(65 + Math.floor(at / 676), 65 + (Math.floor(at / 26) % 26), 65 + (at % 26)),
  );
  expect(codes.filter((code) => sumDecimals(code) !== currencyDecimals(code))).toEqual([]);
});

test.each([
  [0n, "0", "0", "0"],
  [999n, "999", "999", "999"],
  [1_000n, "1 мың", "1 тыс.", "1K"],
  [12_449n, "12,4 мың", "12,4 тыс.", "12.4K"],
  [950_000n, "950 мың", "950 тыс.", "950K"],
  [999_499n, "999 мың", "999 тыс.", "999K"],
  [999_500n, "1 млн", "1 млн", "1M"],
  [1_240_000n, "1,2 млн", "1,2 млн", "1.2M"],
  [-1_500_000_000n, "-1,5 млрд", "-1,5 млрд", "-1.5B"],
  [2_500_000_000_000n, "2,5 трлн", "2,5 трлн", "2.5T"],
  [10n ** 16n, "10 000 трлн", "10 000 трлн", "10,000T"],
])("%s in short", (value, kk, ru, en) => {
  expect(all.map((language) => plain(formatCompact(value, language)))).toEqual([kk, ru, en]);
});

test("a short sum is rounded from the exact one, and something is never shown as nothing", () => {
  expect(plain(formatCompactSum(124_000_000n, "KZT", "kk"))).toBe("1,2 млн ₸");
  expect(formatCompactSum(-124_000_000n, "KZT", "en")).toBe("-₸1.2M");
  expect(plain(formatCompactSum(99_949n, "KZT", "ru"))).toBe("999 ₸");
  expect(plain(formatCompactSum(99_950n, "KZT", "ru"))).toBe("1 тыс. ₸");
  expect(plain(formatCompactSum(1n, "KZT", "ru"))).toBe("<1 ₸");
  expect(plain(formatCompactSum(0n, "KZT", "ru"))).toBe("0 ₸");
  const worth = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 17n }), (value) => {
      const found = /^([\d,.]+)([KMBT]?)$/u.exec(formatCompact(value, "en"));
      const shown = Number(found?.[1]?.replaceAll(",", "")) * worth[(found?.[2] ?? "") as keyof typeof worth];
      expect(Math.abs(shown - Number(value)) / Number(value)).toBeLessThanOrEqual(0.0501);
    }),
  );
});

test("counts are grouped; counts above 2^53 stay exact", () => {
  expect(all.map((language) => plain(formatCount(12_400, language)))).toEqual(["12 400", "12 400", "12,400"]);
  expect(formatCount(9_007_199_254_740_993n, "en")).toBe("9,007,199,254,740,993");
  expect(plain(formatCount(-1234, "ru"))).toBe("-1 234");
});

test("a percent never claims all for less, nor nothing for something", () => {
  expect(all.map((language) => plain(formatPercent(123n, 1000n, language)))).toEqual([
    "12,3%",
    "12,3 %",
    "12.3%",
  ]);
  expect(plain(formatPercent(1n, 3n, "ru", 0))).toBe("33 %");
  expect(plain(formatPercent(99_999n, 100_000n, "ru"))).toBe("99,9 %");
  expect(plain(formatPercent(1n, 100_000n, "ru"))).toBe("<0,1 %");
  expect(plain(formatPercent(-1n, 2n, "ru"))).toBe("-50,0 %");
  expect(formatPercent(0n, 5n, "en")).toBe("0.0%");
  expect(formatPercent(5n, 5n, "en")).toBe("100.0%");
  expect(formatPercent(5n, 0n, "en")).toBe("–");
});
