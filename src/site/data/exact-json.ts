import { formatDecimal } from "#domain/funds/money.ts";

/** A sum that is to stand in JSON as a number. Formats of others want one; ours carry minor units as text. */
export type ExactNumber = { readonly exactNumber: string };

/** The decimal of a sum, digit by digit: it never becomes a float on its way. */
export function exactNumber(minor: bigint, currency: string): ExactNumber {
  return { exactNumber: formatDecimal(minor, currency) };
}

/** JSON with one member a line. Sums stand as numbers exactly as written; `bigint` as decimal text. */
export function jsonText(value: unknown): string {
  return `${write(value, "")}\n`;
}

function write(value: unknown, indent: string): string {
  if (typeof value === "bigint") return `"${value}"`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if ("exactNumber" in value && typeof value.exactNumber === "string") return value.exactNumber;
  const deeper = `${indent} `;
  const parts = Array.isArray(value)
    ? value.map((one) => write(one, deeper))
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => `${JSON.stringify(name)}: ${write(one, deeper)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return parts.length === 0
    ? `${open}${close}`
    : `${open}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${close}`;
}
