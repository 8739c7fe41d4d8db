/**
 * The tree as readers see it, out of what a storage keeps. Full tiles are stored; a partial tile is not, because it
 * follows from the leaf hashes (level 0) or from the roots of the full tiles one level down, and rewriting it with
 * every commit would cost more than the entry itself.
 */
import type { Result } from "#record/result.ts";
import { ok } from "#record/result.ts";
import type { TilePlace, TileRefusal } from "#record/tiles.ts";
import { partialTilesForSize, readerForNodes, tileWidth } from "#record/tiles.ts";
import type { TreeRefusal } from "#record/tree.ts";
import {
  EMPTY_ROOT,
  consistencyPlaces,
  consistencyProof,
  inclusionPlaces,
  inclusionProof,
  perfectSubtrees,
  subtreeRoot,
} from "#record/tree.ts";
import type { RecordStore } from "./contract.ts";

/** What a tile is read from; any storage has it. */
export type TileSource = Pick<RecordStore, "leafHashes" | "fullTile" | "tileRoots">;

/** A tile of any width: `width` hashes, or fewer bytes or undefined where the storage has lost them. */
export async function readTile(
  source: TileSource,
  { level, n, width }: TilePlace,
): Promise<Uint8Array | undefined> {
  if (width === tileWidth) return source.fullTile(level, n);
  const from = n * tileWidth;
  return level === 0
    ? source.leafHashes(from, from + width)
    : source.tileRoots(level - 1, from, from + width);
}

/**
 * The partial tiles of a tree of `size`, keyed `level/n`: one read per level, so opening a log costs O(log size) reads,
 * none of them of a tile.
 */
export async function readPartialTiles(
  source: TileSource,
  size: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const tiles = new Map<string, Uint8Array>();
  for (const place of partialTilesForSize(size)) {
    tiles.set(`${place.level}/${place.n}`, (await readTile(source, place)) ?? new Uint8Array(0));
  }
  return tiles;
}

/** A tree of some size in a storage: its root and its proofs. Tiles once read are remembered. */
export class StoredTree {
  readonly size: number;
  readonly #source: TileSource;
  readonly #tiles = new Map<string, Uint8Array>();

  constructor(source: TileSource, size: number) {
    this.#source = source;
    this.size = size;
  }

  /** Root of the first `size` leaves; `size` at most that of the tree. */
  async rootAt(size: number): Promise<Result<Uint8Array, TileRefusal>> {
    if (size === 0) return ok(EMPTY_ROOT);
    const reader = await readerForNodes(perfectSubtrees(0, size), this.size, this.#fetch);
    return reader.ok ? ok(subtreeRoot(0, size, reader.value)) : reader;
  }

  async inclusionProof(index: number): Promise<Result<readonly Uint8Array[], TileRefusal | TreeRefusal>> {
    // An index outside the tree has no places; the proof itself then says so with its code.
    const places = index >= 0 && index < this.size ? inclusionPlaces(index, this.size) : [];
    const reader = await readerForNodes(places, this.size, this.#fetch);
    return reader.ok ? inclusionProof(index, this.size, reader.value) : reader;
  }

  async consistencyProof(oldSize: number): Promise<Result<readonly Uint8Array[], TileRefusal | TreeRefusal>> {
    const places = oldSize >= 1 && oldSize <= this.size ? consistencyPlaces(oldSize, this.size) : [];
    const reader = await readerForNodes(places, this.size, this.#fetch);
    return reader.ok ? consistencyProof(oldSize, this.size, reader.value) : reader;
  }

  #fetch = async (place: TilePlace): Promise<Uint8Array | undefined> => {
    const name = `${place.level}/${place.n}`;
    const known = this.#tiles.get(name);
    if (known !== undefined) return known;
    const bytes = await readTile(this.#source, place);
    // 256 tiles are 2 MiB: the proofs of a dossier touch neighbouring entries.
    if (this.#tiles.size >= 256) this.#tiles.clear();
    if (bytes !== undefined) this.#tiles.set(name, bytes);
    return bytes;
  };
}
