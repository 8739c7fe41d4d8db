import { createReadStream, existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Receipt } from "#domain/funds/entries.ts";
import { attachFiles, sealAttachment, type Attachment } from "#session/attachments.ts";
import { Failure } from "#session/refusals/failure.ts";
import type { Draft } from "#session/issuing.ts";
import type { Session } from "#session/session.ts";
import { FileStore } from "#storage/files/file-store.ts";
import type { Words } from "../words/language.ts";

export type Attachments = {
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** The drafts with the keys of their files in their boxes. */
  attach(drafts: readonly Draft[]): Draft[];
  /** Removes what was sealed, when nothing came to refer to it. */
  discard(): Promise<void>;
};

/**
 * Seals the named files of a folder into the data folder. Names are taken without their folders, so a table cannot reach
 * outside `folder`.
 */
export async function sealAttachments(
  session: Session,
  words: Words,
  dataFolder: string,
  folder: string | undefined,
  names: readonly string[],
): Promise<Attachments> {
  const sealed = new Map<string, Attachment>();
  if (folder === undefined)
    return { receipts: new Map(), attach: (drafts) => [...drafts], discard: async () => {} };
  if (!existsSync(folder)) throw new Failure("folder-missing", words.fileMissing(folder));
  const store = new FileStore(join(dataFolder, "files"), session.randomBytes);
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const path = join(folder, basename(name));
    if (!existsSync(path) || !statSync(path).isFile()) missing.push(name);
  }
  if (missing.length > 0)
    throw new Failure("receipts-missing", words.receiptsMissing(folder, missing), { details: { missing } });
  for (const name of new Set(names))
    sealed.set(name, await sealAttachment(session, store, name, bytesOf(join(folder, basename(name)))));
  return {
    receipts: new Map([...sealed].map(([name, { receipt }]) => [name, receipt])),
    attach: (drafts) => attachFiles(drafts, sealed.values()),
    discard: async () => {
      for (const { reference } of sealed.values()) await store.delete(reference.stored);
    },
  };
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path)) yield new Uint8Array(chunk);
}
