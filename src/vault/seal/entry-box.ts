/**
 * What an entry's box holds: the disclosures of its hidden fields and list items, and the keys of attached files.
 * Spec: `spec/vault.md` §4.
 */
import { utf8 } from "#record/bytes.ts";
import type { Disclosures } from "#record/issue.ts";

/** Where an attached file is stored and how it opens. The ciphertext lies with the server under `stored`. */
export type FileReference = {
  /** The random name under which the store keeps the ciphertext. */
  readonly stored: string;
  /** Base64url of the file's 32-byte key. */
  readonly key: string;
  /** True size in bytes; the ciphertext is padded. */
  readonly size: number;
};

export type EntryBoxContent = {
  readonly disclosures: Disclosures;
  /** By the name that the entry's hidden fields use for the file. */
  readonly files?: Readonly<Record<string, FileReference>>;
};

/** The plaintext of an entry's box: JSON in UTF-8, in the members' order of `spec/vault.md` §4. */
export function encodeEntryBox({ disclosures, files = {} }: EntryBoxContent): Uint8Array {
  const { hidden, items } = disclosures;
  return utf8(JSON.stringify({ hidden, items: items.map((item) => [item.element, item.hidden]), files }));
}
