import { assert, bigInt, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { formatDecimal } from "#domain/funds/money.ts";
import { answerClaim, parseClaim } from "./claim.ts";
import type { Figures } from "./statement.ts";

const figures: Figures = {
  raised: [{ currency: "KZT", minor: "124000000", donations: 96 }],
  refunded: [],
  spent: [{ currency: "KZT", minor: "420285000", payments: 17 }],
  spentByCategory: {},
  coveredFromGeneral: [],
  balance: [{ currency: "KZT", minor: "-5" }],
  confirmedByBoth: 0,
};

test.each([
  ["31000000 KZT raised", 3_100_000_000n],
  ["31 000 000 KZT received", 3_100_000_000n],
  ["31\u00a0000\u00a0000,50 KZT spent", 3_100_000_050n],
  ["915.00 EUR returned", 91_500n],
  ["500 JPY left", 500n],
])("%s is read", (text, minor) => expect(parseClaim(text)?.minor).toBe(minor));

test.each([
  "",
  "31000000",
  "31,000,000 KZT raised",
  "3 10 KZT raised",
  "1.234 KZT raised",
  "1 kzt raised",
  "1 KZT stolen",
  "-1 KZT raised",
  "1 KZT raised ",
  "1 KZT constructor",
])("%j could be read in two ways, or in none, and is refused", (text) =>
  expect(parseClaim(text)).toBeUndefined(),
);

test("a false claim is answered with the true sum of what it speaks of", () => {
  const answer = (text: string) =>
    answerClaim(text, parseClaim(text) ?? { minor: 0n, currency: "", what: "raised" }, figures);
  expect(answer("31000000 KZT raised")).toEqual({
    asserted: "31000000 KZT raised",
    found: "1240000 KZT raised",
    agrees: false,
  });
  expect(answer("1240000 KZT received").agrees).toBe(true);
  expect(answer("1 KZT returned")).toMatchObject({ found: "0 KZT returned", agrees: false });
  expect(answer("4202850.00 KZT spent").agrees).toBe(true);
  expect(answer("5 EUR raised").found).toBe("0 EUR raised");
});

test("what a figure says is itself a claim that agrees", () => {
  assert(
    property(
      bigInt({ min: 0n, max: 10n ** 15n }),
      constantFrom("KZT", "EUR", "JPY", "KWD"),
      (minor, currency) => {
        const text = `${formatDecimal(minor, currency)} ${currency} raised`;
        const parsed = parseClaim(text);
        const of = { ...figures, raised: [{ currency, minor: minor.toString(), donations: 1 }] };
        expect(parsed === undefined ? undefined : answerClaim(text, parsed, of).agrees).toBe(true);
      },
    ),
  );
});
