import { sha256 } from "#record/hash.ts";

const leafPrefix = Uint8Array.of(0x00, 0x01);

/**
 * The tree's leaf hash of the entry whose JWT hashes to `entryHash`: SHA-256(0x00 || 0x01 || entryHash). The leaf is
 * always the 33 bytes `0x01 || SHA-256(JWT)`, so tiles show neither author, type nor size. spec/log.md.
 */
export function entryLeafHash(entryHash: Uint8Array): Uint8Array {
  return sha256(leafPrefix, entryHash);
}
