// Tables of any bank: columns are guessed from their headings, the guess can be corrected, and nothing is dropped.
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import type { InspectResult } from "./inspect.ts";
import { inspect } from "./inspect.ts";
import { readStatements } from "./read-statements.ts";
import { bytesSource } from "./source.ts";
import { parseColumnMap } from "./table-map.ts";
import type { BankRow, ReadOptions } from "./types.ts";
import { plainNumber } from "./xlsx.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (data: string | Uint8Array, options: ReadOptions = {}): Promise<InspectResult> =>
  inspect({ name: "file", source: bytesSource(typeof data === "string" ? bytes(data) : data) }, options);
const codes = async (data: string | Uint8Array, options: ReadOptions = {}): Promise<string[]> => {
  const result = await read(data, options);
  return result.ok
    ? result.value.flatMap((one) => one.problems.map((problem) => problem.code))
    : [`refused ${result.refusal.code}`];
};
async function rowsOf(data: string | Uint8Array, options: ReadOptions = {}): Promise<BankRow[]> {
  const rows: BankRow[] = [];
  const source = bytesSource(typeof data === "string" ? bytes(data) : data);
  for (const event of await readStatements({ name: "file", source }, options))
    if (event.kind === "rows") rows.push(...event.rows);
  return rows;
}
const brief = (row: BankRow): unknown[] => [row.date, row.direction, row.minor, row.currency];

test.each([
  [
    "Russian",
    "Дата операции;Сумма;Валюта;Назначение платежа\n01.03.2026;1 000,00;KZT;Помощь\n02.03.2026;-50,00;KZT;Комиссия\n",
  ],
  [
    "Kazakh",
    "Күні;Сомасы;Валютасы;Толығырақ\n01.03.2026;1 000,00;KZT;Көмек\n02.03.2026;-50,00;KZT;Комиссия\n",
  ],
  ["English, split", "Date,Paid out,Paid in,Currency\n2026-03-01,,1000.00,KZT\n2026-03-02,50.00,,KZT\n"],
  [
    "German with lines above",
    "Kontonummer:;KZ1\n\nBuchungstag;Verwendungszweck;Betrag (KZT)\n01.03.2026;Spende;1.000,00\n02.03.2026;Gebühr;-50,00\n",
  ],
  [
    "with a column of sides",
    "Date\tAmount\tCcy\tD/C\n2026-03-01\t1000.00\tKZT\tCR\n2026-03-02\t50.00\tKZT\tDR\n",
  ],
  ["without headings", "2026-03-01,Gift,1000.00,KZT\n2026-03-02,Fee,-50.00,KZT\n"],
  [
    "newest first",
    "Date,Amount,Currency,Balance\n2026-03-02,-50.00,KZT,950.00\n2026-03-01,1000.00,KZT,1000.00\n",
  ],
])("CSV in %s gives the same two rows", async (_what, text) => {
  expect(await codes(text)).toEqual([]);
  expect((await rowsOf(text)).map(brief)).toEqual([
    ["2026-03-01", "credit", 100000n, "KZT"],
    ["2026-03-02", "debit", 5000n, "KZT"],
  ]);
});

test("a mapping overrules the guess, by number and by heading", async () => {
  const text = "a,b,c\n2026-03-01,x,100.00\n2026-03-02,y,-5.00\n";
  expect(await codes(text)).toEqual(["refused columns-unknown"]);
  const map = parseColumnMap("date=1,amount=c,memo=2");
  expect(map.ok && (await rowsOf(text, { map: map.value })).map((row) => [row.minor, row.memo])).toEqual([
    [10000n, "x"],
    [500n, "y"],
  ]);
  expect(await codes(text, { map: { date: 1, amount: 9 } })).toEqual(["refused map-invalid"]);
  expect(parseColumnMap("sum=1")).toMatchObject({ ok: false, refusal: { code: "map-invalid" } });
});

test("a column of currencies makes a statement of each", async () => {
  const result = await read(
    "Date,Amount,Currency\n2026-03-01,100.00,EUR\n2026-03-02,-500,JPY\n2026-03-02,1.00,EUR\n",
  );
  expect(
    result.ok && result.value.map((one) => [one.currency, one.transactions, one.sumCredit, one.sumDebit]),
  ).toEqual([
    ["EUR", 2, "101.00", "0.00"],
    ["JPY", 1, "0", "500"],
  ]);
});

const table = (rows: string): string =>
  `Date,Memo,Amount,Currency,Balance\n2026-03-01,a,100.00,EUR,100.00\n${rows}2026-03-05,z,1.00,EUR,106.00\n`;
test.each([
  ["a garbled sum", "2026-03-02,b,5.0x,EUR,105.00\n", "amount-unreadable"],
  ["a garbled date", "2026-3x-02,b,5.00,EUR,105.00\n", "date-unreadable"],
  ["garbage", "@@@###,,,,\n2026-03-02,b,5.00,EUR,105.00\n", "row-unreadable"],
  ["an unquoted separator", "2026-03-02,b,c,5.00,EUR,105.00\n", "fields-too-many"],
  ["a quote never closed", '2026-03-02,"b,5.00,EUR,105.00\n', "quote-unclosed"],
  ["a wrong running balance", "2026-03-02,b,5.00,EUR,107.00\n", "running-balance-differs"],
  ["no currency", "2026-03-02,b,5.00,,105.00\n", "currency-unknown"],
  ["a balance that is none", "2026-03-02,b,5.00,EUR,1o5\n", "balance-unreadable"],
])("CSV: %s is a problem, and the row is not lost", async (_what, rows, code) => {
  const result = await read(table(rows));
  expect(await codes(table(rows))).toContain(code);
  expect(result.ok && (result.value[0]?.transactions ?? 0) >= 3).toBe(true);
});

test("a last row cut off is a problem, even where its sum alone lost digits", async () => {
  expect(await codes("Date,Memo,Amount\n2026-03-01,a,100.00\n2026-03-02,b")).toEqual(["record-incomplete"]);
  expect(await codes("Date,Amount\n2026-03-01,50000\n2026-03-02,500")).toEqual(["record-incomplete"]);
  expect(await codes("Date,Amount\n2026-03-01,50000.00\n2026-03-02,500.00")).toEqual([]);
});

test("headings alone are refused, and so is a header destroyed by a wrong encoding", async () => {
  expect(await codes("Date,Amount\n")).toEqual(["refused no-rows"]);
  expect(await codes("Ð”Ð°Ñ‚Ð°;Ð¡ÑƒÐ¼Ð¼Ð°\n01.03.2026;5\n")).toEqual(["refused wrong-encoding"]);
});

/** The smallest workbook that Excel would open; strings inline, numbers as numbers. */
function workbook(rows: readonly (readonly (string | number | null)[])[]): Uint8Array {
  const cell = (value: string | number | null): string =>
    value === null
      ? "<c/>"
      : typeof value === "number"
        ? `<c><v>${value}</v></c>`
        : `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const name = (row: number, column: number): string => `${String.fromCodePoint(65 + column)}${row + 1}`;
  const sheet = rows
    .map(
      (cells, r) =>
        `<row r="${r + 1}">${cells.map((value, c) => cell(value).replace("<c", `<c r="${name(r, c)}"`)).join("")}</row>`,
    )
    .join("");
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relations = "http://schemas.openxmlformats.org/package/2006/relationships";
  return zip({
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  });
}

function zip(files: Record<string, string>): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const body = bytes(text);
    const fields = new DataView(new ArrayBuffer(26));
    fields.setUint16(0, 20, true);
    fields.setUint32(10, crc32(body), true);
    fields.setUint32(14, body.length, true);
    fields.setUint32(18, body.length, true);
    fields.setUint16(22, name.length, true);
    const common = new Uint8Array(fields.buffer);
    const place = new DataView(new ArrayBuffer(14));
    place.setUint32(10, offset, true);
    const local = [new Uint8Array([0x50, 0x4b, 3, 4]), common, bytes(name), body];
    directory.push(
      new Uint8Array([0x50, 0x4b, 1, 2, 20, 0]),
      common,
      new Uint8Array(place.buffer),
      bytes(name),
    );
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, Object.keys(files).length, true);
  end.setUint16(10, Object.keys(files).length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Uint8Array(Buffer.concat([...parts, ...directory, new Uint8Array(end.buffer)]));
}

const own = "KZ347229999900000002";
const other = "KZ077220001000000000";
const person = ["Айгуль", "800101000000", "Резидент", "Банк", other];
const second = ["Марат", "800101000001", "Резидент", "Банк", "KZ797220001000007919"];
const fund = ["Фонд", "991340000012", "Резидент", "Банк", own];
const sides = ["Плательщик", "получатель"].flatMap((side) =>
  ["Наименование/ФИО", "ИИН/БИН", "Резидентство", "Банк", "Номер счета"].map((word) => `${word} ${side}а`),
);

test.each([
  [
    "Halyk: 19 columns, credit and debit apart",
    [
      [
        "Дата и время операции",
        "Номер документа",
        "Валюта операции",
        "Виды операции",
        "Сумма по кредиту",
        "Сумма по дебету",
        "Сумма в тенге",
        ...sides,
        "КНП",
        "Назначение платежа",
      ],
      [
        "01.03.2026 10:00:00",
        "1",
        "KZT",
        "Перевод",
        "1000,00",
        "",
        "1000,00",
        ...person,
        ...fund,
        "119",
        "Помощь",
      ],
      [
        "02.03.2026 10:00:00",
        "2",
        "KZT",
        "Перевод",
        "",
        "50,5",
        "50,5",
        ...fund,
        ...person,
        "119",
        "Возврат",
      ],
    ],
  ],
  [
    "Freedom: no purpose",
    [
      ["Дата операции", "Валюта", "Вид операции", "Сумма в валюте", "Сумма в тенге", ...sides, "КНП"],
      ["2026-03-01 10:00", "KZT", "Перевод", 1000, 1000, ...person, ...fund, "119"],
      ["2026-03-02 10:00", "KZT", "Перевод", 50.5, 50.5, ...fund, ...second, "119"],
    ],
  ],
  [
    "VTB: its own words and order of the date",
    [
      [
        "Дата проведения",
        "Код валюты",
        "Вид операций",
        "Сумма операции в валюте",
        "Сумма операции, тенге",
        ...["отправителя", "бенефициара"].flatMap((side) => [
          `ФИО/Наименование ${side}`,
          `БИН/ИИН ${side}`,
          `Признак резидентства ${side}`,
          `Банк ${side}`,
          `ИИК ${side}`,
        ]),
        "Назначение",
      ],
      ["2026/03/01", "KZT", "Перевод", "1 000,00", "1 000,00", ...person, ...fund, "Помощь"],
      ["2026/03/02", "KZT", "Перевод", "50,50", "50,50", ...fund, ...second, "Возврат"],
    ],
  ],
  [
    "a debit in dollars on a tenge account",
    [
      ["Счет:", own, null],
      ["Валюта счета:", "KZT", null],
      [
        "Дата и время операции",
        "Валюта операции",
        "Виды операции",
        "Сумма в валюте ее проведения",
        "Сумма в тенге",
        ...sides,
        "Назначение платежа",
      ],
      ["01.03.2026", "KZT", "Вх.платеж (кредит)", 1000, 1000, ...person, ...fund, "Помощь"],
      ["02.03.2026", "USD", "Исх.платеж (дебет)", 0.1, 50.5, ...fund, ...person, "Оплата"],
    ],
  ],
] as [string, (string | number | null)[][]][])("the agency's form of %s", async (_what, rows) => {
  const book = workbook(rows);
  const result = await read(book);
  expect(result.ok && result.value[0]).toMatchObject({
    format: "AFM XLSX",
    account: own,
    currency: "KZT",
    sumCredit: "1000.00",
    sumDebit: "50.50",
    problems: [],
  });
  expect((await rowsOf(book)).map((row) => [row.date, row.direction, row.counterparty?.account])).toEqual([
    ["2026-03-01", "credit", other],
    ["2026-03-02", "debit", expect.any(String)],
  ]);
});

test("a form of one row names nobody's own account: refused, unless the caller names it", async () => {
  const book = workbook([
    ["Дата", "Валюта", "Вид операции", "Сумма в валюте", "Сумма в тенге", ...sides],
    ["01.03.2026", "KZT", "Перевод", 5, 5, ...person, ...fund],
  ]);
  expect(await codes(book)).toEqual(["refused account-unknown"]);
  expect(await codes(book, { account: own })).toEqual([]);
});

test("a bank's own workbook with headings is read like a CSV", async () => {
  const book = workbook([
    ["Дата", "Приход", "Расход", "Валюта"],
    ["01.03.2026", 1019.6, null, "KZT"],
    ["02.03.2026", null, 645077.08, "KZT"],
    ["Итого", 1019.6, 645077.09, null],
  ]);
  const result = await read(book);
  expect(result.ok && result.value[0]).toMatchObject({
    format: "XLSX",
    sumCredit: "1019.60",
    sumDebit: "645077.08",
  });
  expect(await codes(book)).toEqual(["debit-turnover-differs"]);
});

test("zip trouble is refused by name", async () => {
  expect(await codes(zip({ "a.txt": "hello" }))).toEqual(["refused not-a-statement"]);
  expect(await codes(workbook([["Date", "Amount"]]).slice(0, 300))).toEqual(["refused broken-file"]);
  expect(await codes(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toEqual([
    "refused password-or-old-excel",
  ]);
});

test("Excel's binary fractions are the decimals its user saw", () => {
  expect(plainNumber("1019.5999999999999")).toBe("1019.6");
  expect(plainNumber("645077.07999999996")).toBe("645077.08");
  expect(plainNumber("6.4507708E5")).toBe("645077.08");
  expect(plainNumber("-0.1")).toBe("-0.1");
});
