import { numberOfDay } from "#language/calendar.ts";
import { formatDay, formatDayOfYear } from "#language/dates.ts";
import { chartWords } from "./chart-words.ts";
import { backgroundColour, seriesColour } from "./colours.ts";
import {
  exactValue,
  fontSize,
  lineHeight,
  rounded,
  shortValue,
  words,
  type ChartOptions,
  type Drawing,
  type SvgElement,
} from "./drawing.ts";
import { emptyDrawing, frameOf } from "./frame.ts";
import { scaleOf } from "./scale.ts";
import { textWidth } from "./text-fit.ts";

export type BalanceLineOptions = ChartOptions & {
  /** The balance at the end of each day on which it changed, days rising. */
  readonly points: readonly { readonly day: string; readonly value: bigint }[];
};

/**
 * A balance over time, in steps: between two days it is what it was, so a sloping line would invent sums that never were. Points whose day is
 * none are left out of the line and stand in the table.
 */
export function balanceLine(options: BalanceLineOptions): Drawing {
  const { id, title, width, language, points } = options;
  const say = chartWords[language];
  const columns = [say.day, say.balance];
  const known = points.flatMap(({ day, value }) => {
    const at = numberOfDay(day);
    return at === undefined ? [] : [{ day, value, at }];
  });
  const [first] = known;
  const last = known.at(-1);
  const rows = points.map(({ day, value }) => [formatDay(day, language), exactValue(value, options)]);
  if (first === undefined || last === undefined)
    return { ...emptyDrawing(options, columns), table: { columns, rows } };

  const frame = frameOf(
    scaleOf(
      known.map(({ value }) => value),
      options,
    ),
    lineHeight,
    options,
  );
  const days = Math.max(last.at - first.at, 1);
  // Room at the right end for the last dot.
  const xOf = (at: number) => frame.left + ((at - first.at) / days) * (frame.right - 5 - frame.left);
  const d = stepsOf(known.map(({ at, value }) => [xOf(at), frame.yOf(value)]));
  const lastLabel = shortValue(last.value, options);
  const elements: SvgElement[] = [
    ...frame.elements,
    { tag: "path", attributes: { d, fill: "none", stroke: seriesColour(0), strokeWidth: 2 } },
    {
      tag: "circle",
      attributes: {
        cx: rounded(xOf(last.at)),
        cy: rounded(frame.yOf(last.value)),
        r: 3.5,
        fill: seriesColour(0),
      },
    },
    words(lastLabel, frame.right, Math.max(frame.yOf(last.value) - 8, fontSize), {
      textAnchor: "end",
      fontWeight: 600,
      // A halo, where the label lies on the line.
      stroke: backgroundColour,
      strokeWidth: 4,
      paintOrder: "stroke",
    }),
    ...dayNames(known, xOf, frame.bottom + lineHeight + 2, options),
  ];
  const summary = `${say.fromTo(exactValue(first.value, options), exactValue(last.value, options))}.`;
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

/** Of many points in one column of pixels only the highest, the lowest and the last are drawn: nothing else could be seen. */
function stepsOf(points: readonly (readonly [x: number, y: number])[]): string {
  const [start] = points;
  if (start === undefined) return "";
  let d = `M${rounded(start[0])},${rounded(start[1])}`;
  for (let from = 1; from < points.length;) {
    const column = Math.floor(points[from]?.[0] ?? 0);
    let to = from;
    let [top, bottom] = [Infinity, -Infinity];
    while (to < points.length && Math.floor(points[to]?.[0] ?? 0) === column) {
      top = Math.min(top, points[to]?.[1] ?? top);
      bottom = Math.max(bottom, points[to]?.[1] ?? bottom);
      to += 1;
    }
    const [x, y] = points[to - 1] ?? start;
    d += `H${rounded(x)}`;
    if (to - from > 1) d += `V${rounded(top)}V${rounded(bottom)}`;
    d += `V${rounded(y)}`;
    from = to;
  }
  return d;
}

function dayNames(
  known: readonly { readonly day: string; readonly at: number }[],
  xOf: (at: number) => number,
  y: number,
  { language, width }: ChartOptions,
): SvgElement[] {
  const elements: SvgElement[] = [];
  let free = 0;
  for (const { day, at } of known) {
    const name = formatDayOfYear(day, language);
    const half = textWidth(name, fontSize) / 2;
    const x = Math.min(Math.max(xOf(at), half), width - half);
    if (x - half < free) continue;
    elements.push(words(name, x, y, { textAnchor: "middle" }));
    free = x + half + 12;
  }
  return elements;
}
