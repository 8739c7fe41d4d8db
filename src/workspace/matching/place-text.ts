import type { Titles } from "#domain/funds/entries.ts";
import { fee, general, ownTransfer } from "#domain/funds/ids.ts";
import { formatDay } from "#language/dates.ts";
import type { Language } from "#language/language.ts";
import type { Sign } from "./suggestions.ts";
import type { matchingWords } from "./words.ts";

type MatchingWords = (typeof matchingWords)["en"];
export type AppealName = { readonly id: string; readonly title: Titles };

/** "A-2025-003 Студентке", "Общие средства", "Расход S-2025-020". */
export function placeText(
  to: string,
  appeals: readonly AppealName[],
  words: MatchingWords,
  language: Language,
): string {
  if (to === general) return words.general;
  if (to === fee) return words.fee;
  if (to === ownTransfer) return words.ownTransfer;
  if (to.startsWith("payment:")) return words.payment(to.slice("payment:".length));
  if (to.startsWith("refund:")) return words.refundOf(to.slice("refund:".length));
  const title = appeals.find(({ id }) => id === to)?.title;
  return `${to} ${title?.[language] ?? ""}`.trim();
}

/** Why a place is offered, in words. */
export function signText(sign: Sign, words: MatchingWords, language: Language): string {
  const { signs } = words;
  switch (sign.kind) {
    case "code":
    case "hashtag":
    case "named":
      return signs[sign.kind](sign.text);
    case "donor":
      return signs.donor(sign.gifts, formatDay(sign.last, language, "short"));
    case "asked":
      return signs.asked(sign.post, sign.days);
    case "same-sum":
      return signs.sameSum(sign.days);
    case "own-account":
      return signs.ownAccount;
    case "own-words":
      return signs.ownWords;
  }
}
