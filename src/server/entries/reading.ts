/** What a member's workspace reads of the record: hashes to check with, entries and boxes to open. */
import type { Context, Hono } from "hono";
import { concatBytes, fromHex, utf8 } from "#record/bytes.ts";
import type { RecordStore, SealedBox, StoredBox, StoredEntry } from "#storage/contract.ts";
import { notFound } from "../http-failure.ts";
import { malformed, mib, queryInteger } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";

/** One answer of `/api/entries` holds at most this; the client asks on from where it ended. */
const entriesPerAnswer = 4_096;
/** Positions in one question `at=`: their numbers have to fit into an address. */
const positionsPerAnswer = 256;
const bytesPerAnswer = 16 * mib;
const hashesPerAnswer = 262_144;

export function readingRoutes(app: Hono<ServerEnv>, { host, store }: Services): void {
  app.get("/api/head", (context) => context.json({ size: host.size, checkpoint: host.checkpoint() ?? null }));

  app.get("/api/leaf-hashes", async (context) => {
    const { from, to } = range(context, hashesPerAnswer);
    return bytesAnswer(context, await store.leafHashes(from, Math.min(to, host.size)));
  });

  app.get("/api/tile-roots", async (context) => {
    const level = queryInteger(context, "level", 7);
    const { from, to } = range(context, hashesPerAnswer);
    return bytesAnswer(context, await store.tileRoots(level, from, to));
  });

  app.get("/api/tiles/:level/:n", async (context) => {
    const [level, n] = [context.req.param("level"), context.req.param("n")].map(Number);
    if (
      level === undefined ||
      n === undefined ||
      !Number.isInteger(level) ||
      level > 7 ||
      !Number.isSafeInteger(n) ||
      n < 0
    )
      throw notFound("tile");
    const tile = await store.fullTile(level, n);
    if (tile === undefined) throw notFound("full tile");
    return bytesAnswer(context, tile);
  });

  app.get("/api/entries", async (context) => {
    const hasBoxes = context.req.query("boxes") === "1";
    if (context.req.query("at") !== undefined) {
      const positions = positionsOf(context).filter((position) => position < host.size);
      const boxOf = hasBoxes ? (index: number) => store.box(index) : undefined;
      return bytesAnswer(context, await framesOf(store.entriesAt(positions), boxOf));
    }
    const { from, to } = range(context, Number.MAX_SAFE_INTEGER);
    const end = Math.min(to, host.size, from + entriesPerAnswer);
    const boxOf = hasBoxes ? boxesInOrder(store, from, end) : undefined;
    return bytesAnswer(context, await framesOf(store.entries(from, end), boxOf));
  });

  app.get("/api/entry/:hash", async (context) => {
    const hash = fromHex(context.req.param("hash"));
    if (hash?.length !== 32) throw malformed("hash", "64 hex digits");
    const entry = await store.entryByHash(hash);
    if (entry === undefined) throw notFound("entry");
    return context.json({ index: entry.index });
  });
}

/** The frames of as many entries as fit into one answer. */
async function framesOf(
  entries: AsyncIterable<StoredEntry>,
  boxOf: ((index: number) => Promise<SealedBox | undefined>) | undefined,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const { index, jwt } of entries) {
    const frame = frameOf(jwt, await boxOf?.(index));
    // At least one, however long: a client that asked on from here would never come past it.
    if (length > 0 && length + frame.length > bytesPerAnswer) break;
    parts.push(frame);
    length += frame.length;
  }
  return concatBytes(...parts);
}

/** `?at=5,17,900`: positions in rising order, none twice. */
function positionsOf(context: Context): number[] {
  const positions = (context.req.query("at") ?? "")
    .split(",")
    .map((text) => (/^(?:0|[1-9]\d{0,14})$/u.test(text) ? Number(text) : Number.NaN));
  const isRising = positions.every((position, i) => i === 0 || position > (positions[i - 1] ?? Number.NaN));
  if (positions.length <= positionsPerAnswer && !positions.includes(Number.NaN) && isRising) return positions;
  throw malformed("at", `at most ${positionsPerAnswer} positions in rising order`);
}

/** Reads the boxes of a range along with its entries: asked for rising indexes, it gives the box of each that has one. */
function boxesInOrder(
  store: Pick<RecordStore, "boxes">,
  from: number,
  to: number,
): (index: number) => Promise<SealedBox | undefined> {
  const boxes = store.boxes(from, to)[Symbol.asyncIterator]();
  let next: IteratorResult<StoredBox> | undefined;
  return async (index) => {
    next ??= await boxes.next();
    while (next.done !== true && next.value.index < index) next = await boxes.next();
    return next.done !== true && next.value.index === index ? next.value : undefined;
  };
}

/** Length (4 bytes, big-endian) and bytes of the entry, of its box and of its key box; 0 where there is none. */
function frameOf(jwt: string, box: SealedBox | undefined): Uint8Array {
  const parts = [utf8(jwt), box?.box ?? empty, box?.keybox ?? empty];
  const frame = new Uint8Array(parts.reduce((length, part) => length + 4 + part.length, 0));
  const view = new DataView(frame.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    frame.set(part, at + 4);
    at += 4 + part.length;
  }
  return frame;
}
const empty = new Uint8Array(0);

function range(context: Context, max: number): { from: number; to: number } {
  const from = queryInteger(context, "from");
  const to = queryInteger(context, "to");
  if (to >= from && to - from <= max) return { from, to };
  throw malformed("to", `at least "from" and at most ${max} more`);
}

export function bytesAnswer(context: Context, bytes: Uint8Array): Response {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- never over shared memory
  return context.body(bytes as Uint8Array<ArrayBuffer>, 200, { "Content-Type": "application/octet-stream" });
}
