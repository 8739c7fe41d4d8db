// One value has one text: whatever decodes, encodes back to the very text that was given.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  isBase64UrlOf32,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from "./bytes.ts";

const codecs = [
  { name: "base64", to: toBase64, from: fromBase64 },
  { name: "base64url", to: toBase64Url, from: fromBase64Url },
  { name: "hex", to: toHex, from: fromHex },
] as const;

test.each(codecs)("$name gives back every byte string", ({ to, from }) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => equalBytes(from(to(bytes)) ?? utf8("?"), bytes)),
  );
});

test.each(codecs)("$name reads no second spelling of a value", ({ to, from }) => {
  const character = fc.constantFrom(..."ABab019+/-_=\n gf");
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
      const bytes = from(text);
      return bytes === undefined || to(bytes) === text;
    }),
  );
});

test("unused bits, padding and white space are refused, not forgiven", () => {
  expect(fromBase64Url("QQ")).toEqual(Uint8Array.of(0x41));
  for (const text of ["QR", "QQ==", "Q", "QQ\n", " QQ", "Q+"])
    expect(fromBase64Url(text), text).toBeUndefined();
  for (const text of ["QR==", "QQ", "QQ=", "QQ==\n", "Q-==", "===="])
    expect(fromBase64(text), text).toBeUndefined();
  for (const text of ["4", "4G", "AB", "0x"]) expect(fromHex(text), text).toBeUndefined();
});

test("a digest in base64url is told from its look-alikes without decoding", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 31, maxLength: 33 }),
      (bytes) => isBase64UrlOf32(toBase64Url(bytes)) === (bytes.length === 32),
    ),
  );
  const digest = toBase64Url(new Uint8Array(32).fill(0xff));
  expect(isBase64UrlOf32(digest)).toBe(true);
  expect(isBase64UrlOf32(`${digest.slice(0, -1)}9`)).toBe(false);
});

test("a byte order mark is kept and broken UTF-8 is refused", () => {
  expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe("\u{feff}A");
  expect(fromUtf8(Uint8Array.of(0xc3))).toBeUndefined();
  expect(fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toBeUndefined();
});

test("byte strings are joined and ordered as memcmp does", () => {
  expect(concatBytes(utf8("a"), utf8(""), utf8("bc"))).toEqual(utf8("abc"));
  expect(compareBytes(utf8("a"), utf8("ab"))).toBeLessThan(0);
  expect(compareBytes(Uint8Array.of(0x80), Uint8Array.of(0x7f))).toBeGreaterThan(0);
  expect(compareBytes(utf8("ab"), utf8("ab"))).toBe(0);
});
