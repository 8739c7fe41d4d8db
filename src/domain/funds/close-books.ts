import { toBase64Url } from "#record/bytes.ts";
import { lastDayOfWeek, weekOfDay } from "./dates.ts";
import type { FundClose, FundsEntry, Gift, Tally } from "./entries.ts";
import { parseDestination } from "./ids.ts";
import { parseFact } from "./parse-entries.ts";

/**
 * What is public about gifts: per appeal, currency and week a count and a sum, in classes of at least five equal gifts; the
 * rest in one pool of at least five, or carried to the next week. So no gift's own amount is ever public, except as one
 * of five or more alike (spec/money.md, "Closes").
 *
 * Show it every entry in log order. It computes the next close from the attributions, and checks each recorded close against
 * what it would have been.
 */
export class CloseBooks {
  readonly problems: CloseProblem[] = [];
  /** By appeal and currency. */
  readonly #open = new Map<string, OpenGifts>();
  #attributions = 0;
  /** Attributions that were not shown: then closes can be neither computed nor checked. */
  #unseen = 0;

  get isComplete(): boolean {
    return this.#unseen === 0;
  }

  /** All of it as plain JSON, for a sealed cache; {@link CloseBooks.of} reads it. */
  kept() {
    return {
      problems: this.problems,
      attributions: this.#attributions,
      unseen: this.#unseen,
      open: [...this.#open].map(([key, { weeks, lastWeek }]) => ({
        key,
        lastWeek,
        weeks: [...weeks].map(([week, amounts]) => ({
          week,
          amounts: [...amounts].map(([minor, count]) => ({ minor: minor.toString(), count })),
        })),
      })),
    };
  }

  static of({ problems, attributions, unseen, open }: ReturnType<CloseBooks["kept"]>): CloseBooks {
    const books = new CloseBooks();
    books.problems.push(...problems);
    books.#attributions = attributions;
    books.#unseen = unseen;
    for (const { key, lastWeek, weeks } of open) {
      const amountsOf = (list: (typeof weeks)[number]["amounts"]) =>
        new Map(list.map(({ minor, count }) => [BigInt(minor), count]));
      books.#open.set(key, {
        lastWeek,
        weeks: new Map(weeks.map(({ week, amounts }) => [week, amountsOf(amounts)])),
      });
    }
    return books;
  }

  /** Appeal and currency of everything that was ever given or closed. */
  *places(): Iterable<{
    readonly appeal: string;
    readonly currency: string;
    readonly lastWeek: string | null;
  }> {
    for (const [key, { lastWeek }] of this.#open) {
      const [appeal = "", currency = ""] = key.split("\t");
      yield { appeal, currency, lastWeek };
    }
  }

  see(entry: FundsEntry): void {
    const fact = parseFact(entry);
    if (entry.stream?.id === "attributions") this.#attributions = entry.stream.seq + 1;
    if (fact === undefined || !fact.ok) return;
    const { value } = fact;
    if (value.type === "attribution") {
      if (value.attribution.items.length === 0) this.#unseen += value.attribution.lines.length;
      for (const item of value.attribution.items) this.#count(item?.gift);
    } else if (value.type === "attribution.moved") this.#count(value.moved.item?.gift);
    else if (value.type === "fund.close") this.#check(toBase64Url(entry.hash), value.close);
  }

  #count(gift: Gift | undefined): void {
    if (gift === undefined) {
      this.#unseen += 1;
      return;
    }
    if (gift.direction !== "credit") return;
    for (const [parts, sign] of [
      [gift.before ?? [], -1],
      [gift.parts, 1],
    ] as const) {
      for (const { to, minor } of parts) {
        const destination = parseDestination(to);
        if (destination.kind !== "fund" || destination.fund === "general" || destination.fund === "unknown")
          continue;
        const open = this.#of(to, gift.currency);
        const week = weekOfDay(gift.date);
        const amounts = open.weeks.get(week) ?? new Map<bigint, number>();
        open.weeks.set(week, amounts);
        const count = (amounts.get(minor) ?? 0) + sign;
        if (count === 0) amounts.delete(minor);
        else amounts.set(minor, count);
      }
    }
  }

  #of(appeal: string, currency: string): OpenGifts {
    const key = `${appeal}\t${currency}`;
    const open = this.#open.get(key) ?? { weeks: new Map<string, Map<bigint, number>>(), lastWeek: null };
    this.#open.set(key, open);
    return open;
  }

  /** What the close of a week would say now. */
  next(appeal: string, currency: string, week: string): FundClose {
    const open = this.#of(appeal, currency);
    const amounts = new Map<bigint, number>();
    for (const [of, counts] of open.weeks) {
      if (of > week) continue;
      for (const [minor, count] of counts) amounts.set(minor, (amounts.get(minor) ?? 0) + count);
    }
    const classes: { minor: bigint; count: number }[] = [];
    let pool: Tally = { count: 0, minor: 0n };
    let pooledItems = 0;
    for (const [minor, count] of [...amounts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (count >= fewest) classes.push({ minor, count });
      else {
        pooledItems += Math.abs(count);
        pool = { count: pool.count + count, minor: pool.minor + minor * BigInt(count) };
      }
    }
    const isPublic = pooledItems >= fewest;
    const pooled = isPublic ? pool : null;
    const total = classes.reduce((sum, one) => sum + one.minor * BigInt(one.count), pooled?.minor ?? 0n);
    const count = classes.reduce((sum, one) => sum + one.count, pooled?.count ?? 0);
    return {
      appeal,
      currency,
      week,
      count,
      minor: total,
      classes,
      pooled,
      carried: isPublic ? 0 : pooledItems,
      attributions: this.#attributions,
    };
  }

  #check(entry: string, close: FundClose): void {
    const { appeal, currency, week } = close;
    const open = this.#of(appeal, currency);
    if (lastDayOfWeek(week) === undefined)
      this.problems.push({ code: "close-week-malformed", entry, appeal, week });
    else if (open.lastWeek !== null && week <= open.lastWeek) {
      this.problems.push({ code: "close-out-of-order", entry, appeal, week });
    } else {
      if (this.isComplete && !isEqual(close, this.next(appeal, currency, week))) {
        this.problems.push({ code: "close-differs", entry, appeal, week });
      }
      this.#settle(open, week);
    }
  }

  /** Takes out what is now public; what was too few stays, under the last week closed. */
  #settle(open: OpenGifts, week: string): void {
    const carried = new Map<bigint, number>();
    for (const [of, counts] of open.weeks) {
      if (of > week) continue;
      for (const [minor, count] of counts) carried.set(minor, (carried.get(minor) ?? 0) + count);
      open.weeks.delete(of);
    }
    let items = 0;
    for (const [minor, count] of carried) {
      if (count >= fewest || count === 0) carried.delete(minor);
      else items += Math.abs(count);
    }
    if (items > 0 && items < fewest) open.weeks.set(week, carried);
    open.lastWeek = week;
  }
}

/** Fewer equal gifts than this, or fewer in a pool, could tell who gave them. */
const fewest = 5;

type OpenGifts = { readonly weeks: Map<string, Map<bigint, number>>; lastWeek: string | null };

export type CloseProblem = {
  readonly code: "close-differs" | "close-out-of-order" | "close-week-malformed";
  readonly entry: string;
  readonly appeal: string;
  readonly week: string;
};

function isEqual(a: FundClose, b: FundClose): boolean {
  return JSON.stringify(closeJson(a)) === JSON.stringify(closeJson(b));
}

export function closeJson(close: FundClose) {
  const { appeal, currency, week, count, minor, classes, pooled, carried, attributions } = close;
  return {
    appeal,
    currency,
    week,
    count,
    minor: minor.toString(),
    classes: classes.map((one) => ({ minor: one.minor.toString(), count: one.count })),
    pooled: pooled === null ? null : { count: pooled.count, minor: pooled.minor.toString() },
    carried,
    attributions,
  };
}
