import type { TableRow } from "#domain/funds/deciding.ts";
import { Failure } from "#session/refusals/failure.ts";
import { parseTable, type TableRefusal } from "#session/imports/table-text.ts";
import { readText } from "./files.ts";
import type { Words } from "./words/language.ts";

/** A CSV table of ours (decisions, spending, …) from a file in UTF-8. */
export function readTable(path: string, words: Words): TableRow[] {
  const parsed = parseTable(readText(path, words));
  if (parsed.ok) return parsed.value;
  const { refusal } = parsed;
  throw new Failure(codeOf(refusal), sentence(path, refusal, words), {
    details: refusal.code === "table-cells" ? { line: refusal.line } : {},
  });
}

/** Programs know these three by one code. */
function codeOf({ code }: TableRefusal): string {
  return code === "table-empty" ? code : "table-malformed";
}

function sentence(path: string, refusal: TableRefusal, words: Words): string {
  switch (refusal.code) {
    case "table-malformed":
      return words.tableMalformed(path, refusal.line, refusal.why);
    case "table-empty":
      return words.tableEmpty(path);
    case "table-column-twice":
      return words.tableColumnTwice(path, refusal.column);
    case "table-cells":
      return words.tableCells(path, refusal.line, refusal.found, refusal.wanted);
  }
}
