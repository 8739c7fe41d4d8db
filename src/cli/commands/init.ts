import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLog } from "#log/sequencer.ts";
import { toHex } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { signatureType, verifierKey, vkeyText } from "#record/note.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { firstMember, found } from "#session/keys/found.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { lockKeyring } from "#vault/keys/keyring.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { Call } from "../commands.ts";
import { askNewPassphrase, insistOnGood } from "../passphrase.ts";
import { keyringPath, makeKeysFolder, membersWithKeyrings } from "../session/data-folder.ts";
import { print, printJson } from "../terminal.ts";

/**
 * Makes a data folder: the first officer's keys, the log's key, root and recovery keys (kept in her keyring until
 * they are handed to trustees), the finance room and the first entry of the record.
 */
export async function run({ args, words }: Call): Promise<void> {
  const folder = args.required("data");
  const name = args.required("name");
  const currency = (args.text("currency") ?? "KZT").toUpperCase();
  if (!/^[A-Z]{3}$/u.test(currency)) throw new Failure("currency-unknown", words.currencyUnknown(currency));
  if (existsSync(join(folder, "aigaq.db")) && membersWithKeyrings(folder).length > 0)
    throw new Failure("data-folder-taken", words.folderTaken(folder));

  const passphrase = await askNewPassphrase(words);
  insistOnGood(passphrase, words);

  const randomBytes = systemRandomness();
  const logSeed = randomBytes(32);
  const logSigner = signerFromSeed(logSeed);
  // Nothing in a log's name tells whose it is: the name stands in the key of every checkpoint.
  const origin = `aigaq/${toHex(randomBytes(8))}`;
  const founded = await found(
    {
      name,
      currency,
      logKey: vkeyText(verifierKey(origin, signatureType.ed25519, logSigner.publicKey)),
      log: { signingSeed: redacted(logSeed), name: origin },
      at: Math.floor(Date.now() / 1000),
    },
    randomBytes,
  );
  const opened = await openSqliteStore({ folder, mode: "create" });
  if (!opened.ok) throw refused(opened.refusal);
  await using store = opened.value;
  const head = await store.head();
  // A log without any keyring is an init that was killed before its last step: nobody can open it, so it cannot be used.
  if (head !== undefined) throw new Failure("data-folder-taken", words.folderTaken(folder));
  const log = await openLog({ store, logSigner, origin });
  if (!log.ok) throw refused(log.refusal);
  // The keyring first: an acknowledged entry whose key was lost would be a record that nobody can continue.
  makeKeysFolder(folder);
  writeFileSync(
    keyringPath(folder, firstMember),
    await lockKeyring(founded.keyring, passphrase, randomBytes),
    {
      mode: 0o600,
      flush: true,
    },
  );
  const appended = await log.value.append(founded.entries, { objects: founded.objects });
  if (!appended.ok) throw refused(appended.refusal);

  if (args.has("json")) printJson({ made: { name, origin, currency, member: firstMember, data: folder } });
  else {
    print(words.made(name, folder));
    print(words.madeNext(folder));
  }
}
