import type { BankLine } from "#domain/funds/bank-line.ts";
import { addDays } from "#domain/funds/dates.ts";
import type { TestStatement } from "./books.ts";

/** What a bank knows: its rows in the order in which they happened. */
export type BankRow = {
  readonly day: number;
  readonly signedMinor: bigint;
  readonly reference?: string;
  readonly memo?: string;
};

export const account = "KZ00TEST0001";
const start = "2025-01-01";
const opening = 1_000_000n;

export type SliceOptions = {
  readonly format?: string;
  readonly hasReferences?: boolean;
  readonly hasBalances?: boolean;
  readonly name?: string;
};

/** A file of the bank: rows `from` up to `to` (not included), with the balances before and after them. */
export function slice(
  rows: readonly BankRow[],
  from: number,
  to: number,
  options: SliceOptions = {},
): TestStatement {
  const { format = "1c", hasReferences = true, hasBalances = true } = options;
  const name = options.name ?? `${format}-${from}-${to}`;
  const before = rows.slice(0, from).reduce((sum, row) => sum + row.signedMinor, opening);
  const part = rows.slice(from, to);
  const after = part.reduce((sum, row) => sum + row.signedMinor, before);
  return {
    name,
    account,
    format,
    head: {
      currency: "KZT",
      opening: hasBalances ? before : null,
      closing: hasBalances ? after : null,
      from: part[0] === undefined ? null : addDays(start, part[0].day),
      to: part.at(-1) === undefined ? null : addDays(start, part.at(-1)?.day ?? 0),
      problems: [],
    },
    rows: part.map((row, i) =>
      bankLine(row, i + 1, hasReferences ? `${format} ${row.reference ?? from + i}` : undefined),
    ),
  };
}

export function bankLine(row: BankRow, number: number, reference: string | undefined): BankLine {
  return {
    row: number,
    date: addDays(start, row.day),
    direction: row.signedMinor < 0n ? "debit" : "credit",
    minor: row.signedMinor < 0n ? -row.signedMinor : row.signedMinor,
    currency: "KZT",
    reference,
    memo: row.memo,
  };
}
