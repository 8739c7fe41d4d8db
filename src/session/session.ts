import type { FundsEntry } from "#domain/funds/entries.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { equalBytes, toHex } from "#record/bytes.ts";
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
import { emptyBooks, takeInto, type Books } from "./books/books.ts";
import { Failure, refused } from "./refusals/failure.ts";
import { EntryIndex } from "./books/entry-index.ts";
import { toFundsEntry } from "./books/funds-entry.ts";
import { followLog } from "./keys/follow-log.ts";
import { IndexBook } from "./books/index-book.ts";
import { issueAll, keysStream, type Draft, type IssuingContext, type SealedEntry } from "./issuing.ts";
import { readKeyLog } from "./keys/key-log.ts";
import { openStored, parseStored, type ReadEntry } from "./opening.ts";
import { isSameBooks, OwnCheck, type CheckSteps } from "./books/own-check.ts";
import type { Progress } from "./progress.ts";
import type { RecordPort, RecordReader } from "./record-port.ts";
import { learnEpochs } from "./keys/room-keys.ts";
import { makeRoomSnapshot, readRoomHead, type RoomSnapshotHead } from "./books/room-snapshot.ts";
import { checkSealingKey } from "./keys/sealing-key.ts";
import { epochWithheld, isWithheld, withheldIn, type WithheldEpoch } from "./keys/withheld.ts";
import {
  isAt,
  keptTotals,
  loadSnapshot,
  ownSnapshotKey,
  saveSnapshot,
  type Place,
  type SnapshotKey,
} from "./books/snapshot.ts";
import { hasAllEpochs, isByCounting, takeFromRoom, type Taken } from "./books/taking-over.ts";
import type { SessionWords } from "./words.ts";

/** The room whose members read the books. */
export const financeRoom = "finance";

type UnderCheck = { readonly taken: Taken; readonly check: OwnCheck };

/** As many as are fetched at once. */
const entriesWorthSaving = 256;

/** A room's snapshot is left anew when it is so many entries old: a newcomer reads what came since in a second or two. */
const isOld = (entries: number, size: number): boolean => entries >= Math.max(512, size / 32);

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
  /** Called when the snapshot of the books was sealed anew. */
  readonly onSaved?: () => void;
  /** False: no books of somebody else are shown first, whatever lies there; for whoever must act at once. Left out: true. */
  readonly mayTakeOver?: boolean;
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
  /** What somebody else left, and the check of it that is under way. */
  #taken: UnderCheck | undefined;
  /** Only when the books are first opened: nothing that was decided on checked books may go out on others. */
  #mayTakeOver: boolean;
  /** Books of somebody else were wrong, and nobody has read yet that they were. */
  #isDifferenceUnread = false;
  /** End of the stream of keys and epoch for which sealing was found right. */
  #sealingChecked = "";
  /** What the check of books that were taken over met in the log itself, and how many entries it had taken. */
  #fault: { readonly error: unknown; readonly at: number } | undefined;
  /** Epochs whose keys are still to come: what is sealed under them is missing in the books. */
  #withheld: readonly WithheldEpoch[] = [];
  /** Size of the log at which the keys of epochs were looked for last. */
  #learnedAt = -1;

  constructor(setup: SessionSetup) {
    this.#setup = setup;
    this.#mayTakeOver = setup.mayTakeOver !== false;
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
    this.#index = new IndexBook(this, {
      isEager,
      key: () => this.#snapshotKey(),
      takenOver: () => this.#taken?.taken.index,
      isIncomplete: () => this.#withheld.length > 0,
    });
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
   *
   * @throws Failure `epoch-withheld` while a key is missing without which they would lack entries; may be asked again.
   */
  async books(options: { withDays?: boolean } = {}): Promise<Books> {
    for (;;) {
      const books = await this.#alone(() => this.#openBooks(options));
      const [withheld] = this.#withheld;
      if (withheld === undefined) return books;
      if (!(await this.#obtain(withheld))) throw epochWithheld(withheld);
    }
  }

  /**
   * Where each stream ends at the present size of the log. Answers also while the key of an epoch is missing: whoever took an
   * officer's device could else begin one that nobody can open, and keep the others from ending it.
   */
  async ends(): Promise<Books["streams"]> {
    return (await this.#alone(() => this.#openBooks({}))).streams;
  }

  async #openBooks(options: { withDays?: boolean }): Promise<Books> {
    if (this.#fault !== undefined) throw this.#fault.error;
    this.#dropIncomplete();
    const needsDays = options.withDays === true || this.#port.append !== undefined;
    if (this.#books !== undefined && (!needsDays || this.#books.funds.days !== null)) {
      if (this.#books.size < this.size) await this.#catchUp(this.#books);
      return this.#books;
    }
    const snapshot = await loadSnapshot(this.store, this.#snapshotKey(), needsDays);
    let books = emptyBooks();
    if (snapshot !== undefined && (await this.isPrefix(snapshot.place))) books = snapshot.books;
    this.#savedSize = books.size;
    const behind = this.size - books.size;
    if (behind > 0 && books.funds.days === null) books = emptyBooks();
    const takenOver = await this.#takeOver(books);
    if (takenOver !== undefined) return (this.#books = takenOver);
    await this.#takeSince(books, (withheld) => this.#miss(withheld));
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
  async #takeSince(books: Books, onWithheld?: (withheld: WithheldEpoch) => void): Promise<void> {
    const { size } = this;
    if (books.size === size) return;
    const keyring = () => this.keyring;
    const follower = { port: this.#port, keyring, ...(onWithheld !== undefined && { onWithheld }) };
    for await (const entry of followLog(follower, books, size)) {
      takeInto(books, entry);
      this.#index.see(entry, books.size - 1);
      this.progress.update(this.words.openingBooks, books.size, size);
    }
    this.progress.end();
  }

  async #catchUp(books: Books): Promise<void> {
    if (this.#taken === undefined) return this.#takeSince(books, (withheld) => this.#miss(withheld));
    try {
      await this.#takeSince(books);
    } catch (error) {
      if (error instanceof Failure && error.code === "offline") throw error;
      const withheld = withheldIn(error);
      if (withheld !== undefined) this.#miss(withheld);
      // What does not follow from books that somebody left may be their fault, whatever is thrown: the check that is under way
      // finds it out.
    }
  }

  #miss(withheld: WithheldEpoch): void {
    this.#withheld = [...this.#withheld, withheld];
  }

  /** Books that lack entries whose key has come since are made anew. Those that were taken over stopped before them. */
  #dropIncomplete(): void {
    if (this.#withheld.every((one) => isWithheld(one, this.keyring))) return;
    this.#withheld = [];
    if (this.#taken !== undefined) return;
    this.#mayTakeOver = false;
    this.#books = undefined;
    this.#savedSize = 0;
    this.#index.replace(new EntryIndex());
  }

  /** Looks once more for the key of an epoch; whether it is there. */
  async #obtain(withheld: WithheldEpoch): Promise<boolean> {
    if (isWithheld(withheld, this.keyring)) await this.#learn();
    return !isWithheld(withheld, this.keyring);
  }

  async #learn(): Promise<void> {
    const { size } = this;
    for (;;) {
      const { keyring } = this;
      const learned = await learnEpochs(this.store, keyring);
      // Keys may have come another way meanwhile; they are not thrown away.
      if (this.keyring !== keyring) continue;
      this.takeKeyring(learned);
      this.#learnedAt = size;
      return;
    }
  }

  /** Whether a key of this member's is missing, without which the books lack entries. */
  get isKeyWithheld(): boolean {
    return this.#withheld.length > 0;
  }

  /**
   * The books that a colleague left, where that spares reading many entries before the first figure is shown. `own`: those that
   * this member has checked herself so far; the check goes on from there.
   */
  async #takeOver(own: Books): Promise<Books | undefined> {
    const { roomSnapshots } = this.#port;
    const genesis = await this.genesis();
    if (roomSnapshots === undefined || genesis === null || !this.#mayTakeOver) return undefined;
    if (this.size - own.size < entriesWorthSaving) return undefined;
    const take = () =>
      takeFromRoom(
        {
          reader: this.store,
          size: this.size,
          roomSnapshots,
          keyring: this.keyring,
          genesis,
          room: financeRoom,
          isPrefix: (place: Place) => this.isPrefix(place),
          follow: (books: Books) => this.#takeSince(books),
        },
        own.size,
        entriesWorthSaving,
      );
    const takeWithKey = async (error: unknown) => {
      const withheld = withheldIn(error);
      return withheld !== undefined && (await this.#obtain(withheld)) ? take() : undefined;
    };
    // Whatever was left there must not keep her from her own books.
    const taken = await take()
      .catch(takeWithKey)
      .catch(() => undefined);
    this.progress.end();
    if (taken === undefined) return undefined;
    const kept = own.size === 0 ? undefined : (await this.#index.kept(this.size))?.index;
    const isKept = kept?.size === own.size;
    const check = new OwnCheck({
      port: this.#port,
      keyring: () => this.keyring,
      key: () => this.#snapshotKey(),
      books: isKept ? own : emptyBooks(),
      index: isKept ? kept : new EntryIndex(),
    });
    this.#taken = { taken, check };
    return taken.books;
  }

  /** Whose books are shown, such as "M-03", while this member has not checked every entry herself; else undefined. */
  get takenFrom(): string | undefined {
    return this.#taken?.taken.member;
  }

  /** Whether nothing may be signed now: the books are somebody else's word, or turned out wrong and nobody has read it. */
  get isUnchecked(): boolean {
    return this.#taken !== undefined || this.#isDifferenceUnread;
  }

  /** @throws Failure `books-unchecked` where {@link Session.isUnchecked}. */
  requireChecked(): void {
    if (this.isUnchecked)
      throw new Failure(
        "books-unchecked",
        "this device has not checked every entry itself yet; nothing is signed before that, wait for the check to end",
      );
  }

  /**
   * Reads, opens and checks every entry, then puts the books that came of it in the place of those taken over: whether they are
   * `same`, or `differs`. undefined where nothing is taken over. Whoever asks saves the books. May be asked again after a failure; goes on where it stopped.
   *
   * @throws Failure what is wrong with the log itself; `offline`; `epoch-withheld`.
   */
  async checkTaken(steps: CheckSteps): Promise<"same" | "differs" | undefined> {
    for (;;) {
      const under = this.#taken;
      if (under === undefined) return undefined;
      const onProgress = (done: number, total: number) => {
        if (this.#fault !== undefined && done > this.#fault.at) this.#fault = undefined;
        steps.onProgress(done, total);
      };
      try {
        await under.check.toTheEnd({ ...steps, onProgress });
        const verdict = await this.#alone(() => this.#settle(under));
        if (verdict !== "grown") return verdict;
      } catch (error) {
        const withheld = withheldIn(error);
        if (withheld === undefined || !(await this.#obtain(withheld))) throw error;
      }
    }
  }

  async #settle(under: UnderCheck): Promise<"same" | "differs" | "grown" | undefined> {
    if (this.#taken !== under) return undefined;
    const { check, taken } = under;
    const { size } = this;
    if (check.books.size < size) return "grown";
    // Read before they are folded in: what fails here is the log's or the line's fault, and nobody is named for it.
    const since: FundsEntry[] = [];
    for await (const { opened } of this.read(taken.books.size, size)) since.push(toFundsEntry(opened));
    const areBooksSame = this.#agrees(under, since);
    const isIndexSame = this.#index.replace(check.index);
    const isSame = areBooksSame && isIndexSame;
    this.#taken = undefined;
    this.#fault = undefined;
    this.#mayTakeOver = false;
    this.#isDifferenceUnread = !isSame;
    this.#books = check.books;
    this.#savedSize = 0;
    return isSame ? "same" : "differs";
  }

  /** Whether what was taken over says what the entries say. What cannot even be folded on was left by no honest device. */
  #agrees({ check, taken: { books } }: UnderCheck, since: readonly FundsEntry[]): boolean {
    try {
      for (const entry of since) {
        const { stream } = entry;
        if (stream !== undefined && stream.seq !== (books.streams.get(stream.id)?.seq ?? -1) + 1)
          return false;
        takeInto(books, entry);
        this.#index.see(entry, books.size - 1);
      }
      return isSameBooks(check.books, books);
    } catch {
      return false;
    }
  }

  /** Signs nothing before somebody has read that books which she was shown in an earlier tab were wrong. */
  holdUntilRead(): void {
    this.#isDifferenceUnread = true;
  }

  /** Somebody has read that the books which were shown first were wrong, and works on with her own. */
  readDifference(): void {
    this.#isDifferenceUnread = false;
  }

  /**
   * Something is wrong with the log itself: whoever asks for the books is told so, instead of being shown what was taken over, until
   * the check has come further. Nothing is signed meanwhile, and what was taken over is compared all the same once it can be.
   */
  stopAt(error: unknown): void {
    if (this.#taken !== undefined) this.#fault = { error, at: this.#taken.check.books.size };
  }

  /** Whether {@link Session.stopAt} still stands. */
  get isStopped(): boolean {
    return this.#fault !== undefined;
  }

  /** Whether there is somebody to leave them for, and enough of them to be worth it. */
  get hasBooksToLeave(): boolean {
    const hasOwn = this.#taken === undefined && this.size >= entriesWorthSaving;
    return this.#port.roomSnapshots !== undefined && hasOwn;
  }

  /**
   * Leaves the books for newcomers where the room has none, or old ones; `isForced`: in any case. Never what was taken over
   * from somebody else. Losing it costs a newcomer time, never an answer.
   */
  async offerToRoom({ isForced = false } = {}): Promise<boolean> {
    const { roomSnapshots } = this.#port;
    if (roomSnapshots === undefined || !this.hasBooksToLeave) return false;
    const room = this.#roomKey();
    const head = isForced ? undefined : await readRoomHead(roomSnapshots, room.room);
    if (head !== undefined && (await this.#isGoodYet(head, room.room))) return false;
    const [genesis, index] = [await this.genesis(), await this.index()];
    const books = this.#books;
    // A device that lacks a key makes other books than the rest, and would be accused of it.
    if (books === undefined || !hasAllEpochs(this.keyring, financeRoom, room.epoch)) return false;
    await this.#checkSealing(books, room);
    // Somebody has appended meanwhile: whoever saves next leaves it.
    if (genesis === null || books.size !== this.size || index.size !== this.size) return false;
    if (!this.hasBooksToLeave) return false;
    const bytes = await makeRoomSnapshot({
      books,
      index,
      root: this.root,
      member: this.member,
      signer: this.#signer,
      genesis,
      room,
      randomBytes: this.randomBytes,
    });
    return roomSnapshots.put(toHex(room.room), bytes);
  }

  async #isGoodYet(head: RoomSnapshotHead, room: Uint8Array): Promise<boolean> {
    const genesis = await this.genesis();
    const { size, streams } = await this.books();
    if (genesis === null || isOld(size - head.size, size) || !(await this.isPrefix(head))) return false;
    const { directory } = await readKeyLog(this.store, streams.get(keysStream)?.hash);
    return isByCounting(head, { genesis, room }, directory, this.size);
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
    // Before anything is sealed again: somebody may have been removed from a room. Also where the log grew unseen, by an append
    // of hers, or where the keys could not be fetched when it did.
    const isElsewhere = this.#port.isElsewhere === true;
    if (hasGrown || this.isKeyWithheld || (isElsewhere && this.#learnedAt !== this.size)) await this.#learn();
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
    this.#mayTakeOver = false;
    this.#taken = undefined;
    this.#fault = undefined;
    this.#withheld = [];
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
    // What somebody else wrote is never sealed as one's own, and nothing is sealed that lacks entries.
    if (this.#taken !== undefined || this.#withheld.length > 0) return;
    const { size } = books;
    await saveSnapshot(this.store, this.#snapshotKey(), books, this.root);
    this.#savedSize = size;
    await this.#index.save();
    this.#setup.onSaved?.();
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
    // Whoever begins an epoch ends one that nobody can open.
    const books =
      options.sealWith === undefined ? await this.books() : await this.#alone(() => this.#openBooks({}));
    this.requireChecked();
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
    this.requireChecked();
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
