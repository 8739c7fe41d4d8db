// Every sample file of real and synthetic banks gives the balances, sums and rows that an independent reader found.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatMinor, parseDecimal } from "./amount.ts";
import type { Inspection } from "./inspect.ts";
import { inspect } from "./inspect.ts";
import { readStatements } from "./read-statements.ts";
import { bytesSource } from "./source.ts";
import type { BankRow } from "./types.ts";

const folder = new URL("../../test/samples/bank/", import.meta.url);
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const json = <T>(name: string): Record<string, T> => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

type Figures = {
  account?: string | null;
  n: number;
  cr: string;
  dr: string;
  open?: string | null;
  close?: string | null;
  cur?: string | null;
  balances_reconcile?: boolean;
};
type Expected = {
  format: string;
  transactions: number;
  sum_credit: string;
  sum_debit: string;
  currency?: string;
  statements?: Figures[];
};
type ExpectedKz = Omit<Expected, "format"> & {
  opening: string;
  closing: string;
  account: string | null;
  rows: { date: string; amount: string }[];
};

/** "14700" and "14700.00" are one sum. */
function value(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const decimal = parseDecimal(text, ".");
  if (decimal === undefined) return text;
  const digits = `${decimal.digits}${"0".repeat(6 - decimal.scale)}`;
  return `${decimal.negative ? "-" : ""}${BigInt(digits)}`;
}

function figures(found: Inspection): Record<string, unknown> {
  return {
    account: found.account,
    n: found.transactions,
    cr: value(found.sumCredit),
    dr: value(found.sumDebit),
    open: value(found.opening),
    close: value(found.closing),
    cur: found.currency,
  };
}

for (const [name, expected] of Object.entries(json<Expected>("expected.json"))) {
  test(`${name} gives the expected statements`, async () => {
    const result = await inspect({ name, source: bytesSource(bytesOf(name)) });
    if (!result.ok) throw new Error(result.refusal.message);
    for (const statement of result.value) expect(statement.format).toBe(expected.format);
    if (expected.statements === undefined) {
      expect(result.value.reduce((sum, one) => sum + one.transactions, 0)).toBe(expected.transactions);
      if (expected.transactions === 0) return;
      const [only] = result.value;
      expect([value(only?.sumCredit), value(only?.sumDebit), only?.currency]).toEqual([
        value(expected.sum_credit),
        value(expected.sum_debit),
        expected.currency,
      ]);
      return;
    }
    expect(result.value.map(figures)).toEqual(
      expected.statements.map((one) => ({
        account: one.account ?? null,
        n: one.n,
        cr: value(one.cr),
        dr: value(one.dr),
        open: value(one.open),
        close: value(one.close),
        cur: one.cur ?? null,
      })),
    );
    expect(result.value.map((one) => one.balancesReconcile)).toEqual(
      expected.statements.map((one) => one.balances_reconcile ?? null),
    );
  });
}

for (const [name, expected] of Object.entries(json<ExpectedKz>("kz-expected.json"))) {
  test(`${name} gives the expected rows, oldest first, with no problem`, async () => {
    const rows: BankRow[] = [];
    for (const event of await readStatements({ name, source: bytesSource(bytesOf(name)) }, {})) {
      if (event.kind === "rows") rows.push(...event.rows);
      if (event.kind === "end") expect(event.problems).toEqual([]);
    }
    const result = await inspect({ name, source: bytesSource(bytesOf(name)) });
    const [only] = result.ok ? result.value : [];
    expect(only === undefined ? null : figures(only)).toEqual({
      account: expected.account,
      n: expected.transactions,
      cr: value(expected.sum_credit),
      dr: value(expected.sum_debit),
      open: value(expected.opening),
      close: value(expected.closing),
      cur: expected.currency,
    });
    expect(rows.map((row) => row.row)).toEqual(rows.map((_, i) => i + 1));
    expect(
      rows.map((row) => ({
        date: row.date,
        amount: `${row.direction === "debit" ? "-" : ""}${row.minor === null ? "?" : formatMinor(row.minor, row.currency)}`,
      })),
    ).toEqual(expected.rows.map(({ date, amount }) => ({ date, amount })));
  });
}
