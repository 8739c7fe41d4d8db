import { formatDecimal } from "../money.ts";
import { currencyDecimals } from "../currency.ts";
import type { JournalFact } from "./facts.ts";
import { bank, describe, postingsOf } from "./postings.ts";

/**
 * Writes a journal for hledger (1.25 and later) piece by piece: `head`, a `fact` for each fact in any order, `tail`. It passes
 * `hledger check` and, because accounts and commodities are declared, `hledger check --strict`.
 */
export class HledgerWriter {
  readonly #accounts = new Set<string>();
  readonly #currencies = new Set<string>();

  head(name: string): string {
    return `; Books of ${oneLine(name)}, written by aigaq. A fund's balance is the negated sum of the accounts that bear its id.\n\n`;
  }

  fact(fact: JournalFact): string {
    const postings = postingsOf(fact);
    this.#currencies.add(fact.currency);
    const lines = postings.map(({ account, minor }) => {
      const name = this.#account(account);
      return `    ${name}  ${formatDecimal(minor, fact.currency)} ${fact.currency}`;
    });
    return `${fact.date} ${oneLine(describe(fact))}\n${lines.join("\n")}\n\n`;
  }

  /** `closings`: balances that the bank printed; hledger refuses the journal if its rows do not lead there. */
  tail(
    closings: readonly {
      readonly account: string;
      readonly date: string;
      readonly currency: string;
      readonly minor: bigint;
    }[],
  ): string {
    let text = "";
    for (const { account, date, currency, minor } of closings) {
      const name = this.#account(bank(account, 0n).account);
      const zero = formatDecimal(0n, currency);
      text += `${date} closing balance printed by the bank\n    ${name}  ${zero} ${currency} = ${formatDecimal(minor, currency)} ${currency}\n\n`;
    }
    for (const currency of [...this.#currencies].sort()) {
      const decimals = currencyDecimals(currency);
      text += `commodity 1000.${"0".repeat(decimals)} ${currency}\n`;
    }
    for (const account of [...this.#accounts].sort()) text += `account ${account}\n`;
    return text;
  }

  #account(parts: readonly string[]): string {
    // Two spaces end an account name, and ";" begins a comment.
    const name = parts.map((part) => oneLine(part).replace(/[:;]/gu, "-").replace(/ {2,}/gu, " ")).join(":");
    this.#accounts.add(name);
    return name;
  }
}

/** What people wrote may hold line breaks and marks that mean something in a journal. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[;|]/gu, ",")
    .trim();
}
