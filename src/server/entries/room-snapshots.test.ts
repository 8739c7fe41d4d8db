// What readers of a room leave for newcomers: who gets it, who may replace it, how much of it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import {
  colleague,
  expectStatus,
  type Person,
  refusal,
  serveFoundation,
  type Served,
} from "#test/server/served.ts";

const room = "0f".repeat(16);
const path = `/api/rooms/${room}/snapshot`;
let served: Served;
let officer: Person;
let reader: Person;
let other: Person;

beforeEach(async () => {
  ({ served, officer } = await serveFoundation());
  reader = await colleague(served, officer, "M-02");
  other = await colleague(served, officer, "M-03");
  await expectStatus(begin(0, ["M-01", "M-02"]), 200);
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

/** An epoch as an officer's device begins it: the entry, and the object that points to it. */
function begin(epoch: number, readers: readonly string[], pointsTo?: string): Promise<Response> {
  const entry = officer.issue({ type: "room.epoch", pub: { room, epoch, readers, commitment: "x" } });
  const bytes = toBase64Url(utf8(pointsTo ?? toHex(entry.hash)));
  return officer.append([entry], { objects: [{ name: `epoch/${room}/${epoch}/entry`, bytes }] });
}

const put = (person: Person, bytes: Uint8Array, at = path) =>
  person.fetch(at, { method: "PUT", body: new Uint8Array(bytes) });

async function bytesAt(person: Person, at = path): Promise<string> {
  const answer = await person.fetch(at);
  return `${answer.status} ${await answer.text()}`;
}

test("readers of the room leave and find it, whole or in parts; nobody else, also no other member", async () => {
  expect(await refusal(reader.fetch(path))).toBe("404 not-found");
  expect(await expectStatus(put(officer, utf8("0123456789")), 200)).toEqual({ kept: true });
  expect(await bytesAt(reader)).toBe("200 0123456789");
  expect(await bytesAt(reader, `${path}?from=2&to=5`)).toBe("200 234");
  expect(await bytesAt(reader, `${path}?from=8&to=50`)).toBe("200 89");
  expect(await bytesAt(reader, `${path}?from=7&to=3`)).toBe("200 ");
  expect(await refusal(reader.fetch(`${path}?from=x`))).toBe("400 field-malformed");
  await expectStatus(put(reader, utf8("of the reader")), 200);
  expect(await bytesAt(officer)).toBe("200 of the reader");
  expect(await refusal(other.fetch(path))).toBe("403 room-not-read");
  expect(await refusal(put(other, utf8("x")))).toBe("403 room-not-read");
  const stranger = await fetch(served.address + path);
  expect(stranger.status).toBe(401);
});

test("it is not mixed up with what members keep for themselves, nor reached by other names", async () => {
  await expectStatus(put(officer, utf8("of the room")), 200);
  expect(await refusal(officer.fetch(`/api/cache/room/${room}`))).toBe("404 not-found");
  for (const name of ["..", "x", room.toUpperCase(), "0e".repeat(16), `${room}00`])
    expect(await refusal(put(officer, utf8("x"), `/api/rooms/${encodeURIComponent(name)}/snapshot`))).toMatch(
      /^40[34] /u,
    );
});

test("whoever is not among the readers of the newest epoch gets it no more; who joined with it does", async () => {
  await expectStatus(put(reader, utf8("sealed")), 200);
  await expectStatus(begin(1, ["M-01", "M-03"]), 200);
  expect(await refusal(reader.fetch(path))).toBe("403 room-not-read");
  expect(await refusal(put(reader, utf8("x")))).toBe("403 room-not-read");
  expect(await bytesAt(other)).toBe("200 sealed");
});

test("an object that points to no epoch of this room decides nothing", async () => {
  await expectStatus(put(reader, utf8("sealed")), 200);
  await expectStatus(begin(7, ["M-03"], "nonsense"), 200);
  const epoch = officer.issue({
    type: "room.epoch",
    pub: { room: "0a".repeat(16), epoch: 8, readers: ["M-03"] },
  });
  const bytes = toBase64Url(utf8(toHex(epoch.hash)));
  const objects = [{ name: `epoch/${room}/8/entry`, bytes }];
  await expectStatus(officer.append([epoch], { objects }), 200);
  expect(await bytesAt(reader)).toBe("200 sealed");
  expect(await refusal(other.fetch(path))).toBe("403 room-not-read");
});

test("it has an upper size, and nobody replaces it all the time", async () => {
  const declared = reader.fetch(path, { method: "PUT", body: new Uint8Array(64 * 1024 * 1024 + 1) });
  expect(await refusal(declared)).toBe("413 body-too-large");
  for (let time = 0; time < 3; time++) await expectStatus(put(reader, utf8("again")), 200);
  expect(await refusal(put(reader, utf8("again")))).toBe("429 too-many-requests");
  // The others' allowances are their own, and reading has none of it.
  await expectStatus(put(officer, utf8("mine")), 200);
  expect(await bytesAt(reader)).toBe("200 mine");
});
