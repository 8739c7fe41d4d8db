/**
 * Sealing of bytes under a 32-byte key: C2SP chunked-encryption, instance Cobblestone-256 (HKDF-Expand with SHA-512,
 * AES-256-GCM). Commits to the key: one ciphertext never opens under two keys, so nobody can plant a box that shows
 * different things to different readers. Spec: `spec/vault.md` §1, c2sp.org/chunked-encryption.
 */
import { concatBytes, utf8 } from "#record/bytes.ts";
import { assert } from "#record/result.ts";
import {
  chunkCountMax,
  chunkSize,
  derivedSize,
  headerSize,
  keySize,
  nonceSize,
  type RandomBytes,
  saltSize,
  tagSize,
} from "./layout.ts";
import { sealingPrimitives, type SealingPrimitives } from "./primitives.ts";

/** Bytes that a message of `length` bytes has when sealed: 72 for the empty one. */
export function sealedLength(length: number): number {
  return headerSize + length + tagSize * (Math.floor(length / chunkSize) + 1);
}

const label = utf8("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0");

export type DerivedKeys = {
  readonly key: Uint8Array;
  readonly baseNonce: Uint8Array;
  readonly commitment: Uint8Array;
};

/** The one-message key, nonce and commitment for an input key, salt and context (`spec/vault.md` §1.1). */
export async function deriveKeys(
  inputKey: Uint8Array,
  salt: Uint8Array,
  context: Uint8Array,
  primitives: Pick<SealingPrimitives, "expand">,
): Promise<DerivedKeys> {
  assert(inputKey.length === keySize, `a sealing key has ${keySize} bytes, not ${inputKey.length}`);
  const expanded = primitives.expand(inputKey, [label, salt, context], derivedSize);
  // Node's half is synchronous: waiting for it anyway would cost a small box a tenth of its time.
  const derived = expanded instanceof Uint8Array ? expanded : await expanded;
  return {
    key: derived.subarray(0, keySize),
    baseNonce: derived.subarray(keySize, keySize + nonceSize),
    commitment: derived.subarray(keySize + nonceSize),
  };
}

/**
 * Seals `plaintext` so that only the same key and the same context open it. The length shows (see `pad.ts`);
 * nothing else does.
 *
 * Example: `await sealBytes(epochKey, utf8("aigaq/cache/1"), snapshot, randomBytes)` → 72 bytes more per message
 * plus 16 per 16 KiB.
 *
 * @param inputKey 32 uniformly random bytes; may seal any number of messages.
 * @param context where the bytes belong; not stored, both sides must know it.
 */
export async function sealBytes(
  inputKey: Uint8Array,
  context: Uint8Array,
  plaintext: Uint8Array,
  randomBytes: RandomBytes,
  primitives: SealingPrimitives = sealingPrimitives,
): Promise<Uint8Array> {
  const sealed = new Uint8Array(sealedLength(plaintext.length));
  const salt = randomBytes(saltSize);
  await sealInto(sealed, 0, { inputKey, context, plaintext, salt }, primitives);
  return sealed;
}

/**
 * Seals into a part of a larger buffer, from `at` on: for formats that put a head before the sealed bytes. The salt
 * comes from the caller and must be fresh.
 */
export async function sealInto(
  target: Uint8Array,
  at: number,
  message: {
    readonly inputKey: Uint8Array;
    readonly context: Uint8Array;
    readonly plaintext: Uint8Array;
    readonly salt: Uint8Array;
  },
  primitives: SealingPrimitives,
): Promise<void> {
  const { inputKey, context, plaintext, salt } = message;
  assert(salt.length === saltSize, "the source of randomness returned too few bytes");
  const { key, baseNonce, commitment } = await deriveKeys(inputKey, salt, context, primitives);
  target.set(salt, at);
  target.set(commitment, at + saltSize);
  const outputAt = at + headerSize;
  const job = { key, baseNonce, firstChunk: 0, input: plaintext, output: target, outputAt, isLast: true };
  const sealing = primitives.sealChunks(job);
  if (sealing !== undefined) await sealing;
}

// 16 chunks, 256 KiB at a time: each piece costs one allocation, and a receipt never sits in memory whole.
const streamPieceSize = 16 * chunkSize;

/**
 * Seals a stream of unknown length; the pieces that come out, joined, are what `sealBytes` would return.
 * `plaintext` may yield pieces of any size.
 */
export async function* sealStream(
  inputKey: Uint8Array,
  context: Uint8Array,
  plaintext: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  randomBytes: RandomBytes,
  primitives: SealingPrimitives = sealingPrimitives,
): AsyncGenerator<Uint8Array, void, undefined> {
  const salt = randomBytes(saltSize);
  const { key, baseNonce, commitment } = await deriveKeys(inputKey, salt, context, primitives);
  yield concatBytes(salt, commitment);

  const pending = new Uint8Array(streamPieceSize);
  let pendingLength = 0;
  let firstChunk = 0;
  const sealPending = async (isLast: boolean): Promise<Uint8Array> => {
    const input = pending.subarray(0, pendingLength);
    const chunks = Math.floor(pendingLength / chunkSize) + (isLast ? 1 : 0);
    assert(firstChunk + chunks <= chunkCountMax, "a sealed file holds less than 64 TiB");
    const output = new Uint8Array(pendingLength + chunks * tagSize);
    await primitives.sealChunks({ key, baseNonce, firstChunk, input, output, outputAt: 0, isLast });
    firstChunk += chunks;
    pendingLength = 0;
    return output;
  };
  for await (const piece of plaintext) {
    for (let at = 0; at < piece.length;) {
      const taken = Math.min(piece.length - at, streamPieceSize - pendingLength);
      pending.set(piece.subarray(at, at + taken), pendingLength);
      pendingLength += taken;
      at += taken;
      if (pendingLength === streamPieceSize) yield await sealPending(false);
    }
  }
  yield await sealPending(true);
}
