// Other people's bookkeeping programs accept the books and add them up to the same balances. Where hledger or beancount is not
// installed the claim is skipped, and says so; `npm test` installs both.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJson, readTable } from "#test/books/sample-files.ts";
import { aigaqDone } from "./aigaq.ts";
import { clearScratch, sampleFolder, scratchFolder, slow } from "./prepared.ts";

const has = (program: string) => spawnSync("which", [program]).status === 0;
const lacking = ["hledger", "bean-check"].filter((program) => !has(program));
if (lacking.length > 0)
  console.warn(`skipped: ${lacking.join(", ")} not installed; apt-get install hledger beancount`);

const scratch = scratchFolder();
const journal = join(scratch, "books.journal");
const beancount = join(scratch, "books.beancount");
const csv = join(scratch, "books.csv");
const named = join(scratch, "named.csv");
const answers = readJson("answers.json");

beforeAll(async () => {
  const data = await sampleFolder();
  const write = (format: string, out: string, ...more: string[]) =>
    aigaqDone(["export", format, "--out", out, "--data", data, ...more]);
  await write("hledger", journal);
  await write("beancount", beancount);
  await write("csv", csv);
  await write("csv", named, "--with-names");
}, slow);
afterAll(clearScratch);

/** "306037400" tiyn -> "3060374.00". */
function decimal(minor: bigint): string {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, "0");
  return `${minor < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Sums of a program's own, as "Assets:Bank:KZT-1 KZT" -> minor units. */
function sums(program: string, words: readonly string[]): Map<string, bigint> {
  const text = execFileSync(program, [...words], { encoding: "utf8" });
  return new Map(
    text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => {
        const [account, currency, sum = ""] = line.split(",").map((cell) => cell.replaceAll('"', "").trim());
        const [whole = "", part = ""] = sum.split(".");
        return [`${account} ${currency}`, BigInt(whole + part.padEnd(2, "0"))];
      }),
  );
}

/** What `funds --json` says, found in the other program's sums. */
function expectTheAnswers(found: ReadonlyMap<string, bigint>): void {
  const kzt = BigInt(answers.statements["kzt-2.1c.txt"].closing);
  const eur = BigInt(answers.statements["eur.camt053.xml"].closing);
  expect([found.get("Assets:Bank:KZT-1 KZT"), found.get("Assets:Bank:EUR-1 EUR")]).toEqual([kzt, eur]);
  const ofFund = (fund: string, currency: string, pattern = /./u) =>
    [...found]
      .filter(([name]) => name.split(":")[1] === fund && name.endsWith(` ${currency}`) && pattern.test(name))
      .reduce((sum, [, minor]) => sum - minor, 0n);
  for (const { appeal, raised, refunded, spent, coveredFromGeneral, balance } of answers.appeals) {
    const shown = (pattern: RegExp) => (one: { currency: string }) =>
      `${appeal} ${decimal(ofFund(appeal, one.currency, pattern))}`;
    const wanted = (sign: bigint) => (one: { minor: string }) =>
      `${appeal} ${decimal(sign * BigInt(one.minor))}`;
    expect(raised.map(shown(/:Received/u))).toEqual(raised.map(wanted(1n)));
    expect(refunded.map(shown(/:Refunded/u))).toEqual(refunded.map(wanted(-1n)));
    expect(spent.map(shown(/^Expenses/u))).toEqual(spent.map(wanted(-1n)));
    expect(coveredFromGeneral.map(shown(/:Cover/u))).toEqual(coveredFromGeneral.map(wanted(1n)));
    expect(balance.map(shown(/./u))).toEqual(balance.map(wanted(1n)));
  }
  expect(ofFund("General", "KZT", /:Received/u)).toBe(BigInt(answers.general.minor));
}

describe("hledger", () => {
  test.skipIf(!has("hledger"))("checks the journal without a complaint", () => {
    execFileSync("hledger", ["check", "-f", journal], { stdio: "pipe" });
  });

  test.skipIf(!has("hledger"))("adds up to the bank's balances and to every figure of every appeal", () => {
    expectTheAnswers(
      sums("hledger", ["bal", "-f", journal, "--flat", "-N", "-E", "-O", "csv", "--layout", "bare"]),
    );
  });
});

describe("beancount", () => {
  test.skipIf(!has("bean-check"))(
    "checks the ledger without a complaint, the bank's balances included",
    () => {
      const run = spawnSync("bean-check", [beancount], { encoding: "utf8" });
      expect(run.stdout + run.stderr).toBe("");
      expect(run.status).toBe(0);
      expect(readFileSync(beancount, "utf8")).toMatch(/^\d{4}-\d\d-\d\d balance /mu);
    },
  );

  test.skipIf(!has("bean-query"))(
    "adds up to the bank's balances and to every figure of every appeal",
    () => {
      const query = "select account, currency, sum(number) group by account, currency";
      expectTheAnswers(sums("bean-query", ["-f", "csv", beancount, query]));
    },
  );
});

describe("names", () => {
  const payees = new Set(readTable("spending.csv").map(({ values }) => values["payee"] ?? ""));

  test("stay out of every export unless asked for", () => {
    for (const path of [journal, beancount, csv]) {
      const text = readFileSync(path, "utf8");
      for (const secret of [...payees, "KZ617229999900000007", "Айгүл", "көмек"])
        expect(text).not.toContain(secret);
    }
  });

  test("are there when the foundation's own bookkeeper asks with --with-names", () => {
    const text = readFileSync(named, "utf8");
    for (const name of [...payees, "Айгүл Мысалова"]) expect(text).toContain(name.replaceAll('"', '""'));
  });
});
