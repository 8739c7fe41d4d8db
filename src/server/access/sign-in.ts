/**
 * Signing in proves that a lock was opened, without the server learning what opened it: passphrase or passkey derive, on the
 * member's device, a signing key whose public half is known here.
 */
import type { Hono } from "hono";
import { fromBase64Url, toBase64Url } from "#record/bytes.ts";
import { signerFromSeed, verifyEd25519 } from "#record/ed25519.ts";
import { HttpFailure } from "../http-failure.ts";
import { kib, memberForm, memberPattern, readObject } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import { signInMessage } from "./challenges.ts";
import { giveCookie, limit, originOf } from "./requests.ts";

export function signInRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { members, challenges, sessions, settings, host } = services;
  // Checked against when there is no such lock: the answer must take as long.
  const nobodysKey = signerFromSeed(services.logKey.secretFor("nobody's key")).publicKey;

  app.post("/api/sign-in/start", async (context) => {
    limit(context, services, "signIn");
    const body = await readObject(context, 4 * kib);
    const member = body.text("member", memberPattern, memberForm);
    return context.json({ challenge: challenges.make(member), locks: await members.faces(member) });
  });

  app.post("/api/sign-in", async (context) => {
    limit(context, services, "signIn");
    const body = await readObject(context, 4 * kib);
    const member = body.text("member", memberPattern, memberForm);
    limit(context, services, "signInMember", member);
    const lockId = toBase64Url(body.bytes("lock", 16, 16));
    const challenge = toBase64Url(body.bytes("challenge", 32, 32));
    const signature = body.bytes("signature", 64, 64);

    const found = await members.lock(member, lockId);
    const publicKey = found === undefined ? nobodysKey : fromBase64Url(found.lock.publicKey);
    const message = signInMessage(originOf(context, settings), member, challenge);
    const isRight =
      publicKey !== undefined &&
      verifyEd25519({ publicKey, message, signature }) &&
      challenges.isFresh(challenge, member);
    // One code for a wrong passphrase, an unknown member, an old challenge and a revoked key: each tells nothing about the
    // others.
    const token =
      isRight && found !== undefined && host.state.isCurrent(member)
        ? await sessions.begin(member, challenge)
        : undefined;
    if (found === undefined || token === undefined)
      throw new HttpFailure(401, "sign-in-refused", "Signing in was refused: wrong member, lock or answer.");
    giveCookie(context, settings, token);
    const { enrolment, lock } = found;
    return context.json({
      keyring: enrolment.keyring,
      keyringVersion: enrolment.keyringVersion,
      sealed: lock.sealed,
    });
  });
}
