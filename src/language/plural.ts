import type { Language } from "./language.ts";

type Forms = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** "1 gift", "2 gifts", "5 подарков": the number and the form that the language wants after it. */
export function countWith(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) =>
    `${groupDigits(String(count), language)} ${forms[rules.select(count)] ?? forms.other}`;
}

/** "1234567" -> "1 234 567" with no-break spaces in kk and ru, "1,234,567" in en: as sums of money stand beside it. */
export function groupDigits(digits: string, language: Language): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/gu, language === "en" ? "," : "\u00a0");
}

/** A decimal as a file of ours writes it, for a person: "1234567.50" -> "1 234 567,50" (kk, ru) or "1,234,567.50" (en). */
export function formatDecimalText(text: string, language: Language): string {
  const [whole = "", fraction] = text.split(".");
  const mark = language === "en" ? "." : ",";
  return `${groupDigits(whole, language)}${fraction === undefined ? "" : mark + fraction}`;
}
