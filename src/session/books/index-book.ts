import type { FundsEntry } from "#domain/funds/entries.ts";
import { equalBytes } from "#record/bytes.ts";
import { EntryIndex } from "./entry-index.ts";
import { toFundsEntry } from "./funds-entry.ts";
import { indexName, loadIndex, sealIndex } from "./kept-index.ts";
import type { Session } from "../session.ts";
import type { Place, SnapshotKey } from "./snapshot.ts";

/** Sealing it anew costs as much as it is large, so it is not done for every entry. */
const saveEvery = 400;

type Setup = {
  /** Entries are taken from the first one on, also before anything was looked up. */
  readonly isEager: boolean;
  /** What seals the one that is kept. */
  readonly key: () => SnapshotKey;
  /** The one that belongs to books of somebody else; undefined where the books are one's own. */
  readonly takenOver: () => (() => Promise<EntryIndex | undefined>) | undefined;
  /** Whether boxes stayed closed whose key is still to come. */
  readonly isIncomplete: () => boolean;
};

/**
 * The index of one session: from the sealed cache where it is of this log, grown by what came since. Not made before something
 * is looked up in it; from then on it takes each entry along with the books.
 */
export class IndexBook {
  readonly #session: Session;
  readonly #setup: Setup;
  #index: EntryIndex | undefined;
  #savedSize = 0;
  /** Raised when another index was put in its place, so that one which is being opened meanwhile is not kept. */
  #replaced = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Session, setup: Setup) {
    this.#session = session;
    this.#setup = setup;
    if (setup.isEager) this.#index = new EntryIndex();
  }

  /** An entry that the books have just taken. One that does not follow is read when the index is next asked for. */
  see(entry: FundsEntry, index: number): void {
    if (this.#index?.size === index) this.#index.take(entry);
  }

  /** The index of all that the books hold. */
  open(): Promise<EntryIndex> {
    // One after the other: two that grow it at once would take the same entries twice.
    const opened = this.#last.then(() => this.#openAlone());
    this.#last = opened.catch(() => undefined);
    return opened;
  }

  async #openAlone(): Promise<EntryIndex> {
    const session = this.#session;
    const replaced = this.#replaced;
    // Only what the books have taken counts: its author was checked on the way.
    const { size } = await session.books();
    const index = await this.#restored(size);
    if (index.size < size) {
      const isLong = size - index.size > 500;
      for await (const { opened } of session.read(index.size, size)) {
        index.take(toFundsEntry(opened));
        if (isLong) session.progress.update(session.words.openingBooks, index.size, size);
      }
      if (isLong) session.progress.end();
    }
    if (replaced !== this.#replaced) return this.#openAlone();
    this.#index = index;
    if (index.size - this.#savedSize >= saveEvery || this.#savedSize === 0) await this.save();
    return index;
  }

  /** Seals the index where it is as large as the log: with the books, so that neither is made anew without the other. */
  async save(): Promise<void> {
    const index = this.#index;
    const { store, root, size } = this.#session;
    if (index === undefined || index.size !== size || this.#savedSize === size) return;
    // What somebody else wrote is never sealed as one's own.
    if (this.#setup.takenOver() !== undefined || this.#setup.isIncomplete()) return;
    const sealed = await sealIndex(this.#setup.key(), index, root);
    this.#savedSize = size;
    // No screen waits for it to reach the server; losing it costs time, never an answer.
    void store.putCache(indexName, sealed).catch(() => undefined);
  }

  /** What is there already, here or in the cache. */
  async #restored(size: number): Promise<EntryIndex> {
    const own = this.#index;
    if (own !== undefined && own.size > 0) return own;
    const takenOver = this.#setup.takenOver();
    if (takenOver !== undefined) return (await takenOver()) ?? new EntryIndex();
    const kept = await this.kept(size);
    this.#savedSize = kept?.index.size ?? 0;
    return kept?.index ?? new EntryIndex();
  }

  /** Whether what is kept is what the entries make; where nothing is kept for this size, nothing differs. */
  async agreesWith(index: EntryIndex): Promise<boolean> {
    const kept = (await this.kept(index.size))?.index;
    return kept?.size !== index.size || equalBytes(kept.bytes(), index.bytes());
  }

  /**
   * Puts the index that this member made herself in the place of one that somebody left. Whether they are the same; one that
   * nobody looked into, or that has not grown along, is not compared.
   */
  replace(own: EntryIndex): boolean {
    const shown = this.#index;
    this.#replaced += 1;
    this.#index = own;
    this.#savedSize = 0;
    try {
      return shown?.size !== own.size || equalBytes(shown.bytes(), own.bytes());
    } catch {
      return false; // of a form that no honest device writes
    }
  }

  /** Throws it away; it is made anew when something is looked up. */
  async drop(): Promise<void> {
    this.#replaced += 1;
    this.#index = undefined;
    this.#savedSize = 0;
    await this.#session.store.putCache(indexName, new Uint8Array());
  }

  /** The one that this member's device has sealed, of at most `size` entries of this log. */
  async kept(size: number): Promise<{ readonly index: EntryIndex; readonly place: Place } | undefined> {
    const kept = await loadIndex(this.#session.store, this.#setup.key());
    if (kept === undefined || kept.place.size > size || !(await this.#session.isPrefix(kept.place)))
      return undefined;
    return kept;
  }
}
