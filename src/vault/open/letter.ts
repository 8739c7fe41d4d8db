/** Opening of letters, by whoever holds the link. Spec: `spec/vault.md` §10. */
import type { Result } from "#record/result.ts";
import { letterContext } from "#vault/seal/letter.ts";
import { unpad, type PadRefusal } from "#vault/seal/pad.ts";
import { openBytes, type SealedRefusal } from "./cobblestone.ts";

/** The question that `sealLetter` sealed under the same key and id. */
export async function openLetter(
  key: Uint8Array,
  id: string,
  sealed: Uint8Array,
): Promise<Result<Uint8Array, SealedRefusal | PadRefusal>> {
  const opened = await openBytes(key, letterContext(id), sealed);
  return opened.ok ? unpad(opened.value) : opened;
}
