import type { FundsEntry } from "#domain/funds/entries.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { equalBytes } from "#record/bytes.ts";
import { signerFromSeed, type Signer } from "#record/ed25519.ts";
import { entryHashOf, type ParsedEntry } from "#record/entry.ts";
import { hmacSha256Keyed } from "#record/hash.ts";
import { keyThumbprint } from "#record/key-id.ts";
import type { VerifierKey } from "#record/note.ts";
import type { NamedObject, StoredEntry } from "#storage/contract.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { currentRoomKey, type CurrentRoomKey } from "#vault/keys/rooms.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import type { Appender, BulkDeps } from "./appender.ts";
import { AuthorCheck, inGroups } from "./author-check.ts";
import { emptyBooks, takeInto, type Books } from "./books.ts";
import { Failure, refused } from "./failure.ts";
import type { EntryIndex } from "./entry-index.ts";
import { toFundsEntry } from "./funds-entry.ts";
import { IndexBook } from "./index-book.ts";
import { issueAll, keysStream, type Draft, type IssuingContext, type SealedEntry } from "./issuing.ts";
import { openStored, parseStored, type ReadEntry } from "./opening.ts";
import type { Progress } from "./progress.ts";
import type { RecordPort, RecordReader } from "./record-port.ts";
import { learnEpochs } from "./room-keys.ts";
import { checkSealingKey } from "./sealing-key.ts";
import {
  isAt,
  keptTotals,
  loadSnapshot,
  ownSnapshotKey,
  saveSnapshot,
  type SnapshotKey,
} from "./snapshot.ts";
import type { SessionWords } from "./words.ts";

/** The room whose members read the books. */
export const financeRoom = "finance";

/** As many as are fetched at once. */
const entriesWorthSaving = 256;

export type SessionSetup = {
  readonly port: RecordPort;
  readonly keyring: Keyring;
  readonly logKey: VerifierKey;
  readonly words: SessionWords;
  readonly progress: Progress;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  /** For imports of many rows: an appender that signs and seals beside the session, where there is a second thread. */
  readonly bulk?: (deps: BulkDeps) => Appender;
  /** Called with each checkpoint that was acknowledged to us. */
  readonly onAppended?: (checkpoint: string) => void;
};

/**
 * The record opened by a member: her keys, the log, the books. Everything that is read or appended for her goes through
 * here, in the command line and in the workspace alike, so there is one place where drafts become signed, sealed and
 * durable entries.
 */
export class Session {
  #keyring: Keyring;
  readonly words: SessionWords;
  readonly progress: Progress;
  readonly logKey: VerifierKey;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  readonly #setup: SessionSetup;
  readonly #port: RecordPort;
  readonly #signer: Signer;
  readonly #kid: string;
  #genesis: Uint8Array | null = null;
  #books: Books | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** Entries that the kept snapshot has taken; 0 when there is none that counts. */
  #savedSize = 0;
  readonly #index: IndexBook;
  #keyed: ((text: string) => Uint8Array) | undefined;
  /** End of the stream of keys and epoch for which sealing was found right. */
  #sealingChecked = "";

  constructor(setup: SessionSetup) {
    this.#setup = setup;
    this.#port = setup.port;
    this.#keyring = setup.keyring;
    this.words = setup.words;
    this.progress = setup.progress;
    this.logKey = setup.logKey;
    this.now = setup.now;
    this.randomBytes = setup.randomBytes;
    this.#signer = signerFromSeed(setup.keyring.device.signingSeed.reveal());
    this.#kid = keyThumbprint(this.#signer.publicKey);
    const isEager = setup.port.isElsewhere === true;
    this.#index = new IndexBook(this, () => this.#snapshotKey(), { isEager });
  }

  get keyring(): Keyring {
    return this.#keyring;
  }

  /** The same member on the same device, with keys of further rooms or epochs. */
  takeKeyring(keyring: Keyring): void {
    const { member, device } = this.#keyring;
    if (keyring.member !== member || keyring.device.signingSeed !== device.signingSeed)
      throw new Error("bug: the keyring of somebody else");
    this.#keyring = keyring;
  }

  get store(): RecordReader {
    return this.#port.reader;
  }

  get size(): number {
    return this.#port.size;
  }

  get root(): Uint8Array {
    return this.#port.root;
  }

  get checkpoint(): string {
    const { checkpoint } = this.#port;
    if (checkpoint === undefined) throw new Error("bug: a log without entries has no checkpoint");
    return checkpoint;
  }

  /** The member who acts, such as "M-01". */
  get member(): string {
    return this.keyring.member;
  }

  get kid(): string {
    return this.#kid;
  }

  get nullifierKey(): Uint8Array {
    return this.keyring.nullifierKey.reveal();
  }

  /** Hash of the genesis entry; null while it is being made. */
  async genesis(): Promise<Uint8Array | null> {
    if (this.#genesis === null && this.size > 0) {
      for await (const { jwt } of this.store.entries(0, 1)) this.#genesis = entryHashOf(jwt);
    }
    return this.#genesis;
  }

  #roomKey() {
    const room = currentRoomKey(this.keyring, financeRoom);
    if (room === undefined) throw new Failure("not-in-room", this.words.notInRoom(financeRoom));
    return room;
  }

  /**
   * The books at the present size of the log: from the sealed snapshot where it is of this log, folded forward over
   * what came since. `withDays` also loads the daily sums, which only periods and closes need.
   */
  books(options: { withDays?: boolean } = {}): Promise<Books> {
    return this.#alone(() => this.#openBooks(options));
  }

  async #openBooks(options: { withDays?: boolean }): Promise<Books> {
    const needsDays = options.withDays === true || this.#port.append !== undefined;
    if (this.#books !== undefined && (!needsDays || this.#books.funds.days !== null)) {
      if (this.#books.size < this.size) await this.#takeSince(this.#books);
      return this.#books;
    }
    const snapshot = await loadSnapshot(this.store, this.#snapshotKey(), needsDays);
    let books = emptyBooks();
    if (snapshot !== undefined && (await this.isPrefix(snapshot.place))) books = snapshot.books;
    this.#savedSize = books.size;
    const behind = this.size - books.size;
    if (behind > 0 && books.funds.days === null) books = emptyBooks();
    await this.#takeSince(books);
    this.#books = books;
    if (behind > 0) await this.saveBooksIfWorth();
    return books;
  }

  /** Which boxes hold the answer to a question, so that nobody opens all of them. At the size of the books. */
  index(): Promise<EntryIndex> {
    return this.#index.open();
  }

  /** Whether the kept index is the one that the entries make: for `log check`. */
  isIndexOf(index: EntryIndex): Promise<boolean> {
    return this.#index.agreesWith(index);
  }

  /** One at a time: two readers of the books at once would fold the same entries twice. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Folds in what was appended after the books' size: by others, or before the snapshot was saved. */
  async #takeSince(books: Books): Promise<void> {
    const { size } = this;
    if (books.size === size) return;
    const check = this.#port.isElsewhere === true && (await AuthorCheck.after(this.store, books, size));
    const checked = inGroups(this.store.entries(books.size, size), async (stored) => {
      const parsed = parseStored(stored);
      const signed = check === false ? undefined : await check.take(parsed);
      return { opened: (await openStored(this, stored, parsed)).opened, signed };
    });
    for await (const opened of checked) {
      const entry = toFundsEntry(opened);
      takeInto(books, entry);
      this.#index.see(entry, books.size - 1);
      this.progress.update(this.words.openingBooks, books.size, size);
    }
    this.progress.end();
  }

  /**
   * What seals the snapshots. Behind a server of others it is this device's own key: a colleague who reads the same room could
   * else leave books there that are not those of the record.
   */
  #snapshotKey(): SnapshotKey {
    const { key } = this.#roomKey();
    const { randomBytes } = this;
    return this.#port.isElsewhere === true
      ? ownSnapshotKey(this.keyring, randomBytes)
      : { key: key.reveal(), randomBytes };
  }

  /** Looks for what others appended; true when there was something. The books take it when they are next asked for. */
  async refresh(): Promise<boolean> {
    const hasGrown = (await this.#port.refresh?.()) ?? false;
    // Before anything is sealed again: somebody may have been removed from a room.
    if (hasGrown) this.takeKeyring(await learnEpochs(this.store, this.keyring));
    return hasGrown;
  }

  /** Whether this log was once of that size with that root: what was computed then is of this log. */
  async isPrefix(place: { readonly size: number; readonly root: Uint8Array }): Promise<boolean> {
    if (isAt(place, this.size, this.root)) return true;
    if (place.size > this.size) return false;
    const root = await new StoredTree(this.store, this.size).rootAt(place.size);
    return root.ok && equalBytes(root.value, place.root);
  }

  /** The totals kept for the present size of the log, as text; undefined where none are. */
  keptTotals(): Promise<string | undefined> {
    return keptTotals(this.store, this.#snapshotKey(), { size: this.size, root: this.root });
  }

  /** Throws the kept totals away; the next command computes them anew. */
  async dropSnapshot(): Promise<void> {
    await this.store.putCache("totals", new Uint8Array());
    await this.#index.drop();
    this.#books = undefined;
    this.#savedSize = 0;
  }

  /** Files whose import was cut short after its manifest: their figures are provisional until it is run again. */
  unfinishedFiles(funds: FundsState): string[] {
    const imports = new Set([...funds.pending.values()].map((part) => part.import));
    const named = funds.statements
      .filter((one) => imports.has(one.import))
      .map((one) => one.file?.name ?? one.import);
    // Before its manifest an import has no name on the record.
    return named.length === 0 && imports.size > 0 ? [this.words.someBankFile] : [...new Set(named)];
  }

  /** Seals the snapshot anew when entries were taken since. Losing it costs time, never an answer. */
  async saveBooks(): Promise<void> {
    const books = this.#books;
    if (books === undefined || books.size === this.#savedSize || books.size !== this.size) return;
    await saveSnapshot(this.store, this.#snapshotKey(), books, this.root);
    this.#savedSize = books.size;
    await this.#index.save();
  }

  /**
   * As {@link saveBooks}; where the record is elsewhere only when a page of entries came since. A snapshot of 100 000 entries
   * is 19 MB to seal and to send, one page is quickly folded in.
   */
  async saveBooksIfWorth(): Promise<void> {
    const isWorth =
      this.#port.isElsewhere !== true || (this.#books?.size ?? 0) - this.#savedSize >= entriesWorthSaving;
    if (isWorth) await this.saveBooks();
  }

  /** HMAC under the foundation's nullifier key: what keyed names in the books are made with. */
  get keyed(): (text: string) => Uint8Array {
    return (this.#keyed ??= hmacSha256Keyed(this.nullifierKey));
  }

  /** The parsed entries of the whole log, without opening a box. */
  async *readPublic(): AsyncGenerator<ParsedEntry> {
    for await (const stored of this.store.entries(0, this.size)) yield parseStored(stored);
  }

  /** The opened entries of the whole log that `isWanted`; the others' boxes stay closed, which is what costs time. */
  async *readWhere(isWanted: (parsed: ParsedEntry, index: number) => boolean): AsyncGenerator<ReadEntry> {
    for await (const stored of this.store.entries(0, this.size)) {
      const parsed = parseStored(stored);
      this.progress.update(this.words.openingBooks, stored.index, this.size);
      if (isWanted(parsed, stored.index)) yield await openStored(this, stored, parsed);
    }
    this.progress.end();
  }

  /** Entries `from` ≤ index < `to`, opened with what this member may read. Every digest is checked on the way. */
  async *read(from: number, to: number): AsyncGenerator<ReadEntry> {
    for await (const stored of this.store.entries(from, to)) yield await this.open(stored);
  }

  open(stored: StoredEntry): Promise<ReadEntry> {
    return openStored(this, stored, parseStored(stored));
  }

  /**
   * Signs, seals and appends the drafts, all or none, and takes them into the books. Returns the entries' hashes.
   * `objects` go into the same commit; those that name an entry are made when its hash is known. `sealWith`: the key of an
   * epoch that one of these drafts begins, so that a reader who is removed by them cannot open the rest.
   */
  async append(
    drafts: readonly Draft[],
    options: {
      objects?: (hashes: readonly Uint8Array[]) => readonly NamedObject[];
      sealWith?: CurrentRoomKey | undefined;
      /** Told the entries' hashes before they are sent: whoever loses the answer can look for them. */
      onSigned?: (hashes: readonly Uint8Array[]) => Promise<void>;
    } = {},
  ): Promise<readonly Uint8Array[]> {
    if (drafts.length === 0) return [];
    const books = await this.books();
    const { objects, sealWith = this.#roomKey() } = options;
    // An epoch that begins with these entries is not on the record yet.
    if (options.sealWith === undefined) await this.#checkSealing(books, sealWith);
    const { room, epoch, key } = sealWith;
    const keys = { signer: this.#signer, randomBytes: this.randomBytes, room, epoch, epochKey: key.reveal() };
    const expectedSize = books.size;
    const sealed = await issueAll(drafts, await this.#context(), keys, new Map(books.streams));
    const hashes = sealed.map(({ entry }) => entry.hash);
    await options.onSigned?.(hashes);
    await this.#commit(drafts, sealed, {
      expectedSize,
      ...(objects !== undefined && { objects: objects(hashes) }),
    });
    return hashes;
  }

  /** For imports of many rows: signs and seals beside the session, in the order given, and commits here. */
  async bulkAppender(): Promise<Appender | undefined> {
    const { bulk } = this.#setup;
    if (bulk === undefined) return undefined;
    const books = await this.books();
    const context = await this.#context();
    await this.#checkSealing(books, this.#roomKey());
    return bulk({
      keys: {
        signingSeed: this.keyring.device.signingSeed.reveal(),
        ...this.#sealingKey(),
        ends: [...books.streams],
      },
      context: () => ({ ...context, anchor: { size: this.size, root: this.root } }),
      commit: (drafts, sealed) => this.#commit(drafts, sealed),
    });
  }

  #sealingKey() {
    const { room, epoch, key } = this.#roomKey();
    return { room, epoch, epochKey: key.reveal() };
  }

  async #checkSealing(books: Books, sealWith: CurrentRoomKey): Promise<void> {
    if (this.#port.isElsewhere !== true) return;
    const end = books.streams.get(keysStream);
    const what = `${end?.seq ?? -1} ${sealWith.epoch}`;
    if (this.#sealingChecked === what) return;
    await checkSealingKey(this.store, end?.hash, this.member, sealWith);
    this.#sealingChecked = what;
  }

  async #context(): Promise<IssuingContext> {
    const genesis = await this.genesis();
    return { genesis, anchor: { size: this.size, root: this.root }, at: Math.floor(this.now() / 1000) };
  }

  /** One durable commit, all or none; then the books take the entries. */
  #commit(
    drafts: readonly Draft[],
    sealed: readonly SealedEntry[],
    options: { objects?: readonly NamedObject[]; expectedSize?: number } = {},
  ): Promise<void> {
    return this.#alone(() => this.#commitAlone(drafts, sealed, options));
  }

  async #commitAlone(
    drafts: readonly Draft[],
    sealed: readonly SealedEntry[],
    options: { objects?: readonly NamedObject[]; expectedSize?: number },
  ): Promise<void> {
    if (this.#port.append === undefined) throw new Error("bug: appending in a session opened for reading");
    const books = await this.#openBooks({});
    const appended = await this.#port.append(
      sealed.map(({ entry }) => entry),
      { expectedSize: books.size, ...options },
    );
    if (!appended.ok) {
      const { code } = appended.refusal;
      throw code === "disk-full" ? new Failure(code, this.words.diskFull) : refused(appended.refusal);
    }
    this.#setup.onAppended?.(appended.value.checkpoint);
    for (const [i, { entry, stream, at }] of sealed.entries()) {
      const { type, pub, hidden = {}, items = [] } = drafts[i] ?? unmade();
      const taken: FundsEntry = {
        index: appended.value.firstIndex + i,
        hash: entry.hash,
        kid: this.#kid,
        type,
        at,
        stream,
        pub,
        hidden,
        items: items.map((item) => ({ open: item.open, hidden: item.hidden ?? {} })),
      };
      takeInto(books, taken);
      this.#index.see(taken, books.size - 1);
    }
  }
}

function unmade(): never {
  throw new Error("bug: an entry was signed that nobody drafted");
}
