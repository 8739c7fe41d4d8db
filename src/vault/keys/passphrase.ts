/** Is a passphrase good enough to protect everything a member can read? Checked when it is chosen, never later. */
import { ok, refuse, type Result } from "#record/result.ts";

/** Why a new passphrase is not taken. Codes are public and stable; words are in `labels.ts`. */
export type PassphraseRefusal =
  | { readonly code: "passphrase-too-short"; readonly message: string }
  | { readonly code: "passphrase-too-plain"; readonly message: string };

const charactersMin = 12;
const wordsMin = 4;
const wordLettersMin = 2;
// Below this a "long" passphrase is a repeated key press or a row of the keyboard.
const distinctMin = 6;

/**
 * Accepts at least 12 characters, or at least four words of two letters or more. Counted in characters as people
 * see them, so Kazakh and Russian letters count one each.
 *
 * Example: `checkPassphrase("кеме жусан тас көл")` is ok; `checkPassphrase("Tulip-2024")` → `passphrase-too-short`.
 */
export function checkPassphrase(passphrase: string): Result<undefined, PassphraseRefusal> {
  const text = passphrase.normalize("NFC").trim();
  const words = text.split(/\s+/u).filter((word) => Array.from(word).length >= wordLettersMin);
  if (Array.from(text).length < charactersMin && words.length < wordsMin) {
    return refuse({
      code: "passphrase-too-short",
      message: `use at least ${charactersMin} characters, or ${wordsMin} words that nobody would guess together`,
    });
  }
  if (new Set(text.toLowerCase()).size < distinctMin) {
    return refuse({
      code: "passphrase-too-plain",
      message: "this repeats a few characters and is guessed at once; take four unrelated words instead",
    });
  }
  return ok(undefined);
}
