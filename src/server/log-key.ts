/** The log's own key on this machine: `DIR/keys/log.key`, readable by its owner alone. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fromHex, toHex, utf8 } from "#record/bytes.ts";
import type { Signer } from "#record/ed25519.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { hmacSha256 } from "#record/hash.ts";
import { signatureType, verifierKey, vkeyText } from "#record/note.ts";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";
import { fsyncFolder, isErrno } from "#storage/files/durable-file.ts";

/**
 * What the server signs checkpoints with. Whoever has it can fork the log, which witnesses and every workspace notice; he
 * can forge no entry and open no box.
 */
export type LogKey = {
  readonly signer: Signer;
  /** `aigaq/` and 16 hex digits: nothing in a log's name tells whose it is. */
  readonly origin: string;
  /** C2SP vkey of the log. */
  readonly vkey: string;
  /**
   * For what the server must compute the same way after a restart and in each of several processes, such as the locks that
   * it shows for members who do not exist. Derived, so that there is one secret to keep.
   */
  readonly secretFor: (purpose: string) => Uint8Array;
};

/** `log-key-malformed`: the file is no log key. `log-key-missing`: the storage holds a log, but its key is not here. */
export type LogKeyRefusal = Refusal<"log-key-malformed" | "log-key-missing">;

export function logKeyPath(folder: string): string {
  return join(folder, "keys", "log.key");
}

/** The key in the folder; a new one only where `mayMake`, that is where the log is still empty. */
export function readOrMakeLogKey(
  folder: string,
  randomBytes: (length: number) => Uint8Array,
  mayMake: boolean,
): Result<LogKey, LogKeyRefusal> {
  const kept = readLogKey(folder);
  if (kept !== undefined) return kept.ok ? ok(logKeyOf(kept.value.origin, kept.value.seed)) : kept;
  if (!mayMake)
    return refuse({
      code: "log-key-missing",
      message: `There is a record here, but not the key of its log: ${logKeyPath(folder)} is missing. Put it back.`,
    });
  const origin = `aigaq/${toHex(randomBytes(8))}`;
  const seed = randomBytes(32);
  writeLogKey(folder, origin, seed);
  return ok(logKeyOf(origin, seed));
}

/** What stands in the file; undefined where there is none. */
export function readLogKey(
  folder: string,
): Result<{ readonly origin: string; readonly seed: Uint8Array }, LogKeyRefusal> | undefined {
  const path = logKeyPath(folder);
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const [, origin = "", seedHex = ""] = /^(aigaq\/[0-9a-f]{16})\n([0-9a-f]{64})\n$/u.exec(text) ?? [];
  const seed = fromHex(seedHex);
  if (seed?.length === 32) return ok({ origin, seed });
  return refuse({
    code: "log-key-malformed",
    message: `${path} is no key of a log: it has two lines, the log's name and 64 hex digits.`,
  });
}

/** Writes the key durably; never over another one. */
export function writeLogKey(folder: string, origin: string, seed: Uint8Array): void {
  mkdirSync(join(folder, "keys"), { recursive: true, mode: 0o700 });
  const handle = openSync(logKeyPath(folder), "wx", 0o600);
  try {
    writeSync(handle, `${origin}\n${toHex(seed)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  fsyncFolder(join(folder, "keys"));
}

function logKeyOf(origin: string, seed: Uint8Array): LogKey {
  const signer = signerFromSeed(seed);
  return {
    signer,
    origin,
    vkey: vkeyText(verifierKey(origin, signatureType.ed25519, signer.publicKey)),
    secretFor: (purpose) => hmacSha256(seed, utf8(`aigaq/server/1\n${purpose}`)),
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (isErrno(cause, "ENOENT")) return undefined;
    throw cause;
  }
}
