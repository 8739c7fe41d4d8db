import { flatDisclosures, openEntry, openEntryStructured } from "#record/disclosure.ts";
import type { ParsedEntry } from "#record/entry.ts";
import type { Disclosures } from "#record/issue.ts";
import { refuse, ok, type Result } from "#record/result.ts";
import type { IndexedEntry } from "./check-entries.ts";
import { scopeOf } from "./figures.ts";
import { type Stated } from "./read-facts.ts";
import type { Question } from "./statement/statement.ts";

/** Fields that stay hidden unless a maker names them. Those in a bank line open only for lines of the question. */
export const disclosableFields = [
  "donor",
  "payee",
  "memo",
  "reference",
  "receipt",
  "paidFrom",
  "relation",
  "approver",
  "reason",
  "by",
  "document",
  "date",
  "number",
  "holder",
  "name",
  "file",
  "opening",
  "closing",
  "credits",
  "debits",
  "newCredits",
  "newDebits",
  "from",
  "to",
  "discrepancy",
] as const;

/** Types whose named fields open wherever they stand, because they belong to no single appeal. */
const everywhere: ReadonlySet<string> = new Set(["account", "statement", "key.add", "key.appoint"]);

export type KeptEntry = {
  readonly index: number;
  readonly parsed: ParsedEntry;
  readonly disclosures: Disclosures | undefined;
};

/** An entry as its maker can read it, to decide what to show of it. */
export const openKept = ({
  index,
  parsed,
  disclosures,
}: KeptEntry): Result<IndexedEntry, { readonly code: string; readonly message: string }> => {
  const opened = disclosures === undefined ? openEntry(parsed, []) : openEntryStructured(parsed, disclosures);
  return opened.ok ? ok({ ...opened.value, index }) : refuse(opened.refusal);
};

/** What is shown of one entry: hidden fields by name; elements by place, with the names of their fields. */
export type Shown = {
  readonly fields: ReadonlySet<string>;
  readonly items: (place: number) => ReadonlySet<string> | undefined;
};

const refundFields = ["date", "minor", "currency", "credit", "parts"] as const;
const coverFields: ReadonlySet<string> = new Set(["minor", "date"]);
const none: ReadonlySet<string> = new Set();
const nothing: Shown = { fields: none, items: () => undefined };

/**
 * What a dossier shows (spec §12): where every bank row went; sum and bank line of the rows that ever went to what is
 * asked about, and of those that paid for it; days of its payments; sum and day of its covers; sum and appeals of all refunds. Donors, texts,
 * references and payees only if named.
 */
export class Choice {
  readonly scope: ReadonlySet<string>;
  readonly #named: ReadonlySet<string>;
  readonly #places = new Map<string, Set<number>>();
  readonly #payments = new Set<string>();
  readonly #refunds = new Set<string>();
  readonly #touched = new Set<string>();

  constructor(question: Question, stated: readonly Stated[], named: readonly string[]) {
    this.scope = new Set(scopeOf(question, stated));
    this.#named = new Set(named);
    this.#findRows(stated);
    this.#findPlaces(stated);
  }

  #findRows(stated: readonly Stated[]): void {
    for (const { fact } of stated) {
      if (
        (fact.type === "spending" || fact.type === "spending.reserved") &&
        this.scope.has(fact.spending.appeal)
      )
        this.#payments.add(fact.spending.id);
      else if (fact.type === "attribution")
        fact.attribution.items.forEach((item, i) =>
          this.#touch(item?.to, fact.attribution.nullifiers[i] as string),
        );
      else if (fact.type === "attribution.moved") this.#touch(fact.moved.item?.to, fact.moved.nullifier);
    }
    for (const { fact } of stated) {
      if (fact.type !== "refund" && fact.type !== "refund.matched") continue;
      const { id, parts, credit } = fact.refund;
      if (
        parts?.some((part) => this.scope.has(part.to)) === true ||
        (credit !== undefined && this.#touched.has(credit))
      )
        this.#refunds.add(id);
    }
    for (const { fact } of stated) {
      if (fact.type === "attribution")
        fact.attribution.items.forEach((item, i) =>
          this.#touchSettled(item?.to, fact.attribution.nullifiers[i] as string),
        );
      else if (fact.type === "attribution.moved")
        this.#touchSettled(fact.moved.item?.to, fact.moved.nullifier);
    }
  }

  #touch(to: readonly string[] | undefined, nullifier: string): void {
    if (to?.some((one) => this.scope.has(one)) === true) this.#touched.add(nullifier);
  }

  #touchSettled(to: readonly string[] | undefined, nullifier: string): void {
    const isOurs = to?.some(
      (one) =>
        (one.startsWith("payment:") && this.#payments.has(one.slice(8))) ||
        (one.startsWith("refund:") && this.#refunds.has(one.slice(7))),
    );
    if (isOurs === true) this.#touched.add(nullifier);
  }

  /** Places of the rows to be shown, by the entry that holds them. */
  #findPlaces(stated: readonly Stated[]): void {
    for (const { name, fact } of stated) {
      if (fact.type !== "attribution") continue;
      const { part, lines, nullifiers } = fact.attribution;
      for (const [i, nullifier] of nullifiers.entries()) {
        if (!this.#touched.has(nullifier)) continue;
        this.#placesOf(name).add(i);
        this.#placesOf(part).add(lines[i] as number);
      }
    }
  }

  #placesOf(entry: string): Set<number> {
    const places = this.#places.get(entry) ?? new Set<number>();
    this.#places.set(entry, places);
    return places;
  }

  /** What is shown of an entry, before its disclosures are cut out: for a preview. */
  shownOf({ name, fact, entry }: Stated): Shown {
    const places = this.#places.get(name) ?? new Set<number>();
    switch (fact.type) {
      case "statement.lines":
        return { fields: none, items: (place) => (places.has(place) ? this.#named : undefined) };
      case "attribution":
        return { fields: none, items: (place) => (places.has(place) ? giftOnly : none) };
      case "attribution.moved":
        return { fields: none, items: () => (this.#touched.has(fact.moved.nullifier) ? giftOnly : none) };
      case "spending":
      case "spending.reserved":
        return this.#payments.has(fact.spending.id) ? this.#fields(["date"]) : nothing;
      case "spending.paid":
        return this.#payments.has(fact.id) ? this.#fields(["date"]) : nothing;
      case "refund":
      case "refund.matched":
        // Every refund, also of other appeals: one that is closed could be of this one (decision 0012).
        return this.#refunds.has(fact.refund.id)
          ? this.#fields(refundFields)
          : { fields: new Set(refundFields), items: () => undefined };
      case "cover.given":
      case "cover.repaid":
        // Its appeal is public. So those of other appeals, each of which tells a gift of theirs, stay closed.
        return this.scope.has(fact.cover.appeal) ? { ...nothing, fields: coverFields } : nothing;
      case "confirmation":
        return this.#payments.has(fact.confirmation.spending) ? this.#fields([]) : nothing;
      case "decision":
        return fact.decision !== undefined && this.scope.has(fact.decision.appeal)
          ? this.#fields([])
          : nothing;
      default:
        return everywhere.has(entry.type) ? this.#fields([]) : nothing;
    }
  }

  #fields(always: readonly string[]): Shown {
    return { fields: new Set([...always, ...this.#named]), items: () => undefined };
  }

  /** The disclosures of one entry that go into the dossier. */
  disclosuresOf(one: Stated, disclosures: Disclosures): readonly string[] {
    const shown = this.shownOf(one);
    return flatDisclosures(disclosures, {
      hidden: (name) => shown.fields.has(name),
      item: (place) => shown.items(place) !== undefined,
      itemHidden: (place, name) => shown.items(place)?.has(name) ?? false,
    });
  }
}

const giftOnly: ReadonlySet<string> = new Set(["gift"]);
