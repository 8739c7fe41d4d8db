/**
 * Two of the three root keys that the genesis entry names can put an officer's key on the record when no officer is left to do
 * it; `spec/entry.md` §8.
 */
import { fromBase64Url, toHex, utf8 } from "./bytes.ts";
import { isAcceptablePublicKey, verifyEd25519 } from "./ed25519.ts";
import { isObject } from "./entry.ts";
import type { Json, JsonObject } from "./json-strict.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";

/** As many different root keys as have to sign. */
export const rootsNeeded = 2;

/** What an entry `key.appoint` says besides who signed it. */
export type Appointment = {
  /** The new device's Ed25519 key, base64url. It signs the entry itself. */
  readonly x: string;
  /** "M-01": all keys that she had before are revoked. */
  readonly member: string;
  /** Words, `officer` among them. */
  readonly roles: readonly string[];
  /** age recipients, as in `key.add`. */
  readonly reading: string;
  readonly account: string;
  /** First index at which her earlier keys count no more. */
  readonly from: number;
  /**
   * Key ids of others that count no more from this entry on, sorted; absent where none end. Whoever took an officer's device
   * may have made officers of his own: named here, they cannot revoke who comes back.
   */
  readonly ends?: readonly string[];
};

/**
 * - `appointment-malformed`: a field is missing or of a wrong form.
 * - `root-unknown`: signed by a key that the genesis entry does not name. `root-repeated`: one root key counts once.
 * - `root-signature-wrong`: of another appointment or another log. `roots-too-few`: fewer than two signed.
 */
export type AppointmentRefusal = Refusal<
  "appointment-malformed" | "root-unknown" | "root-repeated" | "root-signature-wrong" | "roots-too-few"
>;

/** What a root key signs: bound to this log and to everything that the appointment says. */
export function appointmentMessage(
  genesisHash: Uint8Array,
  { x, member, roles, from, reading, account, ends }: Appointment,
): Uint8Array {
  const said = [x, member, roles.join(","), String(from), reading, account];
  if (ends !== undefined) said.push(ends.join(","));
  return utf8(`aigaq/key-appoint/${ends === undefined ? 1 : 2}\n${toHex(genesisHash)}\n${said.join("\n")}`);
}

/** The root keys of a genesis entry; none where it names none. */
export function rootKeysOf({ roots }: JsonObject): ReadonlyMap<string, Uint8Array> {
  const keys = new Map<string, Uint8Array>();
  for (const x of Array.isArray(roots) ? roots : []) {
    const key = typeof x === "string" ? fromBase64Url(x) : undefined;
    if (typeof x === "string" && key?.length === 32 && isAcceptablePublicKey(key)) keys.set(x, key);
  }
  return keys;
}

/** One root key's signature, both in base64url. */
export type RootSignature = { readonly x: string; readonly signature: string };

/** Whether at least two different root keys signed the message, and nobody else did. */
export function checkRoots(
  roots: ReadonlyMap<string, Uint8Array>,
  message: Uint8Array,
  given: readonly RootSignature[],
): AppointmentRefusal | undefined {
  const signed = new Set<string>();
  for (const { x, signature } of given) {
    const publicKey = roots.get(x);
    if (publicKey === undefined)
      return { code: "root-unknown", message: `The first entry of this log names no root key ${x}.` };
    if (signed.has(x)) return { code: "root-repeated", message: `The root key ${x} is given twice.` };
    const bytes = fromBase64Url(signature);
    if (bytes === undefined || !verifyEd25519({ publicKey, message, signature: bytes }))
      return { code: "root-signature-wrong", message: `The root key ${x} did not sign this.` };
    signed.add(x);
  }
  if (signed.size >= rootsNeeded) return undefined;
  return { code: "roots-too-few", message: `${signed.size} of ${rootsNeeded} root keys signed.` };
}

/** Reads the public fields of a `key.appoint` and checks its root keys' signatures. */
export function readAppointment(
  pub: JsonObject,
  genesisHash: Uint8Array,
  roots: ReadonlyMap<string, Uint8Array>,
): Result<Appointment, AppointmentRefusal> {
  const { x, member, roles, reading, account, from, ends, roots: signatures } = pub;
  if (!isLine(x) || !isLine(member) || !isLine(reading) || !isLine(account)) return refuse(malformed);
  if (!Array.isArray(roles) || !roles.every(isRole) || !roles.includes("officer")) return refuse(malformed);
  if (typeof from !== "number" || !Number.isSafeInteger(from) || from < 0) return refuse(malformed);
  if (!Array.isArray(signatures) || !signatures.every(isRootSignature)) return refuse(malformed);
  if (ends !== undefined && !isKeyIds(ends)) return refuse(malformed);
  const appointment = { x, member, roles, reading, account, from, ...(ends !== undefined && { ends }) };
  const refusal = checkRoots(roots, appointmentMessage(genesisHash, appointment), signatures);
  return refusal === undefined ? ok(appointment) : refuse(refusal);
}

const malformed = {
  code: "appointment-malformed",
  message:
    "The entry does not hold x, member, roles with officer, reading, account, from, roots and, where keys of others end, ends as it should.",
} as const;

/** Lines are what the message is made of: a field with a line break could pass for two. */
function isLine(value: Json | undefined): value is string {
  return typeof value === "string" && /^[^\n]+$/u.test(value);
}

/** In one order and each once: what is signed has one text. */
function isKeyIds(value: Json): value is readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((kid, i) => {
    const before = value[i - 1];
    return (
      typeof kid === "string" &&
      fromBase64Url(kid)?.length === 32 &&
      (typeof before !== "string" || before < kid)
    );
  });
}

function isRole(value: Json): value is string {
  return typeof value === "string" && /^[a-z][a-z-]{0,31}$/u.test(value);
}

function isRootSignature(value: Json): value is RootSignature {
  return isObject(value) && typeof value["x"] === "string" && typeof value["signature"] === "string";
}
