import type { Part } from "../entries.ts";
import { parseDestination } from "../ids.ts";
import type { JournalFact } from "./facts.ts";

/** One line of a transaction; a transaction's postings add up to zero. */
export type Posting = { readonly account: readonly string[]; readonly minor: bigint };

/**
 * Double entry with a branch per fund: what a fund has left is the negated sum of all accounts that bear its id. Papers
 * (spending, refunds) and the bank's rows meet on `Liabilities:Payments` and `Liabilities:Refunds`, which are zero when every
 * payment has its debit.
 */
export function postingsOf(fact: JournalFact): readonly Posting[] {
  switch (fact.kind) {
    case "opening":
      return [
        bank(fact.account, fact.minor),
        { account: ["Equity", "General", "Opening"], minor: -fact.minor },
      ];
    case "row": {
      const sign = fact.direction === "credit" ? 1n : -1n;
      return [
        bank(fact.account, sign * fact.minor),
        ...fact.parts.map((part) => ({
          account: rowAccount(part, fact.direction),
          minor: -sign * part.minor,
        })),
      ];
    }
    case "spending":
      return [
        { account: ["Expenses", fundName(fact.fund), fact.category], minor: fact.minor },
        { account: ["Liabilities", "Payments"], minor: -fact.minor },
      ];
    case "refund":
      return [
        ...fact.parts.map((part) => ({
          account: ["Income", fundName(part.to), "Refunded"],
          minor: part.minor,
        })),
        {
          account: ["Liabilities", "Refunds"],
          minor: -fact.parts.reduce((sum, part) => sum + part.minor, 0n),
        },
      ];
    case "cover":
      return [
        { account: ["Equity", fundName(fact.fund), "Cover"], minor: -fact.minor },
        { account: ["Equity", "General", "Cover"], minor: fact.minor },
      ];
  }
}

export function bank(account: string, minor: bigint): Posting {
  return { account: ["Assets", "Bank", account], minor };
}

function rowAccount(part: Part, direction: "credit" | "debit"): readonly string[] {
  const destination = parseDestination(part.to);
  switch (destination.kind) {
    case "fund":
      return ["Income", fundName(destination.fund), direction === "credit" ? "Received" : "Paid"];
    case "payment":
      return ["Liabilities", "Payments"];
    case "refund":
      return ["Liabilities", "Refunds"];
    case "fee":
      return ["Expenses", "General", "Fees"];
    case "own-transfer":
      return ["Assets", "Transfers"];
    case "unmatched":
    case "unreadable":
      return ["Assets", "Unmatched"];
  }
}

function fundName(fund: string): string {
  return fund === "general" ? "General" : fund === "unknown" ? "NotYetKnown" : fund;
}

/** What a transaction is called where no names were asked for. */
export function describe(fact: JournalFact): string {
  if (fact.kind === "row") {
    const what = fact.direction === "credit" ? "credit" : "debit";
    const named = [fact.reference, fact.party, fact.memo].filter((text) => text !== undefined && text !== "");
    return named.length === 0 ? `${what}, ${fact.ground}` : named.join(", ");
  }
  if (fact.kind === "spending") return fact.payee === undefined ? fact.id : `${fact.id} ${fact.payee}`;
  if (fact.kind === "refund") return fact.id;
  return fact.kind === "opening" ? "opening balance" : "cover from general funds";
}
