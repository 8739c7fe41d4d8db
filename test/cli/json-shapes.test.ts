// What programs read: the members of every --json answer, by name, as the issue of this part promises them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aigaq, aigaqJson } from "./aigaq.ts";
import {
  clearScratch,
  copyOf,
  foundation,
  newFolder,
  sampleFolder,
  scratchFolder,
  slow,
} from "./prepared.ts";

const scratch = scratchFolder();
afterAll(clearScratch);

describe("statement inspect", () => {
  test("prints one object for each statement, sums as decimal strings", async () => {
    const list = await aigaqJson(["statement", "inspect", join(foundation, "eur.camt053.xml")]);
    expect(list).toEqual([
      {
        format: "CAMT",
        account: "ME25505000012345678951",
        currency: "EUR",
        opening: "0.00",
        closing: "4315.00",
        transactions: 40,
        sumCredit: "4315.00",
        sumDebit: "0.00",
        from: expect.stringMatching(/^\d{4}-\d\d-\d\d$/u),
        to: expect.stringMatching(/^\d{4}-\d\d-\d\d$/u),
        balancesReconcile: true,
        problems: [],
      },
    ]);
    expect(Object.keys(list[0])).toEqual([
      "format",
      "account",
      "currency",
      "opening",
      "closing",
      "transactions",
      "sumCredit",
      "sumDebit",
      "from",
      "to",
      "balancesReconcile",
      "problems",
    ]);
  });

  test("shows a fault with exit status 0, its line and what it is", async () => {
    const torn = join(scratch, "torn.txt");
    writeFileSync(
      torn,
      "1CClientBankExchange\nВерсияФормата=2.00\nКодировка=UTF8\nСекцияРасчСчет\nДатаНачала=01.03.2025\nДатаКонца=31.03.2025\nРасчСчет=KZ00TEST0001\nНачальныйОстаток=0.00\nВсегоПоступило=10.00\nВсегоСписано=0.00\nКонечныйОстаток=10.00\nКонецРасчСчет\nСекцияДокумент=ПлатежноеПоручение\nДатаОперации=02.03.2025\nСуммаПриход=1x.00\nСумма=1x.00\nНомерДокумента=1\nКонецДокумента\nКонецФайла\n",
    );
    const [one] = await aigaqJson(["statement", "inspect", torn]);
    expect(one).toMatchObject({ transactions: 1, sumCredit: "0.00", balancesReconcile: false });
    expect(one.problems.length).toBeGreaterThan(0);
    for (const problem of one.problems) expect(Object.keys(problem)).toEqual(["code", "line", "message"]);
  });

  test("refuses what is no statement with exit status 2 and says why", async () => {
    const letter = join(scratch, "letter.txt");
    writeFileSync(letter, "Dear bank,\n");
    const ended = await aigaq(["statement", "inspect", letter, "--json"]);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.out)).toEqual({
      refused: { code: "not-a-statement", message: expect.any(String), line: expect.any(Number) },
    });
  });

  test("needs no data folder and no passphrase", async () => {
    const words = ["statement", "inspect", join(foundation, "kzt-1.1c.txt")];
    const ended = await aigaq(words, { env: { AIGAQ_PASSPHRASE: undefined }, cwd: scratch });
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining("KZ617229999900000007") });
  });
});

describe("questions to the books", () => {
  let data: string;
  beforeAll(async () => {
    data = await sampleFolder();
  }, slow);

  test("funds, of all and of a period", async () => {
    const all = await aigaqJson(["funds", "--data", data]);
    expect(Object.keys(all)).toEqual([
      "appeals",
      "allAppealsRaised",
      "general",
      "notYetKnown",
      "distinctLines",
    ]);
    const words = ["funds", "--from", "2025-02-01", "--to", "2025-06-30", "--data", data];
    const period = await aigaqJson(words);
    expect(period).toMatchObject({ from: "2025-02-01", to: "2025-06-30" });
    // The period holds all gifts of the sample, so its figures are the whole.
    expect(period.appeals.map((one: { raised: unknown }) => one.raised)).toEqual(
      all.appeals.map((one: { raised: unknown }) => one.raised),
    );
  });

  test("funds show has exactly the members that were promised, in a fixed order", async () => {
    const one = await aigaqJson(["funds", "show", "A-2025-003", "--data", data]);
    expect(Object.keys(one)).toEqual([
      "appeal",
      "raised",
      "refunded",
      "spent",
      "spentByCategory",
      "coveredFromGeneral",
      "balance",
      "confirmedByBoth",
    ]);
  });

  test("eight posts of six appeals: what a post asked and what its appeal received stand apart", async () => {
    const first = await aigaqJson(["funds", "--post", "P-003", "--data", data]);
    const repost = await aigaqJson(["funds", "--post", "P-007", "--data", data]);
    expect(first.asked).toEqual({ currency: "KZT", minor: "387500000" });
    expect(repost).toMatchObject({ kind: "repost", sharesAppealWith: [{ post: "P-003" }] });
    expect(repost.received).toEqual(first.received);
    expect(repost.received.raised).toEqual([{ currency: "KZT", minor: "124000000", donations: 96 }]);
  });

  test("accounts and unmatched", async () => {
    const [account] = await aigaqJson(["accounts", "--data", data]);
    expect(Object.keys(account)).toEqual(["account", "currency", "statements", "frozen"]);
    expect(Object.keys(await aigaqJson(["unmatched", "--data", data]))).toEqual(
      expect.arrayContaining(["debits", "payments", "refunds", "credits", "decisions", "confirmations"]),
    );
  });

  test("log check lists every check with its verdict", async () => {
    const report = await aigaqJson(["log", "check", "--data", copyOf(data)]);
    expect(Object.keys(report)).toEqual(["verdict", "size", "checks"]);
    for (const check of report.checks)
      expect(Object.keys(check)).toEqual(["code", "subject", "verdict", "reason"]);
  });
});

test(
  "what is imported is told to programs as well",
  async () => {
    const data = copyOf(await newFolder());
    const list = await aigaqJson(["appeals", "import", join(foundation, "appeals.json"), "--data", data]);
    expect(list).toMatchObject({ added: 6, unchanged: 0, waiting: 0 });
    const statement = ["statement", "import", join(foundation, "eur.camt053.xml"), "--data", data];
    const first = await aigaqJson(statement);
    expect(first).toMatchObject([{ file: "eur.camt053.xml", status: "new", lines: 40, fresh: 40 }]);
    expect(await aigaqJson(statement)).toMatchObject([{ status: "done", fresh: 0 }]);
  },
  slow,
);
