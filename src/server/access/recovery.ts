/**
 * The way back when no officer can sign in: trustees who together open the recovery kit prove it by two root keys, and one of
 * the members gets a session, also one whose keys do not count any more: whoever took a device could else revoke them and so
 * shut the trustees out. The kit is ciphertext; whoever fetches it without the trustees has nothing.
 */
import type { Hono } from "hono";
import { toBase64Url, toHex } from "#record/bytes.ts";
import { checkRoots, type RootSignature } from "#record/root-keys.ts";
import { recoverySignInMessage } from "#record/recovery-sign-in.ts";
import { HttpFailure, notFound } from "../http-failure.ts";
import { kib, memberForm, memberPattern, mib, readObject } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import { readEnrolment } from "./members.ts";
import { giveCookie, limit, originOf } from "./requests.ts";

const kitName = "recovery/kit";
/** In place of a member's number: who comes back is chosen when the kit is open. No member can be called so. */
const nobody = "(recovery)";

export function publicRecoveryRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { challenges, host, sessions, settings, store } = services;

  app.post("/api/recovery/start", async (context) => {
    limit(context, services, "recovery");
    const { roots, rotations } = host.state.keys;
    const beginnings: string[] = [];
    for (const index of [0, ...rotations])
      for await (const { jwt } of store.entries(index, index + 1)) beginnings.push(jwt);
    const [genesis, ...later] = beginnings;
    if (genesis === undefined) throw notFound("foundation");
    const kit = await store.object(roots.rotation ? `${kitName}/${toHex(roots.rotation)}` : kitName);
    return context.json({
      challenge: challenges.make(nobody),
      genesis,
      rotations: later,
      kit: kit === undefined ? null : toBase64Url(kit),
    });
  });

  app.post("/api/recovery/sign-in", async (context) => {
    limit(context, services, "recovery");
    const body = await readObject(context, 8 * kib);
    const wished = body.has("member") ? body.text("member", memberPattern, memberForm) : undefined;
    const challenge = toBase64Url(body.bytes("challenge", 32, 32));
    const signatures = body.objects("roots", 1, 8).map((fields): RootSignature => ({
      x: toBase64Url(fields.bytes("x", 32, 32)),
      signature: toBase64Url(fields.bytes("signature", 64, 64)),
    }));
    const { keys: roots } = host.state.keys.roots;
    const message = recoverySignInMessage(originOf(context, settings), wished, challenge);
    const isRight =
      checkRoots(roots, message, signatures) === undefined && challenges.isFresh(challenge, nobody);
    const { members: current, everMembers } = host.state;
    const member = wished ?? current.find((one) => host.state.isOfficer(one)) ?? current[0] ?? everMembers[0];
    const token =
      isRight && member !== undefined && everMembers.includes(member)
        ? await sessions.begin(member, challenge, { isRecovery: true })
        : undefined;
    if (token === undefined)
      throw new HttpFailure(
        401,
        "recovery-refused",
        "Two root keys of this record have to sign a fresh challenge of this address, for one of its members.",
      );
    giveCookie(context, settings, token);
    return context.json({ member });
  });
}

/** After her new key is on the record: from now on she signs in with these locks, and nobody with the old ones. */
export function recoveryRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { host, members, sessions, state } = services;

  app.put("/api/recovery/enrolment", async (context) => {
    const body = await readObject(context, 6 * mib);
    const enrolment = readEnrolment(body.object("enrolment"));
    const { member, hash } = context.get("session");
    if (enrolment.member !== member)
      throw new HttpFailure(403, "member-wrong", `This session is of ${member}.`);
    const kid = host.state.appointedKey(member);
    if (kid === undefined)
      throw new HttpFailure(409, "member-without-key", "First put the member's new key on the record.");
    // From then on her locks are changed as anybody's: else this would stay a second door beside /api/me/locks.
    const done = `returned/${member}`;
    if ((await state.get<{ kid: string }>(done))?.kid === kid)
      throw new HttpFailure(409, "recovery-finished", "The locks of this key are here already. Sign in.");
    const before = await members.enrolment(member);
    const version = (before?.keyringVersion ?? 0) + 1;
    await members.put({ ...enrolment, keyringVersion: version });
    await state.put(done, { kid });
    await sessions.endOthers(member, hash);
    return context.json({ version });
  });
}
