import { formatMinor } from "./amount.ts";
import type { StatementFile } from "./read-statements.ts";
import { readStatements } from "./read-statements.ts";
import type { Format, Problem, ReadOptions, StatementRefusal } from "./types.ts";

/** One statement as `aigaq statement inspect --json` prints it; amounts are decimal strings, unknown values null. */
export type Inspection = {
  readonly format: Format;
  readonly account: string | null;
  readonly currency: string | null;
  readonly opening: string | null;
  readonly closing: string | null;
  readonly transactions: number;
  readonly sumCredit: string;
  readonly sumDebit: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly balancesReconcile: boolean | null;
  readonly problems: readonly Problem[];
};

export type InspectResult =
  | { readonly ok: true; readonly value: readonly Inspection[] }
  | { readonly ok: false; readonly refusal: StatementRefusal };

/** Reads the whole file and says what it holds, without keeping a row. The command line exits 2 on a refusal. */
export async function inspect(file: StatementFile, options: ReadOptions = {}): Promise<InspectResult> {
  const statements: { readonly index: number; readonly inspection: Inspection }[] = [];
  for (const event of await readStatements(file, options)) {
    if (event.kind === "refused") return { ok: false, refusal: event.refusal };
    if (event.kind !== "end") continue;
    const { totals, problems } = event;
    const { opening, closing } = totals;
    const inspection: Inspection = {
      format: totals.format,
      account: totals.account,
      currency: totals.currency,
      opening: opening === null ? null : formatMinor(opening.minor, opening.currency),
      closing: closing === null ? null : formatMinor(closing.minor, closing.currency),
      transactions: totals.transactions,
      sumCredit: formatMinor(totals.credits.minor, totals.sumCurrency),
      sumDebit: formatMinor(totals.debits.minor, totals.sumCurrency),
      from: totals.from,
      to: totals.to,
      balancesReconcile: totals.balancesReconcile,
      problems,
    };
    statements.push({ index: totals.index, inspection });
  }
  statements.sort((a, b) => a.index - b.index);
  return { ok: true, value: statements.map(({ inspection }) => inspection) };
}
