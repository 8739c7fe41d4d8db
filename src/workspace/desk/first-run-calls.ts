import { toBase64Url, toHex } from "#record/bytes.ts";
import { ok, refuse } from "#record/result.ts";
import { Failure } from "#session/refusals/failure.ts";
import { found, recoveryKitAt, recoveryKitObject, type Founded } from "#session/keys/found.ts";
import { readPeople } from "#session/keys/people.ts";
import { financeRoom } from "#session/session.ts";
import { openEpoch } from "#vault/keys/epochs.ts";
import { closeLock, sealKeyringBody } from "#vault/keys/locks.ts";
import { combineRecovery, splitRecovery } from "#vault/keys/recovery.ts";
import { openRecoveryKit } from "#vault/keys/recovery-kit.ts";
import { redacted } from "#vault/keys/redacted.ts";
import { currentRoomKey } from "#vault/keys/rooms.ts";
import { keepRehearsed } from "../members/recovery-calls.ts";
import type {
  FoundationPlan,
  FoundationPrepared,
  FoundationStart,
  FoundationStarted,
  Rehearsal,
  RehearsalAnswer,
} from "../shell/first-run/types.ts";
import type { Desk } from "./desk.ts";
import { newLock, type OpenLock } from "./new-lock.ts";
import { keyringKeeper } from "./sign-in-calls.ts";

type PreparedFoundation = {
  readonly founded: Founded;
  readonly lock: OpenLock;
};

const slot = "foundation";

export const firstRunCalls = {
  /** Makes all keys and the shares of the recovery key; nothing leaves this tab yet. */
  "foundation.prepare": async (desk: Desk, plan: FoundationPlan): Promise<FoundationPrepared> => {
    const info = await desk.foundation();
    if (info.started)
      throw new Failure("foundation-started", "this server already has a foundation; sign in");
    const lock = await newLock(desk.randomBytes, plan.lock);
    const founded = await found(
      {
        name: plan.name,
        currency: plan.currency,
        languages: plan.languages,
        officerName: plan.officerName,
        logKey: info.logKey,
        at: Math.floor(desk.now() / 1000),
      },
      desk.randomBytes,
    );
    const { threshold, trustees } = plan.recovery;
    const texts = await splitRecovery(founded.recovery, { threshold, total: trustees.length });
    desk.prepared.set(slot, { founded, lock } satisfies PreparedFoundation);
    return {
      shares: texts.map((text, i) => ({ trustee: trustees[i] ?? "", text })),
      threshold,
      recipient: founded.recovery.recipient,
    };
  },

  /** Puts typed shares together and opens the finance room and the trustees' kit with them. Changes nothing in the record. */
  "recovery.rehearse": async (desk: Desk, { shares }: Rehearsal): Promise<RehearsalAnswer> => {
    const prepared = preparedFoundation(desk);
    const { recipient, place, file, kit, genesis } =
      prepared === undefined ? await placeOfRecord(desk) : placeOf(prepared);
    const recovered = await combineRecovery(shares, recipient);
    if (!recovered.ok) return recovered;
    const opened = await openEpoch(file, recovered.value, place);
    if (!opened.ok) return refuse(opened.refusal);
    // A record that began before there were kits has none; its rooms open all the same.
    const openedKit = kit === undefined ? ok(null) : await openRecoveryKit(kit, recovered.value, genesis);
    if (!openedKit.ok) return refuse(openedKit.refusal);
    if (prepared === undefined) await keepRehearsed(desk);
    return ok(null);
  },

  /** Sends what was prepared: from here on the record exists, and its first officer is signed in. */
  "foundation.start": async (
    desk: Desk,
    { startCode, rehearsed }: FoundationStart,
  ): Promise<FoundationStarted> => {
    const prepared = preparedFoundation(desk);
    if (prepared === undefined)
      return refuse({ code: "foundation-not-prepared", message: "make the recovery sheets first" });
    const { founded, lock } = prepared;
    // The recovery key is on the trustees' sheets now; whole, it is nowhere. It opens the kit that holds the root keys.
    const { recovery: _, roots: __, ...keyring } = founded.keyring;
    const keyringKey = redacted(desk.randomBytes(32));
    const { member } = keyring;
    const closed = await closeLock({ member, ...lock }, keyringKey, desk.randomBytes);
    const body = await sealKeyringBody(keyring, keyringKey, desk.randomBytes);
    try {
      await desk.server.start(
        {
          entries: founded.entries,
          objects: founded.objects,
          member: { member, locks: [closed], keyring: toBase64Url(body) },
        },
        startCode,
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return refuse({ code: error.code, message: error.message });
    }
    desk.prepared.delete(slot);
    await desk.foundation(true);
    await desk.openServer(keyring, keyringKeeper(desk, keyringKey, 1));
    if (rehearsed) await keepRehearsed(desk);
    return ok({ member });
  },
};

function preparedFoundation(desk: Desk): PreparedFoundation | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file alone writes the slot
  return desk.prepared.get(slot) as PreparedFoundation | undefined;
}

function placeOf({ founded }: PreparedFoundation) {
  const room = currentRoomKey(founded.keyring, financeRoom);
  const file = founded.objects.find(({ name }) => name.endsWith("/hybrid.age"))?.bytes;
  const kit = founded.objects.find(({ name }) => name === recoveryKitObject)?.bytes;
  const genesis = founded.keyring.genesis;
  if (room === undefined || file === undefined || genesis === undefined)
    throw new Error("bug: a foundation without a finance room");
  const place = { room: room.room, epoch: room.epoch };
  return { recipient: founded.recovery.recipient, place, file, kit, genesis };
}

async function placeOfRecord({ session }: Desk) {
  const room = currentRoomKey(session.keyring, financeRoom);
  if (room === undefined) throw new Failure("not-in-room", session.words.notInRoom(financeRoom));
  const file = await session.store.object(`epoch/${toHex(room.room)}/${room.epoch}/hybrid.age`);
  if (file === undefined) throw new Failure("epoch-missing", "the server has lost the room's key file");
  const { recovery: recipient, log } = await readPeople(session);
  const { genesis, roots } = log.directory;
  if (genesis === undefined || recipient === "")
    throw new Failure("record-damaged", "the first entry names no recovery key");
  const kit = await session.store.object(recoveryKitAt(roots.rotation));
  return { recipient, place: { room: room.room, epoch: room.epoch }, file, kit, genesis: genesis.hash };
}
