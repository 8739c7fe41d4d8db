/**
 * Inviting a member, replacing lost locks, handing keys to a member: everything that passes here is sealed before it comes,
 * and the secret of an invitation stands in the link only, behind "#".
 */
import type { Hono } from "hono";
import { timingSafeEqual } from "node:crypto";
import { fromHex, toBase64Url, toHex } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { HttpFailure, notFound } from "../http-failure.ts";
import { kib, memberForm, memberPattern, mib, readObject } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import { readEnrolment, type Enrolment } from "./members.ts";
import type { Delivery } from "./me.ts";
import { limit, requireOfficer } from "./requests.ts";

type Invitation = {
  readonly member: string;
  readonly by: string;
  readonly sealed: string;
  readonly expires: number;
  /** What the invited person left: locks and keyring, and a sealed note with her public keys for the officer. */
  readonly accepted?: {
    readonly enrolment: Enrolment;
    readonly note: string;
    readonly at: number;
    /** Entries of the log when she did. */
    readonly size: number;
  };
};

const longestMs = 30 * 24 * 3_600_000;
const invitationsMax = 100;
const deliveriesMax = 64;
const hashPattern = /^[0-9a-f]{64}$/u;

export function publicInvitationRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { changes, now, state } = services;

  app.get("/api/invitations/:hash", async (context) => {
    limit(context, services, "invitation");
    const { invitation } = await open(services, context.req.param("hash"));
    return context.json({
      member: invitation.member,
      sealed: invitation.sealed,
      expires: invitation.expires,
    });
  });

  app.post("/api/invitations/:hash/accept", async (context) => {
    limit(context, services, "invitation");
    const { hash, invitation } = await open(services, context.req.param("hash"));
    const body = await readObject(context, 6 * mib);
    // Whoever read the server's list of hashes does not know the secret.
    const secret = sha256(body.bytes("secret", 16, 64));
    if (!timingSafeEqual(secret, fromHex(hash) ?? new Uint8Array(32)))
      throw new HttpFailure(403, "secret-wrong", "This is not the secret of the invitation.");
    if (invitation.accepted !== undefined)
      throw new HttpFailure(409, "invitation-accepted", "This invitation was accepted already.");
    const enrolment = readEnrolment(body.object("enrolment"));
    if (enrolment.member !== invitation.member)
      throw new HttpFailure(403, "member-wrong", `The invitation is for ${invitation.member}.`);
    const note = toBase64Url(body.bytes("note", 1, 64 * kib));
    await state.put(`invitation/${hash}`, {
      ...invitation,
      accepted: { enrolment, note, at: now(), size: services.host.size },
    });
    changes.tell("letters", {});
    return context.json({ done: true });
  });
}

export function invitationRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { host, members, now, randomBytes, sessions, state } = services;

  app.post("/api/invitations", async (context) => {
    requireOfficer(context, services);
    const body = await readObject(context, 512 * kib);
    const hash = toHex(body.hex("token", 32));
    const invitation: Invitation = {
      member: body.text("member", memberPattern, memberForm),
      by: context.get("session").member,
      sealed: toBase64Url(body.bytes("sealed", 1, 256 * kib)),
      expires: body.integer("expires", now(), now() + longestMs),
    };
    if ((await state.get(`invitation/${hash}`)) !== undefined)
      throw new HttpFailure(409, "invitation-known", "There is such an invitation already.");
    if ((await state.list("invitation/")).length >= invitationsMax)
      throw new HttpFailure(409, "too-many-invitations", "Too many open invitations; delete some.");
    await state.put(`invitation/${hash}`, invitation);
    return context.json({ hash });
  });

  app.get("/api/invitations", async (context) => {
    requireOfficer(context, services);
    const kept = await state.list<Invitation>("invitation/");
    return context.json({
      invitations: kept.map(({ name, value: { accepted, ...invitation } }) => ({
        hash: name.slice("invitation/".length),
        ...invitation,
        ...(accepted !== undefined && { note: accepted.note, acceptedAt: accepted.at }),
      })),
    });
  });

  /** After her key is on the record: from now on the member can sign in with the locks that she left. */
  app.post("/api/invitations/:hash/finish", async (context) => {
    requireOfficer(context, services);
    const { hash, invitation } = await open(services, context.req.param("hash"));
    const { accepted } = invitation;
    if (accepted === undefined)
      throw new HttpFailure(409, "invitation-not-accepted", "Nobody has accepted this invitation yet.");
    // A key that she had before is not enough: locks of another could else take the place of hers, and the record would not say so.
    if (!host.state.hasKeySince(invitation.member, accepted.size))
      throw new HttpFailure(409, "member-without-key", "First put the member's new key on the record.");
    const before = await members.enrolment(invitation.member);
    await members.put({
      ...accepted.enrolment,
      // Another device may still hold the keyring that is replaced: its next change must meet a conflict.
      keyringVersion: (before?.keyringVersion ?? 0) + 1,
    });
    await sessions.endOthers(invitation.member, undefined);
    await state.remove(`invitation/${hash}`);
    return context.json({ member: invitation.member });
  });

  app.delete("/api/invitations/:hash", async (context) => {
    requireOfficer(context, services);
    const { hash } = context.req.param();
    if (hashPattern.test(hash)) await state.remove(`invitation/${hash}`);
    return context.json({ done: true });
  });

  app.get("/api/members", async (context) => {
    const current = await Promise.all(
      host.state.members.map(async (member) => ({
        member,
        officer: host.state.isOfficer(member),
        enrolled: (await members.enrolment(member)) !== undefined,
      })),
    );
    return context.json({ members: current });
  });

  app.post("/api/members/:member/deliveries", async (context) => {
    const { member } = context.req.param();
    if (!memberPattern.test(member) || !host.state.isCurrent(member)) throw notFound("member");
    const body = await readObject(context, 512 * kib);
    const sealed = toBase64Url(body.bytes("sealed", 1, 256 * kib));
    const id = toHex(randomBytes(16));
    if ((await state.list(`delivery/${member}/`)).length >= deliveriesMax)
      throw new HttpFailure(409, "too-many-deliveries", "The member has not taken earlier deliveries yet.");
    const delivery: Delivery = { id, from: context.get("session").member, sealed, at: now() };
    await state.put(`delivery/${member}/${id}`, delivery);
    return context.json({ id });
  });
}

/** The invitation behind a hash, if there is one and it is not too old. */
async function open(
  { now, state }: Services,
  hash: string,
): Promise<{ hash: string; invitation: Invitation }> {
  const invitation = hashPattern.test(hash) ? await state.get<Invitation>(`invitation/${hash}`) : undefined;
  if (invitation === undefined || invitation.expires <= now()) throw notFound("invitation");
  return { hash, invitation };
}

/** Removes invitations that nobody can use any more. */
export async function sweepInvitations({ now, state }: Services): Promise<void> {
  for (const { name, value } of await state.list<Invitation>("invitation/"))
    if (value.expires <= now()) await state.remove(name);
}
