/**
 * Challenges of sign-in. A challenge carries its own proof of having been made here, for this member, within the last two
 * minutes: nothing is kept for those who only ask, so asking fills no memory, and any of several processes can take the
 * answer. Each is good once; see `Sessions.begin`.
 */
import { concatBytes, equalBytes, fromBase64Url, toBase64Url, utf8 } from "#record/bytes.ts";
import { hmacSha256 } from "#record/hash.ts";

/** Two minutes: Argon2id on an old phone takes ten seconds, a passkey prompt perhaps a minute. */
export const challengeLifeMs = 120_000;

export class Challenges {
  readonly #secret: Uint8Array;
  readonly #now: () => number;
  readonly #randomBytes: (length: number) => Uint8Array;

  constructor(parts: { secret: Uint8Array; now: () => number; randomBytes: (length: number) => Uint8Array }) {
    this.#secret = parts.secret;
    this.#now = parts.now;
    this.#randomBytes = parts.randomBytes;
  }

  /** 32 bytes in base64url: 6 of time, 10 random ones, 16 of HMAC. */
  make(member: string): string {
    const head = new Uint8Array(16);
    let time = this.#now();
    for (let i = 5; i >= 0; i--) {
      head[i] = time % 256;
      time = Math.floor(time / 256);
    }
    head.set(this.#randomBytes(10), 6);
    return toBase64Url(concatBytes(head, this.#proof(head, member)));
  }

  /** Whether this challenge was made for the member less than two minutes ago. */
  isFresh(challenge: string, member: string): boolean {
    const bytes = fromBase64Url(challenge);
    if (bytes?.length !== 32) return false;
    const head = bytes.subarray(0, 16);
    if (!equalBytes(bytes.subarray(16), this.#proof(head, member))) return false;
    const made = head.subarray(0, 6).reduce((time, byte) => time * 256 + byte, 0);
    const age = this.#now() - made;
    return age >= 0 && age < challengeLifeMs;
  }

  #proof(head: Uint8Array, member: string): Uint8Array {
    return hmacSha256(this.#secret, head, utf8(member)).subarray(0, 16);
  }
}

/** What a lock's key signs: bound to the site, so that a look-alike site cannot pass a challenge on. */
export function signInMessage(origin: string, member: string, challenge: string): Uint8Array {
  return utf8(`aigaq/sign-in/1\n${origin}\n${member}\n${challenge}`);
}
