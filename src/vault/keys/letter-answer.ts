/**
 * Answers to letters: an age file to the X25519 recipient that stands inside the sealed question. Whoever has the link can
 * send one; only members of the room can read it, not even who answered before. Spec: `spec/vault.md` §10.
 */
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import type { Redacted } from "./redacted.ts";

/** To another letter, damaged, or no answer at all. */
export type LetterAnswerRefusal = Refusal<"letter-answer-unreadable">;

/** @throws if `recipient` is none: it comes out of a letter that opened under its own key. */
export async function sealAnswer(recipient: string, content: Uint8Array): Promise<Uint8Array> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(pad(content));
}

/** Opens an answer; `letter-answer-unreadable` when it is to another letter, damaged, or no answer at all. */
export async function openAnswer(
  identity: Redacted<string>,
  sealed: Uint8Array,
): Promise<Result<Uint8Array, LetterAnswerRefusal>> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.reveal());
  try {
    const content = unpad(await decrypter.decrypt(sealed));
    if (content.ok) return ok(content.value);
  } catch {
    // Anyone may post bytes to an open letter; age has no codes for what is wrong with them.
  }
  return refuse({
    code: "letter-answer-unreadable",
    message: "the answer does not open: it is to another letter, or damaged",
  });
}
