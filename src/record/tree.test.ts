// The tree is checked against others' vectors, and against the definition in RFC 6962 written out naively.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, equalBytes, fromBase64, fromHex, toHex, utf8 } from "./bytes.ts";
import { sha256 } from "./hash.ts";
import { expectOk } from "./result.ts";
import {
  consistencyPlaces,
  consistencyProof,
  EMPTY_ROOT,
  Frontier,
  type HashReader,
  inclusionPlaces,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOfLeafHashes,
  subtreeRoot,
  verifyConsistency,
  verifyInclusion,
} from "./tree.ts";
import { vectorJson } from "#test/vector-files.ts";

const base64 = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array();
const leaves = Array.from({ length: 301 }, (_, i) => leafHash(utf8(`leaf ${i}`)));

/** MTH of RFC 6962 section 2.1, by its definition. */
function naiveRoot(list: readonly Uint8Array[]): Uint8Array {
  if (list.length === 0) return sha256(new Uint8Array());
  if (list.length === 1) return list[0] ?? new Uint8Array();
  let k = 1;
  while (k * 2 < list.length) k *= 2;
  return sha256(Uint8Array.of(1), naiveRoot(list.slice(0, k)), naiveRoot(list.slice(k)));
}
const roots = Array.from({ length: 301 }, (_, size) => naiveRoot(leaves.slice(0, size)));
const rootAt = (size: number): Uint8Array => roots[size] ?? EMPTY_ROOT;
const getHash: HashReader = (level, index) =>
  naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

test("the root of the empty tree is SHA-256 of nothing", () => {
  expect(toHex(EMPTY_ROOT)).toBe(toHex(sha256(new Uint8Array())));
});

type Inclusion = {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  desc: string;
  wantErr: boolean;
};
const inclusionCases = Object.entries(vectorJson<Record<string, Inclusion>>("merkle/inclusion.json"));
test.each(inclusionCases)("inclusion vector %s", (_, one) => {
  const verified = verifyInclusion({
    index: one.leafIdx,
    size: one.treeSize,
    leafHash: base64(one.leafHash),
    root: base64(one.root),
    proof: (one.proof ?? []).map(base64),
  });
  expect(verified.ok, one.desc).toBe(!one.wantErr);
});

type Consistency = {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  desc: string;
  wantErr: boolean;
};
const consistencyCases = Object.entries(vectorJson<Record<string, Consistency>>("merkle/consistency.json"));
test.each(consistencyCases)("consistency vector %s", (_, one) => {
  const verified = verifyConsistency({
    oldSize: one.size1,
    size: one.size2,
    oldRoot: base64(one.root1),
    root: base64(one.root2),
    proof: (one.proof ?? []).map(base64),
  });
  // One vector takes 12 bytes for a root; a hash has 32 here, so that one is refused on top of theirs.
  const isOfHashes = base64(one.root1).length === 32 && base64(one.root2).length === 32;
  expect(verified.ok, one.desc).toBe(!one.wantErr && isOfHashes);
});

test("leaves, nodes and roots are those of the published tree of eight", () => {
  const tree = vectorJson<{
    leaf_inputs_hex: string[];
    node_hashes_hex: string[][];
    root_hashes_hex_by_size: string[];
  }>("merkle/rfc6962-tree.json");
  const hashes = tree.leaf_inputs_hex.map((hex) => leafHash(fromHex(hex) ?? new Uint8Array([255])));
  expect(hashes.map(toHex)).toEqual(tree.node_hashes_hex[0]);
  for (const [level, row] of tree.node_hashes_hex.entries())
    for (const [index, expected] of row.entries()) {
      const width = 2 ** level;
      expect(toHex(naiveRoot(hashes.slice(index * width, (index + 1) * width)))).toBe(expected);
    }
  for (const [size, expected] of tree.root_hashes_hex_by_size.entries())
    expect(toHex(rootOfLeafHashes(hashes.slice(0, size))), `size ${size}`).toBe(expected);
});

test("for every size from 0 to 300 the root is the one the definition gives", () => {
  const frontier = new Frontier();
  for (let size = 0; size <= 300; size++) {
    expect(toHex(frontier.root()), `size ${size}`).toBe(toHex(rootAt(size)));
    const restored = Frontier.restore(size, frontier.hashes);
    expect(equalBytes(restored.root(), rootAt(size))).toBe(true);
    expect(equalBytes(rootOfLeafHashes(concatBytes(...leaves.slice(0, size))), rootAt(size))).toBe(true);
    expect(equalBytes(subtreeRoot(0, size, getHash), rootAt(size))).toBe(true);
    frontier.append(leaves[size] ?? EMPTY_ROOT);
  }
});

const sizes = fc.integer({ min: 1, max: 300 });
const placed = sizes.chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));
const grown = sizes.chain((size) => fc.tuple(fc.integer({ min: 1, max: size }), fc.constant(size)));

test("every leaf of every tree is proven, and by its own index only", () => {
  fc.assert(
    fc.property(placed, fc.nat(300), ([index, size], other) => {
      const proof = expectOk(inclusionProof(index, size, getHash));
      const input = { index, size, leafHash: leaves[index] ?? EMPTY_ROOT, proof, root: rootAt(size) };
      expect(verifyInclusion(input).ok).toBe(true);
      if (other !== index) expect(verifyInclusion({ ...input, index: other }).ok).toBe(false);
      expect(verifyInclusion({ ...input, leafHash: leaves[(index + 1) % 301] ?? EMPTY_ROOT }).ok).toBe(false);
      expect(verifyInclusion({ ...input, proof: [...proof, EMPTY_ROOT] }).ok).toBe(false);
      if (proof.length > 0) expect(verifyInclusion({ ...input, proof: proof.slice(1) }).ok).toBe(false);
    }),
  );
});

test("every tree is proven to be a prefix of every later one, and of no other", () => {
  fc.assert(
    fc.property(grown, fc.integer({ min: 1, max: 300 }), ([oldSize, size], other) => {
      const proof = expectOk(consistencyProof(oldSize, size, getHash));
      const input = { oldSize, size, oldRoot: rootAt(oldSize), root: rootAt(size), proof };
      expect(verifyConsistency(input).ok).toBe(true);
      if (other !== oldSize) expect(verifyConsistency({ ...input, oldRoot: rootAt(other) }).ok).toBe(false);
      expect(verifyConsistency({ ...input, proof: [...proof, EMPTY_ROOT] }).ok).toBe(false);
      if (proof.length > 0) expect(verifyConsistency({ ...input, proof: proof.slice(1) }).ok).toBe(false);
    }),
  );
});

test("any one bit of a proof changed makes it wrong", () => {
  const inclusion = { index: 97, size: 203, leafHash: leaves[97] ?? EMPTY_ROOT, root: rootAt(203) };
  const consistency = { oldSize: 97, size: 203, oldRoot: rootAt(97), root: rootAt(203) };
  const included = expectOk(inclusionProof(97, 203, getHash));
  const consistent = expectOk(consistencyProof(97, 203, getHash));
  expect(verifyInclusion({ ...inclusion, proof: included }).ok).toBe(true);
  expect(verifyConsistency({ ...consistency, proof: consistent }).ok).toBe(true);
  for (const changed of bitFlips(included))
    expect(verifyInclusion({ ...inclusion, proof: changed }).ok).toBe(false);
  for (const changed of bitFlips(consistent))
    expect(verifyConsistency({ ...consistency, proof: changed }).ok).toBe(false);
});

function* bitFlips(proof: readonly Uint8Array[]): Iterable<Uint8Array[]> {
  for (const [i, hash] of proof.entries())
    for (let bit = 0; bit < 256; bit++) {
      const changed = hash.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      yield proof.with(i, changed);
    }
}

test("the subtrees named for a proof are those it reads", () => {
  fc.assert(
    fc.property(placed, grown, ([index, size], [oldSize, newSize]) => {
      const read = (places: readonly { level: number; index: number }[]): HashReader => {
        const allowed = new Set(places.map((place) => `${place.level}/${place.index}`));
        return (level, i) => {
          expect(allowed.delete(`${level}/${i}`)).toBe(true);
          return EMPTY_ROOT;
        };
      };
      expectOk(inclusionProof(index, size, read(inclusionPlaces(index, size))));
      expectOk(consistencyProof(oldSize, newSize, read(consistencyPlaces(oldSize, newSize))));
    }),
    { numRuns: 50 },
  );
});

// 2^40 + 3 does not fit 32 bits: halving with >> would go wrong here.
test("sizes beyond 32 bits are halved exactly", () => {
  const size = 2 ** 40 + 3;
  const filler: HashReader = (level, index) =>
    level === 1
      ? nodeHash(filler(0, index * 2), filler(0, index * 2 + 1))
      : leafHash(utf8(`${level}/${index}`));
  const proof = expectOk(inclusionProof(2 ** 40 + 1, size, filler));
  const leaf = filler(0, 2 ** 40 + 1);
  const root = subtreeRoot(0, size, filler);
  expect(verifyInclusion({ index: 2 ** 40 + 1, size, leafHash: leaf, proof, root }).ok).toBe(true);
  expect(proof.length).toBe(3);
  expect(equalBytes(proof[2] ?? EMPTY_ROOT, filler(40, 0))).toBe(true);
  expect(
    equalBytes(root, nodeHash(filler(40, 0), nodeHash(filler(1, 2 ** 39), filler(0, 2 ** 40 + 2)))),
  ).toBe(true);
});

test("each refusal has its code", () => {
  const hash = EMPTY_ROOT;
  const code = (result: { ok: boolean; refusal?: { code: string } }): string | undefined =>
    result.refusal?.code;
  const base = { index: 0, size: 1, leafHash: hash, root: hash, proof: [] };
  expect(code(verifyInclusion({ ...base, index: 1 }))).toBe("tree-index-out-of-range");
  expect(code(verifyInclusion({ ...base, index: 0.5 }))).toBe("tree-index-out-of-range");
  expect(code(verifyInclusion({ ...base, size: 2 ** 53 }))).toBe("tree-size-invalid");
  expect(code(verifyInclusion({ ...base, root: hash.subarray(1) }))).toBe("tree-proof-malformed");
  expect(code(verifyInclusion({ ...base, proof: Array.from({ length: 64 }, () => hash) }))).toBe(
    "tree-proof-malformed",
  );
  expect(code(verifyInclusion({ ...base, proof: [hash] }))).toBe("tree-proof-wrong");
  expect(code(inclusionProof(3, 3, getHash))).toBe("tree-index-out-of-range");
  expect(code(consistencyProof(0, 3, getHash))).toBe("tree-size-invalid");
  const grow = { oldSize: 1, size: 2, oldRoot: hash, root: hash, proof: [hash] };
  expect(code(verifyConsistency({ ...grow, oldSize: 0 }))).toBe("tree-size-invalid");
  expect(code(verifyConsistency({ ...grow, oldSize: 3 }))).toBe("tree-size-invalid");
  expect(code(verifyConsistency({ ...grow, proof: [hash.subarray(1)] }))).toBe("tree-proof-malformed");
  expect(code(verifyConsistency({ ...grow, proof: [] }))).toBe("tree-proof-wrong");
});
