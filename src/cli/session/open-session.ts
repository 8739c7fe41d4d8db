import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { signerFromSeed } from "#record/ed25519.ts";
import { parseEntry } from "#record/entry.ts";
import { parseVkey, signatureType, verifierKey, type VerifierKey } from "#record/note.ts";
import { readLogHead } from "#log/log-head.ts";
import { openLog } from "#log/sequencer.ts";
import { readLogKey } from "#server/log-key.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import type { Progress } from "#session/progress.ts";
import { localPort, type RecordPort } from "#session/record-port.ts";
import { Session, type SessionSetup } from "#session/session.ts";
import type { SqliteStore } from "#storage/sqlite/sqlite-store.ts";
import { learnEpochs } from "#session/keys/room-keys.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { Call } from "../commands.ts";
import { askPassphrase } from "../passphrase.ts";
import { progressOn } from "../terminal.ts";
import type { Words } from "../words/language.ts";
import { BulkAppender } from "./bulk-appender.ts";
import { findKeyring, keepWitnessed, readWitnessed } from "./data-folder.ts";
import { unlockOnce } from "./early-unlock.ts";
import { openFolderStore } from "./folder-store.ts";
import { unlockEnrolled } from "./served-keyring.ts";

export type FolderSetup = {
  readonly folder: string;
  readonly mode: "read" | "write";
  readonly words: Words;
  readonly asMember?: string | undefined;
  readonly progress: Progress;
  /** Unix milliseconds. */
  readonly now: () => number;
};

/** A session over a data folder; disposing of it closes the folder. */
export class FolderSession extends Session implements AsyncDisposable {
  readonly folderStore: SqliteStore;

  private constructor(setup: SessionSetup, store: SqliteStore) {
    super(setup);
    this.folderStore = store;
  }

  /** Asks for the passphrase, unlocks the keyring, opens the folder. Failures say what to do. */
  static async open(setup: FolderSetup): Promise<FolderSession> {
    const { folder, words } = setup;
    const ask = () => askPassphrase(words.passphraseAsk, words.passphraseMissing);
    const sealed = findKeyring(folder, setup.asMember);
    if (sealed === undefined && !existsSync(join(folder, "aigaq.db")))
      throw new Failure("data-folder-missing", words.folderMissing(folder));
    // The keyring of a served foundation lies in the storage, so that is opened first; else it need not wait for a slip in typing.
    const unlocked = sealed === undefined ? undefined : await unlockOnce(sealed, await ask());
    if (unlocked?.ok === false) throw refused(unlocked.refusal);
    const store = await openFolderStore(folder, setup.mode, words);
    try {
      const keyring =
        unlocked?.value ?? (await unlockEnrolled(store, setup.asMember, { folder, words, ask }));
      return new FolderSession(await setupOver(setup, store, withLogKey(folder, keyring)), store);
    } catch (error) {
      await store[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.progress.end();
    await this.folderStore[Symbol.asyncDispose]();
  }
}

/** The session of a command: its `--data` folder, acting as `--as` or the folder's first member. */
export function openSession({ args, words, quiet }: Call, mode: "read" | "write"): Promise<FolderSession> {
  return FolderSession.open({
    folder: args.required("data"),
    mode,
    words,
    asMember: args.text("as"),
    progress: progressOn(process.stderr, quiet, words.language),
    now: () => Date.now(),
  });
}

/** What a session over the folder's storage is made of, for whoever holds this keyring. */
export async function setupOver(
  { folder, mode, words, progress, now }: FolderSetup,
  store: SqliteStore,
  keyring: Keyring,
): Promise<SessionSetup> {
  const logSigner = keyring.log === undefined ? undefined : signerFromSeed(keyring.log.signingSeed.reveal());
  const logKey =
    keyring.log === undefined || logSigner === undefined
      ? await logKeyOfGenesis(store)
      : verifierKey(keyring.log.name, signatureType.ed25519, logSigner.publicKey);
  const head = await readLogHead(store, logKey);
  if (!head.ok) throw refused(head.refusal);
  const { size, root, checkpoint } = head.value;
  let port: RecordPort = { reader: store, size, root, checkpoint };
  if (mode === "write" && logSigner !== undefined) {
    const witnessed = readWitnessed(folder, logKey.name, words);
    const log = await openLog({ store, logSigner, origin: logKey.name, witnessed });
    if (!log.ok) throw refused(log.refusal);
    port = localPort(store, log.value);
  }
  return {
    port,
    // Rooms go on under new keys when others are added or removed.
    keyring: await learnEpochs(store, keyring),
    logKey,
    words,
    progress,
    now,
    randomBytes: systemRandomness(),
    bulk: (deps) => new BulkAppender(deps),
    onAppended: (checkpoint) => keepWitnessed(logKey.name, checkpoint),
  };
}

/** Where the folder is served, the key of the log lies in a file of its own: the server signs without a passphrase. */
export function withLogKey(folder: string, keyring: Keyring): Keyring {
  if (keyring.log !== undefined) return keyring;
  const kept = readLogKey(folder);
  if (kept === undefined) return keyring;
  if (!kept.ok) throw refused(kept.refusal);
  return { ...keyring, log: { signingSeed: redacted(kept.value.seed), name: kept.value.origin } };
}

/** The key of the log, as its first entry names it. */
async function logKeyOfGenesis(store: SqliteStore): Promise<VerifierKey> {
  for await (const { jwt } of store.entries(0, 1)) {
    const parsed = parseEntry(jwt);
    const text = parsed.ok ? parsed.value.payload.pub["log"] : undefined;
    const key = typeof text === "string" ? parseVkey(text) : undefined;
    if (key?.ok === true) return key.value;
  }
  throw new Failure("record-damaged", "entry 0: no genesis entry that names the key of the log", {
    exitCode: 1,
  });
}
