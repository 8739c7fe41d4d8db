/** The processes of (e): our server over the sample, a bare one with the same bytes, and clients that append. */
import { createServer } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import process from "node:process";
import { expectOk } from "#record/result.ts";
import { fromParts } from "#storage/memory/store-parts.ts";
import type { NewEntry } from "#storage/contract.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { openLog } from "#log/sequencer.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { writeLogKey } from "#server/log-key.ts";
import { issueAll, type Draft } from "#session/issuing.ts";
import { currentRoomKey } from "#vault/keys/rooms.ts";
import { financeRoom } from "#session/session.ts";
import { sampleOrigin, sampleSeeds } from "#workspace/tour/sample-keys.ts";
import { keptSample } from "../scripts/build-sample.ts";
import type { AppendFigures } from "./section-http.ts";
import { deskAt, foundFor, serveFolder } from "./served-entries.ts";

/** The sample foundation on disk, served; prints the port and goes on until it is killed. */
export async function serveSample(): Promise<never> {
  const data = mkdtempSync(join(tmpdir(), "aigaq-bench-site-"));
  const { records } = await keptSample();
  const from = expectOk(fromParts(records.en));
  const store = expectOk(await openSqliteStore({ folder: data, mode: "create" }));
  const log = expectOk(
    await openLog({ store, logSigner: signerFromSeed(sampleSeeds.log), origin: sampleOrigin }),
  );
  const entries = [];
  for await (const { index, jwt, hash } of from.entries(0, (await from.head())?.size ?? 0)) {
    const box = await from.box(index);
    entries.push({ jwt, hash, ...(box !== undefined && { box }) });
  }
  expectOk(await log.append(entries));
  await store.close();
  writeLogKey(data, sampleOrigin, sampleSeeds.log);
  const server = await serveFolder(data);
  process.once("exit", () => rmSync(data, { recursive: true, force: true }));
  process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));
  return serving(Number(new URL(server.address).port));
}

/** What node:http does with the same bytes and headers when nothing else is done. */
export async function serveBare(task: { from: number; path: string; encoding: string }): Promise<never> {
  const { body, headers } = await rawAnswer(task);
  const server = createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(body);
  });
  process.once("SIGTERM", () => process.exit(0));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "localhost", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  return serving(port);
}

/** The bytes as they are on the wire, still compressed. */
async function rawAnswer(task: { from: number; path: string; encoding: string }) {
  const { get } = await import("node:http");
  return new Promise<{ body: Buffer; headers: string[] }>((resolve, reject) => {
    get(
      { port: task.from, host: "localhost", path: task.path, headers: { "Accept-Encoding": task.encoding } },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const own = new Set(["date", "connection", "keep-alive", "transfer-encoding"]);
          const headers: string[] = [];
          for (let i = 0; i < response.rawHeaders.length; i += 2)
            if (!own.has((response.rawHeaders[i] ?? "").toLowerCase()))
              headers.push(response.rawHeaders[i] ?? "", response.rawHeaders[i + 1] ?? "");
          resolve({ body: Buffer.concat(parts), headers });
        });
      },
    ).once("error", reject);
  });
}

function serving(port: number): Promise<never> {
  process.stdout.write(`${JSON.stringify({ port })}\n`);
  return new Promise<never>(() => {
    // Until it is killed.
  });
}

/** Signed entries made before the clock starts, sent by clients that each wait for their answer. */
export async function appendThroughHttp(task: {
  clients: number;
  perRequest: number;
  entries: number;
}): Promise<AppendFigures> {
  const data = mkdtempSync(join(tmpdir(), "aigaq-bench-append-"));
  const server = await serveFolder(data);
  const desk = deskAt(server.address);
  await foundFor(desk);
  const { session } = desk;
  const room = currentRoomKey(session.keyring, financeRoom);
  if (room === undefined) throw new Error("no finance room");
  // No stream: clients that race have no order among themselves, and the server numbers them.
  const drafts: Draft[] = Array.from({ length: task.entries }, (_, i) => ({
    type: "note",
    stream: "funds",
    pub: { number: i },
    hidden: { text: `an invented note ${i}` },
  }));
  const context = {
    genesis: await session.genesis(),
    anchor: { size: session.size, root: session.root },
    at: Math.floor(Date.now() / 1000),
  };
  const signer = signerFromSeed(session.keyring.device.signingSeed.reveal());
  const keys = {
    signer,
    randomBytes: desk.randomBytes,
    room: room.room,
    epoch: room.epoch,
    epochKey: room.key.reveal(),
  };
  const batches: (typeof drafts)[] = [];
  for (let at = 0; at < drafts.length; at += task.perRequest)
    batches.push(drafts.slice(at, at + task.perRequest));
  const sealed: NewEntry[][] = [];
  for (const batch of batches) sealed.push(await withoutStream(batch, context, keys));
  // It would follow the log and ask for each new head: what is measured is the clients below.
  desk.close();
  const times: number[] = [];
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: task.clients }, async () => {
      for (let mine = next++; mine < sealed.length; mine = next++) {
        const sent = performance.now();
        expectOk(await desk.server.append(sealed[mine] ?? [], {}));
        times.push(performance.now() - sent);
      }
    }),
  );
  const ms = performance.now() - begun;
  times.sort((a, b) => a - b);
  await server.stop();
  rmSync(data, { recursive: true, force: true });
  return {
    ...task,
    perSecond: (task.entries * 1000) / ms,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
  };
}

async function withoutStream(
  drafts: readonly Draft[],
  context: Parameters<typeof issueAll>[1],
  keys: Parameters<typeof issueAll>[2],
) {
  const { issueEntry } = await import("#record/issue.ts");
  const { sealBox } = await import("#vault/seal/box.ts");
  const { encodeEntryBox } = await import("#vault/seal/entry-box.ts");
  const entries = [];
  for (const { type, pub, hidden = {} } of drafts) {
    const { jwt, hash, disclosures } = issueEntry({ ...context, type, pub, hidden }, keys);
    const plaintext = encodeEntryBox({ disclosures });
    entries.push({ jwt, hash, box: await sealBox({ ...keys, entryHash: hash, plaintext }) });
  }
  return entries;
}

/** Serves a data folder until it is killed. */
export async function serveData({ data }: { data: string }): Promise<never> {
  const server = await serveFolder(data);
  process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));
  return serving(Number(new URL(server.address).port));
}
