import { concatBytes, equalBytes } from "#record/bytes.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { fullTileRoot, tileBytes, tileWidth } from "#record/tiles.ts";
import { Failure } from "#session/refusals/failure.ts";
import { decodeFrame, decodeFrames, splitFrames, type Frame } from "./frames.ts";
import type { LocalStore } from "./local-store.ts";
import type { Server } from "./server.ts";

/** Pages kept in memory. A page is 256 entries with their boxes: mostly a few hundred kB, some MB for bank rows. */
const pagesInMemory = 6;
/** Tiles of leaf hashes kept in memory, 8 kB each. */
const tilesInMemory = 64;
/** Bytes of single entries kept in memory. */
const singlesInMemory = 16 * 1024 * 1024;
/** Entries asked for in one question. */
const singlesAtOnce = 64;

/** Entries of one page, and the bytes that they came as. */
type Page = { readonly frames: Frame[]; readonly bytes: Uint8Array };

/** The tree that a device has verified against the signed checkpoint. */
export type VerifiedTree = {
  /** Roots of all full tiles of leaves. */
  readonly tileRoots: readonly Uint8Array[];
  /** Leaf hashes after the last full tile. */
  readonly edge: readonly Uint8Array[];
};

/** An entry and where it stands. */
export type Placed = readonly [position: number, frame: Frame];

/**
 * The entries behind a server that need not be believed, each held against the tree before anyone sees it. Who reads on gets
 * pages of 256 entries. Who reads a few here and there gets these alone, and the leaf hashes of their page, 8 kB, whose root
 * must be the one that stands there: a page of bank rows weighs 4 MB. Both are kept on the device as they came, boxes sealed.
 */
export class RecordPages {
  readonly #server: Pick<Server, "entries" | "entriesAt" | "tile">;
  readonly #local: Pick<LocalStore, "page" | "keepPage">;
  readonly #tree: () => VerifiedTree;
  readonly #pages = new Map<number, Promise<Frame[]>>();
  readonly #tiles = new Map<number, Promise<Uint8Array>>();
  readonly #singles = new Map<number, Frame>();
  #singleBytes = 0;

  constructor(
    server: Pick<Server, "entries" | "entriesAt" | "tile">,
    local: Pick<LocalStore, "page" | "keepPage">,
    tree: () => VerifiedTree,
  ) {
    this.#server = server;
    this.#local = local;
    this.#tree = tree;
  }

  /** The entries `from` ≤ position < `to`, in order. */
  async *between(from: number, to: number): AsyncGenerator<Placed> {
    for (let start = from; start < Math.min(to, this.#size);) {
      const end = Math.min(to, this.#size, (Math.floor(start / tileWidth) + 1) * tileWidth);
      const first = start;
      yield* this.at(Array.from({ length: end - start }, (_, i) => first + i));
      start = end;
    }
  }

  /** The entries at positions given in rising order. Of a page of which most is wanted all of it is read. */
  async *at(positions: readonly number[]): AsyncGenerator<Placed> {
    let few: number[] = [];
    for (const [n, wanted] of byPage(positions.filter((position) => position < this.#size))) {
      if (wanted.length * 2 <= this.#widthOf(n)) few.push(...wanted);
      else {
        yield* this.#few(few);
        few = [];
        const frames = await this.#page(n);
        for (const position of wanted) yield placed(position, frames[position % tileWidth]);
      }
      while (few.length >= singlesAtOnce) yield* this.#few(few.splice(0, singlesAtOnce));
    }
    yield* this.#few(few);
  }

  /** Leaf hashes of a page, 32 bytes each: 256 of them, fewer of the last page. */
  leaves(n: number): Promise<Uint8Array> {
    const { tileRoots, edge } = this.#tree();
    if (n >= tileRoots.length) return Promise.resolve(concatBytes(...edge));
    const known = this.#tiles.get(n) ?? this.#loadTile(n);
    return remember(this.#tiles, n, known, tilesInMemory);
  }

  /** The page at the edge has more entries now; those that it had are the same. */
  grown(n: number): void {
    const page = this.#pages.get(n);
    this.#pages.delete(n);
    page?.then(
      (frames) => frames.forEach((frame, i) => this.#remember(n * tileWidth + i, frame)),
      () => undefined,
    );
  }

  /** An entry is asked for again, and so is its page, in memory and on the device: see `RecordReader.forget`. */
  async forget(position: number): Promise<void> {
    const n = Math.floor(position / tileWidth);
    this.#pages.delete(n);
    this.#drop(position);
    await Promise.all([entryKey(position), n].map((key) => this.#local.keepPage(key, nothing)));
  }

  get #size(): number {
    const { tileRoots, edge } = this.#tree();
    return tileRoots.length * tileWidth + edge.length;
  }

  #widthOf(n: number): number {
    const { tileRoots, edge } = this.#tree();
    return n < tileRoots.length ? tileWidth : edge.length;
  }

  async #loadTile(n: number): Promise<Uint8Array> {
    const root = this.#tree().tileRoots[n];
    const isRight = (tile: Uint8Array | undefined): tile is Uint8Array =>
      tile?.length === tileBytes && root !== undefined && equalBytes(fullTileRoot(tile), root);
    const kept = await this.#local.page(tileKey(n));
    if (isRight(kept)) return kept;
    // Without a connection the page itself, where the device has it, says the same.
    if (this.#pages.has(n) || ((await this.#local.page(n)) ?? nothing).length > 0)
      return leavesOf(await this.#page(n));
    const tile = await this.#server.tile(0, n);
    if (!isRight(tile)) throw pageAltered(n);
    this.#keep(tileKey(n), tile);
    return tile;
  }

  /** Entries one by one: from memory, from the device, else from the server, in one question for all that are missing. */
  async *#few(positions: readonly number[]): AsyncGenerator<Placed> {
    const found = new Map<number, Frame>();
    const unknown: number[] = [];
    for (const position of positions) {
      const frame = await this.#inMemory(position);
      if (frame === undefined) unknown.push(position);
      else found.set(position, frame);
    }
    if (unknown.length > 0)
      for (const [position, frame] of await this.#load(unknown)) found.set(position, frame);
    for (const position of positions) yield placed(position, found.get(position));
  }

  async #inMemory(position: number): Promise<Frame | undefined> {
    const page = this.#pages.get(Math.floor(position / tileWidth));
    if (page !== undefined) return (await page)[position % tileWidth];
    const single = this.#singles.get(position);
    if (single === undefined) return undefined;
    // Again the youngest: the oldest is dropped first.
    this.#singles.delete(position);
    this.#singles.set(position, single);
    return single;
  }

  async #load(positions: readonly number[]): Promise<Map<number, Frame>> {
    // Asked for beside the entries, not before them: a slow line is then waited for once.
    const tiles = new Map([...byPage(positions).keys()].map((n) => [n, this.leaves(n)]));
    const ready = Promise.all(tiles.values());
    ready.catch(() => undefined);
    const onDevice = await this.#ofDevice(positions);
    const fetched = await this.#fetch(positions.filter((position) => !onDevice.has(position)));
    await ready;
    const frames = new Map<number, Frame>();
    const take = async (from: ReadonlyMap<number, Uint8Array>): Promise<void> => {
      for (const [position, bytes] of from) {
        const frame = decodeFrame(bytes);
        const leaves = await tiles.get(Math.floor(position / tileWidth));
        if (frame !== undefined && leaves !== undefined && isLeaf(leaves, position, frame.hash))
          frames.set(position, this.#remember(position, frame));
      }
    };
    await take(onDevice);
    await take(fetched);
    for (const [position, bytes] of fetched)
      if (frames.has(position)) this.#keep(entryKey(position), bytes.slice());
    // What the device kept badly the server has still.
    const spoilt = [...onDevice.keys()].filter((position) => !frames.has(position));
    if (spoilt.length > 0) await take(await this.#fetch(spoilt));
    for (const position of positions) if (!frames.has(position)) throw entryAltered(position);
    return frames;
  }

  /** What the device keeps of them, alone or in their page; still to be held against the tree. */
  async #ofDevice(positions: readonly number[]): Promise<Map<number, Uint8Array>> {
    const found = new Map<number, Uint8Array>();
    for (const [n, wanted] of byPage(positions)) {
      const alone = await Promise.all(wanted.map((position) => this.#local.page(entryKey(position))));
      const page = alone.includes(undefined) ? await this.#local.page(n) : undefined;
      const frames = page === undefined ? [] : splitFrames(page);
      for (const [i, position] of wanted.entries()) {
        const bytes = alone[i] ?? frames[position % tileWidth];
        if (bytes !== undefined) found.set(position, bytes);
      }
    }
    return found;
  }

  /** In the order asked, as many at once as the server gives. */
  async #fetch(positions: readonly number[]): Promise<Map<number, Uint8Array>> {
    const found = new Map<number, Uint8Array>();
    while (found.size < positions.length) {
      const asked = positions.slice(found.size);
      const frames = splitFrames(await this.#server.entriesAt(asked));
      if (frames.length === 0 || frames.length > asked.length) throw entryAltered(asked[0] ?? 0);
      for (const [i, bytes] of frames.entries()) found.set(asked[i] ?? 0, bytes);
    }
    return found;
  }

  #remember(position: number, frame: Frame): Frame {
    this.#drop(position);
    this.#singles.set(position, frame);
    this.#singleBytes += bytesOf(frame);
    for (const oldest of this.#singles.keys()) {
      if (this.#singleBytes <= singlesInMemory || oldest === position) break;
      this.#drop(oldest);
    }
    return frame;
  }

  #drop(position: number): void {
    const frame = this.#singles.get(position);
    if (frame === undefined) return;
    this.#singles.delete(position);
    this.#singleBytes -= bytesOf(frame);
  }

  #page(n: number): Promise<Frame[]> {
    return remember(this.#pages, n, this.#pages.get(n) ?? this.#loadPage(n), pagesInMemory);
  }

  async #loadPage(n: number): Promise<Frame[]> {
    const width = this.#widthOf(n);
    const kept = await this.#keptPage(n, width);
    if (kept !== undefined && kept.frames.length === width && this.#isOfTree(n, kept.frames))
      return kept.frames;
    // The page at the edge grows: what was read of it need not come again, if it is still of this tree.
    const begun = kept === undefined ? undefined : await this.#fetchPage(n, width, kept);
    const page = begun ?? (await this.#fetchPage(n, width, { frames: [], bytes: new Uint8Array() }));
    if (page === undefined) throw pageAltered(n);
    await this.#local.keepPage(n, page.bytes);
    if (width === tileWidth) this.#keep(tileKey(n), leavesOf(page.frames));
    return page.frames;
  }

  /** What this device keeps of a page; the last one may have grown since. */
  async #keptPage(n: number, width: number): Promise<Page | undefined> {
    const bytes = await this.#local.page(n);
    const frames = bytes === undefined ? [] : decodeFrames(bytes);
    return bytes === undefined || frames.length > width ? undefined : { frames, bytes };
  }

  /** The whole page with what the server has beyond `begun`; undefined when these are not the entries of the tree. */
  async #fetchPage(n: number, width: number, begun: Page): Promise<Page | undefined> {
    const parts = [begun.bytes];
    const frames = [...begun.frames];
    while (frames.length < width) {
      const bytes = await this.#server.entries(n * tileWidth + frames.length, n * tileWidth + width);
      const more = decodeFrames(bytes);
      if (more.length === 0 || frames.length + more.length > width) return undefined;
      parts.push(bytes);
      frames.push(...more);
    }
    return this.#isOfTree(n, frames) ? { frames, bytes: concatBytes(...parts) } : undefined;
  }

  /** Whether these are exactly the entries that the checkpoint covers at this place. */
  #isOfTree(n: number, frames: readonly Frame[]): boolean {
    const { tileRoots, edge } = this.#tree();
    const leaves = leavesOf(frames);
    const root = tileRoots[n];
    if (root !== undefined) return leaves.length === tileBytes && equalBytes(fullTileRoot(leaves), root);
    return equalBytes(leaves, concatBytes(...edge));
  }

  /** A cache that does not fit is no reason to stop. */
  #keep(key: string, bytes: Uint8Array): void {
    this.#local.keepPage(key, bytes).catch(() => undefined);
  }
}

const nothing = new Uint8Array();
const entryKey = (position: number): string => `entry ${position}`;
const tileKey = (n: number): string => `leaves ${n}`;

/** Keeps the youngest `most`; what could not be loaded is asked for again next time. */
function remember<T>(known: Map<number, Promise<T>>, n: number, value: Promise<T>, most: number): Promise<T> {
  const isNew = known.get(n) !== value;
  known.delete(n);
  known.set(n, value);
  if (isNew) value.catch(() => known.get(n) === value && known.delete(n));
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  return value;
}

function byPage(positions: readonly number[]): Map<number, number[]> {
  return Map.groupBy(positions, (position) => Math.floor(position / tileWidth));
}

function placed(position: number, frame: Frame | undefined): Placed {
  if (frame === undefined) throw entryAltered(position);
  return [position, frame];
}

function isLeaf(leaves: Uint8Array, position: number, hash: Uint8Array): boolean {
  const at = (position % tileWidth) * 32;
  return equalBytes(leaves.subarray(at, at + 32), leafHashOfEntry(hash));
}

function leavesOf(frames: readonly Frame[]): Uint8Array {
  return concatBytes(...frames.map(({ hash }) => leafHashOfEntry(hash)));
}

/** Characters of entries are bytes. */
function bytesOf({ jwt, box }: Frame): number {
  return jwt.length + (box === undefined ? 0 : box.box.length + box.keybox.length);
}

function pageAltered(n: number): Failure {
  const from = n * tileWidth;
  return new Failure(
    "page-altered",
    `entries ${from} to ${from + tileWidth - 1} are not those that the signed checkpoint covers`,
    { exitCode: 1 },
  );
}

function entryAltered(position: number): Failure {
  return new Failure("page-altered", `entry ${position} is not the one that the signed checkpoint covers`, {
    exitCode: 1,
  });
}
