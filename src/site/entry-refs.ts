import type { FundsEntry } from "#domain/funds/entries.ts";
import type { FundsState } from "#domain/funds/state.ts";

/** An entry of the log by the two names under which a stranger finds it: its number and its hash (base64url). */
export type EntryRef = {
  readonly index: number;
  readonly hash: string;
  readonly type: string;
  readonly at: number;
};

/** What the entries of one figure are kept under: each figure of a page lists the entries that it was computed from. */
export type FigureName = "opened" | "ended" | "asked" | "received" | "spent" | "covered" | "confirmed";

/** Types whose correction is shown with what it corrects. Bank rows are not among them: they are many, and hidden. */
export const correctableTypes: ReadonlySet<string> = new Set([
  "genesis",
  "funds.policy",
  "appeal",
  "appeal.ended",
  "appeal.reopened",
  "post",
  "case.share",
  "account",
  "statement",
  "refund",
  "spending",
  "spending.reserved",
  "spending.paid",
  "spending.voided",
  "confirmation",
  "cover.given",
  "cover.repaid",
  "account.frozen",
  "account.released",
  "fund.close",
  "correction",
]);

/** Which entries each figure of each appeal comes from, in log order. */
export class EntryRefs {
  readonly #refs = new Map<string, EntryRef[]>();

  of(appeal: string, figure: FigureName): readonly EntryRef[] {
    return this.#refs.get(`${appeal}\t${figure}`) ?? [];
  }

  add(appeal: string, figure: FigureName, ref: EntryRef): void {
    const key = `${appeal}\t${figure}`;
    const known = this.#refs.get(key);
    if (known === undefined) this.#refs.set(key, [ref]);
    else known.push(ref);
  }

  /** `state` is the books before the entry: a payment's later entries name only the payment. */
  take(state: FundsState, entry: FundsEntry, ref: EntryRef): void {
    const text = (name: string): string => {
      const value = entry.pub[name];
      return typeof value === "string" ? value : "";
    };
    switch (entry.type) {
      case "appeal":
        return this.add(text("id"), "opened", ref);
      case "appeal.ended":
      case "appeal.reopened":
        return this.add(text("appeal"), "ended", ref);
      case "post":
        return this.add(text("appeal"), "asked", ref);
      case "spending":
      case "spending.reserved":
        return this.add(text("appeal"), "spent", ref);
      case "spending.approved":
      case "spending.paid":
      case "spending.voided":
        return this.add(state.spending.get(text("id"))?.appeal ?? "", "spent", ref);
      case "confirmation":
        return this.add(state.spending.get(text("spending"))?.appeal ?? "", "confirmed", ref);
      case "cover.given":
      case "cover.repaid":
        return this.add(text("appeal"), "covered", ref);
    }
  }
}
