import { addDays } from "../dates.ts";
import { formatDecimal } from "../money.ts";
import type { JournalFact } from "./facts.ts";
import { bank, describe, postingsOf } from "./postings.ts";

/** Writes a ledger for beancount (2.3 and later) piece by piece; it passes `bean-check`. */
export class BeancountWriter {
  /** Account name by what it stands for; beancount allows fewer letters than people use in ids. */
  readonly #accounts = new Map<string, string>();
  readonly #taken = new Set<string>();
  #first = "9999-12-31";

  head(name: string, currency: string): string {
    return `option "title" ${quoted(name)}\noption "operating_currency" ${quoted(currency)}\n\n`;
  }

  fact(fact: JournalFact): string {
    if (fact.date < this.#first) this.#first = fact.date;
    const lines = postingsOf(fact).map(
      ({ account, minor }) =>
        `  ${this.#account(account)}  ${formatDecimal(minor, fact.currency)} ${fact.currency}`,
    );
    return `${fact.date} * ${quoted(describe(fact))}\n${lines.join("\n")}\n\n`;
  }

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
      // A balance directive speaks of the beginning of its day.
      text += `${addDays(date, 1)} balance ${this.#account(bank(account, 0n).account)}  ${formatDecimal(minor, currency)} ${currency}\n`;
    }
    for (const account of [...this.#accounts.values()].sort()) text += `${this.#first} open ${account}\n`;
    return text;
  }

  #account(parts: readonly string[]): string {
    const meant = parts.join(":");
    const known = this.#accounts.get(meant);
    if (known !== undefined) return known;
    const plain = parts.map(component).join(":");
    let name = plain;
    for (let i = 2; this.#taken.has(name); i++) name = `${plain}-${i}`;
    this.#taken.add(name);
    this.#accounts.set(meant, name);
    return name;
  }
}

/** A part of an account name: begins with a capital or a digit, then letters, digits and hyphens. */
function component(text: string): string {
  const plain = text
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}-]+/gu, "-")
    .replace(/^-+/u, "");
  const first = plain.charAt(0).toUpperCase();
  return /^[A-Z0-9]/u.test(first) ? first + plain.slice(1) : `X${plain}`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/["\\]/gu, "'")}"`;
}
