import { toBase64Url } from "#record/bytes.ts";
import { leafHashOfEntry, type ParsedEntry } from "#record/entry.ts";
import { assert } from "#record/result.ts";
import { Frontier } from "#record/tree.ts";
import { saidCover } from "#domain/funds/covers.ts";
import { lastDayOfWeek } from "#domain/funds/dates.ts";
import type { FundClose, FundsEntry, Titles } from "#domain/funds/entries.ts";
import { foldFunds } from "#domain/funds/fold.ts";
import { parseAppealId } from "#domain/funds/ids.ts";
import { parseFact } from "#domain/funds/parse-entries.ts";
import { emptyFunds, type FundsState } from "#domain/funds/state.ts";
import { correctableTypes, EntryRefs, type EntryRef } from "./entry-refs.ts";

/** A weekly close that counts, with the entry that says it. `lastDay` is the Sunday of its week. */
export type PublicClose = FundClose & { readonly entry: EntryRef; readonly lastDay: string };

/** How far the figures reach: the last weekly close, and the state of the log that it completes. */
export type AsOf = {
  readonly week: string;
  readonly lastDay: string;
  /** The number of entries up to and including the close, and the root of the tree over them. */
  readonly size: number;
  readonly root: Uint8Array;
  readonly at: number;
};

export type FreezeEvent = {
  readonly kind: "frozen" | "released";
  readonly account: string;
  readonly date: string;
  readonly detail: string;
  readonly entry: EntryRef;
};

export type CorrectionEvent = {
  readonly corrects: string;
  readonly target: EntryRef | undefined;
  readonly reason: string;
  readonly entry: EntryRef;
};

/** An appeal ended or was opened again. `text`: the code of the reason, or its words. */
export type EndEvent = {
  readonly kind: "ended" | "reopened";
  readonly appeal: string;
  readonly text: string;
  readonly entry: EntryRef;
};

/**
 * The books as everybody may see them: the fold of the domain over public fields alone, nothing disclosed.
 *
 * It keeps two states. `closed` stands where the last weekly close stands and gives every figure, so that all figures of a
 * page are of one moment and none tells when a single gift came. `now` knows what is public at once and is no figure:
 * appeals, posts, freezes. Entries after the last close wait in between.
 */
export class PublicBooks {
  readonly now: FundsState = emptyFunds();
  readonly closed: FundsState = emptyFunds();
  /** Refs of the entries that figures were computed from: of `now` and of `closed`. */
  readonly refsNow = new EntryRefs();
  readonly refsClosed = new EntryRefs();
  readonly closes: PublicClose[] = [];
  readonly freezes: FreezeEvent[] = [];
  readonly corrections: CorrectionEvent[] = [];
  readonly ends: EndEvent[] = [];
  /** Bank rows attributed up to the last close, each once, and refunds recorded up to it. */
  rows = 0;
  refunds = 0;
  asOf: AsOf | undefined;
  /** The policy that was in force at the last close. */
  rule: EntryRef | undefined;
  genesis: Uint8Array | undefined;
  /** The author's clock of the newest entry taken. */
  lastAt = 0;

  readonly #frontier = new Frontier();
  readonly #byHash = new Map<string, EntryRef>();
  #waiting: FundsEntry[] = [];
  /** Appeal and currency of covers whose sum is hidden, up to the last close. */
  readonly #sealedCovers = new Set<string>();
  #rowsNow = 0;
  #refundsNow = 0;

  constructor() {
    // Days of payments are hidden, so sums by day would hold nothing but covers by decision.
    this.now.days = null;
    this.closed.days = null;
  }

  get size(): number {
    return this.#frontier.size;
  }

  /** Takes the next entry of the log. Its form was checked when it was parsed; what it says may still be nonsense. */
  take(parsed: ParsedEntry, index: number): void {
    assert(index === this.#frontier.size, "the site takes every entry of the log, in order");
    this.#frontier.append(leafHashOfEntry(parsed.hash));
    const { type, at, stream, pub } = parsed.payload;
    const entry: FundsEntry = {
      index,
      hash: parsed.hash,
      kid: parsed.kid,
      type,
      at,
      stream: stream === undefined ? undefined : { id: stream.id, seq: stream.seq },
      pub,
      hidden: {},
      items: [],
    };
    const ref: EntryRef = { index, hash: toBase64Url(parsed.hash), type, at };
    if (correctableTypes.has(type)) this.#byHash.set(ref.hash, ref);
    if (index === 0) this.genesis = parsed.hash;
    else if (type === "genesis") return;
    this.lastAt = Math.max(this.lastAt, at);
    const fact = parseFact(entry);
    if (fact?.ok !== true) return;
    switch (fact.value.type) {
      // Rows carry hidden fields only: their number is all that is public, and it needs no state.
      case "statement.lines":
      case "attribution.moved":
      case "decision":
      case "rate":
        return;
      case "attribution":
        this.#rowsNow += fact.value.attribution.lines.length;
        return;
      case "refund":
        this.#refundsNow += 1;
        return;
      case "refund.matched":
      case "statement":
        return;
      case "correction": {
        const { corrects, reason } = fact.value.correction;
        this.corrections.push({ corrects, reason, target: this.#byHash.get(corrects), entry: ref });
        return;
      }
      case "account.frozen":
      case "account.released": {
        const { account, date, detail } = fact.value.event;
        const kind = fact.value.type === "account.frozen" ? "frozen" : "released";
        if (this.now.accounts.has(account)) this.freezes.push({ kind, account, date, detail, entry: ref });
        break;
      }
      // One that ends nothing is on the record and says nothing.
      case "appeal.ended": {
        const { appeal, reason } = fact.value.end;
        if (!this.now.appeals.has(appeal) || this.now.ended.has(appeal)) return;
        this.ends.push({ kind: "ended", appeal, text: reason, entry: ref });
        break;
      }
      case "appeal.reopened": {
        const { appeal, reason } = fact.value.reopening;
        if (!this.now.ended.has(appeal)) return;
        this.ends.push({ kind: "reopened", appeal, text: reason, entry: ref });
        break;
      }
      // An id that cannot stand in an address cannot have a page.
      case "appeal":
        if (parseAppealId(fact.value.appeal.id) === undefined) return;
        break;
      case "fund.close": {
        this.#takeClose(fact.value.close, ref, entry);
        return;
      }
    }
    this.refsNow.take(this.now, entry, ref);
    foldFunds(this.now, entry);
    this.#waiting.push(entry);
  }

  #takeClose(close: FundClose, ref: EntryRef, entry: FundsEntry): void {
    const lastDay = lastDayOfWeek(close.week);
    const before = this.closes.findLast(
      (one) => one.appeal === close.appeal && one.currency === close.currency,
    );
    // As the specification says: closes of one appeal and currency have ascending weeks. Another one counts nothing.
    if (lastDay === undefined || !this.now.appeals.has(close.appeal)) return;
    if (before !== undefined && close.week <= before.week) return;
    for (const waiting of this.#waiting) {
      this.refsClosed.take(this.closed, waiting, refOf(waiting));
      if (waiting.type === "funds.policy") this.rule = refOf(waiting);
      const cover = saidCover(waiting);
      if (cover !== undefined && cover.minor === undefined)
        this.#sealedCovers.add(`${cover.appeal}\t${cover.currency}`);
      foldFunds(this.closed, waiting);
    }
    this.#waiting = [];
    this.rows = this.#rowsNow;
    this.refunds = this.#refundsNow;
    this.closes.push({ ...close, entry: ref, lastDay });
    this.refsClosed.add(close.appeal, "received", ref);
    foldFunds(this.now, entry);
    foldFunds(this.closed, entry);
    const isLatest = this.asOf === undefined || lastDay >= this.asOf.lastDay;
    this.asOf = {
      week: isLatest ? close.week : (this.asOf?.week ?? close.week),
      lastDay: isLatest ? lastDay : (this.asOf?.lastDay ?? lastDay),
      size: this.#frontier.size,
      root: this.#frontier.root(),
      at: entry.at,
    };
  }

  hasSealedCover(appeal: string, currency: string): boolean {
    return this.#sealedCovers.has(`${appeal}\t${currency}`);
  }

  /** The foundation's names: those of its policy, and where a language is missing the one of the first entry. */
  get names(): Titles {
    return this.now.policy?.names ?? {};
  }
}

function refOf(entry: FundsEntry): EntryRef {
  return { index: entry.index ?? 0, hash: toBase64Url(entry.hash), type: entry.type, at: entry.at };
}
