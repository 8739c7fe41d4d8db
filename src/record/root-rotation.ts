/**
 * An entry `key.rotate` puts new root keys and a new recovery key in the place of the old ones: two of the old set sign it, and
 * all of the new, so that nobody names keys that nobody holds. From that entry on the old set has no word; `spec/entry.md` §8.
 */
import { toHex, utf8 } from "./bytes.ts";
import type { JsonObject } from "./json-strict.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";
import {
  checkRoots,
  isRootSignature,
  readRootKey,
  type RootRefusal,
  type RootSignature,
} from "./root-keys.ts";

/** Two of them are needed, so with three one may be lost; more than eight nobody keeps apart. */
const fewest = 3;
const most = 8;

export type Rotation = {
  /** The new root keys by their base64url, in the order of the entry. */
  readonly roots: ReadonlyMap<string, Uint8Array>;
  /** age recipient of the new recovery key: trustees' sheets and the recovery kit are of this one from now on. */
  readonly recovery: string;
};

/** `rotation-malformed`: a field is missing or of a wrong form. `root-known`: one of the new keys was a root key before. */
export type RotationRefusal = RootRefusal | Refusal<"rotation-malformed" | "root-known">;

/** What root keys sign, old and new: bound to this log, to the whole new set and to the new recovery key. */
export function rotationMessage(
  genesisHash: Uint8Array,
  { roots, recovery }: { readonly roots: readonly string[]; readonly recovery: string },
): Uint8Array {
  return utf8(`aigaq/key-rotate/1\n${toHex(genesisHash)}\n${roots.join(",")}\n${recovery}`);
}

/** What counts at the place of a rotation: the root keys in force, and all that ever were. */
export type RootsBefore = {
  readonly roots: ReadonlyMap<string, Uint8Array>;
  readonly ever: ReadonlySet<string>;
};

/** Reads the public fields of a `key.rotate` and checks the signatures of both sets. */
export function readRotation(
  pub: JsonObject,
  genesisHash: Uint8Array,
  { roots, ever }: RootsBefore,
): Result<Rotation, RotationRefusal> {
  const { roots: given, recovery, by } = pub;
  if (!isSignatures(given) || !isSignatures(by)) return refuse(malformed);
  if (typeof recovery !== "string" || !/^[^\n]+$/u.test(recovery)) return refuse(malformed);
  const fresh = new Map<string, Uint8Array>();
  for (const { x } of given) {
    const key = readRootKey(x);
    if (key === undefined) return refuse(malformed);
    // Good once: nobody puts an old set back by showing an old rotation again.
    if (ever.has(x))
      return refuse({ code: "root-known", message: `${x} was a root key of this log before.` });
    fresh.set(x, key);
  }
  if (given.length < fewest || given.length > most) return refuse(malformed);
  const message = rotationMessage(genesisHash, { roots: given.map(({ x }) => x), recovery });
  const refusal = checkRoots(roots, message, by) ?? checkRoots(fresh, message, given, given.length);
  return refusal === undefined ? ok({ roots: fresh, recovery }) : refuse(refusal);
}

const malformed = {
  code: "rotation-malformed",
  message: `The entry does not hold roots (${fewest} to ${most} keys with signatures), recovery and by as it should.`,
} as const;

function isSignatures(value: JsonObject[string] | undefined): value is readonly RootSignature[] {
  return Array.isArray(value) && value.every(isRootSignature);
}
