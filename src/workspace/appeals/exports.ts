import type { ExportCell, ExportColumn as FileColumn } from "#workspace/exports/table.ts";
import type { TableExport } from "#workspace/ui/TableTools.tsx";
import type { Sum } from "./figures.ts";

/** One column of a file. A sum becomes a column for each currency that occurs: a number with its unit in the heading. */
export type ExportColumn<Row> = {
  readonly title: string;
  readonly value: (row: Row) => string | Sum | undefined;
};

const formats = [
  ["csv", "CSV"],
  ["xlsx", "Excel (XLSX)"],
] as const;

/** The menu "Download" of a table: the rows in the order on the screen. */
export function tableExports<Row>(
  name: string,
  columns: readonly ExportColumn<Row>[],
): readonly TableExport<Row>[] {
  return formats.map(([format, label]) => ({
    label,
    download: (rows) => void saveTable(name, format, rows, columns),
  }));
}

async function saveTable<Row>(
  name: string,
  format: "csv" | "xlsx",
  rows: readonly Row[],
  columns: readonly ExportColumn<Row>[],
): Promise<void> {
  const { exportTable } = await import("#workspace/exports/export-table.ts");
  const made = columns.flatMap((column) => fileColumns(rows, column));
  const { fileName, mediaType, bytes } = await exportTable(
    {
      name,
      columns: made.map(({ column }) => column),
      rows: rows.map((row) => made.map(({ cell }) => cell(row))),
    },
    format,
  );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mediaType }));
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

type Made<Row> = { readonly column: FileColumn; readonly cell: (row: Row) => ExportCell };

function fileColumns<Row>(rows: readonly Row[], { title, value }: ExportColumn<Row>): readonly Made<Row>[] {
  const currencies = new Set<string>();
  let isDays = rows.length > 0;
  for (const row of rows) {
    const found = value(row);
    if (typeof found === "object") currencies.add(found.currency);
    else if (found !== undefined && !/^\d{4}-\d{2}-\d{2}$/u.test(found)) isDays = false;
  }
  if (currencies.size === 0) {
    const kind = isDays ? "day" : "text";
    return [{ column: { title, kind }, cell: (row) => textOf(value(row)) }];
  }
  return [...currencies].map((currency) => ({
    column: { title, kind: "sum" as const, currency },
    cell: (row: Row) => {
      const found = value(row);
      return typeof found === "object" && found.currency === currency ? found.minor : null;
    },
  }));
}

const textOf = (found: string | Sum | undefined): string | null => (typeof found === "string" ? found : null);
