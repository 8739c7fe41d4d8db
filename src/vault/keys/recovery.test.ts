// Any three of five trustees recover the key; two, a forged share or another foundation's share do not, and each
// failure says what to do.
import { randomBytes as nodeRandomBytes } from "node:crypto";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { assert, expectOk } from "#record/result.ts";
import { decodeBech32, encodeBech32 } from "./bech32.ts";
import { type AgeKeyPair, newHybridKey } from "./member.ts";
import { combineRecovery, splitRecovery } from "./recovery.ts";
import { decodeShare, encodeShare } from "./share-text.ts";

const randomBytes = (length: number): Uint8Array => new Uint8Array(nodeRandomBytes(length));
let pair: AgeKeyPair;
let shares: readonly string[];
let others: readonly string[];

beforeAll(async () => {
  pair = await newHybridKey(randomBytes);
  shares = await splitRecovery(pair, { threshold: 3, total: 5 });
  others = await splitRecovery(await newHybridKey(randomBytes), { threshold: 3, total: 5 });
});

const pick = (...numbers: readonly number[]): string[] => numbers.map((number) => shares[number - 1] ?? "");
const combine = async (texts: readonly string[]) => combineRecovery(texts, pair.recipient);

test("every three of the five recover the key, in any order, and so do all five", async () => {
  for (const texts of [pick(1, 2, 3), pick(5, 1, 3), pick(4, 2, 5), pick(1, 2, 3, 4, 5)]) {
    expect(expectOk(await combine(texts)).reveal()).toBe(pair.identity.reveal());
  }
});

test("two are too few, and the refusal says how many are needed", async () => {
  expect(await combine(pick(1, 2))).toMatchObject({
    refusal: { code: "shares-too-few", given: 2, needed: 3 },
  });
  expect(await combine([])).toMatchObject({ refusal: { code: "shares-too-few", given: 0 } });
});

test("a share of another foundation is named", async () => {
  expect(await combine([...pick(1, 2), others[2] ?? ""])).toMatchObject({
    refusal: { code: "share-of-another-set", share: 3 },
  });
});

test("the same share twice is named", async () => {
  expect(await combine(pick(1, 2, 2))).toMatchObject({ refusal: { code: "share-repeated", share: 3 } });
});

test("one misread character is found in its share, wherever it stands", async () => {
  const [text = ""] = shares;
  for (let at = "aigaq-share-1 ".length; at < text.length; at++) {
    if (text.charAt(at) === "-") continue;
    const misread = text.slice(0, at) + (text.charAt(at) === "A" ? "B" : "A") + text.slice(at + 1);
    expect(await combine([...pick(2, 3), misread])).toMatchObject({
      refusal: { code: "share-misread", share: 3 },
    });
  }
});

test.each(["", "hello", "aigaq-share-1 0000", `aigaq-share-1 ${"U".repeat(72)}`])(
  "no share at all is refused: %j",
  async (text) => {
    expect(await combine([text])).toMatchObject({ refusal: { code: "share-malformed", share: 1 } });
  },
);

// The forged twin: right set, right checksum, wrong content. The splitting itself would give a wrong key silently.
test("a forged share that reads well is refused, because the key is compared with the published one", async () => {
  const share = decodeShare(shares[0] ?? "");
  assert(typeof share === "object", "our own share reads");
  const bytes = new Uint8Array(share.bytes);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  const forged = encodeShare({ ...share, bytes });
  expect(await combine([forged, ...pick(2, 3)])).toMatchObject({ refusal: { code: "shares-do-not-fit" } });
  const lying = encodeShare({ ...share, threshold: 2, total: 2, number: 1 });
  expect((await combine([lying, ...pick(2)])).ok).toBe(false);
});

test("a share is read as people type it", () => {
  const [text = ""] = shares;
  const expected = decodeShare(text);
  expect(typeof expected).toBe("object");
  const body = text.replace("aigaq-share-1 ", "");
  for (const typed of [
    text.toLowerCase(),
    body,
    ` ${text.replaceAll("-", " - ")}\n`.replace("aigaq - share - 1", "aigaq-share-1"),
    `aigaq-share-1 ${body.replaceAll("0", "o").replaceAll("1", "l")}`,
    body.replaceAll("-", "–"),
  ]) {
    expect(decodeShare(typed)).toEqual(expected);
  }
});

test("every share text reads back as it was written", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 255 }).chain((total) =>
        fc.record({
          set: fc.uint8Array({ minLength: 4, maxLength: 4 }),
          threshold: fc.integer({ min: 2, max: total }),
          total: fc.constant(total),
          number: fc.integer({ min: 1, max: total }),
          bytes: fc.uint8Array({ minLength: 33, maxLength: 33 }),
        }),
      ),
      (share) => {
        expect(decodeShare(encodeShare(share))).toEqual(share);
      },
    ),
  );
});

test("a splitting that nobody can use is our own mistake and throws", async () => {
  await expect(splitRecovery(pair, { threshold: 1, total: 5 })).rejects.toThrow("threshold");
  await expect(splitRecovery(pair, { threshold: 6, total: 5 })).rejects.toThrow("threshold");
});

test("Bech32 gives bytes back, and refuses a changed letter, mixed case and another prefix", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      const text = encodeBech32("age-secret-key-", bytes);
      expect(decodeBech32("age-secret-key-", text)).toEqual(bytes);
      expect(decodeBech32("age-secret-key-", text.toUpperCase())).toEqual(bytes);
      expect(decodeBech32("age-secret-key-", `A${text.slice(1)}`)).toBeUndefined();
      expect(decodeBech32("age", text)).toBeUndefined();
      const last = text.endsWith("q") ? "p" : "q";
      expect(decodeBech32("age-secret-key-", text.slice(0, -1) + last)).toBeUndefined();
      expect(decodeBech32("age-secret-key-", `${text}b`)).toBeUndefined();
    }),
  );
});

// BIP-173's own valid example with a data part.
test("Bech32 agrees with BIP-173", () => {
  const text = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";
  expect(decodeBech32("abcdef", text)).toEqual(
    Uint8Array.from(Buffer.from("00443214c74254b635cf84653a56d7c675be77df", "hex")),
  );
});
