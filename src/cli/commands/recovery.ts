import { toHex } from "#record/bytes.ts";
import { openEpoch } from "#vault/keys/epochs.ts";
import { hybridKeyOf, seedOfHybrid } from "#vault/keys/member.ts";
import { combineRecovery, splitRecovery } from "#vault/keys/recovery.ts";
import { openRecoveryKit } from "#vault/keys/recovery-kit.ts";
import type { Redacted } from "#vault/keys/redacted.ts";
import { currentRoomKey } from "#vault/keys/rooms.ts";
import type { CommandModule } from "../commands.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { recoveryKitAt } from "#session/keys/found.ts";
import { readPeople } from "#session/keys/people.ts";
import { openSession } from "../session/open-session.ts";
import { financeRoom, type Session } from "#session/session.ts";
import { forgetRecovery, readSheets, writeSheets } from "../session/sheets.ts";
import { sharesOfFolder } from "../session/trustee-shares.ts";
import { print, printJson } from "../terminal.ts";

/**
 * `recovery split`: writes one text per trustee and forgets the key itself. Any `quorum` of the texts open everything;
 * fewer tell nothing. The shares are written outside the data folder: together with it they would open it.
 */
export const split: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const sheets = readSheets(call);
    await using session = await openSession(call, "write");
    const identity = session.keyring.recovery;
    const recipient = (await readPeople(session)).recovery;
    // One that another officer has replaced would make sheets that open nothing new.
    const isCurrent =
      identity !== undefined && (await hybridKeyOf(seedOfHybrid(identity))).recipient === recipient;
    if (!isCurrent) throw new Failure("recovery-gone", words.recoveryGone);
    const texts = await splitRecovery({ identity, recipient }, sheets);
    writeSheets(sheets, texts);
    await forgetRecovery(session, call);
    const { total, threshold, out } = sheets;
    if (args.has("json")) printJson({ shares: total, quorum: threshold, folder: out });
    else print(words.sharesWritten(total, threshold, out));
  },
};

/** `recovery rehearse`: puts the shares of a folder together and opens the room with them. Changes nothing. */
export const rehearse: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const folder = args.required("shares");
    const texts = sharesOfFolder(folder, words);
    await using session = await openSession(call, "read");
    const recovered = await combineRecovery(texts, (await readPeople(session)).recovery);
    if (!recovered.ok) throw refused(recovered.refusal);
    const room = currentRoomKey(session.keyring, financeRoom);
    if (room === undefined) throw new Failure("not-in-room", words.notInRoom(financeRoom));
    const file = await session.store.object(`epoch/${toHex(room.room)}/${room.epoch}/hybrid.age`);
    if (file === undefined) throw new Failure("epoch-missing", words.epochMissing);
    const opened = await openEpoch(file, recovered.value, { room: room.room, epoch: room.epoch });
    if (!opened.ok) throw refused(opened.refusal);
    await rehearseKit(session, recovered.value);
    if (args.has("json")) printJson({ rehearsed: true, shares: texts.length });
    else print(words.rehearsed(texts.length));
  },
};

/** Whether the shares also open the root keys. A record that began before there were kits has none. */
async function rehearseKit(session: Session, recovery: Redacted<string>): Promise<void> {
  const { genesis, roots } = (await readPeople(session)).log.directory;
  const kit = await session.store.object(recoveryKitAt(roots.rotation));
  if (kit === undefined || genesis === undefined) return;
  const opened = await openRecoveryKit(kit, recovery, genesis.hash);
  if (!opened.ok) throw refused(opened.refusal);
}
