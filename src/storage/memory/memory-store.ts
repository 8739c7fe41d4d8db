/**
 * The record in memory: for the invented foundation that a browser shows before there is a real one, and for tests.
 * It keeps every promise of the contract but one: what it holds lives as long as the program. `store-parts.ts` saves
 * it and loads it again.
 */
import { equalBytes, toHex } from "#record/bytes.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { sha256OfText } from "#record/hash.ts";
import { assert } from "#record/result.ts";
import type {
  Commit,
  Head,
  NamedObject,
  ObjectSize,
  RecordStore,
  SealedBox,
  StoreProblem,
  StoredBox,
  StoredEntry,
} from "../contract.ts";
import { StoreConflict, StoreDamaged, objectBytesMax } from "../contract.ts";
import { checkCommit, checkName } from "../limits.ts";

/** All that a memory store holds. Bytes in it belong to the store: whoever hands them in or out copies them. */
export type MemoryContent = {
  checkpoint: string | undefined;
  readonly entries: StoredEntry[];
  /** Keyed by index of the entry. */
  readonly boxes: Map<number, SealedBox>;
  /** Keyed `level/n`. */
  readonly tiles: Map<string, { readonly root: Uint8Array; readonly bytes: Uint8Array }>;
  readonly objects: Map<string, Uint8Array>;
  readonly cache: Map<string, Uint8Array>;
};

/**
 * An empty record in memory.
 *
 *     const store = openMemoryStore();
 *     const log = expectOk(await openLog({ store, logSigner, origin }));
 */
export function openMemoryStore(): MemoryStore {
  return new MemoryStore({
    checkpoint: undefined,
    entries: [],
    boxes: new Map(),
    tiles: new Map(),
    objects: new Map(),
    cache: new Map(),
  });
}

/** Made by `openMemoryStore` or `fromParts`. Disposing of it does nothing: it is gone when nobody holds it. */
export class MemoryStore implements RecordStore {
  readonly #content: MemoryContent;
  readonly #indexByHash = new Map<string, number>();

  constructor(content: MemoryContent) {
    this.#content = content;
    for (const { index, hash } of content.entries) this.#indexByHash.set(toHex(hash), index);
  }

  /** For saving only: a look at what is held, not a copy of it. */
  get content(): Readonly<MemoryContent> {
    return this.#content;
  }

  async head(): Promise<Head | undefined> {
    const { checkpoint, entries } = this.#content;
    return checkpoint === undefined ? undefined : { size: entries.length, checkpoint };
  }

  async commit(commit: Commit): Promise<void> {
    checkCommit(commit);
    const content = this.#content;
    const { expectedSize } = commit;
    // All that can be refused is looked at before the first change, and nothing below waits: so it is all or nothing.
    if (content.entries.length !== expectedSize)
      throw new StoreConflict(expectedSize, content.entries.length);
    const names = commit.entries.map(({ hash }) => toHex(hash));
    if (new Set(names).size < names.length || names.some((name) => this.#indexByHash.has(name)))
      throw new StoreConflict(expectedSize, expectedSize, "entry-twice");
    for (const { level, n } of commit.tiles)
      assert(!content.tiles.has(`${level}/${n}`), `tile ${level}/${n} twice`);
    for (const [i, { jwt, hash }] of commit.entries.entries()) {
      if (!equalBytes(sha256OfText(jwt), hash))
        throw new StoreDamaged(
          `entry ${expectedSize + i} does not hash to what was signed; nothing was signed in`,
        );
    }
    for (const [i, { jwt, hash, box }] of commit.entries.entries()) {
      const index = expectedSize + i;
      content.entries.push({ index, jwt, hash: hash.slice() });
      this.#indexByHash.set(names[i] ?? "", index);
      if (box !== undefined) content.boxes.set(index, { box: box.box.slice(), keybox: box.keybox.slice() });
    }
    for (const { level, n, root, bytes } of commit.tiles)
      content.tiles.set(`${level}/${n}`, { root: root.slice(), bytes: bytes.slice() });
    for (const { name, bytes } of commit.objects ?? []) content.objects.set(name, bytes.slice());
    content.checkpoint = commit.checkpoint;
  }

  async *entries(from: number, to: number): AsyncGenerator<StoredEntry> {
    const { entries } = this.#content;
    for (let index = Math.max(0, from); index < Math.min(to, entries.length); index++) {
      const entry = entries[index];
      if (entry !== undefined) yield copyOf(entry);
    }
  }

  async *entriesAt(positions: readonly number[]): AsyncGenerator<StoredEntry> {
    for (const position of positions) {
      const entry = this.#content.entries[position];
      if (entry !== undefined) yield copyOf(entry);
    }
  }

  async entryByHash(hash: Uint8Array): Promise<StoredEntry | undefined> {
    const index = this.#indexByHash.get(toHex(hash));
    const entry = index === undefined ? undefined : this.#content.entries[index];
    return entry === undefined ? undefined : copyOf(entry);
  }

  async leafHashes(from: number, to: number): Promise<Uint8Array> {
    return joinHashes(
      this.#content.entries.slice(Math.max(0, from), to).map(({ hash }) => leafHashOfEntry(hash)),
    );
  }

  async fullTile(level: number, n: number): Promise<Uint8Array | undefined> {
    return this.#content.tiles.get(`${level}/${n}`)?.bytes.slice();
  }

  async tileRoots(level: number, from: number, to: number): Promise<Uint8Array> {
    const roots: Uint8Array[] = [];
    for (let n = from; n < to; n++) {
      const tile = this.#content.tiles.get(`${level}/${n}`);
      if (tile === undefined) break;
      roots.push(tile.root);
    }
    return joinHashes(roots);
  }

  async box(index: number): Promise<SealedBox | undefined> {
    const stored = this.#content.boxes.get(index);
    return stored === undefined ? undefined : { box: stored.box.slice(), keybox: stored.keybox.slice() };
  }

  async *boxes(from: number, to: number): AsyncGenerator<StoredBox> {
    for (let index = Math.max(0, from); index < Math.min(to, this.#content.entries.length); index++) {
      const stored = await this.box(index);
      if (stored !== undefined) yield { index, ...stored };
    }
  }

  async eraseBox(index: number): Promise<void> {
    const stored = this.#content.boxes.get(index);
    if (stored === undefined) return;
    stored.box.fill(0);
    stored.keybox.fill(0);
    this.#content.boxes.delete(index);
  }

  async object(name: string): Promise<Uint8Array | undefined> {
    return this.#content.objects.get(name)?.slice();
  }

  async objects(prefix: string): Promise<readonly NamedObject[]> {
    return [...this.#content.objects]
      .filter(([name]) => name.startsWith(prefix))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, bytes]) => ({ name, bytes: bytes.slice() }));
  }

  async objectSizes(prefix: string): Promise<readonly ObjectSize[]> {
    return (await this.objects(prefix)).map(({ name, bytes }) => ({ name, size: bytes.length }));
  }

  async putObject(name: string, bytes: Uint8Array): Promise<void> {
    checkName(name);
    assert(bytes.length <= objectBytesMax, `an object of ${bytes.length} bytes`);
    this.#content.objects.set(name, bytes.slice());
  }

  async cache(name: string): Promise<Uint8Array | undefined> {
    checkName(name);
    return this.#content.cache.get(name)?.slice();
  }

  async putCache(name: string, bytes: Uint8Array): Promise<boolean> {
    checkName(name);
    this.#content.cache.set(name, bytes.slice());
    return true;
  }

  /** Memory has no file that could rot; `fromParts` has checked what it loaded. */
  async checkIntegrity(): Promise<readonly StoreProblem[]> {
    return [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Nothing to close.
  }
}

function copyOf({ index, jwt, hash }: StoredEntry): StoredEntry {
  return { index, jwt, hash: hash.slice() };
}

function joinHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(hashes.length * 32);
  hashes.forEach((hash, i) => all.set(hash, i * 32));
  return all;
}
