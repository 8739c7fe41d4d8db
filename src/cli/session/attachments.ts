import { createReadStream, existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Receipt } from "#domain/funds/entries.ts";
import { asObject } from "#domain/funds/parse-fields.ts";
import { toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import { FileStore } from "#storage/files/file-store.ts";
import type { FileReference } from "#vault/seal/entry-box.ts";
import { sealFile } from "#vault/seal/file.ts";
import { Failure } from "../failure.ts";
import type { Draft } from "./issuing.ts";
import type { Session } from "./session.ts";

export type Attachments = {
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** The drafts with the keys of their files in their boxes. */
  attach(drafts: readonly Draft[]): Draft[];
  /** Removes what was sealed, when nothing came to refer to it. */
  discard(): Promise<void>;
};

/**
 * Seals the named files of a folder into the data folder, before the entries that refer to them: killed in between,
 * a file is an orphan, never a hole. Names are taken without their folders, so a table cannot reach outside `folder`.
 */
export async function sealAttachments(
  session: Session,
  dataFolder: string,
  folder: string | undefined,
  names: readonly string[],
): Promise<Attachments> {
  const receipts = new Map<string, Receipt>();
  const references = new Map<string, FileReference>();
  if (folder === undefined) return { receipts, attach: (drafts) => [...drafts], discard: async () => {} };
  if (!existsSync(folder)) throw new Failure("folder-missing", session.words.fileMissing(folder));
  const store = new FileStore(join(dataFolder, "files"), session.randomBytes);
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const path = join(folder, basename(name));
    if (!existsSync(path) || !statSync(path).isFile()) missing.push(name);
  }
  if (missing.length > 0)
    throw new Failure("receipts-missing", session.words.receiptsMissing(folder, missing), {
      details: { missing },
    });
  for (const name of new Set(names)) {
    const digest = sha256Stream();
    const hashed = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of createReadStream(join(folder, basename(name)))) {
        const bytes = new Uint8Array(chunk);
        digest.update(bytes);
        yield bytes;
      }
    };
    const sealing = sealFile(hashed(), session.randomBytes);
    const stored = await store.put(sealing.sealed);
    references.set(stored, sealing.reference(stored));
    receipts.set(name, { name, sha256: toHex(digest.digest()), file: stored });
  }
  return {
    receipts,
    attach: (drafts) =>
      drafts.map((draft) => {
        const stored = fileOf(draft);
        const reference = stored === undefined ? undefined : references.get(stored);
        return stored === undefined || reference === undefined
          ? draft
          : { ...draft, files: { [stored]: reference } };
      }),
    discard: async () => {
      for (const stored of references.keys()) await store.delete(stored);
    },
  };
}

function fileOf(draft: Draft): string | undefined {
  const file = asObject(draft.hidden?.["receipt"] ?? draft.hidden?.["attached"])?.["file"];
  return typeof file === "string" ? file : undefined;
}
