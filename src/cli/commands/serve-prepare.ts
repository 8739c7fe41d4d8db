import { existsSync } from "node:fs";
import { join } from "node:path";
import { toBase64Url } from "#record/bytes.ts";
import { enrolmentObject } from "#server/access/members.ts";
import { logKeyPath, readLogKey, writeLogKey } from "#server/log-key.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { recoveryKitObject } from "#session/keys/found.ts";
import type { SqliteStore } from "#storage/sqlite/sqlite-store.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { closeLock, newPassphraseLock, sealKeyringBody } from "#vault/keys/locks.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { Call } from "../commands.ts";
import { askPassphrase, insistOnGood } from "../passphrase.ts";
import { findKeyring, keyringPath, membersWithKeyrings } from "../session/data-folder.ts";
import { openFolderStore } from "../session/folder-store.ts";
import { unlockOnce } from "../session/early-unlock.ts";
import { enrolments } from "../session/served-keyring.ts";
import { print, printJson } from "../terminal.ts";
import type { Words } from "../words/language.ts";

/**
 * Makes a folder of `aigaq init` ready for `aigaq serve`: the log's key in a file of its own, and a lock with which the member
 * signs in with the same passphrase. What is there already stays as it is, so it may be run again, and once for each member.
 */
export async function run({ args, words }: Call): Promise<void> {
  const folder = args.required("data");
  if (!existsSync(join(folder, "aigaq.db")))
    throw new Failure("data-folder-missing", words.folderMissing(folder));
  const sealed = findKeyring(folder, args.text("as"));
  if (sealed === undefined) throw nothingToPrepare(folder, args.text("as"), words);
  const passphrase = await askPassphrase(words.passphraseAsk, words.passphraseMissing);
  const unlocked = await unlockOnce(sealed, passphrase);
  if (!unlocked.ok) throw refused(unlocked.refusal);
  const keyring = unlocked.value;
  insistOnGood(passphrase, words);

  await using store = await openFolderStore(folder, "write", words);
  const logKey = keepLogKey(folder, keyring, words);
  const enrolment = await enrol(store, keyring, passphrase);
  const { member, recovery } = keyring;
  if (args.has("json")) printJson({ member, logKey, enrolment, recoveryWhole: recovery !== undefined });
  else {
    print(logKey === "made" ? words.prepareLogKey(logKeyPath(folder)) : words.prepareLogKeyThere);
    print(enrolment === "made" ? words.prepareEnrolled(member) : words.prepareEnrolledThere(member));
    if (recovery !== undefined) print(words.prepareSplitFirst(keyringPath(folder, member), folder));
    print(words.prepareNext(folder));
  }
}

function nothingToPrepare(folder: string, member: string | undefined, words: Words): Failure {
  if (membersWithKeyrings(folder).length > 0)
    return new Failure("member-unknown", words.memberUnknown(member ?? ""));
  return new Failure("nothing-to-prepare", words.prepareNothing(folder));
}

/** The log's key out of the keyring; one that lies there is never overwritten, and must be the same. */
function keepLogKey(folder: string, { log, member }: Keyring, words: Words): "made" | "there" {
  const kept = readLogKey(folder);
  if (kept !== undefined) {
    if (!kept.ok) throw refused(kept.refusal);
    const isTheSame =
      log === undefined ||
      (log.name === kept.value.origin &&
        toBase64Url(log.signingSeed.reveal()) === toBase64Url(kept.value.seed));
    if (!isTheSame) throw new Failure("log-key-foreign", words.prepareForeignKey(logKeyPath(folder)));
    return "there";
  }
  if (log === undefined) throw new Failure("log-key-missing", words.prepareNoLogKey(member));
  writeLogKey(folder, log.name, log.signingSeed.reveal());
  return "made";
}

/**
 * The member's keys as a server keeps them. Without the log's key, which the server has, and without the recovery key and the
 * root keys that it opens, which belong to trustees.
 */
async function enrol(store: SqliteStore, keyring: Keyring, passphrase: string): Promise<"made" | "there"> {
  const { log: _log, recovery: _recovery, roots, ...rest } = keyring;
  // A record that began before there were kits has its root keys nowhere else.
  const hasKit = (await store.object(recoveryKitObject)) !== undefined;
  const everyday = hasKit || roots === undefined ? rest : { ...rest, roots };
  const { member } = everyday;
  if ((await enrolments(store)).some((one) => one.member === member)) return "there";
  const randomBytes = systemRandomness();
  const keyringKey = redacted(randomBytes(32));
  const lock = await newPassphraseLock(toBase64Url(randomBytes(16)), passphrase, randomBytes);
  const enrolment = enrolmentObject({
    member,
    locks: [await closeLock({ member, ...lock }, keyringKey, randomBytes)],
    keyring: toBase64Url(await sealKeyringBody(everyday, keyringKey, randomBytes)),
    keyringVersion: 1,
  });
  await store.putObject(enrolment.name, enrolment.bytes);
  return "made";
}
