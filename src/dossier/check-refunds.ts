import type { Fact, FundsEntry, Part, Refund } from "#domain/funds/entries.ts";
import type { Check } from "./check-list.ts";
import type { Row, Rows } from "./check-lines.ts";

const opened = ["date", "minor", "currency", "credit", "parts"];
/** An empty list of parts: the gift was not known yet. It is opened, or nobody could tell it from parts that are hidden. */
const openedWhileWaiting = ["date", "minor", "currency", "parts"];
const openedInMatch = ["credit", "parts"];

const sum = (parts: readonly Part[]): bigint => parts.reduce((total, part) => total + part.minor, 0n);

/**
 * Spec §8.6: every refund of the record is shown so far that all can see which appeals it is of, and those are the appeals
 * of its gift. A refund that is hidden would leave more in an appeal than there is.
 */
export class RefundChecks {
  readonly #check: Check;
  readonly #known = new Map<string, Refund>();
  /** Given back of each gift so far, by its nullifier. */
  readonly #returned = new Map<string, bigint>();

  constructor(check: Check) {
    this.#check = check;
  }

  /** `rows`: where the bank rows stand at this entry. */
  take(
    index: number,
    { hidden }: FundsEntry,
    { type, refund: said }: Extract<Fact, { type: "refund" | "refund.matched" }>,
    rows: Rows,
  ): void {
    const isMatch = type === "refund.matched";
    const isWaiting = Array.isArray(hidden["parts"]) && hidden["parts"].length === 0;
    const wanted = isMatch ? openedInMatch : isWaiting ? openedWhileWaiting : opened;
    if (!wanted.every((name) => Object.hasOwn(hidden, name))) {
      this.#check.unknown("what was given back, and of which appeal, is not shown", String(index));
      return;
    }
    const earlier = this.#known.get(said.id);
    if (earlier === undefined ? isMatch : !isMatch || earlier.parts !== undefined) {
      // It counts nothing (money.md §6).
      this.#check.ok();
      return;
    }
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    const refund: Refund = { ...earlier, ...given, id: said.id };
    this.#known.set(said.id, refund);
    const why = this.#whyNot(refund, rows);
    if (why === undefined) this.#check.ok();
    else this.#check.broken(index, why);
  }

  #whyNot({ minor = 0n, currency, credit, parts }: Refund, rows: Rows): string | undefined {
    if (parts === undefined)
      return credit === undefined ? undefined : "names a gift, but not the appeals that it is of";
    const row = rows.get(credit ?? "");
    if (row === undefined) return "gives back what was never recorded";
    const returned = (this.#returned.get(credit ?? "") ?? 0n) + minor;
    this.#returned.set(credit ?? "", returned);
    if (sum(parts) !== minor) return "its parts are not its sum";
    if (row.to.length > 0 && !parts.every((part) => row.to.includes(part.to)))
      return "is of another appeal than its gift";
    return fitsGift(row.gift, { currency, parts, returned })
      ? undefined
      : "gives back more than was given, or another currency";
  }
}

const fitsGift = (
  gift: Row["gift"],
  refund: {
    readonly currency: string | undefined;
    readonly parts: readonly Part[];
    readonly returned: bigint;
  },
): boolean => {
  if (gift === undefined) return true;
  const got = new Map(gift.parts.map((part) => [part.to, part.minor]));
  return (
    gift.direction === "credit" &&
    gift.currency === refund.currency &&
    refund.returned <= sum(gift.parts) &&
    refund.parts.every((part) => part.minor <= (got.get(part.to) ?? 0n))
  );
};
