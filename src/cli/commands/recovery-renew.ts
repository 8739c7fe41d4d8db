import { readLogKey } from "#server/log-key.ts";
import { refused } from "#session/refusals/failure.ts";
import { recordKeyChange } from "#session/keys/members.ts";
import { readPeople, type People } from "#session/keys/people.ts";
import { quorumFileOf, type QuorumFile } from "#session/keys/quorum.ts";
import { decideRenewal, oldKeysOf, type OldKeys } from "#session/keys/renewal.ts";
import type { Session } from "#session/session.ts";
import { hybridKeyOf, seedOfHybrid } from "#vault/keys/member.ts";
import { combineRecovery, splitRecovery } from "#vault/keys/recovery.ts";
import type { Redacted } from "#vault/keys/redacted.ts";
import type { Call, CommandModule } from "../commands.ts";
import { Questions } from "../questions.ts";
import { openSession } from "../session/open-session.ts";
import { forgetRecovery, readSheets, removeSheets, writeSheets } from "../session/sheets.ts";
import { gatherShares, sharesOfFolder } from "../session/trustee-shares.ts";
import { print, printJson } from "../terminal.ts";

/**
 * `recovery renew`: new root keys and a new recovery key, signed for by the old ones, with new sheets for the trustees. Also for
 * a record that has no recovery kit yet: its root keys lie in the first keyring, and in the new kit afterwards.
 */
export const renew: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const sheets = readSheets(call);
    await using session = await openSession(call, "write");
    const people = await readPeople(session);
    const old = await oldKeys(call, session, people);
    const renewal = await decideRenewal(session, people, old);
    if (!renewal.ok) throw refused(renewal.refusal);
    const { change, recovery } = renewal.value;
    // Before the entry: a key in force that nobody was given would leave the record without trustees.
    writeSheets(sheets, await splitRecovery(recovery, sheets));
    let signed: readonly Uint8Array[] = [];
    try {
      await recordKeyChange(session, change, async (hashes) => {
        signed = hashes;
        await Promise.resolve();
      });
    } catch (error) {
      if (await isNowhere(session, signed)) removeSheets(sheets);
      throw error;
    }
    const { total, threshold, out } = sheets;
    if (args.has("json")) printJson({ renewed: true, shares: total, quorum: threshold, folder: out });
    else print(`${words.renewed}\n${words.sharesWritten(total, threshold, out)}`);
    // Said before: a slip in typing the passphrase once more leaves only old keys here, which have no word.
    await forgetRecovery(session, call);
  },
};

/**
 * Whether a change that failed is surely not on the record. What fails after the commit, such as a checkpoint that could not be
 * kept elsewhere, leaves keys in force, and the sheets just written are then the only ones; when in doubt they stay.
 */
async function isNowhere({ store }: Session, [rotation]: readonly Uint8Array[]): Promise<boolean> {
  if (rotation === undefined) return true;
  return store.entryByHash(rotation).then(
    (found) => found === undefined,
    () => false,
  );
}

async function oldKeys(call: Call, session: Session, people: People): Promise<OldKeys> {
  const file = await quorumFileOf(session.store, session.size);
  const recovery = (await wholeRecovery(session, people)) ?? (await fromSheets(call, people, file));
  const old = await oldKeysOf(session, recovery, file);
  if (!old.ok) throw refused(old.refusal);
  // Where a server signs for the log, its key lies in a file of its own and stays there.
  const { log } = session.keyring;
  const isInFile = readLogKey(call.args.required("data")) !== undefined;
  return { ...(log !== undefined && !isInFile && { log }), ...old.value };
}

/** Before it was split it lies in the first keyring, unless another officer has replaced it since. */
async function wholeRecovery(session: Session, people: People): Promise<Redacted<string> | undefined> {
  const { recovery } = session.keyring;
  if (recovery === undefined) return undefined;
  return (await hybridKeyOf(seedOfHybrid(recovery))).recipient === people.recovery ? recovery : undefined;
}

async function fromSheets(
  { args, words }: Call,
  people: People,
  file: QuorumFile,
): Promise<Redacted<string>> {
  using questions = new Questions();
  const folder = args.text("shares");
  const given = folder === undefined ? [] : sharesOfFolder(folder, words);
  const shares = await gatherShares(file, given, questions, words);
  const recovery = await combineRecovery(shares, people.recovery);
  if (!recovery.ok) throw refused(recovery.refusal);
  return recovery.value;
}
