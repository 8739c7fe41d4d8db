import { fromBase64Url, fromHex, toBase64Url } from "#record/bytes.ts";
import { Failure } from "#session/refusals/failure.ts";
import { newDeviceOf, safetyNumber } from "#session/keys/members.ts";
import { closeLock, sealKeyringBody } from "#vault/keys/locks.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { newMemberKeys } from "#vault/keys/member.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { newLock } from "#workspace/desk/new-lock.ts";
import type { NewLock } from "#workspace/shell/first-run/types.ts";
import { openInvited, sealNote, tokenOf, type ForInvited } from "./invitation.ts";

export const joinCalls = {
  /** What the link says, before anything is made. Works without being signed in. */
  "join.open": async (
    desk: Desk,
    { secret }: { secret: string },
  ): Promise<Omit<ForInvited, "officers" | "officer">> => {
    const { officers: _, officer: __, ...shown } = (await invitationOf(desk, secret)).invited;
    return shown;
  },

  /** Makes her keys here, and leaves for the officers what they need. Answers with the number to read aloud. */
  "join.accept": async (
    desk: Desk,
    { secret, lock }: { secret: string; lock: NewLock },
  ): Promise<{ member: string; safetyNumber: string }> => {
    const { invited, bytes } = await invitationOf(desk, secret);
    const { member } = invited;
    const genesis = fromHex(invited.genesis) ?? new Uint8Array();
    if (genesis.length !== 32) throw unreadable();
    const own = await newLock(desk.randomBytes, lock);
    const keys = await newMemberKeys(desk.randomBytes);
    const device = newDeviceOf(keys, genesis);
    const keyring: Keyring = {
      version: 1,
      member,
      genesis,
      device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
      account: { identity: keys.account.identity },
      // Comes from the officer with the room keys; until then it is nobody's.
      nullifierKey: redacted(desk.randomBytes(32)),
      rooms: {},
    };
    const keyringKey = redacted(desk.randomBytes(32));
    const closed = await closeLock({ member, ...own }, keyringKey, desk.randomBytes);
    const body = await sealKeyringBody(keyring, keyringKey, desk.randomBytes);
    await desk.server.json("POST", `/api/invitations/${tokenOf(bytes)}/accept`, {
      secret: toBase64Url(bytes),
      enrolment: { member, locks: [closed], keyring: toBase64Url(body) },
      note: await sealNote(bytes, device, invited.officers),
    });
    return {
      member,
      safetyNumber: safetyNumber(genesis, fromBase64Url(invited.officer) ?? new Uint8Array(), device),
    };
  },
};

async function invitationOf(desk: Desk, secret: string): Promise<{ invited: ForInvited; bytes: Uint8Array }> {
  const bytes = fromBase64Url(secret);
  if (bytes === undefined || bytes.length < 16) throw unreadable();
  const kept = await desk.server.json<{ member: string; sealed: string }>(
    "GET",
    `/api/invitations/${tokenOf(bytes)}`,
  );
  const invited = await openInvited(bytes, kept.sealed);
  if (invited === undefined || invited.member !== kept.member) throw unreadable();
  return { invited, bytes };
}

function unreadable(): Failure {
  return new Failure(
    "invitation-unreadable",
    "this link is not whole, or no longer good: copy all of it, or ask for a new one",
  );
}
