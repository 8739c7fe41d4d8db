import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { toHex } from "#record/bytes.ts";
import { StoreFull } from "../contract.ts";
import { discard, fsyncFolder, isDiskFull, isErrno, moveIntoPlace, writeAll } from "./durable-file.ts";

/** 32 lower-case hex digits, random. */
export type FileId = string;

const idPattern = /^[0-9a-f]{32}$/u;
/** A file still being written, or left by a kill. Never read, and removed by `removeUnfinished`. */
const unfinishedSuffix = ".part";

/**
 * The ciphertext of receipts and other files: `DIR/files/<id>`, one file each.
 *
 * The name is random and not a hash of anything: a hash would tell whoever seizes the disk that a certain known file
 * is among them. Whether a file is referred to is known only to those who can open boxes, so it is they who name the
 * orphans (`orphans`). Files come here encrypted and padded; this class looks at nothing.
 */
export class FileStore {
  readonly #folder: string;
  readonly #randomBytes: (length: number) => Uint8Array;

  constructor(folder: string, randomBytes: (length: number) => Uint8Array = systemRandom) {
    this.#folder = folder;
    this.#randomBytes = randomBytes;
  }

  /**
   * Keeps the bytes under a new id; durable (file and name) when it returns, absent if it throws. Put a file before
   * the entry that refers to it: killed in between, it is an orphan, never a hole.
   *
   * Throws `StoreFull` when the disk is full.
   */
  async put(content: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<FileId> {
    this.#makeFolder();
    const id = this.#newId();
    const path = join(this.#folder, id);
    const unfinished = path + unfinishedSuffix;
    try {
      const handle = openSync(unfinished, "wx", 0o600);
      try {
        if (content instanceof Uint8Array) writeAll(handle, content);
        else for await (const chunk of content) writeAll(handle, chunk);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      moveIntoPlace(unfinished, path);
      return id;
    } catch (cause) {
      discard(unfinished);
      throw isDiskFull(cause) ? new StoreFull(cause) : cause;
    }
  }

  /** The bytes in chunks, or undefined if there is no such file. */
  get(id: FileId): AsyncIterable<Uint8Array> | undefined {
    const path = this.#pathOf(id);
    return path === undefined || !existsSync(path) ? undefined : chunksOf(path);
  }

  /** All the bytes at once: for files known to be small. */
  async read(id: FileId): Promise<Uint8Array | undefined> {
    const path = this.#pathOf(id);
    if (path === undefined) return undefined;
    try {
      return new Uint8Array(readFileSync(path));
    } catch (cause) {
      if (isErrno(cause, "ENOENT")) return undefined;
      throw cause;
    }
  }

  /** Size in bytes of the ciphertext; undefined if there is no such file. */
  async size(id: FileId): Promise<number | undefined> {
    const path = this.#pathOf(id);
    return path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.size;
  }

  /** Removes a file durably. Removing what is not there is no error: erasure may be repeated. */
  async delete(id: FileId): Promise<void> {
    const path = this.#pathOf(id);
    if (path === undefined || !existsSync(path)) return;
    discard(path);
    fsyncFolder(this.#folder);
  }

  async ids(): Promise<readonly FileId[]> {
    return this.#names().filter((name) => idPattern.test(name));
  }

  /** Files that `referenced` does not name, such as those whose entry was never appended because of a crash. */
  async orphans(referenced: ReadonlySet<FileId>): Promise<readonly FileId[]> {
    return (await this.ids()).filter((id) => !referenced.has(id));
  }

  /** Removes what kills and full disks left half-written; the number removed. Only the one writer may call it. */
  async removeUnfinished(): Promise<number> {
    const unfinished = this.#names().filter((name) => name.endsWith(unfinishedSuffix));
    for (const name of unfinished) discard(join(this.#folder, name));
    return unfinished.length;
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).sort();
    } catch (cause) {
      if (isErrno(cause, "ENOENT")) return [];
      throw cause;
    }
  }

  #makeFolder(): void {
    if (mkdirSync(this.#folder, { recursive: true, mode: 0o700 }) !== undefined)
      fsyncFolder(dirname(this.#folder));
  }

  /** Ids come out of decrypted boxes, so out of members' hands: one that is not an id must not become a path. */
  #pathOf(id: FileId): string | undefined {
    return idPattern.test(id) ? join(this.#folder, id) : undefined;
  }

  #newId(): FileId {
    for (;;) {
      const id = toHex(this.#randomBytes(16));
      // A rename replaces silently, so look first: a broken random source must not eat a receipt.
      if (!existsSync(join(this.#folder, id))) return id;
    }
  }
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    yield new Uint8Array(chunk);
  }
}

function systemRandom(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
