/**
 * Opening a log: is the checkpoint in the storage ours, and is it over what the storage holds? Asked before anything
 * is signed on top of it, and by every command that only reads.
 */
import { equalBytes } from "#record/bytes.ts";
import type { Checkpoint } from "#record/checkpoint.ts";
import { openCheckpoint } from "#record/checkpoint.ts";
import type { VerifierKey } from "#record/note.ts";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";
import { TileEdge } from "#record/tile-edge.ts";
import { hashReaderOf, partialTilesForSize } from "#record/tiles.ts";
import { Frontier, perfectSubtrees } from "#record/tree.ts";
import type { RecordStore } from "#storage/contract.ts";
import { StoredTree, readPartialTiles } from "#storage/tile-reader.ts";

/**
 * - `head-not-ours`: the stored checkpoint is not signed by the log's key, or not for this log.
 * - `head-size-wrong`: it covers another number of entries than the storage holds.
 * - `head-root-wrong`: hashes at the right edge of the tree are missing or lead to another root. Run `log check`.
 * - `behind-witness`: someone outside holds a checkpoint of this log that the storage cannot account for. This is what
 *   a restored backup looks like, and signing on would fork the log: restore a newer copy instead.
 * - `witnessed-not-ours`: what was given as a witnessed checkpoint is none of this log.
 */
export type LogHeadRefusal = Refusal<
  "head-not-ours" | "head-size-wrong" | "head-root-wrong" | "behind-witness" | "witnessed-not-ours"
>;

/** The verified end of a log. `checkpoint` is undefined only for a log without any commit. */
export type LogHead = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoint: string | undefined;
  /** The right edge of the tree twice: as tiles, to hand over full ones, and as a frontier, whose root costs little. */
  readonly edge: TileEdge;
  readonly frontier: Frontier;
};

/** What is read of a log to know its end. */
export type HeadSource = Pick<RecordStore, "head" | "leafHashes" | "fullTile" | "tileRoots">;

/**
 * Verifies the checkpoint's signature and that the tree in the storage leads to its root. Cheap: one read per tile
 * level, at most 255 hashes each. That every entry is what its leaf says is the business of `checkLog`.
 */
export async function readLogHead(
  store: HeadSource,
  key: VerifierKey,
): Promise<Result<LogHead, LogHeadRefusal>> {
  const head = await store.head();
  if (head === undefined) {
    const frontier = new Frontier();
    return ok({ size: 0, root: frontier.root(), checkpoint: undefined, edge: new TileEdge(), frontier });
  }
  const opened = openCheckpoint(head.checkpoint, [key], key.name);
  if (!opened.ok)
    return refuse({
      code: "head-not-ours",
      message: `The last checkpoint in the storage is not one of this log: ${opened.refusal.message}`,
      cause: opened.refusal.code,
    });
  const { size, root } = opened.value;
  if (size !== head.size)
    return refuse({
      code: "head-size-wrong",
      message: `The storage holds ${head.size} entries, but its last checkpoint covers ${size}.`,
    });
  const partialTiles = await readPartialTiles(store, size);
  const restored = restore(size, partialTiles);
  if (restored === undefined || !equalBytes(restored.frontier.root(), root))
    return refuse({
      code: "head-root-wrong",
      message:
        "The entries in the storage do not lead to the root of its last checkpoint; run the log check.",
    });
  return ok({ size, root, checkpoint: head.checkpoint, ...restored });
}

/**
 * Compares the log with checkpoints known from outside: witnesses' copies, receipts, a posted one. Each must be one of
 * this log and a prefix of what the storage holds.
 */
export async function compareWithWitnessed(
  store: RecordStore,
  head: Pick<LogHead, "size">,
  witnessed: readonly string[],
  key: VerifierKey,
): Promise<LogHeadRefusal | undefined> {
  const tree = new StoredTree(store, head.size);
  for (const note of witnessed) {
    const opened = openCheckpoint(note, [key], key.name);
    if (!opened.ok)
      return {
        code: "witnessed-not-ours",
        message: `A checkpoint given as witnessed is not one of this log: ${opened.refusal.message}`,
        cause: opened.refusal.code,
      };
    const refusal = await compareOne(tree, opened.value);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

async function compareOne(tree: StoredTree, witnessed: Checkpoint): Promise<LogHeadRefusal | undefined> {
  const sizes = { sizeWitnessed: witnessed.size, sizeStored: tree.size };
  if (witnessed.size > tree.size)
    return {
      code: "behind-witness",
      message: `A witness has seen ${witnessed.size} entries, the storage holds ${tree.size}: it is an older copy.`,
      ...sizes,
    };
  const root = await tree.rootAt(witnessed.size);
  if (root.ok && equalBytes(root.value, witnessed.root)) return undefined;
  return {
    code: "behind-witness",
    message: `The first ${witnessed.size} entries are not those that a witness has seen: this is another history.`,
    ...sizes,
  };
}

/** undefined when the storage has lost hashes of the right edge. */
function restore(
  size: number,
  partialTiles: ReadonlyMap<string, Uint8Array>,
): { edge: TileEdge; frontier: Frontier } | undefined {
  const bytesOf = (level: number, n: number): Uint8Array =>
    partialTiles.get(`${level}/${n}`) ?? new Uint8Array(0);
  const isWhole = partialTilesForSize(size).every(
    ({ level, n, width }) => bytesOf(level, n).length === width * 32,
  );
  if (!isWhole) return undefined;
  // The perfect subtrees that make up a tree lie, each, within one partial tile.
  const hashAt = hashReaderOf(bytesOf);
  const hashes = perfectSubtrees(0, size).map(({ level, index }) => hashAt(level, index));
  return { edge: TileEdge.restore(size, bytesOf), frontier: Frontier.restore(size, hashes) };
}
