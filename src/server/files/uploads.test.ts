// A file of 2 GB over a phone's line breaks off ten times. Nothing sent once is sent again, and nothing half is ever whole.
import { existsSync, readdirSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { concatBytes, toHex } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { patterned } from "#storage/conformance.ts";
import {
  type Person,
  type Served,
  colleague,
  expectStatus,
  refusal,
  serveFoundation,
} from "#test/server/served.ts";

let served: Served;
let officer: Person;

beforeEach(async () => {
  ({ served, officer } = await serveFoundation({ AIGAQ_FILE_BYTES_MAX: "50000000" }));
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

const uploads = () => join(served.folder, "data/uploads");

async function begin(size: number, person = officer): Promise<string> {
  const { id } = await expectStatus(person.fetch("/api/files", { method: "POST", json: { size } }), 200);
  return String(id);
}

function put(id: string, offset: number, bytes: Uint8Array, person = officer): Promise<Response> {
  return person.fetch(`/api/files/${id}?offset=${offset}`, { method: "PUT", body: new Uint8Array(bytes) });
}

function finish(id: string, json: object = {}, person = officer): Promise<Response> {
  return person.fetch(`/api/files/${id}/finish`, { method: "POST", json });
}

test("a file sent in chunks comes back whole, in part, and by its end", async () => {
  const [a, b] = [patterned(1, 3_000_000), patterned(2, 1_234)];
  const whole = concatBytes(a, b);
  const id = await begin(whole.length);
  expect(await expectStatus(put(id, 0, a), 200)).toEqual({ offset: a.length });
  expect(await officer.get(`/api/files/${id}/state`)).toEqual({
    offset: a.length,
    size: whole.length,
    done: false,
  });
  expect((await officer.fetch(`/api/files/${id}`)).status).toBe(404);
  await expectStatus(put(id, a.length, b), 200);
  expect(await expectStatus(finish(id, { sha256: toHex(sha256(whole)) }), 200)).toEqual({ id, done: true });
  // A lost answer is no reason to send it again.
  await expectStatus(finish(id), 200);
  expect(await officer.get(`/api/files/${id}/state`)).toMatchObject({ done: true });

  const read = async (range?: string) => {
    const answer = await officer.fetch(
      `/api/files/${id}`,
      range === undefined ? {} : { headers: { Range: range } },
    );
    return [
      answer.status,
      answer.headers.get("content-range"),
      new Uint8Array(await answer.arrayBuffer()),
    ] as const;
  };
  expect(await read()).toEqual([200, null, whole]);
  const total = whole.length;
  expect(await read("bytes=10-19")).toEqual([206, `bytes 10-19/${total}`, whole.slice(10, 20)]);
  expect(await read("bytes=-4")).toEqual([206, `bytes ${total - 4}-${total - 1}/${total}`, whole.slice(-4)]);
  expect((await read(`bytes=${total}-`))[0]).toBe(416);
});

test("at a wrong offset nothing is written, and the answer says where to go on", async () => {
  const id = await begin(100);
  await expectStatus(put(id, 0, patterned(1, 40)), 200);
  for (const offset of [0, 39, 41])
    expect(await expectStatus(put(id, offset, patterned(2, 10)), 409)).toMatchObject({
      error: { code: "offset-wrong", offset: 40 },
    });
  expect(await refusal(put(id, 40, patterned(2, 61)))).toBe("413 upload-too-long");
  expect(await expectStatus(finish(id), 409)).toMatchObject({
    error: { code: "upload-incomplete", offset: 40 },
  });
});

test("goes on after a restart of the server, and after a kill in the middle of a chunk", async () => {
  const whole = patterned(3, 200_000);
  const id = await begin(whole.length);
  await expectStatus(put(id, 0, whole.slice(0, 100_000)), 200);
  await served.restart();
  expect(await officer.get(`/api/files/${id}/state`)).toMatchObject({ offset: 100_000 });
  await expectStatus(put(id, 100_000, whole.slice(100_000, 150_000)), 200);
  // A kill between write and answer: some bytes of the chunk are on the disk, and the client does not know of them.
  const [name = ""] = readdirSync(uploads());
  truncateSync(join(uploads(), name), 130_000);
  const { error } = (await expectStatus(put(id, 150_000, whole.slice(150_000)), 409)) as {
    error: { offset: number };
  };
  await expectStatus(put(id, error.offset, whole.slice(error.offset)), 200);
  await expectStatus(finish(id, { sha256: toHex(sha256(whole)) }), 200);
  expect(readdirSync(uploads())).toEqual([]);
});

test("what is not what was sent is thrown away", async () => {
  const id = await begin(10);
  await expectStatus(put(id, 0, new Uint8Array(10)), 200);
  expect(await refusal(finish(id, { sha256: toHex(sha256(patterned(1, 10))) }))).toBe("409 upload-differs");
  expect(await refusal(officer.fetch(`/api/files/${id}/state`))).toBe("404 not-found");
});

test("a half upload is another member's business to nobody, and is gone a day after it was left", async () => {
  const second = await colleague(served, officer, "M-02");
  const id = await begin(10);
  expect(await refusal(put(id, 0, patterned(1, 5), second))).toBe("404 upload-unknown");
  expect(await refusal(finish(id, {}, second))).toBe("404 upload-unknown");
  const [name = ""] = readdirSync(uploads());
  const left = served.clock.now / 1000 - 25 * 3600;
  utimesSync(join(uploads(), name), left, left);
  await served.server.sweep();
  expect(readdirSync(uploads())).toEqual([]);
});

test("a finished file is removed by an officer, a half one by who began it", async () => {
  const second = await colleague(served, officer, "M-02");
  const id = await begin(3, second);
  await expectStatus(put(id, 0, patterned(1, 3), second), 200);
  await expectStatus(finish(id, {}, second), 200);
  const remove = (person: Person) => person.fetch(`/api/files/${id}`, { method: "DELETE" });
  expect(await refusal(remove(second))).toBe("403 not-an-officer");
  await expectStatus(remove(officer), 200);
  expect(await refusal(remove(officer))).toBe("404 not-found");
  const half = await begin(3, second);
  await expectStatus(second.fetch(`/api/files/${half}`, { method: "DELETE" }), 200);
  expect(existsSync(uploads()) ? readdirSync(uploads()) : []).toEqual([]);
});

test("files over the limit, chunks over 8 MiB and a hundred at once are refused", async () => {
  expect(await refusal(officer.fetch("/api/files", { method: "POST", json: { size: 50_000_001 } }))).toBe(
    "400 field-malformed",
  );
  const id = await begin(20_000_000);
  expect(await refusal(put(id, 0, new Uint8Array(8 * 1024 * 1024 + 1)))).toBe("413 body-too-large");
  for (let i = 1; i < 32; i++) await begin(1);
  expect(await refusal(officer.fetch("/api/files", { method: "POST", json: { size: 1 } }))).toBe(
    "429 too-many-uploads",
  );
});

test("an id that is not one never becomes a path", async () => {
  for (const id of ["..%2Fkeys%2Flog.key", "x", "0".repeat(31), "%00"])
    expect((await officer.fetch(`/api/files/${id}`)).status, id).toBe(404);
});
