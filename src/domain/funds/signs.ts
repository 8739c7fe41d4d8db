import { codeMatcher, foldText, isCaseEnding, type CodeMatcher } from "./codes.ts";
import type { Appeal } from "./entries.ts";

/**
 * What a payment's purpose says about the appeal it is for. `appeal`: exactly one is named; `several`: signs of
 * different appeals contradict each other, so a person has to decide; undefined: no sign.
 */
export type Sign =
  | {
      readonly kind: "appeal";
      readonly appeal: string;
      readonly by: "code" | "hashtag";
      readonly text: string;
    }
  | { readonly kind: "several"; readonly text: string };

export type SignReader = (memo: string) => Sign | undefined;

/**
 * Reads reference codes (`codes.ts`) and hashtags. A hashtag counts only as a whole: `#student` is neither in
 * `#students` nor in `#student_help`.
 *
 * @example
 * const read = signReader([{ id: "A-2025-003", hashtag: "#student", … }]);
 * read("көмек А–2025–003"); // { kind: "appeal", appeal: "A-2025-003", by: "code", text: "А–2025–003" }
 */
export function signReader(appeals: Iterable<Pick<Appeal, "id" | "hashtag">>): SignReader {
  const ids: string[] = [];
  const tags = new Map<string, string | null>();
  for (const { id, hashtag } of appeals) {
    ids.push(id);
    if (hashtag === undefined) continue;
    const tag = foldText(hashtag.replace(/^#/u, "").normalize("NFC"));
    // Two appeals whose tags read alike: the tag names neither.
    if (tag !== "") tags.set(tag, tags.has(tag) && tags.get(tag) !== id ? null : id);
  }
  const findCodes = codeMatcher(ids);
  return (memo) => readSign(memo, findCodes, tags);
}

function readSign(
  memo: string,
  findCodes: CodeMatcher,
  tags: ReadonlyMap<string, string | null>,
): Sign | undefined {
  const text = needsNoNormalising.test(memo) ? memo : memo.normalize("NFC");
  const found: { appeal: string; by: "code" | "hashtag"; text: string }[] = [];
  if (mayHoldCode.test(text)) {
    for (const code of findCodes(text)) found.push({ appeal: code.id, by: "code", text: code.text });
  }
  if (text.includes("#") || text.includes("＃")) {
    for (const match of text.matchAll(tagPattern)) {
      const rest = text.slice(match.index + match[0].length);
      if (isLonger(rest)) continue;
      const appeal = tags.get(foldText(match[1] ?? ""));
      if (appeal !== undefined && appeal !== null) found.push({ appeal, by: "hashtag", text: match[0] });
    }
  }
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  if (others.every((other) => other.appeal === first.appeal)) return { kind: "appeal", ...first };
  return { kind: "several", text: [...new Set(found.map((one) => one.text))].join(", ") };
}
/** Latin and Cyrillic without combining marks, as nearly every memo is. */
const needsNoNormalising = /^[\0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027]*$/;
/** A digit, or a dash of whatever kind between the words of a code without one. */
const mayHoldCode = /[0-9\p{Pd}\u2212\u00ad_]/u;
const tagPattern = /[#＃]([\p{L}\p{N}\p{M}_]+)/gu;

/** A joined word after the tag makes it another tag, unless it is a case ending. */
function isLonger(rest: string): boolean {
  const joined = /^[-‐‑–'’]([\p{L}\p{N}].*)$/su.exec(rest);
  return joined !== null && !isCaseEnding(joined[1] ?? "");
}
