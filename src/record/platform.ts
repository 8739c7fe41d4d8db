/**
 * What the machine offers, looked up once. The kernel imports no `node:` module, so the same files run in a browser;
 * where Node is present its hashing, Ed25519 and base64 are 5 to 20 times faster than portable code, so they are used.
 * Where it is not, the program's entry file imports `#record/portable.ts` first.
 */

/** The part of `node:crypto` used here. Stated structurally so that no type import of a `node:` module is needed. */
export type NodeCrypto = {
  hash(algorithm: string, data: string | Uint8Array, encoding: "base64url" | "latin1"): string;
  createHash(algorithm: string): NodeHash;
  createHmac(algorithm: string, key: Uint8Array): NodeHash;
  createPrivateKey(key: { key: Uint8Array; format: "der"; type: "pkcs8" }): NodeKey;
  createPublicKey(key: { key: Uint8Array; format: "der"; type: "spki" } | NodeKey): NodeKey;
  sign(algorithm: null, data: Uint8Array, key: NodeKey): Uint8Array;
  verify(algorithm: null, data: Uint8Array, key: NodeKey, signature: Uint8Array): boolean;
};
export type NodeHash = {
  update(data: Uint8Array): NodeHash;
  digest(encoding: "latin1"): string;
};
export type NodeKey = { export(options: { format: "der"; type: "spki" }): Uint8Array };

/** The part of Node's `Buffer` used here. */
export type NodeBuffer = Uint8Array & {
  utf8Write(text: string, offset: number): number;
  utf8Slice(start: number, end: number): string;
  latin1Write(text: string, offset: number): number;
  latin1Slice(start: number, end: number): string;
  base64urlWrite(text: string, offset: number): number;
  base64urlSlice(start: number, end: number): string;
  base64Slice(start: number, end: number): string;
};
type NodeBufferClass = {
  from(text: string, encoding: string): NodeBuffer;
  from(buffer: ArrayBufferLike, offset: number, length: number): NodeBuffer;
  alloc(size: number): NodeBuffer;
  /** Its methods work on any `Uint8Array`; making a `Buffer` over one first takes longer than most of them. */
  readonly prototype: NodeBuffer;
};
type NodeModule = { createRequire(url: string): (name: string) => unknown };

type Globals = {
  readonly process?: { getBuiltinModule?: (name: string) => unknown };
  readonly Buffer?: NodeBufferClass;
};
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both members are optional and looked at before use
const globals = globalThis as unknown as Globals;

function builtin(name: string): unknown {
  return globals.process?.getBuiltinModule?.(name);
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's own module, or undefined in a browser
export const nodeCrypto = builtin("node:crypto") as NodeCrypto | undefined;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's own module, or undefined in a browser
export const nodeModule = builtin("node:module") as NodeModule | undefined;
export const nodeBuffer: NodeBufferClass | undefined = nodeCrypto === undefined ? undefined : globals.Buffer;

/** Hashing and curve arithmetic in portable JavaScript; `#record/portable.ts` provides it. */
export type Portable = {
  sha256(data: Uint8Array): Uint8Array;
  sha256Stream(): { update(data: Uint8Array): void; digest(): Uint8Array };
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  curve: PortableCurve;
};
/** Ed25519 without Node. `verify` is the cofactorless equation of RFC 8032 with the encoded R compared byte by byte. */
export type PortableCurve = {
  publicKey(seed: Uint8Array): Uint8Array;
  sign(message: Uint8Array, seed: Uint8Array): Uint8Array;
  verify(input: { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }): boolean;
  /** A canonical encoding of a point of prime order. */
  isPrimeOrderPoint(encoded: Uint8Array): boolean;
};

let provided: Portable | undefined;

/** Called once by `#record/portable.ts`. */
export function providePortable(portable: Portable): void {
  provided = portable;
}

export function portable(): Portable {
  if (provided !== undefined) return provided;
  throw new Error('bug: outside Node, import "#record/portable.ts" before anything that hashes or verifies');
}

export function portableIfProvided(): Portable | undefined {
  return provided;
}
