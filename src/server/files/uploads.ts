/**
 * Files on their way in: `DIR/uploads/<id>.<size>.<member>`, one file each, in whose length on disk the state of an upload
 * consists. After a crash it goes on from there.
 */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { equalBytes, toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";
import { StoreFull } from "#storage/contract.ts";
import { discard, fsyncFolder, isDiskFull, moveIntoPlace } from "#storage/files/durable-file.ts";

export type UploadState = { readonly offset: number; readonly size: number };

/**
 * - `upload-unknown`: never begun, finished, expired, or another member's.
 * - `offset-wrong`: the bytes before are not there, or are there already; `offset` says where to go on.
 * - `upload-too-long`: more bytes than were announced. `upload-incomplete`: fewer.
 * - `upload-differs`: what arrived is not what was sent; it was thrown away, begin anew.
 * - `too-many-uploads`: finish or delete some.
 */
export type UploadRefusal = Refusal<
  | "upload-unknown"
  | "offset-wrong"
  | "upload-too-long"
  | "upload-incomplete"
  | "upload-differs"
  | "too-many-uploads"
>;

type Upload = UploadState & { readonly id: string; readonly path: string; readonly touched: number };

const uploadsPerMember = 32;
const readBytes = 256 * 1024;

export class Uploads {
  readonly #folder: string;
  readonly #finished: string;
  readonly #now: () => number;
  readonly #lifeMs: number;
  readonly #randomBytes: (length: number) => Uint8Array;

  /** `finished`: the folder of the `FileStore`, on the same file system. */
  constructor(parts: {
    folder: string;
    finished: string;
    lifeMs: number;
    now: () => number;
    randomBytes: (length: number) => Uint8Array;
  }) {
    this.#folder = parts.folder;
    this.#finished = parts.finished;
    this.#lifeMs = parts.lifeMs;
    this.#now = parts.now;
    this.#randomBytes = parts.randomBytes;
  }

  begin(member: string, size: number): Result<string, UploadRefusal> {
    this.#makeFolders();
    if (this.#all().filter(({ path }) => path.endsWith(`.${member}`)).length >= uploadsPerMember)
      return refuse({
        code: "too-many-uploads",
        message: "Too many unfinished uploads; finish or delete some.",
      });
    const id = toHex(this.#randomBytes(16));
    return full(() => {
      closeSync(openSync(join(this.#folder, `${id}.${size}.${member}`), "wx", 0o600));
      fsyncFolder(this.#folder);
      return ok(id);
    });
  }

  state(member: string, id: string): UploadState | undefined {
    return this.#find(member, id);
  }

  /** Adds bytes at the end, durably; the new offset. */
  add(member: string, id: string, offset: number, bytes: Uint8Array): Result<number, UploadRefusal> {
    const upload = this.#find(member, id);
    if (upload === undefined) return refuse(unknown);
    if (offset !== upload.offset)
      return refuse({
        code: "offset-wrong",
        message: `${upload.offset} bytes of this file are here; go on from there.`,
        offset: upload.offset,
      });
    if (offset + bytes.length > upload.size)
      return refuse({
        code: "upload-too-long",
        message: `The file was announced with ${upload.size} bytes.`,
      });
    return full(() => {
      const handle = openSync(upload.path, "r+");
      try {
        let done = 0;
        while (done < bytes.length)
          done += writeSync(handle, bytes, done, bytes.length - done, offset + done);
        fsyncSync(handle);
      } catch (cause) {
        // The part that was written says nothing about what follows: back to where the chunk began.
        ftruncateSync(handle, offset);
        throw cause;
      } finally {
        closeSync(handle);
      }
      const seconds = this.#now() / 1000;
      utimesSync(upload.path, seconds, seconds);
      return ok(offset + bytes.length);
    });
  }

  /**
   * Makes it a file. `sha256`: of all its bytes, where the client computed it; a power cut may have left zeros where the disk
   * had promised bytes.
   */
  async finish(member: string, id: string, sha256?: Uint8Array): Promise<Result<string, UploadRefusal>> {
    const upload = this.#find(member, id);
    if (upload === undefined) return refuse(unknown);
    if (upload.offset !== upload.size)
      return refuse({
        code: "upload-incomplete",
        message: `${upload.offset} of ${upload.size} bytes are here.`,
        offset: upload.offset,
      });
    if (sha256 !== undefined && !equalBytes(await hashOfFile(upload.path), sha256)) {
      discard(upload.path);
      return refuse({ code: "upload-differs", message: "What arrived is not what was sent; begin anew." });
    }
    moveIntoPlace(upload.path, join(this.#finished, id));
    fsyncFolder(this.#folder);
    return ok(id);
  }

  /** Removes an upload of the member; false when there is none. */
  remove(member: string, id: string): boolean {
    const upload = this.#find(member, id);
    if (upload === undefined) return false;
    discard(upload.path);
    fsyncFolder(this.#folder);
    return true;
  }

  /** Removes what nobody has continued for too long; the number removed. */
  sweep(): number {
    const old = this.#all().filter(({ touched }) => this.#now() - touched > this.#lifeMs);
    for (const { path } of old) discard(path);
    return old.length;
  }

  #find(member: string, id: string): Upload | undefined {
    if (!/^[0-9a-f]{32}$/u.test(id)) return undefined;
    return this.#all(id).find(({ path }) => path.endsWith(`.${member}`));
  }

  #all(id = ""): Upload[] {
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      return [];
    }
    return names.flatMap((name) => {
      const [, itsId = "", size = ""] = /^([0-9a-f]{32})\.(\d{1,10})\.[A-Za-z0-9-]+$/u.exec(name) ?? [];
      if (itsId === "" || !name.startsWith(id)) return [];
      const path = join(this.#folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) return [];
      return [{ id: itsId, path, size: Number(size), offset: stat.size, touched: stat.mtimeMs }];
    });
  }

  #makeFolders(): void {
    for (const folder of [this.#folder, this.#finished])
      if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) fsyncFolder(join(folder, ".."));
  }
}

const unknown: UploadRefusal = { code: "upload-unknown", message: "There is no such upload of yours." };

/** A full disk is the storage's news, of one form everywhere. */
function full<T>(body: () => T): T {
  try {
    return body();
  } catch (cause) {
    throw isDiskFull(cause) ? new StoreFull(cause) : cause;
  }
}

async function hashOfFile(path: string): Promise<Uint8Array> {
  const hash = sha256Stream();
  const handle = openSync(path, "r");
  try {
    const chunk = new Uint8Array(readBytes);
    for (let turn = 1; ; turn++) {
      const read = readSync(handle, chunk, 0, chunk.length, null);
      if (read === 0) return hash.digest();
      hash.update(chunk.subarray(0, read));
      // 2 GB take seconds: others go on meanwhile.
      if (turn % 16 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    }
  } finally {
    closeSync(handle);
  }
}
