import { foldVersion, type Books } from "./books.ts";
import { equalBytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "#record/bytes.ts";
import { fromSnapshot, toSnapshot } from "#domain/funds/snapshot.ts";
import { hmacSha256 } from "#record/hash.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import type { RecordReader } from "../record-port.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import { pad, unpad } from "#vault/seal/pad.ts";

/**
 * Snapshots of the books: sealed, bound to the size and root of the tree they were computed at, and never an
 * authority. `totals` answers most questions in kilobytes; `days` holds the daily sums.
 */
export type SnapshotKey = { readonly key: Uint8Array; readonly randomBytes: RandomBytes };

/** The key of snapshots that only this member's own device could have made. */
export function ownSnapshotKey(keyring: Keyring, randomBytes: RandomBytes): SnapshotKey {
  const seed = keyring.device.signingSeed.reveal();
  return { key: hmacSha256(seed, utf8("aigaq/own-snapshot/1"), Uint8Array.of(1)), randomBytes };
}

/** The tree that a snapshot is of. */
export type Place = { readonly size: number; readonly root: Uint8Array };

/** Where sealed snapshots lie by name. */
export type SnapshotStore = Pick<RecordReader, "cache" | "putCache">;

const contextOf = (name: string): Uint8Array => utf8(`aigaq/cache/1\n${name}`);

export async function saveSnapshot(
  store: Pick<SnapshotStore, "putCache">,
  { key, randomBytes }: SnapshotKey,
  books: Books,
  root: Uint8Array,
): Promise<void> {
  const { totals, days } = toSnapshot(books.funds);
  const place = { version: foldVersion, size: books.size, root: toBase64Url(root) };
  const streams = [...books.streams].map(([id, { seq, hash }]) => [id, seq, toBase64Url(hash)]);
  const save = async (name: string, head: object, body: string) => {
    // The body stays as it is: as a string inside JSON each of its quotes would be escaped, and parsed twice.
    const text = `${JSON.stringify(head)}\n${body}`;
    const sealed = await sealBytes(key, contextOf(name), pad(utf8(text)), randomBytes);
    await store.putCache(name, sealed);
  };
  // Days first: totals that point to days of another size would make the next command fold everything again.
  if (days !== null) await save("days", place, days);
  await save("totals", { ...place, streams }, totals);
}

type Kept = { readonly head: Readonly<Record<string, unknown>>; readonly body: string };

/** The newest usable snapshot, or undefined: a missing, torn, foreign or outdated one is simply not there. */
export async function loadSnapshot(
  store: Pick<SnapshotStore, "cache">,
  { key }: SnapshotKey,
  withDays: boolean,
): Promise<{ books: Books; place: Place } | undefined> {
  const load = async (name: string): Promise<Kept | undefined> => {
    const sealed = await store.cache(name);
    if (sealed === undefined) return undefined;
    const opened = await openBytes(key, contextOf(name), sealed);
    const content = opened.ok ? unpad(opened.value) : opened;
    const text = content.ok ? fromUtf8(content.value) : undefined;
    const end = text?.indexOf("\n") ?? -1;
    if (text === undefined || end < 0) return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text, sealed under our own key
    return { head: JSON.parse(text.slice(0, end)) as Kept["head"], body: text.slice(end + 1) };
  };
  const totals = await load("totals");
  const days = withDays ? await load("days") : undefined;
  if (totals?.head["version"] !== foldVersion) return undefined;
  if (withDays && (days?.head["size"] !== totals.head["size"] || days?.head["root"] !== totals.head["root"]))
    return undefined;
  const funds = fromSnapshot({ totals: totals.body, days: days === undefined ? null : days.body });
  const root = fromBase64Url(String(totals.head["root"]));
  if (!funds.ok || root === undefined) return undefined;
  const streams = new Map<string, { seq: number; hash: Uint8Array }>();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text, as above
  for (const [id, seq, hash] of totals.head["streams"] as [string, number, string][]) {
    const bytes = fromBase64Url(hash);
    if (bytes === undefined) return undefined;
    streams.set(id, { seq, hash: bytes });
  }
  const size = Number(totals.head["size"]);
  return { books: { size, streams, funds: funds.value }, place: { size, root } };
}

/** The kept totals as text, when they are of the log's present size: for `log check` to hold against its own. */
export async function keptTotals(
  store: Pick<SnapshotStore, "cache">,
  key: SnapshotKey,
  place: Place,
): Promise<string | undefined> {
  const kept = await loadSnapshot(store, key, false);
  return kept !== undefined && isAt(kept.place, place.size, place.root)
    ? toSnapshot(kept.books.funds).totals
    : undefined;
}

export function isAt(place: Place, size: number, root: Uint8Array): boolean {
  return place.size === size && equalBytes(place.root, root);
}
