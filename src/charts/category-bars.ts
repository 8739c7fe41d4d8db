import { formatPercent } from "#language/numbers.ts";
import { chartWords } from "./chart-words.ts";
import { seriesColour, trackColour } from "./colours.ts";
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
import { emptyDrawing } from "./frame.ts";
import { scaleOf, shareOf } from "./scale.ts";
import { textWidth, wrapText } from "./text-fit.ts";

export type CategoryBarsOptions = ChartOptions & {
  /** In the order in which they are shown; the caller sorts. */
  readonly items: readonly { readonly label: string; readonly value: bigint }[];
};

const barHeight = 14;
/** Between a name and its bar, so that letters with tails do not touch it. */
const underName = 3;
const gap = 12;

/** Bars that lie, one under the other, each below its name: names may be long and a phone is narrow. Negative values run to the left. */
export function categoryBars(options: CategoryBarsOptions): Drawing {
  const { id, title, width, language, items } = options;
  const say = chartWords[language];
  const columns = [say.name, options.currency === undefined ? say.count : say.sum];
  if (items.length === 0) return emptyDrawing(options, columns);

  const scale = scaleOf(
    items.map(({ value }) => value),
    options,
  );
  const room =
    Math.ceil(Math.max(...items.map(({ value }) => textWidth(shortValue(value, options), fontSize)))) + 8;
  const xOf = (value: bigint) => shareOf(value, scale) * (width - room);
  const elements: SvgElement[] = [];
  let y = 0;
  for (const { label, value } of items) {
    for (const line of wrapText(label, width, fontSize)) {
      elements.push(words(line, 0, y + fontSize));
      y += lineHeight;
    }
    y += underName;
    const [from, to] = value < 0n ? [xOf(value), xOf(0n)] : [xOf(0n), xOf(value)];
    elements.push(rectangle(0, y, width - room, barHeight, trackColour));
    // Something small is still something: at least one pixel.
    const length = value === 0n ? 0 : Math.max(to - from, 1);
    elements.push(
      rectangle(from, y, length, barHeight, seriesColour(0), {}, `${label}: ${exactValue(value, options)}`),
    );
    elements.push(words(shortValue(value, options), width - room + 6, y + fontSize, { fontWeight: 600 }));
    y += barHeight + gap;
  }
  const most = items.reduce((best, item) => (item.value > best.value ? item : best));
  const summary = `${say.greatest(most.label, exactValue(most.value, options))}.`;
  const rows = items.map(({ label, value }) => [label, exactValue(value, options)]);
  return { id, title, width, height: y - gap + 4, summary, elements, table: { columns, rows } };
}

export type PlanBarsOptions = ChartOptions & {
  readonly items: readonly { readonly label: string; readonly plan: bigint; readonly actual: bigint }[];
};

/**
 * What was planned against what became of it. The plan is a pale bar with a stroke at its end, the actual value a narrow dark one upon it:
 * beyond the stroke it is striped, which is more than planned.
 */
export function planBars(options: PlanBarsOptions): Drawing {
  const { id, title, width, language, items } = options;
  const say = chartWords[language];
  const columns = [say.name, say.plan, say.actual, say.done];
  if (items.length === 0) return emptyDrawing(options, columns);

  const scale = scaleOf(
    items.flatMap(({ plan, actual }) => [plan, actual]),
    options,
  );
  const xOf = (value: bigint) => shareOf(value, scale) * (width - 2);
  const elements: SvgElement[] = [overPattern(id)];
  let y = 0;
  for (const { label, plan, actual } of items) {
    const text = `${label}: ${say.ofPlan(shortValue(actual, options), shortValue(plan, options))}`;
    for (const line of wrapText(text, width, fontSize)) {
      elements.push(words(line, 0, y + fontSize));
      y += lineHeight;
    }
    y += underName;
    const exact = `${label}: ${say.ofPlan(exactValue(actual, options), exactValue(plan, options))}`;
    const start = xOf(0n);
    const within = actual < plan ? actual : plan;
    elements.push(rectangle(start, y, xOf(plan) - start, 18, trackColour, {}, exact));
    elements.push(rectangle(start, y + 4, xOf(within) - start, 10, seriesColour(0), {}, exact));
    if (actual > plan)
      elements.push(
        rectangle(xOf(within), y + 4, xOf(actual) - xOf(within), 10, `url(#${id}-over)`, {}, exact),
      );
    elements.push(rectangle(xOf(plan), y - 1, 2, 20, "var(--chart-text, #1f2933)"));
    y += 18 + gap;
  }
  const rows = items.map(({ label, plan, actual }) => [
    label,
    exactValue(plan, options),
    exactValue(actual, options),
    formatPercent(actual, plan, language),
  ]);
  const [first] = items;
  const summary =
    first === undefined
      ? ""
      : `${first.label}: ${say.ofPlan(exactValue(first.actual, options), exactValue(first.plan, options))}.`;
  return { id, title, width, height: y - gap + 6, summary, elements, table: { columns, rows } };
}

function overPattern(id: string): SvgElement {
  const stripes = {
    d: "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2",
    stroke: seriesColour(0),
    strokeWidth: 2,
    fill: "none",
  };
  const attributes = { id: `${id}-over`, width: 6, height: 6, patternUnits: "userSpaceOnUse" };
  return {
    tag: "defs",
    attributes: {},
    children: [{ tag: "pattern", attributes, children: [{ tag: "path", attributes: stripes }] }],
  };
}
