import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import type { Words } from "../words/language.ts";

/**
 * What lies in a data folder:
 *
 *     aigaq.db            entries, tiles, checkpoint, boxes (sealed)
 *     files/              receipts and documents (sealed)
 *     cache/              sealed snapshots of totals; may be deleted at any time
 *     keys/M-01.keyring   a member's secrets, under her passphrase
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

/** The keyring of the member who acts: `asMember`, or the first of the folder when nobody is named. */
export function readKeyring(folder: string, asMember: string | undefined, words: Words): Uint8Array {
  const members = membersWithKeyrings(folder);
  if (members.length === 0) throw new Failure("data-folder-missing", words.folderMissing(folder));
  const member = asMember ?? members[0] ?? "";
  if (!members.includes(member)) throw new Failure("member-unknown", words.memberUnknown(member));
  return readFileSync(keyringPath(folder, member));
}

/** Checkpoints that others hold, from `witnessed/`: a folder that is behind one of them may not sign. */
export function readWitnessed(folder: string): string[] {
  const witnessed = join(folder, "witnessed");
  if (!existsSync(witnessed)) return [];
  return readdirSync(witnessed).map((name) => readFileSync(join(witnessed, name), "utf8"));
}
