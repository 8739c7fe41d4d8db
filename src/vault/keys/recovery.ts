/**
 * The recovery key: a hybrid age key that every room is also sealed to, whose secret half exists only as shares with
 * trustees. Any `threshold` of them open everything; fewer learn nothing. Spec: `spec/vault.md` §8.
 */
import { equalBytes, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { assert, ok, refuse, type Result } from "#record/result.ts";
import { keySize } from "#vault/seal/layout.ts";
import { type AgeKeyPair, hybridKeyOf, seedOfHybrid } from "./member.ts";
import type { Redacted } from "./redacted.ts";
import { decodeShare, encodeShare, type RecoveryShare, shareSetSize, shareSize } from "./share-text.ts";

/** Why shares do not recover the key. `share` counts the given texts from 1. */
export type RecoveryRefusal =
  /** Not the text of a share, or one of a version unknown here. */
  | { readonly code: "share-malformed"; readonly message: string; readonly share: number }
  /** A character of this share was misread or mistyped. */
  | { readonly code: "share-misread"; readonly message: string; readonly share: number }
  /** A share of another recovery key than the published one. */
  | { readonly code: "share-of-another-set"; readonly message: string; readonly share: number }
  /** The same share twice. */
  | { readonly code: "share-repeated"; readonly message: string; readonly share: number }
  | {
      readonly code: "shares-too-few";
      readonly message: string;
      readonly given: number;
      readonly needed: number;
    }
  /** Each share reads well, but together they give another key: one of them is forged. */
  | { readonly code: "shares-do-not-fit"; readonly message: string };

function setOf(recipient: string): Uint8Array {
  return sha256(utf8(recipient)).subarray(0, shareSetSize);
}

/**
 * Splits a recovery key into `total` share texts, any `threshold` of which recover it. Print each, give it to one
 * trustee, and forget the identity. @throws unless 2 ≤ threshold ≤ total ≤ 255.
 *
 * Example: `await splitRecovery(await newHybridKey(randomBytes), { threshold: 3, total: 5 })` → five texts.
 */
export async function splitRecovery(
  { identity, recipient }: AgeKeyPair,
  { threshold, total }: { readonly threshold: number; readonly total: number },
): Promise<readonly string[]> {
  assert(
    threshold >= 2 && threshold <= total && total <= 255,
    "a splitting needs 2 ≤ threshold ≤ total ≤ 255",
  );
  const { split } = await import("shamir-secret-sharing");
  // The library refuses Node's Buffer, which is a Uint8Array with other habits: hand it a plain copy.
  const shares = await split(new Uint8Array(seedOfHybrid(identity)), total, threshold);
  const set = setOf(recipient);
  return shares.map((bytes, i) => encodeShare({ set, threshold, total, number: i + 1, bytes }));
}

/**
 * Puts the recovery key together again and checks it against the recipient published in the record: the splitting
 * itself gives a wrong key without a word when a share is wrong.
 */
export async function combineRecovery(
  texts: readonly string[],
  recipient: string,
): Promise<Result<Redacted<string>, RecoveryRefusal>> {
  const read = readShares(texts, recipient);
  if (!read.ok) return read;
  const shares = read.value;
  const needed = neededOf(shares);
  if (shares.length < needed) {
    return refuse({
      code: "shares-too-few",
      message: `${shares.length} of the ${needed} shares needed are here; ask further trustees for theirs`,
      given: shares.length,
      needed,
    });
  }
  const { combine } = await import("shamir-secret-sharing");
  const seed = await combine(shares.map(({ bytes }) => bytes));
  const pair = seed.length === keySize ? await hybridKeyOf(seed) : undefined;
  if (pair?.recipient !== recipient) {
    return refuse({
      code: "shares-do-not-fit",
      message:
        "these shares do not give the published recovery key: one is forged; try other combinations of them",
    });
  }
  return ok(pair.identity);
}

/** How far trustees have come who give their shares one after another. */
export type SharesGiven = {
  /** The numbers on the sheets that were given, in the order given: 1 is the first of the splitting. */
  readonly numbers: readonly number[];
  readonly total: number;
  readonly needed: number;
};

/** Judges each share by itself, without putting anything together: a slip is found while its sheet is at hand. */
export function checkShares(
  texts: readonly string[],
  recipient: string,
): Result<SharesGiven, RecoveryRefusal> {
  const read = readShares(texts, recipient);
  if (!read.ok) return read;
  const numbers = read.value.map(({ number }) => number);
  return ok({
    numbers,
    total: Math.max(0, ...read.value.map(({ total }) => total)),
    needed: neededOf(read.value),
  });
}

function neededOf(shares: readonly RecoveryShare[]): number {
  return Math.max(2, ...shares.map(({ threshold }) => threshold));
}

function readShares(
  texts: readonly string[],
  recipient: string,
): Result<readonly RecoveryShare[], RecoveryRefusal> {
  const shares: RecoveryShare[] = [];
  for (const [i, text] of texts.entries()) {
    const share = decodeShare(text);
    const problem = whyNotUsable(share, shares, recipient);
    if (problem !== undefined) return refuse({ code: problem, message: problems[problem], share: i + 1 });
    if (typeof share === "object") shares.push(share);
  }
  return ok(shares);
}

type ShareProblem = "share-malformed" | "share-misread" | "share-of-another-set" | "share-repeated";

const problems: Readonly<Record<ShareProblem, string>> = {
  "share-malformed": "this is not a recovery share; copy the whole line that begins with aigaq-share-1",
  "share-misread": "a character of this share was misread; compare it with the paper again",
  "share-of-another-set":
    "this share belongs to another recovery key than the one published in the record; take a sheet of this foundation, and check the address of this page",
  "share-repeated": "this share was given twice; take another trustee's",
};

function whyNotUsable(
  share: RecoveryShare | "misread" | undefined,
  earlier: readonly RecoveryShare[],
  recipient: string,
): ShareProblem | undefined {
  if (share === undefined || (share !== "misread" && share.bytes.length !== shareSize))
    return "share-malformed";
  if (share === "misread") return "share-misread";
  if (!equalBytes(share.set, setOf(recipient))) return "share-of-another-set";
  // The last byte is the point at which the share was evaluated: two shares of one point are one share.
  const point = share.bytes[shareSize - 1];
  if (earlier.some((other) => other.bytes[shareSize - 1] === point)) return "share-repeated";
  return undefined;
}
