import { groupDigits } from "../terminal.ts";

type Forms = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** "1 gift", "2 gifts", "5 подарков": the number and the form that the language wants after it. */
export function countWith(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => `${groupDigits(String(count))} ${forms[rules.select(count)] ?? forms.other}`;
}
