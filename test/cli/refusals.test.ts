// Every way in which a person can go wrong ends with exit status 2, changes nothing and says what to do. Each line of the
// tables below is one mistake and the words that must help.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { expectOk } from "#record/result.ts";
import { aigaq, aigaqJson, type Surroundings } from "./aigaq.ts";
import {
  clearScratch,
  copyOf,
  foundation,
  newFolder,
  sampleFolder,
  scratchFolder,
  slow,
} from "./prepared.ts";

const sample = (name: string) => join(foundation, name);
const scratch = scratchFolder();
let data: string;

beforeAll(async () => {
  data = copyOf(await sampleFolder());
}, slow);
afterAll(clearScratch);

/** Writes a file that a person might have and gives its path. */
function written(name: string, content: string | Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

const firstStatement = readFileSync(sample("kzt-1.1c.txt"), "utf8");
const notAStatement = written("letter.txt", "Dear bank,\nplease send us our statement.\n");
const wrongTotal = written(
  "wrong-total.txt",
  firstStatement.replace("КонечныйОстаток=16125122.00", "КонечныйОстаток=16125123.00"),
);
const cutOff = written("cut-off.txt", firstStatement.slice(0, 3000));
const ruined = written("ruined.txt", firstStatement.replace(/[а-яё]/giu, "?"));
const wordsForDecisions = "bank_reference,appeal,ground,decided_by";

type Mistake = { what: string; words: string[]; code: string; says: RegExp; env?: Surroundings["env"] };

/** `{data}` stands for the sample foundation's folder. */
const mistakes: Mistake[] = [
  // what is typed
  {
    what: "a command that does not exist",
    words: ["found"],
    code: "",
    says: /no command "found".*aigaq help/su,
  },
  {
    what: "a flag that does not exist",
    words: ["funds", "--dta", "x"],
    code: "usage",
    says: /--dta.*usage: aigaq funds/su,
  },
  { what: "no data folder named", words: ["funds"], code: "usage", says: /--data.*usage/su },
  {
    what: "no appeal named",
    words: ["funds", "show", "--data", "{data}"],
    code: "usage",
    says: /APPEAL.*usage/su,
  },
  {
    what: "one word too many",
    words: ["accounts", "all", "--data", "{data}"],
    code: "usage",
    says: /all.*usage/su,
  },
  {
    what: "two questions at once",
    words: ["funds", "--post", "P-001", "--case", "C-1", "--data", "{data}"],
    code: "usage",
    says: /--post, --case/u,
  },
  {
    what: "a period without its end",
    words: ["funds", "--from", "2025-02-01", "--data", "{data}"],
    code: "usage",
    says: /--from and --to/u,
  },
  {
    what: "a day that no calendar has",
    words: ["funds", "--from", "2025-02-30", "--to", "2025-03-01", "--data", "{data}"],
    code: "date-malformed",
    says: /2025-02-30.*YYYY-MM-DD/u,
  },
  {
    what: "a period that ends before it begins",
    words: ["funds", "--from", "2025-04-01", "--to", "2025-03-01", "--data", "{data}"],
    code: "date-malformed",
    says: /before it begins/u,
  },
  {
    what: "a column map with an unknown field",
    words: ["statement", "inspect", notAStatement, "--map", "sum=3"],
    code: "map-malformed",
    says: /sum=3.*FIELD is one of date, amount/u,
  },
  // who asks
  {
    what: "a wrong passphrase",
    words: ["funds", "--data", "{data}"],
    env: { AIGAQ_PASSPHRASE: "korrekt pferd batterie" },
    code: "wrong-passphrase",
    says: /keyboard layout/u,
  },
  {
    what: "no passphrase and no terminal",
    words: ["funds", "--data", "{data}"],
    env: { AIGAQ_PASSPHRASE: undefined },
    code: "passphrase-missing",
    says: /AIGAQ_PASSPHRASE/u,
  },
  {
    what: "a passphrase that is guessed at once",
    words: ["init", "--data", join(scratch, "weak"), "--name", "Үлгі"],
    env: { AIGAQ_PASSPHRASE: "Tulip-2024" },
    code: "passphrase-too-short",
    says: /at least 12 characters/u,
  },
  {
    what: "a member who has no keys here",
    words: ["funds", "--as", "M-09", "--data", "{data}"],
    code: "member-unknown",
    says: /M-09/u,
  },
  {
    what: "a folder without a record",
    words: ["funds", "--data", join(scratch, "nowhere")],
    code: "data-folder-missing",
    says: /aigaq init/u,
  },
  {
    what: "a folder that holds a record already",
    words: ["init", "--data", "{data}", "--name", "Other"],
    code: "data-folder-taken",
    says: /never overwritten/u,
  },
  {
    what: "a currency that is none",
    words: ["init", "--data", join(scratch, "tenge"), "--name", "Үлгі", "--currency", "tenge"],
    code: "currency-unknown",
    says: /TENGE/u,
  },
  // bank files
  {
    what: "a file that is not there",
    words: ["statement", "import", join(scratch, "nope.txt"), "--data", "{data}"],
    code: "file-missing",
    says: /no such file/u,
  },
  {
    what: "a folder instead of a file",
    words: ["statement", "import", scratch, "--data", "{data}"],
    code: "file-unreadable",
    says: /folder/u,
  },
  {
    what: "a letter instead of a statement",
    words: ["statement", "import", notAStatement, "--data", "{data}"],
    code: "not-a-statement",
    says: /line 1.*1C, MT940, CAMT/su,
  },
  {
    what: "a statement ruined by a wrong re-encoding",
    words: ["statement", "import", ruined, "--data", "{data}"],
    code: "",
    says: /line|encod|letters/iu,
  },
  {
    what: "a closing balance that the rows do not give",
    words: ["statement", "import", wrongTotal, "--data", "{data}"],
    code: "discrepancy-not-accepted",
    says: /Nothing was imported.*statement inspect.*16125123/su,
  },
  {
    what: "a statement that is cut off",
    words: ["statement", "import", cutOff, "--data", "{data}"],
    code: "discrepancy-not-accepted",
    says: /cut off/u,
  },
  {
    what: "an accepted discrepancy without a name and a reason",
    words: ["statement", "import", wrongTotal, "--accept-discrepancy", "fine", "--data", "{data}"],
    code: "acceptance-malformed",
    says: /"Name: why"/u,
  },
  {
    what: "a statement that does not say whose it is",
    words: [
      "statement",
      "import",
      written("bare.csv", "Date;Amount;Purpose\n2025-03-01;100.00;gift\n2025-03-02;50.00;gift\n"),
      "--data",
      "{data}",
    ],
    code: "account-missing",
    says: /--account NUMBER/u,
  },
  // tables
  {
    what: "a table with a row askew",
    words: [
      "decisions",
      "import",
      written("askew.csv", `${wordsForDecisions}\nC07000006,A-2025-001,call\n`),
      "--data",
      "{data}",
    ],
    code: "table-malformed",
    says: /line 2: 3 cells where the first line has 4/u,
  },
  {
    what: "an empty table",
    words: ["decisions", "import", written("empty.csv", ""), "--data", "{data}"],
    code: "table-empty",
    says: /first line names the columns/u,
  },
  {
    what: "a table that lacks a column",
    words: [
      "spending",
      "import",
      written("narrow.csv", "id,date\nS-2025-900,2025-03-01\n"),
      "--data",
      "{data}",
    ],
    code: "column-missing",
    says: /appeal/u,
  },
  {
    what: "a table in another encoding",
    words: [
      "decisions",
      "import",
      written("ansi.csv", Uint8Array.of(0xcf, 0xf0, 0xe8, 0x0a)),
      "--data",
      "{data}",
    ],
    code: "file-not-utf8",
    says: /UTF-8/u,
  },
  {
    what: "an appeal that is not on the record",
    words: ["funds", "show", "A-2025-999", "--data", "{data}"],
    code: "appeal-unknown",
    says: /Known: A-2025-001/u,
  },
  {
    what: "a decision for an unknown appeal",
    words: [
      "decisions",
      "import",
      written("unknown.csv", `${wordsForDecisions}\nC07000006,A-2025-999,call,Ana\n`),
      "--data",
      "{data}",
    ],
    code: "appeal-unknown",
    says: /line 2.*A-2025-999/u,
  },
  {
    what: "a decision against what stands",
    words: [
      "decisions",
      "import",
      written("against.csv", `${wordsForDecisions}\nC07000006,A-2025-001,call,Ana\n`),
      "--data",
      "{data}",
    ],
    code: "decision-conflicts",
    says: /C07000006.*A-2025-006.*correct that first/u,
  },
  {
    what: "a payment that differs from the recorded one",
    words: [
      "spending",
      "import",
      written("changed.csv", readFileSync(sample("spending.csv"), "utf8").replace("309800.00", "309900.00")),
      "--data",
      "{data}",
    ],
    code: "spending-changed",
    says: /S-2025-020.*minor.*void/su,
  },
  {
    what: "receipts that the folder lacks",
    words: ["spending", "import", sample("spending.csv"), "--attach", scratch, "--data", "{data}"],
    code: "receipts-missing",
    says: /R-0020\.pdf.*Nothing was recorded/su,
  },
  {
    what: "a confirmation that claims proof without a document",
    words: [
      "confirmations",
      "import",
      written("claimed.csv", "spending,role,date,how\nS-2025-020,lawyer,2025-03-05,signed\n"),
      "--data",
      "{data}",
    ],
    code: "confirmation-without-proof",
    says: /document/u,
  },
  {
    what: "a refund greater than the gift",
    words: [
      "refunds",
      "import",
      written(
        "too-much.csv",
        "bank_reference,date,amount,currency,reason\nC07000006,2025-05-20,99999999.00,KZT,x\n",
      ),
      "--data",
      "{data}",
    ],
    code: "refund-exceeds-gift",
    says: /more would be returned than was given/u,
  },
  {
    what: "JSON that is cut off",
    words: ["appeals", "import", written("cut.json", '{"appeals": ['), "--data", "{data}"],
    code: "json-malformed",
    says: /not JSON/u,
  },
  {
    what: "an appeal whose words were changed",
    words: [
      "appeals",
      "import",
      written("changed.json", readFileSync(sample("appeals.json"), "utf8").replace("Court costs", "Costs")),
      "--data",
      "{data}",
    ],
    code: "appeal-changed",
    says: /A-2025-006.*title.*as donors read them/su,
  },
  {
    what: "a post for an unknown appeal",
    words: [
      "posts",
      "import",
      written(
        "posts.json",
        readFileSync(sample("posts.json"), "utf8")
          .replaceAll("A-2025-006", "A-2025-999")
          .replace("P-006", "P-906"),
      ),
      "--data",
      "{data}",
    ],
    code: "appeal-unknown",
    says: /A-2025-999/u,
  },
  // questions and answers
  {
    what: "a post that is not on the record",
    words: ["funds", "--post", "P-999", "--data", "{data}"],
    code: "post-unknown",
    says: /P-999/u,
  },
  {
    what: "a case that is not on the record",
    words: ["funds", "--case", "C-2025-001", "--data", "{data}"],
    code: "case-unknown",
    says: /C-2025-001/u,
  },
  {
    what: "a dossier about nothing in particular",
    words: ["dossier", "make", "--out", join(scratch, "a.zip"), "--data", "{data}"],
    code: "usage",
    says: /--appeal, --post, --case/u,
  },
  {
    what: "a dossier about an unknown appeal",
    words: ["dossier", "make", "--appeal", "A-2025-999", "--out", join(scratch, "a.zip"), "--data", "{data}"],
    code: "",
    says: /does not know/u,
  },
  {
    what: "a dossier over an existing file",
    words: ["dossier", "make", "--appeal", "A-2025-003", "--out", notAStatement, "--data", "{data}"],
    code: "file-exists",
    says: /nothing is overwritten/u,
  },
  {
    what: "a dossier that is not there",
    words: ["dossier", "verify", join(scratch, "nope.zip")],
    code: "file-missing",
    says: /no such file/u,
  },
  {
    what: "an export in an unknown format",
    words: ["export", "excel", "--out", join(scratch, "x"), "--data", "{data}"],
    code: "format-unknown",
    says: /hledger, beancount or csv/u,
  },
  {
    what: "an export over an existing file",
    words: ["export", "csv", "--out", notAStatement, "--data", "{data}"],
    code: "file-exists",
    says: /nothing is overwritten/u,
  },
  {
    what: "an export into a folder that is not there",
    words: ["export", "csv", "--out", join(scratch, "no/x.csv"), "--data", "{data}"],
    code: "file-unwritable",
    says: /ENOENT|folder/u,
  },
  // money of the present
  {
    what: "a sum that is none",
    words: [
      "cover",
      "give",
      "A-2025-006",
      "--amount",
      "12,5,0",
      "--currency",
      "KZT",
      "--date",
      "2025-03-01",
      "--decision",
      "minutes 4",
      "--data",
      "{data}",
    ],
    code: "amount-malformed",
    says: /309800\.00/u,
  },
  {
    what: "a payment from a frozen account",
    words: [
      "spending",
      "reserve",
      "S-2025-901",
      "--appeal",
      "A-2025-001",
      "--category",
      "court_fee",
      "--amount",
      "100.00",
      "--currency",
      "KZT",
      "--payee",
      "Court",
      "--date",
      "2025-06-20",
      "--from",
      "KZ617229999900000007",
      "--data",
      "{data}",
    ],
    code: "account-frozen",
    says: /frozen since 2025-06-09/u,
  },
  {
    what: "an approval of a payment that is not there",
    words: ["spending", "approve", "S-2025-999", "--data", "{data}"],
    code: "spending-unknown",
    says: /S-2025-999/u,
  },
  {
    what: "a week that is none",
    words: ["close", "2025-99", "--data", "{data}"],
    code: "week-malformed",
    says: /2025-W10/u,
  },
  {
    what: "a correction of an entry that is not there",
    words: ["correct", "99999", "--reason", "typo", "--data", "{data}"],
    code: "entry-unknown",
    says: /99999/u,
  },
  {
    what: "a correction without a reason",
    words: ["correct", "5", "--data", "{data}"],
    code: "usage",
    says: /--reason/u,
  },
  {
    what: "a recovery quorum of one",
    words: [
      "recovery",
      "split",
      "--trustees",
      "3",
      "--quorum",
      "1",
      "--out",
      join(scratch, "shares"),
      "--data",
      "{data}",
    ],
    code: "quorum-impossible",
    says: /at least 2/u,
  },
  {
    what: "a member without a name",
    words: ["members", "add", "--data", "{data}"],
    code: "usage",
    says: /--name NAME/u,
  },
];

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
    expect(
      ["a.zip", "x", "shares", "weak", "tenge"].filter((name) => existsSync(join(scratch, name))),
    ).toEqual([]);
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
