/**
 * Letters: a question to someone without an account. The key travels in the link behind "#", which browsers do not send,
 * so the server keeps what it cannot read. Spec: `spec/vault.md` §10.
 */
import { utf8 } from "#record/bytes.ts";
import { sealBytes } from "./cobblestone.ts";
import type { RandomBytes } from "./layout.ts";
import { pad } from "./pad.ts";

/** Context of a letter: it binds the ciphertext to the id in its address. */
export function letterContext(id: string): Uint8Array {
  return utf8(`aigaq/letter/1\n${id}`);
}

/** Seals the question. `key`: 32 bytes of this letter alone. */
export function sealLetter(
  key: Uint8Array,
  id: string,
  content: Uint8Array,
  randomBytes: RandomBytes,
): Promise<Uint8Array> {
  return sealBytes(key, letterContext(id), pad(content), randomBytes);
}
