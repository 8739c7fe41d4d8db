import { EMPTY_ROOT, nodeHash } from "./tree.ts";
import { fullTileRoot, partialTilesForSize, tileBytes, tileWidth } from "./tiles.ts";
import { assert } from "./result.ts";

/** A tile that became full: write it once, it never changes again. */
export type FullTile = { readonly level: number; readonly n: number; readonly bytes: Uint8Array };

/**
 * The partial tiles at the right edge of a growing tree: everything needed to append, to know the root and to hand over
 * each tile when it becomes full. Memory is 8 KiB per tile level, whatever the size.
 */
export class TileEdge {
  #size = 0;
  #levels: Uint8Array[] = [];

  /** The edge at `size`; `partialTile(level, n, width)` gives each partial tile of that size (`width` hashes). */
  static restore(
    size: number,
    partialTile: (level: number, n: number, width: number) => Uint8Array,
  ): TileEdge {
    const edge = new TileEdge();
    edge.#size = size;
    for (const { level, n, width } of partialTilesForSize(size)) {
      const hashes = partialTile(level, n, width);
      assert(hashes.length === width * 32, `partial tile ${level}/${n} has ${width} hashes`);
      edge.#levelBytes(level).set(hashes);
    }
    return edge;
  }

  /** A copy that can be appended to and thrown away, when the commit it was made for fails. */
  clone(): TileEdge {
    const edge = new TileEdge();
    edge.#size = this.#size;
    edge.#levels = this.#levels.map((bytes) => bytes.slice());
    return edge;
  }

  get size(): number {
    return this.#size;
  }

  /** Appends a leaf hash; tiles that became full go to `onFull`, lowest level first. */
  append(leafHash: Uint8Array, onFull: (tile: FullTile) => void): void {
    let hash = leafHash;
    let index = this.#size;
    for (let level = 0; ; level++) {
      const bytes = this.#levelBytes(level);
      const width = index % tileWidth;
      bytes.set(hash, width * 32);
      if (width < tileWidth - 1) break;
      const full = bytes.slice();
      index = Math.floor(index / tileWidth);
      onFull({ level, n: index, bytes: full });
      hash = fullTileRoot(full);
    }
    this.#size++;
  }

  /** The partial tile of a level, as it must be served for the present size; undefined if that level has none. */
  partialTile(level: number): Uint8Array | undefined {
    const width = this.#widthAt(level);
    return width === 0 ? undefined : this.#levels[level]?.slice(0, width * 32);
  }

  root(): Uint8Array {
    let root: Uint8Array | undefined;
    // From the smallest subtree on the right to the largest on the left.
    for (let level = 0; level < this.#levels.length; level++) {
      let width = this.#widthAt(level);
      for (let span = 1; width > 0; span *= 2) {
        if (width % (span * 2) === 0) continue;
        width -= span;
        const left = this.#perfectRoot(level, width, span);
        root = root === undefined ? left : nodeHash(left, root);
      }
    }
    return root ?? EMPTY_ROOT;
  }

  #widthAt(level: number): number {
    return Math.floor(this.#size / tileWidth ** level) % tileWidth;
  }

  #levelBytes(level: number): Uint8Array {
    while (this.#levels.length <= level) this.#levels.push(new Uint8Array(tileBytes));
    const bytes = this.#levels[level];
    assert(bytes !== undefined, "levels up to this one were just made");
    return bytes;
  }

  #perfectRoot(level: number, offset: number, count: number): Uint8Array {
    const bytes = this.#levelBytes(level);
    if (count === 1) return bytes.slice(offset * 32, offset * 32 + 32);
    const middle = count / 2;
    return nodeHash(
      this.#perfectRoot(level, offset, middle),
      this.#perfectRoot(level, offset + middle, middle),
    );
  }
}
