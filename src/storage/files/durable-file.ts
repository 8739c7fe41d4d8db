import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Makes the names in a folder durable: a file that was fsynced but whose name was not can vanish in a power cut. */
export function fsyncFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, "r");
  } catch (cause) {
    // Windows cannot open a folder and needs no such call: NTFS journals names.
    if (isErrno(cause, "EPERM") || isErrno(cause, "EISDIR")) return;
    throw cause;
  }
  try {
    fsyncSync(handle);
  } catch (cause) {
    if (!isErrno(cause, "EPERM") && !isErrno(cause, "EINVAL")) throw cause;
  } finally {
    closeSync(handle);
  }
}

/** Writes all of `bytes`: one call of `write` may take fewer, which is how a full disk begins. */
export function writeAll(handle: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(handle, bytes, done, bytes.length - done);
}

/** `from` becomes `to`, durably. Whatever stood at `to` is replaced in one step. */
export function moveIntoPlace(from: string, to: string): void {
  renameSync(from, to);
  fsyncFolder(dirname(to));
}

/** Removes what a failed write left; silent, because the failure itself is the news. */
export function discard(path: string): void {
  rmSync(path, { force: true });
}

export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** No space left, or the user's quota is used up. */
export function isDiskFull(error: unknown): boolean {
  return isErrno(error, "ENOSPC") || isErrno(error, "EDQUOT");
}
