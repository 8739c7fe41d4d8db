import type { Receipt } from "#domain/funds/entries.ts";
import { asObject } from "#domain/funds/parse-fields.ts";
import { toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import type { FileReference } from "#vault/seal/entry-box.ts";
import { sealFile } from "#vault/seal/file.ts";
import type { Draft } from "./issuing.ts";
import type { Session } from "./session.ts";

export type Attachment = { readonly receipt: Receipt; readonly reference: FileReference };

/**
 * Seals one file before the entry that refers to it: killed in between, the file is an orphan, never a hole. `files.put` keeps the
 * bytes durably under a random name, which it returns.
 */
export async function sealAttachment(
  session: Session,
  files: { put(sealed: AsyncIterable<Uint8Array>): Promise<string> },
  name: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Attachment> {
  const digest = sha256Stream();
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const bytes of content) {
      digest.update(bytes);
      yield bytes;
    }
  };
  const sealing = sealFile(hashed(), session.randomBytes);
  const stored = await files.put(sealing.sealed);
  const receipt = { name, sha256: toHex(digest.digest()), file: stored };
  return { receipt, reference: sealing.reference(stored) };
}

/** The hidden fields that name a sealed file. `original`: what `receipt` was before its metadata was taken out. */
export const fileFields = ["receipt", "original", "attached"] as const;

/** The drafts with the keys of the files that they name in their boxes. */
export function attachFiles(drafts: readonly Draft[], sealed: Iterable<Attachment>): Draft[] {
  const references = new Map([...sealed].map(({ reference }) => [reference.stored, reference]));
  return drafts.map((draft) => {
    const named = fileFields.flatMap((field) => {
      const file = asObject(draft.hidden?.[field])?.["file"];
      const reference = typeof file === "string" ? references.get(file) : undefined;
      return reference === undefined ? [] : [[reference.stored, reference] as const];
    });
    return named.length === 0 ? draft : { ...draft, files: Object.fromEntries(named) };
  });
}
