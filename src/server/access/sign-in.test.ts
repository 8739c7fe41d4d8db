// Sign-in against whoever has only the network: each way of pretending to be a member is tried.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "#record/bytes.ts";
import { signerNamed } from "#test/drills/invented-log.ts";
import {
  Person,
  type Served,
  colleague,
  expectStatus,
  refusal,
  serveFoundation,
} from "#test/server/served.ts";

let served: Served;
let officer: Person;

beforeEach(async () => {
  ({ served, officer } = await serveFoundation());
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

describe("a member", () => {
  test("who opens her lock gets her sealed keyring and a session", async () => {
    officer.cookie = undefined;
    expect(await refusal(officer.fetch("/api/me"))).toBe("401 not-signed-in");
    const answer = await officer.signIn();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      keyring: officer.enrolment.keyring,
      keyringVersion: 1,
      sealed: officer.lock.sealed,
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^aigaq=M-01\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u,
    );
    expect(await officer.get("/api/me")).toEqual({ member: "M-01", officer: true });
  });

  test("who signs out is out, and a session ends when it was left idle for twelve hours", async () => {
    const old = officer.cookie;
    await expectStatus(officer.fetch("/api/sign-out", { method: "POST" }), 200);
    officer.cookie = old;
    expect(await refusal(officer.fetch("/api/me"))).toBe("401 not-signed-in");
    await officer.signIn();
    served.clock.now += 11 * 3_600_000;
    await officer.get("/api/me");
    served.clock.now += 11 * 3_600_000;
    await officer.get("/api/me");
    served.clock.now += 12 * 3_600_000 + 1;
    expect(await refusal(officer.fetch("/api/me"))).toBe("401 not-signed-in");
  });

  test("stays signed in over a restart, and the storage does not hold what would let a thief in", async () => {
    await served.restart();
    expect(await officer.get("/api/me")).toMatchObject({ member: "M-01" });
    const kept = await served.server.services.store.objects("server/");
    const token = officer.cookie?.split("=")[1] ?? "";
    for (const { bytes } of kept) expect(Buffer.from(bytes).toString("utf8")).not.toContain(token.slice(5));
  });

  test("is out as soon as her key no longer counts, whatever her cookie says", async () => {
    const second = await colleague(served, officer, "M-02");
    await second.get("/api/me");
    const kid =
      served.server.services.host.state.keys.keys.find(({ member }) => member === "M-02")?.kid ?? "";
    await expectStatus(officer.append([officer.issue({ type: "key.revoke", pub: { kid, from: 2 } })]), 200);
    expect(await refusal(second.fetch("/api/me"))).toBe("401 not-signed-in");
    expect(await refusal(second.answerTo(await second.challenge()))).toBe("401 sign-in-refused");
  });

  test("who changes her locks ends her sessions elsewhere, and only those", async () => {
    const elsewhere = officer.cookie;
    await officer.signIn();
    const here = officer.cookie;
    await expectStatus(
      officer.fetch("/api/me/locks", { method: "PUT", json: { locks: [officer.lock] } }),
      200,
    );
    await officer.get("/api/me");
    officer.cookie = elsewhere;
    expect(await refusal(officer.fetch("/api/me"))).toBe("401 not-signed-in");
    officer.cookie = here;
    expect(await officer.get("/api/me/locks")).toEqual({ locks: [officer.lock] });
    expect(await refusal(officer.fetch("/api/me/locks", { method: "PUT", json: { locks: [] } }))).toBe(
      "400 field-malformed",
    );
  });

  test("who changed her keyring on another device is told, and nothing is lost", async () => {
    const put = (version: number, keyring: string) =>
      officer.fetch("/api/me/keyring", { method: "PUT", json: { keyring, version } });
    expect(await expectStatus(put(1, "AAAA"), 200)).toEqual({ version: 2 });
    expect(await expectStatus(put(1, "BBBB"), 409)).toMatchObject({
      error: { code: "keyring-changed", version: 2 },
    });
    expect(await officer.get("/api/me/keyring")).toEqual({ keyring: "AAAA", version: 2 });
  });
});

describe("signing in is refused", () => {
  const refused = "401 sign-in-refused";

  test("to a wrong key, a wrong lock, and a signature made for another site", async () => {
    expect(await refusal(officer.answerTo(await officer.challenge(), { key: signerNamed("thief") }))).toBe(
      refused,
    );
    const otherLock = toBase64Url(new Uint8Array(16));
    expect(await refusal(officer.answerTo(await officer.challenge(), { lock: otherLock }))).toBe(refused);
    const lookAlike = { origin: "https://aigaq.example.invalid" };
    expect(await refusal(officer.answerTo(await officer.challenge(), lookAlike))).toBe(refused);
  });

  test("to a challenge that was answered before, that is two minutes old, changed, or another member's", async () => {
    const challenge = await officer.challenge();
    expect((await officer.answerTo(challenge)).status).toBe(200);
    expect(await refusal(officer.answerTo(challenge))).toBe(refused);
    // Also by another process on the same storage, or after a restart.
    await served.restart();
    expect(await refusal(officer.answerTo(challenge))).toBe(refused);

    const late = await officer.challenge();
    served.clock.now += 120_000;
    expect(await refusal(officer.answerTo(late))).toBe(refused);

    const changed = fromBase64Url(await officer.challenge()) ?? new Uint8Array(32);
    changed[31] = (changed[31] ?? 0) ^ 1;
    expect(await refusal(officer.answerTo(toBase64Url(changed)))).toBe(refused);
    const others = await new Person(served, "M-09").challenge();
    expect(await refusal(officer.answerTo(others))).toBe(refused);
  });

  test("after twenty tries at once, with the time after which to try again", async () => {
    let answer = await officer.fetch("/api/sign-in/start", { method: "POST", json: { member: "M-01" } });
    for (let i = 1; i <= 20; i++)
      answer = await officer.fetch("/api/sign-in/start", { method: "POST", json: { member: "M-01" } });
    expect(answer.status).toBe(429);
    const seconds = Number(answer.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    served.clock.now += seconds * 1000;
    expect(
      (await officer.fetch("/api/sign-in/start", { method: "POST", json: { member: "M-01" } })).status,
    ).toBe(200);
  });
});

describe("who is a member cannot be found out by asking", () => {
  test("a name of nobody gets one lock, of the same form, the same at each question and after a restart", async () => {
    const ask = async (member: string) =>
      (await (await officer.fetch("/api/sign-in/start", { method: "POST", json: { member } })).json()) as {
        challenge: string;
        locks: { id: string; salt: string }[];
      };
    const real = await ask("M-01");
    const fake = await ask("M-77");
    expect(Object.keys(fake)).toEqual(Object.keys(real));
    expect(fake.locks).toHaveLength(real.locks.length);
    const formOf = (lock: object) =>
      Object.entries(lock).map(([name, value]) => [name, typeof value === "string" ? value.length : value]);
    const [realLock = {}, fakeLock = {}] = [real.locks[0], fake.locks[0]];
    expect(formOf({ ...fakeLock, kind: "passphrase" })).toEqual(formOf({ ...realLock, kind: "passphrase" }));
    expect((await ask("M-77")).locks).toEqual(fake.locks);
    expect((await ask("M-78")).locks).not.toEqual(fake.locks);
    await served.restart();
    expect((await ask("M-77")).locks).toEqual(fake.locks);
  });

  test("and answering its challenge is refused in the same words as a wrong passphrase", async () => {
    const nobody = new Person(served, "M-77");
    const start = await nobody.fetch("/api/sign-in/start", { method: "POST", json: { member: "M-77" } });
    const { challenge, locks } = (await start.json()) as { challenge: string; locks: { id: string }[] };
    const ofNobody = await nobody.answerTo(challenge, { lock: locks[0]?.id ?? "" });
    const ofWrongKey = await officer.answerTo(await officer.challenge(), { key: signerNamed("thief") });
    expect([ofNobody.status, await ofNobody.text()]).toEqual([ofWrongKey.status, await ofWrongKey.text()]);
    expect([...ofNobody.headers.keys()]).toEqual([...ofWrongKey.headers.keys()]);
  });
});
