// Every way in which a person can go wrong ends with exit status 2, changes nothing and says what to do. Each entry of
// mistakes.ts is one mistake and the words that must help.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { expectOk } from "#record/result.ts";
import { aigaq, aigaqJson } from "./aigaq.ts";
import { sample, scratch, wordsForDecisions, written, wrongTotal } from "./mistaken-files.ts";
import { mistakes } from "./mistakes.ts";
import { clearScratch, copyOf, newFolder, sampleFolder, slow } from "./prepared.ts";

let data: string;
beforeAll(async () => {
  data = copyOf(await sampleFolder());
}, slow);
afterAll(clearScratch);

describe("a person's mistake is refused with words that help", () => {
  test.each(mistakes)("$what", async ({ words, env = {}, code, says }) => {
    const typed = words.map((word) => (word === "{data}" ? data : word));
    // With --json the same refusal is there for a program, and the words still go to the person.
    const ended = await aigaq([...typed, "--json"], { env });
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(says);
    expect(ended.err).not.toMatch(/^\s+at /mu);
    if (code === "") return;
    const { refused } = JSON.parse(ended.out);
    expect(refused).toMatchObject({ code, message: expect.any(String) });
    expect(Object.keys(refused)).toContain("line");
  });

  test("none of them left a trace on the record or a file behind", async () => {
    const { size, verdict } = await aigaqJson(["log", "check", "--data", data]);
    const { size: before } = await aigaqJson(["log", "check", "--data", copyOf(await sampleFolder())]);
    expect({ verdict, size }).toEqual({ verdict: "held", size: before });
    expect(["a.zip", "x", "shares", "tenge"].filter((name) => existsSync(join(scratch, name)))).toEqual([]);
  });
});

describe("what needs a story", () => {
  test("a statement that does not add up is imported with a named person's word, which stays beside it", async () => {
    const fresh = copyOf(await newFolder());
    const who = "Ana Primer: the bank printed the total by hand";
    const ended = await aigaq([
      "statement",
      "import",
      wrongTotal,
      "--accept-discrepancy",
      who,
      "--data",
      fresh,
    ]);
    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/1\P{L}736 rows/u) });
    const [account] = await aigaqJson(["accounts", "--data", fresh]);
    expect(account.statements).toEqual([
      { file: "wrong-total.txt", lines: 1736, opening: "125000000", closing: "1612512300" },
    ]);
  });

  test("a reference that fits two bank rows is refused with both candidates, and a date settles it", async () => {
    const row = (amount: string, day: string) =>
      `СекцияДокумент=ПлатежноеПоручение\nДатаОперации=${day}\nСуммаПриход=${amount}\nНомерДокумента=77\nПлательщикНаименование=Дана Тестов\nНазначениеПлатежа=көмек\nСумма=${amount}\nВалюта=KZT\nКонецДокумента\n`;
    const head =
      "1CClientBankExchange\nВерсияФормата=2.00\nКодировка=UTF8\nСекцияРасчСчет\nДатаНачала=01.03.2025\nДатаКонца=31.03.2025\nРасчСчет=KZ00TEST0001\nНачальныйОстаток=0.00\nВсегоПоступило=300.00\nВсегоСписано=0.00\nКонечныйОстаток=300.00\nКонецРасчСчет\n";
    const statement = written(
      "two.txt",
      `${head}${row("100.00", "02.03.2025")}${row("200.00", "03.03.2025")}КонецФайла\n`,
    );
    const fresh = copyOf(await newFolder());
    const done = async (...words: string[]) =>
      expect(await aigaq([...words, "--data", fresh])).toMatchObject({ code: 0 });
    await done("appeals", "import", sample("appeals.json"));
    await done("statement", "import", statement);
    const vague = written("vague.csv", `${wordsForDecisions}\n77,A-2025-001,donor's call,Ana\n`);
    const ended = await aigaq(["decisions", "import", vague, "--json", "--data", fresh]);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(
      /2 credits bear the reference 77.*2025-03-02.*2025-03-03.*column date or account/su,
    );
    expect(JSON.parse(ended.out).refused).toMatchObject({
      code: "reference-ambiguous",
      line: 2,
      candidates: [
        { date: "2025-03-02", minor: "10000", currency: "KZT" },
        { date: "2025-03-03", minor: "20000", currency: "KZT" },
      ],
    });
    const exact = written(
      "exact.csv",
      `${wordsForDecisions},date\n77,A-2025-001,donor's call,Ana,2025-03-03\n`,
    );
    await done("decisions", "import", exact);
    const { raised } = await aigaqJson(["funds", "show", "A-2025-001", "--data", fresh]);
    expect(raised).toEqual([{ currency: "KZT", minor: "20000", donations: 1 }]);
  });

  test("a passphrase that is guessed at once is taken from a script, with a warning that a person sees", async () => {
    const folder = join(scratch, "weak");
    const env = { AIGAQ_PASSPHRASE: "Tulip-2024" };
    const ended = await aigaq(["init", "--data", folder, "--name", "Үлгі"], { env });
    expect(ended).toMatchObject({ code: 0, err: expect.stringMatching(/12 characters/u) });
  });

  test("while another program writes, a second one is told to wait, and reading goes on", async () => {
    const busy = copyOf(await newFolder());
    await using _ = expectOk(await openSqliteStore({ folder: busy, mode: "write" }));
    const writing = await aigaq(["appeals", "import", sample("appeals.json"), "--data", busy]);
    expect(writing).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Another aigaq is writing.*Nothing was changed/su),
    });
    expect(await aigaqJson(["funds", "--data", busy])).toMatchObject({ appeals: [] });
  });
});
