/**
 * Files (receipts, statements, evidence): sealed in a stream under a key of their own, padded, stored by the server
 * under a random name. The key and the true size travel in an entry's box. Spec: `spec/vault.md` §5.
 */
import { toBase64Url } from "#record/bytes.ts";
import { assert } from "#record/result.ts";
import { sealStream } from "./cobblestone.ts";
import type { FileReference } from "./entry-box.ts";
import { fileContext, keySize, type RandomBytes } from "./layout.ts";
import { roundUp } from "./pad.ts";
import { sealingPrimitives, type SealingPrimitives } from "./primitives.ts";

export type FileSealing = {
  /** The ciphertext, to be written to the store as it comes. */
  readonly sealed: AsyncGenerator<Uint8Array, void, undefined>;
  /** What the box keeps. @throws before `sealed` has been read to its end: the size is not known earlier. */
  reference(stored: string): FileReference;
};

/**
 * Seals a file of any size without holding it in memory.
 *
 * Example: `const sealing = sealFile(pieces, randomBytes); const name = await store.put(sealing.sealed);
 * const reference = sealing.reference(name);`
 */
export function sealFile(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  randomBytes: RandomBytes,
  primitives: SealingPrimitives = sealingPrimitives,
): FileSealing {
  const key = randomBytes(keySize);
  let size = 0;
  let isComplete = false;
  async function* padded(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of content) {
      size += piece.length;
      yield piece;
    }
    let missing = roundUp(size) - size;
    const zeros = new Uint8Array(Math.min(missing, 65_536));
    for (; missing > 0; missing -= zeros.length) yield zeros.subarray(0, Math.min(missing, zeros.length));
    isComplete = true;
  }
  return {
    sealed: sealStream(key, fileContext, padded(), randomBytes, primitives),
    reference(stored) {
      assert(isComplete, "a file's reference was asked for before the file was sealed to its end");
      return { stored, key: toBase64Url(key), size };
    },
  };
}
