import { assert } from "#record/result.ts";
import { tileBytes, tileWidth } from "#record/tiles.ts";
import { EMPTY_ROOT, nodeHash } from "#record/tree.ts";

/**
 * Every hash of a tree, in memory: 64 bytes per entry, so 64 MB for a million. `log check` rebuilds it from the
 * entries alone and then holds it against all that the storage claims: tiles, roots, anchors of entries.
 */
export class WholeTree {
  /** Level l holds the roots of the perfect subtrees of 2^l leaves, 32 bytes each. */
  #levels: { bytes: Uint8Array; count: number }[] = [];

  get size(): number {
    return this.#levels[0]?.count ?? 0;
  }

  append(leafHash: Uint8Array): void {
    let hash = leafHash;
    for (let level = 0; ; level++) {
      const row = this.#row(level);
      if ((row.count + 1) * 32 > row.bytes.length) row.bytes = grown(row.bytes);
      row.bytes.set(hash, row.count * 32);
      row.count++;
      if (row.count % 2 === 1) return;
      hash = nodeHash(hashAt(row.bytes, row.count - 2), hash);
    }
  }

  /** Root of the first `size` leaves. */
  rootAt(size: number): Uint8Array {
    assert(size <= this.size, "no root of leaves that are not there yet");
    let root: Uint8Array | undefined;
    // From the smallest perfect subtree on the right to the largest on the left.
    for (let level = 0, left = size; left > 0; level++, left = Math.floor(left / 2)) {
      if (left % 2 === 0) continue;
      const hash = hashAt(this.#row(level).bytes, left - 1);
      root = root === undefined ? hash : nodeHash(hash, root);
    }
    return root ?? EMPTY_ROOT;
  }

  /** Leaf hashes `from` ≤ index < `to`, concatenated. */
  leafHashes(from: number, to: number): Uint8Array {
    return this.#row(0).bytes.subarray(from * 32, Math.min(to, this.size) * 32);
  }

  /** Full tile `n` of a tile level, and the root over it. */
  fullTile(level: number, n: number): { readonly bytes: Uint8Array; readonly root: Uint8Array } {
    const row = this.#row(level * 8);
    assert((n + 1) * tileWidth <= row.count, "that tile is not full");
    return {
      bytes: row.bytes.subarray(n * tileBytes, (n + 1) * tileBytes),
      root: hashAt(this.#row(level * 8 + 8).bytes, n),
    };
  }

  #row(level: number): { bytes: Uint8Array; count: number } {
    while (this.#levels.length <= level) this.#levels.push({ bytes: new Uint8Array(64), count: 0 });
    const row = this.#levels[level];
    assert(row !== undefined, "levels up to this one were just made");
    return row;
  }
}

function hashAt(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.subarray(index * 32, index * 32 + 32);
}

function grown(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}
