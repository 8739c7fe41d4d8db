import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { Failure } from "#session/refusals/failure.ts";
import type { Words } from "../words/language.ts";

/**
 * What lies in a data folder:
 *
 *     aigaq.db            entries, tiles, checkpoint, boxes (sealed)
 *     files/              receipts and documents (sealed)
 *     cache/              sealed snapshots of totals; may be deleted at any time
 *     keys/M-01.keyring   a member's secrets, under her passphrase
 *     keys/log.key        where the folder is served: the log's own key
 *     witnessed/          checkpoints of this log that others hold; put there by hand or by a witness
 */
export function keyringPath(folder: string, member: string): string {
  return join(folder, "keys", `${member}.keyring`);
}

/** Ids of the members whose keyrings are in the folder, in order. */
export function membersWithKeyrings(folder: string): string[] {
  const keys = join(folder, "keys");
  if (!existsSync(keys)) return [];
  return readdirSync(keys)
    .filter((name) => name.endsWith(".keyring"))
    .map((name) => name.slice(0, -".keyring".length))
    .toSorted();
}

export function makeKeysFolder(folder: string): void {
  mkdirSync(join(folder, "keys"), { recursive: true, mode: 0o700 });
}

/**
 * The keyring file of the member who acts: `asMember`, or the first of the folder when nobody is named. undefined where there
 * is none: a member who was enrolled by a server has hers in the storage.
 */
export function findKeyring(folder: string, asMember: string | undefined): Uint8Array | undefined {
  const members = membersWithKeyrings(folder);
  const member = asMember ?? members[0];
  return member !== undefined && members.includes(member)
    ? readFileSync(keyringPath(folder, member))
    : undefined;
}

/**
 * Checkpoints of this log that lie elsewhere: those that others gave us, in `witnessed/`, and our own last one in the
 * folder that AIGAQ_WITNESSED names. A folder that is behind one of them is an older copy and may not sign: it would
 * fork the log.
 */
export function readWitnessed(folder: string, origin: string, words: Words): string[] {
  const elsewhere = process.env["AIGAQ_WITNESSED"];
  if (elsewhere !== undefined && elsewhere !== "" && !existsSync(elsewhere))
    throw new Failure("folder-missing", words.fileMissing(elsewhere));
  const given = join(folder, "witnessed");
  const notes = existsSync(given)
    ? readdirSync(given).map((name) => readFileSync(join(given, name), "utf8"))
    : [];
  const own = ownWitnessPath(origin);
  if (own !== undefined && existsSync(own)) notes.push(readFileSync(own, "utf8"));
  return notes;
}

/** Keeps the newest checkpoint outside the data folder, where the one who restores a backup does not overwrite it. */
export function keepWitnessed(origin: string, checkpoint: string): void {
  const path = ownWitnessPath(origin);
  if (path === undefined) return;
  const unfinished = `${path}.part`;
  writeFileSync(unfinished, checkpoint, { flush: true });
  renameSync(unfinished, path);
}

function ownWitnessPath(origin: string): string | undefined {
  const folder = process.env["AIGAQ_WITNESSED"];
  return folder === undefined || folder === ""
    ? undefined
    : join(folder, `${origin.replaceAll("/", "-")}.checkpoint`);
}
