import { openEntryStructured, type OpenedEntry, type PartialDisclosures } from "#record/disclosure.ts";
import { parseEntry, type ParsedEntry } from "#record/entry.ts";
import type { StoredEntry } from "#storage/contract.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { findEpochKey } from "#vault/keys/rooms.ts";
import { openBox, readBoxPlace } from "#vault/open/box.ts";
import { decodeEntryBox, type OpenedEntryBox } from "#vault/open/entry-box.ts";
import { Failure } from "./refusals/failure.ts";
import type { RecordReader } from "./record-port.ts";

/** One entry as the session reads it from storage. */
export type ReadEntry = {
  readonly stored: StoredEntry;
  readonly opened: OpenedEntry;
  readonly box: OpenedEntryBox | undefined;
};

type Opener = { readonly store: Pick<RecordReader, "box" | "forget">; readonly keyring: Keyring };

/** @throws Failure `record-damaged` for what no version of ours has written. */
export function parseStored(stored: StoredEntry): ParsedEntry {
  const parsed = parseEntry(stored.jwt);
  if (!parsed.ok) throw damaged(stored.index, parsed.refusal.message);
  return parsed.value;
}

/**
 * Opens an entry with what the keyring's owner may read; every digest is checked on the way. `isItemWanted`: elements of the
 * hidden array that are worth checking and reading; the others stay undisclosed.
 */
export async function openStored(
  opener: Opener,
  stored: StoredEntry,
  parsed: ParsedEntry,
  isItemWanted: (item: number) => boolean = () => true,
): Promise<ReadEntry> {
  const box = await openBoxOf(opener, stored);
  const { hidden, items }: PartialDisclosures = box?.disclosures ?? { hidden: {}, items: [] };
  const wanted = items.map((item, place) => (isItemWanted(place) ? item : undefined));
  const opened = openEntryStructured(parsed, { hidden, items: wanted });
  if (!opened.ok) throw damaged(stored.index, opened.refusal.message);
  return { stored, box, opened: { ...opened.value, index: stored.index } };
}

async function openBoxOf(
  { store, keyring }: Opener,
  { index, hash }: StoredEntry,
): Promise<OpenedEntryBox | undefined> {
  const sealed = await store.box(index);
  if (sealed === undefined) return undefined; // all public, or erased
  const place = readBoxPlace(sealed.keybox);
  const epochKey = place.ok ? findEpochKey(keyring, place.value) : undefined;
  if (epochKey === undefined) return undefined; // a room that this member is not in
  const opened = await openBox({ ...sealed, entryHash: hash, epochKey: epochKey.reveal() });
  if (!opened.ok) {
    await store.forget?.(index);
    throw damaged(index, opened.refusal.message);
  }
  const content = decodeEntryBox(opened.value);
  if (!content.ok) throw damaged(index, content.refusal.message);
  return content.value;
}

function damaged(index: number, why: string): Failure {
  return new Failure("record-damaged", `entry ${index}: ${why}`, { exitCode: 1 });
}
