/**
 * Who is signed in. A session is a random token in a cookie; the storage holds its hash, so that whoever copies the storage
 * cannot act as a member, and a restart signs nobody out. A member's sessions are one object.
 */
import { toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import type { NamedState } from "../named-state.ts";
import { memberPattern } from "../request-body.ts";
import { challengeLifeMs } from "./challenges.ts";

type KeptSession = {
  readonly hash: string;
  readonly made: number;
  seen: number;
  /** Root keys opened it, and she has not come back yet. */
  readonly isRecovery?: boolean;
};
type Kept = {
  readonly sessions: readonly KeptSession[];
  /** Hashes of challenges that were answered, until they are too old to be answered again. */
  readonly used: readonly { readonly hash: string; readonly until: number }[];
};

/** A member's own devices and browsers; the one unused for longest goes. */
const sessionsMax = 16;
/** How long a process believes what it read: another one may have ended the session. */
const believeMs = 2_000;
/** `seen` is written back no oftener than this. */
const writeBackMs = 15 * 60_000;

/** For so long trustees may act for a member whose keys do not count. */
const recoveryLifeMs = 30 * 60_000;

export type Session = {
  readonly member: string;
  readonly hash: string;
  /** Root keys opened it less than half an hour ago: it lets her bring the new key of a member who has none. */
  readonly isRecovery?: boolean;
};

export class Sessions {
  readonly #state: NamedState;
  readonly #idleMs: number;
  readonly #now: () => number;
  readonly #randomBytes: (length: number) => Uint8Array;
  readonly #read = new Map<string, { at: number; kept: Kept }>();
  /** One change of a member's object after the other. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(parts: {
    state: NamedState;
    idleMs: number;
    now: () => number;
    randomBytes: (length: number) => Uint8Array;
  }) {
    this.#state = parts.state;
    this.#idleMs = parts.idleMs;
    this.#now = parts.now;
    this.#randomBytes = parts.randomBytes;
  }

  /**
   * A new session; the token for its cookie. undefined when the challenge was used before: here, or in another process on
   * the same storage.
   */
  async begin(member: string, challenge?: string, { isRecovery = false } = {}): Promise<string | undefined> {
    const token = `${member}.${toBase64Url(this.#randomBytes(32))}`;
    const isFirst = await this.#change(member, (kept) => {
      const now = this.#now();
      const used = kept.used.filter(({ until }) => until > now);
      if (challenge !== undefined) {
        const hash = hashOf(challenge);
        if (used.some((known) => known.hash === hash)) return undefined;
        used.push({ hash, until: now + challengeLifeMs });
      }
      const begun = { hash: hashOf(token), made: now, seen: now, ...(isRecovery && { isRecovery }) };
      const sessions = [...this.#living(kept), begun]
        .toSorted((a, b) => b.seen - a.seen)
        .slice(0, sessionsMax);
      return { sessions, used };
    });
    return isFirst ? token : undefined;
  }

  /** The session of a cookie, if it is one and not left idle for too long; using it keeps it alive. */
  async find(token: string): Promise<Session | undefined> {
    const session = await this.#found(token);
    if (session === undefined) return undefined;
    const now = this.#now();
    const isOld = now - session.kept.seen > writeBackMs;
    session.kept.seen = now;
    if (isOld)
      await this.#change(session.member, (kept) => ({
        ...kept,
        sessions: kept.sessions.map((other) =>
          other.hash === session.hash ? { ...other, seen: now } : other,
        ),
      }));
    const isRecovery = session.kept.isRecovery === true && now - session.kept.made < recoveryLifeMs;
    return { member: session.member, hash: session.hash, isRecovery };
  }

  /** Whether it still is one; for what only waits, and keeps nothing alive. */
  async isAlive({ member, hash }: Session): Promise<boolean> {
    return this.#living(await this.#keptOf(member)).some((kept) => kept.hash === hash);
  }

  async end({ member, hash }: Session): Promise<void> {
    await this.#change(member, (kept) => ({
      ...kept,
      sessions: kept.sessions.filter((other) => other.hash !== hash),
    }));
  }

  /** All but `keep`, which is like any other from now on: after a change of locks, whoever knew the old ones is out. */
  async endOthers(member: string, keep: string | undefined): Promise<void> {
    await this.#change(member, (kept) => ({
      ...kept,
      sessions: kept.sessions
        .filter((other) => other.hash === keep)
        .map(({ hash, made, seen }) => ({ hash, made, seen })),
    }));
  }

  async #found(token: string): Promise<{ member: string; hash: string; kept: KeptSession } | undefined> {
    const member = token.slice(0, Math.max(0, token.indexOf(".")));
    if (!memberPattern.test(member) || token.length > 128) return undefined;
    const hash = hashOf(token);
    const kept = this.#living(await this.#keptOf(member)).find((session) => session.hash === hash);
    return kept && { member, hash, kept };
  }

  #living(kept: Kept): readonly KeptSession[] {
    const now = this.#now();
    return kept.sessions.filter(({ seen }) => now - seen < this.#idleMs);
  }

  async #keptOf(member: string): Promise<Kept> {
    const known = this.#read.get(member);
    if (known !== undefined && this.#now() - known.at < believeMs) return known.kept;
    const stored = (await this.#state.get<Kept>(`sessions/${member}`)) ?? nobody;
    // What this process saw last is newer than what it wrote last.
    const seen = new Map(known?.kept.sessions.map((session) => [session.hash, session.seen]));
    const sessions = stored.sessions.map((session) => ({
      ...session,
      seen: Math.max(session.seen, seen.get(session.hash) ?? 0),
    }));
    const kept = { ...stored, sessions };
    this.#remember(member, kept);
    return kept;
  }

  /** false when `decide` gives nothing to write. */
  async #change(member: string, decide: (kept: Kept) => Kept | undefined): Promise<boolean> {
    const turn = (this.#turns.get(member) ?? Promise.resolve()).then(async () => {
      const stored = (await this.#state.get<Kept>(`sessions/${member}`)) ?? nobody;
      const decided = decide(stored);
      if (decided === undefined) return false;
      await this.#state.put(`sessions/${member}`, decided);
      this.#remember(member, { ...decided, sessions: decided.sessions.map((session) => ({ ...session })) });
      return true;
    });
    const settled = turn.catch(() => undefined);
    this.#turns.set(member, settled);
    const forget = async () => {
      await settled;
      if (this.#turns.get(member) === settled) this.#turns.delete(member);
    };
    void forget();
    return turn;
  }

  #remember(member: string, kept: Kept): void {
    // Names that are asked for but are no members' must not pile up.
    if (this.#read.size > 1000) this.#read.clear();
    this.#read.set(member, { at: this.#now(), kept });
  }
}

const nobody: Kept = { sessions: [], used: [] };

function hashOf(text: string): string {
  return toHex(sha256(utf8(text)));
}
