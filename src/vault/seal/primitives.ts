/**
 * The two ways to compute the same bytes: node:crypto (synchronous, fast for small boxes) where there is one, and
 * WebCrypto in browsers. Chosen once, when the module loads; tests inject the other one.
 */
import { concatBytes } from "#record/bytes.ts";
import { assert } from "#record/result.ts";
import { chunkSize, nonceSize, sealedChunkSize, tagSize } from "./layout.ts";

/** One message's worth of chunks: `input` from chunk number `firstChunk` on, written to `output`. */
export type ChunkJob = {
  readonly key: Uint8Array;
  readonly baseNonce: Uint8Array;
  /** Number of the first chunk in `input`; 0 unless a stream is sealed piece by piece. */
  readonly firstChunk: number;
  readonly input: Uint8Array;
  readonly output: Uint8Array;
  /** Where in `output` the first chunk goes. */
  readonly outputAt: number;
  /** True when `input` ends the message: then a shorter, possibly empty, chunk follows the full ones. */
  readonly isLast: boolean;
};

export type SealingPrimitives = {
  readonly name: "node" | "web";
  /** HKDF-Expand with SHA-512 (RFC 5869 §2.3) for up to 128 bytes; the info is the parts joined. */
  expand(inputKey: Uint8Array, info: readonly Uint8Array[], length: number): Uint8Array | Promise<Uint8Array>;
  /** AES-256-GCM over every chunk of the job, each followed by its tag. */
  sealChunks(job: ChunkJob): void | Promise<void>;
};

/** The built-in crypto of Node, undefined in browsers. Reached without an import, so that browsers can load this. */
export const nodeCrypto = globalThis.process?.getBuiltinModule?.("node:crypto");
type NodeCrypto = NonNullable<typeof nodeCrypto>;

/** The nonce of one chunk: the base nonce XOR the chunk's number as a big-endian integer. */
export function chunkNonce(baseNonce: Uint8Array, chunk: number): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(nonceSize);
  nonce.set(baseNonce);
  // Below 2³² the number touches the last four bytes only (layout.ts, chunkCountMax).
  for (let i = 0; i < 4; i++) nonce[8 + i] = (nonce[8 + i] ?? 0) ^ ((chunk >>> (24 - 8 * i)) & 0xff);
  return nonce;
}

/** How many chunks a plaintext piece makes: full ones, and the short last one when it ends the message. */
export function plainChunkCount(inputLength: number, isLast: boolean): number {
  return Math.floor(inputLength / chunkSize) + (isLast ? 1 : 0);
}

const hmacBlockSize = 128;
const sha512Size = 64;

/** One byte per character: Node takes longer to make a Buffer for a digest than to compute it. */
function putDigest(target: Uint8Array, at: number, digest: string): void {
  for (let i = 0; i < digest.length; i++) target[at + i] = digest.charCodeAt(i);
}

export function nodeSealing(crypto: NodeCrypto): SealingPrimitives {
  // HMAC by hand over the one-shot hash: a small box needs four HMACs, and createHmac costs more than the hashing.
  // The two buffers are reused between calls; nothing below is asynchronous, so no call sees another's bytes.
  const outer = new Uint8Array(hmacBlockSize + sha512Size);
  let inner = new Uint8Array(1024);
  return {
    name: "node",
    expand(inputKey, info, length) {
      assert(inputKey.length <= hmacBlockSize && length <= 2 * sha512Size, "expand: sizes out of range");
      let infoLength = 0;
      for (const part of info) infoLength += part.length;
      // Layout of `inner`: key block, then room for T(1), then info and counter. The first HMAC hashes key block and
      // info; the second has T(1) between them.
      const firstEnd = hmacBlockSize + infoLength + 1;
      const secondEnd = firstEnd + sha512Size;
      if (inner.length < secondEnd) inner = new Uint8Array(2 * secondEnd);
      inner.fill(0x36, 0, hmacBlockSize);
      outer.fill(0x5c, 0, hmacBlockSize);
      for (let i = 0; i < inputKey.length; i++) {
        const byte = inputKey[i] ?? 0;
        inner[i] = byte ^ 0x36;
        outer[i] = byte ^ 0x5c;
      }
      let at = hmacBlockSize;
      for (const part of info) {
        inner.set(part, at);
        at += part.length;
      }
      inner[at] = 1;
      putDigest(outer, hmacBlockSize, crypto.hash("sha512", inner.subarray(0, firstEnd), "latin1"));
      const first = crypto.hash("sha512", outer, "latin1");
      const okm = new Uint8Array(2 * sha512Size);
      putDigest(okm, 0, first);
      if (length > sha512Size) {
        inner.copyWithin(hmacBlockSize + sha512Size, hmacBlockSize, at);
        putDigest(inner, hmacBlockSize, first);
        inner[secondEnd - 1] = 2;
        putDigest(outer, hmacBlockSize, crypto.hash("sha512", inner.subarray(0, secondEnd), "latin1"));
        putDigest(okm, sha512Size, crypto.hash("sha512", outer, "latin1"));
      }
      // Key material must not outlive the call in buffers that stay.
      inner.fill(0, 0, secondEnd);
      outer.fill(0);
      return okm.subarray(0, length);
    },
    sealChunks({ key, baseNonce, firstChunk, input, output, outputAt, isLast }) {
      const count = plainChunkCount(input.length, isLast);
      for (let i = 0; i < count; i++) {
        const chunk = input.subarray(i * chunkSize, (i + 1) * chunkSize);
        const at = outputAt + i * sealedChunkSize;
        const cipher = crypto.createCipheriv("aes-256-gcm", key, chunkNonce(baseNonce, firstChunk + i));
        output.set(cipher.update(chunk), at);
        cipher.final();
        output.set(cipher.getAuthTag(), at + chunk.length);
      }
    },
  };
}

/** WebCrypto wants views over plain ArrayBuffers; a view over shared memory is copied. */
export function webBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the instanceof on the same line
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

// 64 chunks, 1 MiB, in flight: enough to keep the crypto threads busy, small beside a page's memory.
export const webChunksInFlight = 64;

export function webSealing(subtle: SubtleCrypto): SealingPrimitives {
  return {
    name: "web",
    async expand(inputKey, info, length) {
      assert(length <= 2 * sha512Size, "expand: sizes out of range");
      // WebCrypto's HKDF always extracts first; the spec expands only, so this is HMAC twice.
      const key = await subtle.importKey(
        "raw",
        webBytes(inputKey),
        { name: "HMAC", hash: "SHA-512" },
        false,
        ["sign"],
      );
      const okm = new Uint8Array(2 * sha512Size);
      const first = new Uint8Array(
        await subtle.sign("HMAC", key, webBytes(concatBytes(...info, Uint8Array.of(1)))),
      );
      okm.set(first);
      if (length > sha512Size) {
        const second = await subtle.sign(
          "HMAC",
          key,
          webBytes(concatBytes(first, ...info, Uint8Array.of(2))),
        );
        okm.set(new Uint8Array(second), sha512Size);
      }
      return okm.subarray(0, length);
    },
    async sealChunks({ key, baseNonce, firstChunk, input, output, outputAt, isLast }) {
      const aes = await subtle.importKey("raw", webBytes(key), "AES-GCM", false, ["encrypt"]);
      const count = plainChunkCount(input.length, isLast);
      for (let from = 0; from < count; from += webChunksInFlight) {
        const batch = Math.min(webChunksInFlight, count - from);
        await Promise.all(
          Array.from({ length: batch }, async (_, k) => {
            const i = from + k;
            const chunk = webBytes(input.subarray(i * chunkSize, (i + 1) * chunkSize));
            const algorithm = {
              name: "AES-GCM",
              iv: chunkNonce(baseNonce, firstChunk + i),
              tagLength: 8 * tagSize,
            };
            const sealed = await subtle.encrypt(algorithm, aes, chunk);
            output.set(new Uint8Array(sealed), outputAt + i * sealedChunkSize);
          }),
        );
      }
    },
  };
}

/** What this platform uses. */
export const sealingPrimitives: SealingPrimitives = nodeCrypto
  ? nodeSealing(nodeCrypto)
  : webSealing(globalThis.crypto.subtle);
