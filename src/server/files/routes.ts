/** Encrypted files, up to 2 GB: sent in chunks that may be resumed, read in whole or in part. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Context, Hono } from "hono";
import { requireOfficer } from "../access/requests.ts";
import { HttpFailure, failureOf, notFound } from "../http-failure.ts";
import { kib, mib, queryInteger, readBytes, readObject } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import type { UploadRefusal } from "./uploads.ts";

const chunkBytesMax = 8 * mib;

export function fileRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { files, uploads, settings } = services;
  const memberOf = (context: Context<ServerEnv>) => context.get("session").member;

  app.post("/api/files", async (context) => {
    const body = await readObject(context, kib);
    const begun = uploads.begin(memberOf(context), body.integer("size", 1, settings.fileBytesMax));
    if (!begun.ok) throw refused(begun.refusal);
    return context.json({ id: begun.value, chunk: chunkBytesMax });
  });

  app.put("/api/files/:id", async (context) => {
    const offset = queryInteger(context, "offset");
    const { id } = context.req.param();
    const bytes = await readBytes(context, chunkBytesMax);
    const added = uploads.add(memberOf(context), id, offset, bytes);
    if (!added.ok) throw refused(added.refusal);
    return context.json({ offset: added.value });
  });

  app.get("/api/files/:id/state", async (context) => {
    const { id } = context.req.param();
    const state = uploads.state(memberOf(context), id);
    if (state !== undefined) return context.json({ offset: state.offset, size: state.size, done: false });
    const size = await files.size(id);
    if (size === undefined) throw notFound("file");
    return context.json({ offset: size, size, done: true });
  });

  app.post("/api/files/:id/finish", async (context) => {
    const { id } = context.req.param();
    const body = await readObject(context, kib);
    const sha256 = body.has("sha256") ? body.hex("sha256", 32) : undefined;
    const finished = await uploads.finish(memberOf(context), id, sha256);
    // Asked again after a lost answer: it is done.
    if (!finished.ok && !(finished.refusal.code === "upload-unknown" && (await files.size(id)) !== undefined))
      throw refused(finished.refusal);
    return context.json({ id, done: true });
  });

  app.get("/api/files/:id", async (context) => {
    const { id } = context.req.param();
    const size = await files.size(id);
    if (size === undefined) throw notFound("file");
    const range = rangeOf(context.req.header("range"), size);
    if (range === "wrong")
      throw new HttpFailure(416, "range-wrong", `The file has ${size} bytes.`, {
        headers: { "Content-Range": `bytes */${size}` },
      });
    const { from, to } = range ?? { from: 0, to: size - 1 };
    const stream = createReadStream(join(settings.data, "files", id), { start: from, end: to });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's own stream type, the same thing
    const body = Readable.toWeb(stream) as unknown as ReadableStream;
    return context.body(body, range === undefined ? 200 : 206, {
      "Content-Type": "application/octet-stream",
      "Content-Length": String(to - from + 1),
      "Accept-Ranges": "bytes",
      ...(range !== undefined && { "Content-Range": `bytes ${from}-${to}/${size}` }),
    });
  });

  app.delete("/api/files/:id", async (context) => {
    const { id } = context.req.param();
    if (!uploads.remove(memberOf(context), id)) {
      if ((await files.size(id)) === undefined) throw notFound("file");
      // A finished file may be the receipt that an entry refers to: erasing it is an officer's decision.
      requireOfficer(context, services);
      await files.delete(id);
    }
    return context.json({ done: true });
  });
}

function refused(refusal: UploadRefusal): HttpFailure {
  switch (refusal.code) {
    case "upload-unknown":
      return failureOf(404, refusal);
    case "too-many-uploads":
      return failureOf(429, refusal);
    case "upload-too-long":
      return failureOf(413, refusal);
    case "offset-wrong":
    case "upload-incomplete":
    case "upload-differs":
      return failureOf(409, refusal);
  }
}

/** One range, as browsers send it; several or none in bytes are ignored, as RFC 9110 allows. */
function rangeOf(
  header: string | undefined,
  size: number,
): { from: number; to: number } | "wrong" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return from > to || from >= size ? "wrong" : { from, to };
}
