import type { FundsEntry } from "#domain/funds/entries.ts";
import type { OpenedEntry } from "#record/disclosure.ts";

/** The same entry for the books' fold, which only reads it: kernel and domain state JSON read-only and writable. */
export function toFundsEntry(opened: OpenedEntry): FundsEntry {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- same members; only `readonly` differs
  return opened as unknown as FundsEntry;
}
