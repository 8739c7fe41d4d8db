// What others' proof files attest; and that a proof of other bytes does not start from these.
import { expect, test } from "vitest";
import { toHex } from "./bytes.ts";
import { sha256 } from "./hash.ts";
import { parseOts } from "./opentimestamps.ts";
import { expectOk } from "./result.ts";
import { vectorBytes } from "#test/vector-files.ts";

const read = (name: string) => parseOts(vectorBytes(`ots/${name}.ots`));
const digestOf = (name: string): string => toHex(sha256(vectorBytes(`ots/${name}`)));

// Merkle root of block 358 391, in the byte order of its header.
const blockRoot = "007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a";

test("the complete proof leads from hello-world.txt to block 358391 of Bitcoin", () => {
  const proof = expectOk(read("hello-world.txt"));
  expect(toHex(proof.digest)).toBe(digestOf("hello-world.txt"));
  const [attestation, ...more] = proof.attestations;
  expect(more).toEqual([]);
  expect(attestation).toMatchObject({ kind: "bitcoin", height: 358_391 });
  expect(attestation?.kind === "bitcoin" && toHex(attestation.merkleRoot)).toBe(blockRoot);
});

test("the incomplete proof names the calendar that has promised", () => {
  const proof = expectOk(read("incomplete.txt"));
  expect(toHex(proof.digest)).toBe(digestOf("incomplete.txt"));
  expect(proof.attestations).toMatchObject([
    { kind: "pending", url: "https://alice.btc.calendar.opentimestamps.org" },
  ]);
});

test("the bad proof names the same block and leads to another root: it proves nothing", () => {
  const proof = expectOk(read("bad-stamp.txt"));
  expect(toHex(proof.digest)).toBe(digestOf("bad-stamp.txt"));
  const [attestation] = proof.attestations;
  expect(attestation).toMatchObject({ kind: "bitcoin", height: 358_391 });
  expect(attestation?.kind === "bitcoin" && toHex(attestation.merkleRoot)).not.toBe(blockRoot);
});

test("a proof cut anywhere, or with something left over, is refused", () => {
  const bytes = vectorBytes("ots/hello-world.txt.ots");
  for (let length = 0; length < bytes.length; length += 7)
    expect(parseOts(bytes.subarray(0, length)).ok, `${length}`).toBe(false);
  expect(parseOts(Uint8Array.of(...bytes, 0))).toMatchObject({ refusal: { code: "ots-malformed" } });
  const other = bytes.slice();
  other[32] = 0x03;
  expect(parseOts(other)).toMatchObject({ refusal: { code: "ots-algorithm-unknown" } });
  const unknown = bytes.slice();
  unknown[65] = 0x44;
  expect(parseOts(unknown)).toMatchObject({ refusal: { code: "ots-operation-unknown" } });
});
