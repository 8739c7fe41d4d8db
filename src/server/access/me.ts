/** A member's own session, keyring, locks, and what officers left for her. */
import type { Hono } from "hono";
import { toBase64Url } from "#record/bytes.ts";
import { HttpFailure, notFound } from "../http-failure.ts";
import { kib, mib, readObject } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import { readLocks, type Enrolment } from "./members.ts";
import { takeCookie } from "./requests.ts";

/** Something sealed to one member, such as the keys of a room. */
export type Delivery = {
  readonly id: string;
  readonly from: string;
  readonly sealed: string;
  readonly at: number;
};

export function meRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { members, sessions, state, host } = services;

  app.post("/api/sign-out", async (context) => {
    await sessions.end(context.get("session"));
    takeCookie(context);
    return context.json({ done: true });
  });

  app.get("/api/me", (context) => {
    const { member } = context.get("session");
    return context.json({ member, officer: host.state.isOfficer(member) });
  });

  app.get("/api/me/keyring", async (context) => {
    const { keyring, keyringVersion } = await enrolmentOf(context.get("session").member);
    return context.json({ keyring, version: keyringVersion });
  });

  app.put("/api/me/keyring", async (context) => {
    const body = await readObject(context, 6 * mib);
    const keyring = toBase64Url(body.bytes("keyring", 1, 4 * mib));
    const version = body.integer("version", 1, Number.MAX_SAFE_INTEGER);
    const enrolment = await enrolmentOf(context.get("session").member);
    if (version !== enrolment.keyringVersion)
      throw new HttpFailure(409, "keyring-changed", "The keyring was changed on another device meanwhile.", {
        details: { version: enrolment.keyringVersion },
      });
    await members.put({ ...enrolment, keyring, keyringVersion: version + 1 });
    return context.json({ version: version + 1 });
  });

  app.get("/api/me/locks", async (context) => {
    const { locks } = await enrolmentOf(context.get("session").member);
    return context.json({ locks });
  });

  app.put("/api/me/locks", async (context) => {
    const locks = readLocks(await readObject(context, 128 * kib), "locks");
    const { member, hash } = context.get("session");
    await members.put({ ...(await enrolmentOf(member)), locks });
    await sessions.endOthers(member, hash);
    return context.json({ locks: locks.length });
  });

  app.get("/api/me/deliveries", async (context) => {
    const prefix = `delivery/${context.get("session").member}/`;
    const deliveries = (await state.list<Delivery>(prefix)).map(({ value }) => value);
    return context.json({ deliveries });
  });

  app.delete("/api/me/deliveries/:id", async (context) => {
    const id = context.req.param("id");
    if (!/^[0-9a-f]{32}$/u.test(id)) throw notFound("delivery");
    await state.remove(`delivery/${context.get("session").member}/${id}`);
    return context.json({ done: true });
  });

  async function enrolmentOf(member: string): Promise<Enrolment> {
    const enrolment = await members.enrolment(member);
    if (enrolment === undefined) throw notFound("member");
    return enrolment;
  }
}
