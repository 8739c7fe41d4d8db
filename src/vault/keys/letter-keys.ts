/**
 * The keys of a letter, derived from the room's epoch key and the letter's id: nothing has to be kept beside the server's
 * ciphertext, every member of the room finds them, and who holds one link learns nothing of another. Spec: `spec/vault.md` §10.
 */
import { utf8 } from "#record/bytes.ts";
import { hmacSha256 } from "#record/hash.ts";
import { newDeviceKey, type AgeKeyPair } from "./member.ts";
import { type Redacted, redacted } from "./redacted.ts";

export type LetterKeys = {
  /** Opens the question; goes into the link. */
  readonly question: Redacted<Uint8Array>;
  /** Answers are sealed to its recipient; the identity stays with the room. */
  readonly answers: AgeKeyPair;
};

/** @param epochKey the room's key of the epoch in which the letter was written. */
export async function letterKeys(epochKey: Uint8Array, id: string): Promise<LetterKeys> {
  const derived = (what: string) => hmacSha256(epochKey, utf8(`aigaq/letter/1/${what}\n${id}`));
  return {
    question: redacted(derived("question")),
    answers: await newDeviceKey(() => derived("answers")),
  };
}
