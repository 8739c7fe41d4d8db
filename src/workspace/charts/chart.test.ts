// React must draw what the public pages draw: one of the two would be wrong, and nobody compares them by eye.
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { balanceLine } from "#charts/balance-line.ts";
import { categoryBars, planBars } from "#charts/category-bars.ts";
import type { Drawing } from "#charts/drawing.ts";
import { svgText } from "#charts/figure.ts";
import { weekBars } from "#charts/week-bars.ts";
import { Chart } from "./Chart.tsx";

const base = { id: "c", title: "Gifts <&>", language: "en", currency: "KZT" } as const;
const charts: Record<string, (width: number) => Drawing> = {
  weeks: (width) =>
    weekBars({ ...base, width, series: ["a", "b"], weeks: [{ week: "2025-W10", values: [500n, 70_000n] }] }),
  names: (width) =>
    categoryBars({ ...base, width, items: [{ label: 'Lawyer & "court"', value: 124_000_000n }] }),
  plans: (width) => planBars({ ...base, width, items: [{ label: "Travel", plan: 100n, actual: 150n }] }),
  balance: (width) =>
    balanceLine({
      ...base,
      width,
      points: [
        { day: "2025-03-01", value: 5n },
        { day: "2025-03-02", value: 1n },
      ],
    }),
};

/** Without what only one of the two writes: the name space, styles, and the form of empty elements. */
const bare = (svg: string) =>
  svg
    .replace(' xmlns="http://www.w3.org/2000/svg"', "")
    .replace(/ style="[^"]*"/gu, "")
    .replace(/<(\w+)([^<>]*)\/>/gu, "<$1$2></$1>");

test.each(Object.keys(charts))(
  "%s: React and the text of the public pages are the same picture, without a warning",
  (name) => {
    const draw = charts[name] ?? (() => expect.fail("no chart"));
    const warned = vi.spyOn(console, "error").mockImplementation(() => {});
    const markup = renderToStaticMarkup(createElement(Chart, { draw, language: "en" }));
    expect(bare(/<svg.*<\/svg>/su.exec(markup)?.[0] ?? "")).toBe(bare(svgText(draw(360))));
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
    expect(markup).toContain("<details><summary>Show as a table</summary><table>");
    expect(markup.match(/<th scope="row">/gu)).toHaveLength(draw(360).table.rows.length);
  },
);
