// A chart is believed at a glance: bars that do not begin at nought, numbers cut off, colours that are all one grey in print.
import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { dayOfNumber } from "#language/calendar.ts";
import { languages } from "#language/language.ts";
import { balanceLine } from "./balance-line.ts";
import { categoryBars, planBars } from "./category-bars.ts";
import { chartWords } from "./chart-words.ts";
import { darkChartColours, seriesColour } from "./colours.ts";
import type { ChartOptions, Drawing, SvgElement } from "./drawing.ts";
import { figureText, svgText } from "./figure.ts";
import { scaleOf } from "./scale.ts";
import { textWidth, wrapText } from "./text-fit.ts";
import { weekBars } from "./week-bars.ts";

const base = {
  id: "c",
  title: "Түсім",
  language: "kk",
  currency: "KZT",
  width: 360,
} as const satisfies ChartOptions;
const weeks = [
  { week: "2025-W09", values: [100_000_00n, 20_000_00n] },
  { week: "2025-W10", values: [1_240_000_00n, 0n] },
  { week: "2025-W11", values: [0n, -5_000_00n] },
];
const plain = (text: string) => text.replace(/\u00a0/gu, " ");
const flat = (elements: readonly SvgElement[]): SvgElement[] =>
  elements.flatMap((element) => [element, ...flat(element.children ?? [])]);
const rects = (drawing: Drawing) =>
  drawing.elements
    .filter(({ tag, children }) => tag === "rect" && children !== undefined)
    .map(({ attributes }) => attributes);

test("the table holds every number in full, in the words of the language", () => {
  const { table, summary } = weekBars({ ...base, series: ["Аударым", "Қолма-қол"], weeks });
  expect(table.columns).toEqual(["Апта", "Аударым", "Қолма-қол", "Барлығы"]);
  expect(table.rows.map((row) => row.map(plain))).toEqual([
    ["2025 ж. 24 ақпан – 2 наурыз", "100 000,00 ₸", "20 000,00 ₸", "120 000,00 ₸"],
    ["2025 ж. 3–9 наурыз", "1 240 000,00 ₸", "0,00 ₸", "1 240 000,00 ₸"],
    ["2025 ж. 10–16 наурыз", "0,00 ₸", "-5 000,00 ₸", "-5 000,00 ₸"],
  ]);
  expect(plain(summary)).toBe("Барлығы: 1 355 000,00 ₸. Ең көбі: 2025 ж. 3–9 наурыз, 1 240 000,00 ₸.");
});

test("a bar twice as long is twice as much, and each stack stands on nought", () => {
  const drawing = weekBars({
    ...base,
    series: ["x"],
    weeks: [
      { week: "2025-W09", values: [500n] },
      { week: "2025-W10", values: [1000n] },
    ],
  });
  const [one, two] = rects(drawing);
  expect(Number(two?.["height"]) / Number(one?.["height"])).toBeCloseTo(2, 1);
  expect(Number(one?.["y"]) + Number(one?.["height"])).toBeCloseTo(
    Number(two?.["y"]) + Number(two?.["height"]),
    1,
  );
});

test("series differ by pattern and by name, not by colour alone", () => {
  const svg = svgText(weekBars({ ...base, series: ["Аударым", "Қолма-қол"], weeks }));
  expect(svg).toContain('fill="url(#c-series-1)"');
  expect(svg).toContain(">Қолма-қол</text>");
  expect(new Set([0, 1, 2, 3].map(seriesColour)).size).toBe(4);
  for (const series of [1, 2, 3, 4]) expect(darkChartColours(":root")).toContain(`--chart-${series}:`);
});

test("more than planned is striped beyond the stroke, and the table says how much", () => {
  const drawing = planBars({
    ...base,
    language: "ru",
    items: [
      { label: "Лечение", plan: 100_00n, actual: 150_00n },
      { label: "Проезд", plan: 0n, actual: 5n },
    ],
  });
  expect(svgText(drawing)).toContain('fill="url(#c-over)"');
  expect(drawing.table.rows.map((row) => row.map(plain))).toEqual([
    ["Лечение", "100,00 ₸", "150,00 ₸", "150,0 %"],
    ["Проезд", "0,00 ₸", "0,05 ₸", "–"],
  ]);
});

test("a balance is drawn in steps; a point without a day stands in the table only", () => {
  const points = [
    { day: "2025-03-01", value: 100_00n },
    { day: "2025-03-11", value: 50_00n },
    { day: "?", value: 1n },
  ];
  const drawing = balanceLine({ ...base, points });
  const path = flat(drawing.elements).find(({ tag }) => tag === "path");
  expect(path?.attributes["d"]).toMatch(/^M[\d.]+,[\d.]+H[\d.]+V[\d.]+$/u);
  expect(drawing.table.rows.map(([day]) => plain(day ?? ""))).toEqual([
    "2025 ж. 1 наурыз",
    "2025 ж. 11 наурыз",
    "?",
  ]);
});

test("ten thousand points are a small picture, with the highest and the lowest kept", () => {
  const points = Array.from({ length: 10_000 }, (_, at) => ({
    day: dayOfNumber(10_000 + at),
    value: at === 5000 ? 99_999n : BigInt(at % 7),
  }));
  expect(svgText(balanceLine({ ...base, currency: "JPY", points })).length).toBeLessThan(20_000);
});

test.each(languages)("nothing to show is said in %s", (language) => {
  const options = { ...base, language };
  for (const drawing of [
    weekBars({ ...options, series: [], weeks: [] }),
    categoryBars({ ...options, items: [] }),
    planBars({ ...options, items: [] }),
    balanceLine({ ...options, points: [] }),
  ]) {
    expect(drawing.summary).toBe(chartWords[language].nothing);
    expect(svgText(drawing)).toContain("<text");
    expect(drawing.table.rows).toEqual([]);
  }
});

test("names are texts, whatever is in them", () => {
  const label = `<script>alert("x")</script> & \u0000 ]]>`;
  const figure = figureText(categoryBars({ ...base, items: [{ label, value: 1n }] }), "en");
  expect(figure).not.toContain("<script");
  expect(figure).not.toContain("\u0000");
  expect(figure).toContain("<summary>Show as a table</summary>");
});

const minor = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 15n });
const drawings = fc
  .record({
    language: fc.constantFrom(...languages),
    currency: fc.constantFrom("KZT", "JPY", "KWD"),
    width: fc.integer({ min: 240, max: 900 }),
    labels: fc.array(fc.string({ unit: "grapheme", maxLength: 80 }), { minLength: 1, maxLength: 12 }),
    values: fc.array(minor, { minLength: 12, maxLength: 12 }),
  })
  .map(({ labels, values, ...chosen }) => {
    const options = { ...base, ...chosen };
    const items = labels.map((label, at) => ({ label, value: values[at] ?? 0n }));
    const week = (at: number) => `2025-W${String(at + 1).padStart(2, "0")}`;
    return [
      weekBars({
        ...options,
        series: ["a", "b"],
        weeks: items.map(({ value }, at) => ({ week: week(at), values: [value, 7n] })),
      }),
      categoryBars({ ...options, items }),
      planBars({
        ...options,
        items: items.map(({ label, value }) => ({ label, plan: value < 0n ? -value : value, actual: 1000n })),
      }),
      balanceLine({
        ...options,
        points: items.map(({ value }, at) => ({ day: dayOfNumber(20_000 + at), value })),
      }),
    ];
  });

test("any data makes a well-formed picture inside its frame", () => {
  fc.assert(
    fc.property(drawings, (all) => {
      for (const drawing of all) {
        const parser = new SaxesParser();
        parser.write(svgText(drawing)).close();
        for (const { tag, attributes } of flat(drawing.elements)) {
          for (const value of Object.values(attributes)) expect(String(value)).not.toMatch(/NaN|Infinity/u);
          if (tag !== "rect") continue;
          expect(Number(attributes["x"])).toBeGreaterThanOrEqual(0);
          expect(Number(attributes["x"]) + Number(attributes["width"])).toBeLessThanOrEqual(
            drawing.width + 0.1,
          );
          expect(Number(attributes["y"]) + Number(attributes["height"])).toBeLessThanOrEqual(
            drawing.height + 0.1,
          );
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a scale has few round steps, holds nought and all values, and is exact beyond 2^53", () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), { maxLength: 5 }), (values) => {
      const { least, greatest, ticks } = scaleOf(values, base);
      expect(ticks).toContain(0n);
      expect(ticks.length).toBeLessThanOrEqual(7);
      for (const value of values) expect(least <= value && value <= greatest).toBe(true);
      for (const tick of ticks) expect(tick % 100n).toBe(0n);
    }),
  );
});

test("lines are no wider than their place and lose no letter, unless they end with an ellipsis", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."абШ w1 \u00a0"), maxLength: 120 }),
      fc.integer({ min: 40, max: 300 }),
      (text, width) => {
        const lines = wrapText(text, width, 12);
        for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
        const squeezed = (words: string) => words.replace(/[ ]/gu, "");
        if (lines.at(-1)?.endsWith("…") !== true) expect(squeezed(lines.join(""))).toBe(squeezed(text));
      },
    ),
  );
});
