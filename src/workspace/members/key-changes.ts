import { toHex } from "#record/bytes.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { Failure } from "#session/refusals/failure.ts";
import { keysStream } from "#session/issuing.ts";
import type { KeyChange } from "#session/keys/epoch-plan.ts";
import { recordKeyChange, takeNewKeys } from "#session/keys/members.ts";
import { readPeople, type People } from "#session/keys/people.ts";
import type { Session } from "#session/session.ts";
import type { Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { digestOf } from "#workspace/desk/preview.ts";
import { memberWords } from "./words.ts";

type Prepared = {
  readonly digest: string;
  readonly change: KeyChange;
  /** Of the stream `keys` when it was decided: another change in between makes this one another. */
  readonly end: string;
  /** First entry of each attempt that went out: its answer may have been lost on the way back. */
  readonly sent: Uint8Array[];
};

const slot = "key-change";

/**
 * Decides a change of members or rooms and keeps it in this tab, new keys and all. It is not put into the outbox: its keys must
 * lie nowhere but here until they are sealed to their readers, and whoever changes members has a connection.
 */
export async function prepareKeyChange(
  desk: Desk,
  decide: (people: People) => Promise<Result<KeyChange, Refusal>>,
): Promise<Result<Preview, Refusal>> {
  const { session } = desk;
  await session.refresh();
  const change = await decide(await readPeople(session));
  if (!change.ok) return change;
  const { drafts } = change.value;
  const digest = digestOf(drafts);
  const prepared: Prepared = { digest, change: change.value, end: await endOf(session), sent: [] };
  desk.prepared.set(slot, prepared);
  return ok({
    entries: drafts.map(({ type, pub, hidden = {} }) => ({
      type,
      public: Object.entries(pub)
        .filter(([name]) => !technical.has(name))
        .map(([name, value]) => ({ name, value: said(desk, name, value) })),
      hidden: Object.entries(hidden).map(([name, value]) => ({ name, value })),
      room: "finance",
      items: 0,
    })),
    followUps: [],
    summary: { added: drafts.length, unchanged: 0, waiting: 0, notes: [] },
    digest,
  });
}

/** Long texts of public keys that nobody reads in a preview; they stand on the entry's own page. */
const technical: ReadonlySet<string> = new Set([
  "account",
  "reading",
  "proof",
  "commitment",
  "x",
  // Of a rotation: its title says what becomes of them.
  "roots",
  "by",
  "recovery",
]);

/** A room by the name that it has here, beside the number that everybody will see; a role by what it allows. */
function said(desk: Desk, name: string, value: unknown): unknown {
  const words = memberWords[desk.language];
  if (name === "roles" && Array.isArray(value))
    return value.map(
      (role: unknown) => words.roleNames[String(role)] ?? words.roomTitles[String(role)] ?? role,
    );
  if (name !== "room" || typeof value !== "string") return value;
  const { rooms } = desk.session.keyring;
  const known = Object.entries(rooms).find(([, { id }]) => toHex(id) === value)?.[0];
  return known === undefined ? value : `${words.roomTitles[known] ?? known} · ${value.slice(0, 8)}…`;
}

/** Records what the preview with this digest showed, and keeps the new keys. */
export async function performKeyChange(desk: Desk, digest: string): Promise<Result<null, Refusal>> {
  const { session, keepKeyring } = desk.opened;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file alone writes the slot
  const prepared = desk.prepared.get(slot) as Prepared | undefined;
  const outdated = { code: "change-outdated", message: "the members changed meanwhile; look again" };
  if (prepared === undefined || prepared.digest !== digest) return refuse(outdated);
  for (let attempt = 1; ; attempt++) {
    await session.refresh();
    // Asked before anything else: to be told that others changed it, she would make other sheets and lose those in force.
    if (await isRecorded(session, prepared)) {
      await keepKeyring(takeNewKeys(session, prepared.change.newKeys));
      break;
    }
    if ((await endOf(session)) !== prepared.end) return refuse(outdated);
    try {
      const keyring = await recordKeyChange(session, prepared.change, ([first]) => {
        if (first !== undefined) prepared.sent.push(first);
        return Promise.resolve();
      });
      await keepKeyring(keyring);
      break;
    } catch (error) {
      // Somebody recorded something else at the same moment: the change is still the same.
      const isClash = error instanceof Failure && error.code === "stale-head";
      if (error instanceof Failure && error.code === "keyring-changed") break;
      if (!isClash || attempt >= 5) throw error;
    }
  }
  desk.prepared.delete(slot);
  desk.tell({ kind: "changed" });
  return ok(null);
}

async function isRecorded({ store }: Session, { sent }: Prepared): Promise<boolean> {
  for (const hash of sent) if ((await store.entryByHash(hash)) !== undefined) return true;
  return false;
}

async function endOf(session: Session): Promise<string> {
  return String((await session.books()).streams.get(keysStream)?.seq);
}
