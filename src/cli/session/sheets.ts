/** What `recovery split` and `recovery renew` have in common: how many sheets, their files, and a keyring that forgets the key. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, refused } from "#session/refusals/failure.ts";
import { recoveryKitAt } from "#session/keys/found.ts";
import { readPeople } from "#session/keys/people.ts";
import type { Session } from "#session/session.ts";
import { lockKeyring, unlockKeyring } from "#vault/keys/keyring.ts";
import type { Call } from "../commands.ts";
import { askPassphrase } from "../passphrase.ts";
import { keyringPath } from "./data-folder.ts";

/** How many sheets are made, how many of them are needed, and the folder for their texts. */
export type Sheets = { readonly total: number; readonly threshold: number; readonly out: string };

export function readSheets({ args, words }: Call): Sheets {
  const total = Number(args.text("trustees") ?? "5");
  const threshold = Number(args.text("quorum") ?? "3");
  const isPossible =
    Number.isInteger(total) &&
    Number.isInteger(threshold) &&
    threshold >= 2 &&
    threshold <= total &&
    total <= 255;
  if (!isPossible) throw new Failure("quorum-impossible", words.quorumOdd(total, threshold));
  const out = args.required("out");
  if (existsSync(out) && readdirSync(out).length > 0) throw new Failure("file-exists", words.fileExists(out));
  return { total, threshold, out };
}

const sheetPath = ({ out, total }: Sheets, i: number): string => join(out, `share-${i + 1}-of-${total}.txt`);

export function writeSheets(sheets: Sheets, texts: readonly string[]): void {
  mkdirSync(sheets.out, { recursive: true, mode: 0o700 });
  for (const [i, text] of texts.entries())
    writeFileSync(sheetPath(sheets, i), `${text}\n`, { mode: 0o600, flag: "wx", flush: true });
}

/** Takes away sheets of a key that did not come into force: they would open nothing, and look as if they did. */
export function removeSheets(sheets: Sheets): void {
  for (let i = 0; i < sheets.total; i++) rmSync(sheetPath(sheets, i), { force: true });
}

/**
 * The keyring without the recovery key, and without the root keys, which the trustees' kit holds: none may also lie here whole.
 * Where a server keeps her keyring, neither was ever in it.
 */
export async function forgetRecovery(session: Session, { args, words }: Call): Promise<void> {
  const { recovery, roots, ...without } = session.keyring;
  const path = keyringPath(args.required("data"), session.member);
  if ((recovery === undefined && roots === undefined) || !existsSync(path)) return;
  // A record that began before there were kits has its root keys nowhere else.
  const { rotation } = (await readPeople(session)).log.directory.roots;
  const hasKit = (await session.store.object(recoveryKitAt(rotation))) !== undefined;
  const rest = hasKit || roots === undefined ? without : { ...without, roots };
  const passphrase = await askPassphrase(words.passphraseAsk, words.passphraseMissing);
  const isRight = await unlockKeyring(readFileSync(path), passphrase);
  if (!isRight.ok) throw refused(isRight.refusal);
  writeFileSync(path, await lockKeyring(rest, passphrase, session.randomBytes), { mode: 0o600, flush: true });
}
