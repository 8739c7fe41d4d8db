import { toBase64Url } from "./bytes.ts";
import { sha256Base64Url } from "./hash.ts";

/**
 * The `kid` of an entry's author: the RFC 7638 thumbprint of the Ed25519 key as an OKP JWK (RFC 8037 section 2), 43
 * characters of base64url. A name for the key, not a secret and not a person.
 */
export function keyThumbprint(publicKey: Uint8Array): string {
  return sha256Base64Url(`{"crv":"Ed25519","kty":"OKP","x":"${toBase64Url(publicKey)}"}`);
}
