/**
 * Hashing and Ed25519 in portable JavaScript, for programs that run without Node. The entry file of a browser program
 * imports this file before anything else: `import "#record/portable.ts"`. Kept out of the other files because loading
 * the curve takes 35 ms, which every command on Node would pay for nothing.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { curve } from "./curve.ts";
import { type Portable, providePortable } from "./platform.ts";

export const portableImplementation: Portable = {
  sha256: (data) => sha256(data),
  sha256Stream() {
    const stream = sha256.create();
    return { update: (data) => void stream.update(data), digest: () => stream.digest() };
  },
  hmacSha256: (key, data) => hmac(sha256, key, data),
  curve,
};

providePortable(portableImplementation);
