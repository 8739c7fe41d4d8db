import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { equalBytes } from "#record/bytes.ts";
import type { Result } from "#record/result.ts";
import type { Appended } from "#log/sequencer.ts";
import type { NamedObject } from "#storage/contract.ts";
import { HttpFailure, failureOf } from "../http-failure.ts";
import { readObject } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import { appendBodyMax, readEntries, readObjects } from "./incoming.ts";
import type { AppendRequest, HostRefusal } from "./log-host.ts";

export function appendRoutes(app: Hono<ServerEnv>, services: Services): void {
  app.post("/api/entries", async (context) => {
    const body = await readObject(context, appendBodyMax);
    const appended = await appendChecked(services, {
      entries: readEntries(body),
      objects: readObjects(body),
      expectedSize: body.has("expectedSize")
        ? body.integer("expectedSize", 0, Number.MAX_SAFE_INTEGER)
        : undefined,
      as: { member: context.get("session").member },
    });
    return context.json(appended);
  });
}

/** Appends, or throws what to answer instead. */
export async function appendChecked(services: Services, request: AppendRequest): Promise<Appended> {
  refuseObjectsOf(services, request);
  await refuseChangedObjects(services, request.objects);
  const result: Result<Appended, HostRefusal> = await services.host.append(request);
  if (result.ok) return result.value;
  const { refusal } = result;
  if (refusal.code !== "stale-head") throw failureOf(statusOf(refusal.code), refusal);
  throw new HttpFailure(409, "stale-head", refusal.message, { details: { size: services.host.size } });
}

/**
 * Only officers begin epochs, and nothing else is kept as an object. Names of the next epochs are no secret and are written
 * once: who took one first could neither be removed from the room, nor could anyone open it after her.
 */
function refuseObjectsOf({ host }: Services, { entries, objects, as }: AppendRequest): void {
  if (objects.length === 0 || host.size === 0 || as === "anyone" || host.state.isOfficer(as.member)) return;
  // Whoever is appointed by root keys is an officer from that entry on; if it is not taken, nothing of the request is.
  if (entries.some(({ parsed }) => parsed.payload.type === "key.appoint")) return;
  throw new HttpFailure(403, "not-an-officer", "Only an officer may add objects to the record.");
}

/** Objects are written once: an epoch file that a member could replace would lock the others out of a room. */
async function refuseChangedObjects({ store }: Services, objects: readonly NamedObject[]): Promise<void> {
  for (const { name, bytes } of objects) {
    const known = await store.object(name);
    if (known !== undefined && !equalBytes(known, bytes))
      throw new HttpFailure(409, "object-known", `There is another object "${name}" already.`, {
        details: { name },
      });
  }
}

function statusOf(code: string): ContentfulStatusCode {
  switch (code) {
    case "disk-full":
      return 507;
    case "stopping":
      return 503;
    case "entry-known":
      return 409;
    case "entry-too-large":
    case "box-too-large":
      return 413;
    case "author-not-you":
      return 403;
    default:
      return 422;
  }
}
