import type { Receipt } from "#domain/funds/entries.ts";
import { toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import type { Attachment } from "#session/attachments.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { openFile } from "#vault/open/file.ts";
import { sealFile } from "#vault/seal/file.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import type { BroughtFile } from "./command.ts";
import type { LocalStore } from "./local-store.ts";

/**
 * A file that waits with its item. Its sealed bytes lie in pieces beside the item, exactly as they will be sent; this, sealed
 * with the item, names and opens them.
 */
export type WaitingFile = {
  readonly name: string;
  /** Of the content, in hexadecimal, as the entry says it. */
  readonly sha256: string;
  /** Bytes of the content. */
  readonly size: number;
  /** Opens the sealed bytes; in base64url. */
  readonly key: string;
  /** Of the sealed bytes: how many there are, and what the server compares them with when all have come. */
  readonly sealedSize: number;
  readonly sealedSha256: string;
  /** The name under which the server keeps it, from the moment its sending began. */
  readonly stored?: string;
};

/** A sealed file on its way: it goes on where an earlier sending was cut off. */
export type FileToSend = Pick<WaitingFile, "sealedSize" | "sealedSha256" | "stored"> & {
  /** Told the name before the first byte goes. */
  onBegun(stored: string): Promise<void>;
  /** The next bytes from a place on; not to the end of the file, but never none. */
  bytesFrom(offset: number): Promise<Uint8Array>;
};

/** Where sealed files go: a server, or the memory of a tab. */
export type SealedFiles = {
  /** Keeps it durably; answers with the name under which it is kept. */
  send(file: FileToSend): Promise<string>;
  delete(stored: string): Promise<void>;
  get(stored: string): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array> | undefined>;
};

/** Bytes of one piece: what the server takes in one request, and what memory holds of a file of any size. */
export const pieceBytes = 4 * 1024 * 1024;

/** Seals a file piece by piece onto the device, beside the waiting item `id`, as its file number `nth`. */
export async function keepFile(
  local: LocalStore,
  place: { readonly id: number; readonly nth: number },
  { name, content }: BroughtFile,
  randomBytes: RandomBytes,
): Promise<WaitingFile> {
  const [plain, cipher] = [sha256Stream(), sha256Stream()];
  const sealing = sealFile(hashed(slicesOf(content), plain), randomBytes);
  let piece = 0;
  let sealedSize = 0;
  for await (const bytes of inPieces(hashed(sealing.sealed, cipher))) {
    await local.keepPiece({ ...place, piece: piece++ }, bytes);
    sealedSize += bytes.length;
  }
  const { key, size } = sealing.reference("");
  return {
    name,
    sha256: toHex(plain.digest()),
    size,
    key,
    sealedSize,
    sealedSha256: toHex(cipher.digest()),
  };
}

/** The next sealed bytes of a waiting file. @throws Failure `waiting-file-lost` when the device has them no more. */
export async function keptBytesFrom(
  local: LocalStore,
  place: { readonly id: number; readonly nth: number },
  { name }: WaitingFile,
  offset: number,
): Promise<Uint8Array> {
  const piece = Math.floor(offset / pieceBytes);
  const bytes = await local.piece({ ...place, piece });
  const next = bytes?.subarray(offset - piece * pieceBytes);
  if (next === undefined || next.length === 0) throw fileLost(name);
  return next;
}

/** The content of a waiting file, as a whole. */
export async function openKept(
  local: LocalStore,
  place: { readonly id: number; readonly nth: number },
  file: WaitingFile,
): Promise<Uint8Array> {
  const content = new Uint8Array(file.size);
  let at = 0;
  const opened = await openFile(attachmentOf(file, "").reference, sealedBytes(), (piece) => {
    content.set(piece, at);
    at += piece.length;
  });
  if (!opened.ok) throw refused(opened.refusal);
  return content;

  async function* sealedBytes(): AsyncGenerator<Uint8Array> {
    for (let offset = 0; offset < file.sealedSize;) {
      const bytes = await keptBytesFrom(local, place, file, offset);
      yield bytes;
      offset += bytes.length;
    }
  }
}

export function fileLost(name: string): Failure {
  return new Failure(
    "waiting-file-lost",
    `"${name}" is no longer on this device, so this cannot be sent. Take it back and confirm it again with the file.`,
  );
}

/** As the rules and the preview know it. `stored`: empty while it is not sent. */
export function receiptOf({ name, sha256 }: WaitingFile, stored: string): Receipt {
  return { name, sha256, file: stored };
}

/** What the entry's box keeps, so that whoever may open the box can open the file. */
export function attachmentOf(file: WaitingFile, stored: string): Attachment {
  const { key, size } = file;
  return { receipt: receiptOf(file, stored), reference: { stored, key, size } };
}

/** The SHA-256 of a file that is not sealed yet, in hexadecimal. */
export async function sha256Of(content: Blob): Promise<string> {
  const digest = sha256Stream();
  for await (const bytes of slicesOf(content)) digest.update(bytes);
  return toHex(digest.digest());
}

async function* slicesOf(content: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.size; at += pieceBytes) yield await sliceOf(content, at);
}

async function sliceOf(content: Blob, at: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await content.slice(at, at + pieceBytes).arrayBuffer());
  } catch {
    // The browser holds a name, not a copy: the file was changed, moved or its stick pulled out meanwhile.
    throw new Failure("file-unreadable", "the file was changed or removed; choose it again");
  }
}

async function* hashed(
  content: AsyncIterable<Uint8Array>,
  digest: { update(bytes: Uint8Array): void },
): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    digest.update(bytes);
    yield bytes;
  }
}

/** The same bytes in pieces of {@link pieceBytes}; only the last may be shorter. */
async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(pieceBytes);
  let length = 0;
  for await (const bytes of content)
    for (let at = 0; at < bytes.length;) {
      const taken = Math.min(bytes.length - at, pieceBytes - length);
      piece.set(bytes.subarray(at, at + taken), length);
      length += taken;
      at += taken;
      if (length < pieceBytes) continue;
      yield piece;
      piece = new Uint8Array(pieceBytes);
      length = 0;
    }
  if (length > 0) yield piece.slice(0, length);
}

/** Sealed files in the memory of a tab, under random names. */
export function memoryFiles(randomBytes: RandomBytes): SealedFiles {
  const files = new Map<string, Uint8Array>();
  return {
    async send({ sealedSize, stored: begun, onBegun, bytesFrom }) {
      if (begun !== undefined && files.has(begun)) return begun;
      const stored = toHex(randomBytes(16));
      await onBegun(stored);
      const whole = new Uint8Array(sealedSize);
      for (let at = 0; at < sealedSize;) {
        const bytes = await bytesFrom(at);
        whole.set(bytes, at);
        at += bytes.length;
      }
      files.set(stored, whole);
      return stored;
    },
    delete: async (stored) => void files.delete(stored),
    async get(stored) {
      const sealed = files.get(stored);
      return sealed && [sealed];
    },
  };
}
