import Papa from "papaparse";
import type { TableRow } from "#domain/funds/deciding.ts";
import { Failure } from "#session/failure.ts";
import { readText } from "./files.ts";
import type { Words } from "./words/language.ts";

/**
 * A CSV table of ours (decisions, spending, …): UTF-8, a heading row, comma or semicolon. Rows keep the line they stand
 * on, for messages; a row with too many or too few cells is refused rather than read askew.
 */
export function readTable(path: string, words: Words): TableRow[] {
  const text = readText(path, words).replace(/^\uFEFF/u, "");
  const parsed = Papa.parse<string[]>(text, { delimitersToGuess: [",", ";", "\t"], skipEmptyLines: false });
  const broken = parsed.errors.find((error) => error.type === "Quotes");
  if (broken !== undefined)
    throw new Failure("table-malformed", words.tableMalformed(path, (broken.row ?? 0) + 1, broken.message));
  const [heading, ...body] = parsed.data;
  if (heading === undefined || heading.every((cell) => cell.trim() === ""))
    throw new Failure("table-empty", words.tableEmpty(path));
  const columns = heading.map((cell) => cell.trim().toLowerCase());
  const twice = columns.find((column, i) => column !== "" && columns.indexOf(column) !== i);
  if (twice !== undefined) throw new Failure("table-malformed", words.tableColumnTwice(path, twice));
  let line = 1 + newlinesIn(heading);
  return body.flatMap((cells) => {
    line += 1;
    const at = line;
    line += newlinesIn(cells);
    if (cells.length === 1 && cells[0]?.trim() === "") return [];
    if (cells.length !== columns.length)
      throw new Failure("table-malformed", words.tableCells(path, at, cells.length, columns.length), {
        details: { line: at },
      });
    return [{ line: at, values: Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""])) }];
  });
}

/** A quoted cell may hold line breaks; the rows after it stand further down. */
function newlinesIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\n/gu)?.length ?? 0), 0);
}
