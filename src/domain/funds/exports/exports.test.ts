// Other people's programs come to the same balances, and read no name that was not asked for.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Books } from "#test/books/books.ts";
import { sampleFoundation } from "#test/books/sample-foundation.ts";
import { formatDecimal } from "../money.ts";
import { appealView } from "../views.ts";
import { BeancountWriter } from "./beancount.ts";
import { CsvWriter } from "./csv.ts";
import { accountAliases, closingBalances, otherFacts, rowFact, type JournalFact } from "./facts.ts";
import { HledgerWriter } from "./hledger.ts";
import { postingsOf } from "./postings.ts";

let books: Books;
beforeAll(async () => {
  books = await sampleFoundation();
});

function factsOf(withNames: boolean): JournalFact[] {
  const alias = accountAliases(books.state);
  const rows = [...books.lines.all()].map((line) => rowFact(line, alias, { withNames }));
  return [...otherFacts(books.state, alias, { withNames }), ...rows];
}
const closings = () => closingBalances(books.state, accountAliases(books.state));

function journals(withNames: boolean): Record<"hledger" | "beancount" | "csv", string> {
  const facts = factsOf(withNames);
  const [hledger, beancount, csv] = [new HledgerWriter(), new BeancountWriter(), new CsvWriter()];
  return {
    hledger:
      hledger.head("Үлгі") + facts.map((fact) => hledger.fact(fact)).join("") + hledger.tail(closings()),
    beancount:
      beancount.head("Үлгі", "KZT") +
      facts.map((fact) => beancount.fact(fact)).join("") +
      beancount.tail(closings()),
    csv: csv.head() + facts.map((fact) => csv.fact(fact)).join(""),
  };
}

test("every transaction adds up to zero, and each fund's branch to its balance with the sign turned", () => {
  const sums = new Map<string, bigint>();
  for (const fact of factsOf(false)) {
    const postings = postingsOf(fact);
    expect(postings.reduce((sum, { minor }) => sum + minor, 0n)).toBe(0n);
    for (const { account, minor } of postings) {
      const key = `${account[1]} ${fact.currency}`;
      sums.set(key, (sums.get(key) ?? 0n) + minor);
    }
  }
  for (const appeal of books.state.appeals.keys()) {
    for (const { currency, minor } of appealView(books.state, appeal)?.balance ?? []) {
      expect(-(sums.get(`${appeal} ${currency}`) ?? 0n)).toBe(BigInt(minor));
    }
  }
  expect(sums.get("Payments KZT")).toBe(0n);
  expect(sums.get("Refunds KZT")).toBe(0n);
});

test("the bank's printed closing balances are asserted", () => {
  expect(closings()).toEqual([
    { account: "KZT-1", date: "2025-06-05", currency: "KZT", minor: 1_049_455_000n },
    expect.objectContaining({ account: "EUR-1", currency: "EUR", minor: 431_500n }),
  ]);
});

test("no donor, payee, memo, reference or account number is printed unless it was asked for", () => {
  const names = new Set<string>();
  for (const line of books.lines.all()) {
    for (const text of [line.party?.name, line.memo, line.references[0]])
      if (text !== undefined) names.add(text);
  }
  for (const { number } of books.state.accounts.values()) names.add(number ?? "");
  const plain = journals(false);
  const named = journals(true);
  for (const text of Object.values(plain)) for (const name of names) expect(text.includes(name)).toBe(false);
  for (const text of Object.values(named)) expect(text).toContain("Айгүл");
});

test("what a donor wrote cannot become an instruction of a journal or a formula of a spreadsheet", () => {
  const fact: JournalFact = {
    kind: "row",
    date: "2025-01-01",
    account: "KZT-1",
    currency: "KZT",
    direction: "credit",
    minor: 5n,
    parts: [{ to: "A-01", minor: 5n }],
    ground: "code",
    memo: '=HYPERLINK("x")\n2025-01-01 close Assets:Bank:KZT-1 ; "',
  };
  expect(new CsvWriter().fact(fact)).toContain(`"'=HYPERLINK(""x"")`);
  expect(
    new HledgerWriter()
      .fact(fact)
      .split("\n")
      .filter((line) => line.startsWith("2025")),
  ).toHaveLength(1);
  expect(
    new BeancountWriter()
      .fact(fact)
      .split("\n")
      .filter((line) => line.startsWith("2025")),
  ).toHaveLength(1);
});

describe("the peers, where they are installed", () => {
  const isThere = (program: string) => spawnSync(program, ["--version"]).status === 0;

  test.runIf(isThere("hledger"))("hledger checks the journal, strictly, and finds the same balance", () => {
    const { hledger } = journals(true);
    const run = (...args: string[]) =>
      spawnSync("hledger", ["-f", "-", ...args], { input: hledger, encoding: "utf8" });
    expect(run("check", "--strict")).toMatchObject({ status: 0, stderr: "" });
    for (const { appeal, balance } of ["A-2025-004"].flatMap((id) => appealView(books.state, id) ?? [])) {
      const total = run("bal", appeal, "--depth", "1", "-N", "--flat", "--invert", "-O", "csv").stdout;
      const sum = [...total.matchAll(/(-?[0-9.]+) KZT/gu)].reduce(
        (all, [, text = "0"]) => all + BigInt(text.replace(".", "")),
        0n,
      );
      expect(formatDecimal(sum, "KZT")).toBe(formatDecimal(BigInt(balance[0]?.minor ?? "0"), "KZT"));
    }
  });

  test.runIf(isThere("bean-check"))("bean-check finds nothing wrong", () => {
    const { beancount } = journals(true);
    const folder = mkdtempSync(join(tmpdir(), "books-"));
    const file = join(folder, "books.beancount");
    writeFileSync(file, beancount);
    const run = spawnSync("bean-check", ["--no-cache", file], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(run).toMatchObject({ status: 0, stdout: "" });
  });
});
