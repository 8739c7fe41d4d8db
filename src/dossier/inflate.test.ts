import { deflateRawSync } from "node:zlib";
import { array, assert, constantFrom, oneof, property, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { inflate } from "./inflate.ts";

const inputs = oneof(
  uint8Array({ maxLength: 4_000 }),
  array(constantFrom("дерек", "a", "bbbb", "\n", "0123456789"), { maxLength: 3_000 }).map((words) =>
    new TextEncoder().encode(words.join("")),
  ),
);

test("what zlib packed, at any level, unpacks to the same bytes", () => {
  assert(
    property(inputs, constantFrom(0, 1, 6, 9), (data, level) => {
      expect(inflate(deflateRawSync(data, { level }), data.length)).toEqual(data);
    }),
    { numRuns: 200 },
  );
});

test("a size that is not the true one is refused, so a bomb never unpacks", () => {
  const packed = deflateRawSync(new Uint8Array(50_000_000));
  const before = performance.now();
  expect(inflate(packed, 1_000)).toBeUndefined();
  expect(performance.now() - before).toBeLessThan(200);
  const small = deflateRawSync(new Uint8Array(100));
  expect(inflate(small, 99)).toBeUndefined();
  expect(inflate(small, 101)).toBeUndefined();
});

test("cut or altered data is refused or unpacks to the claimed size, and never throws", () => {
  const data = new TextEncoder().encode("a bank line, and another bank line ".repeat(40));
  const packed = new Uint8Array(deflateRawSync(data));
  for (let at = 0; at < packed.length; at++) {
    expect(inflate(packed.subarray(0, at), data.length)).toBeUndefined();
    for (const bit of [1, 16, 128]) {
      const altered = packed.slice();
      altered[at] = (altered[at] ?? 0) ^ bit;
      expect([undefined, data.length]).toContain(inflate(altered, data.length)?.length);
    }
  }
});
