import { readFileSync } from "node:fs";
import process from "node:process";
import { equalBytes } from "#record/bytes.ts";
import { unlockKeyring } from "#vault/keys/keyring.ts";
import type { Arguments } from "../arguments.ts";
import { keyringPath, membersWithKeyrings } from "./data-folder.ts";

type Unlocking = ReturnType<typeof unlockKeyring>;
let begun:
  | { readonly sealed: Uint8Array; readonly passphrase: string; readonly keyring: Unlocking }
  | undefined;

/**
 * Starts on the keyring that the command will need, where the passphrase need not be asked for: Argon2id keeps another
 * thread busy for as long as this one takes to load the rest of the program. Says nothing of what is wrong; the session
 * looks again and does.
 */
export function beginUnlocking(args: Arguments): void {
  const folder = args.text("data");
  const passphrase = process.env["AIGAQ_PASSPHRASE"];
  if (folder === undefined || folder === "" || passphrase === undefined || passphrase === "") return;
  try {
    const members = membersWithKeyrings(folder);
    const member = args.text("as") ?? members[0];
    if (member === undefined || !members.includes(member)) return;
    const sealed = readFileSync(keyringPath(folder, member));
    const keyring = unlockKeyring(sealed, passphrase);
    // The command may fail for another reason before anyone waits for this.
    keyring.catch(() => undefined);
    begun = { sealed, passphrase, keyring };
  } catch {
    begun = undefined;
  }
}

/** As `unlockKeyring`; takes over what {@link beginUnlocking} began when it is of the same bytes and passphrase. */
export function unlockOnce(sealed: Uint8Array, passphrase: string): Unlocking {
  const early = begun;
  begun = undefined;
  const isTheSame =
    early !== undefined && early.passphrase === passphrase && equalBytes(early.sealed, sealed);
  return isTheSame ? early.keyring : unlockKeyring(sealed, passphrase);
}
