import { weekBars } from "#charts/week-bars.ts";
import { Chart } from "#workspace/charts/Chart.tsx";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import type { WeekSums } from "./figures.ts";
import { appealWords } from "./words.ts";

type WeekChartProps = {
  readonly id: string;
  readonly title: string;
  readonly weeks: readonly WeekSums[];
  readonly currency: string;
};

/** What came in above the line, what went out below it, week by week. */
export function WeekChart({ id, title, weeks, currency }: WeekChartProps) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  return (
    <Chart
      language={language}
      draw={(width) =>
        weekBars({
          id,
          title,
          language,
          currency,
          width,
          series: [words.received, words.spent, words.returned],
          weeks: weeks.map(({ week, received, spent, refunded }) => ({
            week,
            values: [received, -spent, -refunded],
          })),
        })
      }
    />
  );
}
