/**
 * A chart as shapes, without a screen: the public pages write it as text, the workspace gives it to React. Every chart carries
 * its numbers as a table, because a chart alone tells nothing to a screen reader, to Tor Browser's safest mode, or in print.
 */
import type { Language } from "#language/language.ts";
import { formatCompact, formatCount } from "#language/numbers.ts";
import { formatCompactSum, formatSum } from "#language/sums.ts";

/** One SVG element. Attribute names as React writes them (`strokeWidth`); {@link svgText} turns them into SVG's. */
export type SvgElement = {
  readonly tag: "rect" | "line" | "path" | "text" | "g" | "defs" | "pattern" | "title" | "circle";
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly children?: readonly SvgElement[];
};

/** The same numbers in words: the first cell of a row names it, the others are numbers. */
export type ChartTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

export type Drawing = {
  /** Unique on its page: patterns and titles are found by it. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What one sees at first sight, in a sentence. */
  readonly summary: string;
  readonly elements: readonly SvgElement[];
  readonly table: ChartTable;
};

/** What every chart is told. Values are minor units of `currency`, or plain counts where it is left out. */
export type ChartOptions = {
  readonly id: string;
  readonly title: string;
  readonly language: Language;
  readonly currency?: string;
  /** Pixels, 240 or more: text keeps its size, so a phone gets a narrow drawing and not a small one. */
  readonly width: number;
};

export const fontSize = 12;
export const lineHeight = 16;

/** The value in full, for tables. */
export function exactValue(value: bigint, { currency, language }: ChartOptions): string {
  return currency === undefined ? formatCount(value, language) : formatSum(value, currency, language);
}

/** The value rounded, for axes and labels. */
export function shortValue(value: bigint, { currency, language }: ChartOptions): string {
  return currency === undefined
    ? formatCompact(value, language)
    : formatCompactSum(value, currency, language);
}

/** Half pixels keep lines sharp and two decimals keep pages small. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

export function rectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more: Readonly<Record<string, string | number>> = {},
  label?: string,
): SvgElement {
  const attributes = {
    x: rounded(x),
    y: rounded(y),
    width: rounded(Math.max(width, 0)),
    height: rounded(Math.max(height, 0)),
    fill,
    ...more,
  };
  if (label === undefined) return { tag: "rect", attributes };
  return { tag: "rect", attributes, children: [{ tag: "title", attributes: {}, text: label }] };
}

export function straightLine(
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  stroke: string,
  more: Readonly<Record<string, string | number>> = {},
): SvgElement {
  const attributes = {
    x1: rounded(x1),
    y1: rounded(y1),
    x2: rounded(x2),
    y2: rounded(y2),
    stroke,
    strokeWidth: 1,
    ...more,
  };
  return { tag: "line", attributes };
}

export function words(
  text: string,
  x: number,
  y: number,
  more: Readonly<Record<string, string | number>> = {},
): SvgElement {
  return {
    tag: "text",
    attributes: { x: rounded(x), y: rounded(y), fill: "var(--chart-text, #1f2933)", fontSize, ...more },
    text,
  };
}
