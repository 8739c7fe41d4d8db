/**
 * What the server checks before it appends: everything that can be seen without opening a box. A log is never edited, so an
 * entry that breaks its form, its stream or the rules of keys would stay broken for ever; and whoever reads the record
 * would have to ask why the server took it.
 *
 * These are the checks of `log check`, made before instead of after.
 */
import { equalBytes, toHex } from "#record/bytes.ts";
import type { ParsedEntry } from "#record/entry.ts";
import { verifyEntrySignature } from "#record/entry.ts";
import { KeyDirectory, keyEntryOf, officerRole } from "#record/key-directory.ts";
import type { Refusal } from "#record/result.ts";
import { StreamCheck } from "#record/stream-check.ts";

/**
 * - `signature-wrong`: the signature is not over this entry. `author-not-you`: signed by the key of another member.
 * - `anchor-ahead`: its author says to have seen more entries than there are. `anchor-wrong`: another history.
 * - `author-not-officer`: what is said of keys and rooms is for officers to say, and nobody else writes between it.
 * - `key-stream-wrong`: it is said in the stream `keys`, so that nothing of it can be left out unseen.
 * - `last-officer`: after this revocation no officer would be left. Whoever took the only officer's device could else close the
 *   foundation, and nobody could say anything of keys any more but the trustees.
 * - `entry-known`: it is in the log already. `genesis-log-wrong`: the first entry names another log than this server's.
 * - and those of `KeyRefusal` and `StreamRefusal`.
 */
export type AcceptanceRefusal = Refusal;

/** Who may have signed: a member's keys only, or anyone's whose key counts (entries that others accepted before). */
export type AcceptAs = { readonly member: string } | "anyone";

export type AcceptanceContext = {
  /** Root over the first `size` entries of the log; undefined when there are fewer. */
  readonly rootAt: (size: number) => Promise<Uint8Array | undefined>;
  readonly isKnown: (hash: Uint8Array) => Promise<boolean>;
  /** vkey that the genesis entry must name. */
  readonly logKey: string;
};

/** The stream of `key.add`, `key.revoke`, `key.appoint` and `room.epoch`. */
const keysStream = "keys";

/** What follows from the entries of a log so far, as far as the next one is judged by it. */
export class Acceptance {
  #keys: KeyDirectory;
  #streams: StreamCheck;
  #size: number;
  /** Hashes taken since the last commit, which the storage does not know yet. */
  #fresh: Set<string>;

  constructor(keys = new KeyDirectory(), streams = new StreamCheck(), size = 0, fresh = new Set<string>()) {
    this.#keys = keys;
    this.#streams = streams;
    this.#size = size;
    this.#fresh = fresh;
  }

  get size(): number {
    return this.#size;
  }

  get keys(): KeyDirectory {
    return this.#keys;
  }

  get streams(): StreamCheck {
    return this.#streams;
  }

  /** A state to try a request on: refused, it is thrown away. */
  copy(): Acceptance {
    return new Acceptance(this.#keys.copy(), this.#streams.copy(), this.#size, new Set(this.#fresh));
  }

  /** Once the storage has them, it is asked instead. */
  committed(): void {
    this.#fresh = new Set();
  }

  /** Judges the next entry and takes it; after a refusal this state is of no use any more. */
  async take(
    parsed: ParsedEntry,
    as: AcceptAs,
    context: AcceptanceContext,
  ): Promise<AcceptanceRefusal | undefined> {
    const index = this.#size;
    const { genesis, type, anchor } = parsed.payload;
    const wrongLog = this.#keys.checkGenesis(genesis, type, index);
    if (wrongLog !== undefined) return wrongLog;
    if (type === "genesis" && parsed.payload.pub["log"] !== context.logKey)
      return {
        code: "genesis-log-wrong",
        message: `The first entry must name the key of this server's log: ${context.logKey}`,
      };

    const entry = keyEntryOf(parsed, index);
    const author = this.#keys.authorAt(entry);
    if (!author.ok) return author.refusal;
    if (as !== "anyone" && author.value.member !== as.member)
      return { code: "author-not-you", message: "The entry is signed by the key of another member." };
    const isInStream = parsed.payload.stream?.id === keysStream;
    const isAboutKeys = type === "room.epoch" || type.startsWith("key.");
    if ((isAboutKeys || isInStream) && !author.value.roles.includes(officerRole))
      return { code: "author-not-officer", message: "Only officers write about keys and rooms." };
    if (isAboutKeys && !isInStream)
      return {
        code: "key-stream-wrong",
        message: "What is said of keys and rooms stands in the stream keys.",
      };
    if (!verifyEntrySignature(parsed, author.value.publicKey))
      return { code: "signature-wrong", message: "The signature is not over this entry." };

    const hash = toHex(parsed.hash);
    if (this.#fresh.has(hash) || (await context.isKnown(parsed.hash)))
      return { code: "entry-known", message: "One of these entries is in the log already.", hash };

    const wrongAnchor = await this.#checkAnchor(anchor, context);
    if (wrongAnchor !== undefined) return wrongAnchor;
    this.#fresh.add(hash);
    const refusal = this.#advance(parsed);
    if (refusal !== undefined || type !== "key.revoke" || this.#hasOfficerForGood) return refusal;
    return {
      code: "last-officer",
      message: "No officer would be left who can add members. Add another officer first.",
    };
  }

  /** Takes an entry that is in the log, whatever it says: the server goes on with what there is. */
  takeCommitted(parsed: ParsedEntry): void {
    this.#advance(parsed);
  }

  /** Whether the member has a key that counts for the next entry. */
  isCurrent(member: string): boolean {
    return this.#currentKeys(member).length > 0;
  }

  isOfficer(member: string): boolean {
    return this.#currentKeys(member).some(({ roles }) => roles.includes(officerRole));
  }

  /** Whether a key that counts for the member was added by an entry at `index` or later. */
  hasKeySince(member: string, index: number): boolean {
    return this.#currentKeys(member).some(({ addedAt }) => addedAt >= index);
  }

  /** The key of hers that root keys put on the record, if it counts. */
  appointedKey(member: string): string | undefined {
    return this.#currentKeys(member).find(({ addedAt, addedBy }) => addedAt > 0 && addedBy === undefined)
      ?.kid;
  }

  /** Everyone who ever had a key, in the order of the log. */
  get everMembers(): readonly string[] {
    return [...new Set(this.#keys.keys.map(({ member }) => member))];
  }

  /** Everyone whose key counts for the next entry. */
  get members(): readonly string[] {
    return [...new Set(this.#keys.keys.filter(({ kid }) => this.#counts(kid)).map(({ member }) => member))];
  }

  #currentKeys(member: string) {
    return this.#keys.keys.filter((key) => key.member === member && this.#counts(key.kid));
  }

  /** A revocation may also be from an entry that is still to come: such a key counts, but not for good. */
  get #hasOfficerForGood(): boolean {
    return this.#keys.keys.some(({ roles, revoked }) => revoked === undefined && roles.includes(officerRole));
  }

  #counts(kid: string): boolean {
    return this.#keys.keyAt(kid, this.#size).ok;
  }

  #advance(parsed: ParsedEntry): AcceptanceRefusal | undefined {
    const { type, stream } = parsed.payload;
    const index = this.#size++;
    const change = this.#keys.take(keyEntryOf(parsed, index));
    // Streams go on even from an entry at fault, as `log check` reads them.
    const follows = stream === undefined ? undefined : this.#streams.take({ hash: parsed.hash, stream });
    if (!change.ok && (type === "genesis" || type.startsWith("key."))) return change.refusal;
    return follows === undefined || follows.ok ? undefined : follows.refusal;
  }

  async #checkAnchor(
    anchor: ParsedEntry["payload"]["anchor"],
    context: AcceptanceContext,
  ): Promise<AcceptanceRefusal | undefined> {
    const root = anchor.size > this.#size ? undefined : await context.rootAt(anchor.size);
    if (root === undefined)
      return {
        code: "anchor-ahead",
        message: `Its author says to have seen ${anchor.size} entries, which this log does not hold.`,
      };
    if (equalBytes(root, anchor.root)) return undefined;
    return { code: "anchor-wrong", message: `Its author has seen another log of ${anchor.size} entries.` };
  }
}
