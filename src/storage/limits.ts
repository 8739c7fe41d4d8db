import { entryLengthMax } from "#record/entry.ts";
import { assert } from "#record/result.ts";
import { tileBytes } from "#record/tiles.ts";
import type { Commit } from "./contract.ts";
import { boxBytesMax, keyboxBytesMax, objectBytesMax } from "./contract.ts";

const namePattern = /^[a-z0-9][A-Za-z0-9._/-]{0,199}$/u;

/** Names of objects and snapshots are made by our own code: anything else than plain ASCII is a bug. */
export function checkName(name: string): void {
  assert(namePattern.test(name) && !name.includes(".."), `"${name}" is no name for an object`);
}

/**
 * The shape and size limits of a commit. What a stranger sends is refused long before, by the sequencer, with a
 * code; here they are assertions, the same for every storage, so that no storage ever holds what another cannot.
 */
export function checkCommit(commit: Commit): void {
  assert(Number.isSafeInteger(commit.expectedSize) && commit.expectedSize >= 0, "expectedSize is not a size");
  assert(commit.checkpoint.length > 0, "a commit without a checkpoint");
  for (const { jwt, hash, box } of commit.entries) {
    // Entries are ASCII, so length is bytes; the read-back by hash would catch one that is not.
    assert(jwt.length > 0 && jwt.length <= entryLengthMax, `an entry of ${jwt.length} bytes`);
    assert(hash.length === 32, "an entry hash is 32 bytes");
    if (box === undefined) continue;
    assert(box.box.length <= boxBytesMax, `a box of ${box.box.length} bytes`);
    assert(box.keybox.length <= keyboxBytesMax, `a key box of ${box.keybox.length} bytes`);
  }
  for (const { level, n, bytes, root } of commit.tiles) {
    assert(Number.isSafeInteger(level) && level >= 0 && level < 8, `level ${level} is no tile level`);
    assert(Number.isSafeInteger(n) && n >= 0, `tile number ${n}`);
    assert(bytes.length === tileBytes && root.length === 32, "a tile that is not full");
  }
  for (const { name, bytes } of commit.objects ?? []) {
    checkName(name);
    assert(bytes.length <= objectBytesMax, `an object of ${bytes.length} bytes`);
  }
}
