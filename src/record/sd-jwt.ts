/**
 * SD-JWT in general (RFC 9901 section 7.1): any payload, any nesting, decoys. Entries have a stricter form of their own
 * (`entry.ts`, `disclosure.ts`); this is for others' SD-JWTs, and the tests hold both against the RFC's examples.
 */
import { fromBase64Url, fromUtf8 } from "./bytes.ts";
import { sha256Base64Url } from "./hash.ts";
import type { Json, JsonObject } from "./json-strict.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";

export type SdJwtRefusal = Refusal<
  | "sd-jwt-malformed"
  | "sd-jwt-alg-none"
  | "sd-jwt-alg-unknown"
  | "sd-jwt-digest-malformed"
  | "sd-jwt-digest-repeated"
  | "sd-jwt-disclosure-malformed"
  | "sd-jwt-disclosure-repeated"
  | "sd-jwt-disclosure-unreferenced"
  | "sd-jwt-disclosure-kind-wrong"
  | "sd-jwt-name-reserved"
  | "sd-jwt-name-present"
  | "sd-jwt-too-deep"
>;

/** A compact SD-JWT taken apart; the signature is the caller's to verify, over `signingInput`. */
export type SdJwt = {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  readonly signingInput: string;
  readonly signature: Uint8Array;
  readonly disclosures: readonly string[];
  /** Key binding JWT, where there is one. */
  readonly keyBinding?: string;
  /** What the key binding's `sd_hash` is over. */
  readonly withoutKeyBinding: string;
};

const depthMax = 64;

/** Takes `<JWT>~<disclosure>~…~[<key binding JWT>]` apart. Refuses `alg: none` (RFC 9901 section 7.1, 2b). */
export function parseSdJwt(compact: string): Result<SdJwt, SdJwtRefusal> {
  const lastTilde = compact.lastIndexOf("~");
  if (lastTilde < 0) return malformed("there is no ~");
  const [jwt = "", ...disclosures] = compact.slice(0, lastTilde).split("~");
  const keyBinding = compact.slice(lastTilde + 1);
  const parts = jwt.split(".");
  const [headerPart = "", payloadPart = "", signaturePart = ""] = parts;
  if (parts.length !== 3) return malformed("the JWT has not three parts");
  const header = readObject(headerPart);
  const payload = readObject(payloadPart);
  const signature = fromBase64Url(signaturePart);
  if (header === undefined || payload === undefined || signature === undefined)
    return malformed("header, payload or signature cannot be read");
  const alg = header["alg"];
  if (typeof alg !== "string" || alg.toLowerCase() === "none" || signature.length === 0)
    return refuse({ code: "sd-jwt-alg-none", message: "An SD-JWT is signed." });
  return ok({
    header,
    payload,
    signingInput: `${headerPart}.${payloadPart}`,
    signature,
    disclosures,
    ...(keyBinding === "" ? {} : { keyBinding }),
    withoutKeyBinding: compact.slice(0, lastTilde + 1),
  });
}

/** The payload with disclosures in their places, and without digests (RFC 9901 section 7.1, step 3). */
export function processSdJwt(
  payload: JsonObject,
  disclosures: readonly string[],
): Result<JsonObject, SdJwtRefusal> {
  const { _sd_alg: algorithm = "sha-256", ...claims } = payload;
  if (algorithm !== "sha-256")
    return refuse({
      code: "sd-jwt-alg-unknown",
      message: "The only digest algorithm known here is sha-256.",
    });
  const byDigest = new Map<string, string>();
  for (const disclosure of disclosures) {
    const digest = sha256Base64Url(disclosure);
    if (byDigest.has(digest))
      return refuse({ code: "sd-jwt-disclosure-repeated", message: "A disclosure was given twice." });
    byDigest.set(digest, disclosure);
  }
  try {
    const processing = new Processing(byDigest);
    const processed = processing.object(claims, 0);
    if (processing.used !== disclosures.length)
      return refuse({ code: "sd-jwt-disclosure-unreferenced", message: "A disclosure fits no digest." });
    return ok(processed);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    throw error;
  }
}

/** Carries a refusal out of the recursion. */
class Refused extends Error {
  readonly refusal: SdJwtRefusal;

  constructor(code: SdJwtRefusal["code"], message: string) {
    super(message);
    this.refusal = { code, message };
  }
}

class Processing {
  used = 0;
  readonly #byDigest: ReadonlyMap<string, string>;
  readonly #seen = new Set<string>();

  constructor(byDigest: ReadonlyMap<string, string>) {
    this.#byDigest = byDigest;
  }

  object(value: JsonObject, depth: number): JsonObject {
    const processed = new Map<string, Json>();
    for (const [name, member] of Object.entries(value)) {
      if (name === "_sd") continue;
      if (name === "...") throw new Refused("sd-jwt-name-reserved", "A member is named ...");
      processed.set(name, this.#value(member, depth + 1));
    }
    if (Object.hasOwn(value, "_sd")) {
      const digests = value["_sd"];
      if (!Array.isArray(digests)) throw new Refused("sd-jwt-digest-malformed", "_sd is not an array.");
      for (const digest of digests as readonly Json[]) {
        const parts = this.#disclosed(digest);
        if (parts === undefined) continue;
        const [, name, member] = parts;
        if (parts.length !== 3 || typeof name !== "string")
          throw new Refused("sd-jwt-disclosure-kind-wrong", "An _sd digest names no field.");
        if (name === "_sd" || name === "...")
          throw new Refused("sd-jwt-name-reserved", `A disclosed field is named ${name}`);
        if (processed.has(name))
          throw new Refused("sd-jwt-name-present", `There is already a member ${name}`);
        processed.set(name, this.#value(member as Json, depth + 1));
      }
    }
    return Object.fromEntries(processed);
  }

  #value(value: Json, depth: number): Json {
    if (depth > depthMax) throw new Refused("sd-jwt-too-deep", "Objects and arrays are nested too deep.");
    if (Array.isArray(value)) return this.#array(value as readonly Json[], depth);
    if (typeof value === "object" && value !== null) return this.object(value as JsonObject, depth);
    return value;
  }

  #array(value: readonly Json[], depth: number): readonly Json[] {
    const processed: Json[] = [];
    for (const item of value) {
      const isObject = typeof item === "object" && item !== null && !Array.isArray(item);
      if (!isObject || !Object.hasOwn(item, "...") || Object.keys(item).length !== 1) {
        processed.push(this.#value(item, depth + 1));
        continue;
      }
      const parts = this.#disclosed((item as JsonObject)["..."]);
      if (parts === undefined) continue;
      if (parts.length !== 2)
        throw new Refused("sd-jwt-disclosure-kind-wrong", "The digest of an element names a field.");
      processed.push(this.#value(parts[1] as Json, depth + 1));
    }
    return processed;
  }

  /** The disclosure of a digest; undefined for one that was not disclosed, or a decoy. */
  #disclosed(digest: Json | undefined): readonly Json[] | undefined {
    if (typeof digest !== "string") throw new Refused("sd-jwt-digest-malformed", "A digest is not a string.");
    if (this.#seen.has(digest)) throw new Refused("sd-jwt-digest-repeated", "A digest occurs twice.");
    this.#seen.add(digest);
    const disclosure = this.#byDigest.get(digest);
    if (disclosure === undefined) return undefined;
    this.used++;
    const parts = readJson(disclosure);
    if (!Array.isArray(parts) || typeof parts[0] !== "string")
      throw new Refused(
        "sd-jwt-disclosure-malformed",
        "A disclosure is not an array that starts with a salt.",
      );
    return parts as readonly Json[];
  }
}

function readJson(part: string): Json | undefined {
  const bytes = fromBase64Url(part);
  const text = bytes === undefined ? undefined : fromUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON.parse gives nothing but Json
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function readObject(part: string): JsonObject | undefined {
  const value = readJson(part);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

function malformed(what: string): { readonly ok: false; readonly refusal: SdJwtRefusal } {
  return refuse({ code: "sd-jwt-malformed", message: `Not an SD-JWT: ${what}.` });
}
