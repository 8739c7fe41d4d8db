/**
 * Decryption of chunks, node:crypto and WebCrypto: the only two places in the project where AES-GCM is undone. Kept
 * apart from `seal/primitives.ts`, so that what may only seal (the server, the public report form) cannot open.
 */
import { chunkSize, sealedChunkSize, tagSize } from "#vault/seal/layout.ts";
import {
  type ChunkJob,
  chunkNonce,
  nodeCrypto,
  nodeSealing,
  type SealingPrimitives,
  webBytes,
  webChunksInFlight,
  webSealing,
} from "#vault/seal/primitives.ts";

export type OpeningPrimitives = {
  readonly name: "node" | "web";
  expand: SealingPrimitives["expand"];
  /** Undoes `sealChunks`; false as soon as one chunk fails, and then `output` holds nothing to be used. */
  openChunks(job: ChunkJob): boolean | Promise<boolean>;
};

/** How many chunks a sealed piece holds; the last of a message is shorter than the others. */
export function sealedChunkCount(inputLength: number, isLast: boolean): number {
  return Math.floor(inputLength / sealedChunkSize) + (isLast ? 1 : 0);
}

export function nodeOpening(crypto: NonNullable<typeof nodeCrypto>): OpeningPrimitives {
  return {
    name: "node",
    expand: nodeSealing(crypto).expand,
    openChunks({ key, baseNonce, firstChunk, input, output, outputAt, isLast }) {
      const count = sealedChunkCount(input.length, isLast);
      for (let i = 0; i < count; i++) {
        const chunk = input.subarray(i * sealedChunkSize, (i + 1) * sealedChunkSize);
        const nonce = chunkNonce(baseNonce, firstChunk + i);
        const decipher = crypto.createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagSize });
        decipher.setAuthTag(chunk.subarray(chunk.length - tagSize));
        output.set(decipher.update(chunk.subarray(0, chunk.length - tagSize)), outputAt + i * chunkSize);
        try {
          decipher.final();
        } catch {
          // node:crypto has no other way to say "the tag does not fit".
          return false;
        }
      }
      return true;
    },
  };
}

export function webOpening(subtle: SubtleCrypto): OpeningPrimitives {
  return {
    name: "web",
    expand: webSealing(subtle).expand,
    async openChunks({ key, baseNonce, firstChunk, input, output, outputAt, isLast }) {
      const aes = await subtle.importKey("raw", webBytes(key), "AES-GCM", false, ["decrypt"]);
      const count = sealedChunkCount(input.length, isLast);
      for (let from = 0; from < count; from += webChunksInFlight) {
        const batch = Math.min(webChunksInFlight, count - from);
        const opened = await Promise.all(
          Array.from({ length: batch }, async (_, k) => {
            const i = from + k;
            const chunk = webBytes(input.subarray(i * sealedChunkSize, (i + 1) * sealedChunkSize));
            const algorithm = {
              name: "AES-GCM",
              iv: chunkNonce(baseNonce, firstChunk + i),
              tagLength: 8 * tagSize,
            };
            try {
              output.set(
                new Uint8Array(await subtle.decrypt(algorithm, aes, chunk)),
                outputAt + i * chunkSize,
              );
              return true;
            } catch {
              return false;
            }
          }),
        );
        if (opened.includes(false)) return false;
      }
      return true;
    },
  };
}

/** What this platform uses. */
export const openingPrimitives: OpeningPrimitives = nodeCrypto
  ? nodeOpening(nodeCrypto)
  : webOpening(globalThis.crypto.subtle);
