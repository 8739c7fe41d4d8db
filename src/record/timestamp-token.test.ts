// An authority outside says that bytes existed: checked on responses of a staging authority, one with a broken signature.
import { createHash, verify, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { toHex, utf8 } from "./bytes.ts";
import { derTime, oidText, readDer, readDerList } from "./der.ts";
import { expectOk } from "./result.ts";
import { parseTimestampResponse, type TimestampToken, verifyTimestamp } from "./timestamp-token.ts";
import { vectorBytes, vectorText } from "#test/vector-files.ts";

const chain = vectorText("rfc3161/sigstage/ts_chain.pem")
  .split(/(?<=-----END CERTIFICATE-----\n)/u)
  .filter((pem) => pem.includes("BEGIN"))
  .map((pem) => new X509Certificate(pem));
const response = vectorBytes("rfc3161/sigstage/response-sha256.tsr");

/** Trusts the one chain of the vectors: the token's certificate is in it or signed by one of it. */
function isSignedByTrusted({ certificates, signer }: TimestampToken): boolean {
  const known = [...chain, ...certificates.map((der) => new X509Certificate(der))];
  const trusted = known.filter((one) =>
    chain.some((root) => root.raw.equals(one.raw) || one.verify(root.publicKey)),
  );
  return trusted.some((one) => verify("sha256", signer.attributes, one.publicKey, signer.signature));
}

test("a timestamp over hello is that of 9 May 2025, by the authority of the chain", () => {
  const token = expectOk(parseTimestampResponse(response));
  expect(toHex(token.imprint)).toBe(createHash("sha256").update("hello").digest("hex"));
  expect(new Date(token.time * 1_000).toISOString()).toBe("2025-05-09T11:58:55.000Z");
  expect(token).toMatchObject({
    policy: "1.3.6.1.4.1.57264.2",
    serial: "784b4c5e57aaa63b570f15cba4df95251668ae9e",
  });
  expect(verifyTimestamp(token, utf8("hello"), isSignedByTrusted)).toEqual({
    ok: true,
    value: { time: token.time },
  });
});

// The request of the vectors was made with SHA-512, the response beside it with SHA-256.
test("the request is read as one over hello", () => {
  const request = readDer(vectorBytes("rfc3161/sigstage/request.der"))?.content ?? new Uint8Array();
  const [version, imprint] = readDerList(request) ?? [];
  const digest = readDerList(imprint?.content ?? new Uint8Array())?.[1]?.content;
  expect(version?.content).toEqual(Uint8Array.of(1));
  expect(toHex(digest ?? new Uint8Array())).toBe(createHash("sha512").update("hello").digest("hex"));
});

test("a timestamp of other bytes, with a broken signature or of a stranger is refused", () => {
  const token = expectOk(parseTimestampResponse(response));
  expect(verifyTimestamp(token, utf8("hallo"), isSignedByTrusted)).toMatchObject({
    refusal: { code: "timestamp-other-content" },
  });
  const broken = expectOk(
    parseTimestampResponse(vectorBytes("rfc3161/sigstage/response-invalid-signature.tsr")),
  );
  expect(verifyTimestamp(broken, utf8("hello"), isSignedByTrusted)).toMatchObject({ ok: false });
  expect(verifyTimestamp(token, utf8("hello"), () => false)).toMatchObject({
    refusal: { code: "timestamp-signature-wrong" },
  });
  const swapped = { ...token, content: Uint8Array.of(...token.content, 0) };
  expect(verifyTimestamp(swapped, utf8("hello"), isSignedByTrusted)).toMatchObject({
    refusal: { code: "timestamp-attributes-wrong" },
  });
});

test("a response with any byte changed is refused, or tells the same", () => {
  const good = expectOk(parseTimestampResponse(response));
  for (let at = 0; at < response.length; at++) {
    const changed = response.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    const parsed = parseTimestampResponse(changed);
    if (!parsed.ok) continue;
    const verified = verifyTimestamp(parsed.value, utf8("hello"), (token) => {
      try {
        return isSignedByTrusted(token);
      } catch {
        return false;
      }
    });
    if (verified.ok) expect(verified.value.time, `byte ${at}`).toBe(good.time);
  }
});

test("what is not a granted response is refused", () => {
  expect(parseTimestampResponse(new Uint8Array())).toMatchObject({
    refusal: { code: "timestamp-malformed" },
  });
  expect(parseTimestampResponse(response.subarray(0, -1))).toMatchObject({
    refusal: { code: "timestamp-malformed" },
  });
  const denied = response.slice();
  denied[8] = 2;
  expect(parseTimestampResponse(denied)).toMatchObject({ refusal: { code: "timestamp-not-granted" } });
});

test("lengths have one form, object ids and times one reading", () => {
  expect(readDer(Uint8Array.of(0x04, 0x81, 0x01, 0x00))).toBeUndefined();
  expect(readDer(Uint8Array.of(0x04, 0x80))).toBeUndefined();
  expect(readDer(Uint8Array.of(0x1f, 0x01, 0x00))).toBeUndefined();
  expect(oidText(Uint8Array.of(0x2a, 0x86, 0x48))).toBe("1.2.840");
  expect(oidText(Uint8Array.of(0x2a, 0x86))).toBeUndefined();
  const time = (text: string): number | undefined =>
    derTime({ tag: 0x18, content: utf8(text), bytes: new Uint8Array() });
  expect(time("19700101000001Z")).toBe(1);
  expect(time("19700101000001.5Z")).toBe(1);
  for (const text of [
    "19700101000001",
    "19700230000000Z",
    "19700101250000Z",
    "197001010000Z",
    "19700101000001.50Z",
  ])
    expect(time(text), text).toBeUndefined();
});
