import { formatCount } from "#language/numbers.ts";
import { formatSum } from "#language/sums.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import type { ClosedAppeal } from "./calls.ts";
import { periodWords } from "./words.ts";

/** What is or becomes public of a week, appeal by appeal, to the last number. */
export function CloseFigures({
  figures,
  caption,
}: {
  readonly figures: readonly ClosedAppeal[];
  readonly caption: string;
}) {
  const words = useWords(periodWords);
  const { language } = useLanguage();
  const count = (number: number) => formatCount(number, language);
  const columns: Column<ClosedAppeal>[] = [
    {
      id: "appeal",
      title: words.appeal,
      card: "head",
      cell: (one) => `${one.appeal} ${one.title[language] ?? ""}`.trim(),
    },
    { id: "count", title: words.count, isNumeric: true, cell: (one) => count(one.count), width: "8rem" },
    {
      id: "sum",
      title: words.sum,
      isNumeric: true,
      card: "side",
      cell: (one) => <Money minor={one.minor} currency={one.currency} />,
      width: "11rem",
    },
    {
      id: "classes",
      title: words.classes,
      cell: (one) =>
        one.classes.length === 0 ? (
          "–"
        ) : (
          <ul className="period-classes">
            {one.classes.map(({ minor, count: of }) => (
              <li key={String(minor)}>
                {words.classOf(count(of), formatSum(minor, one.currency, language))}
              </li>
            ))}
          </ul>
        ),
      width: "14rem",
    },
    {
      id: "pooled",
      title: words.pooled,
      cell: (one) =>
        one.pooled === null
          ? "–"
          : words.pooledOf(count(one.pooled.count), formatSum(one.pooled.minor, one.currency, language)),
      width: "16rem",
    },
    {
      id: "carried",
      title: words.carriedColumn,
      isNumeric: true,
      cell: (one) => (one.carried === 0 ? "–" : count(one.carried)),
      width: "7rem",
    },
  ];
  return (
    <DataTable
      caption={caption}
      rows={figures}
      columns={columns}
      rowKey={(one) => `${one.appeal} ${one.currency}`}
    />
  );
}
