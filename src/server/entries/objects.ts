/** Named objects of the record (epoch files and the like) and the cache of sealed snapshots. */
import type { Context, Hono } from "hono";
import { HttpFailure, notFound } from "../http-failure.ts";
import { mib, readBytes } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import { isClientName, objectNamePattern } from "./incoming.ts";
import { bytesAnswer } from "./reading.ts";

const snapshotBytesMax = 64 * mib;

export function objectRoutes(app: Hono<ServerEnv>, { store }: Services): void {
  app.get("/api/objects", async (context) => {
    const objects = await store.objectSizes(context.req.query("prefix") ?? "");
    return context.json({ names: objects.map(({ name }) => name).filter(isClientName) });
  });

  app.get("/api/objects/:name{.+}", async (context) => {
    const name = context.req.param("name");
    const bytes = isClientName(name) ? await store.object(name) : undefined;
    if (bytes === undefined) throw notFound("object");
    return bytesAnswer(context, bytes);
  });

  app.get("/api/cache/:name{.+}", async (context) => {
    const name = context.req.param("name");
    const bytes = objectNamePattern.test(name) ? await store.cache(cacheName(context, name)) : undefined;
    if (bytes === undefined) throw notFound("snapshot");
    return bytesAnswer(context, bytes);
  });

  app.put("/api/cache/:name{.+}", async (context) => {
    const name = context.req.param("name");
    if (!objectNamePattern.test(name) || name.includes(".."))
      throw new HttpFailure(400, "field-malformed", "This is no name for a snapshot.");
    const kept = await store.putCache(cacheName(context, name), await readBytes(context, snapshotBytesMax));
    return context.json({ kept });
  });
}

/**
 * Each member has snapshots of her own, so that nobody can put others in their place; and apart from those of commands that run
 * in the same folder, which are of another form.
 */
function cacheName(context: Context<ServerEnv>, name: string): string {
  return `web/${context.get("session").member}/${name}`;
}
