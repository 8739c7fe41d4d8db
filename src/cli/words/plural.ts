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
