import type { BankLine } from "#domain/funds/bank-line.ts";
import type { BankRow } from "#statements/types.ts";

/** Rows of a batch by the statement they belong to, as the books take them. */
export function byStatement(rows: readonly BankRow[]): Iterable<readonly [number, readonly BankLine[]]> {
  const first = rows[0]?.statement ?? 0;
  // Nearly always a batch is of one statement, and a row of a file already is a row of the books.
  if (rows.every((row) => row.statement === first && row.date !== "")) return [[first, rows]];
  const groups = new Map<number, BankLine[]>();
  for (const row of rows) {
    const line = row.date === "" ? { ...row, date: null } : row;
    const group = groups.get(row.statement);
    if (group === undefined) groups.set(row.statement, [line]);
    else group.push(line);
  }
  return groups;
}
