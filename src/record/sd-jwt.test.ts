// Against RFC 9901's own example and another implementation's cases; the signatures there are ES256, checked here only.
import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { toBase64Url, utf8 } from "./bytes.ts";
import { sha256Base64Url } from "./hash.ts";
import type { Json, JsonObject } from "./json-strict.ts";
import { expectOk } from "./result.ts";
import { parseSdJwt, processSdJwt, type SdJwt } from "./sd-jwt.ts";
import { vectorJson } from "#test/vector-files.ts";

type Jwk = { kty: string; crv: string; x: string; y: string };
type Disclosure = { b64: string; hash: string; json: string };

function isSignedBy(jwk: Jwk, signingInput: string, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: jwk, format: "jwk" });
  return verify("sha256", utf8(signingInput), { key, dsaEncoding: "ieee-p1363" }, signature);
}

const rfc = vectorJson<{
  issuer_jwk: Jwk;
  holder_jwk: Jwk;
  issuance: string;
  presentation_with_kb: string;
  sd_hash: string;
  disclosures: Disclosure[];
  payload: JsonObject;
  verified_all: JsonObject;
  nonce: string;
  aud: string;
}>("sdjwt/rfc9901-section5.json");

test("the example of RFC 9901 section 5 is issued, opened and bound to its holder as printed", () => {
  const issued = expectOk(parseSdJwt(rfc.issuance));
  expect(isSignedBy(rfc.issuer_jwk, issued.signingInput, issued.signature)).toBe(true);
  expect(issued.payload).toEqual(rfc.payload);
  expect(issued.disclosures).toEqual(rfc.disclosures.map((one) => one.b64));
  for (const { b64, hash, json } of rfc.disclosures) {
    expect(sha256Base64Url(b64)).toBe(hash);
    expect(toBase64Url(utf8(json))).toBe(b64);
  }
  expect(expectOk(processSdJwt(issued.payload, issued.disclosures))).toEqual(rfc.verified_all);

  const shown = expectOk(parseSdJwt(rfc.presentation_with_kb));
  const opened = expectOk(processSdJwt(shown.payload, shown.disclosures));
  expect(opened).toMatchObject({ family_name: "Doe", given_name: "John", nationalities: ["US"] });
  expect(opened).not.toHaveProperty("email");
  expect(sha256Base64Url(shown.withoutKeyBinding)).toBe(rfc.sd_hash);
  const binding = expectOk(parseSdJwt(`${shown.keyBinding}~`));
  expect(isSignedBy(rfc.holder_jwk, binding.signingInput, binding.signature)).toBe(true);
  expect(binding.payload).toMatchObject({ sd_hash: rfc.sd_hash, nonce: rfc.nonce, aud: rfc.aud });
});

type ReferenceCase = {
  format: "compact" | "json";
  issuance: string;
  sd_jwt_payload: JsonObject;
  disclosures: Disclosure[];
  presentation: string;
  verified: JsonObject;
  verified_all: JsonObject;
  issuer_jwks: Jwk[];
};

/** Flattened JSON serialisation (RFC 9901 section 8) as the compact one. */
function compactOf(format: ReferenceCase["format"], text: string): string {
  if (format === "compact") return text;
  const json = JSON.parse(text) as {
    payload: string;
    protected: string;
    signature: string;
    header: { disclosures: string[]; kb_jwt?: string };
  };
  const { disclosures, kb_jwt = "" } = json.header;
  return [`${json.protected}.${json.payload}.${json.signature}`, ...disclosures, kb_jwt].join("~");
}

const references = Object.entries(vectorJson<Record<string, ReferenceCase>>("sdjwt/reference-cases.json"));
test.each(references)("reference case %s opens to the published claims", (_, one) => {
  const issued = expectOk(parseSdJwt(compactOf(one.format, one.issuance)));
  const shown = expectOk(parseSdJwt(compactOf(one.format, one.presentation)));
  for (const { signingInput, signature } of [issued, shown])
    expect(one.issuer_jwks.some((jwk) => isSignedBy(jwk, signingInput, signature))).toBe(true);
  expect(issued.payload).toEqual(one.sd_jwt_payload);
  for (const { b64, hash } of one.disclosures) expect(sha256Base64Url(b64)).toBe(hash);
  expect(expectOk(processSdJwt(issued.payload, issued.disclosures))).toEqual(one.verified_all);
  expect(expectOk(processSdJwt(shown.payload, shown.disclosures))).toEqual(one.verified);
  expect(expectOk(processSdJwt(issued.payload, []))).not.toHaveProperty("_sd");
});

const make = (...parts: Json[]): string => toBase64Url(utf8(JSON.stringify(parts)));
const digest = sha256Base64Url;
const salt = "salt-salt-salt-salt-salt";
const code = (payload: JsonObject, disclosures: string[]): string | undefined => {
  const processed = processSdJwt(payload, disclosures);
  return processed.ok ? undefined : processed.refusal.code;
};

test("what RFC 9901 section 7.1 says must be rejected is rejected", () => {
  const field = make(salt, "name", "A");
  const element = make(salt, "A");
  expect(code({}, [field])).toBe("sd-jwt-disclosure-unreferenced");
  expect(code({ _sd: [digest(field)] }, [field, field])).toBe("sd-jwt-disclosure-repeated");
  expect(code({ _sd: [digest(field), digest(field)] }, [field])).toBe("sd-jwt-digest-repeated");
  expect(code({ _sd: ["decoy"], a: { _sd: ["decoy"] } }, [])).toBe("sd-jwt-digest-repeated");
  expect(code({ _sd: [digest(field)], name: "B" }, [field])).toBe("sd-jwt-name-present");
  const again = make(`${salt}2`, "name", "C");
  expect(code({ _sd: [digest(field), digest(again)] }, [field, again])).toBe("sd-jwt-name-present");
  for (const name of ["_sd", "..."]) {
    const reserved = make(salt, name, "A");
    expect(code({ _sd: [digest(reserved)] }, [reserved])).toBe("sd-jwt-name-reserved");
  }
  expect(code({ _sd: [digest(element)] }, [element])).toBe("sd-jwt-disclosure-kind-wrong");
  expect(code({ list: [{ "...": digest(field) }] }, [field])).toBe("sd-jwt-disclosure-kind-wrong");
  expect(code({ _sd_alg: "md5" }, [])).toBe("sd-jwt-alg-unknown");
  expect(code({ _sd: [1] }, [])).toBe("sd-jwt-digest-malformed");
  expect(code({ _sd: "x" }, [])).toBe("sd-jwt-digest-malformed");
  expect(code({ a: { "...": "x" } }, [])).toBe("sd-jwt-name-reserved");
  for (const broken of [make(), make(1, "name", "A"), "AA", "!", toBase64Url(utf8("{}"))])
    expect(code({ _sd: [digest(broken)] }, [broken]), broken).toBe("sd-jwt-disclosure-malformed");
  let deep: Json = "x";
  for (let i = 0; i < 70; i++) deep = [deep];
  expect(code({ deep }, [])).toBe("sd-jwt-too-deep");
});

test("a claim named __proto__ stays a claim", () => {
  const disclosure = make(salt, "__proto__", { admin: true });
  const processed = expectOk(processSdJwt({ _sd: [digest(disclosure)] }, [disclosure]));
  expect(Object.keys(processed)).toEqual(["__proto__"]);
  expect((processed as { admin?: unknown }).admin).toBeUndefined();
});

test("an SD-JWT that is unsigned or not one is refused", () => {
  const part = (json: Json): string => toBase64Url(utf8(JSON.stringify(json)));
  const parse = (text: string): string | SdJwt => {
    const parsed = parseSdJwt(text);
    return parsed.ok ? parsed.value : parsed.refusal.code;
  };
  expect(parse(`${part({ alg: "none" })}.${part({})}.~`)).toBe("sd-jwt-alg-none");
  expect(parse(`${part({ alg: "None" })}.${part({})}.AAAA~`)).toBe("sd-jwt-alg-none");
  expect(parse(`${part({ alg: "ES256" })}.${part({})}.~`)).toBe("sd-jwt-alg-none");
  expect(parse(`${part({ alg: "ES256" })}.${part({})}.AAAA`)).toBe("sd-jwt-malformed");
  expect(parse(`${part({ alg: "ES256" })}.${part({})}~`)).toBe("sd-jwt-malformed");
  expect(parse(`${part([])}.${part({})}.AAAA~`)).toBe("sd-jwt-malformed");
});
