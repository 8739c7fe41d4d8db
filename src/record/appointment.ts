/** Two root keys can put an officer's key on the record when no officer is left to do it; `spec/entry.md` §8. */
import { fromBase64Url, toHex, utf8 } from "./bytes.ts";
import type { Json, JsonObject } from "./json-strict.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";
import { checkRoots, isRootSignature, type RootRefusal } from "./root-keys.ts";

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

/** `appointment-malformed`: a field is missing or of a wrong form. */
export type AppointmentRefusal = RootRefusal | Refusal<"appointment-malformed">;

/** What a root key signs: bound to this log and to everything that the appointment says. */
export function appointmentMessage(
  genesisHash: Uint8Array,
  { x, member, roles, from, reading, account, ends }: Appointment,
): Uint8Array {
  const said = [x, member, roles.join(","), String(from), reading, account];
  if (ends !== undefined) said.push(ends.join(","));
  return utf8(`aigaq/key-appoint/${ends === undefined ? 1 : 2}\n${toHex(genesisHash)}\n${said.join("\n")}`);
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
