/** What an export is made from. */

/** A column. A sum column holds one currency, which its heading names; of several currencies each gets a column. */
export type ExportColumn =
  | { readonly title: string; readonly kind: "text" | "day" | "count" }
  | { readonly title: string; readonly kind: "sum"; readonly currency: string };

/**
 * What a cell holds: texts and `YYYY-MM-DD` days as strings, sums in minor units as bigint, counts as whole numbers; null is empty. A value of
 * another kind than its column is our bug and throws.
 */
export type ExportCell = string | number | bigint | null;

export type ExportTable = {
  /** Name of the sheet and of the file: "A-2025-003 шығыстар". */
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  readonly rows: readonly (readonly ExportCell[])[];
};

/** The heading of a column, with the currency that its bare numbers are in. */
export function headingOf(column: ExportColumn): string {
  return column.kind === "sum" ? `${column.title}, ${column.currency}` : column.title;
}
