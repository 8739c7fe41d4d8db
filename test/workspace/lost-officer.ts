/** Sessions over one record that is held in memory: an officer's, her colleagues' and her trustees'. */
import { openLog } from "#log/sequencer.ts";
import { expectOk } from "#record/result.ts";
import { readPeople } from "#session/keys/people.ts";
import { quorumFileOf, type QuorumFile } from "#session/keys/quorum.ts";
import { localPort, type RecordPort } from "#session/record-port.ts";
import { Session } from "#session/session.ts";
import type { NewEntry } from "#storage/contract.ts";
import { openMemoryStore } from "#storage/memory/memory-store.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { splitRecovery } from "#vault/keys/recovery.ts";
import { logSigner, origin } from "#test/drills/invented-log.ts";

/** A session of somebody else over the record of this one; behind a server of others, each entry is checked. */
export function sessionOf(like: Session, keyring: Keyring, port?: RecordPort): Session {
  const { words, progress, logKey, now, randomBytes } = like;
  const over: RecordPort = port ?? {
    reader: like.store,
    get size() {
      return like.size;
    },
    get root() {
      return like.root;
    },
    get checkpoint() {
      return like.checkpoint;
    },
  };
  const elsewhere = Object.create(over, { isElsewhere: { value: true } }) as RecordPort;
  return new Session({ port: elsewhere, keyring, logKey, words, progress, now, randomBytes });
}

async function entriesOf(session: Session): Promise<NewEntry[]> {
  const entries: NewEntry[] = [];
  for await (const { jwt, hash, index } of session.store.entries(0, session.size)) {
    const box = await session.store.box(index);
    entries.push({ jwt, hash, ...(box !== undefined && { box }) });
  }
  return entries;
}

/** A log of its own with these entries and the objects of the session's record, but for one. */
export async function copyOf(session: Session, more: readonly NewEntry[] = [], { without = "" } = {}) {
  const store = openMemoryStore();
  const log = expectOk(await openLog({ store, logSigner, origin }));
  const objects = (await session.store.objects("")).filter(({ name }) => name !== without);
  expectOk(await log.append([...(await entriesOf(session)), ...more], { objects }));
  return { store, port: localPort(store, log) };
}

export async function quorumOf(session: Session): Promise<{ file: QuorumFile; shares: readonly string[] }> {
  const { recovery } = session.keyring;
  if (recovery === undefined) throw new Error("the recovery key was handed on");
  const { recovery: recipient } = await readPeople(session);
  const shares = await splitRecovery({ identity: recovery, recipient }, { threshold: 2, total: 3 });
  return { file: await quorumFileOf(session.store, session.size), shares };
}
