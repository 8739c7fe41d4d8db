// A witness cosigns only what continues what it cosigned before.
import { expect, test } from "vitest";
import { concatBytes, fromBase64, toBase64, utf8 } from "./bytes.ts";
import { checkpointText, signCheckpoint } from "./checkpoint.ts";
import { cosignaturesOf } from "./cosignature.ts";
import { signerFromSeed } from "./ed25519.ts";
import { parseNote, parseVkey, type VerifierKey, verifierKey } from "./note.ts";
import { expectOk } from "./result.ts";
import { hashReaderOf } from "./tiles.ts";
import { consistencyProof, EMPTY_ROOT, leafHash, rootOfLeafHashes } from "./tree.ts";
import { addCheckpointBody, decideAddCheckpoint, type WitnessAnswer, type WitnessState } from "./witness.ts";
import { vectorJson } from "#test/vector-files.ts";

const signer = signerFromSeed(new Uint8Array(32).fill(8));
const witnessKey = verifierKey("example.com/witness", 0x04, signer.publicKey);

/** A witness with a memory, as its program keeps one. */
function newWitness(
  logs: ReadonlyMap<string, readonly VerifierKey[]>,
): (body: string, now?: number) => WitnessAnswer {
  const states = new Map<string, WitnessState>();
  return (body, now = 1_700_000_000) => {
    const answer = decideAddCheckpoint(body, {
      logs,
      state: (origin) => states.get(origin),
      name: "example.com/witness",
      signer,
      now,
    });
    if (answer.newState !== undefined) states.set(answer.origin ?? "", answer.newState);
    return answer;
  };
}

type Steps = {
  log_origin: string;
  log_vkey: string;
  steps: { request_body: string; status: number; assert: string }[];
};

test("another witness's published conversation gets the same answers", () => {
  const { log_origin, log_vkey, steps } = vectorJson<Steps>("witness/add-checkpoint.json");
  const add = newWitness(new Map([[log_origin, [expectOk(parseVkey(log_vkey))]]]));
  expect(steps).toHaveLength(6);
  for (const { request_body, status, assert } of steps) {
    const answer = add(request_body);
    expect(answer.status, answer.body).toBe(status);
    expect(answer.body).toContain(/"(.*)"/u.exec(assert)?.[1] ?? "?");
    if (status !== 200) continue;
    const note = expectOk(parseNote(request_body.slice(request_body.indexOf("\n\n") + 2) + answer.body));
    expect(expectOk(cosignaturesOf(note, [witnessKey]))).toEqual([
      { witness: witnessKey, time: 1_700_000_000 },
    ]);
  }
});

const log = signerFromSeed(new Uint8Array(32).fill(1));
const logs = new Map([["log.example", [verifierKey("log.example", 0x01, log.publicKey)]]]);
const leaves = Array.from({ length: 20 }, (_, i) => leafHash(utf8(`leaf ${i}`)));
const reader = hashReaderOf(() => concatBytes(...leaves));
const note = (size: number): string =>
  signCheckpoint({ origin: "log.example", size, root: rootOfLeafHashes(leaves.slice(0, size)) }, log);
const request = (oldSize: number, size: number): string =>
  addCheckpointBody(
    {
      oldSize,
      proof: oldSize === 0 ? [] : expectOk(consistencyProof(oldSize, size, reader)),
      checkpoint: note(size),
    },
    toBase64,
  );

test("a log that grows is cosigned step by step, the same size again too", () => {
  const add = newWitness(logs);
  for (const [oldSize, size] of [
    [0, 0],
    [0, 3],
    [3, 3],
    [3, 8],
    [8, 20],
  ] as const)
    expect(add(request(oldSize, size)).status, `${oldSize} to ${size}`).toBe(200);
});

test("a request that starts elsewhere is told where the witness stands", () => {
  const add = newWitness(logs);
  add(request(0, 8));
  expect(add(request(3, 20))).toMatchObject({ status: 409, contentType: "text/x.tlog.size", body: "8\n" });
  // A restored backup: the log offers less than was cosigned.
  expect(add(request(0, 3))).toMatchObject({ status: 409, body: "8\n" });
  expect(add(request(8, 20)).status).toBe(200);
});

test("a fork is not cosigned: neither another root at one size, nor a proof of something else", () => {
  const add = newWitness(logs);
  add(request(0, 8));
  const forked = signCheckpoint({ origin: "log.example", size: 8, root: leafHash(utf8("fork")) }, log);
  expect(add(`old 8\n\n${forked}`)).toMatchObject({ status: 409, body: "8\n" });
  const later = signCheckpoint({ origin: "log.example", size: 20, root: leafHash(utf8("fork")) }, log);
  const body = request(8, 20);
  expect(add(body.slice(0, body.indexOf("\n\n") + 2) + later).status).toBe(422);
  expect(add(`old 8\n\n${note(20)}`).status).toBe(422);
  expect(newWitness(logs)(`old 0\n${toBase64(EMPTY_ROOT)}\n\n${note(3)}`).status).toBe(422);
});

test("what is not a request of the protocol is a bad one", () => {
  const add = newWitness(logs);
  const bad = [
    "",
    "old 0\n",
    `old 01\n\n${note(3)}`,
    `new 0\n\n${note(3)}`,
    `old 0\nAAAA\n\n${note(3)}`,
    `old 0\n${`${toBase64(EMPTY_ROOT)}\n`.repeat(64)}\n${note(3)}`,
    "old 0\n\nno note",
    `old 0\n\n${note(3).replace("\n3\n", "\nthree\n")}`,
    `old 5\n\n${note(3)}`,
  ];
  for (const body of bad) expect(add(body).status, body).toBe(400);
});

test("a signature by an unknown key is forbidden, an unknown log not found", () => {
  const add = newWitness(logs);
  const stranger = signerFromSeed(new Uint8Array(32).fill(2));
  const checkpoint = { origin: "log.example", size: 3, root: rootOfLeafHashes(leaves.slice(0, 3)) };
  expect(add(`old 0\n\n${signCheckpoint(checkpoint, stranger)}`).status).toBe(403);
  expect(add(`old 0\n\n${signCheckpoint({ ...checkpoint, origin: "x.example" }, log)}`).status).toBe(404);
  expect(checkpointText(checkpoint)).toContain(toBase64(checkpoint.root));
  expect(fromBase64(toBase64(checkpoint.root))).toEqual(checkpoint.root);
});
