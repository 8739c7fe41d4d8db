/**
 * Tiles (C2SP tlog-tiles): the tree in pieces of 256 hashes, so that a static file server can hold it. Tile `n` at tile
 * level `l` holds the hashes of the perfect subtrees of 256^l leaves numbered 256·n to 256·n + 255. Only roots of full
 * tiles go one level up; a partial tile is never hashed upward.
 */
import { concatBytes } from "./bytes.ts";
import { isTreeSize, type HashReader, nodeHash, type NodePlace } from "./tree.ts";
import { assert, ok, refuse, type Refusal, type Result } from "./result.ts";

export const tileWidth = 256;
export const tileBytes = tileWidth * 32;
const tileLevelMax = 63;

/** One hash tile. `width` is 256 for a full one, 1 to 255 for a partial one. */
export type TilePlace = { readonly level: number; readonly n: number; readonly width: number };

export type TileRefusal = Refusal<
  "tile-path-malformed" | "tile-missing" | "tile-malformed" | "bundle-malformed"
>;

/** `tile/1/x001/x234/067.p/12`; a full tile has no `.p/` part. */
export function tilePath({ level, n, width }: TilePlace): string {
  assert(Number.isInteger(level) && level >= 0 && level <= tileLevelMax, "tile levels are 0 to 63");
  return `tile/${level}/${numberPath(n)}${widthSuffix(width)}`;
}

/** `tile/entries/000`: the bundle of entries 256·n to 256·n + width - 1. */
export function entryBundlePath(n: number, width: number): string {
  return `tile/entries/${numberPath(n)}${widthSuffix(width)}`;
}

/** The bundle that holds the entry at `index` in a tree of `size`. */
export function entryBundlePathOf(index: number, size: number): string {
  assert(isTreeSize(size) && index >= 0 && index < size, "the tree has no such entry");
  const n = Math.floor(index / tileWidth);
  return entryBundlePath(n, Math.min(tileWidth, size - n * tileWidth));
}

export type ParsedTilePath = { readonly kind: "tile" } & TilePlace;
export type ParsedBundlePath = { readonly kind: "entries"; readonly n: number; readonly width: number };

/** Reads a tile or bundle path. Refuses every other spelling of one: `tile/00/000`, `.p/0`, `.p/256`, `x000/001`. */
export function parseTilePath(path: string): Result<ParsedTilePath | ParsedBundlePath, TileRefusal> {
  const match = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/u.exec(path);
  const malformed = refuse<TileRefusal>({ code: "tile-path-malformed", message: `Not a tile path: ${path}` });
  if (match === null) return malformed;
  const [, level = "", groups = "", widthText] = match;
  const n = Number(groups.replaceAll(/[x/]/gu, ""));
  const width = widthText === undefined ? tileWidth : Number(widthText);
  if (!Number.isSafeInteger(n) || (widthText !== undefined && width >= tileWidth)) return malformed;
  if (level !== "entries" && Number(level) > tileLevelMax) return malformed;
  const parsed =
    level === "entries"
      ? ({ kind: "entries", n, width } as const)
      : ({ kind: "tile", level: Number(level), n, width } as const);
  const canonical = parsed.kind === "tile" ? tilePath(parsed) : entryBundlePath(n, width);
  return canonical === path ? ok(parsed) : malformed;
}

/** Number of hashes in tile `n` of `level` when the tree has `size` leaves: 256 when full, 0 when there is none. */
export function tileWidthAt(level: number, n: number, size: number): number {
  const hashes = hashesAt(level, size);
  return Math.max(0, Math.min(tileWidth, hashes - n * tileWidth));
}

/** All hash tiles of a tree of `size` leaves, level by level, left to right; the last of a level may be partial. */
export function tilesForSize(size: number): TilePlace[] {
  const tiles: TilePlace[] = [];
  for (let level = 0; ; level++) {
    const hashes = hashesAt(level, size);
    if (hashes === 0) return tiles;
    for (let n = 0; n * tileWidth < hashes; n++) tiles.push({ level, n, width: tileWidthAt(level, n, size) });
  }
}

/** The last tile of each level where it is partial: what must exist beside the full tiles for this size. */
export function partialTilesForSize(size: number): TilePlace[] {
  const tiles: TilePlace[] = [];
  for (let level = 0; ; level++) {
    const hashes = hashesAt(level, size);
    if (hashes === 0) return tiles;
    const width = hashes % tileWidth;
    if (width > 0) tiles.push({ level, n: Math.floor(hashes / tileWidth), width });
  }
}

/** The tile that holds, or whose hashes make, the hash of a perfect subtree in a tree of `size` leaves. */
export function tileOfNode({ level, index }: NodePlace, size: number): TilePlace {
  const tileLevel = Math.floor(level / 8);
  const first = index * 2 ** (level % 8);
  const n = Math.floor(first / tileWidth);
  return { level: tileLevel, n, width: tileWidthAt(tileLevel, n, size) };
}

/** The tiles needed to read the given subtrees, each once. */
export function tilesForNodes(places: readonly NodePlace[], size: number): TilePlace[] {
  const tiles = new Map<string, TilePlace>();
  for (const place of places) {
    const tile = tileOfNode(place, size);
    tiles.set(tilePath(tile), tile);
  }
  return [...tiles.values()];
}

/**
 * A {@link HashReader} over tiles already in memory. `tile(level, n)` gives at least the needed hashes of the tile;
 * a hash that is not there is a bug of the caller, who loads the tiles named by {@link tilesForNodes} first.
 */
export function hashReaderOf(tile: (level: number, n: number) => Uint8Array | undefined): HashReader {
  return (level, index) => {
    const tileLevel = Math.floor(level / 8);
    const span = 2 ** (level % 8);
    const first = index * span;
    const n = Math.floor(first / tileWidth);
    const bytes = tile(tileLevel, n);
    const offset = first - n * tileWidth;
    assert(
      bytes !== undefined && bytes.length >= (offset + span) * 32,
      `hash ${level}/${index} is in a loaded tile`,
    );
    return perfectRoot(bytes, offset, span);
  };
}

/** Loads the tiles that the given subtrees need and gives a reader over them. `fetchTile` returns `width` hashes or more. */
export async function readerForNodes(
  places: readonly NodePlace[],
  size: number,
  fetchTile: (tile: TilePlace) => Promise<Uint8Array | undefined>,
): Promise<Result<HashReader, TileRefusal>> {
  const loaded = new Map<string, Uint8Array>();
  for (const tile of tilesForNodes(places, size)) {
    const bytes = await fetchTile(tile);
    if (bytes === undefined)
      return refuse({ code: "tile-missing", message: `${tilePath(tile)} is missing.` });
    if (bytes.length % 32 !== 0 || bytes.length < tile.width * 32)
      return refuse({ code: "tile-malformed", message: `${tilePath(tile)} has ${bytes.length} bytes.` });
    loaded.set(`${tile.level}/${tile.n}`, bytes);
  }
  return ok(hashReaderOf((level, n) => loaded.get(`${level}/${n}`)));
}

/** Root of the perfect tree over `count` hashes (a power of two) that start at hash number `offset` of `bytes`. */
function perfectRoot(bytes: Uint8Array, offset: number, count: number): Uint8Array {
  if (count === 1) return bytes.slice(offset * 32, offset * 32 + 32);
  const middle = count / 2;
  return nodeHash(perfectRoot(bytes, offset, middle), perfectRoot(bytes, offset + middle, middle));
}

/** The hash that a full tile hands to the level above. */
export function fullTileRoot(bytes: Uint8Array): Uint8Array {
  assert(bytes.length === tileBytes, "a full tile has 8 192 bytes");
  return perfectRoot(bytes, 0, tileWidth);
}

/** Entry bundle: for each entry its length (2 bytes, big-endian) and its bytes. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      assert(entry.length <= 0xffff, "an entry of a bundle has at most 65 535 bytes");
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/** Reads a bundle of exactly `width` entries. */
export function decodeEntryBundle(bytes: Uint8Array, width: number): Result<Uint8Array[], TileRefusal> {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length && entries.length <= width) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (at + 2 + length > bytes.length)
      return refuse({
        code: "bundle-malformed",
        message: `The bundle is cut off in entry ${entries.length}.`,
      });
    entries.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (entries.length !== width)
    return refuse({
      code: "bundle-malformed",
      message: `The bundle does not hold exactly ${width} entries.`,
    });
  return ok(entries);
}

function hashesAt(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

function numberPath(n: number): string {
  assert(Number.isSafeInteger(n) && n >= 0, "a tile number is a non-negative integer");
  const digits = String(n);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/\d{3}/gu) ?? [];
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
}

function widthSuffix(width: number): string {
  assert(Number.isInteger(width) && width >= 1 && width <= tileWidth, "a tile has 1 to 256 hashes");
  return width === tileWidth ? "" : `.p/${width}`;
}
