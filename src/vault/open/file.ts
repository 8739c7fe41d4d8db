/** Opening of files sealed by `seal/file.ts`. Spec: `spec/vault.md` §5. */
import { fromBase64Url } from "#record/bytes.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import type { FileReference } from "#vault/seal/entry-box.ts";
import { fileContext, keySize } from "#vault/seal/layout.ts";
import { roundUp } from "#vault/seal/pad.ts";
import { openStream, type SealedRefusal } from "./cobblestone.ts";
import { openingPrimitives, type OpeningPrimitives } from "./primitives.ts";

/** Why a file does not open. */
export type FileRefusal =
  | SealedRefusal
  /** The file opened, but its padded length or the padding itself is not what its reference says. */
  | { readonly code: "file-size-differs"; readonly message: string }
  /** The reference in the box carries no usable key. */
  | { readonly code: "file-key-malformed"; readonly message: string };

/**
 * Opens a file: plaintext pieces go to `write` as they come, and count only if the result is ok (then they add up to
 * `reference.size` bytes). On a refusal throw away what was written.
 */
export async function openFile(
  reference: FileReference,
  sealed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  write: (piece: Uint8Array) => void | Promise<void>,
  primitives: OpeningPrimitives = openingPrimitives,
): Promise<Result<number, FileRefusal>> {
  const key = fromBase64Url(reference.key);
  if (key?.length !== keySize) {
    return refuse({
      code: "file-key-malformed",
      message: "the key of this file is not 32 bytes in base64url",
    });
  }
  let missing = reference.size;
  let paddingIsZero = true;
  const opened = await openStream(
    key,
    fileContext,
    sealed,
    async (piece) => {
      const content = piece.subarray(0, missing);
      missing -= content.length;
      paddingIsZero &&= piece.subarray(content.length).every((byte) => byte === 0);
      if (content.length > 0) await write(content);
    },
    primitives,
  );
  if (!opened.ok) return opened;
  if (missing > 0 || !paddingIsZero || opened.value !== roundUp(reference.size)) {
    return refuse({
      code: "file-size-differs",
      message: "the stored file is not as long as its entry says; it may be another file, fetch it again",
    });
  }
  return ok(reference.size);
}
