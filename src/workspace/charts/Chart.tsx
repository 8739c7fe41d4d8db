import { createElement, useEffect, useRef, useState, type ReactNode } from "react";
import type { Drawing, SvgElement } from "#charts/drawing.ts";
import { chartWords } from "#charts/chart-words.ts";
import type { Language } from "#language/language.ts";

type ChartProps = {
  /** Draws for a width in pixels: `(width) => weekBars({ ...data, width })`. */
  readonly draw: (width: number) => Drawing;
  readonly language: Language;
};

/** Narrower than the narrowest phone no chart is drawn; wider than this a bar chart is harder to read, not easier. */
const [narrowest, widest] = [240, 900];

/** A chart at the width of its place, drawn anew when that changes, with its numbers as a table below. */
export function Chart({ draw, language }: ChartProps): ReactNode {
  const place = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(360);
  useEffect(() => {
    if (place.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined)
        setWidth(Math.round(Math.min(Math.max(entry.contentRect.width, narrowest), widest)));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);

  const { id, title, summary, height, elements, table, ...drawing } = draw(width);
  return (
    <figure ref={place} className="chart-figure" style={{ margin: 0 }}>
      <figcaption>{title}</figcaption>
      <svg
        className="chart"
        viewBox={`0 0 ${drawing.width} ${height}`}
        width={drawing.width}
        height={height}
        role="img"
        aria-labelledby={`${id}-title ${id}-summary`}
        style={{ maxWidth: "100%" }}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-summary`}>{summary}</desc>
        {elements.map(toReact)}
      </svg>
      <details>
        <summary>{chartWords[language].asTable}</summary>
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([name, ...values], at) => (
              // Rows are drawn anew as a whole; two may have one name.
              <tr key={at}>
                <th scope="row">{name}</th>
                {values.map((value, column) => (
                  <td key={column} style={{ textAlign: "end" }}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function toReact({ tag, attributes, text, children }: SvgElement, at: number): ReactNode {
  return createElement(tag, { key: at, ...attributes }, text, ...(children ?? []).map(toReact));
}
