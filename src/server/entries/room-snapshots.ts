/**
 * What one reader of a room leaves for those who see the record for the first time: her books, sealed under a key of the room and
 * signed by her device. The server can tell neither from noise; it keeps one per room, and gives it to readers of that room only.
 */
import type { Context, Hono } from "hono";
import { fromHex, fromUtf8 } from "#record/bytes.ts";
import { parseEntry } from "#record/entry.ts";
import { officerRole } from "#record/key-directory.ts";
import type { StoredEntry } from "#storage/contract.ts";
import { limit } from "../access/requests.ts";
import { HttpFailure, notFound } from "../http-failure.ts";
import { mib, queryInteger, readBytes } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import { bytesAnswer } from "./reading.ts";

const roomSnapshotBytesMax = 64 * mib;
const roomPattern = /^[0-9a-f]{32}$/u;

export function roomSnapshotRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { store } = services;

  app.get("/api/rooms/:room/snapshot", async (context) => {
    const room = await roomOfReader(context, services);
    const bytes = await store.cache(cacheName(room));
    if (bytes === undefined || bytes.length === 0) throw notFound("snapshot");
    const from = context.req.query("from") === undefined ? 0 : queryInteger(context, "from");
    const to = context.req.query("to") === undefined ? bytes.length : queryInteger(context, "to");
    return bytesAnswer(context, bytes.subarray(from, Math.max(from, to)));
  });

  app.put("/api/rooms/:room/snapshot", async (context) => {
    const { member } = context.get("session");
    const room = await roomOfReader(context, services);
    limit(context, services, "roomSnapshot", member);
    const kept = await store.putCache(cacheName(room), await readBytes(context, roomSnapshotBytesMax));
    return context.json({ kept });
  });
}

/** Beside the members' own under `web/`, which cannot reach it: their names begin with the member. */
const cacheName = (room: string): string => `room/${room}`;

/** The room of the address, if the record names whoever asks among its readers. */
async function roomOfReader(context: Context<ServerEnv>, services: Services): Promise<string> {
  const room = context.req.param("room") ?? "";
  const readers = roomPattern.test(room) ? await readersOf(room, services) : undefined;
  // One answer for both: who does not read a room need not learn whether there is one.
  if (readers?.includes(context.get("session").member) === true) return room;
  throw new HttpFailure(403, "room-not-read", "The record does not name you among the readers of this room.");
}

/** Who reads a room by its newest epoch on the record. */
async function readersOf(
  room: string,
  { store, host }: Pick<Services, "store" | "host">,
): Promise<readonly string[] | undefined> {
  const prefix = `epoch/${room}/`;
  const objects = await store.objects(prefix);
  const epochs = objects.map(({ name }) => Number(/^\d+/u.exec(name.slice(prefix.length))?.[0] ?? -1));
  // An officer may have put a file there that no entry began: then the epoch before it is the newest.
  for (const epoch of [...new Set(epochs)].toSorted((a, b) => b - a)) {
    const pointer = objects.find(({ name }) => name === `${prefix}${epoch}/entry`);
    const hash = pointer === undefined ? undefined : fromHex(fromUtf8(pointer.bytes) ?? "");
    const entry = hash === undefined ? undefined : await store.entryByHash(hash);
    const readers = entry === undefined ? undefined : readersIn(entry, { room, epoch }, host);
    if (readers !== undefined) return readers;
  }
  // The first epoch of the books begins with the foundation, which leaves no pointer.
  for await (const entry of store.entries(1, 2)) return readersIn(entry, { room, epoch: 0 }, host);
  return undefined;
}

function readersIn(
  { jwt, index }: StoredEntry,
  { room, epoch }: { readonly room: string; readonly epoch: number },
  { state }: Services["host"],
): readonly string[] | undefined {
  const parsed = parseEntry(jwt);
  if (!parsed.ok || parsed.value.payload.type !== "room.epoch") return undefined;
  const { pub } = parsed.value.payload;
  const author = state.keys.keyAt(parsed.value.kid, index);
  if (!author.ok || !author.value.roles.includes(officerRole)) return undefined;
  if (pub["room"] !== room || pub["epoch"] !== epoch || !Array.isArray(pub["readers"])) return undefined;
  return pub["readers"].filter((reader) => typeof reader === "string");
}
