/**
 * Token buckets in memory. An address is never kept: its bucket is named by a keyed digest under a key that dies with the
 * process, and removed as soon as it is full again.
 */
import { toBase64Url } from "#record/bytes.ts";
import { hmacSha256Keyed } from "#record/hash.ts";

/** `burst` requests at once, `perMinute` in the long run. */
export type Rate = { readonly burst: number; readonly perMinute: number };

/** All limits in one place; docs/reference/http.md repeats them. */
export const rates = {
  /** Asking for locks and answering challenges, by address. */
  signIn: { burst: 20, perMinute: 10 },
  /**
   * Answers for one member, from whichever address: guesses of many addresses together. More than one address may send, and
   * questions do not count: else anyone could keep a member out by asking for her.
   */
  signInMember: { burst: 60, perMinute: 60 },
  foundation: { burst: 10, perMinute: 5 },
  invitation: { burst: 20, perMinute: 10 },
  /** The sealed recovery kit, and answers of root keys, by address. */
  recovery: { burst: 20, perMinute: 10 },
  letter: { burst: 30, perMinute: 30 },
  letterAnswer: { burst: 5, perMinute: 2 },
  /** Statements as PDF that are not made yet: each takes the process for half a second. */
  pdf: { burst: 10, perMinute: 10 },
  /** Leaving the books for those who see the record for the first time: megabytes each, and needed a few times a day. */
  roomSnapshot: { burst: 4, perMinute: 2 },
  /** Everything a signed-in member does; opening 100 000 entries takes some hundred requests. */
  member: { burst: 2_000, perMinute: 6_000 },
} as const satisfies Record<string, Rate>;

type Bucket = { tokens: number; at: number };
const bucketsMax = 100_000;

export class RateLimit {
  readonly #now: () => number;
  readonly #digest: (text: string) => Uint8Array;
  readonly #buckets = new Map<string, Bucket>();

  constructor(now: () => number, randomBytes: (length: number) => Uint8Array) {
    this.#now = now;
    this.#digest = hmacSha256Keyed(randomBytes(32));
  }

  /** Takes one token; or says after how many seconds there will be one again. */
  take(kind: keyof typeof rates, who: string): { readonly retryAfter: number } | undefined {
    const rate: Rate = rates[kind];
    const now = this.#now();
    const name = toBase64Url(this.#digest(`${kind}\n${who}`).subarray(0, 16));
    const bucket = this.#buckets.get(name) ?? { tokens: rate.burst, at: now };
    const tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) / 60_000) * rate.perMinute);
    if (tokens < 1) return { retryAfter: Math.max(1, Math.ceil(((1 - tokens) * 60) / rate.perMinute)) };
    this.#buckets.set(name, { tokens: tokens - 1, at: now });
    if (this.#buckets.size > bucketsMax) this.sweep();
    return undefined;
  }

  /** Forgets the buckets that are full again. */
  sweep(): void {
    const now = this.#now();
    // The slowest bucket that was emptied is full after this long.
    for (const [name, { at }] of this.#buckets) if (now - at > fullAfterMs) this.#buckets.delete(name);
    // A flood from many addresses: rather than grow without bound, the oldest are let off.
    for (const name of this.#buckets.keys()) {
      if (this.#buckets.size <= bucketsMax) break;
      this.#buckets.delete(name);
    }
  }

  get size(): number {
    return this.#buckets.size;
  }
}

const fullAfterMs = Math.max(
  ...Object.values(rates).map(({ burst, perMinute }) => (burst / perMinute) * 60_000),
);

/** An address as it is limited: a household's or attacker's whole IPv6 network is one. */
export function limitedAddress(address: string): string {
  if (!address.includes(":") || /^::ffff:\d/iu.test(address)) return address;
  const [head = ""] = address.split("::");
  return head.split(":").slice(0, 4).join(":");
}
