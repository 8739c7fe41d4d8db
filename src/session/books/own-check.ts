import { equalBytes } from "#record/bytes.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { takeInto, type Books } from "./books.ts";
import type { EntryIndex } from "./entry-index.ts";
import { followLog } from "../keys/follow-log.ts";
import { indexName, sealIndex } from "./kept-index.ts";
import type { RecordPort } from "../record-port.ts";
import { saveSnapshot, type SnapshotKey } from "./snapshot.ts";

export type CheckSteps = {
  /** Gives way to whatever screens ask; called every few milliseconds of work. */
  readonly pause: () => Promise<void>;
  /** Entries checked so far, of how many. */
  readonly onProgress: (done: number, total: number) => void;
};

/** As many as are opened between two pauses: some 20 ms. */
const entriesPerStep = 64;
/** What was checked is kept after so many; later more rarely, since it takes longer the more there is. */
const keepAfter = 8_192;

type Setup = {
  readonly port: RecordPort;
  readonly keyring: () => Keyring;
  readonly key: () => SnapshotKey;
  readonly books: Books;
  readonly index: EntryIndex;
};

/**
 * The books that a member makes herself while she is shown those of a colleague: every entry read, opened and checked. What was
 * checked is kept on the device under her own key, so that a closed tab loses little of it.
 */
export class OwnCheck {
  readonly books: Books;
  readonly index: EntryIndex;
  readonly #setup: Setup;
  #keptSize: number;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.books = setup.books;
    this.index = setup.index;
    this.#keptSize = setup.books.size;
  }

  /** Goes on to the end of the log as it is when it gets there. After a failure it can be asked again and goes on. */
  async toTheEnd({ pause, onProgress }: CheckSteps): Promise<void> {
    const { books, index } = this;
    const { port, keyring } = this.#setup;
    while (books.size < port.size) {
      const { size } = port;
      for await (const entry of followLog({ port, keyring }, books, size)) {
        takeInto(books, entry);
        index.take(entry);
        if (books.size % entriesPerStep !== 0) continue;
        onProgress(books.size, port.size);
        await pause();
        if (books.size - this.#keptSize >= Math.max(keepAfter, this.#keptSize / 4)) await this.#keep();
      }
    }
    onProgress(books.size, port.size);
  }

  /** On the device only: on its way to the server it would cost more than it spares. */
  async #keep(): Promise<void> {
    const { port, key } = this.#setup;
    const root = await new StoredTree(port.reader, port.size).rootAt(this.books.size);
    if (port.keepHere === undefined || !root.ok) return;
    const sealed = sealIndex(key(), this.index, root.value);
    const putCache = async (name: string, bytes: Uint8Array) => {
      await port.keepHere?.(name, bytes);
      return true;
    };
    await saveSnapshot({ putCache }, key(), this.books, root.value);
    await port.keepHere(indexName, await sealed);
    this.#keptSize = this.books.size;
  }
}

/** Whether two books say the same to the last tiyn and go on from the same ends. */
export function isSameBooks(one: Books, other: Books): boolean {
  return isSame(one, other);
}

/**
 * By what is in them and not by the order in which it was put there: a difference is laid at somebody's door. A member that is
 * not there is one without a value, as in a snapshot.
 */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Map || b instanceof Map) {
    if (!(a instanceof Map) || !(b instanceof Map) || a.size !== b.size) return false;
    for (const [key, value] of a) if (!b.has(key) || !isSame(value, b.get(key))) return false;
    return true;
  }
  if (a instanceof Uint8Array || b instanceof Uint8Array)
    return a instanceof Uint8Array && b instanceof Uint8Array && equalBytes(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  for (const name of new Set([...left.keys(), ...right.keys()]))
    if (!isSame(left.get(name), right.get(name))) return false;
  return true;
}
