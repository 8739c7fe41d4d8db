// What a member who is no officer, an officer in bad faith, and a stranger on the network try, each by name.
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import {
  colleague,
  expectStatus,
  Person,
  refusal,
  serve,
  serveFoundation,
  type Served,
} from "#test/server/served.ts";
import { PublicPages } from "./pages/public-site.ts";

let served: Served;
let officer: Person;

beforeEach(async () => {
  ({ served, officer } = await serveFoundation());
});
afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

const sealed = toBase64Url(utf8("sealed"));

describe("a member who is no officer", () => {
  test("cannot take the name of the next epoch's file, so that she could never be removed from the room", async () => {
    const member = await colleague(served, officer, "M-02");
    const objects = [{ name: `epoch/${"0f".repeat(16)}/1/x25519.age`, bytes: sealed }];
    expect(await refusal(member.append([member.issue()], { objects }))).toBe("403 not-an-officer");
    await expectStatus(officer.append([officer.issue()], { objects }), 200);
  });

  test("writes nothing into the stream of keys, and begins no epoch", async () => {
    const member = await colleague(served, officer, "M-02");
    const stream = served.server.services.host.state.streams.next("keys");
    expect(await refusal(member.append([member.issue({ stream })]))).toBe("422 author-not-officer");
    expect(await refusal(member.append([member.issue({ type: "room.epoch" })]))).toBe(
      "422 author-not-officer",
    );
    await expectStatus(officer.append([officer.issue({ stream })]), 200);
  });

  test("has snapshots of her own and reaches nobody else's", async () => {
    const member = await colleague(served, officer, "M-02");
    const put = (person: Person, text: string) =>
      person.fetch("/api/cache/totals", { method: "PUT", body: new Uint8Array(utf8(text)) });
    await expectStatus(put(officer, "of the officer"), 200);
    expect(await refusal(member.fetch("/api/cache/totals"))).toBe("404 not-found");
    await expectStatus(put(member, "of the member"), 200);
    expect(await (await officer.fetch("/api/cache/totals")).text()).toBe("of the officer");
  });

  test("cannot take a colleague's letter and its answers away; an officer can", async () => {
    const member = await colleague(served, officer, "M-02");
    const other = await colleague(served, officer, "M-03");
    const path = `/api/letters/${"c".repeat(32)}`;
    const expires = served.clock.now + 3_600_000;
    await expectStatus(member.fetch(path, { method: "PUT", json: { sealed, expires } }), 200);
    expect(await refusal(other.fetch(path, { method: "DELETE" }))).toBe("403 not-an-officer");
    await expectStatus(other.fetch(path), 200);
    await expectStatus(officer.fetch(path, { method: "DELETE" }), 200);
    expect(await refusal(other.fetch(path))).toBe("404 not-found");
  });
});

test("an officer cannot put locks of her own in place of a colleague's without a new key on the record", async () => {
  const member = await colleague(served, officer, "M-02");
  const secret = new Uint8Array(32).fill(9);
  const hash = toHex(sha256(secret));
  const expires = served.clock.now + 3_600_000;
  const invite = { member: "M-02", token: hash, sealed, expires };
  await expectStatus(officer.fetch("/api/invitations", { method: "POST", json: invite }), 200);
  const enrolment = { ...officer.enrolment, member: "M-02" };
  const json = { secret: toBase64Url(secret), enrolment, note: sealed };
  await expectStatus(officer.fetch(`/api/invitations/${hash}/accept`, { method: "POST", json }), 200);
  expect(await refusal(officer.fetch(`/api/invitations/${hash}/finish`, { method: "POST" }))).toBe(
    "409 member-without-key",
  );
  await expectStatus(member.signIn(), 200);
});

test("answers to a letter that come at the same moment are all kept, and five at most", async () => {
  const path = `/api/letters/${"d".repeat(32)}`;
  const expires = served.clock.now + 3_600_000;
  await expectStatus(officer.fetch(path, { method: "PUT", json: { sealed, expires } }), 200);
  const texts = ["one", "two", "three", "four"].map((text) => toBase64Url(utf8(text)));
  const answers = texts.map((text) =>
    officer.fetch(`${path}/answers`, { method: "POST", json: { sealed: text } }),
  );
  for (const answer of answers) await expectStatus(answer, 200);
  const read = await officer.get<{ answers: { number: number; sealed: string }[] }>("/api/letters/answers");
  expect(read.answers.map((answer) => answer.sealed).toSorted()).toEqual(texts.toSorted());
});

test("a stranger who asks again and again for a member does not keep her out", async () => {
  await using proxied = await serve({ AIGAQ_PROXIES: "1" });
  const first = new Person(proxied, "M-01");
  await first.found({
    "X-Start-Code": proxied.server.services.startCode,
    "X-Forwarded-For": "203.0.113.1",
  });
  const from = (address: string) => ({ "X-Forwarded-For": address });
  for (let i = 0; i < 40; i++)
    await first.fetch("/api/sign-in/start", {
      method: "POST",
      json: { member: "M-01" },
      headers: from(`198.51.100.${i % 3}`),
    });
  const answer = await first.fetch("/api/sign-in/start", {
    method: "POST",
    json: { member: "M-01" },
    headers: from("203.0.113.7"),
  });
  expect(answer.status).toBe(200);
});

test("a foundation cannot be claimed through a proxy that forwards nothing of its own, as nginx is delivered", async () => {
  await using empty = await serve();
  const { port } = new URL(empty.address);
  const ask = (version: string, headers: readonly string[] = []) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(port), "localhost");
      const lines = [
        `GET /api/foundation HTTP/${version}`,
        `Host: 127.0.0.1:${port}`,
        "Connection: close",
        ...headers,
      ];
      socket.end(`${lines.join("\r\n")}\r\n\r\n`);
      let text = "";
      socket.on("data", (bytes) => (text += String(bytes)));
      socket.on("close", () => resolve(text));
    });
  expect(await ask("1.1")).toContain('"startCodeNeeded":false');
  expect(await ask("1.0")).toContain('"startCodeNeeded":true');
  for (const header of ["X-Real-IP: 203.0.113.1", "Via: 1.1 proxy", "X-Forwarded-Proto: https"])
    expect(await ask("1.1", [header])).toContain('"startCodeNeeded":true');
  await using published = await serve({ AIGAQ_ORIGIN: "https://aigaq.example" });
  const answer = await fetch(`${published.address}/api/foundation`);
  expect(await answer.json()).toMatchObject({ startCodeNeeded: true });
});

test("addresses that nobody has do not keep real pages from being kept", () => {
  let made = 0;
  const pages = new PublicPages({
    site: {
      take: () => undefined,
      pdf: async () => undefined,
      respond: () => ({ status: 200, headers: {}, body: `page ${made++}` }),
    },
    origin: undefined,
    host: { size: 1, isReady: true, ready: Promise.resolve() },
    report: () => undefined,
    mayMakePdf: () => false,
  });
  const ask = (host: string) => {
    const response = { writeHead: () => response, end: () => response };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the pages look at of them
    pages.answer({ method: "GET", url: "/ru/", headers: { host } } as IncomingMessage, response as never);
  };
  for (let i = 0; i < 4_100; i++) ask(`host-${i}.invalid`);
  ask("aigaq.example");
  ask("aigaq.example");
  expect(made).toBe(4_101);
});
