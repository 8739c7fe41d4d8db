import type { ParsedEntry } from "#record/entry.ts";
import { openStored, parseStored, type ReadEntry } from "../opening.ts";
import type { Session } from "../session.ts";

/**
 * The opened entries at some positions of the log, in log order. `isItemWanted`: which elements of an entry's hidden array are
 * read; a part of a statement has a thousand rows, and most questions are about one.
 *
 * @example for await (const { opened } of readAt(session, index.ofAppeal("A-2025-003"))) …
 */
export async function* readAt(
  session: Session,
  positions: Iterable<number>,
  isItemWanted: (parsed: ParsedEntry, index: number) => (item: number) => boolean = () => () => true,
): AsyncGenerator<ReadEntry> {
  const rising = [...new Set(positions)].toSorted((a, b) => a - b);
  for await (const stored of session.store.entriesAt(rising)) {
    const parsed = parseStored(stored);
    yield await openStored(session, stored, parsed, isItemWanted(parsed, stored.index));
  }
}
