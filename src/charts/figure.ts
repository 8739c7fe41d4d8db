/** A drawing as text for pages without script: SVG, and the figure with its table. */
import type { Language } from "#language/language.ts";
import { chartWords } from "./chart-words.ts";
import type { Drawing, SvgElement } from "./drawing.ts";

/** The drawing as an SVG image with title and description; scales down with its place, never up. No style, no script. */
export function svgText(drawing: Drawing): string {
  const { id, width, height, title, summary, elements } = drawing;
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const name = `role="img" aria-labelledby="${escaped(id)}-title ${escaped(id)}-summary"`;
  const described = `<title id="${escaped(id)}-title">${escaped(title)}</title><desc id="${escaped(id)}-summary">${escaped(summary)}</desc>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="chart" ${size} ${name}>${described}${elements.map(elementText).join("")}</svg>`;
}

/** The whole figure: heading, image, and the table behind a disclosure that opens without script. */
export function figureText(drawing: Drawing, language: Language): string {
  return (
    `<figure class="chart-figure"><figcaption>${escaped(drawing.title)}</figcaption>${svgText(drawing)}` +
    `<details><summary>${escaped(chartWords[language].asTable)}</summary>${tableText(drawing)}</details></figure>`
  );
}

function tableText({ title, table: { columns, rows } }: Drawing): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join("");
  const body = rows.map(([name = "", ...values]) => {
    const cells = values.map((value) => `<td>${escaped(value)}</td>`).join("");
    return `<tr><th scope="row">${escaped(name)}</th>${cells}</tr>`;
  });
  return `<table><caption>${escaped(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** These two keep their capitals in SVG; all other names are written with hyphens there. */
const asWritten = new Set(["viewBox", "patternUnits"]);

function elementText({ tag, attributes, text, children = [] }: SvgElement): string {
  const written = Object.entries(attributes).map(([name, value]) => {
    const svgName = asWritten.has(name)
      ? name
      : name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
    return ` ${svgName}="${escaped(String(value))}"`;
  });
  const inside = (text === undefined ? "" : escaped(text)) + children.map(elementText).join("");
  return inside === "" ? `<${tag}${written.join("")}/>` : `<${tag}${written.join("")}>${inside}</${tag}>`;
}

function escaped(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // What XML cannot hold at all would break the whole page.
      .replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, "\ufffd")
  );
}
