/**
 * Opening of what `seal/cobblestone.ts` sealed. Nothing is returned unless every byte was authenticated, and a
 * stream's last word is the verdict: bytes already written count only when it is ok. Spec: `spec/vault.md` §1.
 */
import { concatBytes, equalBytes } from "#record/bytes.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import { deriveKeys } from "#vault/seal/cobblestone.ts";
import {
  chunkCountMax,
  chunkSize,
  headerSize,
  overheadSize,
  saltSize,
  sealedChunkSize,
  tagSize,
} from "#vault/seal/layout.ts";
import { openingPrimitives, type OpeningPrimitives } from "./primitives.ts";

/** Why sealed bytes do not open. Codes are public and stable; words are in `labels.ts`. */
export type SealedRefusal =
  /** Too short, or of a length that no message has: bytes are missing or were added. */
  | { readonly code: "sealed-cut"; readonly message: string }
  /** The commitment differs: another key, another place, or a changed head. Cannot be told apart. */
  | { readonly code: "sealed-for-another-key-or-place"; readonly message: string }
  /** Right key and place, but a chunk fails: the bytes were changed, reordered, cut or lengthened. */
  | { readonly code: "sealed-altered"; readonly message: string };

const cut = {
  code: "sealed-cut",
  message:
    "the sealed bytes are cut off: no message has this length; fetch them again from the server or a backup",
} as const;
const otherKey = {
  code: "sealed-for-another-key-or-place",
  message:
    "these bytes were sealed under another key or for another place; check which key and entry they belong to",
} as const;
const altered = {
  code: "sealed-altered",
  message: "the sealed bytes were changed after sealing; fetch them again from the server or a backup",
} as const;

/** Opens what `sealBytes` sealed under the same key and context. */
export async function openBytes(
  inputKey: Uint8Array,
  context: Uint8Array,
  sealed: Uint8Array,
  primitives: OpeningPrimitives = openingPrimitives,
): Promise<Result<Uint8Array, SealedRefusal>> {
  if (sealed.length < overheadSize) return refuse(cut);
  const salt = sealed.subarray(0, saltSize);
  const { key, baseNonce, commitment } = await deriveKeys(inputKey, salt, context, primitives);
  if (!equalBytes(commitment, sealed.subarray(saltSize, headerSize))) return refuse(otherKey);
  const input = sealed.subarray(headerSize);
  const lastLength = input.length % sealedChunkSize;
  // A last chunk of less than a tag, or none at all, is the mark of a cut message.
  if (lastLength < tagSize) return refuse(cut);
  const fullChunks = Math.floor(input.length / sealedChunkSize);
  const output = new Uint8Array(fullChunks * chunkSize + lastLength - tagSize);
  const job = { key, baseNonce, firstChunk: 0, input, output, outputAt: 0, isLast: true };
  const opened = await primitives.openChunks(job);
  return opened ? ok(output) : refuse(altered);
}

const streamPieceSize = 16 * sealedChunkSize;

/**
 * Opens a stream: writes authenticated plaintext pieces to `write` as they come, and returns the plaintext length.
 * A cut is known only at the end, so a caller must throw away what was written unless the result is ok.
 */
export async function openStream(
  inputKey: Uint8Array,
  context: Uint8Array,
  sealed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  write: (piece: Uint8Array) => void | Promise<void>,
  primitives: OpeningPrimitives = openingPrimitives,
): Promise<Result<number, SealedRefusal>> {
  let head = new Uint8Array(0);
  let keys: Awaited<ReturnType<typeof deriveKeys>> | undefined;
  const pending = new Uint8Array(streamPieceSize);
  let pendingLength = 0;
  let firstChunk = 0;
  let length = 0;

  const openPending = async (isLast: boolean): Promise<SealedRefusal | undefined> => {
    if (keys === undefined) return cut;
    const lastLength = pendingLength % sealedChunkSize;
    if (isLast && lastLength < tagSize) return cut;
    const input = pending.subarray(0, pendingLength);
    const fullChunks = Math.floor(pendingLength / sealedChunkSize);
    if (firstChunk + fullChunks >= chunkCountMax) return cut;
    const output = new Uint8Array(fullChunks * chunkSize + (isLast ? lastLength - tagSize : 0));
    const { key, baseNonce } = keys;
    const job = { key, baseNonce, firstChunk, input, output, outputAt: 0, isLast };
    if (!(await primitives.openChunks(job))) return altered;
    firstChunk += fullChunks;
    pendingLength = 0;
    length += output.length;
    await write(output);
    return undefined;
  };

  for await (const piece of sealed) {
    let rest = piece;
    if (keys === undefined) {
      const joined = concatBytes(head, rest);
      if (joined.length < headerSize) {
        head = new Uint8Array(joined);
        continue;
      }
      keys = await deriveKeys(inputKey, joined.subarray(0, saltSize), context, primitives);
      if (!equalBytes(keys.commitment, joined.subarray(saltSize, headerSize))) return refuse(otherKey);
      rest = joined.subarray(headerSize);
    }
    for (let at = 0; at < rest.length;) {
      const taken = Math.min(rest.length - at, streamPieceSize - pendingLength);
      pending.set(rest.subarray(at, at + taken), pendingLength);
      pendingLength += taken;
      at += taken;
      if (pendingLength === streamPieceSize) {
        const problem = await openPending(false);
        if (problem) return refuse(problem);
      }
    }
  }
  const problem = await openPending(true);
  return problem ? refuse(problem) : ok(length);
}
