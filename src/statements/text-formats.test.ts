// Each way in which a text statement can contradict itself is named; the file is still read. What is no statement is
// refused with a code.
import { expect, test } from "vitest";
import type { InspectResult } from "./inspect.ts";
import { inspect } from "./inspect.ts";
import { readStatements } from "./read-statements.ts";
import { bytesSource } from "./source.ts";
import type { BankRow, ReadOptions } from "./types.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, options: ReadOptions = {}): Promise<InspectResult> =>
  inspect({ name: "file", source: bytesSource(bytes(text)) }, options);

async function codes(text: string, options: ReadOptions = {}): Promise<string[]> {
  const result = await read(text, options);
  if (!result.ok) return [`refused ${result.refusal.code}`];
  return result.value.flatMap((one) => one.problems.map((problem) => problem.code));
}

async function rowsOf(text: string, options: ReadOptions = {}): Promise<BankRow[]> {
  const rows: BankRow[] = [];
  for (const event of await readStatements({ name: "file", source: bytesSource(bytes(text)) }, options)) {
    if (event.kind === "rows") rows.push(...event.rows);
  }
  return rows;
}

const own = "KZ617229999900000007";
const section = (opening: string, closing: string, credit: string, debit: string): string =>
  `СекцияРасчСчет\nДатаНачала=01.03.2026\nДатаКонца=31.03.2026\nРасчСчет=${own}\nНачальныйОстаток=${opening}\nВсегоПоступило=${credit}\nВсегоСписано=${debit}\nКонечныйОстаток=${closing}\nКонецРасчСчет\n`;
const gift = (sum: string, extra = ""): string =>
  `СекцияДокумент=ПлатежноеПоручение\nДатаОперации=02.03.2026\nСуммаПриход=${sum}\nНомерДокумента=1\nПлательщикИИК=KZ11\nПолучательИИК=${own}\n${extra}Валюта=KZT\nКонецДокумента\n`;
const oneC = (...parts: string[]): string =>
  `1CClientBankExchange\nВерсияФормата=2.00\nРасчСчет=${own}\n${parts.join("")}КонецФайла\n`;

test("a sound 1C file has no problem", async () => {
  expect(await codes(oneC(section("0.00", "10.00", "10.00", "0.00"), gift("10.00")))).toEqual([]);
});

test.each([
  [
    "a turnover that the rows do not give",
    oneC(section("0.00", "20.00", "20.00", "0.00"), gift("10.00")),
    "credit-turnover-differs",
  ],
  [
    "balances that the rows do not give",
    oneC(section("0.00", "20.00", "20.00", "0.00"), gift("10.00")),
    "balance-differs",
  ],
  [
    "a section that contradicts itself",
    oneC(section("0.00", "11.00", "10.00", "0.00"), gift("10.00")),
    "section-differs",
  ],
  ["a sum that is no sum", oneC(section("0.00", "0.00", "0.00", "0.00"), gift("1O.00")), "amount-unreadable"],
  [
    "a sum finer than the currency",
    oneC(section("0.00", "0.00", "0.00", "0.00"), gift("10.001")),
    "amount-too-fine",
  ],
  ["two sums in one document", oneC(gift("10.00", "Сумма=11.00\n")), "amount-contradicts"],
  ["a date that is no date", oneC(gift("10.00").replace("02.03", "32.03")), "date-unreadable"],
  [
    "a row outside the period",
    oneC(section("0.00", "10.00", "10.00", "0.00"), gift("10.00").replace("02.03", "02.04")),
    "date-outside-period",
  ],
  ["a document without its end", oneC(gift("10.00").replace("КонецДокумента\n", "")), "record-incomplete"],
  [
    "a section without its end",
    oneC(section("0", "0", "0", "0").replace("КонецРасчСчет\n", ""), gift("10.00")),
    "section-unclosed",
  ],
  ["a file without its end", oneC(gift("10.00")).replace("КонецФайла\n", ""), "end-missing"],
  ["a garbled line", oneC(gift("10.00", "#### 12 ####\n")), "line-unreadable"],
  [
    "a credit by account printed as a debit",
    oneC(gift("10.00").replace("Приход", "Расход")),
    "direction-contradicts",
  ],
  [
    "a document with neither accounts nor dates",
    oneC("СекцияДокумент=X\nСумма=5\nДата=02.03.2026\nКонецДокумента\n"),
    "direction-unknown",
  ],
  [
    "a balance that is no number",
    oneC(section("0,0,0x", "10.00", "10.00", "0.00"), gift("10.00")),
    "balance-unreadable",
  ],
  [
    "letters lost in a purpose",
    oneC(gift("10.00", "НазначениеПлатежа=\uFFFD\uFFFD\uFFFD\n")),
    "text-garbled",
  ],
  ["another account than the caller's", oneC(gift("10.00")), "account-differs", { account: "KZ999" }],
] as [string, string, string, ReadOptions?][])("1C: %s is a problem", async (_what, text, code, options) => {
  expect(await codes(text, options)).toContain(code);
});

test("1C: a row whose sum cannot be read counts as a row and adds nothing", async () => {
  const result = await read(oneC(gift("x"), gift("10.00")));
  expect(result.ok && result.value[0]).toMatchObject({ transactions: 2, sumCredit: "10.00" });
});

test("1C: a section per day chains, and a break in the chain is seen", async () => {
  const day = (n: number, opening: string, closing: string): string =>
    section(opening, closing, "10.00", "0.00").replace("01.03", `0${n}.03`).replace("31.03", `0${n}.03`);
  const dated = (n: number): string => gift("10.00").replace("02.03", `0${n}.03`);
  const sound = oneC(day(1, "0.00", "10.00"), day(2, "10.00", "20.00"), dated(1), dated(2));
  expect(await codes(sound)).toEqual([]);
  expect(await codes(oneC(day(1, "0.00", "10.00"), day(2, "15.00", "25.00"), dated(1), dated(2)))).toContain(
    "chain-broken",
  );
});

test("1C: a transfer between two accounts of the file is a row in both, and values keep their '='", async () => {
  const other = "KZ617229999900000008";
  const text = oneC(`РасчСчет=${other}\n`, gift("10.00", "НазначениеПлатежа=A=B\n").replace("KZ11", other));
  const rows = await rowsOf(text);
  expect(rows.map((row) => [row.statement, row.direction, row.minor, row.memo])).toEqual([
    [0, "credit", 1000n, "A=B"],
    [1, "debit", 1000n, "A=B"],
  ]);
});

test("1C: two equal gifts stay two rows", async () => {
  expect(await rowsOf(oneC(gift("10.00"), gift("10.00")))).toHaveLength(2);
});

test("1C: without any account of its own the file is refused, unless the caller names it", async () => {
  const bare = oneC(gift("10.00")).replace(`РасчСчет=${own}\n`, "");
  expect(await codes(bare)).toEqual(["refused account-unknown"]);
  expect(await codes(bare, { account: own })).toEqual([]);
});

const mt = (lines: string): string => `:20:X\n:25:123\n:28C:1/1\n:60F:C260301EUR100,00\n${lines}-\n`;

test("MT940: RC lowers and RD raises the balance, and DR with a figure is a debit with funds code R", async () => {
  const text = mt(
    ":61:2603010301RC10,00NTRFA\n:61:2603010301RD5,NTRFB\n:61:2603010301DR20,00NTRFC\n:61:2603010301CR30NTRFD\n:62F:C260302EUR105,00\n",
  );
  expect(await codes(text)).toEqual([]);
  expect((await rowsOf(text)).map((row) => [row.direction, row.minor])).toEqual([
    ["debit", 1000n],
    ["credit", 500n],
    ["debit", 2000n],
    ["credit", 3000n],
  ]);
});

test.each([
  ["no closing balance", mt(":61:260301C10,NTRFA\n"), "end-missing"],
  ["a closing balance without currency", mt(":62F:C260302100,00\n"), "balance-unreadable"],
  ["a booked line that is none", mt(":61:2603XXC10,NTRFA\n:62F:C260302EUR100,00\n"), "row-unreadable"],
  [
    "a booked line with a garbled mark",
    mt(":61:260301C10,NTRFA\n:6#:260301C5,NTRFA\n:62F:C260302EUR110,00\n"),
    "line-unreadable",
  ],
  [
    "a row after the closing balance",
    mt(":62F:C260302EUR100,00\n:61:260301C10,NTRFA\n"),
    "row-after-closing",
  ],
  ["two closing balances", mt(":62F:C260302EUR100,00\n:62F:C260302EUR101,00\n"), "balance-contradicts"],
  ["an expected payment", mt(":61:260301EC10,NTRFA\n:62F:C260302EUR110,00\n"), "entry-not-booked"],
  ["a further page", mt(":62M:C260302EUR100,00\n"), "more-pages"],
  ["a month 13", mt(":61:261301C10,NTRFA\n:62F:C260302EUR110,00\n"), "date-unreadable"],
  [
    "printed sums that differ",
    ":20:X\n:25:1\n:34F:EUR0,\n:61:260301C10,NTRFA\n:90C:2EUR11,00\n-\n",
    "credit-count-differs",
  ],
] as const)("MT940/942: %s is a problem", async (_what, text, code) => {
  expect(await codes(text)).toContain(code);
});

const camt = (inside: string): string =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE1</IBAN></Id><Ccy>EUR</Ccy></Acct>${inside}</Stmt></BkToCstmrStmt></Document>`;
const entry = (
  amount: string,
  more = "<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-01</Dt></BookgDt>",
): string => `<Ntry><Amt Ccy="EUR">${amount}</Amt>${more}</Ntry>`;

test("CAMT: a reversal keeps the direction that the entry prints", async () => {
  const text = camt(
    entry(
      "5.00",
      "<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts><ValDt><Dt>2026-03-01</Dt></ValDt>",
    ),
  );
  expect(await codes(text)).toEqual([]);
  expect((await rowsOf(text))[0]).toMatchObject({ direction: "debit", minor: 500n, date: "2026-03-01" });
});

test.each([
  ["a broken amount", camt(entry("5,0.0x")), "amount-unreadable"],
  ["an amount finer than a cent", camt(entry("5.005")), "amount-too-fine"],
  ["no direction", camt(entry("5.00", "<BookgDt><Dt>2026-03-01</Dt></BookgDt>")), "direction-unknown"],
  [
    "a pending entry",
    camt(entry("5.00", "<CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2026-03-01</Dt></BookgDt>")),
    "entry-not-booked",
  ],
  ["no date", camt(entry("5.00", "<CdtDbtInd>CRDT</CdtDbtInd>")), "date-unreadable"],
  [
    "a wrong summary",
    camt(
      `<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>9</Sum></TtlNtries></TxsSummry>${entry("5.00")}`,
    ),
    "count-differs",
  ],
  [
    "a wrong total",
    camt(`<TxsSummry><TtlNtries><Sum>9</Sum></TtlNtries></TxsSummry>${entry("5.00")}`),
    "turnover-differs",
  ],
  ["broken XML", camt(`${entry("5.00")}<Bad <Tag></Bad>`), "xml-malformed"],
  ["a cut file", camt(entry("5.00")).slice(0, -20), "end-missing"],
  ["another currency", camt(entry("5.00") + entry("6.00").replace("EUR", "USD")), "currency-mixed"],
  [
    "pages to come",
    camt(`<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>${entry("5.00")}`),
    "more-pages",
  ],
] as const)("CAMT: %s is a problem", async (_what, text, code) => {
  expect(await codes(text)).toContain(code);
});

test("a CAMT without a statement is refused; an OFX or MT940 without one is an empty list", async () => {
  expect(
    await codes(
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt/></Document>',
    ),
  ).toEqual(["refused no-statement"]);
  expect(await read("OFXHEADER:100\n\n<OFX></OFX>\n")).toEqual({ ok: true, value: [] });
  expect(await read(":NS:\n")).toEqual({ ok: true, value: [] });
});

test("OFX: a decimal comma, a repeated FITID and entities are read; a torn transaction is a problem", async () => {
  const trn = "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260301<TRNAMT>1234,5<FITID>1<NAME>A &amp; B</STMTTRN>";
  const file = (rows: string): string =>
    `OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>${rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n`;
  expect((await rowsOf(file(trn + trn))).map((row) => [row.minor, row.memo])).toEqual([
    [123450n, "A & B"],
    [123450n, "A & B"],
  ]);
  expect(await codes(file(trn.replace("</STMTTRN>", "") + trn))).toEqual(["record-incomplete"]);
});

test.each([
  ["nothing", "", "empty-file"],
  ["blanks", " \n\n", "empty-file"],
  ["a login page", "<!DOCTYPE html><html><body>Login</body></html>", "html-page"],
  ["a letter", "Dear Sir,\nplease find attached nothing at all.\n", "not-a-statement"],
  ["a payment order", '<?xml version="1.0"?><Invoice xmlns="urn:x"></Invoice>', "not-a-statement"],
  ["a picture", "\u0089PNG\u0000\u0000\u0000", "binary-file"],
  ["a 1C file with nothing in it", "1CClientBankExchange\nВерсияФормата=1.02\nКонецФайла\n", "no-statement"],
  [
    "a 1C file cut in its head",
    "1CClientBankExchange\nВерсияФормата=1.02\nСекцияРасчСчет\nНачальн",
    "cut-off",
  ],
  [
    "1C keys in question marks",
    "1CClientBankExchange\n?????????????=1.02\n?????????=Windows\n??????????????\n",
    "wrong-encoding",
  ],
  [
    "1C keys in mojibake",
    "1CClientBankExchange\nР’РµСЂСЃРёСЏР¤РѕСЂРјР°С‚Р°=1.02\nРљРѕРґРёСЂРѕРІРєР°=Windows\n",
    "wrong-encoding",
  ],
] as const)("%s is refused", async (_what, text, code) => {
  expect(await codes(text)).toEqual([`refused ${code}`]);
});

const kaspi = (words: {
  title: string;
  account: string;
  has: string;
  kinds: [string, string];
  head: string;
  rows: [string, string];
}): string =>
  `${words.title} Kaspi Gold 01.08.26 - 31.08.26\n${words.account} KZ077229999900000003\n${words.has} 31.08.26: +\u00A01\u00A0500,00 ₸\n${words.has} 01.08.26 + 1 000,00 ₸\n${words.kinds[0]} + 700,00 ₸\n${words.kinds[1]} \u2212 200,00 ₸\n${words.has} 31.08.26 + 1 500,00 ₸\n${words.head}\n12.08.26 \u2212 200,00 ₸ ${words.rows[1]} Shop\n(- 14 000,00 KRW)\n11.08.26 + 700,00 ₸ ${words.rows[0]} Айгуль К.\n`;

test.each([
  [
    "Russian",
    {
      title: "ВЫПИСКА по",
      account: "Номер счета:",
      has: "Доступно на",
      kinds: ["Пополнения", "Покупки"],
      head: "Дата Сумма Операция Детали",
      rows: ["Пополнение", "Покупка"],
    },
  ],
  [
    "Kazakh",
    {
      title: "ҮЗІНДІ",
      account: "Шот нөмірі:",
      has: "Қолжетімді",
      kinds: ["Толықтырулар", "Сатып алулар"],
      head: "Күні Сомасы Операция Толығырақ",
      rows: ["Толықтыру", "Сатып алу"],
    },
  ],
  [
    "English",
    {
      title: "STATEMENT",
      account: "Account number:",
      has: "Card balance",
      kinds: ["Replenishments", "Purchases"],
      head: "Date Amount Transaction Details",
      rows: ["Replenishment", "Purchases"],
    },
  ],
] as [string, Parameters<typeof kaspi>[0]][])(
  "Kaspi Gold in %s: newest first on paper, oldest first for us",
  async (_language, words) => {
    const text = kaspi(words);
    const result = await read(text);
    expect(result.ok && result.value[0]).toMatchObject({
      opening: "1000.00",
      closing: "1500.00",
      balancesReconcile: true,
      problems: [],
      from: "2026-08-01",
      to: "2026-08-31",
    });
    expect((await rowsOf(text)).map((row) => [row.date, row.direction, row.minor, row.kind])).toEqual([
      ["2026-08-11", "credit", 70000n, words.rows[0]],
      ["2026-08-12", "debit", 20000n, words.rows[1]],
    ]);
    expect(await codes(text.replace("700,00 ₸\n", "701,00 ₸\n"))).toContain("kind-sum-differs");
    expect(await codes(text.replace("11.08.26 + 700", "11.0#.26 + 700"))).toContain("row-unreadable");
  },
);
