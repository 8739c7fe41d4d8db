/**
 * OpenTimestamps proofs (.ots), read only: which digest they start from, and what they attest. A calendar's attestation is
 * a promise; a Bitcoin one names a block, whose header the caller must have from elsewhere: without it nothing is proven.
 */
import { ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { concatBytes, equalBytes, fromUtf8, toHex } from "./bytes.ts";
import { sha256 } from "./hash.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";

export type OtsRefusal = Refusal<"ots-malformed" | "ots-algorithm-unknown" | "ots-operation-unknown">;

export type OtsAttestation =
  /** The block at `height` has this Merkle root (as in its header, not reversed). */
  | { readonly kind: "bitcoin"; readonly height: number; readonly merkleRoot: Uint8Array }
  /** The calendar at `url` has promised to have it attested. */
  | { readonly kind: "pending"; readonly url: string; readonly commitment: Uint8Array }
  /** Of a kind, or behind an operation (Keccak and oddities), that is not read here. */
  | { readonly kind: "unknown" };

export type OtsProof = { readonly digest: Uint8Array; readonly attestations: readonly OtsAttestation[] };

const magic = Uint8Array.from([
  0x00, 0x4f, 0x70, 0x65, 0x6e, 0x54, 0x69, 0x6d, 0x65, 0x73, 0x74, 0x61, 0x6d, 0x70, 0x73, 0x00, 0x00, 0x50,
  0x72, 0x6f, 0x6f, 0x66, 0x00, 0xbf, 0x89, 0xe2, 0xe8, 0x84, 0xe8, 0x92, 0x94,
]);
const bitcoin = "0588960d73d71901";
const pending = "83dfe30d2ef90c8e";
const operation = { append: 0xf0, prepend: 0xf1, sha256: 0x08, sha1: 0x02, ripemd160: 0x03 } as const;
/** No argument, not computed here: Keccak-256, reverse, hexlify. */
const unreadOperations = new Set([0x67, 0xf2, 0xf3]);
const messageMax = 4_096;
const depthMax = 256;

/** Reads a detached proof over a SHA-256 digest and computes every message it leads to. */
export function parseOts(bytes: Uint8Array): Result<OtsProof, OtsRefusal> {
  try {
    const reader = new Reader(bytes);
    if (!equalBytes(reader.take(magic.length), magic)) throw new Malformed("no header");
    if (reader.number() !== 1) throw new Malformed("an unknown version");
    if (reader.byte() !== operation.sha256)
      return refuse({ code: "ots-algorithm-unknown", message: "The proof is not one of a SHA-256 digest." });
    const digest = reader.take(32);
    const attestations: OtsAttestation[] = [];
    readTimestamp(reader, digest, attestations, 0);
    if (!reader.isAtEnd) throw new Malformed("bytes are left over");
    return ok({ digest, attestations });
  } catch (error) {
    if (error instanceof Malformed)
      return refuse({ code: error.code, message: `Not an OpenTimestamps proof: ${error.message}.` });
    throw error;
  }
}

class Malformed extends Error {
  readonly code: OtsRefusal["code"];

  constructor(message: string, code: OtsRefusal["code"] = "ots-malformed") {
    super(message);
    this.code = code;
  }
}

/** A node: branches behind 0xff each, then the last one. A message is unknown after an operation not computed here. */
function readTimestamp(
  reader: Reader,
  message: Uint8Array | undefined,
  attestations: OtsAttestation[],
  depth: number,
): void {
  if (depth > depthMax) throw new Malformed("it is nested too deep");
  for (;;) {
    const tag = reader.byte();
    const isBranch = tag === 0xff;
    readBranch(reader, isBranch ? reader.byte() : tag, message, attestations, depth);
    if (!isBranch) return;
  }
}

function readBranch(
  reader: Reader,
  tag: number,
  message: Uint8Array | undefined,
  attestations: OtsAttestation[],
  depth: number,
): void {
  if (tag === 0x00) {
    attestations.push(readAttestation(reader, message));
    return;
  }
  readTimestamp(reader, apply(reader, tag, message), attestations, depth + 1);
}

function apply(reader: Reader, tag: number, message: Uint8Array | undefined): Uint8Array | undefined {
  let result: Uint8Array | undefined;
  if (tag === operation.append || tag === operation.prepend) {
    const argument = reader.text(messageMax);
    if (argument.length === 0) throw new Malformed("an empty argument");
    if (message !== undefined)
      result = tag === operation.append ? concatBytes(message, argument) : concatBytes(argument, message);
  } else if (tag === operation.sha256) result = message === undefined ? undefined : sha256(message);
  // Old and weak, but only links of a chain whose ends are SHA-256.
  else if (tag === operation.ripemd160) result = message === undefined ? undefined : ripemd160(message);
  else if (tag === operation.sha1) result = message === undefined ? undefined : sha1(message);
  else if (!unreadOperations.has(tag))
    throw new Malformed(`operation ${tag} is unknown`, "ots-operation-unknown");
  if (result !== undefined && result.length > messageMax) throw new Malformed("a message is too long");
  return result;
}

function readAttestation(reader: Reader, message: Uint8Array | undefined): OtsAttestation {
  const kind = toHex(reader.take(8));
  const payload = new Reader(reader.text(8_192));
  if (message === undefined) return { kind: "unknown" };
  if (kind === bitcoin) return { kind: "bitcoin", height: payload.number(), merkleRoot: message };
  if (kind !== pending) return { kind: "unknown" };
  const url = fromUtf8(payload.text(1_000));
  if (url === undefined || !/^[\w.:/-]+$/u.test(url))
    throw new Malformed("the address of a calendar is malformed");
  return { kind: "pending", url, commitment: message };
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new Malformed("it is cut off");
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  /** LEB128, up to 2^49. */
  number(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 49; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new Malformed("a number is too large");
  }

  text(lengthMax: number): Uint8Array {
    const length = this.number();
    if (length > lengthMax) throw new Malformed("a text is too long");
    return this.take(length);
  }
}
