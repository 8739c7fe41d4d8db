/** What the charts with an upright scale share: grid, numbers at the left, room for them, and the names of series. */
import { axisColour, gridColour, seriesFill } from "./colours.ts";
import { chartWords } from "./chart-words.ts";
import {
  fontSize,
  lineHeight,
  rectangle,
  shortValue,
  straightLine,
  words,
  type ChartOptions,
  type Drawing,
  type SvgElement,
} from "./drawing.ts";
import { shareOf, type Scale } from "./scale.ts";
import { textWidth, wrapText } from "./text-fit.ts";

export type Frame = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly elements: readonly SvgElement[];
  readonly yOf: (value: bigint) => number;
};

const plotHeight = 180;

/** Grid and numbers of a chart whose plot begins at `top`. */
export function frameOf(scale: Scale, top: number, options: ChartOptions): Frame {
  const labels = scale.ticks.map((tick) => shortValue(tick, options));
  const left = Math.ceil(Math.max(...labels.map((label) => textWidth(label, fontSize)))) + 8;
  const right = options.width - 4;
  const bottom = top + plotHeight;
  const yOf = (value: bigint) => bottom - shareOf(value, scale) * plotHeight;
  const elements = scale.ticks.flatMap((tick, at) => [
    straightLine([left, yOf(tick), right, yOf(tick)], tick === 0n ? axisColour : gridColour),
    words(labels[at] ?? "", left - 6, yOf(tick) + fontSize / 3, { textAnchor: "end" }),
  ]);
  return { left, right, top, bottom, elements, yOf };
}

/** Names of the series with their patterns, as many beside each other as fit; and how high that is. */
export function legendOf(
  names: readonly string[],
  options: ChartOptions,
): { readonly elements: readonly SvgElement[]; readonly height: number } {
  const elements: SvgElement[] = [];
  let [x, y] = [0, 0];
  for (const [series, name] of names.entries()) {
    const lines = wrapText(name, options.width - 22, fontSize, 2);
    const width = 22 + Math.max(...lines.map((line) => textWidth(line, fontSize))) + 12;
    if (x > 0 && x + width > options.width) [x, y] = [0, y + lineHeight + 4];
    elements.push(rectangle(x, y + 2, 14, 12, seriesFill(options.id, series)));
    for (const [at, line] of lines.entries())
      elements.push(words(line, x + 20, y + fontSize + at * lineHeight));
    if (lines.length > 1) y += (lines.length - 1) * lineHeight;
    x += width;
  }
  return { elements, height: names.length === 0 ? 0 : y + lineHeight + 10 };
}

/** A chart of nothing says so; an empty box would look like a fault. */
export function emptyDrawing(
  { id, title, width, language }: ChartOptions,
  columns: readonly string[],
): Drawing {
  const text = chartWords[language].nothing;
  const elements = wrapText(text, width, fontSize).map((line, at) =>
    words(line, 0, fontSize + at * lineHeight),
  );
  return {
    id,
    title,
    width,
    height: elements.length * lineHeight + 4,
    summary: text,
    elements,
    table: { columns, rows: [] },
  };
}
