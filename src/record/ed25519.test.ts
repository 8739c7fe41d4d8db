// Implementations of Ed25519 disagree on odd keys and signatures. Ours refuse them all, so a browser, a server and
// a court's expert give one answer.
import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { equalBytes, fromHex, toHex, utf8 } from "./bytes.ts";
import { curve } from "./curve.ts";
import { isAcceptablePublicKey, signerFromSeed, verifyEd25519 } from "./ed25519.ts";
import { keyThumbprint } from "./key-id.ts";
import { vectorJson } from "#test/vector-files.ts";

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

// RFC 8032 section 7.1, test 2.
const rfc = {
  seed: bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"),
  publicKey: bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
  message: bytes("72"),
  signature: bytes(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ),
};

test("keys and signatures are those of RFC 8032", () => {
  const signer = signerFromSeed(rfc.seed);
  expect(toHex(signer.publicKey)).toBe(toHex(rfc.publicKey));
  expect(toHex(signer.sign(rfc.message))).toBe(toHex(rfc.signature));
  expect(verifyEd25519(rfc)).toBe(true);
  expect(toHex(curve.publicKey(rfc.seed))).toBe(toHex(rfc.publicKey));
  expect(toHex(curve.sign(rfc.message, rfc.seed))).toBe(toHex(rfc.signature));
  expect(curve.verify(rfc)).toBe(true);
});

test("the thumbprint of a key is that of RFC 8037, appendix A.3", () => {
  const x = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  expect(keyThumbprint(x)).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
});

type Case = { number: number; key: string; sig: string; msg: string; flags: string[] | null };
const cases = vectorJson<Case[]>("ed25519/cctv-slice.json");
/** Any of these makes implementations disagree: all are refused. */
const odd = [
  "low_order_A",
  "low_order_component_A",
  "non_canonical_A",
  "low_order_R",
  "low_order_component_R",
  "non_canonical_R",
  "low_order_residue",
];

test.each(cases)("edge case $number of CCTV: accepted only if nothing about it is odd ($flags)", (edge) => {
  const input = { publicKey: bytes(edge.key), message: utf8(edge.msg), signature: bytes(edge.sig) };
  const isPlain = !(edge.flags ?? []).some((flag) => odd.includes(flag));
  expect(verifyEd25519(input)).toBe(isPlain);
  const isKeyPlain = !["low_order_A", "low_order_component_A", "non_canonical_A"].some((flag) =>
    edge.flags?.includes(flag),
  );
  expect(isAcceptablePublicKey(input.publicKey)).toBe(isKeyPlain);
  expect(curve.isPrimeOrderPoint(input.publicKey)).toBe(isKeyPlain);
  // Where the key is acceptable, portable arithmetic and OpenSSL agree but for small-order R, refused beforehand.
  if (isKeyPlain && !edge.flags?.includes("low_order_R")) expect(curve.verify(input)).toBe(isPlain);
});

test("a signature holds for its message, key and bits only", () => {
  const signer = signerFromSeed(rfc.seed);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(511), (message, bit) => {
      const signature = signer.sign(message);
      const input = { publicKey: signer.publicKey, message, signature };
      const changed = signature.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return (
        verifyEd25519(input) &&
        curve.verify(input) &&
        equalBytes(curve.sign(message, rfc.seed), signature) &&
        !verifyEd25519({ ...input, signature: changed }) &&
        !curve.verify({ ...input, signature: changed }) &&
        !verifyEd25519({ ...input, message: Uint8Array.of(...message, 0) })
      );
    }),
    { numRuns: 40 },
  );
});

test("wrong lengths are refused, not thrown at", () => {
  expect(verifyEd25519({ ...rfc, signature: rfc.signature.subarray(1) })).toBe(false);
  expect(verifyEd25519({ ...rfc, publicKey: rfc.publicKey.subarray(1) })).toBe(false);
  expect(isAcceptablePublicKey(new Uint8Array(0))).toBe(false);
  expect(() => signerFromSeed(new Uint8Array(31))).toThrow("seed");
});

test("S plus the group order is a second spelling of a signature, and refused", () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${toHex(rfc.signature.slice(32).reverse())}`) + order;
  const raised = rfc.signature.slice();
  raised.set(bytes(s.toString(16).padStart(64, "0")).reverse(), 32);
  expect(verifyEd25519({ ...rfc, signature: raised })).toBe(false);
  expect(curve.verify({ ...rfc, signature: raised })).toBe(false);
});

// The curve is loaded at the first key on Node, and through portable.ts elsewhere: both roads in a process of their own.
test("a key is judged the same on plain Node and without Node's cryptography", () => {
  const program = (prelude: string): string => `${prelude}
    const { isAcceptablePublicKey, signerFromSeed, verifyEd25519 } = await import("#record/ed25519.ts");
    const { sha256Base64Url } = await import("#record/hash.ts");
    const signer = signerFromSeed(new Uint8Array(32).fill(9));
    const message = new Uint8Array(3);
    const signature = signer.sign(message);
    console.log(JSON.stringify([isAcceptablePublicKey(signer.publicKey), isAcceptablePublicKey(new Uint8Array(32)),
      verifyEd25519({ publicKey: signer.publicKey, message, signature }), [...signature], sha256Base64Url("x")]));`;
  const run = (prelude: string): string =>
    execFileSync(process.execPath, ["--input-type=module", "-e", program(prelude)], {
      encoding: "utf8",
      stdio: "pipe",
    });
  const onNode = run("");
  const elsewhere = run(
    'process.getBuiltinModule = undefined; globalThis.Buffer = undefined; await import("#record/portable.ts");',
  );
  expect(elsewhere).toBe(onNode);
  expect(onNode).toMatch(/^\[true,false,true,/u);
  expect(() => run("process.getBuiltinModule = undefined;")).toThrow("portable.ts");
});
