// The door for trustees, against whoever has only the network, or a member's cookie: it opens to two root keys of this record.
import { afterEach, beforeEach, expect, test } from "vitest";
import { appointmentMessage } from "#record/appointment.ts";
import { toBase64Url, utf8 } from "#record/bytes.ts";
import type { Signer } from "#record/ed25519.ts";
import { recoverySignInMessage } from "#record/recovery-sign-in.ts";
import { signerNamed } from "#test/drills/invented-log.ts";
import { colleague, expectStatus, Person, refusal, serve, type Served } from "#test/server/served.ts";

const roots = ["first", "second", "third"].map((name) => signerNamed(`root of ${name}`));
const [first, second] = roots as [Signer, Signer];
const stranger = signerNamed("root of another foundation");
const kit = utf8("sealed for the trustees");

let served: Served;
let officer: Person;
/** Somebody at a browser where nobody is signed in. */
let trustees: Person;

beforeEach(async () => {
  served = await serve();
  officer = new Person(served, "M-01");
  const genesis = officer.issue({
    type: "genesis",
    genesis: null,
    pub: {
      name: "Үлгі",
      currency: "KZT",
      log: served.server.services.logKey.vkey,
      officer: { x: toBase64Url(officer.key.publicKey), member: "M-01" },
      roots: roots.map(({ publicKey }) => toBase64Url(publicKey)),
    },
  });
  officer.genesis = genesis.hash;
  const founding = {
    entries: [{ jwt: genesis.jwt }],
    objects: [{ name: "recovery/kit", bytes: toBase64Url(kit) }],
    member: officer.enrolment,
  };
  await expectStatus(officer.fetch("/api/foundation", { method: "POST", json: founding }), 200);
  await expectStatus(officer.signIn(), 200);
  trustees = new Person(served, "nobody");
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

const post = (person: Person, path: string, json: object) => person.fetch(path, { method: "POST", json });

type Answer = {
  readonly by?: readonly Signer[];
  readonly member?: string;
  readonly signedFor?: string;
  readonly origin?: string;
  readonly challenge?: string;
};

/** Answers a fresh challenge as trustees do; keeps the cookie. */
async function enter({ by = [first, second], member, signedFor, origin, challenge }: Answer = {}) {
  const given =
    challenge ?? String((await expectStatus(post(trustees, "/api/recovery/start", {}), 200))["challenge"]);
  const message = recoverySignInMessage(origin ?? served.address, signedFor ?? member, given);
  const answer = await post(trustees, "/api/recovery/sign-in", {
    ...(member !== undefined && { member }),
    challenge: given,
    roots: by.map((root) => ({
      x: toBase64Url(root.publicKey),
      signature: toBase64Url(root.sign(message)),
    })),
  });
  const [cookie] = answer.headers.getSetCookie();
  if (cookie !== undefined) trustees.cookie = cookie.split(";")[0];
  return answer;
}

const refused = "401 recovery-refused";

test("anybody is given the sealed kit and the first entry, and nothing else", async () => {
  const answer = await expectStatus(post(trustees, "/api/recovery/start", {}), 200);
  expect(Object.keys(answer).toSorted()).toEqual(["challenge", "genesis", "kit", "rotations"]);
  expect(answer["kit"]).toBe(toBase64Url(kit));
  expect(await refusal(trustees.fetch("/api/entries?from=0&to=1"))).toBe("401 not-signed-in");
});

test("two root keys get a session, as an officer, or as the member who comes back", async () => {
  expect(await (await enter()).json()).toEqual({ member: "M-01" });
  expect(await trustees.get("/api/me")).toMatchObject({ member: "M-01" });
  await colleague(served, officer, "M-02");
  expect(await (await enter({ by: [second, roots[2] ?? first], member: "M-02" })).json()).toEqual({
    member: "M-02",
  });
});

test("one root key, one twice, a stranger's, for another member, another site or nobody: no session", async () => {
  const attempts: readonly Answer[] = [
    { by: [first] },
    { by: [first, first] },
    { by: [first, stranger] },
    { by: [first, second, stranger] },
    { member: "M-01", signedFor: "M-02" },
    { origin: "https://look-alike.invalid" },
    { member: "M-07" },
    { member: "recovery" },
    { challenge: toBase64Url(new Uint8Array(32)) },
  ];
  for (const attempt of attempts) expect(await refusal(enter(attempt))).toBe(refused);
  expect(await refusal(trustees.fetch("/api/me"))).toBe("401 not-signed-in");
});

test("a challenge is answered once, within two minutes, and is none of a sign-in", async () => {
  const challenge = String((await expectStatus(post(trustees, "/api/recovery/start", {}), 200))["challenge"]);
  expect((await enter({ challenge })).status).toBe(200);
  expect(await refusal(enter({ challenge }))).toBe(refused);
  const old = String((await expectStatus(post(trustees, "/api/recovery/start", {}), 200))["challenge"]);
  served.clock.now += 120_001;
  expect(await refusal(enter({ challenge: old }))).toBe(refused);
  expect(await refusal(enter({ challenge: await officer.challenge() }))).toBe(refused);
  for (const member of ["recovery", "M-01"])
    expect(await refusal(enter({ challenge: await new Person(served, member).challenge() }))).toBe(refused);
});

test("an address asks twenty times at once, then ten times a minute", async () => {
  for (let i = 0; i < 20; i++) await expectStatus(post(trustees, "/api/recovery/start", {}), 200);
  expect(await refusal(post(trustees, "/api/recovery/start", {}))).toBe("429 too-many-requests");
  expect(await refusal(enter({ challenge: toBase64Url(new Uint8Array(32)) }))).toBe("429 too-many-requests");
  served.clock.now += 60_000;
  await expectStatus(post(trustees, "/api/recovery/start", {}), 200);
});

/** The entry that brings a member back with a new device, and what she leaves to sign in with. */
function appointmentOf(member: string, by: readonly Signer[] = [first, second]) {
  const device = signerNamed(`new device of ${member}`);
  const said = {
    x: toBase64Url(device.publicKey),
    member,
    roles: ["officer"],
    reading: "age1reading",
    account: "age1pq1account",
    from: served.server.services.host.size,
  };
  const genesis = officer.genesis ?? new Uint8Array();
  const message = appointmentMessage(genesis, said);
  const signed = by.map((root) => ({
    x: toBase64Url(root.publicKey),
    signature: toBase64Url(root.sign(message)),
  }));
  const entry = officer.issue({ type: "key.appoint", signer: device, pub: { ...said, roots: signed } });
  return { device, entry };
}

const lockless = (member: string) => {
  const { enrolment } = new Person(served, member);
  return { enrolment: { ...enrolment, keyring: toBase64Url(utf8("a new keyring, sealed")) } };
};

test("who is appointed brings the keys of her rooms and new locks; the old session is over", async () => {
  await enter({ member: "M-01" });
  const { device, entry } = appointmentOf("M-01");
  const objects = [{ name: "epoch/aa/1/x25519.age", bytes: toBase64Url(utf8("sealed")) }];
  await expectStatus(trustees.append([entry], { objects }), 200);
  // The lost device signs nothing any more.
  expect(await refusal(officer.append([officer.issue()]))).toBe("422 key-revoked");
  const put = { method: "PUT", json: lockless("M-01") };
  expect(await expectStatus(trustees.fetch("/api/recovery/enrolment", put), 200)).toEqual({ version: 2 });
  expect(await refusal(officer.fetch("/api/me"))).toBe("401 not-signed-in");
  await expectStatus(trustees.append([officer.issue({ signer: device })]), 200);
});

test("a member who was no officer may bring objects with her appointment, and without it may not", async () => {
  await colleague(served, officer, "M-02");
  await enter({ member: "M-02" });
  const objects = [{ name: "epoch/aa/1/x25519.age", bytes: toBase64Url(utf8("sealed")) }];
  const { key } = new Person(served, "M-02");
  const note = officer.issue({ signer: key });
  expect(await refusal(trustees.append([note], { objects }))).toBe("403 not-an-officer");
  // A forged appointment takes its objects down with it.
  const forged = appointmentOf("M-02", [first, stranger]);
  expect(await refusal(trustees.append([forged.entry], { objects }))).toBe("422 root-unknown");
  expect(await served.server.services.store.object("epoch/aa/1/x25519.age")).toBeUndefined();
  await expectStatus(trustees.append([appointmentOf("M-02").entry], { objects }), 200);
});

test("an appointment of another member than the session's is not taken", async () => {
  await colleague(served, officer, "M-02");
  await enter({ member: "M-02" });
  expect(await refusal(trustees.append([appointmentOf("M-01").entry]))).toBe("403 author-not-you");
});

test("locks are exchanged only by whom root keys appointed, and only her own", async () => {
  const put = (member: string) => ({ method: "PUT", json: lockless(member) });
  expect(await refusal(officer.fetch("/api/recovery/enrolment", put("M-01")))).toBe("409 member-without-key");
  expect(await refusal(trustees.fetch("/api/recovery/enrolment", put("M-01")))).toBe("401 not-signed-in");
  await enter({ member: "M-01" });
  expect(await refusal(trustees.fetch("/api/recovery/enrolment", put("M-01")))).toBe(
    "409 member-without-key",
  );
  await expectStatus(trustees.append([appointmentOf("M-01").entry]), 200);
  expect(await refusal(trustees.fetch("/api/recovery/enrolment", put("M-02")))).toBe("403 member-wrong");
  await expectStatus(trustees.fetch("/api/recovery/enrolment", put("M-01")), 200);
  // Once for each key that root keys put on the record.
  expect(await refusal(trustees.fetch("/api/recovery/enrolment", put("M-01")))).toBe("409 recovery-finished");
});

/** Somebody has the officer's device, makes an officer of his own and revokes her. */
async function takenOver() {
  const thief = new Person(served, "M-09");
  await expectStatus(officer.append([officer.issueKeyOf(thief, ["officer"])]), 200);
  const { host } = served.server.services;
  const kid = host.state.keys.keys[0]?.kid ?? "";
  const revoking = officer.issue({ type: "key.revoke", pub: { kid, from: host.size } });
  await expectStatus(officer.append([revoking]), 200);
  expect(await refusal(officer.fetch("/api/me"))).toBe("401 not-signed-in");
}

test("an officer whom a thief revoked comes back, and until then her old session stays closed", async () => {
  await takenOver();
  expect(await (await enter({ member: "M-01" })).json()).toEqual({ member: "M-01" });
  expect((await trustees.fetch("/api/entries?from=0&to=1")).status).toBe(200);
  expect(await refusal(officer.fetch("/api/me"))).toBe("401 not-signed-in");
  // No more than to read and to bring her key: what is done for her otherwise waits for it.
  expect(await refusal(post(trustees, "/api/files", { size: 1 }))).toBe("401 not-signed-in");
  expect(await refusal(trustees.append([officer.issue()]))).toBe("422 key-revoked");
  await expectStatus(trustees.append([appointmentOf("M-01").entry]), 200);
  const put = { method: "PUT", json: lockless("M-01") };
  await expectStatus(trustees.fetch("/api/recovery/enrolment", put), 200);
  expect(await trustees.get("/api/me")).toEqual({ member: "M-01", officer: true });
});

test("for a member whose keys do not count trustees have half an hour", async () => {
  await takenOver();
  await enter({ member: "M-01" });
  served.clock.now += 30 * 60_000;
  expect(await refusal(trustees.fetch("/api/me"))).toBe("401 not-signed-in");
});

test("who came back and is removed again is out at once", async () => {
  await takenOver();
  await enter({ member: "M-01" });
  const { device, entry } = appointmentOf("M-01");
  await expectStatus(trustees.append([entry]), 200);
  await expectStatus(
    trustees.fetch("/api/recovery/enrolment", { method: "PUT", json: lockless("M-01") }),
    200,
  );
  const { host } = served.server.services;
  const kid = host.state.appointedKey("M-01") ?? "";
  const revoking = officer.issue({ type: "key.revoke", signer: device, pub: { kid, from: host.size } });
  await expectStatus(trustees.append([revoking]), 200);
  expect(await refusal(trustees.fetch("/api/me"))).toBe("401 not-signed-in");
});

test("where no foundation has begun there is nothing to come back to", async () => {
  await using empty = await serve();
  const nobody = new Person(empty, "nobody");
  expect(await refusal(post(nobody, "/api/recovery/start", {}))).toBe("404 not-found");
});
