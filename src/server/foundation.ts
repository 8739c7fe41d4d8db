/** The first entries of a foundation: once, while the log is empty. */
import { timingSafeEqual } from "node:crypto";
import type { Hono } from "hono";
import { toHex, utf8 } from "#record/bytes.ts";
import { parseEntry } from "#record/entry.ts";
import { isObject } from "#record/entry.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { enrolmentObject, readEnrolment } from "./access/members.ts";
import { giveCookie, isFromHere, limit } from "./access/requests.ts";
import { appendChecked } from "./entries/append.ts";
import { appendBodyMax, readEntries, readObjects } from "./entries/incoming.ts";
import { HttpFailure } from "./http-failure.ts";
import { malformed, readObject } from "./request-body.ts";
import type { Services, ServerEnv } from "./services.ts";

export function foundationRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { host, logKey, settings, store, sessions } = services;

  app.get("/api/foundation", async (context) => {
    const pub = await genesisFields();
    return context.json({
      started: host.size > 0,
      logKey: logKey.vkey,
      ...(pub !== undefined && { genesis: toHex(pub.hash), ...publicFacts(pub.fields) }),
      startCodeNeeded: host.size === 0 && !isFromHere(context, settings),
    });
  });

  app.post("/api/foundation", async (context) => {
    limit(context, services, "foundation");
    if (host.size > 0)
      throw new HttpFailure(409, "foundation-started", "There is a foundation here already.");
    if (!isFromHere(context, settings) && !isStartCode(context.req.header("x-start-code") ?? ""))
      throw new HttpFailure(
        403,
        "start-code-wrong",
        "Type the start code that the server printed when it started.",
      );
    const body = await readObject(context, appendBodyMax);
    const entries = readEntries(body, 1);
    const objects = readObjects(body);
    const member = readEnrolment(body.object("member"));
    const officer = entries[0]?.parsed.payload.pub["officer"];
    if (!isObject(officer) || officer["member"] !== member.member)
      throw malformed("member.member", "the officer whom the first entry names");
    // One commit: a foundation without its officer's keyring would be a record that nobody can continue.
    const { size, checkpoint } = await appendChecked(services, {
      entries,
      objects: [...objects, enrolmentObject(member)],
      expectedSize: 0,
      as: { member: member.member },
    });
    // She has just signed with the officer's key.
    const token = await sessions.begin(member.member);
    if (token !== undefined) giveCookie(context, settings, token);
    return context.json({ size, checkpoint });
  });

  function isStartCode(typed: string): boolean {
    const [a, b] = [utf8(typed.trim().toUpperCase()), utf8(services.startCode)];
    return a.length === b.length && timingSafeEqual(a, b);
  }

  async function genesisFields(): Promise<{ hash: Uint8Array; fields: JsonObject } | undefined> {
    if (host.size === 0) return undefined;
    for await (const { jwt } of store.entries(0, 1)) {
      const parsed = parseEntry(jwt);
      if (parsed.ok) return { hash: parsed.value.hash, fields: parsed.value.payload.pub };
    }
    return undefined;
  }
}

/** What of the genesis entry a page shows before anyone has signed in. All of it is public in the record. */
function publicFacts({ name, currency, languages }: JsonObject): JsonObject {
  return {
    ...(typeof name === "string" && { name }),
    ...(typeof currency === "string" && { currency }),
    ...(Array.isArray(languages) && { languages }),
  };
}

/** Eight letters and digits without those that look alike: 40 bits, asked for at most five times a minute. */
export function newStartCode(randomBytes: (length: number) => Uint8Array): string {
  return [...randomBytes(8)].map((byte) => startCodeLetters[byte % 32] ?? "").join("");
}
const startCodeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
