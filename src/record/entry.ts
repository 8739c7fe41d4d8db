/**
 * Entries: strict SD-JWTs (RFC 9901) of type `aigaq+sd-jwt`, each signed by one device key; `spec/entry.md`. Here are
 * their types, issuing and the strict form. Opening disclosures is in `disclosure.ts`.
 */
import { concatBytes, fromBase64Url, isBase64UrlOf32, toBase64Url, utf8 } from "./bytes.ts";
import { decodeText } from "./disclosure-text.ts";
import { verifyEd25519, verifyEd25519Later } from "./ed25519.ts";
import { sha256, sha256OfText } from "./hash.ts";
import { checkJson, type Json, type JsonObject, readCanonicalJson } from "./json-strict.ts";
import { keyThumbprint } from "./key-id.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";
import { EMPTY_ROOT } from "./tree.ts";

export const entryLengthMax = 1_048_576;
export const itemsMax = 4_096;
export const disclosuresMax = 16_384;
export const blindBytes = 16;

/** The last checkpoint the author's device verified: the entry was not created before it. */
export type Anchor = { readonly size: number; readonly root: Uint8Array };

/** Place in a public stream. `previous` is the hash of the stream's previous JWT; null at `seq` 0. */
export type StreamPlace = { readonly id: string; readonly seq: number; readonly previous: Uint8Array | null };

/** An entry read and found to be of strict form. Nothing is said about its signature, key or place in the log. */
export type ParsedEntry = {
  readonly jwt: string;
  /** SHA-256 of the ASCII of `jwt`: the name of the entry everywhere. */
  readonly hash: Uint8Array;
  readonly kid: string;
  readonly signature: Uint8Array;
  readonly signingInput: string;
  readonly payload: EntryPayload;
};

export type EntryPayload = {
  /** Hash of the genesis entry; null in the genesis entry itself. */
  readonly genesis: Uint8Array | null;
  readonly type: string;
  /** Author's clock in Unix seconds: information only. */
  readonly at: number;
  readonly anchor: Anchor;
  readonly stream?: StreamPlace;
  readonly blind: Uint8Array;
  readonly pub: JsonObject;
  /** `_sd`: digests of hidden fields and decoys, sorted; their number is 4, 8, 16, … */
  readonly digests: readonly string[];
  /** Digests of the elements of the hidden array, in order. */
  readonly items: readonly string[];
};

/** Every way in which an entry or its disclosures are refused; `spec/entry.md` section 9 says when. Stable: others rely on them. */
export const entryRefusalCodes = [
  "json-malformed",
  "json-not-canonical",
  "json-float",
  "json-integer-too-large",
  "json-key-integer-like",
  "json-key-reserved",
  "json-lone-surrogate",
  "json-too-deep",
  "entry-too-large",
  "jwt-not-three-parts",
  "base64url-not-canonical",
  "utf8-invalid",
  "header-malformed",
  "alg-not-allowed",
  "typ-wrong",
  "kid-malformed",
  "signature-malformed",
  "signature-wrong",
  "version-unknown",
  "member-unknown",
  "member-missing",
  "member-malformed",
  "sd-alg-unknown",
  "digest-malformed",
  "digest-repeated",
  "digests-not-sorted",
  "digest-count-wrong",
  "too-many-items",
  "too-many-disclosures",
  "disclosure-too-large",
  "disclosure-malformed",
  "salt-malformed",
  "disclosure-repeated",
  "disclosure-unreferenced",
  "disclosure-kind-wrong",
  "disclosure-name-reserved",
  "disclosure-name-present",
  "disclosure-name-mismatch",
  "element-malformed",
] as const;
export type EntryRefusalCode = (typeof entryRefusalCodes)[number];
export type EntryRefusal = Refusal<EntryRefusalCode>;

/** Leaf bytes of an entry: `0x01 || SHA-256(jwt)`, always 33. Tiles show neither author, type nor size. */
export function leafBytes(entryHash: Uint8Array): Uint8Array {
  return concatBytes(leafPrefix, entryHash);
}
const leafPrefix = Uint8Array.of(1);

const leafInput = new Uint8Array(34);
leafInput[1] = 1;

/** The entry's hash in the tree: SHA-256(0x00 || 0x01 || entry hash). */
export function leafHashOfEntry(entryHash: Uint8Array): Uint8Array {
  leafInput.set(entryHash, 2);
  return sha256(leafInput);
}

/** SHA-256 of the ASCII of a JWT. */
export function entryHashOf(jwt: string): Uint8Array {
  return sha256OfText(jwt);
}

/** Header of an entry: exactly this text, with the author's key thumbprint. */
export function headerText(kid: string): string {
  return `{"alg":"EdDSA","kid":"${kid}","typ":"aigaq+sd-jwt"}`;
}

/** Reads an entry in its strict form. The signature is not checked: see {@link verifyEntrySignature}. */
export function parseEntry(jwt: string): Result<ParsedEntry, EntryRefusal> {
  if (jwt.length > entryLengthMax)
    return refuse({ code: "entry-too-large", message: `An entry has at most ${entryLengthMax} characters.` });
  const firstDot = jwt.indexOf(".");
  const secondDot = jwt.indexOf(".", firstDot + 1);
  if (firstDot < 0 || secondDot < 0 || jwt.includes(".", secondDot + 1))
    return refuse({ code: "jwt-not-three-parts", message: "An entry has three parts between two dots." });
  const kid = kidOfHeader(jwt.slice(0, firstDot));
  if (!kid.ok) return kid;
  const signature = fromBase64Url(jwt.slice(secondDot + 1));
  if (signature === undefined)
    return refuse({ code: "base64url-not-canonical", message: "The signature is not canonical base64url." });
  if (signature.length !== 64)
    return refuse({ code: "signature-malformed", message: "An Ed25519 signature has 64 bytes." });
  const text = decodeText(jwt.slice(firstDot + 1, secondDot));
  if (!text.ok) return text;
  const json = readCanonicalJson(text.value);
  if (!json.ok) return json;
  const payload = readPayload(json.value);
  if (!payload.ok) return payload;
  const signingInput = jwt.slice(0, secondDot);
  return ok({ jwt, hash: entryHashOf(jwt), kid: kid.value, signature, signingInput, payload: payload.value });
}

/** Whether the entry was signed by `publicKey`, and names it as its author. Strict Ed25519; see `ed25519.ts`. */
export function verifyEntrySignature(
  parsed: Pick<ParsedEntry, "kid" | "signature" | "signingInput">,
  publicKey: Uint8Array,
): boolean {
  if (keyThumbprint(publicKey) !== parsed.kid) return false;
  return verifyEd25519({ publicKey, message: utf8(parsed.signingInput), signature: parsed.signature });
}

/** The same, answered later; see `verifyEd25519Later`. */
export async function verifyEntrySignatureLater(
  parsed: Pick<ParsedEntry, "kid" | "signature" | "signingInput">,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (keyThumbprint(publicKey) !== parsed.kid) return false;
  return verifyEd25519Later({ publicKey, message: utf8(parsed.signingInput), signature: parsed.signature });
}

// A log has few authors and many entries, and a header holds nothing but the author.
const knownHeaders = new Map<string, string>();
const knownHeadersMax = 1_024;

function kidOfHeader(part: string): Result<string, EntryRefusal> {
  const known = knownHeaders.get(part);
  if (known !== undefined) return ok(known);
  const text = decodeText(part);
  if (!text.ok) return text;
  const json = readCanonicalJson(text.value);
  if (!json.ok) return json;
  const header = json.value;
  if (!isObject(header)) return refuse({ code: "header-malformed", message: "The header is not an object." });
  const { alg, kid, typ } = header;
  if (alg !== "EdDSA")
    return refuse({
      code: "alg-not-allowed",
      message: "The only algorithm of entries is EdDSA with Ed25519.",
    });
  if (typ !== "aigaq+sd-jwt") return refuse({ code: "typ-wrong", message: "The type is not aigaq+sd-jwt." });
  if (typeof kid !== "string" || !isBase64UrlOf32(kid))
    return refuse({ code: "kid-malformed", message: "The key id is not an RFC 7638 thumbprint." });
  if (text.value !== headerText(kid))
    return refuse({
      code: "header-malformed",
      message: "The header holds exactly alg, kid and typ, in this order.",
    });
  if (knownHeaders.size >= knownHeadersMax) knownHeaders.clear();
  knownHeaders.set(part, kid);
  return ok(kid);
}

const payloadMembers = new Set(["v", "o", "t", "i", "a", "s", "b", "pub", "items", "_sd", "_sd_alg"]);

/** Whether a hidden field may not have this name, because the payload has a member of that name. */
export function isPayloadMember(name: string): boolean {
  return payloadMembers.has(name);
}

export const entryTypePattern = /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*$/u;
export const streamIdPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/u;
const emptyRootText = toBase64Url(EMPTY_ROOT);

function readPayload(json: Json): Result<EntryPayload, EntryRefusal> {
  if (!isObject(json)) return malformed("payload");
  for (const name in json)
    if (!payloadMembers.has(name))
      return refuse({ code: "member-unknown", message: `Unknown payload member: ${name}`, member: name });
  for (const name of ["v", "t", "i", "a", "b", "pub", "_sd", "_sd_alg"])
    if (!Object.hasOwn(json, name))
      return refuse({ code: "member-missing", message: `The payload has no ${name}.`, member: name });
  const { v, o, t, i, a, s, b, pub, items = [], _sd: digests, _sd_alg: digestAlgorithm } = json;
  if (v !== 1) return refuse({ code: "version-unknown", message: "The only version of entries is 1." });
  if (digestAlgorithm !== "sha-256")
    return refuse({ code: "sd-alg-unknown", message: "The only digest algorithm of entries is sha-256." });
  if (typeof t !== "string" || t.length > 64 || !entryTypePattern.test(t)) return malformed("t");
  if (!isCount(i)) return malformed("i");
  const genesis = o === undefined ? null : readHash(o);
  if (genesis === undefined) return malformed("o");
  const anchor = readAnchor(a);
  if (anchor === undefined) return malformed("a");
  const stream = s === undefined ? undefined : readStream(s);
  if (s !== undefined && stream === undefined) return malformed("s");
  const blind = typeof b === "string" ? fromBase64Url(b) : undefined;
  if (blind?.length !== blindBytes) return malformed("b");
  if (!isObject(pub)) return malformed("pub");
  const refusal = checkJson(pub);
  if (refusal !== undefined) return refuse(refusal);
  if (!Array.isArray(digests)) return malformed("_sd");
  if (!Array.isArray(items) || (Object.hasOwn(json, "items") && items.length === 0))
    return malformed("items");
  const read = readDigests(digests as readonly Json[], items as readonly Json[]);
  if (!read.ok) return read;
  return ok({
    genesis,
    type: t,
    at: i,
    anchor,
    ...(stream === undefined ? {} : { stream }),
    blind,
    pub,
    ...read.value,
  });
}

function readDigests(
  digests: readonly Json[],
  items: readonly Json[],
): Result<Pick<EntryPayload, "digests" | "items">, EntryRefusal> {
  if (items.length > itemsMax)
    return refuse({ code: "too-many-items", message: `An entry has at most ${itemsMax} items.` });
  const sorted = checkSortedDigests(digests);
  if (!sorted.ok) return sorted;
  const count = digests.length;
  if (count < 4 || count > disclosuresMax || (count & (count - 1)) !== 0)
    return refuse({ code: "digest-count-wrong", message: "The number of digests in _sd is 4, 8, 16, …" });
  const seen = new Set<string>(sorted.value);
  const itemDigests: string[] = [];
  for (const item of items) {
    if (!isObject(item) || Object.keys(item).length !== 1) return malformed("items");
    const digest = item["..."];
    if (typeof digest !== "string" || !isBase64UrlOf32(digest))
      return refuse({ code: "digest-malformed", message: "A digest is base64url of 32 bytes." });
    if (seen.has(digest)) return repeatedDigest;
    seen.add(digest);
    itemDigests.push(digest);
  }
  return ok({ digests: sorted.value, items: itemDigests });
}

/** Digests of one `_sd`: well-formed and strictly ascending, so that their order tells nothing and none occurs twice. */
export function checkSortedDigests(digests: readonly Json[]): Result<readonly string[], EntryRefusal> {
  let previous = "";
  for (const digest of digests) {
    if (typeof digest !== "string" || !isBase64UrlOf32(digest))
      return refuse({ code: "digest-malformed", message: "A digest is base64url of 32 bytes." });
    if (digest === previous) return repeatedDigest;
    if (digest < previous)
      return refuse({ code: "digests-not-sorted", message: "The digests of an _sd are in ascending order." });
    previous = digest;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every one was just found to be a string
  return ok(digests as readonly string[]);
}

export const repeatedDigest = refuse<EntryRefusal>({
  code: "digest-repeated",
  message: "A digest occurs twice in the entry.",
});

function readAnchor(a: Json | undefined): Anchor | undefined {
  if (!isObject(a) || Object.keys(a).length !== 2) return undefined;
  const { n: size, r } = a;
  const root = readHash(r);
  if (!isCount(size) || root === undefined) return undefined;
  return size === 0 && r !== emptyRootText ? undefined : { size, root };
}

function readStream(s: Json): StreamPlace | undefined {
  if (!isObject(s)) return undefined;
  const { id, q: seq, p } = s;
  if (typeof id !== "string" || !streamIdPattern.test(id) || !isCount(seq)) return undefined;
  if (Object.keys(s).length !== (seq === 0 ? 2 : 3)) return undefined;
  const previous = seq === 0 ? null : readHash(p);
  return previous === undefined ? undefined : { id, seq, previous };
}

function readHash(value: Json | undefined): Uint8Array | undefined {
  return typeof value === "string" && isBase64UrlOf32(value) ? fromBase64Url(value) : undefined;
}

function isCount(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(member: string): { readonly ok: false; readonly refusal: EntryRefusal } {
  return refuse({ code: "member-malformed", message: `Payload member ${member} is malformed.`, member });
}
