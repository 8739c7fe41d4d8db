// An entry has one spelling. Everything two programs could read differently, or that hides a second hash, is refused.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, toBase64Url, utf8 } from "./bytes.ts";
import { signerFromSeed } from "./ed25519.ts";
import {
  entryHashOf,
  entryLengthMax,
  headerText,
  itemsMax,
  leafBytes,
  leafHashOfEntry,
  parseEntry,
  verifyEntrySignature,
} from "./entry.ts";
import { sha256, sha256Base64Url } from "./hash.ts";
import { issueEntry, paddedCount } from "./issue.ts";
import type { Json, JsonObject } from "./json-strict.ts";
import { expectOk } from "./result.ts";
import { EMPTY_ROOT, leafHash } from "./tree.ts";
import {
  fixedRandomness,
  forgeEntry,
  sampleDraft,
  sampleGenesis,
  sampleKid,
  samplePayload,
  sampleSigner,
  signTexts,
} from "#test/sample-entries.ts";

const deps = () => ({ signer: sampleSigner, randomBytes: fixedRandomness("entry") });
const code = (jwt: string): string | undefined => {
  const parsed = parseEntry(jwt);
  return parsed.ok ? undefined : parsed.refusal.code;
};
const payloadText = JSON.stringify(samplePayload());
const header = headerText(sampleKid);

test("an issued entry says what its draft said, is signed, and hides the rest", () => {
  const issued = issueEntry(sampleDraft, deps());
  const parsed = expectOk(parseEntry(issued.jwt));
  expect(parsed).toMatchObject({
    jwt: issued.jwt,
    hash: issued.hash,
    kid: sampleKid,
    payload: {
      genesis: sampleGenesis,
      type: "statement.lines",
      at: 1_700_000_000,
      anchor: { size: 0, root: EMPTY_ROOT },
      stream: { id: "statements", seq: 0, previous: null },
      pub: { import: "2025-04", lines: 2 },
    },
  });
  expect(parsed.payload.digests).toHaveLength(4);
  expect(parsed.payload.items).toHaveLength(2);
  expect(verifyEntrySignature(parsed, sampleSigner.publicKey)).toBe(true);
  expect(Buffer.from(issued.jwt.split(".")[1] ?? "", "base64url").toString()).not.toMatch(
    /Donor|500000|April/u,
  );
});

test("the leaf is the hash of the entry behind one byte, and nothing else of it", () => {
  const { jwt, hash, leafHash: leaf } = issueEntry(sampleDraft, deps());
  expect(hash).toEqual(sha256(utf8(jwt)));
  expect(hash).toEqual(entryHashOf(jwt));
  expect(leafBytes(hash)).toEqual(concatBytes(Uint8Array.of(1), hash));
  expect(leaf).toEqual(leafHash(leafBytes(hash)));
  expect(leafHashOfEntry(hash)).toEqual(leaf);
});

test("the genesis entry names none, later ones of a stream name the one before", () => {
  const first = issueEntry({ ...sampleDraft, genesis: null }, deps());
  expect(expectOk(parseEntry(first.jwt)).payload.genesis).toBeNull();
  const second = issueEntry(
    { ...sampleDraft, stream: { id: "statements", seq: 1, previous: first.hash } },
    deps(),
  );
  expect(expectOk(parseEntry(second.jwt)).payload.stream).toEqual({
    id: "statements",
    seq: 1,
    previous: first.hash,
  });
});

test("a signature is its author's over these very bytes", () => {
  const { jwt } = issueEntry(sampleDraft, deps());
  const other = signerFromSeed(new Uint8Array(32).fill(8));
  const parsed = expectOk(parseEntry(jwt));
  expect(verifyEntrySignature(parsed, other.publicKey)).toBe(false);
  // Signed by another, naming the first as author.
  const forged = expectOk(parseEntry(signTexts(header, payloadText, other)));
  expect(verifyEntrySignature(forged, sampleSigner.publicKey)).toBe(false);
  expect(verifyEntrySignature(forged, other.publicKey)).toBe(false);
});

test("any one character of an entry changed makes it malformed or unsigned", () => {
  const { jwt, hash } = issueEntry(sampleDraft, deps());
  fc.assert(
    fc.property(fc.nat(jwt.length - 1), fc.constantFrom(..."AQgw_-.~=9"), (at, put) => {
      const changed = jwt.slice(0, at) + put + jwt.slice(at + 1);
      if (changed === jwt) return;
      const parsed = parseEntry(changed);
      if (!parsed.ok) return;
      expect(verifyEntrySignature(parsed.value, sampleSigner.publicKey)).toBe(false);
      expect(parsed.value.hash).not.toEqual(hash);
    }),
    { numRuns: 300 },
  );
});

test.each<[string, string]>([
  ["jwt-not-three-parts", "a.b"],
  ["jwt-not-three-parts", "a.b.c.d"],
  ["jwt-not-three-parts", ""],
  [
    "header-malformed",
    signTexts(`{"alg":"EdDSA","kid":"${sampleKid}","typ":"aigaq+sd-jwt","x":1}`, payloadText),
  ],
  ["header-malformed", signTexts(`{"kid":"${sampleKid}","alg":"EdDSA","typ":"aigaq+sd-jwt"}`, payloadText)],
  ["header-malformed", signTexts("[]", payloadText)],
  [
    "json-not-canonical",
    signTexts(`{"alg":"EdDSA", "kid":"${sampleKid}","typ":"aigaq+sd-jwt"}`, payloadText),
  ],
  ["json-malformed", signTexts("no", payloadText)],
  ["alg-not-allowed", signTexts(`{"alg":"none","kid":"${sampleKid}","typ":"aigaq+sd-jwt"}`, payloadText)],
  ["alg-not-allowed", signTexts(`{"alg":"Ed25519","kid":"${sampleKid}","typ":"aigaq+sd-jwt"}`, payloadText)],
  ["alg-not-allowed", signTexts(`{"kid":"${sampleKid}","typ":"aigaq+sd-jwt"}`, payloadText)],
  ["typ-wrong", signTexts(`{"alg":"EdDSA","kid":"${sampleKid}","typ":"JWT"}`, payloadText)],
  ["kid-malformed", signTexts('{"alg":"EdDSA","kid":"me","typ":"aigaq+sd-jwt"}', payloadText)],
  ["json-malformed", signTexts(header, "{")],
  ["json-not-canonical", signTexts(header, payloadText.replace('"v":1', '"v":1,"v":1'))],
  ["json-not-canonical", signTexts(header, payloadText.replace('"v":1', '"v": 1'))],
  ["member-malformed", signTexts(header, "[]")],
])("%s: a text that is not an entry", (expected, jwt) => {
  expect(code(jwt)).toBe(expected);
});

test("base64url has one spelling in each part: else one signed entry would have several hashes", () => {
  const jwt = forgeEntry(samplePayload());
  const [head = "", body = "", signature = ""] = jwt.split(".");
  expect(code(jwt)).toBeUndefined();
  // 64 bytes end in a character with 4 unused bits, all zero.
  const bumped = String.fromCharCode(signature.charCodeAt(85) + 1);
  expect(code(`${head}.${body}.${signature.slice(0, -1)}${bumped}`)).toBe("base64url-not-canonical");
  expect(code(`${head}.${body}.${signature}==`)).toBe("base64url-not-canonical");
  expect(code(`${head}.${body}=.${signature}`)).toBe("base64url-not-canonical");
  expect(code(`${head}.${body.slice(0, 8)}\n${body.slice(8)}.${signature}`)).toBe("base64url-not-canonical");
  expect(code(`${head}=.${body}.${signature}`)).toBe("base64url-not-canonical");
  expect(code(`${head}.${body}.${signature.slice(0, -2)}`)).toBe("signature-malformed");
  expect(code(`${head}.${body}.`)).toBe("signature-malformed");
  expect(code(`${head}.${toBase64Url(Uint8Array.of(0x22, 0xff, 0x22))}.${signature}`)).toBe("utf8-invalid");
  expect(code(`${jwt}${"A".repeat(entryLengthMax)}`)).toBe("entry-too-large");
});

const digests = samplePayload()["_sd"] as readonly string[];
const item = (n: number): JsonObject => ({ "...": sha256Base64Url(`item ${n}`) });
const hash = toBase64Url(sampleGenesis);
const changed: readonly [string, string, Json | undefined][] = [
  ["version-unknown", "v", 2],
  ["version-unknown", "v", "1"],
  ["member-missing", "v", undefined],
  ["member-missing", "t", undefined],
  ["member-missing", "i", undefined],
  ["member-missing", "a", undefined],
  ["member-missing", "b", undefined],
  ["member-missing", "pub", undefined],
  ["member-missing", "_sd", undefined],
  ["member-missing", "_sd_alg", undefined],
  ["member-unknown", "exp", 1],
  ["member-unknown", "__proto__x", 1],
  ["member-malformed", "o", "short"],
  ["member-malformed", "o", null],
  ["member-malformed", "t", "Fund"],
  ["member-malformed", "t", "fund..in"],
  ["member-malformed", "t", "a".repeat(65)],
  ["member-malformed", "t", 1],
  ["member-malformed", "i", -1],
  ["member-malformed", "i", "1"],
  ["member-malformed", "i", 1.5],
  ["member-malformed", "a", null],
  ["member-malformed", "a", { n: 0 }],
  ["member-malformed", "a", { n: 0, r: hash }],
  ["member-malformed", "a", { n: -1, r: hash }],
  ["member-malformed", "a", { n: 1, r: `${hash}A` }],
  ["member-malformed", "a", { n: 1, r: hash, x: 1 }],
  ["member-malformed", "s", null],
  ["member-malformed", "s", { id: "funds", q: 0, p: hash }],
  ["member-malformed", "s", { id: "funds", q: 1 }],
  ["member-malformed", "s", { id: "Funds", q: 1, p: hash }],
  ["member-malformed", "s", { id: "a".repeat(65), q: 1, p: hash }],
  ["member-malformed", "s", { id: "funds", q: "1", p: hash }],
  ["member-malformed", "b", toBase64Url(new Uint8Array(15))],
  ["member-malformed", "b", 1],
  ["member-malformed", "pub", []],
  ["member-malformed", "pub", null],
  ["json-float", "pub", { a: 1.5 }],
  ["json-integer-too-large", "pub", { a: 2 ** 53 }],
  ["json-key-integer-like", "pub", { 7: 1 }],
  ["json-key-reserved", "pub", { _sd: [] }],
  ["json-key-reserved", "pub", { list: [{ "...": hash }] }],
  ["json-lone-surrogate", "pub", { a: "\ud800" }],
  ["json-too-deep", "pub", { a: { b: { c: { d: {} } } } }],
  ["member-malformed", "_sd", {}],
  ["digest-malformed", "_sd", ["x", ...digests.slice(1)]],
  ["digest-malformed", "_sd", [1, ...digests.slice(1)]],
  ["digest-repeated", "_sd", [digests[0] ?? "", ...digests.slice(0, 3)]],
  ["digests-not-sorted", "_sd", digests.toReversed()],
  ["digest-count-wrong", "_sd", []],
  ["digest-count-wrong", "_sd", digests.slice(0, 3)],
  ["digest-count-wrong", "_sd", [...digests, sha256Base64Url("fifth")].sort()],
  ["sd-alg-unknown", "_sd_alg", "sha-512"],
  ["member-malformed", "items", []],
  ["member-malformed", "items", {}],
  ["member-malformed", "items", null],
  ["member-malformed", "items", ["x"]],
  ["member-malformed", "items", [{ ...item(1), x: 1 }]],
  ["digest-malformed", "items", [{ "...": 1 }]],
  ["digest-malformed", "items", [{ x: "y" }]],
  ["digest-repeated", "items", [item(1), item(1)]],
  ["digest-repeated", "items", [{ "...": digests[2] ?? "" }]],
  ["too-many-items", "items", Array.from({ length: itemsMax + 1 }, (_, i) => item(i))],
];
test.each(changed)("%s: payload with another %s", (expected, name, value) => {
  const payload = samplePayload();
  if (value === undefined) delete payload[name];
  else payload[name] = value;
  expect(code(forgeEntry(payload))).toBe(expected);
});

test("a payload member named __proto__ is unknown, not lost", () => {
  expect(code(signTexts(header, payloadText.replace('"v":1', '"v":1,"__proto__":{"x":1}')))).toBe(
    "member-unknown",
  );
});

test("the order of members and absent optional ones are free", () => {
  const { s: _, o: __, ...rest } = samplePayload();
  expect(code(forgeEntry(rest))).toBeUndefined();
  expect(code(forgeEntry(Object.fromEntries(Object.entries(samplePayload()).reverse())))).toBeUndefined();
  expect(code(forgeEntry({ ...samplePayload(), s: { id: "funds", q: 0 } }))).toBeUndefined();
  expect(code(forgeEntry({ ...samplePayload(), items: [item(1)] }))).toBeUndefined();
});

test("the number of digests tells only the order of magnitude", () => {
  expect([0, 1, 4, 5, 8, 9, 16, 17].map(paddedCount)).toEqual([4, 4, 4, 8, 8, 16, 16, 32]);
});

test("equal drafts give unrelated entries, so a guess cannot be confirmed", () => {
  const a = issueEntry(sampleDraft, { signer: sampleSigner, randomBytes: fixedRandomness("a") });
  const b = issueEntry(sampleDraft, { signer: sampleSigner, randomBytes: fixedRandomness("b") });
  const [first, second] = [expectOk(parseEntry(a.jwt)).payload, expectOk(parseEntry(b.jwt)).payload];
  expect(first.digests.filter((digest) => second.digests.includes(digest))).toEqual([]);
  expect(first.items.filter((digest) => second.items.includes(digest))).toEqual([]);
  expect(first.blind).not.toEqual(second.blind);
});

test("randomness is taken once for an entry", () => {
  let calls = 0;
  const randomBytes = fixedRandomness("once");
  issueEntry(sampleDraft, { signer: sampleSigner, randomBytes: (n) => (calls++, randomBytes(n)) });
  expect(calls).toBe(1);
});

test.each<[string, object]>([
  ["entry type", { type: "Statement" }],
  ["whole seconds", { at: 1.5 }],
  ["genesis hash", { genesis: new Uint8Array(31) }],
  ["anchor", { anchor: { size: -1, root: EMPTY_ROOT } }],
  ["stream id", { stream: { id: "A", seq: 0, previous: null } }],
  ["previous", { stream: { id: "a", seq: 1, previous: null } }],
  ["public fields", { pub: { a: 0.5 } }],
  ["hidden field memo", { hidden: { memo: "\ud800" } }],
  ["may not be named pub", { hidden: { pub: 1 } }],
  ["both open and hidden", { items: [{ open: { a: 1 }, hidden: { a: 2 } }] }],
  ["open part", { items: [{ open: { _sd: [] } }] }],
  ["at most 4096 items", { items: Array.from({ length: itemsMax + 1 }, () => ({ open: {} })) }],
])("a draft that could not be read back is our bug: %s", (message, change) => {
  expect(() => issueEntry({ ...sampleDraft, ...change }, deps())).toThrow(message);
});
