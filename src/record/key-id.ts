import { toBase64Url } from "./bytes.ts";
import { sha256Base64Url } from "./hash.ts";

/**
 * The `kid` of an entry's author: the RFC 7638 thumbprint of the Ed25519 key as an OKP JWK (RFC 8037 section 2), 43
 * characters of base64url. A name for the key, not a secret and not a person.
 */
export function keyThumbprint(publicKey: Uint8Array): string {
  const x = toBase64Url(publicKey);
  const known = thumbprints.get(x);
  if (known !== undefined) return known;
  const thumbprint = sha256Base64Url(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
  if (thumbprints.size >= 4_096) thumbprints.clear();
  thumbprints.set(x, thumbprint);
  return thumbprint;
}

// Asked for with every signature checked; a log has few keys.
const thumbprints = new Map<string, string>();
