/**
 * Colours come as CSS variables with the light value behind them, so a chart is right without any style sheet and dark where a page says
 * so. A series is also told by its pattern and by its name: colour is never alone.
 */
import { rectangle, type SvgElement } from "./drawing.ts";

const light = ["#1f6f8b", "#b85a14", "#5b5ea6", "#61752a"] as const;
const dark = ["#62b6d4", "#f0a05a", "#aba8f2", "#b4c86c"] as const;

export const gridColour = "var(--chart-grid, #d0d5db)";
export const axisColour = "var(--chart-axis, #6b7280)";
export const backgroundColour = "var(--chart-background, #ffffff)";
/** What stands behind a bar and is not reached yet. */
export const trackColour = "var(--chart-track, #e5e8ec)";

export function seriesColour(series: number): string {
  const at = series % light.length;
  return `var(--chart-${at + 1}, ${light[at]})`;
}

/** Each series has its own stripes; the first is plain. */
const stripes = ["", "M-1,1 l2,-2 M0,8 l8,-8 M7,9 l2,-2", "M0,4 h8", "M4,0 v8"] as const;

export function seriesFill(id: string, series: number): string {
  return series % stripes.length === 0 ? seriesColour(series) : `url(#${id}-series-${series})`;
}

/** The patterns that {@link seriesFill} names, for `count` series. */
export function seriesPatterns(id: string, count: number): readonly SvgElement[] {
  const patterns: SvgElement[] = [];
  for (let series = 1; series < count; series++) {
    const d = stripes[series % stripes.length] ?? "";
    if (d === "") continue;
    patterns.push({
      tag: "pattern",
      attributes: { id: `${id}-series-${series}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
      children: [
        rectangle(0, 0, 8, 8, seriesColour(series)),
        { tag: "path", attributes: { d, stroke: backgroundColour, strokeWidth: 2, fill: "none" } },
      ],
    });
  }
  return patterns.length === 0 ? [] : [{ tag: "defs", attributes: {}, children: patterns }];
}

/** The variables in the dark, for a page that sets its variables in a program. */
export const darkChartVariables: Readonly<Record<string, string>> = {
  ...Object.fromEntries(dark.map((colour, at) => [`--chart-${at + 1}`, colour])),
  "--chart-text": "#e4e7eb",
  "--chart-grid": "#3b424c",
  "--chart-axis": "#9aa3af",
  "--chart-background": "#1a1d21",
  "--chart-track": "#2c323a",
};

/** The same as a style sheet holds them: `darkChartColours("html[data-theme=dark]")`. */
export function darkChartColours(selector: string): string {
  const variables = Object.entries(darkChartVariables).map(([name, value]) => `${name}:${value}`);
  return `${selector}{${variables.join(";")}}`;
}
