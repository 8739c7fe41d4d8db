/**
 * The root keys that the genesis entry names, or the last rotation since: two of them appoint an officer when none is left to
 * do it, and put a new set in their place; `spec/entry.md` §8.
 */
import { fromBase64Url } from "./bytes.ts";
import { isAcceptablePublicKey, verifyEd25519 } from "./ed25519.ts";
import { isObject } from "./entry.ts";
import type { Json, JsonObject } from "./json-strict.ts";
import type { Refusal } from "./result.ts";

/** As many different root keys as have to sign. */
export const rootsNeeded = 2;

/** One root key's signature, both in base64url. */
export type RootSignature = { readonly x: string; readonly signature: string };

/**
 * - `root-unknown`: signed by a key that is no root key at this place. `root-repeated`: one root key counts once.
 * - `root-signature-wrong`: of another message or another log. `roots-too-few`: fewer than two signed.
 */
export type RootRefusal = Refusal<
  "root-unknown" | "root-repeated" | "root-signature-wrong" | "roots-too-few"
>;

/** The root keys of a genesis entry by their base64url; none where it names none. */
export function rootKeysOf({ roots }: JsonObject): ReadonlyMap<string, Uint8Array> {
  const keys = new Map<string, Uint8Array>();
  for (const x of Array.isArray(roots) ? roots : []) {
    const key = typeof x === "string" ? readRootKey(x) : undefined;
    if (typeof x === "string" && key !== undefined) keys.set(x, key);
  }
  return keys;
}

/** The public key of a base64url text; undefined for one that implementations disagree about. */
export function readRootKey(x: string): Uint8Array | undefined {
  const key = fromBase64Url(x);
  return key?.length === 32 && isAcceptablePublicKey(key) ? key : undefined;
}

/** Whether at least `needed` different root keys signed the message, and nobody else did. */
export function checkRoots(
  roots: ReadonlyMap<string, Uint8Array>,
  message: Uint8Array,
  given: readonly RootSignature[],
  needed = rootsNeeded,
): RootRefusal | undefined {
  const signed = new Set<string>();
  for (const { x, signature } of given) {
    const publicKey = roots.get(x);
    if (publicKey === undefined)
      return { code: "root-unknown", message: `This log knows no root key ${x} at this place.` };
    if (signed.has(x)) return { code: "root-repeated", message: `The root key ${x} is given twice.` };
    const bytes = fromBase64Url(signature);
    if (bytes === undefined || !verifyEd25519({ publicKey, message, signature: bytes }))
      return { code: "root-signature-wrong", message: `The root key ${x} did not sign this.` };
    signed.add(x);
  }
  if (signed.size >= needed) return undefined;
  return { code: "roots-too-few", message: `${signed.size} of ${needed} root keys signed.` };
}

export function isRootSignature(value: Json): value is RootSignature {
  return isObject(value) && typeof value["x"] === "string" && typeof value["signature"] === "string";
}
