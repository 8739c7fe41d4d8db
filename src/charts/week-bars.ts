import { formatDayOfYear, daysOfWeek, formatWeek } from "#language/dates.ts";
import { chartWords } from "./chart-words.ts";
import { seriesFill, seriesPatterns } from "./colours.ts";
import {
  exactValue,
  fontSize,
  lineHeight,
  rectangle,
  shortValue,
  words,
  type ChartOptions,
  type Drawing,
  type SvgElement,
} from "./drawing.ts";
import { emptyDrawing, frameOf, legendOf } from "./frame.ts";
import { scaleOf } from "./scale.ts";
import { textWidth } from "./text-fit.ts";

export type WeekBarsOptions = ChartOptions & {
  /** Names of the parts of each bar, from the ground up; one name for a plain bar. */
  readonly series: readonly string[];
  /** ISO weeks in their order, without gaps if a gap should show; one value for each series. */
  readonly weeks: readonly { readonly week: string; readonly values: readonly bigint[] }[];
};

/**
 * Bars by week, stacked where there are several series. What is negative (a week of refunds) hangs below the line.
 *
 * @example weekBars({ id: "gifts", title, language: "kk", currency: "KZT", width: 360, series: ["Түсім"], weeks })
 */
export function weekBars(options: WeekBarsOptions): Drawing {
  const { id, title, width, language, series, weeks } = options;
  const say = chartWords[language];
  const hasTotal = series.length > 1;
  const columns = [say.week, ...series, ...(hasTotal ? [say.total] : [])];
  if (weeks.length === 0) return emptyDrawing(options, columns);

  const totals = weeks.map(({ values }) => values.reduce((sum, value) => sum + value, 0n));
  const scale = scaleOf(
    weeks.flatMap(({ values }) => [sumOf(values, 1n), sumOf(values, -1n)]),
    options,
  );
  const legend = hasTotal ? legendOf(series, options) : { elements: [], height: 0 };
  const frame = frameOf(scale, legend.height + lineHeight, options);
  const band = (frame.right - frame.left) / weeks.length;
  const bar = Math.max(band * 0.7, 1);

  const elements: SvgElement[] = [
    ...seriesPatterns(id, series.length),
    ...legend.elements,
    ...frame.elements,
  ];
  for (const [at, { week, values }] of weeks.entries()) {
    const x = frame.left + band * at + (band - bar) / 2;
    let [above, below] = [0n, 0n];
    for (const [part, value] of values.entries()) {
      const from = value < 0n ? below : above;
      const [high, low] =
        value < 0n ? [frame.yOf(from), frame.yOf(from + value)] : [frame.yOf(from + value), frame.yOf(from)];
      if (value < 0n) below += value;
      else above += value;
      const label = `${formatWeek(week, language)}: ${hasTotal ? `${series[part]}, ` : ""}${exactValue(value, options)}`;
      if (value !== 0n) elements.push(rectangle(x, high, bar, low - high, seriesFill(id, part), {}, label));
    }
    const total = shortValue(totals[at] ?? 0n, options);
    const isRoomy = textWidth(total, fontSize) <= band - 2;
    if (isRoomy) elements.push(words(total, x + bar / 2, frame.yOf(above) - 4, { textAnchor: "middle" }));
  }
  elements.push(
    ...weekNames(
      weeks.map(({ week }) => week),
      frame.left,
      band,
      frame.bottom + lineHeight + 2,
      options,
    ),
  );

  const most = totals.reduce((best, total, at) => (total > (totals[best] ?? 0n) ? at : best), 0);
  const all = totals.reduce((sum, total) => sum + total, 0n);
  const rows = weeks.map(({ week, values }, at) => [
    formatWeek(week, language),
    ...values.map((value) => exactValue(value, options)),
    ...(hasTotal ? [exactValue(totals[at] ?? 0n, options)] : []),
  ]);
  const greatest = say.greatest(
    formatWeek(weeks[most]?.week ?? "", language),
    exactValue(totals[most] ?? 0n, options),
  );
  const summary = `${say.inAll(exactValue(all, options))}. ${greatest}.`;
  return {
    id,
    title,
    width,
    height: frame.bottom + lineHeight + 8,
    summary,
    elements,
    table: { columns, rows },
  };
}

function sumOf(values: readonly bigint[], sign: bigint): bigint {
  return values.reduce((sum, value) => (value * sign > 0n ? sum + value : sum), 0n);
}

/** Each week by its Monday, as many names as fit. */
function weekNames(
  weeks: readonly string[],
  left: number,
  band: number,
  y: number,
  { language, width }: ChartOptions,
): SvgElement[] {
  const names = weeks.map((week) => formatDayOfYear(daysOfWeek(week)?.first ?? week, language));
  const widest = Math.max(...names.map((name) => textWidth(name, fontSize)));
  const every = Math.max(Math.ceil((widest + 8) / band), 1);
  return names.flatMap((name, at) => {
    const middle = left + band * (at + 0.5);
    const half = textWidth(name, fontSize) / 2;
    if (at % every !== 0 || middle + half > width) return [];
    return [words(name, Math.max(middle, half), y, { textAnchor: "middle" })];
  });
}
