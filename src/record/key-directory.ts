/**
 * Whose keys may sign, as the log itself says: the log is its own list of keys. Workspace, `log check`, dossier and
 * verifier ask this one directory, so they cannot disagree about who was allowed to sign what; `spec/log.md`, keys.
 *
 * An entry at index m counts iff its key was added at an index below m and was not revoked from an index ≤ m. The
 * position in the log decides, never a clock. A revocation may reach back ("stolen since entry 4 012"), so an answer is
 * final only when every key entry of the log has been taken.
 */
import { readAppointment, type AppointmentRefusal } from "./appointment.ts";
import { equalBytes, fromBase64Url, toBase64Url, toHex, utf8 } from "./bytes.ts";
import { isAcceptablePublicKey, verifyEd25519 } from "./ed25519.ts";
import { isObject, type ParsedEntry } from "./entry.ts";
import type { Json, JsonObject } from "./json-strict.ts";
import { keyThumbprint } from "./key-id.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";
import { rootKeysOf } from "./root-keys.ts";
import { readRotation, type RotationRefusal } from "./root-rotation.ts";

/** May add and revoke keys. The key of the genesis entry has it. */
export const officerRole = "officer";

/** A device key of a member. Privacy: `member` is a pseudonym; the name is a hidden field of the entry. */
export type MemberKey = {
  readonly kid: string;
  readonly publicKey: Uint8Array;
  readonly member: string;
  readonly roles: readonly string[];
  /** Index of the entry that added it: valid from the next one on (a key that signed that entry itself: from itself on). */
  readonly addedAt: number;
  /** Who added it; undefined for the genesis key and for a key that root keys appointed, which sign their own entries. */
  readonly addedBy: string | undefined;
  /** First index at which it no longer counts, and the entry that said so. */
  readonly revoked?: { readonly from: number; readonly at: number };
};

export type Genesis = {
  readonly hash: Uint8Array;
  /** vkey of the log (C2SP signed-note), `name+id+key`. */
  readonly logKey: string;
};

/** The root keys in force, and since which entry. */
export type Roots = {
  /** By their base64url: two of them appoint an officer, or replace the set. */
  readonly keys: ReadonlyMap<string, Uint8Array>;
  /** age recipient of the recovery key; undefined where the genesis entry names none. */
  readonly recovery: string | undefined;
  /** Hash of the rotation that named them; undefined for those of the genesis entry. */
  readonly rotation: Uint8Array | undefined;
};

/** The parts of a signed entry that matter here, and its place. Its signature is checked by the caller. */
export type KeyEntry = {
  readonly index: number;
  readonly hash: Uint8Array;
  readonly kid: string;
  readonly type: string;
  readonly pub: JsonObject;
};

/**
 * - `genesis-missing`: the first entry is not a genesis entry. `genesis-misplaced`: a second one, or with a stream.
 * - `genesis-wrong`: an entry of another log. `genesis-malformed`, `key-malformed`: fields missing or of a wrong form.
 * - `key-unacceptable`: small-order, mixed-order or non-canonical: implementations disagree on its signatures.
 * - `key-proof-wrong`: whoever asked to have the key added could not show that he holds it.
 * - `key-known`: added before. `key-unknown`: never added. `key-added-later`, `key-revoked`: not valid at that place.
 * - `author-not-officer`: only officers change keys.
 * - and those of what root keys sign: {@link AppointmentRefusal}, {@link RotationRefusal}.
 */
export type KeyRefusal =
  | AppointmentRefusal
  | RotationRefusal
  | Refusal<
      | "genesis-missing"
      | "genesis-misplaced"
      | "genesis-wrong"
      | "genesis-malformed"
      | "key-malformed"
      | "key-unacceptable"
      | "key-proof-wrong"
      | "key-known"
      | "key-unknown"
      | "key-added-later"
      | "key-revoked"
      | "author-not-officer"
    >;

/** What a new key signs to show that its holder asked for it: bound to this log, so it cannot be carried to another. */
export function keyProofMessage(genesisHash: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return utf8(`aigaq/key-proof/1\n${toHex(genesisHash)}\n${toBase64Url(publicKey)}`);
}

/** The form a parsed entry has here. */
export function keyEntryOf(parsed: ParsedEntry, index: number): KeyEntry {
  const { hash, kid, payload } = parsed;
  return { index, hash, kid, type: payload.type, pub: payload.pub };
}

/** Takes the entries of a log in order and answers for every key at every place. */
export class KeyDirectory {
  #genesis: Genesis | undefined;
  #keys = new Map<string, MemberKey>();
  #roots: Roots = { keys: new Map(), recovery: undefined, rotation: undefined };
  /** All that ever were root keys: none comes back. */
  #everRoots = new Set<string>();
  #rotations: readonly number[] = [];

  /** undefined until the genesis entry was taken. */
  get genesis(): Genesis | undefined {
    return this.#genesis;
  }

  /** All keys ever added, in the order of the log. */
  get keys(): readonly MemberKey[] {
    return [...this.#keys.values()];
  }

  /** The root keys and the recovery key that count for the next entry. */
  get roots(): Roots {
    return this.#roots;
  }

  /** Indexes of the entries that replaced the root keys, in order: with the genesis entry they show who may speak for trustees. */
  get rotations(): readonly number[] {
    return this.#rotations;
  }

  /** The same keys, to try entries on: what the copy takes leaves this one as it is. */
  copy(): KeyDirectory {
    const copy = new KeyDirectory();
    copy.#genesis = this.#genesis;
    copy.#keys = new Map(this.#keys);
    copy.#roots = this.#roots;
    copy.#everRoots = new Set(this.#everRoots);
    copy.#rotations = this.#rotations;
    return copy;
  }

  /** Whether the entry belongs to this log: only the first entry names no genesis, all others name that one. */
  checkGenesis(genesis: Uint8Array | null, type: string, index: number): KeyRefusal | undefined {
    if (index === 0) {
      if (type === "genesis" && genesis === null) return undefined;
      return noGenesis;
    }
    if (type === "genesis" || genesis === null)
      return { code: "genesis-misplaced", message: "Only the first entry of a log is a genesis entry." };
    const own = this.#genesis;
    if (own !== undefined && equalBytes(own.hash, genesis)) return undefined;
    return { code: "genesis-wrong", message: "The entry names the genesis entry of another log." };
  }

  /** The key that may have signed the entry at `index`; for a genesis entry or an appointment, the key that it names itself. */
  authorAt(entry: Pick<KeyEntry, "index" | "kid" | "type" | "pub">): Result<MemberKey, KeyRefusal> {
    if (entry.type === "genesis" && entry.index === 0) {
      const key = genesisKey(entry.pub);
      if (!key.ok || key.value.kid === entry.kid) return key;
      return refuse(
        malformed("genesis-malformed", "The genesis entry is not signed by the officer it names."),
      );
    }
    // Once taken, it is a key like any other: a revocation may reach back to its own entry.
    if (entry.type === "key.appoint" && this.#keys.get(entry.kid)?.addedAt !== entry.index) {
      const appointed = this.#appointedBy(entry);
      return appointed.ok ? ok(appointed.value.key) : appointed;
    }
    return this.keyAt(entry.kid, entry.index);
  }

  /** The key `kid` if it counts at `index`. */
  keyAt(kid: string, index: number): Result<MemberKey, KeyRefusal> {
    const key = this.#keys.get(kid);
    if (key === undefined)
      return refuse({ code: "key-unknown", message: `The log does not name key ${kid}.`, kid });
    if (key.addedAt > index || (key.addedAt === index && key.addedBy !== undefined))
      return refuse({
        code: "key-added-later",
        message: `Key ${kid} was added only by entry ${key.addedAt}.`,
        kid,
      });
    if (key.revoked !== undefined && key.revoked.from <= index)
      return refuse({
        code: "key-revoked",
        message: `Key ${kid} does not count from entry ${key.revoked.from} on (revoked by entry ${key.revoked.at}).`,
        kid,
      });
    return ok(key);
  }

  /**
   * Takes an entry whose signature was found good under {@link authorAt}; entries of other types change nothing. A
   * refused one changes nothing either: a key that was not properly added is unknown to everyone.
   */
  take(entry: KeyEntry): Result<true, KeyRefusal> {
    if (entry.type === "genesis") return this.#takeGenesis(entry);
    if (entry.type === "key.add") return this.#takeAddition(entry);
    if (entry.type === "key.revoke") return this.#takeRevocation(entry);
    if (entry.type === "key.appoint") return this.#takeAppointment(entry);
    if (entry.type === "key.rotate") return this.#takeRotation(entry);
    return ok(true);
  }

  #takeGenesis(entry: KeyEntry): Result<true, KeyRefusal> {
    if (this.#genesis !== undefined || entry.index !== 0)
      return refuse({
        code: "genesis-misplaced",
        message: "Only the first entry of a log is a genesis entry.",
      });
    const key = genesisKey(entry.pub);
    if (!key.ok) return key;
    const { log, recovery } = entry.pub;
    if (typeof log !== "string")
      return refuse(malformed("genesis-malformed", "The genesis entry names no log key."));
    this.#genesis = { hash: entry.hash, logKey: log };
    const roots = rootKeysOf(entry.pub);
    const recipient = typeof recovery === "string" ? recovery : undefined;
    this.#roots = { keys: roots, recovery: recipient, rotation: undefined };
    this.#everRoots = new Set(roots.keys());
    this.#keys.set(key.value.kid, key.value);
    return ok(true);
  }

  #takeAddition(entry: KeyEntry): Result<true, KeyRefusal> {
    const officer = this.#officerAt(entry);
    if (!officer.ok) return officer;
    const { x, member, roles, proof } = entry.pub;
    const publicKey = readKey(x);
    if (
      publicKey === undefined ||
      typeof member !== "string" ||
      !isTextList(roles) ||
      typeof proof !== "string"
    )
      return refuse(
        malformed("key-malformed", "The entry does not hold x, member, roles and proof as it should."),
      );
    if (!isAcceptablePublicKey(publicKey)) return refuse(unacceptable);
    const kid = keyThumbprint(publicKey);
    // A revoked key stays revoked: added again, it would make the revocation depend on which entry one read last.
    if (this.#keys.has(kid))
      return refuse({ code: "key-known", message: `Key ${kid} was added before.`, kid });
    const signature = fromBase64Url(proof);
    const message = this.#genesis === undefined ? undefined : keyProofMessage(this.#genesis.hash, publicKey);
    if (signature === undefined || message === undefined || !verifyEd25519({ publicKey, message, signature }))
      return refuse({
        code: "key-proof-wrong",
        message: `Key ${kid} did not sign the proof of its holder.`,
        kid,
      });
    this.#keys.set(kid, { kid, publicKey, member, roles, addedAt: entry.index, addedBy: entry.kid });
    return ok(true);
  }

  #takeRevocation(entry: KeyEntry): Result<true, KeyRefusal> {
    const officer = this.#officerAt(entry);
    if (!officer.ok) return officer;
    const { kid, from } = entry.pub;
    if (typeof kid !== "string" || typeof from !== "number" || !Number.isSafeInteger(from) || from < 0)
      return refuse(malformed("key-malformed", "The entry does not hold kid and from as it should."));
    if (!this.#keys.has(kid))
      return refuse({ code: "key-unknown", message: `The log does not name key ${kid}.`, kid });
    this.#revoke(kid, from, entry.index);
    return ok(true);
  }

  #takeAppointment(entry: KeyEntry): Result<true, KeyRefusal> {
    const appointed = this.#appointedBy(entry);
    if (!appointed.ok) return appointed;
    const { key, from, ends } = appointed.value;
    this.#keys.set(key.kid, key);
    // From here on and not before: what they signed until now was for the others to see and to undo.
    for (const kid of ends) this.#revoke(kid, entry.index, entry.index);
    // Her lost device may be in somebody's hands: what it holds counts no more, whoever would have to say so otherwise.
    for (const earlier of this.keys)
      if (earlier.member === key.member && earlier.kid !== key.kid)
        this.#revoke(earlier.kid, from, entry.index);
    return ok(true);
  }

  /**
   * An officer writes it and the root keys sign it. Once taken it stays in force, whatever becomes of that officer's key: a
   * revocation that reaches back could else give the old set its word again.
   */
  #takeRotation(entry: KeyEntry): Result<true, KeyRefusal> {
    const officer = this.#officerAt(entry);
    if (!officer.ok) return officer;
    const genesis = this.#genesis;
    if (genesis === undefined) return refuse(noGenesis);
    const read = readRotation(entry.pub, genesis.hash, { roots: this.#roots.keys, ever: this.#everRoots });
    if (!read.ok) return read;
    const { roots, recovery } = read.value;
    this.#roots = { keys: roots, recovery, rotation: entry.hash };
    this.#everRoots = new Set([...this.#everRoots, ...roots.keys()]);
    this.#rotations = [...this.#rotations, entry.index];
    return ok(true);
  }

  /** The key that root keys put on the record with this entry, from where her earlier ones count no more, and whose else end. */
  #appointedBy(entry: Pick<KeyEntry, "index" | "kid" | "pub">): Result<Appointed, KeyRefusal> {
    const genesis = this.#genesis;
    if (genesis === undefined) return refuse(noGenesis);
    const read = readAppointment(entry.pub, genesis.hash, this.#roots.keys);
    if (!read.ok) return read;
    const { x, member, roles, from, ends = [] } = read.value;
    const publicKey = readKey(x);
    if (publicKey === undefined || from > entry.index || keyThumbprint(publicKey) !== entry.kid)
      return refuse({
        code: "appointment-malformed",
        message: "The appointment is not signed by the key that it names, or reaches into the future.",
      });
    if (!isAcceptablePublicKey(publicKey)) return refuse(unacceptable);
    // The signatures of the root keys could else be used once more, after the key was revoked.
    if (this.#keys.has(entry.kid))
      return refuse({ code: "key-known", message: `Key ${entry.kid} was added before.`, kid: entry.kid });
    const unknown = ends.find((kid) => !this.#keys.has(kid));
    if (unknown !== undefined)
      return refuse({ code: "key-unknown", message: `The log does not name key ${unknown}.`, kid: unknown });
    const key = {
      kid: entry.kid,
      publicKey,
      member,
      roles,
      addedAt: entry.index,
      addedBy: undefined,
    };
    return ok({ key, from, ends });
  }

  /**
   * Keys that the revoked one added while it no longer counted fall with it: else a thief adds a key of his own before
   * he is noticed, and keeps it. Revocations it made stay in force, which errs on the safe side.
   */
  #revoke(kid: string, from: number, at: number): void {
    const key = this.#keys.get(kid);
    if (key === undefined || (key.revoked !== undefined && key.revoked.from <= from)) return;
    this.#keys.set(kid, { ...key, revoked: { from, at } });
    for (const added of this.keys)
      if (added.addedBy === kid && added.addedAt >= from) this.#revoke(added.kid, added.addedAt, at);
  }

  #officerAt(entry: KeyEntry): Result<MemberKey, KeyRefusal> {
    const author = this.keyAt(entry.kid, entry.index);
    if (!author.ok || author.value.roles.includes(officerRole)) return author;
    return refuse({
      code: "author-not-officer",
      message: "Only an officer may add or revoke keys.",
      kid: entry.kid,
    });
  }
}

type Appointed = { readonly key: MemberKey; readonly from: number; readonly ends: readonly string[] };

function genesisKey(pub: JsonObject): Result<MemberKey, KeyRefusal> {
  const { officer } = pub;
  const publicKey = isObject(officer) ? readKey(officer["x"]) : undefined;
  const member = isObject(officer) ? officer["member"] : undefined;
  if (publicKey === undefined || typeof member !== "string")
    return refuse(malformed("genesis-malformed", "The genesis entry names no officer with a key."));
  if (!isAcceptablePublicKey(publicKey)) return refuse(unacceptable);
  const kid = keyThumbprint(publicKey);
  return ok({ kid, publicKey, member, roles: [officerRole], addedAt: 0, addedBy: undefined });
}

const noGenesis: KeyRefusal = {
  code: "genesis-missing",
  message: "The first entry of the log is not a genesis entry.",
};

const unacceptable: KeyRefusal = {
  code: "key-unacceptable",
  message: "Not a canonical Ed25519 key of prime order: implementations disagree on its signatures.",
};

function malformed(code: "genesis-malformed" | "key-malformed", message: string): KeyRefusal {
  return { code, message };
}

function readKey(x: Json | undefined): Uint8Array | undefined {
  const bytes = typeof x === "string" ? fromBase64Url(x) : undefined;
  return bytes?.length === 32 ? bytes : undefined;
}

function isTextList(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
