import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toBase64Url, toHex } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { issueEntry } from "#record/issue.ts";
import { signatureType, verifierKey, vkeyText } from "#record/note.ts";
import { EMPTY_ROOT } from "#record/tree.ts";
import { openLog } from "#log/sequencer.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { newEpochKey, sealEpoch } from "#vault/keys/epochs.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { lockKeyring } from "#vault/keys/keyring.ts";
import { newHybridKey, newMemberKeys } from "#vault/keys/member.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { Call } from "../commands.ts";
import { Failure, refused } from "#session/failure.ts";
import { askNewPassphrase, insistOnGood } from "../passphrase.ts";
import { keyringPath, makeKeysFolder, membersWithKeyrings } from "../session/data-folder.ts";
import { keysStream } from "#session/issuing.ts";
import { financeRoom } from "#session/session.ts";
import { print, printJson } from "../terminal.ts";

/** Number of root keys; two of three sign changes of officers. */
const rootKeyCount = 3;
const firstMember = "M-01";

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
  const member = await newMemberKeys(randomBytes);
  const recovery = await newHybridKey(randomBytes);
  const logSeed = randomBytes(32);
  const roots = Array.from({ length: rootKeyCount }, () => randomBytes(32));
  const epochKey = newEpochKey(randomBytes);
  const room = randomBytes(16);
  // Nothing in a log's name tells whose it is: the name stands in the key of every checkpoint.
  const origin = `aigaq/${toHex(randomBytes(8))}`;
  const keyring: Keyring = {
    version: 1,
    member: firstMember,
    device: { signingSeed: member.signingSeed, readingIdentity: member.reading.identity },
    account: { identity: member.account.identity },
    log: { signingSeed: redacted(logSeed), name: origin },
    roots: roots.map((seed) => redacted(seed)),
    recovery: recovery.identity,
    nullifierKey: redacted(randomBytes(32)),
    rooms: { [financeRoom]: { id: room, epochs: { 0: epochKey } } },
  };

  const signer = signerFromSeed(member.signingSeed.reveal());
  const logSigner = signerFromSeed(logSeed);
  const at = Math.floor(Date.now() / 1000);
  const deps = { signer, randomBytes };
  const anchor = { size: 0, root: EMPTY_ROOT };
  const genesis = issueEntry(
    {
      type: "genesis",
      genesis: null,
      at,
      anchor,
      pub: {
        name,
        currency,
        log: vkeyText(verifierKey(origin, signatureType.ed25519, logSigner.publicKey)),
        officer: { x: toBase64Url(signer.publicKey), member: firstMember },
        roots: roots.map((seed) => toBase64Url(signerFromSeed(seed).publicKey)),
        reading: member.reading.recipient,
        account: member.account.recipient,
        recovery: recovery.recipient,
      },
    },
    deps,
  );
  const epoch = issueEntry(
    {
      type: "room.epoch",
      genesis: genesis.hash,
      at,
      anchor,
      stream: { id: keysStream, seq: 0, previous: null },
      pub: { room: toHex(room), epoch: 0, readers: [firstMember] },
    },
    deps,
  );
  const files = await sealEpoch(
    { room, epoch: 0, key: epochKey },
    { devices: [member.reading.recipient], accounts: [member.account.recipient, recovery.recipient] },
    randomBytes,
  );
  if (!files.ok) throw new Error(`bug: own recipients refused: ${files.refusal.message}`);

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
  writeFileSync(keyringPath(folder, firstMember), await lockKeyring(keyring, passphrase, randomBytes), {
    mode: 0o600,
    flush: true,
  });
  const prefix = `epoch/${toHex(room)}/0`;
  const appended = await log.value.append([genesis, epoch], {
    objects: [
      { name: `${prefix}/x25519.age`, bytes: files.value.x25519 },
      { name: `${prefix}/hybrid.age`, bytes: files.value.hybrid },
    ],
  });
  if (!appended.ok) throw refused(appended.refusal);

  if (args.has("json")) printJson({ made: { name, origin, currency, member: firstMember, data: folder } });
  else {
    print(words.made(name, folder));
    print(words.madeNext(folder));
  }
}
