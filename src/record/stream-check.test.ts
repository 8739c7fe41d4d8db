import * as fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "./bytes.ts";
import type { StreamPlace } from "./entry.ts";
import { sha256 } from "./hash.ts";
import { StreamCheck } from "./stream-check.ts";

type Entry = { readonly hash: Uint8Array; readonly stream: StreamPlace };

function streamOf(id: string, length: number): Entry[] {
  const check = new StreamCheck();
  return Array.from({ length }, (_, i) => {
    const entry = { hash: sha256(utf8(`${id} ${i}`)), stream: check.next(id) };
    check.take(entry);
    return entry;
  });
}

function codes(entries: readonly Entry[]): string[] {
  const check = new StreamCheck();
  return entries.map((entry) => {
    const taken = check.take(entry);
    return taken.ok ? "ok" : taken.refusal.code;
  });
}

test("whole streams pass, however they are interleaved", () => {
  const [a, b] = [streamOf("funds", 4), streamOf("spending", 3)];
  expect(codes([...a.slice(0, 2), ...b, ...a.slice(2)])).toEqual(Array(7).fill("ok"));
});

// The law that makes streams worth having: whatever single entry but the last is left out, the next one shows it.
test("leaving out any one entry but the last shows, once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.nat(), (length, pick) => {
      const left = pick % (length - 1);
      const found = codes(streamOf("funds", length).filter((_, i) => i !== left));
      expect(found.filter((code) => code !== "ok")).toEqual(["stream-gap"]);
      expect(found.indexOf("stream-gap")).toBe(left);
    }),
  );
});

test("a second entry with the same number shows, and the stream goes on from the first", () => {
  const [first, second, third] = streamOf("funds", 3) as [Entry, Entry, Entry];
  const twin = { ...second, hash: sha256(utf8("twin")) };
  expect(codes([first, second, twin, third])).toEqual(["ok", "ok", "stream-repeated", "ok"]);
});

test("an entry that names another predecessor shows", () => {
  const [first, second] = streamOf("funds", 2) as [Entry, Entry];
  const other = { ...second, stream: { ...second.stream, previous: sha256(utf8("other")) } };
  expect(codes([first, other])).toEqual(["ok", "stream-previous-wrong"]);
});

test("what is tried on a copy leaves the original where it was", () => {
  const [first, second] = streamOf("funds", 2) as [Entry, Entry];
  const check = new StreamCheck();
  check.take(first);
  const copy = check.copy();
  expect(copy.take(second).ok).toBe(true);
  expect([copy.next("funds").seq, check.next("funds").seq]).toEqual([2, 1]);
});
