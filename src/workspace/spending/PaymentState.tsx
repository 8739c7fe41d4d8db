import { general } from "#domain/funds/ids.ts";
import type { Titles } from "#domain/funds/entries.ts";
import type { Language } from "#language/language.ts";
import { titleIn } from "#workspace/appeals/title.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { State, type Tone } from "#workspace/ui/State.tsx";
import type { PaymentRow } from "./calls.ts";
import { spendingWords } from "./words.ts";

const tones: Readonly<Record<PaymentRow["state"], Tone>> = {
  reserved: "warn",
  approved: "info",
  paid: "good",
  voided: "plain",
};

export function PaymentState({ row: { state } }: { readonly row: Pick<PaymentRow, "state"> }) {
  const words = useWords(spendingWords);
  return <State tone={tones[state]}>{words.states[state]}</State>;
}

/** "A lawyer for two children", or the words for general funds. */
export function fundName(
  row: { readonly appeal: string; readonly title: Titles },
  language: Language,
  generalName: string,
): string {
  return row.appeal === general ? generalName : titleIn(row.title, language, row.appeal);
}
