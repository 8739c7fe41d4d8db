import { formatDecimal } from "#domain/funds/money.ts";
import type { Language } from "#language/language.ts";
import type { TableExport } from "#workspace/ui/TableTools.tsx";
import type { Sum } from "./figures.ts";

/** One column of a file: a text, or a sum whose number and currency become two columns. */
export type ExportColumn<Row> = {
  readonly title: string;
  readonly value: (row: Row) => string | Sum | undefined;
};

/** The menu "Download" of a table: the rows in the order on the screen. */
export function tableExports<Row>(
  file: string,
  _language: Language,
  _title: string,
  columns: readonly ExportColumn<Row>[],
): readonly TableExport<Row>[] {
  return [{ label: "CSV", download: (rows) => void saveCsv(file, rows, columns) }];
}

async function saveCsv<Row>(
  file: string,
  rows: readonly Row[],
  columns: readonly ExportColumn<Row>[],
): Promise<void> {
  const { default: papa } = await import("papaparse");
  const data = rows.map((row) =>
    columns.map(({ value }) => {
      const found = value(row);
      return typeof found === "object" ? formatDecimal(found.minor, found.currency) : (found ?? "");
    }),
  );
  const text = papa.unparse(
    { fields: columns.map(({ title }) => title), data },
    // A memo that begins with "=" would be run by the program that opens the file.
    { escapeFormulae: true, newline: "\r\n" },
  );
  save(`${file}.csv`, new Blob(["\ufeff", text], { type: "text/csv" }));
}

function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
