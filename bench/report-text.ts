import type { Spread } from "./measure.ts";

/** 1234567.8 as "1 234 568", with spaces that do not break. */
export const count = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/gu, "\u00a0");

/** Median, and the fastest in brackets. */
export const seconds = ({ median, min }: Spread): string =>
  `${(median / 1000).toFixed(2)} s (${(min / 1000).toFixed(2)})`;

export const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;

export const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
