import { refusalText, type Refused } from "#session/refusals/refusals.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { uiWords } from "./words.ts";

/** The sentence for a refusal of rules, readers and vault. Apart, because all labels together weigh more than a screen. */
export default function RefusalText({ refusal }: { readonly refusal: Refused }) {
  const { language } = useLanguage();
  const words = useWords(uiWords);
  const line = (at: number | null) => (at === null ? "" : words.line(at));
  return <>{refusalText(refusal, { language, line })}</>;
}
