import { parseDecimal } from "./amount.ts";
import type { DecimalMark } from "./amount.ts";
import { parseDate } from "./calendar.ts";
import { parseCurrency } from "./currency.ts";

/**
 * Lines of a table that are no rows: account, period and balances printed above or below. Their words are matched in
 * the languages of the banks seen.
 */
export type Label = "opening" | "closing" | "total" | "account" | "currency" | "period";

const patterns: readonly (readonly [Label, RegExp])[] = [
  [
    "opening",
    /входящ\S*\s+(?:остат|сальд)|начальн\S*\s+(?:остат|сальд)|остаток на начало|кіріс\S*\s+қалды|бастапқы қалды|opening balance|balance brought forward|starting balance|anfangssaldo|solde (?:initial|d'ouverture|précédent)|saldo (?:inicial|iniziale|początkowe|anterior)|beginsaldo|số dư đầu/iu,
  ],
  [
    "closing",
    /исходящ\S*\s+(?:остат|сальд)|конечн\S*\s+(?:остат|сальд)|остаток на конец|шығыс\S*\s+қалды|соңғы қалды|closing balance|balance carried forward|ending balance|endsaldo|schlusssaldo|solde (?:final|de clôture)|saldo (?:final|finale|końcowe)|eindsaldo|số dư cuối/iu,
  ],
  [
    "total",
    /^\s*(?:итого|всего|обороты?|барлығы|жиыны|totals?|sum|summe|gesamt|totaux|totale|razem|tổng)(?=$|[\s:.])/iu,
  ],
  ["period", /период|кезең|period|zeitraum|período|période|okres/iu],
  ["currency", /валюта|currency|währung|devise|divisa|waluta/iu],
  ["account", /сч[её]т|шот|иик|iban|account|konto|compte|cuenta|rachunek|rekening/iu],
];

export function labelOf(text: string): Label | undefined {
  for (const [label, pattern] of patterns) if (pattern.test(text)) return label;
  return undefined;
}

export type LabelledLine = { readonly label: Label; readonly rest: string };

/** The label of a line and the text beside it: ["Входящий остаток:", "", "1220405.85 вал"]. */
export function readLabel(cells: readonly string[]): LabelledLine | undefined {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const [first = "", ...others] = filled;
  if (/^\d/u.test(first)) return undefined;
  const label = labelOf(first);
  if (label === undefined) return undefined;
  const colon = first.indexOf(":");
  const inside = colon >= 0 ? first.slice(colon + 1).trim() : "";
  return { label, rest: [inside, ...others].filter((text) => text !== "").join(" ") };
}

/** The first sum in "1220405.85 вал 1220405.85 нац" or "1 220 405,85 KZT". */
export function firstSum(text: string, mark: DecimalMark): ReturnType<typeof parseDecimal> {
  const match = /[+\-−–]?\s?\d{1,3}(?:[ \u00A0'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|[+\-−–]?\s?\d[\d.,]*/u.exec(
    text,
  );
  if (match === null) return undefined;
  const decimals = /[.,](\d{1,2})$/u.exec(match[0])?.[0][0];
  return parseDecimal(match[0], decimals === "." || decimals === "," ? decimals : mark);
}

/** "c 01/03/2026 по 31/03/2026". */
export function datesIn(text: string): string[] {
  return [...text.matchAll(/\d{1,4}[./-]\d{1,2}[./-]\d{2,4}/gu)].flatMap(
    (match) => parseDate(match[0]) ?? [],
  );
}

export function accountIn(text: string): string | undefined {
  return /\b([A-Z]{2}\d{2}[A-Z0-9]{10,30}|\d{8,34})\b/u.exec(
    text.replaceAll(/(?<=[A-Z0-9]) (?=[A-Z0-9])/gu, ""),
  )?.[1];
}

export function currencyIn(text: string): string | null {
  return parseCurrency(text);
}
