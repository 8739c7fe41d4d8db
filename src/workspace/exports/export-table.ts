/**
 * A table on the screen as a file for others: CSV for programs, XLSX for people. Numbers stay numbers and days stay days; no text can
 * become a formula, because payment texts are written by strangers and opened by accountants.
 */
import { exportCsv } from "./csv.ts";
import type { ExportTable } from "./table.ts";
import { exportXlsx } from "./xlsx.ts";

export type ExportFile = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

/** More rows than that no spreadsheet opens (one is the heading); such a table can only be CSV. */
export const mostRowsInXlsx = 1_048_575;

/**
 * The table as a file; the same table always gives the same bytes, so a file can be compared with one that was handed over earlier. A table
 * with more rows than a spreadsheet holds becomes CSV whatever was asked.
 *
 * @example const { fileName, bytes } = await exportTable(table, "xlsx")
 */
export async function exportTable(table: ExportTable, format: "csv" | "xlsx"): Promise<ExportFile> {
  const name = fileNameOf(table.name);
  if (format === "csv" || table.rows.length > mostRowsInXlsx) {
    return { fileName: `${name}.csv`, mediaType: "text/csv; charset=utf-8", bytes: exportCsv(table) };
  }
  const mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return { fileName: `${name}.xlsx`, mediaType, bytes: await exportXlsx(table) };
}

/** What no file system takes becomes a blank; Kazakh and Russian letters stay. */
function fileNameOf(name: string): string {
  const plain = name.replace(/[\s\p{C}\\/:*?"<>|]+/gu, " ").replace(/^[\s.]+|[\s.]+$/gu, "");
  return Array.from(plain).slice(0, 80).join("").trim() || "table";
}
