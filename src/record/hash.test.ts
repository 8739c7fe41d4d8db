// Hashing agrees with published values, and the portable code with Node's.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, equalBytes, toBase64Url, toHex, utf8 } from "./bytes.ts";
import { hmacSha256, hmacSha256Keyed, sha256, sha256Base64Url, sha256OfText, sha256Stream } from "./hash.ts";
import { portableImplementation } from "./portable.ts";

test("SHA-256 of abc is that of FIPS 180-4", () => {
  const expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(toHex(sha256(utf8("abc")))).toBe(expected);
  expect(toHex(sha256(utf8("a"), utf8(""), utf8("bc")))).toBe(expected);
  expect(toHex(sha256OfText("abc"))).toBe(expected);
  expect(toHex(portableImplementation.sha256(utf8("abc")))).toBe(expected);
});

test("HMAC-SHA-256 is that of RFC 4231, test case 2", () => {
  const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  expect(toHex(hmacSha256(utf8("Jefe"), utf8("what do ya want "), utf8("for nothing?")))).toBe(expected);
  expect(toHex(portableImplementation.hmacSha256(utf8("Jefe"), utf8("what do ya want for nothing?")))).toBe(
    expected,
  );
});

test("a digest does not depend on how the bytes came in", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (parts) => {
      const whole = sha256(concatBytes(...parts));
      const ours = sha256Stream();
      const portable = portableImplementation.sha256Stream();
      for (const part of parts) {
        ours.update(part);
        portable.update(part);
      }
      return (
        equalBytes(whole, sha256(...parts)) &&
        equalBytes(whole, ours.digest()) &&
        equalBytes(whole, portable.digest()) &&
        equalBytes(whole, portableImplementation.sha256(concatBytes(...parts)))
      );
    }),
  );
});

test("the digest of a text is that of its UTF-8", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      (text) => sha256Base64Url(text) === toBase64Url(sha256(utf8(text))),
    ),
  );
});

test("the short way to many HMACs gives what RFC 2104 says, for any key and text", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 100 }),
      fc.array(fc.string({ unit: "binary", maxLength: 400 })),
      (key, texts) => {
        const keyed = hmacSha256Keyed(key);
        for (const text of texts) expect(toHex(keyed(text))).toBe(toHex(hmacSha256(key, utf8(text))));
      },
    ),
  );
});
