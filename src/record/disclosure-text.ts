/**
 * One disclosure (RFC 9901 section 4.2): base64url of the JSON array `[salt, name, value]` for a field, `[salt, value]`
 * for an element of an array. Its digest is SHA-256 over the ASCII of that base64url text, as transmitted.
 */
import { asNodeBuffer, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "./bytes.ts";
import type { EntryRefusal } from "./entry.ts";
import { type Json, readCanonicalJson } from "./json-strict.ts";
import { nodeBuffer } from "./platform.ts";
import { ok, refuse, type Result } from "./result.ts";

/** 18 random bytes are 24 characters without padding, so the salts of an entry are cut from one encoded text. */
export const saltBytes = 18;
export const saltLength = 24;
const saltPattern = /^[A-Za-z0-9_-]{24}$/u;

/** Characters of one disclosure. A bank line takes some 300; a page of text 8 000. */
export const disclosureLengthMax = 262_144;

/** A disclosure read: `name` is undefined for an element of an array. */
export type ReadDisclosure = { readonly name: string | undefined; readonly value: Json };

// One buffer for all: allocating one per disclosure costs more than encoding it.
const scratchBytes = 65_536;
const scratch = nodeBuffer?.alloc(scratchBytes);

/** base64url of the UTF-8 of `text`. */
export function encodeText(text: string): string {
  // UTF-8 takes at most three bytes per UTF-16 unit.
  if (scratch !== undefined && text.length * 3 <= scratchBytes)
    return scratch.base64urlSlice(0, scratch.utf8Write(text, 0));
  return toBase64Url(utf8(text));
}

/** Text of canonical base64url of valid UTF-8. */
export function decodeText(encoded: string): Result<string, EntryRefusal> {
  if (nodeBuffer !== undefined) {
    // Decoding forgives everything; that the text encodes back to what was given shows that nothing was forgiven.
    const text =
      scratch !== undefined && encoded.length <= scratchBytes
        ? scratch.utf8Slice(0, scratch.base64urlWrite(encoded, 0))
        : asText(nodeBuffer.from(encoded, "base64url"));
    if (encodeText(text) === encoded) return ok(text);
  }
  const bytes = fromBase64Url(encoded);
  if (bytes === undefined)
    return refuse({ code: "base64url-not-canonical", message: "Not canonical base64url without padding." });
  const text = fromUtf8(bytes);
  if (text === undefined) return refuse({ code: "utf8-invalid", message: "Not valid UTF-8." });
  return ok(text);
}

/** Reads the form of a disclosure; whether its value may stand where its digest stands is the caller's to check. */
export function readDisclosure(disclosure: string): Result<ReadDisclosure, EntryRefusal> {
  if (disclosure.length > disclosureLengthMax)
    return refuse({
      code: "disclosure-too-large",
      message: `A disclosure has at most ${disclosureLengthMax} characters.`,
    });
  const text = decodeText(disclosure);
  if (!text.ok) return text;
  const array = readCanonicalJson(text.value);
  if (!array.ok) return array;
  const parts = array.value;
  if (!Array.isArray(parts) || parts.length < 2 || parts.length > 3)
    return refuse({ code: "disclosure-malformed", message: "A disclosure is an array of two or three." });
  const [salt, second, third] = parts as readonly Json[];
  if (typeof salt !== "string" || !saltPattern.test(salt))
    return refuse({
      code: "salt-malformed",
      message: "A salt is 24 characters of base64url (18 random bytes).",
    });
  if (parts.length === 2) return ok({ name: undefined, value: second as Json });
  if (typeof second !== "string")
    return refuse({ code: "disclosure-malformed", message: "The name of a disclosed field is a string." });
  return ok({ name: second, value: third as Json });
}

function asText(bytes: Uint8Array): string {
  return asNodeBuffer(bytes).toString("utf8");
}
