import { concatBytes, utf8 } from "#record/bytes.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { EntryIndex } from "./entry-index.ts";
import type { Place, SnapshotKey, SnapshotStore } from "./snapshot.ts";

export const indexName = "index";
const context = utf8(`aigaq/cache/1\n${indexName}`);
/** Size and root of the tree that it is of. */
const headSize = 8 + 32;

/** Seals the index as the books' snapshot is: it says who gave when. Bound to the tree that it is of, which has `root`. */
export async function sealIndex(
  { key, randomBytes }: SnapshotKey,
  index: EntryIndex,
  root: Uint8Array,
): Promise<Uint8Array> {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(index.size));
  return sealBytes(key, context, pad(concatBytes(head, root, index.bytes())), randomBytes);
}

/** What was kept, and of which tree; undefined for what is missing, torn, foreign or outdated. */
export async function loadIndex(
  store: Pick<SnapshotStore, "cache">,
  { key }: SnapshotKey,
): Promise<{ readonly index: EntryIndex; readonly place: Place } | undefined> {
  const sealed = await store.cache(indexName);
  const opened = sealed === undefined ? undefined : await openBytes(key, context, sealed);
  const content = opened?.ok === true ? unpad(opened.value) : undefined;
  if (content?.ok !== true || content.value.length < headSize) return undefined;
  const bytes = content.value;
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  const index = EntryIndex.read(bytes.subarray(headSize));
  return index?.size === size ? { index, place: { size, root: bytes.slice(8, headSize) } } : undefined;
}
