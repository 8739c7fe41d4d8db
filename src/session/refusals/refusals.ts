import {
  refusalLabels as fundsRefusals,
  problemLabels as fundsProblems,
} from "#domain/funds/refusal-labels.ts";
import { problemLabels, refusalLabels } from "#statements/labels.ts";
import { labels as vaultLabels } from "#vault/labels.ts";
import { attachmentLabels } from "./attachment-labels.ts";
import { distrustLabels } from "./distrust-labels.ts";
import { memberLabels } from "../keys/member-labels.ts";
import { recordLabels } from "./record-labels.ts";
import { storeAndDossierLabels } from "./refusal-labels.ts";
import { serverLabels } from "./server-labels.ts";
import type { SessionWords } from "../words.ts";

type Words = Pick<SessionWords, "language" | "line">;

type Label = { readonly kk: string; readonly ru: string; readonly en: string };

/** What rules, readers and vault refuse with: a stable code, and an English message with the particulars. */
export type Refused = { readonly code: string; readonly message: string; readonly line?: number | null };

/**
 * A refusal as one sentence in the reader's language. Messages inside the program are English; where the code has a label,
 * kk and ru get the label, the line, and the values that the message names:
 *
 * @example refusalText({ code: "appeal-unknown", message: "line 4: there is no appeal A-2025-099" }, ru)
 *          === "строка 4: Такого сбора нет: A-2025-099."
 */
export function refusalText({ code, message, line }: Refused, words: Words): string {
  return textOf(refusals[code], { message, line: line ?? null }, words);
}

/** The same for a problem of a bank file, which does not stop its reading. */
export function problemText({ code, message, line }: Refused, words: Words): string {
  return textOf(problems[code], { message, line: line ?? null }, words);
}

const refusals: Readonly<Record<string, Label>> = {
  ...recordLabels,
  ...serverLabels,
  ...refusalLabels,
  ...fundsRefusals,
  ...vaultLabels,
  ...storeAndDossierLabels,
  ...memberLabels,
  ...attachmentLabels,
  ...distrustLabels,
};
const problems: Readonly<Record<string, Label>> = { ...fundsProblems, ...problemLabels };

function textOf(
  label: Label | undefined,
  { message, line }: { readonly message: string; readonly line: number | null },
  words: Words,
): string {
  if (words.language === "en" || label === undefined)
    return line === null || linePattern.test(message) ? message : `${words.line(line)}${message}`;
  const [head = "", number] = linePattern.exec(message) ?? [];
  const at = line ?? (number === undefined ? null : Number(number));
  const sentence = label[words.language].replace(/\.$/u, "");
  // A label of several sentences says all there is to say; values after it would belong to none of them.
  const values = sentence.includes(". ") ? [] : valuesIn(message.slice(head.length));
  return `${words.line(at)}${sentence}${values.length === 0 ? "" : `: ${values.join(", ")}`}.`;
}

const linePattern = /^line (\d+): /u;

/**
 * Ids, days, sums, flags, column names and quoted texts that an English message names. An example ("such as 2025-03-09") is
 * not a value, nor is a list of what would be possible, nor a hint after a semicolon.
 */
function valuesIn(message: string): string[] {
  const said = message
    .replace(/^.*; it lacks /u, "columns ")
    .replace(/\b(?:such as|of a known format:) .*$/u, "")
    .replace(/\. There are: .*$/u, "")
    .replace(/; (?:see|look|import|record|to) .*$/u, "");
  return [...new Set(said.match(valuePattern) ?? [])].map((value) => value.replace(/[.,:;]+$/u, ""));
}

const valuePattern =
  /"[^"]{1,80}"|--[a-z][a-z-]+|(?<=\bcolumns? (?:[a-z_]+, )*|\bfield )[a-z_]+|\b[a-z]+_[a-z_]+\b|[\p{L}\d][\p{L}\d.,:/_-]*\d[\p{L}\d.,:/_-]*(?: [A-Z]{3}\b)?|\b\d(?: [A-Z]{3}\b)?/gu;
