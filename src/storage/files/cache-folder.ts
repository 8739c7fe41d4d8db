import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { toHex } from "#record/bytes.ts";
import { discard, writeAll } from "./durable-file.ts";

/**
 * Sealed snapshots, one file each, replaced by rename. No fsync: a snapshot may be lost, and a torn one does not open,
 * because it is sealed. Kept outside the database so that replacing 100 MB of it does not pass through the WAL and the
 * overwriting of deleted pages, and so that a command that only reads may still refresh it.
 */
export class CacheFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(name: string): Uint8Array | undefined {
    try {
      return new Uint8Array(readFileSync(this.#pathOf(name)));
    } catch {
      return undefined;
    }
  }

  /** false when it could not be written; what was there before is then still there. */
  write(name: string, bytes: Uint8Array): boolean {
    // Random, so that two programs refreshing one snapshot do not write into each other's file.
    const unfinished = `${this.#pathOf(name)}.${toHex(crypto.getRandomValues(new Uint8Array(8)))}.part`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const handle = openSync(unfinished, "wx", 0o600);
      try {
        writeAll(handle, bytes);
      } finally {
        closeSync(handle);
      }
      renameSync(unfinished, this.#pathOf(name));
      return true;
    } catch {
      discard(unfinished);
      return false;
    }
  }

  /** Removes what a kill left half-written. Only the one writer calls it: a reader's refresh that it hits is merely lost. */
  removeUnfinished(): void {
    try {
      for (const name of readdirSync(this.#folder))
        if (name.endsWith(".part")) discard(join(this.#folder, name));
    } catch {
      // No folder yet, or not ours to clean: then there is nothing that matters.
    }
  }

  #pathOf(name: string): string {
    // "+" cannot occur in a name, so no two names share a file.
    return join(this.#folder, name.replaceAll("/", "+"));
  }
}
