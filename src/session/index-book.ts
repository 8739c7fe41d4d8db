import type { FundsEntry } from "#domain/funds/entries.ts";
import { concatBytes, equalBytes, utf8 } from "#record/bytes.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { EntryIndex } from "./entry-index.ts";
import { toFundsEntry } from "./funds-entry.ts";
import type { Session } from "./session.ts";
import type { SnapshotKey } from "./snapshot.ts";

const cacheName = "index";
const context = utf8(`aigaq/cache/1\n${cacheName}`);
/** Sealing it anew costs as much as it is large, so it is not done for every entry. */
const saveEvery = 400;
/** Size and root of the tree that it is of. */
const headSize = 8 + 32;

/**
 * The index of one session: from the sealed cache where it is of this log, grown by what came since. Not made before something
 * is looked up in it; from then on it takes each entry along with the books.
 */
export class IndexBook {
  readonly #session: Session;
  readonly #key: () => SnapshotKey;
  #index: EntryIndex | undefined;
  #savedSize = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** `isEager`: entries are taken from the first one on, also before anything was looked up. */
  constructor(session: Session, key: () => SnapshotKey, { isEager }: { readonly isEager: boolean }) {
    this.#session = session;
    this.#key = key;
    if (isEager) this.#index = new EntryIndex();
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
    this.#index = index;
    if (index.size - this.#savedSize >= saveEvery || this.#savedSize === 0) await this.save();
    return index;
  }

  /** Seals the index where it is as large as the log: with the books, so that neither is made anew without the other. */
  async save(): Promise<void> {
    const index = this.#index;
    const { store, root, size } = this.#session;
    if (index === undefined || index.size !== size || this.#savedSize === size) return;
    const head = new Uint8Array(8);
    new DataView(head.buffer).setBigUint64(0, BigInt(size));
    const { key, randomBytes } = this.#key();
    const sealed = await sealBytes(key, context, pad(concatBytes(head, root, index.bytes())), randomBytes);
    this.#savedSize = size;
    // No screen waits for it to reach the server. It says who gave when, so it is sealed as the books' snapshot is, and bound to
    // the tree that it is of; losing it costs time, never an answer.
    void store.putCache(cacheName, sealed).catch(() => undefined);
  }

  /** What is there already, here or in the cache. */
  async #restored(size: number): Promise<EntryIndex> {
    const own = this.#index;
    if (own !== undefined && own.size > 0) return own;
    const kept = await this.#kept(size);
    this.#savedSize = kept?.size ?? 0;
    return kept ?? new EntryIndex();
  }

  /** Whether what is kept is what the entries make; where nothing is kept for this size, nothing differs. */
  async agreesWith(index: EntryIndex): Promise<boolean> {
    const kept = await this.#kept(index.size);
    return kept?.size !== index.size || equalBytes(kept.bytes(), index.bytes());
  }

  /** Throws it away; it is made anew when something is looked up. */
  async drop(): Promise<void> {
    this.#index = undefined;
    this.#savedSize = 0;
    await this.#session.store.putCache(cacheName, new Uint8Array());
  }

  async #kept(size: number): Promise<EntryIndex | undefined> {
    const { store } = this.#session;
    const sealed = await store.cache(cacheName);
    const opened = sealed === undefined ? undefined : await openBytes(this.#key().key, context, sealed);
    const content = opened?.ok === true ? unpad(opened.value) : undefined;
    if (content?.ok !== true || content.value.length < headSize) return undefined;
    const bytes = content.value;
    const keptSize = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    const place = { size: keptSize, root: bytes.slice(8, headSize) };
    if (keptSize > size || !(await this.#session.isPrefix(place))) return undefined;
    const kept = EntryIndex.read(bytes.subarray(headSize));
    return kept?.size === keptSize ? kept : undefined;
  }
}
