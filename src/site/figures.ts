import { currenciesInOrder } from "#domain/funds/currency.ts";
import { fundSums } from "#domain/funds/covers.ts";
import type { Appeal, AppealEnd, Post } from "#domain/funds/entries.ts";
import { general } from "#domain/funds/ids.ts";
import type { Money } from "#domain/funds/money.ts";
import { askedOnce } from "#domain/funds/post-view.ts";
import { leftoverOf, talliesOf } from "#domain/funds/state.ts";
import type { EntryRef } from "./entry-refs.ts";
import type { AsOf, PublicBooks, PublicClose } from "./public-books.ts";

/**
 * What is left, as far as the public can know it.
 * - `exact`: received and covered less spent.
 * - `at-most`: the same, but gifts were given back, whose sums are not public: it may be less by those.
 * - `bridged`: nothing of what is public; more was spent than that, and by the policy general funds bridge exactly what lacks.
 * - `running`: payments were made out of gifts of a week that is not closed yet, so nothing can be said until it is.
 * - `sealed`: an earlier policy bridged the appeal, and the sums of those covers are hidden.
 */
export type Left =
  | { readonly kind: "exact" | "at-most"; readonly minor: bigint }
  | { readonly kind: "bridged" | "running" | "sealed" };

/**
 * What `covered` was computed from.
 * - `rule`: the policy bridges whatever an appeal lacks, so it is what was spent beyond `received`, and says nothing that the
 *   two do not say. The covers themselves follow each gift by its exact sum, and are never counted here.
 * - `entries`: covers by decision, given less repaid.
 * - `sealed`: the policy bridges no longer, and the sums of covers that it gave are hidden: a lower bound.
 */
export type CoveredBy = "rule" | "entries" | "sealed";

/** The figures of an appeal in one currency, all of the moment of the last weekly close. */
export type CurrencyFigures = {
  readonly currency: string;
  readonly received: bigint;
  /** Gifts in `received`. */
  readonly gifts: number;
  /** Gifts known but too few to be made public: they come with a later close. */
  readonly carried: number;
  readonly spent: bigint;
  readonly payments: number;
  readonly reserved: bigint;
  /** From general funds, as far as the public can know it; negative where more was repaid than given. */
  readonly covered: bigint;
  readonly coveredBy: CoveredBy;
  readonly left: Left;
  readonly categories: readonly CategoryFigures[];
};
export type CategoryFigures = {
  readonly category: string;
  readonly minor: bigint;
  readonly payments: number;
};

export type AppealFigures = {
  readonly appeal: Appeal;
  /** As of now, not of the close: from its day on nobody asks for it. Undefined: it has not ended. */
  readonly ended: AppealEnd | undefined;
  /** What happens with what is left: as said when it was opened, or when it ended. */
  readonly leftover: string | undefined;
  /** Undefined: no weekly close names this appeal yet, and it has no public figures. */
  readonly asOf: AsOf | undefined;
  /** What the posts ask for, each request once: targets of reposts are not added. As of now, not of the close. */
  readonly asked: readonly Money[];
  readonly posts: readonly Post[];
  /** The appeal's own currency first; it is always there. */
  readonly currencies: readonly CurrencyFigures[];
  readonly closes: readonly PublicClose[];
  /** Payments made; of them confirmed by lawyer and beneficiary; of those by signature or document. */
  readonly confirmed: { readonly payments: number; readonly both: number; readonly proven: number };
  /** Payments to staff, officers or their relatives. */
  readonly related: readonly (Money & { readonly payments: number })[];
};

export function appealFigures(books: PublicBooks, appeal: Appeal): AppealFigures {
  const closes = books.closes.filter((one) => one.appeal === appeal.id);
  const asked = askedOnce(books.now, appeal.id).map(({ currency, minor }) => ({
    currency,
    minor: BigInt(minor),
  }));
  const isClosed = closes.length > 0;
  return {
    appeal,
    ended: books.now.ended.get(appeal.id),
    leftover: leftoverOf(books.now, appeal.id),
    asOf: isClosed ? books.asOf : undefined,
    asked: currenciesInOrder(
      asked.map((one) => one.currency),
      appeal.currency,
    ).flatMap((currency) => asked.filter((one) => one.currency === currency)),
    posts: [...books.now.posts.values()].filter((post) => post.appeal === appeal.id),
    currencies: currencyFigures(books, appeal.id, appeal.currency, closes),
    closes,
    ...paymentFigures(books, appeal.id),
  };
}

/** Newest appeals first: they are the ones that a reader was sent for. */
export function allFigures(books: PublicBooks): AppealFigures[] {
  return [...books.now.appeals.values()]
    .map((appeal) => appealFigures(books, appeal))
    .sort((a, b) => (a.appeal.opened === b.appeal.opened ? 0 : a.appeal.opened > b.appeal.opened ? -1 : 1));
}

function currencyFigures(
  books: PublicBooks,
  fund: string,
  own: string,
  closes: readonly PublicClose[],
): CurrencyFigures[] {
  const tallies = [...talliesOf(books.closed, fund)];
  const sums = fundSums(tallies);
  const currencies = currenciesInOrder([own, ...sums.keys(), ...closes.map((one) => one.currency)], own);
  return currencies.map((currency) => {
    const sum = sums.get(currency);
    const own = closes.filter((one) => one.currency === currency);
    const received = own.reduce((total, one) => total + one.minor, 0n);
    const spent = sum?.spent ?? 0n;
    const coveredBy = coveredByOf(books, fund, currency);
    const shown = (sum?.given ?? 0n) - (sum?.repaid ?? 0n);
    const covered = coveredAs(coveredBy, { lacks: spent - received, shown });
    return {
      currency,
      received,
      gifts: own.reduce((total, one) => total + one.count, 0),
      carried: own.at(-1)?.carried ?? 0,
      spent,
      payments: sum?.payments ?? 0,
      reserved: sum?.reserved ?? 0n,
      covered,
      coveredBy,
      left: leftOf(books, coveredBy, { minor: received - spent + covered, covered }),
      categories: tallies
        .filter(([of, series, cell]) => of === currency && series.startsWith("spent/") && cell.count > 0)
        .map(([, series, cell]) => ({
          category: series.slice("spent/".length),
          minor: cell.minor,
          payments: cell.count,
        }))
        .sort((a, b) =>
          a.minor === b.minor ? (a.category < b.category ? -1 : 1) : a.minor > b.minor ? -1 : 1,
        ),
    };
  });
}

function coveredByOf(books: PublicBooks, fund: string, currency: string): CoveredBy {
  if (fund === general) return "entries";
  if (books.closed.policy?.shortfall === "general") return "rule";
  return books.hasSealedCover(fund, currency) ? "sealed" : "entries";
}

function coveredAs(by: CoveredBy, { lacks, shown }: { lacks: bigint; shown: bigint }): bigint {
  if (by === "entries") return shown;
  const bridged = lacks > 0n ? lacks : 0n;
  return by === "sealed" && shown > bridged ? shown : bridged;
}

function leftOf(
  books: PublicBooks,
  by: CoveredBy,
  { minor, covered }: { readonly minor: bigint; readonly covered: bigint },
): Left {
  if (by === "sealed") return { kind: "sealed" };
  if (by === "rule" && covered > 0n) return { kind: "bridged" };
  if (minor < 0n) return { kind: "running" };
  return { kind: books.refunds > 0 ? "at-most" : "exact", minor };
}

/** The entries that `covered` was computed from: under the rule those of the two sums, and of the policy that sets the rule. */
export function coveredRefs(books: PublicBooks, appeal: string): readonly EntryRef[] {
  if (books.closed.policy?.shortfall !== "general") return books.refsClosed.of(appeal, "covered");
  const refs = [...books.refsClosed.of(appeal, "received"), ...books.refsClosed.of(appeal, "spent")];
  if (books.rule !== undefined) refs.push(books.rule);
  return refs.toSorted((a, b) => a.index - b.index);
}

function paymentFigures(books: PublicBooks, appeal: string): Pick<AppealFigures, "confirmed" | "related"> {
  const confirmed = { payments: 0, both: 0, proven: 0 };
  const related = new Map<string, { minor: bigint; payments: number }>();
  for (const one of books.closed.spending.values()) {
    if (one.appeal !== appeal || one.state !== "paid") continue;
    confirmed.payments += 1;
    const { lawyer, beneficiary } = books.closed.confirmations.get(one.id) ?? {};
    if (lawyer !== undefined && beneficiary !== undefined) {
      confirmed.both += 1;
      if (lawyer.how !== "recorded" && beneficiary.how !== "recorded") confirmed.proven += 1;
    }
    if (one.related === undefined) continue;
    const sum = related.get(one.currency) ?? { minor: 0n, payments: 0 };
    related.set(one.currency, { minor: sum.minor + one.minor, payments: sum.payments + 1 });
  }
  return { confirmed, related: [...related].map(([currency, sum]) => ({ currency, ...sum })) };
}

/** All appeals together, in each currency for itself. */
export type TotalFigures = {
  readonly currency: string;
  readonly received: bigint;
  readonly gifts: number;
  readonly spent: bigint;
  readonly payments: number;
  readonly covered: bigint;
  /** Of the appeals together: one sealed sum makes all of them a lower bound. */
  readonly coveredBy: CoveredBy;
};

export function totalFigures(books: PublicBooks, appeals: readonly AppealFigures[]): TotalFigures[] {
  const totals = new Map<string, { -readonly [name in keyof TotalFigures]: TotalFigures[name] }>();
  for (const { currencies } of appeals) {
    for (const { currency, received, gifts, spent, payments, covered, coveredBy } of currencies) {
      const total = totals.get(currency);
      if (total === undefined)
        totals.set(currency, { currency, received, gifts, spent, payments, covered, coveredBy });
      else {
        total.received += received;
        total.gifts += gifts;
        total.spent += spent;
        total.payments += payments;
        total.covered += covered;
        if (total.coveredBy === "entries" || coveredBy === "sealed") total.coveredBy = coveredBy;
      }
    }
  }
  const order = currenciesInOrder(totals.keys(), books.now.base);
  return order.flatMap((currency) => totals.get(currency) ?? []);
}

/** What general funds spent on no appeal in particular. What came in for them has no weekly closes, so it is not public. */
export function generalSpending(books: PublicBooks): readonly CurrencyFigures[] {
  return currencyFigures(books, general, books.now.base, []).filter((one) => one.payments > 0);
}

/** What was asked in the appeal's own currency; undefined where no post asks in it. */
export function askedInOwn(figures: AppealFigures): Money | undefined {
  return figures.asked.find((one) => one.currency === figures.appeal.currency);
}

export type Groups = {
  readonly open: readonly AppealFigures[];
  readonly reached: readonly AppealFigures[];
  readonly ended: readonly AppealFigures[];
};

/** Appeals that still need help, those that have what they asked for, and those that ended. */
export function grouped(appeals: readonly AppealFigures[]): Groups {
  const standing = appeals.filter(({ ended }) => ended === undefined);
  return {
    open: standing.filter((one) => !isReached(one)),
    reached: standing.filter(isReached),
    ended: appeals.filter(({ ended }) => ended !== undefined),
  };
}

/** Received in the appeal's own currency reached what was asked in it. */
export function isReached(figures: AppealFigures): boolean {
  const asked = askedInOwn(figures);
  return asked !== undefined && (figures.currencies[0]?.received ?? 0n) >= asked.minor;
}
