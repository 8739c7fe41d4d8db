/**
 * Members as the server knows them: their locks and their sealed keyring. A lock opens the keyring on the member's own device;
 * the server holds only what a lock looks like from outside (salt, cost, passkey credential), the public half of the key that
 * proves it, and ciphertext.
 */
import { toBase64Url } from "#record/bytes.ts";
import { isAcceptablePublicKey } from "#record/ed25519.ts";
import { hmacSha256Keyed } from "#record/hash.ts";
import { encodeState, serverPrefix, type NamedState } from "../named-state.ts";
import { type Fields, kib, malformed, memberForm, memberPattern, mib } from "../request-body.ts";

export type LockCost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number };

/** All bytes in base64url. */
export type Lock = {
  /** 16 random bytes: of one form for everyone, so that a lock of nobody looks like any other. */
  readonly id: string;
  readonly kind: "passphrase" | "passkey";
  readonly salt: string;
  readonly cost?: LockCost;
  readonly credential?: string;
  /** Ed25519 key that is derived from the opened lock and signs the challenge. */
  readonly publicKey: string;
  /** The keyring's key, sealed under this lock. */
  readonly sealed: string;
};

/** What anyone may see who asks to sign in. */
export type LockFace = Pick<Lock, "id" | "kind" | "salt" | "cost" | "credential">;

export type Enrolment = {
  readonly member: string;
  readonly locks: readonly Lock[];
  readonly keyring: string;
  readonly keyringVersion: number;
};

const keyringBytesMax = 4 * mib;
const sealedBytesMax = 4 * kib;
const locksMax = 8;
/** RFC 9106, second recommendation; what `vault/keys/argon2.ts` takes. */
const usualCost: LockCost = { memoryKib: 65_536, passes: 3, lanes: 4 };

export function readLocks(fields: Fields, name: string): readonly Lock[] {
  const locks = fields.objects(name, 1, locksMax).map(readLock);
  if (new Set(locks.map(({ id }) => id)).size < locks.length) throw malformed(name, "locks of different ids");
  return locks;
}

function readLock(fields: Fields): Lock {
  const publicKey = fields.bytes("publicKey", 32, 32);
  if (!isAcceptablePublicKey(publicKey))
    throw malformed("publicKey", "a canonical Ed25519 key of prime order");
  const kind = fields.text("kind", /^(?:passphrase|passkey)$/u, '"passphrase" or "passkey"');
  const cost = fields.has("cost") ? fields.object("cost") : undefined;
  return {
    id: toBase64Url(fields.bytes("id", 16, 16)),
    kind: kind === "passkey" ? "passkey" : "passphrase",
    salt: toBase64Url(fields.bytes("salt", 16, 16)),
    ...(cost !== undefined && {
      cost: {
        memoryKib: cost.integer("memoryKib", 8, 4 * mib),
        passes: cost.integer("passes", 1, 100),
        lanes: cost.integer("lanes", 1, 64),
      },
    }),
    ...(fields.has("credential") && { credential: toBase64Url(fields.bytes("credential", 1, 1024)) }),
    publicKey: toBase64Url(publicKey),
    sealed: toBase64Url(fields.bytes("sealed", 1, sealedBytesMax)),
  };
}

export function readEnrolment(fields: Fields): Enrolment {
  return {
    member: fields.text("member", memberPattern, memberForm),
    locks: readLocks(fields, "locks"),
    keyring: toBase64Url(fields.bytes("keyring", 1, keyringBytesMax)),
    keyringVersion: 1,
  };
}

/** Name and bytes of an enrolment that goes into the same commit as the entries that make its member one. */
export function enrolmentObject(enrolment: Enrolment): { name: string; bytes: Uint8Array } {
  return { name: `${serverPrefix}member/${enrolment.member}`, bytes: encodeState(enrolment) };
}

export class Members {
  readonly #state: NamedState;
  readonly #fake: (text: string) => Uint8Array;

  /** `secret`: makes the locks of members who do not exist; the same after a restart, else two questions tell them apart. */
  constructor(state: NamedState, secret: Uint8Array) {
    this.#state = state;
    this.#fake = hmacSha256Keyed(secret);
  }

  enrolment(member: string): Promise<Enrolment | undefined> {
    return this.#state.get<Enrolment>(`member/${member}`);
  }

  async put(enrolment: Enrolment): Promise<void> {
    await this.#state.put(`member/${enrolment.member}`, enrolment);
  }

  /** Locks to show for this name: the member's own, or one that nobody can tell from a real one. */
  async faces(member: string): Promise<readonly LockFace[]> {
    const enrolment = await this.enrolment(member);
    // Also where it is not needed: an answer that takes longer tells as much as another answer.
    const cost = await this.#commonCost();
    if (enrolment !== undefined) return enrolment.locks.map(faceOf);
    return [
      {
        id: toBase64Url(this.#fake(`id\n${member}`).subarray(0, 16)),
        kind: "passphrase",
        salt: toBase64Url(this.#fake(`salt\n${member}`).subarray(0, 16)),
        cost,
      },
    ];
  }

  /** The member's lock of that id. */
  async lock(member: string, lockId: string): Promise<{ enrolment: Enrolment; lock: Lock } | undefined> {
    const enrolment = await this.enrolment(member);
    const lock = enrolment?.locks.find(({ id }) => id === lockId);
    return enrolment === undefined || lock === undefined ? undefined : { enrolment, lock };
  }

  /** The cost most members' devices are asked for: a fake lock that asked for another would stand out. */
  async #commonCost(): Promise<LockCost> {
    const counts = new Map<string, number>();
    for (const { value } of await this.#state.list<Enrolment>("member/"))
      for (const { kind, cost } of value.locks)
        if (kind === "passphrase" && cost !== undefined) {
          const key = JSON.stringify(cost);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
    const [common] = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text was made of a LockCost above
    return common === undefined ? usualCost : (JSON.parse(common[0]) as LockCost);
  }
}

function faceOf({ id, kind, salt, cost, credential }: Lock): LockFace {
  return {
    id,
    kind,
    salt,
    ...(cost !== undefined && { cost }),
    ...(credential !== undefined && { credential }),
  };
}
