/**
 * Where the keys of a member who came back are kept. They are written before the entry that puts them on the record, under a
 * name of their own, and take the place of the lost ones after it: whatever ends the program in between, either the lost keys
 * still are hers, or the command finds the new ones and finishes.
 */
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toBase64Url } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { keyThumbprint } from "#record/key-id.ts";
import { enrolmentObject } from "#server/access/members.ts";
import { NamedState } from "#server/named-state.ts";
import type { SqliteStore } from "#storage/sqlite/sqlite-store.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { lockKeyring } from "#vault/keys/keyring.ts";
import { closeLock, newPassphraseLock, sealKeyringBody } from "#vault/keys/locks.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import { keyringPath, makeKeysFolder, membersWithKeyrings } from "./data-folder.ts";
import { enrolments } from "./served-keyring.ts";

const ending = ".returning";

const waitingPath = (folder: string, member: string, kid: string): string =>
  join(folder, "keys", `${member}.${kid}${ending}`);

/** Whose return was begun and not finished, with the id of the key that may be on the record, and the sealed keyring. */
export function waitingReturn(
  folder: string,
): { readonly member: string; readonly kid: string; readonly sealed: Uint8Array } | undefined {
  const keys = join(folder, "keys");
  const name = existsSync(keys) ? readdirSync(keys).find((one) => one.endsWith(ending)) : undefined;
  const [member, kid] = name?.split(".") ?? [];
  if (name === undefined || member === undefined || kid === undefined) return undefined;
  return { member, kid, sealed: readFileSync(join(keys, name)) };
}

type Waiting = {
  readonly keyring: Keyring;
  readonly kid: string;
  readonly passphrase: string;
  readonly randomBytes: RandomBytes;
};

export async function keepWaiting(
  folder: string,
  { keyring, kid, passphrase, randomBytes }: Waiting,
): Promise<void> {
  makeKeysFolder(folder);
  const path = waitingPath(folder, keyring.member, kid);
  writeFileSync(path, await lockKeyring(keyring, passphrase, randomBytes), { mode: 0o600, flush: true });
}

export function dropWaiting(folder: string, member: string, kid: string): void {
  rmSync(waitingPath(folder, member, kid), { force: true });
}

type Finishing = {
  readonly folder: string;
  readonly store: SqliteStore;
  readonly keyring: Keyring;
  readonly passphrase: string;
};

/**
 * After her key is on the record. Where a server let her in, it does so with the new passphrase and nobody with the old one;
 * where her keyring was a file, or nowhere here, it is one.
 */
export async function finishReturn({ folder, store, keyring, passphrase }: Finishing): Promise<void> {
  const { member, device } = keyring;
  const kid = keyThumbprint(signerFromSeed(device.signingSeed.reveal()).publicKey);
  const before = (await enrolments(store)).find((one) => one.member === member);
  if (before !== undefined) {
    const { log: _, ...everyday } = keyring;
    const randomBytes = systemRandomness();
    const keyringKey = redacted(randomBytes(32));
    const lock = await newPassphraseLock(toBase64Url(randomBytes(16)), passphrase, randomBytes);
    const enrolment = enrolmentObject({
      member,
      locks: [await closeLock({ member, ...lock }, keyringKey, randomBytes)],
      keyring: toBase64Url(await sealKeyringBody(everyday, keyringKey, randomBytes)),
      keyringVersion: before.keyringVersion + 1,
    });
    await store.putObject(enrolment.name, enrolment.bytes);
    await new NamedState(store).remove(`sessions/${member}`);
  }
  const isFile = membersWithKeyrings(folder).includes(member);
  if (isFile || before === undefined)
    renameSync(waitingPath(folder, member, kid), keyringPath(folder, member));
  else dropWaiting(folder, member, kid);
}
