/**
 * A memory store as one run of bytes, so that a sample built once is a file that a browser loads.
 *
 * All numbers are unsigned and big-endian; a "text" or "blob" is its length (u32) and its bytes, texts in UTF-8:
 *
 *     "aigaq store 1\n"                                14 bytes
 *     checkpoint                                       text; empty when there is no entry yet
 *     count u32, per entry:   jwt text, hasBox u8, and when it is 1: box blob, keybox blob
 *     count u32, per tile:    level u8, n u32, root 32 bytes, hashes 8 192 bytes
 *     count u32, per object:  name text, blob
 *     count u32, per snapshot: name text, blob
 *     SHA-256 of all bytes before                      32 bytes
 *
 * Entry hashes are left out: loading computes them again. Nothing is encrypted here that was not before, and an erased
 * box is not in it.
 */
import { concatBytes, equalBytes, fromUtf8, utf8 } from "#record/bytes.ts";
import { sha256, sha256OfText } from "#record/hash.ts";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";
import { tileBytes } from "#record/tiles.ts";
import type { SealedBox, StoredEntry } from "../contract.ts";
import type { MemoryContent } from "./memory-store.ts";
import { MemoryStore } from "./memory-store.ts";

const magic = utf8("aigaq store 1\n");

/** All that the store holds; `fromParts` makes an equal store of it. */
export function toParts(store: MemoryStore): Uint8Array {
  const { checkpoint, entries, boxes, tiles, objects, cache } = store.content;
  const parts: Uint8Array[] = [magic, ...blob(utf8(checkpoint ?? ""))];
  parts.push(u32(entries.length));
  for (const { index, jwt } of entries) {
    const box = boxes.get(index);
    parts.push(...blob(utf8(jwt)), Uint8Array.of(box === undefined ? 0 : 1));
    if (box !== undefined) parts.push(...blob(box.box), ...blob(box.keybox));
  }
  parts.push(u32(tiles.size));
  for (const [place, { root, bytes }] of tiles) {
    const [level = 0, n = 0] = place.split("/").map(Number);
    parts.push(Uint8Array.of(level), u32(n), root, bytes);
  }
  for (const named of [objects, cache]) {
    parts.push(u32(named.size));
    for (const [name, bytes] of named) parts.push(...blob(utf8(name)), ...blob(bytes));
  }
  const body = concatBytes(...parts);
  return concatBytes(body, sha256(body));
}

/** `store-parts-damaged`: cut short, altered on the way, or no such file at all. */
export type PartsRefusal = Refusal<"store-parts-damaged">;

/**
 * The store whose `toParts` gave these bytes.
 *
 *     const loaded = fromParts(new Uint8Array(await (await fetch("sample.bin")).arrayBuffer()));
 *     if (!loaded.ok) return loaded;
 */
export function fromParts(bytes: Uint8Array): Result<MemoryStore, PartsRefusal> {
  const body = bytes.subarray(0, Math.max(0, bytes.length - 32));
  if (!equalBytes(body.subarray(0, magic.length), magic) || !equalBytes(sha256(body), bytes.subarray(-32)))
    return refuse(damaged);
  const parts = new PartsReader(body, magic.length);
  try {
    const checkpoint = parts.text();
    const boxes = new Map<number, SealedBox>();
    const entries = parts.list((index): StoredEntry => {
      const jwt = parts.text();
      if (parts.u8() === 1) boxes.set(index, { box: parts.blob(), keybox: parts.blob() });
      return { index, jwt, hash: sha256OfText(jwt) };
    });
    const tiles = parts.list(
      () =>
        [`${parts.u8()}/${parts.u32()}`, { root: parts.bytes(32), bytes: parts.bytes(tileBytes) }] as const,
    );
    const content: MemoryContent = {
      checkpoint: checkpoint === "" ? undefined : checkpoint,
      entries,
      boxes,
      tiles: new Map(tiles),
      objects: new Map(parts.list(() => [parts.text(), parts.blob()] as const)),
      cache: new Map(parts.list(() => [parts.text(), parts.blob()] as const)),
    };
    return parts.isAtEnd ? ok(new MemoryStore(content)) : refuse(damaged);
  } catch (cause) {
    if (cause instanceof RangeError) return refuse(damaged);
    throw cause;
  }
}

const damaged: PartsRefusal = {
  code: "store-parts-damaged",
  message: "These bytes are not a saved store, or they were cut short or altered on the way.",
};

/** Reads forward; past the end it throws a `RangeError`, which `fromParts` turns into its refusal. */
class PartsReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  u8(): number {
    return this.#view.getUint8(this.#at++);
  }

  u32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4);
  }

  /** A copy: the store overwrites what it erases, and the file it came from is not its to write in. */
  bytes(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new RangeError("cut short");
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  blob(): Uint8Array {
    return this.bytes(this.u32());
  }

  text(): string {
    const text = fromUtf8(this.blob());
    if (text === undefined) throw new RangeError("not a text");
    return text;
  }

  list<T>(item: (index: number) => T): T[] {
    const count = this.u32();
    const items: T[] = [];
    for (let index = 0; index < count; index++) items.push(item(index));
    return items;
  }
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function blob(bytes: Uint8Array): readonly [Uint8Array, Uint8Array] {
  return [u32(bytes.length), bytes];
}
