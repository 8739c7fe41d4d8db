import type { Language } from "#language/language.ts";
import type { ExportCell, ExportColumn, ExportTable } from "#workspace/exports/table.ts";
import type { PeriodReport } from "./calls.ts";
import type { periodWords } from "./words.ts";

type PeriodWords = (typeof periodWords)["en"];

/** One line of the report: an appeal in one currency. */
export type ReportRow = {
  readonly appeal: string;
  readonly title: string;
  readonly currency: string;
  readonly received: bigint;
  readonly gifts: number;
  readonly returned: bigint;
  readonly spent: bigint;
  readonly covered: bigint;
  readonly balance: bigint;
};

/** The report's appeals line by line; those without any movement in the period are left out. */
export function reportRows(report: PeriodReport, language: Language): ReportRow[] {
  return report.appeals.flatMap((view) => {
    const currencies = new Set(
      [view.raised, view.refunded, view.spent, view.coveredFromGeneral]
        .flat()
        .map(({ currency }) => currency),
    );
    const of = (list: readonly { readonly currency: string; readonly minor: string }[], currency: string) =>
      BigInt(list.find((one) => one.currency === currency)?.minor ?? "0");
    return [...currencies].map((currency) => ({
      appeal: view.appeal,
      title: report.titles.get(view.appeal)?.[language] ?? "",
      currency,
      received: of(view.raised, currency),
      gifts: view.raised.find((one) => one.currency === currency)?.donations ?? 0,
      returned: of(view.refunded, currency),
      spent: of(view.spent, currency),
      covered: of(view.coveredFromGeneral, currency),
      balance: of(view.balance, currency),
    }));
  });
}

/** As a file for others: a column for each sum in each currency, because a sum column is of one currency. */
export function reportTable(report: PeriodReport, words: PeriodWords, language: Language): ExportTable {
  const rows = reportRows(report, language);
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  const sums = ["received", "returned", "spent", "covered", "balance"] as const;
  const columns: ExportColumn[] = [
    { title: words.appeal, kind: "text" },
    { title: words.titleColumn, kind: "text" },
    { title: words.count, kind: "count" },
    ...currencies.flatMap((currency) =>
      sums.map((sum): ExportColumn => ({ title: words[sum], kind: "sum", currency })),
    ),
  ];
  const byAppeal = Map.groupBy(rows, ({ appeal }) => appeal);
  return {
    name: words.fileName(report.from, report.to),
    columns,
    rows: [...byAppeal].map(([appeal, own]): ExportCell[] => [
      appeal,
      own[0]?.title ?? "",
      own.reduce((count, { gifts }) => count + gifts, 0),
      ...currencies.flatMap((currency) => {
        const row = own.find((one) => one.currency === currency);
        return sums.map((sum): ExportCell => row?.[sum] ?? null);
      }),
    ]),
  };
}
