// Laws: padding is undone exactly, lengths fall into few sizes, and no padding but ours is accepted.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { expectOk } from "#record/result.ts";
import { pad, paddedLength, roundUp, unpad } from "./pad.ts";

test("taking the padding off gives the content back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (content) => {
      expect(expectOk(unpad(pad(content)))).toEqual(content);
    }),
  );
  for (const content of [new Uint8Array(0), new Uint8Array(300), new Uint8Array(70_000).fill(0x80)]) {
    expect(expectOk(unpad(pad(content)))).toEqual(content);
  }
});

test("up to 64 KiB there are nine sizes, so a size tells at most a doubling", () => {
  const sizes = new Set<number>();
  for (let length = 0; length < 65_536; length++) sizes.add(paddedLength(length));
  expect([...sizes]).toEqual([256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536]);
});

test("above, a doubling of the length passes at most 32 sizes, none more than 12 % too long", () => {
  for (let exponent = 16; exponent < 26; exponent++) {
    const sizes = new Set<number>();
    for (let length = 2 ** exponent; length < 2 ** (exponent + 1); length += 997) sizes.add(roundUp(length));
    expect(sizes.size).toBeLessThanOrEqual(33);
  }
  fc.assert(
    fc.property(fc.integer({ min: 65_537, max: 2 ** 40 }), (length) => {
      expect(roundUp(length)).toBeGreaterThanOrEqual(length);
      expect(roundUp(length)).toBeLessThanOrEqual(length * 1.12);
      expect(roundUp(roundUp(length))).toBe(roundUp(length));
    }),
  );
});

test("a longer content is never padded to less", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 33), fc.nat(1000), (length, more) => {
      expect(roundUp(length + more)).toBeGreaterThanOrEqual(roundUp(length));
    }),
  );
});

test.each([
  ["empty bytes", new Uint8Array(0)],
  ["zeros only", new Uint8Array(256)],
  ["no mark before the zeros", new Uint8Array(256).fill(7, 0, 10)],
  ["a length that padding never gives", Uint8Array.of(1, 2, 0x80, 0)],
  ["more zeros than needed", new Uint8Array(512).fill(0x80, 0, 1)],
])("padding of another hand is refused: %s", (_, bytes) => {
  expect(unpad(bytes)).toMatchObject({ ok: false, refusal: { code: "padding-wrong" } });
});
