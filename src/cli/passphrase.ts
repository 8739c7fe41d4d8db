import process from "node:process";
import { checkPassphrase } from "#vault/keys/passphrase.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { note } from "./terminal.ts";
import type { Words } from "./words/language.ts";

/**
 * The passphrase, from AIGAQ_PASSPHRASE or asked for on the terminal without showing it. Never from a flag:
 * flags stand in the process list, where anyone on the machine can read them.
 */
export async function askPassphrase(
  question: string,
  missing: (variable: string) => string,
  variable = "AIGAQ_PASSPHRASE",
): Promise<string> {
  const given = process.env[variable];
  if (given !== undefined && given !== "") return given;
  if (!process.stdin.isTTY) throw new Failure("passphrase-missing", missing(variable));
  process.stderr.write(`${question} `);
  return await readHidden();
}

/** A passphrase to be chosen: typed twice on a terminal, so that a slip of the finger does not lock anyone out. */
export async function askNewPassphrase(words: Words): Promise<string> {
  const first = await askPassphrase(words.passphraseNew, words.passphraseMissing);
  if (process.env["AIGAQ_PASSPHRASE"] === first) return first;
  if ((await askPassphrase(words.passphraseAgain, words.passphraseMissing)) === first) return first;
  throw new Failure("passphrases-differ", words.passphrasesDiffer);
}

/** The passphrase of a member who is made or comes back: she types it herself, twice where it is new. */
export async function askPassphraseOf(words: Words, name: string, { isNew = true } = {}): Promise<string> {
  const variable = "AIGAQ_NEW_PASSPHRASE";
  const first = await askPassphrase(words.passphraseOf(name), words.passphraseMissing, variable);
  if (!isNew || process.env[variable] === first) return first;
  if ((await askPassphrase(words.passphraseAgain, words.passphraseMissing, variable)) === first) return first;
  throw new Failure("passphrases-differ", words.passphrasesDiffer);
}

/**
 * Refuses a weak passphrase that a person chose at the prompt. One that a script set in `variable` is taken with a loud
 * warning: a program cannot think of a better one, and a test folder holds nothing that needs one.
 */
export function insistOnGood(passphrase: string, words: Words, variable = "AIGAQ_PASSPHRASE"): void {
  const checked = checkPassphrase(passphrase);
  if (checked.ok) return;
  if (passphrase === "" || process.env[variable] !== passphrase) throw refused(checked.refusal);
  note(words.passphraseWeak);
}

/** A line of the terminal that is not shown while it is typed. */
export function readHidden(): Promise<string> {
  const input = process.stdin;
  input.setRawMode(true);
  input.resume();
  input.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let typed = "";
    const finish = () => {
      input.setRawMode(false);
      input.pause();
      input.off("data", take);
      process.stderr.write("\n");
    };
    const take = (chunk: string) => {
      for (const key of chunk) {
        if (key === "\r" || key === "\n") {
          finish();
          resolve(typed);
          return;
        }
        if (key === "\u0003") {
          finish();
          reject(new Failure("interrupted", "", { exitCode: 130 }));
          return;
        }
        if (key === "\u007f" || key === "\b") typed = [...typed].slice(0, -1).join("");
        else if (key >= " ") typed += key;
      }
    };
    input.on("data", take);
  });
}
