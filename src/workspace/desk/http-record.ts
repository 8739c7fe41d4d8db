import { concatBytes, equalBytes, toHex, toBase64Url } from "#record/bytes.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import type { VerifierKey } from "#record/note.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import { fullTileRoot, tileWidth } from "#record/tiles.ts";
import { Frontier } from "#record/tree.ts";
import { readLogHead } from "#log/log-head.ts";
import type { AppendOptions, Appended, AppendRefusal } from "#log/sequencer.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import type { RecordPort, RecordReader } from "#session/record-port.ts";
import type { RoomSnapshotPort } from "#session/books/room-snapshot.ts";
import type { NamedObject, NewEntry, SealedBox, StoredEntry } from "#storage/contract.ts";
import { RecordPages, type Placed } from "./http-record-pages.ts";
import type { LocalStore } from "./local-store.ts";
import type { Server } from "./server.ts";

/**
 * The record behind a server that need not be believed: every entry is held against the tree of the signed checkpoint
 * before anyone sees it, and the log may only grow. Entries are kept on the device as they came, boxes sealed, so that
 * what was read once can be read without a connection.
 */
export class HttpRecord implements RecordPort {
  readonly isElsewhere = true;
  readonly reader: RecordReader;
  readonly roomSnapshots: RoomSnapshotPort;
  readonly #server: Server;
  readonly #local: LocalStore;
  readonly #key: VerifierKey;
  /** Roots of all full tiles of leaves, verified. */
  #tileRoots: Uint8Array[] = [];
  /** Leaf hashes after the last full tile, verified. */
  #edge: Uint8Array[] = [];
  #size = 0;
  #root: Uint8Array = new Frontier().root();
  #checkpoint: string | undefined;
  readonly #pages: RecordPages;
  #looking: Promise<unknown> = Promise.resolve();

  private constructor(server: Server, local: LocalStore, key: VerifierKey) {
    this.#server = server;
    this.#local = local;
    this.#key = key;
    this.#pages = new RecordPages(server, local, () => ({ tileRoots: this.#tileRoots, edge: this.#edge }));
    this.reader = this.#makeReader();
    this.roomSnapshots = {
      read: (room, from, to) => server.roomSnapshot(room, from, to),
      put: (room, bytes) => server.putRoomSnapshot(room, bytes),
    };
  }

  /** Reads and verifies the head; without a connection, the one that this device saw last. */
  static async open(server: Server, local: LocalStore, key: VerifierKey): Promise<HttpRecord> {
    const record = new HttpRecord(server, local, key);
    const kept = await local.head();
    if (kept !== undefined) record.#adopt(kept.checkpoint, kept.tileRoots, kept.edge, kept.size);
    try {
      await record.refresh();
    } catch (error) {
      if (kept === undefined || !isOffline(error)) throw error;
    }
    return record;
  }

  keepHere(name: string, bytes: Uint8Array): Promise<void> {
    return this.#local.keepSnapshot(name, bytes);
  }

  get size(): number {
    return this.#size;
  }

  get root(): Uint8Array {
    return this.#root;
  }

  get checkpoint(): string | undefined {
    return this.#checkpoint;
  }

  /** Looks for what others appended. Throws `log-not-grown` when the server shows another history. */
  refresh(): Promise<boolean> {
    // One at a time: two at once would each extend what the other has just replaced.
    const result = this.#looking.then(() => this.#look());
    this.#looking = result.catch(() => undefined);
    return result;
  }

  async #look(): Promise<boolean> {
    const head = await this.#server.head();
    if (head === undefined || head.checkpoint === this.#checkpoint) return false;
    const remote = this.#remoteTree(head);
    const checked = await readLogHead({ ...this.reader, ...remote }, this.#key);
    if (!checked.ok) throw refused(checked.refusal);
    const { size, root, checkpoint = "" } = checked.value;
    if (size < this.#size)
      throw new Failure(
        "log-not-grown",
        `the server shows ${size} entries, this device has seen ${this.#size}`,
      );
    if (size === this.#size && equalBytes(root, this.#root)) return false;
    const full = Math.floor(size / tileWidth);
    const roots = [...this.#tileRoots, ...split(await remote.tileRoots(0, this.#tileRoots.length, full))];
    const edge = split(await remote.leafHashes(full * tileWidth, size));
    const growth = await this.#growth(remote, roots, edge, full);
    if (!equalBytes(rootOf(roots, edge, size), root) || !growth)
      throw new Failure(
        "log-not-grown",
        "the server shows another history than the one this device has seen",
      );
    this.#adopt(checkpoint, roots, edge, size);
    await this.#local.keepHead({ size, checkpoint, tileRoots: roots, edge });
    return true;
  }

  /** Whether the leaves that were at the edge are still there, before the new ones. */
  async #growth(
    remote: Pick<RecordReader, "leafHashes">,
    roots: readonly Uint8Array[],
    edge: readonly Uint8Array[],
    full: number,
  ): Promise<boolean> {
    const start = this.#tileRoots.length * tileWidth;
    if (full === this.#tileRoots.length) return this.#edge.every((leaf, i) => sameHash(edge[i], leaf));
    if (this.#edge.length === 0) return true;
    const tile = await remote.leafHashes(start, start + tileWidth);
    const now = split(tile);
    return (
      sameHash(roots[this.#tileRoots.length], fullTileRoot(tile)) &&
      this.#edge.every((leaf, i) => sameHash(now[i], leaf))
    );
  }

  #adopt(checkpoint: string, roots: Uint8Array[], edge: Uint8Array[], size: number): void {
    this.#pages.grown(Math.floor(this.#size / tileWidth));
    this.#checkpoint = checkpoint;
    this.#tileRoots = roots;
    this.#edge = edge;
    this.#size = size;
    this.#root = rootOf(roots, edge, size);
  }

  async append(
    entries: readonly NewEntry[],
    options: AppendOptions = {},
  ): Promise<Result<Appended, AppendRefusal>> {
    const answer = await this.#server.append(entries, options);
    if (!answer.ok) return refuse(answer.refusal);
    await this.refresh();
    const { firstIndex } = answer.value;
    const missing = await this.#missingLeaf(firstIndex, entries);
    if (missing !== undefined)
      throw new Failure("log-not-grown", `the server acknowledged entry ${missing}, which its log lacks`);
    return ok(answer.value);
  }

  /** The first index from which the log does not have these entries; each tile of leaves is asked for once. */
  async #missingLeaf(firstIndex: number, entries: readonly NewEntry[]): Promise<number | undefined> {
    let n = -1;
    let leaves = new Uint8Array() as Uint8Array;
    for (const [i, { hash }] of entries.entries()) {
      const index = firstIndex + i;
      if (index >= this.#size) return index;
      if (n !== Math.floor(index / tileWidth)) {
        n = Math.floor(index / tileWidth);
        leaves = await this.#pages.leaves(n);
      }
      const at = (index % tileWidth) * 32;
      if (!equalBytes(leaves.subarray(at, at + 32), leafHashOfEntry(hash))) return index;
    }
    return undefined;
  }

  #remoteTree(head: { readonly size: number; readonly checkpoint: string }) {
    return {
      head: () => Promise.resolve(head),
      leafHashes: (from: number, to: number) => this.#server.leafHashes(from, Math.min(to, head.size)),
      tileRoots: (level: number, from: number, to: number) => this.#server.tileRoots(level, from, to),
      fullTile: (level: number, n: number) => this.#server.tile(level, n),
    };
  }

  #makeReader(): RecordReader {
    const pages = this.#pages;
    return {
      head: () =>
        Promise.resolve(
          this.#checkpoint === undefined ? undefined : { size: this.#size, checkpoint: this.#checkpoint },
        ),
      entries: (from, to) => storedOf(pages.between(from, to)),
      entriesAt: (positions) => storedOf(pages.at(positions)),
      entryByHash: async (hash) => {
        const index = await this.#server.indexOf(toHex(hash));
        if (index === undefined) return undefined;
        for await (const entry of storedOf(pages.at([index]))) if (equalBytes(entry.hash, hash)) return entry;
        return undefined;
      },
      box: async (index): Promise<SealedBox | undefined> => {
        for await (const [, { box }] of pages.at([index])) return box;
        return undefined;
      },
      forget: (index) => pages.forget(index),
      leafHashes: async (from, to) => {
        const hashes: Uint8Array[] = [];
        for (let n = Math.floor(from / tileWidth); n * tileWidth < Math.min(to, this.#size); n++) {
          const first = n * tileWidth;
          const leaves = await pages.leaves(n);
          hashes.push(leaves.subarray(Math.max(0, from - first) * 32, (to - first) * 32));
        }
        return concatBytes(...hashes);
      },
      tileRoots: async (level, from, to) => {
        if (level === 0) return concatBytes(...this.#tileRoots.slice(from, to));
        const above: Uint8Array[] = [];
        for (let n = from; n < to; n++) {
          const below = this.#rootsAt(level - 1).slice(n * tileWidth, (n + 1) * tileWidth);
          if (below.length === tileWidth) above.push(fullTileRoot(concatBytes(...below)));
        }
        return concatBytes(...above);
      },
      fullTile: async (level, n) => {
        if (level > 0) {
          const below = this.#rootsAt(level - 1).slice(n * tileWidth, (n + 1) * tileWidth);
          return below.length === tileWidth ? concatBytes(...below) : undefined;
        }
        return n < this.#tileRoots.length ? pages.leaves(n) : undefined;
      },
      object: (name) => this.#server.object(name),
      objects: async (prefix) => {
        const objects: NamedObject[] = [];
        for (const name of await this.#server.objectNames(prefix)) {
          const bytes = await this.#server.object(name);
          if (bytes !== undefined) objects.push({ name, bytes });
        }
        return objects;
      },
      cache: (name) => this.#cache(name),
      putCache: async (name, bytes) => {
        await this.#local.keepSnapshot(name, bytes);
        return this.#server.putCache(name, bytes).catch(() => false);
      },
    };
  }

  /** A snapshot: the one kept here, else the server's. Whoever reads it checks what tree it is of. */
  async #cache(name: string): Promise<Uint8Array | undefined> {
    const kept = await this.#local.snapshot(name);
    if (kept !== undefined) return kept;
    try {
      const given = await this.#server.cache(name);
      if (given !== undefined) await this.#local.keepSnapshot(name, given);
      return given;
    } catch (error) {
      if (isOffline(error)) return undefined;
      throw error;
    }
  }

  #rootsAt(level: number): Uint8Array[] {
    let roots = this.#tileRoots;
    for (let above = 1; above <= level; above++) {
      const next: Uint8Array[] = [];
      for (let n = 0; (n + 1) * tileWidth <= roots.length; n++)
        next.push(fullTileRoot(concatBytes(...roots.slice(n * tileWidth, (n + 1) * tileWidth))));
      roots = next;
    }
    return roots;
  }
}

/** Whether a request failed because nobody answered: the moment to work on without a connection. */
export function isOffline(error: unknown): boolean {
  return error instanceof Failure && error.code === "offline";
}

async function* storedOf(placed: AsyncIterable<Placed>): AsyncGenerator<StoredEntry> {
  for await (const [index, { jwt, hash }] of placed) yield { index, jwt, hash };
}

function rootOf(roots: readonly Uint8Array[], edge: readonly Uint8Array[], size: number): Uint8Array {
  const tiles = new Frontier();
  for (const root of roots) tiles.append(root);
  const leaves = new Frontier();
  for (const leaf of edge) leaves.append(leaf);
  return Frontier.restore(size, [...tiles.hashes, ...leaves.hashes]).root();
}

function sameHash(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && equalBytes(a, b);
}

function split(bytes: Uint8Array): Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let at = 0; at + 32 <= bytes.length; at += 32) hashes.push(bytes.slice(at, at + 32));
  return hashes;
}

/** An entry as it is sent to the server. */
export function entryJson({ jwt, box }: NewEntry): Record<string, string> {
  return box === undefined ? { jwt } : { jwt, box: toBase64Url(box.box), keybox: toBase64Url(box.keybox) };
}
