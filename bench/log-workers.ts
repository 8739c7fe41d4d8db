/** (c), our side: each runs in a process of its own, started by `run.ts --worker`. */
import { Buffer } from "node:buffer";
import { expectOk } from "#record/result.ts";
import { issueEntry } from "#record/issue.ts";
import type { NewEntry } from "#storage/contract.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { overallVerdict } from "#log/check-list.ts";
import { checkLog } from "#log/log-check.ts";
import { openLog } from "#log/sequencer.ts";
import { InventedAuthor, anchorOf, logSigner, officer, origin, vkey } from "#test/drills/invented-log.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { sealBox } from "#vault/seal/box.ts";
import { encodeEntryBox } from "#vault/seal/entry-box.ts";
import { paymentFields, startTimer } from "./entries.ts";

export type AppendTask = { readonly folder: string; readonly entries: number; readonly batch: number };
export type Timed = { readonly entries: number; readonly ms: number; readonly cpuMs: number };
export type Appended = Timed & {
  /** Mean size of an entry: the JWT, and box with key box. */
  readonly jwtBytes: number;
  readonly boxBytes: number;
};

/** Draft to durable: issue and sign, seal, append, as a session of the command line does it. */
export async function appendOurs({ folder, entries, batch }: AppendTask): Promise<Appended> {
  await using store = expectOk(await openSqliteStore({ folder, mode: "create" }));
  const log = expectOk(await openLog({ store, logSigner, origin }));
  const { genesis } = new InventedAuthor();
  expectOk(await log.append([genesis]));
  const randomBytes = systemRandomness();
  const place = { epochKey: new Uint8Array(32).fill(7), room: new Uint8Array(16).fill(9), epoch: 0 };
  let jwtBytes = 0;
  let boxBytes = 0;
  let previous: Uint8Array | null = null;
  const stop = startTimer();
  for (let from = 0; from < entries; from += batch) {
    const anchor = anchorOf(log);
    const waiting: NewEntry[] = [];
    for (let seq = from; seq < Math.min(from + batch, entries); seq++) {
      const draft = {
        type: "spending",
        genesis: genesis.hash,
        at: 1_740_000_000 + seq,
        anchor,
        stream: { id: "spending", seq, previous },
        ...paymentFields(seq),
      };
      const { jwt, hash, disclosures } = issueEntry(draft, { signer: officer, randomBytes });
      const plaintext = encodeEntryBox({ disclosures });
      const box = await sealBox({ ...place, entryHash: hash, plaintext, randomBytes });
      previous = hash;
      jwtBytes += jwt.length;
      boxBytes += box.box.length + box.keybox.length;
      waiting.push({ jwt, hash, box });
    }
    expectOk(await log.append(waiting));
  }
  const time = stop();
  return {
    entries,
    ...time,
    jwtBytes: Math.round(jwtBytes / entries),
    boxBytes: Math.round(boxBytes / entries),
  };
}

/** Everything `log check` verifies, over a whole log. */
export async function verifyOurs({ folder }: { readonly folder: string }): Promise<Timed> {
  await using store = expectOk(await openSqliteStore({ folder, mode: "read" }));
  const entries = (await store.head())?.size ?? 0;
  const stop = startTimer();
  const checks = await checkLog(store, { vkey });
  const time = stop();
  if (overallVerdict(checks) !== "held") throw new Error("the log does not hold");
  return { entries, ...time };
}

/** What the bare loop needs to know of the log that it verifies. */
export const officerKey = (): Buffer => Buffer.from(officer.publicKey);
export const checkpointKey = (): Buffer => Buffer.from(logSigner.publicKey);
