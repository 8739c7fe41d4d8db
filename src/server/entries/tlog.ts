/**
 * The log for everyone, as C2SP tlog-tiles names its parts: checkpoint, hash tiles, bundles of the 33-byte leaves. It shows how
 * many entries there are and proves that none is changed; it shows neither author, type nor size.
 */
import type { Hono } from "hono";
import { encodeEntryBundle, parseTilePath, tileWidth } from "#record/tiles.ts";
import { leafBytes } from "#record/entry.ts";
import { readTile } from "#storage/tile-reader.ts";
import { notFound } from "../http-failure.ts";
import type { Services, ServerEnv } from "../services.ts";
import { bytesAnswer } from "./reading.ts";

/** A tile of a given width never changes. */
const forEver = "public, max-age=31536000, immutable";

export function tlogRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { host } = services;

  app.get("/checkpoint", (context) => {
    const checkpoint = host.checkpoint();
    if (checkpoint === undefined) throw notFound("checkpoint yet");
    return context.body(checkpoint, 200, {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-cache",
      "Access-Control-Allow-Origin": "*",
    });
  });

  app.get("/tile/*", async (context) => {
    const bytes = await tileBytesAt(services, context.req.path.slice(1));
    if (bytes === undefined) throw notFound("tile");
    const answer = bytesAnswer(context, bytes);
    answer.headers.set("Cache-Control", forEver);
    answer.headers.set("Access-Control-Allow-Origin", "*");
    return answer;
  });
}

async function tileBytesAt({ store, host }: Services, path: string): Promise<Uint8Array | undefined> {
  const place = parseTilePath(path);
  if (!place.ok) return undefined;
  const { kind, n, width } = place.value;
  if (kind === "tile") {
    // Nothing beyond the checkpoint: its tiles are not signed for yet.
    if (n * tileWidth + width > Math.floor(host.size / tileWidth ** place.value.level)) return undefined;
    const bytes = await readTile(store, place.value);
    return bytes?.length === width * 32 ? bytes : undefined;
  }
  const from = n * tileWidth;
  if (from + width > host.size) return undefined;
  const leaves: Uint8Array[] = [];
  for await (const { hash } of store.entries(from, from + width)) leaves.push(leafBytes(hash));
  return leaves.length === width ? encodeEntryBundle(leaves) : undefined;
}
