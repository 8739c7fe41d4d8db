// The server as a whole: what it shows to whom, what it says of itself, and that stopping it loses nothing.
import { cpSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { request as rawRequest } from "node:http";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toBase64Url, utf8 } from "#record/bytes.ts";
import { openServer } from "./server.ts";
import { collect } from "#storage/conformance.ts";
import { Person, type Served, expectStatus, refusal, serve, serveFoundation } from "#test/server/served.ts";

let served: Served;
let officer: Person;

describe("a foundation", () => {
  beforeEach(async () => {
    served = await serve();
    officer = new Person(served, "M-01");
  });
  afterEach(async () => {
    await served[Symbol.asyncDispose]();
  });

  test("is started once, from this machine without a code, and its officer is signed in at once", async () => {
    const before = await officer.get<Record<string, unknown>>("/api/foundation");
    expect(before).toEqual({
      started: false,
      logKey: served.server.services.logKey.vkey,
      startCodeNeeded: false,
    });
    const front = await officer.fetch("/");
    expect([front.status, front.headers.get("location")]).toEqual([302, "/app/"]);
    expect((await officer.found()).status).toBe(200);
    expect(await officer.get("/api/me")).toEqual({ member: "M-01", officer: true });
    expect(await officer.get("/api/foundation")).toMatchObject({
      started: true,
      name: "Үлгі",
      currency: "KZT",
    });
    expect(await refusal(officer.found())).toBe("409 foundation-started");
  });

  test("needs the start code from anywhere else: another machine, a proxy, a name that was pointed here", async () => {
    const { app, services } = served.server;
    const ask = async (remoteAddress: string, host: string, headers: Record<string, string> = {}) => {
      const answer = await app.request(
        `http://${host}/api/foundation`,
        { headers },
        { incoming: { socket: { remoteAddress } } },
      );
      return ((await answer.json()) as { startCodeNeeded: boolean }).startCodeNeeded;
    };
    expect(await ask("::ffff:127.0.0.1", "localhost:8080")).toBe(false);
    expect(await ask("203.0.113.9", "localhost:8080")).toBe(true);
    expect(await ask("127.0.0.1", "aigaq.example.invalid")).toBe(true);
    expect(await ask("127.0.0.1", "127.example.invalid")).toBe(true);
    expect(await ask("127.0.0.1", "localhost", { "X-Forwarded-For": "203.0.113.9" })).toBe(true);

    const proxied = { "X-Forwarded-For": "203.0.113.9" };
    expect(await refusal(officer.found(proxied))).toBe("403 start-code-wrong");
    expect(await refusal(officer.found({ ...proxied, "X-Start-Code": "AAAAAAAA" }))).toBe(
      "403 start-code-wrong",
    );
    expect((await officer.found({ ...proxied, "X-Start-Code": services.startCode })).status).toBe(200);
  });

  test("names this server's log and enrols the officer it names, else nothing of it is there", async () => {
    const post = (genesis: { jwt: string }, member: object) =>
      officer.fetch("/api/foundation", {
        method: "POST",
        json: { entries: [{ jwt: genesis.jwt }], objects: [], member },
      });
    const other = officer.issueGenesis("elsewhere+00000000+AAAA");
    expect(await refusal(post(other, officer.enrolment))).toBe("422 genesis-log-wrong");
    const { enrolment } = new Person(served, "M-02");
    expect(await refusal(post(officer.issueGenesis(), enrolment))).toBe("400 field-malformed");
    expect(await served.server.services.store.objects("server/member/")).toEqual([]);
    expect(served.server.services.host.size).toBe(0);
  });
});

describe("a running server", () => {
  beforeEach(async () => {
    ({ served, officer } = await serveFoundation());
  });
  afterEach(async () => {
    await served[Symbol.asyncDispose]();
  });

  test("changes nothing for another site, nor without the header that no form can send", async () => {
    const post = (headers: Record<string, string>) =>
      officer.fetch("/api/sign-out", { method: "POST", headers });
    expect(await refusal(post({ "X-Aigaq": "" }))).toBe("403 header-missing");
    expect(await refusal(post({ Origin: "https://elsewhere.example.invalid" }))).toBe("403 origin-foreign");
    expect(await refusal(post({ Origin: "null" }))).toBe("403 origin-foreign");
    expect(await officer.get("/api/me")).toMatchObject({ member: "M-01" });
    const crossSite = await officer.fetch("/api/foundation", {
      headers: { Origin: "https://elsewhere.example.invalid" },
    });
    expect(crossSite.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("shows nothing of the record to who is not signed in, at any address", async () => {
    officer.cookie = undefined;
    for (const path of [
      "/api/me",
      "/api/head",
      "/api/leaf-hashes?from=0&to=1",
      "/api/tile-roots?level=0&from=0&to=1",
      "/api/tiles/0/0",
      "/api/entries?from=0&to=1",
      "/api/entry/00",
      "/api/objects?prefix=",
      "/api/objects/epoch/x",
      "/api/cache/books",
      "/api/files/00/state",
      "/api/letters/answers",
      "/api/invitations",
      "/api/members",
      "/api/changes",
      "/api/anything-else",
    ])
      expect([path, await refusal(officer.fetch(path))]).toEqual([path, "401 not-signed-in"]);
  });

  test("sends headers with every answer that keep browsers from guessing, framing and keeping it", async () => {
    for (const path of ["/health", "/api/me", "/checkpoint", "/nothing"]) {
      const { headers } = await officer.fetch(path);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("referrer-policy"), path).toBe("no-referrer");
      expect(headers.get("content-security-policy"), path).toContain("default-src 'none'");
      expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
      expect(headers.get("x-powered-by"), path).toBeNull();
    }
    expect((await officer.fetch("/api/me")).headers.get("cache-control")).toBe("no-store");
  });

  test("hides its own mistakes from the stranger and tells the operator", async () => {
    served.server.services.store.entryByHash = async () => {
      throw new Error("secret detail");
    };
    const answer = await officer.fetch(`/api/entry/${"0".repeat(64)}`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret detail");
    expect(served.reports.join()).toContain("secret detail");
  });

  test("an address outside gets no further than the door", async () => {
    for (const path of [
      "/app/../../package.json",
      "/app/%2e%2e/%2e%2e/package.json",
      "/app/..%2f..%2fpackage.json",
      "/app/.sources",
    ])
      expect(await statusOf(served.address, path), path).toBe(404);
  });
});

describe("the workspace's files", () => {
  beforeEach(async () => {
    ({ served, officer } = await serveFoundation());
    const app = join(served.folder, "app");
    mkdirSync(join(app, "assets"), { recursive: true });
    const page =
      '<!doctype html><script nonce="__NONCE__" src="/app/assets/a-1.js"></script><meta content="__NONCE__">';
    writeFileSync(join(app, "index.html"), page);
    writeFileSync(join(app, "assets/a-1.js"), "let a = 1;");
    writeFileSync(join(app, "assets/a-1.js.br"), brotliCompressSync(utf8("let a = 1;")));
    writeFileSync(join(served.folder, "verify.html"), "<!doctype html><title>verify</title>");
  });
  afterEach(async () => {
    await served[Symbol.asyncDispose]();
  });

  test("come with a policy that lets in our scripts alone, and a fresh nonce for styles in each answer", async () => {
    const nonces = new Set<string>();
    for (const path of ["/app/", "/app/appeals/A-2025-003", "/app/index.html"]) {
      const answer = await officer.fetch(path);
      const policy = answer.headers.get("content-security-policy") ?? "";
      const [, nonce = ""] = /style-src 'self' 'nonce-([^']+)'/u.exec(policy) ?? [];
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(policy).not.toContain("unsafe-inline' 'self'");
      expect(policy).toContain("worker-src 'self'");
      const text = await answer.text();
      expect(text.split(nonce)).toHaveLength(3);
      expect(text).not.toContain("__NONCE__");
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  test("with a digest in their name are kept for ever, in the form that the build compressed; others are asked for anew", async () => {
    const asset = await officer.fetch("/app/assets/a-1.js", { headers: { "Accept-Encoding": "br" } });
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect(asset.headers.get("content-encoding")).toBe("br");
    expect(await asset.text()).toBe("let a = 1;");
    const etag = asset.headers.get("etag") ?? "";
    const again = await officer.fetch("/app/assets/a-1.js", { headers: { "If-None-Match": etag } });
    expect(again.status).toBe(304);
    const verify = await officer.fetch("/verify.html");
    expect([verify.status, verify.headers.get("cache-control")]).toEqual([200, "no-cache"]);
    expect((await officer.fetch("/app/assets/missing.js")).status).toBe(404);
  });
});

describe("open workspaces", () => {
  beforeEach(async () => {
    ({ served, officer } = await serveFoundation());
  });
  afterEach(async () => {
    await served[Symbol.asyncDispose]();
  });

  test("hear at once where the log stands, and then of each growth", async () => {
    const events = await listen(officer);
    expect(await events.next()).toEqual('event: head\ndata: {"size":1}');
    await expectStatus(officer.append([officer.issue()]), 200);
    expect(await events.next()).toEqual('event: head\ndata: {"size":2}');
    await events.close();
    // A stream that the browser left is forgotten.
    await expectStatus(officer.append([officer.issue()]), 200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(served.server.services.changes.openStreams).toBe(0);
  });

  test("are let go when the server stops, and may not be more than twenty for one member", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => listen(officer)));
    expect(await refusal(officer.fetch("/api/changes"))).toBe("429 too-many-streams");
    const [first] = all;
    expect(await first?.next()).toContain("head");
    const began = performance.now();
    await served.server.stop();
    expect(performance.now() - began).toBeLessThan(3_000);
    for (const events of all) expect(await events.ended()).toBe(true);
  });
});

describe("a server that cannot start", () => {
  test("says that the port is taken, or that the log's key is gone, and leaves the folder to others", async () => {
    ({ served, officer } = await serveFoundation());
    try {
      const { settings } = served.server.services;
      const port = Number(new URL(served.address).port);
      const other = { ...settings, port, data: join(served.folder, "other") };
      expect(await openServer({ settings: other })).toMatchObject({
        ok: false,
        refusal: { code: "cannot-listen" },
      });
      expect(await openServer({ settings })).toMatchObject({
        ok: false,
        refusal: { code: "data-folder-busy" },
      });
      await served.server.stop();
      const key = join(settings.data, "keys/log.key");
      renameSync(key, `${key}.away`);
      expect(await openServer({ settings })).toMatchObject({
        ok: false,
        refusal: { code: "log-key-missing" },
      });
      writeFileSync(key, "no key\n");
      expect(await openServer({ settings })).toMatchObject({
        ok: false,
        refusal: { code: "log-key-malformed" },
      });
      renameSync(`${key}.away`, key);
      await served.restart();
      expect(served.server.services.host.size).toBe(1);
      expect(statSync(key).mode & 0o077).toBe(0);
    } finally {
      await served[Symbol.asyncDispose]();
    }
  });

  test("does not sign on top of an older copy than a witness has seen", async () => {
    ({ served, officer } = await serveFoundation());
    try {
      const { settings, host } = served.server.services;
      await served.server.stop();
      const backup = join(served.folder, "backup");
      cpSync(settings.data, backup, { recursive: true });
      await served.restart();
      await expectStatus(officer.append([officer.issue()]), 200);
      const seen = served.server.services.host.checkpoint() ?? "";
      expect(host.size).toBe(1);
      const restored = await openServer({ settings: { ...settings, data: backup }, witnessed: () => [seen] });
      expect(restored).toMatchObject({ ok: false, refusal: { code: "behind-witness" } });
    } finally {
      await served[Symbol.asyncDispose]();
    }
  });
});

describe("stopping", () => {
  test("answers and keeps what was accepted, refuses what comes after, and the next start has it all", async () => {
    ({ served, officer } = await serveFoundation());
    try {
      const entries = Array.from({ length: 40 }, (_, i) => officer.issue({ pub: { i } }));
      const sent = entries.map((entry) => officer.append([entry]).catch(() => undefined));
      // Some are committed, some wait, some are still on their way.
      await sent[0];
      await served.server.stop();
      const answers = await Promise.all(sent);
      await served.restart();
      const stored = new Set(
        (await collect(served.server.services.store.entries(0, 99))).map(({ jwt }) => jwt),
      );
      let acknowledged = 0;
      for (const [i, answer] of answers.entries()) {
        if (answer?.status !== 200) continue;
        acknowledged++;
        expect(stored.has(entries[i]?.jwt ?? "")).toBe(true);
      }
      expect(acknowledged).toBeGreaterThan(0);
      expect(await officer.get("/api/head")).toMatchObject({ size: stored.size });
    } finally {
      await served[Symbol.asyncDispose]();
    }
  });
});

describe("letters and invitations", () => {
  beforeEach(async () => {
    ({ served, officer } = await serveFoundation());
  });
  afterEach(async () => {
    await served[Symbol.asyncDispose]();
  });
  const sealed = toBase64Url(utf8("sealed"));

  test("a letter is read and answered by whoever has the link, five times at most, until it expires", async () => {
    const id = "a".repeat(32);
    const expires = served.clock.now + 3_600_000;
    await expectStatus(
      officer.fetch(`/api/letters/${id}`, { method: "PUT", json: { sealed, expires } }),
      200,
    );
    const stranger = new Person(served, "M-50");
    expect(await stranger.get(`/api/letters/${id}`)).toEqual({ sealed, expires, answered: 0 });
    const answer = () => stranger.fetch(`/api/letters/${id}/answers`, { method: "POST", json: { sealed } });
    for (let i = 0; i < 5; i++) {
      await expectStatus(answer(), 200);
      served.clock.now += 60_000;
    }
    expect(await refusal(answer())).toBe("409 letter-answered");
    const read = await officer.get<{ answers: unknown[] }>("/api/letters/answers");
    expect(read.answers).toHaveLength(5);
    expect(read.answers[0]).toMatchObject({ letter: id, number: 0, sealed });
    served.clock.now = expires;
    expect(await refusal(stranger.fetch(`/api/letters/${id}`))).toBe("404 not-found");
    served.clock.now += 8 * 24 * 3_600_000;
    await served.server.sweep();
    await officer.signIn();
    expect(await officer.get("/api/letters/answers")).toEqual({ letters: [], answers: [] });
  });

  test("answers are limited by address, and none is too large", async () => {
    const id = "b".repeat(32);
    const expires = served.clock.now + 3_600_000;
    await expectStatus(
      officer.fetch(`/api/letters/${id}`, { method: "PUT", json: { sealed, expires } }),
      200,
    );
    const answer = (bytes: string) =>
      officer.fetch(`/api/letters/${id}/answers`, { method: "POST", json: { sealed: bytes } });
    expect(await refusal(answer("A".repeat(100_000)))).toBe("413 body-too-large");
    for (let i = 0; i < 4; i++) await expectStatus(answer(sealed), 200);
    const limited = await answer(sealed);
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "30"]);
  });

  test("an invitation is accepted once by who has its secret, and opens the door after the key is on the record", async () => {
    const secret = new Uint8Array(32).fill(5);
    const hash = Buffer.from(await crypto.subtle.digest("SHA-256", secret)).toString("hex");
    const expires = served.clock.now + 24 * 3_600_000;
    const invite = { member: "M-02", token: hash, sealed, expires };
    await expectStatus(officer.fetch("/api/invitations", { method: "POST", json: invite }), 200);

    const second = new Person(served, "M-02");
    expect(await second.get(`/api/invitations/${hash}`)).toEqual({ member: "M-02", sealed, expires });
    const accept = (with_: Uint8Array, enrolment: object = second.enrolment) =>
      second.fetch(`/api/invitations/${hash}/accept`, {
        method: "POST",
        json: { secret: toBase64Url(with_), enrolment, note: sealed },
      });
    expect(await refusal(accept(new Uint8Array(32)))).toBe("403 secret-wrong");
    expect(await refusal(accept(secret, new Person(served, "M-01").enrolment))).toBe("403 member-wrong");
    await expectStatus(accept(secret), 200);
    expect(await refusal(accept(secret))).toBe("409 invitation-accepted");

    const finish = () => officer.fetch(`/api/invitations/${hash}/finish`, { method: "POST" });
    expect(await refusal(finish())).toBe("409 member-without-key");
    expect(await refusal(second.answerTo(await second.challenge()))).toBe("401 sign-in-refused");
    expect(await officer.get("/api/invitations")).toMatchObject({
      invitations: [{ hash, member: "M-02", note: sealed }],
    });
    await expectStatus(officer.append([officer.issueKeyOf(second)]), 200);
    await expectStatus(finish(), 200);
    await expectStatus(second.signIn(), 200);
    expect(await officer.get("/api/members")).toEqual({
      members: [
        { member: "M-01", officer: true, enrolled: true },
        { member: "M-02", officer: false, enrolled: true },
      ],
    });
    // Only officers invite; anyone may leave sealed keys for a colleague.
    expect(await refusal(second.fetch("/api/invitations", { method: "POST", json: invite }))).toBe(
      "403 not-an-officer",
    );
    const { id } = await expectStatus(
      officer.fetch("/api/members/M-02/deliveries", { method: "POST", json: { sealed } }),
      200,
    );
    expect(await second.get("/api/me/deliveries")).toMatchObject({
      deliveries: [{ id, from: "M-01", sealed }],
    });
    await expectStatus(second.fetch(`/api/me/deliveries/${String(id)}`, { method: "DELETE" }), 200);
    expect(await second.get("/api/me/deliveries")).toEqual({ deliveries: [] });
  });
});

/** The events of a stream, one at a time. */
async function listen(person: Person) {
  const answer = await person.fetch("/api/changes");
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    async next(): Promise<string | undefined> {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          if (event.startsWith("event:")) return event;
          continue;
        }
        const read = await reader?.read();
        if (read === undefined || read.done) return undefined;
        text += read.value;
      }
    },
    async ended(): Promise<boolean> {
      for (;;) {
        const read = await reader?.read();
        if (read === undefined || read.done) return true;
      }
    },
    close: () => reader?.cancel(),
  };
}

/** As a client asks that does not tidy the path up before. */
function statusOf(address: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    rawRequest({ hostname, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .once("error", reject)
      .end();
  });
}
