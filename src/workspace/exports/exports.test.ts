// A donor writes "=HYPERLINK(…)" as the purpose of a payment; an accountant opens the export. And no tenge may be lost on the way.
import * as fc from "fast-check";
import readWorkbook from "read-excel-file/universal";
import { expect, test, vi } from "vitest";
import { exportTable } from "./export-table.ts";
import type { ExportCell, ExportTable } from "./table.ts";

const table: ExportTable = {
  name: "A-2025-003: шығыстар",
  columns: [
    { title: "Күні", kind: "day" },
    { title: "Мақсаты", kind: "text" },
    { title: "Сомасы", kind: "sum", currency: "KZT" },
    { title: "Саны", kind: "count" },
  ],
  rows: [
    ["2025-03-09", "Адвокатқа, «үшінші» төлем", 124_000_050n, 3],
    ["2025-02-30", "=1+1", -5n, 0],
    [null, null, null, null],
  ],
};

const csvOf = async (given: ExportTable) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode((await exportTable(given, "csv")).bytes);
const withText = (text: string): ExportTable => ({
  name: "x",
  columns: [{ title: "t", kind: "text" }],
  rows: [[text]],
});

async function read(given: ExportTable): Promise<readonly (readonly unknown[])[]> {
  const { bytes } = await exportTable(given, "xlsx");
  const [sheet] = await readWorkbook(bytes.slice().buffer);
  return sheet?.data ?? [];
}

test("CSV: a mark, CRLF, quotes where needed, points in numbers, the currency in the heading", async () => {
  expect(await csvOf(table)).toBe(
    '\ufeffКүні,Мақсаты,"Сомасы, KZT",Саны\r\n' +
      '2025-03-09,"Адвокатқа, «үшінші» төлем",1240000.50,3\r\n' +
      "2025-02-30,'=1+1,-0.05,0\r\n" +
      ",,,\r\n",
  );
  expect(await csvOf(withText('он сказал "да"\nи ушёл'))).toBe('\ufefft\r\n"он сказал ""да""\nи ушёл"\r\n');
});

test.each([
  "=1+1",
  "+7 701 000 00 00",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "  =1",
  "\u200b=1",
  '"=1',
  "＝1",
  "＋1",
  "－1",
  "＠x",
])("CSV: %j can start no formula", async (text) => {
  const line = (await csvOf(withText(text))).split("\ufefft\r\n")[1] ?? "";
  expect(line.replace(/^"/u, "")[0]).toBe("'");
});

test("CSV: nothing becomes a formula where a spreadsheet cuts at semicolons or lines instead", async () => {
  const line = await csvOf(withText("a;=1\n+2\t@x; - y"));
  expect(line).toContain("a;'=1\n'+2\t'@x;' - y");
  expect(await csvOf(withText("сбор 5-10; 7=7"))).toContain("сбор 5-10; 7=7");
});

test("CSV: reading it as RFC 4180 says gives every harmless text back", () => {
  const text = fc.string({ unit: fc.constantFrom(...'aя1,;"\n\r\t '), maxLength: 12 });
  return fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (texts) => {
      const harmless = texts.map((text) => `т${text}`);
      const columns = texts.map((_, at) => ({ title: `c${at}`, kind: "text" as const }));
      const csv = (await csvOf({ name: "x", columns, rows: [harmless] })).slice(1);
      expect(parsed(csv)[1]).toEqual(harmless);
    }),
  );
});

/** A reader by the letter of RFC 4180, to measure the writer. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gu)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
  }
  return rows;
}

test("XLSX: numbers are numbers, days are days, texts are texts", async () => {
  expect(await read(table)).toEqual([
    ["Күні", "Мақсаты", "Сомасы, KZT", "Саны"],
    [new Date("2025-03-09T00:00:00Z"), "Адвокатқа, «үшінші» төлем", 1_240_000.5, 3],
    ["2025-02-30", "=1+1", -0.05, 0],
  ]);
});

test("XLSX: no text becomes a formula; the heading is bold and stays", async () => {
  const { unzipSync, strFromU8 } = await import("fflate");
  const parts = unzipSync(
    (await exportTable({ ...table, rows: [["2025-01-01", "=cmd|' /C calc'!A0", 1n, 1]] }, "xlsx")).bytes,
  );
  const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  expect(sheet).not.toMatch(/<f[ >]/u);
  expect(sheet).toContain('state="frozen"');
  expect(sheet).toContain('<autoFilter ref="A1:D2"/>');
  expect(strFromU8(parts["xl/styles.xml"] ?? new Uint8Array())).toContain("#,##0.00");
});

test("XLSX: a sum of more digits than Excel keeps is written out as text", async () => {
  const columns = [{ title: "Σ", kind: "sum", currency: "KZT" }] as const;
  const rows = [[999_999_999_999_999n], [10n ** 15n], [-(10n ** 15n)]];
  expect((await read({ name: "x", columns, rows })).slice(1)).toEqual([
    [9_999_999_999_999.99],
    ["10000000000000.00"],
    ["-10000000000000.00"],
  ]);
});

test("XLSX: every sum below that comes back to the tiyn", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), { minLength: 1, maxLength: 20 }),
      async (sums) => {
        const columns = [{ title: "Σ", kind: "sum", currency: "KZT" }] as const;
        const [, ...rows] = await read({ name: "x", columns, rows: sums.map((sum) => [sum]) });
        expect(rows.map(([value]) => BigInt(Math.round(Number(value) * 100)))).toEqual(sums);
      },
    ),
    { numRuns: 15 },
  ));

test("XLSX: what breaks a sheet elsewhere is harmless: signs in names, long texts, control signs, no columns", async () => {
  for (const name of ["a/b\\c?*[d]:e", "'".repeat(40), "History", "", "я".repeat(60), "\u0000"]) {
    expect((await read({ ...table, name })).length, name).toBeGreaterThan(2);
  }
  const [, row] = await read(withText(`${"ж".repeat(40_000)}\u0000`));
  expect(String(row?.[0])).toHaveLength(32_767);
  expect(String(row?.[0]).endsWith(" […]")).toBe(true);
  expect((await read(withText("a\u0000b\ud800c")))[1]).toEqual(["a\ufffdb\ufffdc"]);
  expect(await read({ name: "x", columns: [], rows: [] })).toEqual([]);
  const wide = Array.from({ length: 30 }, (_, at) => ({ title: `c${at}`, kind: "text" as const }));
  expect((await read({ name: "x", columns: wide, rows: [wide.map(() => "v")] }))[1]).toHaveLength(30);
});

test("the same table gives the same bytes on another day", async () => {
  const first = await exportTable(table, "xlsx");
  vi.useFakeTimers({ now: new Date("2031-05-05T05:05:05Z") });
  const second = await exportTable(table, "xlsx");
  vi.useRealTimers();
  expect(second).toEqual(first);
});

test("files are named after the table, without signs that a disk refuses", async () => {
  expect((await exportTable(table, "xlsx")).fileName).toBe("A-2025-003 шығыстар.xlsx");
  expect((await exportTable({ ...table, name: "../..\u202e" }, "csv")).fileName).toBe("table.csv");
});

test.each([
  ["sum", 5],
  ["sum", "5"],
  ["count", 0.5],
  ["count", "1"],
  ["day", 20250309],
  ["text", 5],
] as const)("a %s column that holds %j is our bug", async (kind, cell: ExportCell) => {
  const columns = [kind === "sum" ? { title: "x", kind, currency: "KZT" } : { title: "x", kind }];
  await expect(exportTable({ name: "x", columns, rows: [[cell]] }, "csv")).rejects.toThrow("bug");
  await expect(exportTable({ name: "x", columns, rows: [[cell]] }, "xlsx")).rejects.toThrow("bug");
});
