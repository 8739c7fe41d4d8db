import { concatBytes, fromHex, plainBytes, toBase64Url, toHex } from "./bytes.ts";
import {
  nodeCrypto,
  nodeModule,
  type NodeKey,
  portable,
  type PortableCurve,
  portableIfProvided,
} from "./platform.ts";
import { assert } from "./result.ts";

/** Signs with one Ed25519 key. `sign` is synchronous and deterministic (RFC 8032 section 5.1.6). */
export type Signer = {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
};

/** The signer of a 32-byte seed (the "private key" of RFC 8032). */
export function signerFromSeed(seed: Uint8Array): Signer {
  assert(seed.length === 32, "an Ed25519 seed has 32 bytes");
  if (nodeCrypto === undefined) {
    const { curve } = portable();
    const kept = plainBytes(seed);
    return { publicKey: curve.publicKey(kept), sign: (message) => curve.sign(message, kept) };
  }
  const crypto = nodeCrypto;
  const key = crypto.createPrivateKey({ key: concatBytes(pkcs8Prefix, seed), format: "der", type: "pkcs8" });
  const verifying = crypto.createPublicKey(key);
  const spki = verifying.export({ format: "der", type: "spki" });
  const publicKey = plainBytes(spki.subarray(spki.length - 32));
  // A multiple of the base point, so of prime order: judging it would load the curve's arithmetic for nothing.
  remember(toBase64Url(publicKey), { node: verifying });
  return {
    publicKey,
    sign: (message) => plainBytes(crypto.sign(null, message, key)),
  };
}

/**
 * Whether `signature` is one of `message` by `publicKey`, under the strict rule of `spec/log.md` section 9: the key is
 * acceptable ({@link isAcceptablePublicKey}), R is canonical and not of small order, S is below the group order, and
 * the cofactorless equation of RFC 8032 section 5.1.7 holds. Under this rule all implementations agree
 * [implementations accept between 43 and 826 of the 914 known edge cases otherwise].
 */
export function verifyEd25519(input: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}): boolean {
  const { publicKey, message, signature } = input;
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  const key = verifyingKey(publicKey);
  if (key === undefined) return false;
  if (isSmallOrderEncoding(signature.subarray(0, 32)) || !isBelowGroupOrder(signature.subarray(32, 64)))
    return false;
  if (key.node !== undefined && nodeCrypto !== undefined)
    return nodeCrypto.verify(null, message, key.node, signature);
  return portable().curve.verify(input);
}

/**
 * The same rule, answered later: in a browser that has Ed25519 itself, about ten times as many a second as
 * {@link verifyEd25519}, when many are asked at once.
 */
export async function verifyEd25519Later(input: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}): Promise<boolean> {
  const { publicKey, message, signature } = input;
  if (nodeCrypto !== undefined || publicKey.length !== 32) return verifyEd25519(input);
  const key = await webKey(publicKey);
  if (key === undefined) return verifyEd25519(input);
  // What makes implementations differ is judged here, before theirs is asked.
  return (
    signature.length === 64 &&
    verifyingKey(publicKey) !== undefined &&
    !isSmallOrderEncoding(signature.subarray(0, 32)) &&
    isBelowGroupOrder(signature.subarray(32, 64)) &&
    globalThis.crypto.subtle.verify("Ed25519", key, new Uint8Array(signature), new Uint8Array(message))
  );
}

// A log has few keys; undefined where the browser has no Ed25519.
const webKeys = new Map<string, Promise<CryptoKey | undefined>>();

function webKey(publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  const name = toBase64Url(publicKey);
  let key = webKeys.get(name);
  if (key === undefined) {
    const imported: Promise<CryptoKey> = (async () =>
      globalThis.crypto.subtle.importKey("raw", new Uint8Array(publicKey), "Ed25519", false, ["verify"]))();
    key = imported.catch(() => undefined);
    if (webKeys.size >= verifyingKeysMax) webKeys.clear();
    webKeys.set(name, key);
  }
  return key;
}

/**
 * Whether a key may be used at all: a canonical encoding of a point of prime order. Small-order and mixed-order keys
 * and non-canonical encodings are refused, because implementations disagree on their signatures.
 */
export function isAcceptablePublicKey(publicKey: Uint8Array): boolean {
  return publicKey.length === 32 && verifyingKey(publicKey) !== undefined;
}

type VerifyingKey = { readonly node: NodeKey | undefined };

// Judging and importing a key takes longer than checking a signature, and a log has few keys and many signatures.
const verifyingKeys = new Map<string, VerifyingKey | undefined>();
const verifyingKeysMax = 4_096;

function verifyingKey(publicKey: Uint8Array): VerifyingKey | undefined {
  const name = toBase64Url(publicKey);
  const known = verifyingKeys.get(name);
  if (known !== undefined || verifyingKeys.has(name)) return known;
  return remember(name, judgeKey(publicKey));
}

function remember(name: string, key: VerifyingKey | undefined): VerifyingKey | undefined {
  if (verifyingKeys.size >= verifyingKeysMax) verifyingKeys.clear();
  verifyingKeys.set(name, key);
  return key;
}

function judgeKey(publicKey: Uint8Array): VerifyingKey | undefined {
  if (!curveArithmetic().isPrimeOrderPoint(publicKey)) return undefined;
  if (nodeCrypto === undefined) return { node: undefined };
  const der = concatBytes(spkiPrefix, publicKey);
  return { node: nodeCrypto.createPublicKey({ key: der, format: "der", type: "spki" }) };
}

let loadedCurve: PortableCurve | undefined;

function curveArithmetic(): PortableCurve {
  const provided = portableIfProvided();
  if (provided !== undefined) return provided.curve;
  if (loadedCurve !== undefined) return loadedCurve;
  if (nodeModule === undefined) return portable().curve;
  // Loaded on Node at the first key only: 35 ms that most commands need not spend.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file
  const loaded = nodeModule.createRequire(import.meta.url)("./curve.ts") as { curve: PortableCurve };
  loadedCurve = loaded.curve;
  return loadedCurve;
}

const pkcs8Prefix = bytesOfHex("302e020100300506032b657004220420");
const spkiPrefix = bytesOfHex("302a300506032b6570032100");

/** Group order L = 2^252 + 27742317777372353535851937790883648493, little-endian. */
const groupOrder = bytesOfHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

function isBelowGroupOrder(s: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = (s[i] ?? 0) - (groupOrder[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/**
 * The y coordinates of the eight points of small order, with the sign bit cleared, and the non-canonical ways to write
 * them (y + p). Other non-canonical R need no list: the equation compares encodings, and a computed one is canonical.
 */
const smallOrderY = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);
// The first bytes of those seven; a look at one byte spares building the text for 97 of 100 signatures.
const smallOrderFirst = new Set([0x00, 0x01, 0x26, 0xc7, 0xec, 0xed, 0xee]);

function isSmallOrderEncoding(encoded: Uint8Array): boolean {
  if (!smallOrderFirst.has(encoded[0] ?? 0)) return false;
  const y = plainBytes(encoded);
  y[31] = (y[31] ?? 0) & 0x7f;
  return smallOrderY.has(toHex(y));
}

function bytesOfHex(hex: string): Uint8Array {
  const bytes = fromHex(hex);
  assert(bytes !== undefined, "a constant is valid hexadecimal");
  return bytes;
}
