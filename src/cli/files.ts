import { closeSync, openSync, readFileSync, readSync, fstatSync, writeFileSync, existsSync } from "node:fs";
import { basename } from "node:path";
import { Failure } from "#session/refusals/failure.ts";
import type { Words } from "./words/language.ts";

/** A file read in slices: a bank statement of a gigabyte never stands in memory whole. */
export type OpenFile = {
  readonly name: string;
  readonly source: { readonly size: number; read(start: number, end: number): Uint8Array };
  close(): void;
};

export function openFile(path: string, words: Words): OpenFile {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    throw unreadable(path, error, words);
  }
  const size = fstatSync(descriptor).size;
  const source = {
    size,
    read(start: number, end: number) {
      const slice = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      let done = 0;
      while (done < slice.length) {
        const got = readSync(descriptor, slice, done, slice.length - done, start + done);
        if (got === 0) break;
        done += got;
      }
      return done === slice.length ? slice : slice.subarray(0, done);
    },
  };
  if (fstatSync(descriptor).isDirectory()) {
    closeSync(descriptor);
    throw new Failure("file-unreadable", words.fileUnreadable(path, words.aFolder));
  }
  return { name: basename(path), source, close: () => closeSync(descriptor) };
}

function unreadable(path: string, error: unknown, words: Words): Failure {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOENT") return new Failure("file-missing", words.fileMissing(path));
  return new Failure("file-unreadable", words.fileUnreadable(path, code));
}

export function readText(path: string, words: Words): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw unreadable(path, error, words);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Failure("file-not-utf8", words.fileNotUtf8(path));
  }
}

/** Writes a result of ours; never over a file that is there. */
export function writeNew(path: string, bytes: Uint8Array | string, words: Words): void {
  if (existsSync(path)) throw new Failure("file-exists", words.fileExists(path));
  try {
    writeFileSync(path, bytes, { flag: "wx", mode: 0o600 });
  } catch (error) {
    throw new Failure(
      "file-unwritable",
      words.fileUnwritable(path, (error as NodeJS.ErrnoException).code ?? ""),
    );
  }
}
