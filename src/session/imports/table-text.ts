import Papa from "papaparse";
import type { TableRow } from "#domain/funds/deciding.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";

/**
 * Why a text is no table of ours. `line` counts from 1. `table-cells` has `found` and `wanted`, `table-column-twice` the
 * name in `column`, `table-malformed` the reader's own words in `why`.
 */
export type TableRefusal =
  | (Refusal<"table-malformed"> & { readonly line: number; readonly why: string })
  | Refusal<"table-empty">
  | (Refusal<"table-column-twice"> & { readonly column: string })
  | (Refusal<"table-cells"> & { readonly line: number; readonly found: number; readonly wanted: number });

/**
 * A CSV table of ours (decisions, spending, …): a heading row, comma or semicolon. Rows keep the line they stand on, for
 * messages; a row with too many or too few cells is refused rather than read askew.
 *
 * @example parseTable("date,rate\n2025-06-09,587.35") // ok: [{ line: 2, values: { date: "2025-06-09", rate: "587.35" } }]
 */
export function parseTable(text: string): Result<TableRow[], TableRefusal> {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/u, ""), {
    delimitersToGuess: [",", ";", "\t"],
    skipEmptyLines: false,
  });
  const broken = parsed.errors.find((error) => error.type === "Quotes");
  if (broken !== undefined) {
    const line = (broken.row ?? 0) + 1;
    const why = broken.message;
    return refuse({ code: "table-malformed", line, why, message: `line ${line}: ${why}` });
  }
  const [heading, ...body] = parsed.data;
  if (heading === undefined || heading.every((cell) => cell.trim() === ""))
    return refuse({ code: "table-empty", message: "the table is empty; its first line names the columns" });
  const columns = heading.map((cell) => cell.trim().toLowerCase());
  const twice = columns.find((column, i) => column !== "" && columns.indexOf(column) !== i);
  if (twice !== undefined)
    return refuse({
      code: "table-column-twice",
      column: twice,
      message: `the column "${twice}" stands in the first line twice`,
    });
  let line = 1 + newlinesIn(heading);
  const rows: TableRow[] = [];
  for (const cells of body) {
    line += 1;
    const at = line;
    line += newlinesIn(cells);
    if (cells.length === 1 && cells[0]?.trim() === "") continue;
    if (cells.length !== columns.length) {
      const [found, wanted] = [cells.length, columns.length];
      return refuse({
        code: "table-cells",
        line: at,
        found,
        wanted,
        message: `line ${at}: ${found} cells where the first line has ${wanted}`,
      });
    }
    rows.push({
      line: at,
      values: Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""])),
    });
  }
  return ok(rows);
}

/** A quoted cell may hold line breaks; the rows after it stand further down. */
function newlinesIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\n/gu)?.length ?? 0), 0);
}
