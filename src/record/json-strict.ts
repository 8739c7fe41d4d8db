/**
 * JSON as entries allow it: one value has one text, and every parser in every language reads the same value from it.
 * The text is what ECMAScript's `JSON.stringify` writes (`spec/entry.md` section 2); numbers are integers below 2^53.
 */
import { ok, refuse, type Refusal, type Result } from "./result.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export type JsonRefusal = Refusal<
  | "json-malformed"
  | "json-not-canonical"
  | "json-float"
  | "json-integer-too-large"
  | "json-key-integer-like"
  | "json-key-reserved"
  | "json-lone-surrogate"
  | "json-too-deep"
>;

/** Depth of a value: 0 for a scalar, 1 for an object or array of scalars. `pub` and hidden values have at most 4. */
export const jsonDepthMax = 4;

/**
 * Reads canonical JSON: the text must be byte for byte what `JSON.stringify` writes for the value read. That excludes
 * white space, repeated member names, other escapes and other spellings of a number. The value's own rules are in
 * {@link checkJson}.
 */
export function readCanonicalJson(text: string): Result<Json, JsonRefusal> {
  let value: Json;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON.parse gives nothing but Json
    value = JSON.parse(text) as Json;
  } catch {
    return refuse({ code: "json-malformed", message: "The text is not JSON." });
  }
  let isCanonical: boolean;
  try {
    isCanonical =
      (!text.includes("\\") && canonicalLength(value) === text.length) || JSON.stringify(value) === text;
  } catch {
    // Parsing nests without limit, writing does not: a text of brackets alone exhausts the stack.
    return refuse({ code: "json-too-deep", message: "The text nests deeper than any entry." });
  }
  if (!isCanonical)
    return refuse({
      code: "json-not-canonical",
      message:
        "The text differs from the canonical form of its value (white space, repeated name, escape, number).",
    });
  return ok(value);
}

/**
 * Length of the canonical text of a value read from a text without backslashes; NaN where that would not settle the
 * matter. It spares writing the text again for most of a million bank lines: white space, a repeated name, a number
 * spelled otherwise all make a text longer than canonical, so equal lengths mean equal texts. Two exceptions give NaN:
 * 1e2 is as long as 100 (a multiple of ten), and names like integers change their place.
 */
function canonicalLength(value: Json): number {
  switch (typeof value) {
    case "string":
      return value.length + 2;
    case "number":
      return Number.isSafeInteger(value) && (value % 10 !== 0 || value === 0)
        ? String(value).length
        : Number.NaN;
    case "boolean":
      return value ? 4 : 5;
    default:
  }
  if (value === null) return 4;
  // Brackets and the commas between members: one more than there are, or two where there are none.
  let length = 1;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) length += canonicalLength(item) + 1;
    return Math.max(length, 2);
  }
  for (const name in value) {
    if (name.charCodeAt(0) <= 0x39 && name.charCodeAt(0) >= 0x30) return Number.NaN;
    length += name.length + 4 + canonicalLength((value as JsonObject)[name] as Json);
  }
  return Math.max(length, 2);
}

/** Why a value may not stand in an entry, or undefined if it may. `_sd` and `...` are refused as names at any depth. */
export function checkJson(value: Json, depthMax: number = jsonDepthMax): JsonRefusal | undefined {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? undefined : loneSurrogate;
    case "boolean":
      return undefined;
    case "number":
      return checkNumber(value);
    case "object":
      break;
    default:
      return { code: "json-malformed", message: `A ${typeof value} is not a JSON value.` };
  }
  if (value === null) return undefined;
  if (depthMax < 1) return { code: "json-too-deep", message: "Objects and arrays are nested too deep." };
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) {
      const refusal = checkJson(item, depthMax - 1);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }
  // `for in` over own members of a plain object: no array of names is made for each of a million bank lines.
  for (const name in value) {
    const refusal = checkName(name) ?? checkJson((value as JsonObject)[name] as Json, depthMax - 1);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

// Names come from a short list of our own; strangers' files could bring endless ones, so the memory of good names is bounded.
const goodNames = new Set<string>();
const goodNamesMax = 4_096;

/** Why a member may not have this name. Integer-like names change their place when JavaScript reads them. */
export function checkName(name: string): JsonRefusal | undefined {
  if (goodNames.has(name)) return undefined;
  if (/^(?:0|[1-9]\d*)$/u.test(name))
    return { code: "json-key-integer-like", message: `A member may not be named like an integer: ${name}` };
  if (name === "_sd" || name === "..." || name === "_sd_alg" || name === "__proto__")
    return { code: "json-key-reserved", message: `The name ${name} is reserved.` };
  if (!name.isWellFormed()) return loneSurrogate;
  if (goodNames.size < goodNamesMax && name.length <= 64) goodNames.add(name);
  return undefined;
}

function checkNumber(value: number): JsonRefusal | undefined {
  if (Number.isSafeInteger(value)) return undefined;
  if (Number.isInteger(value))
    return { code: "json-integer-too-large", message: "An integer is not below 2^53; write it as text." };
  return { code: "json-float", message: "A number is not an integer; write it as text." };
}

const loneSurrogate: JsonRefusal = {
  code: "json-lone-surrogate",
  message: "A text holds half of a surrogate pair, which UTF-8 cannot express.",
};
