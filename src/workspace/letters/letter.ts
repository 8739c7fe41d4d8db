import type { ConfirmationRole } from "#domain/funds/entries.ts";
import type { Language } from "#language/language.ts";
import { fromUtf8, utf8 } from "#record/bytes.ts";

/** What the person without an account reads. Sealed; `spec/vault.md` §10. */
export type LetterContent = {
  readonly v: 1;
  readonly id: string;
  readonly payment: string;
  readonly role: ConfirmationRole;
  readonly language: Language;
  readonly foundation: string;
  readonly question: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Recipient that answers are sealed to. */
  readonly answerTo: string;
  /** Unix seconds. */
  readonly asked: number;
  /** Unix milliseconds. */
  readonly expires: number;
};

export type LetterAnswer = {
  readonly v: 1;
  readonly letter: string;
  /** Digest of the question that was answered. */
  readonly question: string;
  readonly answer: "yes" | "no" | "declined";
  readonly text: string;
  readonly name: string;
  /** Unix seconds by the clock of who answered. */
  readonly at: number;
};

export function encodeLetter(content: LetterContent): Uint8Array {
  return utf8(JSON.stringify(content));
}

/** undefined: not a letter of this form. It was sealed by a member, but perhaps by another version. */
export function decodeLetter(bytes: Uint8Array): LetterContent | undefined {
  const from = parsed(bytes);
  const isTexts = ["id", "payment", "foundation", "question", "answerTo"].every(
    (name) => typeof from?.[name] === "string",
  );
  if (from === undefined || from["v"] !== 1 || !isTexts || !Array.isArray(from["facts"])) return undefined;
  if (from["role"] !== "lawyer" && from["role"] !== "beneficiary") return undefined;
  if (!["kk", "ru", "en"].includes(String(from["language"]))) return undefined;
  if (typeof from["asked"] !== "number" || typeof from["expires"] !== "number") return undefined;
  const isFact = (fact: unknown) =>
    typeof fact === "object" &&
    fact !== null &&
    ["name", "value"].every((name) => typeof Reflect.get(fact, name) === "string");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each member was checked above
  return from["facts"].every(isFact) ? (from as unknown as LetterContent) : undefined;
}

export function encodeAnswer(answer: LetterAnswer): Uint8Array {
  return utf8(JSON.stringify(answer));
}

/** undefined: not an answer to this question. Anyone who has the link can post anything. */
export function decodeAnswer(bytes: Uint8Array, letter: string): LetterAnswer | undefined {
  const from = parsed(bytes);
  if (from === undefined || from["v"] !== 1 || from["letter"] !== letter) return undefined;
  const { question, answer, text, name, at } = from;
  if (answer !== "yes" && answer !== "no" && answer !== "declined") return undefined;
  if (typeof question !== "string" || typeof text !== "string" || typeof name !== "string") return undefined;
  if (typeof at !== "number" || !Number.isSafeInteger(at) || at < 0) return undefined;
  return { v: 1, letter, question, answer, text: text.slice(0, 4000), name: name.slice(0, 200), at };
}

function parsed(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes) ?? "");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object; each member is checked by the caller
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
