/**
 * The Merkle tree of RFC 6962 section 2.1, with SHA-256. Sizes and indexes are JavaScript integers up to 2^53 - 1, so
 * halving uses division, never `>>`, which cuts numbers to 32 bits.
 */
import { equalBytes } from "./bytes.ts";
import { sha256 } from "./hash.ts";
import { assert, ok, refuse, type Refusal, type Result } from "./result.ts";

/** Root of the empty tree: SHA-256 of nothing. Written out, so that a page that only names fields need not load hashing. */
export const EMPTY_ROOT: Uint8Array = Uint8Array.of(
  0xe3,
  0xb0,
  0xc4,
  0x42,
  0x98,
  0xfc,
  0x1c,
  0x14,
  0x9a,
  0xfb,
  0xf4,
  0xc8,
  0x99,
  0x6f,
  0xb9,
  0x24,
  0x27,
  0xae,
  0x41,
  0xe4,
  0x64,
  0x9b,
  0x93,
  0x4c,
  0xa4,
  0x95,
  0x99,
  0x1b,
  0x78,
  0x52,
  0xb8,
  0x55,
);

/** More than any proof in a tree of 2^53 leaves needs; refused before anything is allocated for it. */
export const proofHashesMax = 63;

export type TreeRefusal = Refusal<
  "tree-index-out-of-range" | "tree-size-invalid" | "tree-proof-malformed" | "tree-proof-wrong"
>;

/** SHA-256(0x00 || entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

const nodeInput = new Uint8Array(65);
nodeInput[0] = 1;

/** SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return sha256(nodeInput);
}

/** Hash of the perfect subtree over leaves `index * 2^level` up to, not including, `(index + 1) * 2^level`. */
export type HashReader = (level: number, index: number) => Uint8Array;

/** Place of a perfect subtree, as in {@link HashReader}. */
export type NodePlace = { readonly level: number; readonly index: number };

/** The right edge of a tree: what is needed to append to it and to know its root. Largest subtree first. */
export class Frontier {
  #size = 0;
  #hashes: Uint8Array[] = [];

  /** The edge of a tree of `size` leaves; `hashes` as given by {@link Frontier.hashes}, one per 1 bit of `size`. */
  static restore(size: number, hashes: readonly Uint8Array[]): Frontier {
    assert(
      isTreeSize(size) && hashes.length === oneBits(size),
      "a frontier has one hash per 1 bit of its size",
    );
    const frontier = new Frontier();
    frontier.#size = size;
    frontier.#hashes = [...hashes];
    return frontier;
  }

  get size(): number {
    return this.#size;
  }

  /** Roots of the perfect subtrees that make up the tree, largest first. */
  get hashes(): readonly Uint8Array[] {
    return this.#hashes;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2) {
      const left = this.#hashes.pop();
      assert(left !== undefined, "a frontier has one hash per 1 bit of its size");
      hash = nodeHash(left, hash);
    }
    this.#hashes.push(hash);
    this.#size++;
  }

  root(): Uint8Array {
    return foldRight(this.#hashes);
  }
}

/** Root over leaf hashes, given as a list or as one array of 32 bytes each. */
export function rootOfLeafHashes(leaves: readonly Uint8Array[] | Uint8Array): Uint8Array {
  const frontier = new Frontier();
  if (leaves instanceof Uint8Array) {
    assert(leaves.length % 32 === 0, "leaf hashes have 32 bytes each");
    for (let at = 0; at < leaves.length; at += 32) frontier.append(leaves.slice(at, at + 32));
  } else for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}

/** Root of the tree over leaves `start` up to, not including, `end`, where `start` is a multiple of every part's size. */
export function subtreeRoot(start: number, end: number, getHash: HashReader): Uint8Array {
  return foldRight(perfectSubtrees(start, end).map(({ level, index }) => getHash(level, index)));
}

/** Perfect subtrees that cover leaves `start` up to `end`, left to right, largest possible each. */
export function perfectSubtrees(start: number, end: number): NodePlace[] {
  const places: NodePlace[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2;
      level++;
    }
    places.push({ level, index: at / width });
    at += width;
  }
  return places;
}

type Range = { readonly start: number; readonly end: number };

/** Ranges of leaves whose roots make the inclusion proof of `index`, nearest first (RFC 6962 section 2.1.1). */
function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** Ranges whose roots make the consistency proof from `oldSize` to `size` (RFC 6962 section 2.1.2). */
function consistencyRanges(oldSize: number, size: number): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  let end = size;
  let isOldRootKnown = true;
  while (end !== oldSize) {
    const middle = start + largestPowerBelow(end - start);
    if (oldSize <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
      isOldRootKnown = false;
    }
  }
  if (!isOldRootKnown) ranges.push({ start, end });
  return ranges.reverse();
}

/** The proof that the leaf at `index` is in the tree of `size` leaves. */
export function inclusionProof(
  index: number,
  size: number,
  getHash: HashReader,
): Result<Uint8Array[], TreeRefusal> {
  const refusal = refuseIndex(index, size);
  if (refusal !== undefined) return refuse(refusal);
  return ok(inclusionRanges(index, size).map(({ start, end }) => subtreeRoot(start, end, getHash)));
}

/** The subtrees an inclusion proof reads: load them before calling {@link inclusionProof} from stored tiles. */
export function inclusionPlaces(index: number, size: number): NodePlace[] {
  return inclusionRanges(index, size).flatMap(({ start, end }) => perfectSubtrees(start, end));
}

/** The proof that the tree of `oldSize` leaves is a prefix of the tree of `size`; `oldSize` from 1. */
export function consistencyProof(
  oldSize: number,
  size: number,
  getHash: HashReader,
): Result<Uint8Array[], TreeRefusal> {
  if (!isTreeSize(oldSize) || !isTreeSize(size) || oldSize < 1 || oldSize > size)
    return refuse({ code: "tree-size-invalid", message: `No proof from size ${oldSize} to size ${size}.` });
  return ok(consistencyRanges(oldSize, size).map(({ start, end }) => subtreeRoot(start, end, getHash)));
}

/** The subtrees a consistency proof reads. */
export function consistencyPlaces(oldSize: number, size: number): NodePlace[] {
  return consistencyRanges(oldSize, size).flatMap(({ start, end }) => perfectSubtrees(start, end));
}

/** Checks an inclusion proof; `spec/log.md` section 3. */
export function verifyInclusion(input: {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}): Result<true, TreeRefusal> {
  const { index, size, proof } = input;
  const refusal = refuseIndex(index, size) ?? refuseHashes([input.leafHash, input.root, ...proof]);
  if (refusal !== undefined) return refuse(refusal);
  let fn = index;
  let sn = size - 1;
  let hash = input.leafHash;
  for (const sibling of proof) {
    if (sn === 0) return refuse(wrongProof("The proof is longer than the tree is deep."));
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else hash = nodeHash(hash, sibling);
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) return refuse(wrongProof("The proof is shorter than the tree is deep."));
  if (!equalBytes(hash, input.root)) return refuse(wrongProof("The proof leads to another root."));
  return ok(true);
}

/** Checks a consistency proof; `spec/log.md` section 3. Sizes from 1: nothing is to be proven of an empty tree. */
export function verifyConsistency(input: {
  readonly oldSize: number;
  readonly size: number;
  readonly oldRoot: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): Result<true, TreeRefusal> {
  const { oldSize, size, oldRoot, root, proof } = input;
  if (!isTreeSize(oldSize) || !isTreeSize(size) || oldSize < 1 || oldSize > size)
    return refuse({ code: "tree-size-invalid", message: `No proof from size ${oldSize} to size ${size}.` });
  const refusal = refuseHashes([oldRoot, root, ...proof]);
  if (refusal !== undefined) return refuse(refusal);
  if (oldSize === size) {
    if (proof.length > 0) return refuse(wrongProof("Trees of one size need an empty proof."));
    return equalBytes(oldRoot, root)
      ? ok(true)
      : refuse(wrongProof("Trees of one size have different roots."));
  }
  const path = oneBits(oldSize) === 1 ? [oldRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return refuse(wrongProof("The proof is empty."));
  let fn = oldSize - 1;
  let sn = size - 1;
  while (fn % 2 === 1) {
    fn = half(fn);
    sn = half(sn);
  }
  let oldHash = first;
  let hash = first;
  for (const sibling of path) {
    if (sn === 0) return refuse(wrongProof("The proof is longer than the tree is deep."));
    if (fn % 2 === 1 || fn === sn) {
      oldHash = nodeHash(sibling, oldHash);
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else hash = nodeHash(hash, sibling);
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) return refuse(wrongProof("The proof is shorter than the tree is deep."));
  if (!equalBytes(oldHash, oldRoot)) return refuse(wrongProof("The proof leads to another old root."));
  if (!equalBytes(hash, root)) return refuse(wrongProof("The proof leads to another root."));
  return ok(true);
}

/** Whether a number can be the size of a tree: an integer from 0 to 2^53 - 1. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function foldRight(hashes: readonly Uint8Array[]): Uint8Array {
  let root = hashes.at(-1);
  if (root === undefined) return EMPTY_ROOT;
  for (let i = hashes.length - 2; i >= 0; i--) root = nodeHash(hashes[i] ?? EMPTY_ROOT, root);
  return root;
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function oneBits(size: number): number {
  let bits = 0;
  for (let left = size; left > 0; left = half(left)) bits += left % 2;
  return bits;
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function refuseIndex(index: number, size: number): TreeRefusal | undefined {
  if (!isTreeSize(size)) return { code: "tree-size-invalid", message: `${size} is not the size of a tree.` };
  if (!isTreeSize(index) || index >= size)
    return { code: "tree-index-out-of-range", message: `A tree of ${size} leaves has no leaf ${index}.` };
  return undefined;
}

/** Proofs come from strangers: their number and length are looked at before anything is computed. */
function refuseHashes(hashes: readonly Uint8Array[]): TreeRefusal | undefined {
  if (hashes.length > proofHashesMax + 2)
    return { code: "tree-proof-malformed", message: `A proof has at most ${proofHashesMax} hashes.` };
  if (hashes.some((hash) => hash.length !== 32))
    return { code: "tree-proof-malformed", message: "A hash of a proof does not have 32 bytes." };
  return undefined;
}

function wrongProof(message: string): TreeRefusal {
  return { code: "tree-proof-wrong", message };
}
