// What one reader of the stream of changes can cost the server: a few events, however long he does not read.
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Person, type Served, serveFoundation } from "#test/server/served.ts";

let served: Served;
let officer: Person;
let socket: Socket | undefined;

/** The system's own buffers take some megabytes, and events are short. */
const filler = "x".repeat(10_000);

beforeEach(async () => {
  ({ served, officer } = await serveFoundation());
});

afterEach(async () => {
  socket?.destroy();
  await served[Symbol.asyncDispose]();
});

/** Grows the log, as far as the stream knows, until `isEnough`; answers with the number of events. */
async function tell(most: number, isEnough: () => boolean): Promise<number> {
  const { changes } = served.server.services;
  let told = 0;
  while (told < most && !isEnough()) {
    changes.tell("head", { size: told++, filler });
    // Each growth is a commit of its own: what can be sent is sent in between.
    if (told % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return told;
}

test("whoever does not read is let go before memory grows, and others hear on", async () => {
  const { changes } = served.server.services;
  const { hostname, port } = new URL(served.address);
  const slow = connect(Number(port), hostname).pause();
  socket = slow;
  await new Promise((resolve) => slow.once("connect", resolve));
  slow.write(
    `GET /api/changes HTTP/1.1\r\nHost: ${hostname}\r\nX-Aigaq: 1\r\nCookie: ${officer.cookie}\r\n\r\n`,
  );
  const answer = await officer.fetch("/api/changes");
  let heard = 0;
  const reading = (async () => {
    for await (const part of answer.body ?? []) heard += part.length;
  })();
  await until(() => changes.openStreams === 2);
  const before = process.memoryUsage();
  await tell(100_000, () => changes.openStreams < 2);
  const after = process.memoryUsage();
  expect(changes.openStreams).toBe(1);
  expect(after.arrayBuffers + after.external - before.arrayBuffers - before.external).toBeLessThan(32e6);
  const heardBefore = heard;
  await tell(20, () => false);
  await until(() => heard > heardBefore);
  // Their connection is closed too: it would hold up the server when it stops.
  slow.resume();
  await new Promise((resolve) => slow.once("close", resolve));
  await served.server.stop();
  await reading;
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 200) throw new Error("waited four seconds");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
