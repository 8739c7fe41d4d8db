import { parseEntry } from "#record/entry.ts";
import { parseVkey } from "#record/note.ts";
import type { VerifierKey } from "#record/note.ts";
import { toHex } from "#record/bytes.ts";
import type { Language } from "#language/language.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import type { Progress } from "#session/progress.ts";
import type { RecordPort, RecordReader } from "#session/record-port.ts";
import { learnEpochs, takeKeyParcel } from "#session/keys/room-keys.ts";
import { Session } from "#session/session.ts";
import type { SessionWords } from "#session/words.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { prepareArgon2id } from "#vault/keys/argon2.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import { serverPost, type LetterPost } from "#workspace/letters/letter-post.ts";
import type { Command, Job } from "./command.ts";
import { isOffline, HttpRecord } from "./http-record.ts";
import { memoryLocalStore, openLocalStore, type LocalStore } from "./local-store.ts";
import { Outbox } from "./outbox.ts";
import { Newcomer, type TakenOver } from "./newcomer.ts";
import { readAhead } from "./read-ahead.ts";
import { answeredBytes, Server, type FoundationInfo } from "./server.ts";
import type { SealedFiles } from "./waiting-files.ts";
import { Turns } from "./turns.ts";
import { deskWords } from "./words.ts";

/** What the desk tells the screens of its own accord. */
export type DeskEvent =
  /** The books, or what waits, are others now: ask again. */
  | { readonly kind: "changed" }
  | { readonly kind: "connection"; readonly online: boolean }
  | { readonly kind: "progress"; readonly what: string; readonly done: number; readonly total: number }
  | { readonly kind: "progress-ended" }
  /** Whether a tab of an earlier version keeps this device's storage from being opened; it goes on by itself. */
  | { readonly kind: "blocked"; readonly isBlocked: boolean }
  /** Whose books are shown while this device checks every entry; undefined: its own. */
  | { readonly kind: "taken-over"; readonly taken: TakenOver | undefined };

/** Whose desk it is once somebody has signed in. */
export type OpenDesk = {
  readonly session: Session;
  readonly outbox: Outbox;
  readonly newcomer: Newcomer;
  readonly local: LocalStore;
  readonly files: SealedFiles;
  readonly letters: LetterPost;
  /** The guided tour: everything lies in this tab's memory. */
  readonly isSample: boolean;
  /** Replaces the keyring where it is kept: after a new room, a new epoch, a new lock. */
  keepKeyring(keyring: Keyring): Promise<void>;
};

export type DeskSetup = {
  /** The address of the server, such as "https://aigaq.example". */
  readonly origin: string;
  readonly tell: (event: DeskEvent) => void;
  /** Unix milliseconds. */
  readonly now: () => number;
  command(name: string): Command<unknown> | Job<unknown> | undefined;
  /** Left out in browsers, whose own `fetch` keeps the cookie. */
  readonly fetcher?: typeof fetch;
  /** What the device keeps; left out in browsers, which have IndexedDB. */
  readonly local?: LocalStore;
};

/**
 * The member's desk: lives in a worker, so that opening, searching and signing never hold up the screen. It keeps the
 * opened record and what waits to be sent; screens ask it by name (`calls.ts`).
 */
export class Desk {
  readonly server: Server;
  readonly randomBytes: RandomBytes = systemRandomness();
  readonly now: () => number;
  readonly tell: (event: DeskEvent) => void;
  readonly command: DeskSetup["command"];
  /** What a screen prepared and a later call uses, such as a foundation before its first entry. Forgotten with the tab. */
  readonly prepared = new Map<string, unknown>();
  readonly turns = new Turns();
  #language: Language = "ru";
  #open: OpenDesk | undefined;
  #info: FoundationInfo | undefined;
  #local: LocalStore | undefined;
  #changes: AbortController | undefined;

  constructor(setup: DeskSetup) {
    this.server = new Server(setup.origin, setup.fetcher);
    this.now = setup.now;
    this.tell = setup.tell;
    this.#local = setup.local;
    this.command = (name) => setup.command(name);
  }

  get language(): Language {
    return this.#language;
  }

  setLanguage(language: Language): void {
    this.#language = language;
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** @throws Failure `signed-out` when nobody has signed in. */
  get opened(): OpenDesk {
    if (this.#open === undefined) throw new Failure("signed-out", "sign in first");
    return this.#open;
  }

  get session(): Session {
    return this.opened.session;
  }

  /** What the server says of its foundation; asked once, again after it was started. */
  async foundation(again = false): Promise<FoundationInfo> {
    if (this.#info === undefined || again) this.#info = await this.server.foundation();
    return this.#info;
  }

  /** What this device keeps of the server's log. */
  async local(): Promise<LocalStore> {
    if (this.#local === undefined) {
      const { genesis = "none" } = await this.foundation();
      // Asked for twice at once, it is opened twice, and only one is used from then on.
      const opened = await openLocalStore(genesis.slice(0, 16), (isBlocked) =>
        this.tell({ kind: "blocked", isBlocked }),
      ).catch(memoryLocalStore);
      this.#local ??= readAhead(opened);
    }
    return this.#local;
  }

  /** While somebody types her passphrase: what this device keeps is read, and what opens the lock is fetched and compiled. */
  async prepare(): Promise<void> {
    const { started } = await this.foundation();
    // Before there is a foundation nothing is kept, and its name is not known yet.
    if (started && !this.isOpen) await Promise.all([this.local(), prepareArgon2id()]);
  }

  /** Opens the server's record with a keyring. */
  async openServer(keyring: Keyring, keepKeyring: OpenDesk["keepKeyring"]): Promise<void> {
    const info = await this.foundation();
    const logKey = parseVkey(info.logKey);
    if (!logKey.ok) throw refused(logKey.refusal);
    // Before anything kept here is looked for under the name that the server gives.
    if (keyring.genesis !== undefined && info.genesis !== toHex(keyring.genesis)) throw anotherFoundation();
    const local = await this.local();
    const port = await HttpRecord.open(this.server, local, logKey.value);
    const files: SealedFiles = {
      send: (file) => this.server.upload(file),
      delete: (stored) => this.server.removeFile(stored),
      get: (stored) => this.server.download(stored),
    };
    const genesis = await genesisBehind(port.reader, info);
    const pinned = keyring.genesis === undefined ? { ...keyring, genesis } : keyring;
    const learned = await this.#learnKeys(port.reader, pinned, keepKeyring, keyring);
    await this.open({
      port,
      logKey: logKey.value,
      keyring: learned,
      local,
      files,
      isSample: false,
      keepKeyring,
    });
    this.#followChanges();
  }

  /** Room keys that others began since, and what officers left for this member. Before anything is read or sealed. */
  async #learnKeys(
    reader: RecordReader,
    keyring: Keyring,
    keepKeyring: OpenDesk["keepKeyring"],
    kept: Keyring,
  ): Promise<Keyring> {
    try {
      const parcels = await this.server.deliveries();
      let learned = keyring;
      for (const { id, sealed } of parcels) {
        const taken = await takeKeyParcel(reader, learned, answeredBytes(sealed));
        if (taken !== undefined) learned = taken;
        // One that is not taken is not by an officer, or not for these keys: it will not be later either.
        if (taken === undefined) await this.server.dropDelivery(id);
      }
      learned = await learnEpochs(reader, learned);
      if (learned === kept) return learned;
      await keepKeyring(learned);
      for (const { id } of parcels) await this.server.dropDelivery(id).catch(() => undefined);
      return learned;
    } catch (error) {
      // Another device of hers keeps the same keys at this moment; this one has them until it is closed.
      if (error instanceof Failure && error.code === "keyring-changed") return learnEpochs(reader, keyring);
      if (isOffline(error)) return keyring;
      throw error;
    }
  }

  /** Opens a record that is here: on a server, or in memory. */
  async open(parts: {
    readonly port: RecordPort;
    readonly logKey: VerifierKey;
    readonly keyring: Keyring;
    readonly local: LocalStore;
    readonly files: OpenDesk["files"];
    /** Left out: the server's. */
    readonly letters?: LetterPost;
    readonly isSample: boolean;
    readonly keepKeyring: OpenDesk["keepKeyring"];
  }): Promise<void> {
    const session = new Session({
      port: parts.port,
      keyring: parts.keyring,
      logKey: parts.logKey,
      words: this.#words(),
      progress: this.#progress(),
      now: this.now,
      randomBytes: this.randomBytes,
      onSaved: () => void this.#open?.newcomer.offer(),
    });
    const { local, files, letters = serverPost(this.server), isSample, keepKeyring } = parts;
    const outbox = await Outbox.open({
      session,
      local,
      files,
      command: this.command,
      onChange: () => this.tell({ kind: "changed" }),
    });
    const newcomer = await Newcomer.open({
      session,
      local,
      turns: this.turns,
      tell: (taken) => this.tell({ kind: "taken-over", taken }),
      onSettled: () => {
        this.tell({ kind: "changed" });
        void outbox.send();
      },
    });
    this.#open = { session, outbox, newcomer, local, files, letters, isSample, keepKeyring };
    void newcomer.begin();
    void outbox.send();
  }

  /** Forgets every key; what waits stays sealed on the device. */
  close(): void {
    this.#changes?.abort();
    this.#changes = undefined;
    this.#open?.outbox.close();
    this.#open?.newcomer.close();
    this.#open?.letters.close();
    this.#open = undefined;
    this.prepared.clear();
  }

  /** The messages follow the language, also when it is switched while something runs. */
  #words(): SessionWords {
    const current = () => deskWords[this.#language];
    return new Proxy(deskWords.en, {
      get: (_, name) => Reflect.get(current(), name) as unknown,
    });
  }

  #progress(): Progress {
    let last = 0;
    return {
      update: (what, done, total) => {
        const now = this.now();
        if (now - last < 100 && done !== total) return;
        last = now;
        this.tell({ kind: "progress", what, done, total });
      },
      end: () => this.tell({ kind: "progress-ended" }),
    };
  }

  /** Looks for what others recorded and sends what waits; tells when something changed or the connection did. */
  async catchUp(): Promise<void> {
    const open = this.#open;
    if (open === undefined || open.isSample) return;
    try {
      const { keyring: kept } = open.session;
      const hasGrown = await open.session.refresh();
      this.tell({ kind: "connection", online: true });
      const { isKeyWithheld, keyring } = open.session;
      // A key may also have come between two looks, or lie with what officers left.
      if (hasGrown || isKeyWithheld || keyring !== kept) {
        const { session, keepKeyring } = open;
        session.takeKeyring(await this.#learnKeys(session.store, session.keyring, keepKeyring, kept));
      }
      if (hasGrown || isKeyWithheld) this.tell({ kind: "changed" });
      await open.outbox.send();
    } catch (error) {
      if (!isOffline(error)) throw error;
      this.tell({ kind: "connection", online: false });
    }
  }

  /** Follows the server's stream of changes, through lost connections, until the desk is closed. */
  #followChanges(): void {
    this.#changes?.abort();
    const stop = new AbortController();
    this.#changes = stop;
    void this.#follow(stop.signal);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const event of this.server.changes(signal)) {
          if (event === "open" || event === "head") await this.catchUp();
          else if (event === "letters") this.tell({ kind: "changed" });
        }
      } catch {
        // Below: the connection is lost, or the server restarts.
      }
      if (signal.aborted) return;
      this.tell({ kind: "connection", online: false });
      await new Promise((resolve) => setTimeout(resolve, reconnectAfterMs));
      await this.catchUp().catch(() => undefined);
    }
  }
}

const reconnectAfterMs = 3000;

/**
 * The first entry of the log, whose hash is what the server says it is and which names the key that signs the log's checkpoints.
 * It names the officers too, so whoever could exchange it could hand out keys of his own.
 */
async function genesisBehind(
  reader: Pick<RecordReader, "entries">,
  { genesis, logKey }: FoundationInfo,
): Promise<Uint8Array> {
  for await (const { jwt, hash } of reader.entries(0, 1)) {
    const parsed = parseEntry(jwt);
    if (!parsed.ok || parsed.value.payload.type !== "genesis" || toHex(hash) !== genesis) break;
    if (parsed.value.payload.pub["log"] === logKey) return hash;
    throw new Failure("log-key-wrong", "the log is signed with another key than its first entry names");
  }
  throw anotherFoundation();
}

function anotherFoundation(): Failure {
  return new Failure("genesis-wrong", "the server shows another foundation than the one of these keys");
}
