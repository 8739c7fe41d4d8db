// Convinces by others' vectors, by laws over random messages, and by breaking each sealed byte in turn. Everything
// runs twice: with node:crypto and with WebCrypto, which must give the same bytes.
import { createHash, randomBytes as nodeRandomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, fromHex, utf8 } from "#record/bytes.ts";
import { assert, expectOk } from "#record/result.ts";
import { deriveKeys, sealBytes, sealedLength, sealStream } from "#vault/seal/cobblestone.ts";
import { headerSize, sealedChunkSize } from "#vault/seal/layout.ts";
import { nodeCrypto, nodeSealing, webSealing } from "#vault/seal/primitives.ts";
import { openBytes, openStream } from "./cobblestone.ts";
import { nodeOpening, webOpening } from "./primitives.ts";

assert(nodeCrypto !== undefined, "these tests run in Node");
const platforms = [
  { seal: nodeSealing(nodeCrypto), open: nodeOpening(nodeCrypto) },
  { seal: webSealing(crypto.subtle), open: webOpening(crypto.subtle) },
];
const randomBytes = (length: number): Uint8Array => new Uint8Array(nodeRandomBytes(length));
const key = randomBytes(32);
const place = utf8("aigaq/test/1");
const lengths = [0, 1, 16_383, 16_384, 16_385, 32_768, 40_000];

type Vector = {
  readonly tcId: number;
  readonly comment: string;
  readonly key: string;
  readonly ctx: string;
  readonly ct: string;
  readonly result: "valid" | "invalid";
  readonly msgLength?: number;
  readonly msgSha512?: string;
};
const file = new URL("../../../test/vectors/chunked-encryption/cobblestone-256.json", import.meta.url);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own copy of the vectors
const vectors = (JSON.parse(readFileSync(file, "utf8")) as { tests: Vector[] }).tests;

function unhex(text: string): Uint8Array {
  const bytes = fromHex(text);
  assert(bytes !== undefined, "a vector holds something that is not hex");
  return bytes;
}

describe.each(platforms)("with $seal.name crypto", ({ seal, open }) => {
  test.each(vectors)("Wycheproof $tcId: $comment", async (vector) => {
    const sealed = new Uint8Array(inflateSync(unhex(vector.ct)));
    const opened = await openBytes(unhex(vector.key), unhex(vector.ctx), sealed, open);
    expect(opened.ok).toBe(vector.result === "valid");
    if (!opened.ok) return;
    expect(opened.value.length).toBe(vector.msgLength);
    expect(createHash("sha512").update(opened.value).digest("hex")).toBe(vector.msgSha512);
    // Sealing under the vector's salt gives the vector's bytes: we write what others read.
    const again = await sealBytes(
      unhex(vector.key),
      unhex(vector.ctx),
      opened.value,
      () => sealed.subarray(0, 24),
      seal,
    );
    expect(Buffer.from(again).equals(sealed)).toBe(true);
  });

  test.each(lengths)("opening undoes sealing for %i bytes", async (length) => {
    const message = randomBytes(length);
    const sealed = await sealBytes(key, place, message, randomBytes, seal);
    expect(sealed.length).toBe(sealedLength(length));
    expect(expectOk(await openBytes(key, place, sealed, open))).toEqual(message);
  });

  test("the chunk counter passes a byte boundary unharmed", async () => {
    const message = new Uint8Array(257 * 16_384 + 1).fill(7);
    const sealed = await sealBytes(key, place, message, randomBytes, seal);
    expect(Buffer.from(expectOk(await openBytes(key, place, sealed, open))).equals(message)).toBe(true);
  });

  test("any flipped byte is refused", async () => {
    const sealed = await sealBytes(key, place, randomBytes(50), randomBytes, seal);
    for (let at = 0; at < sealed.length; at++) {
      const forged = new Uint8Array(sealed);
      forged[at] = (forged[at] ?? 0) ^ 0x01;
      const opened = await openBytes(key, place, forged, open);
      const code = at < headerSize ? "sealed-for-another-key-or-place" : "sealed-altered";
      expect(opened).toMatchObject({ ok: false, refusal: { code } });
    }
  });

  test("a cut message is refused at every length, also exactly between two chunks", async () => {
    const sealed = await sealBytes(key, place, randomBytes(16_384 + 9), randomBytes, seal);
    const kept = [0, 1, 55, 56, 71, 72, headerSize + 100, headerSize + sealedChunkSize, sealed.length - 1];
    for (const length of kept) {
      expect((await openBytes(key, place, sealed.subarray(0, length), open)).ok).toBe(false);
    }
    const atChunk = await openBytes(key, place, sealed.subarray(0, headerSize + sealedChunkSize), open);
    expect(atChunk).toMatchObject({ ok: false, refusal: { code: "sealed-cut" } });
  });

  test("an extended message is refused", async () => {
    const sealed = await sealBytes(key, place, randomBytes(20), randomBytes, seal);
    for (const more of [1, 16, 17, 16_400]) {
      expect((await openBytes(key, place, concatBytes(sealed, new Uint8Array(more)), open)).ok).toBe(false);
    }
  });

  test("the same bytes do not open in another place", async () => {
    const sealed = await sealBytes(key, place, utf8("for A"), randomBytes, seal);
    const opened = await openBytes(key, utf8("aigaq/test/2"), sealed, open);
    expect(opened).toMatchObject({ ok: false, refusal: { code: "sealed-for-another-key-or-place" } });
  });
});

test("node:crypto and WebCrypto seal to the same bytes and open each other's", async () => {
  const [node, web] = platforms;
  assert(node !== undefined && web !== undefined, "both platforms are here");
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...lengths).map(randomBytes)),
      fc.uint8Array({ minLength: 24, maxLength: 24 }),
      fc.uint8Array({ maxLength: 200 }),
      async (message, salt, context) => {
        const byNode = await sealBytes(key, context, message, () => salt, node.seal);
        const byWeb = await sealBytes(key, context, message, () => salt, web.seal);
        expect(Buffer.from(byNode).equals(byWeb)).toBe(true);
        expect(expectOk(await openBytes(key, context, byNode, web.open))).toEqual(message);
      },
    ),
    { numRuns: 40 },
  );
});

test("two keys never open the same ciphertext: the commitment is compared before any chunk", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ maxLength: 100 }),
      async (other, message) => {
        fc.pre(!Buffer.from(other).equals(key));
        const sealed = await sealBytes(key, place, message, randomBytes);
        const opened = await openBytes(other, place, sealed);
        expect(opened).toMatchObject({ ok: false, refusal: { code: "sealed-for-another-key-or-place" } });
      },
    ),
    { numRuns: 30 },
  );
});

// The forged twin: with AES-GCM alone this ciphertext opens under the attacker's key, because its chunk was made
// with that key's own stream. The commitment says which key the box was sealed under.
test("a chunk made under another key is refused even when its own tag is right", async () => {
  const attackerKey = randomBytes(32);
  const honest = await sealBytes(key, place, utf8("true receipt"), randomBytes);
  const planted = await sealBytes(attackerKey, place, utf8("planted one!"), () => honest.subarray(0, 24));
  const hybrid = concatBytes(honest.subarray(0, headerSize), planted.subarray(headerSize));
  expect(await openBytes(attackerKey, place, hybrid)).toMatchObject({
    refusal: { code: "sealed-for-another-key-or-place" },
  });
  expect(await openBytes(key, place, hybrid)).toMatchObject({ refusal: { code: "sealed-altered" } });
});

test("HKDF-Expand agrees with RFC 5869 as node:crypto states it", async () => {
  // hkdfSync extracts first; HMAC of our own over its documented definition is the independent second opinion.
  const { createHmac } = await import("node:crypto");
  const salt = randomBytes(24);
  const info = Buffer.concat([Buffer.from("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"), salt, place]);
  const first = createHmac("sha512", key).update(info).update(Uint8Array.of(1)).digest();
  const second = createHmac("sha512", key).update(first).update(info).update(Uint8Array.of(2)).digest();
  const derived = await deriveKeys(key, salt, place, platforms[0]?.seal ?? webSealing(crypto.subtle));
  expect(Buffer.concat([derived.key, derived.baseNonce, derived.commitment])).toEqual(
    Buffer.concat([first, second]).subarray(0, 76),
  );
});

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return concatBytes(...all);
}

function split(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}

test("a stream gives the bytes of the whole, however it is cut into pieces", async () => {
  const salt = randomBytes(24);
  for (const length of [0, 1, 16_384, 262_144, 262_145, 600_000]) {
    const message = randomBytes(length);
    const whole = await sealBytes(key, place, message, () => salt);
    for (const size of [1 + (length >> 3), 16_384, 100_000]) {
      const streamed = await collect(sealStream(key, place, split(message, size), () => salt));
      expect(Buffer.from(streamed).equals(whole)).toBe(true);
      const opened: Uint8Array[] = [];
      const result = await openStream(key, place, split(whole, size), (piece) => void opened.push(piece));
      expect(expectOk(result)).toBe(length);
      expect(Buffer.concat(opened).equals(message)).toBe(true);
    }
  }
});

test("a stream that is cut, altered or of another place ends in a refusal", async () => {
  const sealed = await sealBytes(key, place, randomBytes(300_000), randomBytes);
  const read = async (bytes: Uint8Array, context = place) =>
    openStream(key, context, split(bytes, 5000), () => undefined);
  const flipped = new Uint8Array(sealed);
  flipped[290_000] = (flipped[290_000] ?? 0) ^ 1;
  expect(await read(flipped)).toMatchObject({ refusal: { code: "sealed-altered" } });
  expect(await read(sealed, utf8("elsewhere"))).toMatchObject({
    refusal: { code: "sealed-for-another-key-or-place" },
  });
  for (const length of [0, 20, 56, 60, headerSize + 16 * sealedChunkSize, sealed.length - 1]) {
    expect((await read(sealed.subarray(0, length))).ok).toBe(false);
  }
  expect((await read(concatBytes(sealed, Uint8Array.of(0)))).ok).toBe(false);
});
