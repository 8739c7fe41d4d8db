/** Bar charts as SVG: one idea per picture, readable at 700 pixels, on white and on black, and aloud. */

export type Bar = {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly isOurs: boolean;
};
export type BarGroup = { readonly title: string; readonly bars: readonly Bar[] };
export type Chart = {
  readonly title: string;
  /** What the bars' lengths are, and which way is better. */
  readonly unit: string;
  readonly groups: readonly BarGroup[];
};

const width = 700;
const labelEnd = 170;
const barsEnd = 560;
const rowHeight = 26;

/** Each group has a scale of its own: a million rows beside ten thousand would leave nothing to see of the latter. */
export function barChart({ title, unit, groups }: Chart): string {
  let y = 66;
  const parts: string[] = [];
  for (const group of groups) {
    parts.push(`<text class="group" x="0" y="${y}">${escaped(group.title)}</text>`);
    y += 12;
    const longest = Math.max(...group.bars.map(({ value }) => value));
    for (const { label, value, text, isOurs } of group.bars) {
      const length = Math.max(2, ((barsEnd - labelEnd) * value) / longest);
      const kind = isOurs ? "ours" : "other";
      parts.push(
        `<text class="label" x="${labelEnd - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
        `<rect class="${kind}" x="${labelEnd}" y="${y + 2}" width="${length.toFixed(1)}" height="18" rx="2"/>`,
        `<text class="value" x="${(labelEnd + length + 8).toFixed(1)}" y="${y + 15}">${escaped(text)}</text>`,
      );
      y += rowHeight;
    }
    y += 28;
  }
  const height = y - 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(inWords({ title, unit, groups }))}</desc>
<style>
text { font: 14px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 17px; font-weight: 600; }
.unit, .value { fill: #57606a; }
.group { font-weight: 600; }
.ours { fill: #0a7d57; }
.other { fill: #9aa4af; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .unit, .value { fill: #9da7b1; }
  .ours { fill: #3fb98a; }
  .other { fill: #626d79; }
}
</style>
<text class="title" x="0" y="18">${escaped(title)}</text>
<text class="unit" x="0" y="40">${escaped(unit)}</text>
${parts.join("\n")}
</svg>
`;
}

/** The chart as a sentence: the text alternative, also beside the picture in the page. */
export function inWords({ unit, groups }: Chart): string {
  const told = groups.map(
    ({ title, bars }) => `${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join(", ")}`,
  );
  return `${unit}. ${told.join(". ")}.`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
