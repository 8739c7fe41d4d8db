// A server that starts: it listens before it has read its log, answers what needs none of it, and gives no half answer.
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite } from "#site/site.ts";
import { expectOk } from "#record/result.ts";
import type { RecordStore } from "#storage/contract.ts";
import { type Person, type Served, expectStatus, refusal, serveFoundation } from "#test/server/served.ts";
import { openLogHost, type LogHost } from "./entries/log-host.ts";
import { openServer, RunningServer } from "./server.ts";
import { isReadySoon } from "./until-ready.ts";

let served: Served;
let officer: Person;

beforeEach(async () => {
  ({ served, officer } = await serveFoundation());
  const entries = Array.from({ length: 300 }, (_, i) => officer.issue({ pub: { i } }));
  await expectStatus(officer.append(entries), 200);
  const title = { kk: "Жинақ", ru: "Сбор", en: "Appeal" };
  const appeal = { id: "A-2025-001", opened: "2025-01-01", title, currency: "KZT", hashtag: "#jinaq" };
  await expectStatus(officer.append([officer.issue({ type: "appeal", pub: appeal })]), 200);
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

/** A second server over the same storage, whose reading stops in the middle until it is let go on. */
async function starting(): Promise<{ server: RunningServer; host: LogHost; goOn(): void; person: Person }> {
  const { services } = served.server;
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  const store: RecordStore = Object.create(services.store, {
    entries: {
      async *value(from: number, to: number) {
        for await (const entry of services.store.entries(from, to)) {
          if (from === 0 && to > 1 && entry.index === 20) await promise;
          yield entry;
        }
      },
    },
  }) as RecordStore;
  for (const name of ["head", "leafHashes", "tileRoots", "fullTile", "commit", "entryByHash"] as const)
    Object.defineProperty(store, name, { value: services.store[name].bind(services.store) });
  const site = openSite();
  const host = expectOk(
    await openLogHost({ store, key: services.logKey, take: (parsed, index) => site.take(parsed, index) }),
  );
  const server = new RunningServer({ ...services, host }, site);
  expectOk(await server.listen());
  const person = Object.create(officer, {
    fetch: {
      value: (path: string, init: RequestInit & { json?: unknown } = {}) => {
        const headers = new Headers({ "X-Aigaq": "1", Origin: server.address, Cookie: officer.cookie ?? "" });
        if (init.json === undefined) return fetch(server.address + path, { headers });
        headers.set("Content-Type", "application/json");
        return fetch(server.address + path, { method: "POST", headers, body: JSON.stringify(init.json) });
      },
    },
  }) as Person;
  return { server, host, goOn, person };
}

/** What of the answers is there, and what waits. */
async function settled(answers: readonly Promise<Response>[]): Promise<boolean[]> {
  const isThere = answers.map(() => false);
  for (const [i, answer] of answers.entries()) void answer.then(() => (isThere[i] = true));
  await new Promise((resolve) => setTimeout(resolve, 300));
  return isThere;
}

test("what needs no entry is answered at once", async () => {
  const { server, goOn } = await starting();
  const ask = (path: string) => fetch(server.address + path);
  expect(await (await ask("/health")).json()).toEqual({ ok: true, started: true, size: 302, ready: false });
  expect(await (await ask("/checkpoint")).text()).toBe(served.server.services.host.checkpoint());
  expect((await (await ask("/tile/0/001.p/46")).arrayBuffer()).byteLength).toBe(46 * 32);
  expect(await (await ask("/api/foundation")).json()).toMatchObject({ started: true, name: "Үлгі" });
  goOn();
  await server.ready;
  expect(await (await ask("/health")).json()).toMatchObject({ ok: true, ready: true });
});

test("pages, sign-ins, reading and appending wait, and nothing of them is lost or half", async () => {
  const { server, goOn, person } = await starting();
  const entry = officer.issue();
  const asked = [
    fetch(`${server.address}/en/appeals/A-2025-001`),
    fetch(`${server.address}/data/appeals/A-2025-001.json`),
    person.fetch("/api/head"),
    person.fetch("/api/sign-in/start", { json: { member: "M-01" } }),
    person.append([entry]),
  ];
  expect(await settled(asked)).toEqual([false, false, false, false, false]);
  goOn();
  const answers = await Promise.all(asked);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await answers[0]?.text()).toContain("Appeal");
  expect(await served.server.services.store.entryByHash(entry.hash)).toMatchObject({ index: 302 });
});

test("what is sent to the log itself before it is read is judged behind it", async () => {
  const { server, host, goOn } = await starting();
  const append = served.server.services.host.append.bind(host);
  expect(host.isReady).toBe(false);
  const refused = append({ entries: [], objects: [], expectedSize: 7, as: "anyone" });
  goOn();
  expect(await refused).toMatchObject({ ok: false, refusal: { code: "stale-head" } });
  expect(host.isReady).toBe(true);
  await server.ready;
});

test("whoever has waited long enough is told that the server is starting, and when to come back", async () => {
  const { host, goOn } = await starting();
  expect(await isReadySoon(host, 20)).toBe(false);
  const { Hono } = await import("hono");
  const { untilReady } = await import("./until-ready.ts");
  const app = new Hono().use("*", untilReady(host, 20) as never).get("/", (context) => context.text("in"));
  app.onError((cause) => Response.json({ ...cause }, { status: 503 }));
  const answer = await app.request("/");
  expect(await answer.json()).toMatchObject({
    status: 503,
    code: "starting",
    headers: { "Retry-After": "5" },
  });
  goOn();
  await host.ready;
  expect(await (await app.request("/")).text()).toBe("in");
});

test("a server that is stopped while it reads stops, and whoever waits is not left hanging", async () => {
  const { server, host, goOn, person } = await starting();
  const waiting = person.fetch("/api/head").catch(() => undefined);
  await settled([]);
  const stopped = server.stop();
  goOn();
  await stopped;
  expect((await waiting)?.status).toBe(503);
  expect(host.damage).toBeUndefined();
});

test.each([
  [
    "an entry was exchanged",
    "UPDATE entries SET jwt = (SELECT jwt FROM entries WHERE idx = 8) WHERE idx = 9",
  ],
  ["an entry was altered", "UPDATE entries SET jwt = replace(jwt, 'a', 'b') WHERE idx = 9"],
  ["an entry was removed", "DELETE FROM entries WHERE idx = 9"],
])(
  "a log in which %s is given up: nothing is signed on top of it, and no page is made of it",
  async (_, sql) => {
    const { settings } = served.server.services;
    await served.server.stop();
    const db = new DatabaseSync(join(settings.data, "aigaq.db"));
    db.exec(sql);
    db.close();
    const reports: string[] = [];
    const server = expectOk(await openServer({ settings, report: (problem) => void reports.push(problem) }));
    try {
      await expect(server.ready).rejects.toMatchObject({ code: "store-damaged" });
      const ask = (path: string) => fetch(server.address + path);
      const health = await ask("/health");
      expect([health.status, await health.json()]).toEqual([
        503,
        { ok: false, started: true, size: 302, ready: false },
      ]);
      expect((await ask("/en/")).status).toBe(503);
      expect(await refusal(ask("/api/head"))).toBe("500 store-damaged");
      expect(reports.join()).toContain("store-damaged");
      expect(
        await server.services.host.append({
          entries: [],
          objects: [],
          expectedSize: undefined,
          as: "anyone",
        }),
      ).toMatchObject({ ok: false, refusal: { code: "stopping" } });
    } finally {
      await server.stop();
    }
  },
);
