// Tiles are files for strangers: their paths, widths and bytes are those of C2SP tlog-tiles, as another log wrote them.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, equalBytes, fromBase64, toBase64, toHex, utf8 } from "./bytes.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { parseVkey } from "./note.ts";
import { expectOk } from "./result.ts";
import { type FullTile, TileEdge } from "./tile-edge.ts";
import {
  decodeEntryBundle,
  encodeEntryBundle,
  entryBundlePathOf,
  hashReaderOf,
  parseTilePath,
  partialTilesForSize,
  readerForNodes,
  tilePath,
  tilesForSize,
  tileWidth,
} from "./tiles.ts";
import {
  EMPTY_ROOT,
  inclusionPlaces,
  inclusionProof,
  leafHash,
  rootOfLeafHashes,
  subtreeRoot,
  verifyInclusion,
} from "./tree.ts";
import { vectorJson } from "#test/vector-files.ts";

const paths = vectorJson<{
  tile: [number, number, number, string][];
  entries_for_index: [number, number, string][];
  layout_for_size: Record<string, Record<string, number>>;
}>("tiles/paths.json");

test.each(paths.tile)("tile level %d number %d width %d is at %4$s", (level, n, width, path) => {
  const place = { level, n, width: width === 0 ? tileWidth : width };
  expect(tilePath(place)).toBe(path);
  expect(parseTilePath(path)).toEqual({ ok: true, value: { kind: "tile", ...place } });
});

test.each(paths.entries_for_index)("entry %d of %d is in %s", (index, size, path) => {
  expect(entryBundlePathOf(index, size)).toBe(path);
  expect(expectOk(parseTilePath(path)).kind).toBe("entries");
});

test.each(Object.entries(paths.layout_for_size))(
  "a log of %s entries has the tiles the format says",
  (size, layout) => {
    const counted: Record<string, number> = {};
    for (const { level, width } of tilesForSize(Number(size)))
      if (width === tileWidth) counted[`level${level}_full`] = (counted[`level${level}_full`] ?? 0) + 1;
      else counted[`level${level}_partial`] = width;
    expect(counted).toEqual(layout);
  },
);

test("a tile has one path, and no other spelling is read", () => {
  const wrong =
    "tile/00/000 tile/64/000 tile/0/00 tile/0/0000 tile/0/x000/001 tile/0/x001 tile/0/001.p/0 tile/0/001.p/256 tile/0/001.p/01 tile/0/001/ /tile/0/001 tile/-1/000 tile/entries/x000/000 tile/0/x1/000";
  for (const path of wrong.split(" "))
    expect(parseTilePath(path), path).toMatchObject({ ok: false, refusal: { code: "tile-path-malformed" } });
  fc.assert(
    fc.property(fc.nat(63), fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (level, n, width) => {
      expect(expectOk(parseTilePath(tilePath({ level, n, width })))).toEqual({
        kind: "tile",
        level,
        n,
        width,
      });
    }),
  );
});

type Tessera = {
  vkey: string;
  origin: string;
  checkpoints: Record<string, string>;
  files: Record<string, string>;
};
const tessera = vectorJson<Record<string, unknown>>("tiles/tessera-log.json") as unknown as Tessera;

test("another log's checkpoints, tiles and bundles of every size agree with ours", () => {
  const key = expectOk(parseVkey(tessera.vkey));
  const files = tesseraFiles();
  const bundle = [...files].findLast(([path]) => path.startsWith("tile/entries/"));
  const all = expectOk(decodeEntryBundle(bundle?.[1] ?? new Uint8Array(), 9));
  let compared = 0;
  const edge = new TileEdge();
  for (let size = 0; size <= 9; size++) {
    const checkpoint = expectOk(
      openCheckpoint(tessera.checkpoints[String(size)] ?? "", [key], tessera.origin),
    );
    expect(checkpoint.size).toBe(size);
    expect(toHex(edge.root()), `root at ${size}`).toBe(toHex(checkpoint.root));
    for (const tile of partialTilesForSize(size)) {
      const file = files.get(tilePath(tile));
      expect(toHex(file ?? EMPTY_ROOT), tilePath(tile)).toBe(
        toHex(edge.partialTile(tile.level) ?? EMPTY_ROOT),
      );
      const entries = files.get(entryBundlePathOf(size - 1, size));
      expect(toHex(entries ?? EMPTY_ROOT)).toBe(toHex(encodeEntryBundle(all.slice(0, size))));
      compared += 2;
    }
    const next = all[size];
    if (next !== undefined) edge.append(leafHash(next), () => expect.unreachable("no tile is full"));
  }
  expect(compared).toBe(18);
});

function tesseraFiles(): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, member] of Object.entries(value as Record<string, unknown>))
      if (name.startsWith("tile/") && typeof member === "string")
        files.set(name, fromBase64(member) ?? EMPTY_ROOT);
      else walk(member);
  };
  walk(tessera);
  return files;
}

/** A log grown to `size`: its leaf hashes and every tile that became full on the way. */
function grow(size: number): { leaves: Uint8Array[]; edge: TileEdge; full: Map<string, Uint8Array> } {
  const leaves = Array.from({ length: size }, (_, i) => leafHash(utf8(`leaf ${i}`)));
  const edge = new TileEdge();
  const full = new Map<string, Uint8Array>();
  for (const leaf of leaves)
    edge.append(leaf, ({ level, n, bytes }: FullTile) => full.set(`${level}/${n}`, bytes));
  return { leaves, edge, full };
}

// 65 536 + 256 + 5: two tiles of level 1, a partial one of level 2, and 5 leaves in the last tile.
test("full and partial tiles of a large log hold its tree, and prove every leaf", async () => {
  const size = 65_797;
  const { leaves, edge, full } = grow(size);
  const root = rootOfLeafHashes(concatBytes(...leaves));
  expect(toHex(edge.root())).toBe(toHex(root));
  const places = tilesForSize(size);
  expect(places.filter((tile) => tile.width === tileWidth).length).toBe(full.size);
  const tile = (level: number, n: number): Uint8Array | undefined =>
    full.get(`${level}/${n}`) ?? edge.partialTile(level);
  expect(toHex(subtreeRoot(0, size, hashReaderOf(tile)))).toBe(toHex(root));
  for (const index of [0, 1, 255, 256, 65_535, 65_536, 65_791, 65_792, size - 1]) {
    const reader = expectOk(
      await readerForNodes(inclusionPlaces(index, size), size, async ({ level, n }) => tile(level, n)),
    );
    const proof = expectOk(inclusionProof(index, size, reader));
    expect(
      verifyInclusion({ index, size, leafHash: leaves[index] ?? EMPTY_ROOT, proof, root }).ok,
      `${index}`,
    ).toBe(true);
  }
  const restored = TileEdge.restore(size, (level) => edge.partialTile(level) ?? EMPTY_ROOT);
  expect(toHex(restored.root())).toBe(toHex(root));
  restored.append(EMPTY_ROOT, () => undefined);
  expect(edge.size).toBe(size);
  expect(toHex(edge.root())).toBe(toHex(root));
});

test("at every size up to 600 the edge has the root of the leaves", () => {
  const { leaves } = grow(600);
  const edge = new TileEdge();
  for (let size = 0; size < 600; size++) {
    expect(equalBytes(edge.root(), rootOfLeafHashes(leaves.slice(0, size))), `size ${size}`).toBe(true);
    const copy = edge.clone();
    copy.append(EMPTY_ROOT, () => undefined);
    edge.append(leaves[size] ?? EMPTY_ROOT, () => undefined);
  }
});

test("a missing or short tile is a refusal that names it", async () => {
  const places = inclusionPlaces(3, 300);
  const missing = await readerForNodes(places, 300, async () => undefined);
  expect(missing).toMatchObject({ ok: false, refusal: { code: "tile-missing" } });
  const short = await readerForNodes(places, 300, async () => new Uint8Array(32));
  expect(short).toMatchObject({ ok: false, refusal: { code: "tile-malformed" } });
});

test("a bundle gives back its entries, and is refused when cut, padded or of another width", () => {
  const entries = [utf8("one"), utf8(""), new Uint8Array(300).fill(7)];
  const bundle = encodeEntryBundle(entries);
  expect(expectOk(decodeEntryBundle(bundle, 3)).map(toBase64)).toEqual(entries.map(toBase64));
  for (const broken of [bundle.subarray(0, -1), concatBytes(bundle, Uint8Array.of(0))])
    expect(decodeEntryBundle(broken, 3)).toMatchObject({ ok: false, refusal: { code: "bundle-malformed" } });
  expect(decodeEntryBundle(bundle, 2).ok).toBe(false);
  expect(decodeEntryBundle(bundle, 4).ok).toBe(false);
});
