import { formatMinor } from "./amount.ts";
import { isRuined } from "./encoding.ts";
import type {
  Balance,
  BankRow,
  Format,
  Mutable,
  Problem,
  RowDraft,
  StatementHead,
  StatementTotals,
} from "./types.ts";

/** More faults than this are counted, not listed: a million garbled rows need no million sentences. */
const maxProblems = 1000;

/** A turnover that the bank printed; undefined members are not printed. */
export type PrintedTurnover = {
  readonly minor?: bigint | undefined;
  readonly count?: number | undefined;
  readonly line: number | null;
};

export type TallyStart = {
  readonly index: number;
  readonly format: Format;
  readonly account?: string | null;
  readonly accountHint?: string | null;
  readonly currency?: string | null;
};

/**
 * Holds one statement's printed figures against its rows. Every reader feeds its rows through a tally, so that
 * the same contradiction gets the same problem code in every format.
 */
export class Tally {
  readonly index: number;
  readonly format: Format;
  account: string | null;
  accountHint: string | null;
  currency: string | null;
  opening: Balance | null = null;
  closing: Balance | null = null;
  from: string | null = null;
  to: string | null = null;
  transactions = 0;
  creditCount = 0;
  creditMinor = 0n;
  debitCount = 0;
  debitMinor = 0n;
  unreadable = 0;
  foreign = 0;
  readonly problems: Problem[] = [];
  #unlisted = 0;
  #running: bigint | null = null;
  #lastPrinted: bigint | null = null;
  #firstDate: string | null = null;
  #lastDate: string | null = null;
  #garbledFirst: number | null = null;
  #garbledRows = 0;
  readonly #expectations: { side: "credit" | "debit" | "all"; printed: PrintedTurnover }[] = [];

  constructor(start: TallyStart) {
    this.index = start.index;
    this.format = start.format;
    this.account = start.account ?? null;
    this.accountHint = start.accountHint ?? null;
    this.currency = start.currency ?? null;
  }

  problem(code: string, line: number | null, message: string): void {
    if (this.problems.length < maxProblems) this.problems.push({ code, line, message });
    else this.#unlisted += 1;
  }

  money(minor: bigint): string {
    return this.currency === null
      ? formatMinor(minor, null)
      : `${formatMinor(minor, this.currency)} ${this.currency}`;
  }

  expect(side: "credit" | "debit" | "all", printed: PrintedTurnover): void {
    this.#expectations.push({ side, printed });
  }

  /** The balance printed beside the last row, oldest first. */
  get lastBalance(): bigint | null {
    return this.#lastPrinted;
  }

  get hasExpectations(): boolean {
    return this.#expectations.length > 0;
  }

  /** The currency the sums are in; stays when `currency` becomes a list of several. */
  #sumCurrency: string | null = null;

  /** Takes the next row, oldest first, and gives it its place. */
  add(draft: RowDraft): BankRow {
    this.transactions += 1;
    // The draft becomes the row; copying a million of them would cost more than all the checks.
    const row = draft as Mutable<BankRow>;
    row.statement = this.index;
    row.row = this.transactions;
    if (draft.date !== "") {
      if (this.#firstDate === null || draft.date < this.#firstDate) this.#firstDate = draft.date;
      if (this.#lastDate === null || draft.date > this.#lastDate) this.#lastDate = draft.date;
    }
    if (this.transactions === 1)
      this.#sumCurrency = this.currency ?? (draft.currency === "" ? null : draft.currency);
    const isOwnCurrency = this.currency === null || draft.currency === "" || draft.currency === this.currency;
    if (draft.minor === null) {
      this.unreadable += 1;
      this.#running = null;
    } else if (!isOwnCurrency) {
      // Currencies are never added to each other: the row stays a row, the sums stay in one currency.
      this.foreign += 1;
      this.problem(
        "currency-mixed",
        draft.line,
        `This row is in ${draft.currency}, the statement in ${this.currency}; it is left out of the sums.`,
      );
    } else if (draft.direction === "credit") {
      this.creditCount += 1;
      this.creditMinor += draft.minor;
    } else {
      this.debitCount += 1;
      this.debitMinor += draft.minor;
    }
    this.#lastPrinted = draft.balance ?? null;
    if (draft.balance !== undefined) this.#checkRunning(draft, draft.balance);
    else if (this.#running !== null && draft.minor !== null && isOwnCurrency) {
      this.#running += draft.direction === "credit" ? draft.minor : -draft.minor;
    }
    if (hasLostLetters(draft.memo) || hasLostLetters(draft.counterparty?.name)) {
      this.#garbledRows += 1;
      this.#garbledFirst ??= draft.line;
    }
    return row;
  }

  #checkRunning(draft: RowDraft, printed: bigint): void {
    const before = this.#running ?? (this.transactions === 1 ? (this.opening?.minor ?? null) : null);
    if (before !== null && draft.minor !== null) {
      const expected = before + (draft.direction === "credit" ? draft.minor : -draft.minor);
      if (expected !== printed) {
        this.problem(
          "running-balance-differs",
          draft.line,
          `The balance printed after this row is ${this.money(printed)}, but the one before it and the amount give ${this.money(expected)}.`,
        );
      }
    }
    this.#running = printed;
  }

  head(): StatementHead {
    return {
      index: this.index,
      format: this.format,
      account: this.account,
      accountHint: this.accountHint,
      currency: this.currency,
      opening: this.opening,
      from: this.from ?? this.#firstDate,
      to: this.to ?? this.#lastDate,
    };
  }

  /** Checks what was printed against what was read; call once, after the last row. */
  finish(): { totals: StatementTotals; problems: readonly Problem[] } {
    for (const { side, printed } of this.#expectations) this.#checkTurnover(side, printed);
    const balancesReconcile = this.#reconcile();
    if (this.#garbledRows > 0) {
      this.problem(
        "text-garbled",
        this.#garbledFirst,
        `${this.#garbledRows} row(s) hold letters that an earlier program destroyed; this is the first. Ask the bank for the file again if the words matter.`,
      );
    }
    const problems = [...this.problems];
    if (this.#unlisted > 0) {
      problems.push({
        code: "problems-unlisted",
        line: null,
        message: `${this.#unlisted} more problems are not listed.`,
      });
    }
    return {
      totals: {
        ...this.head(),
        sumCurrency: this.#sumCurrency ?? this.currency,
        closing: this.closing,
        transactions: this.transactions,
        credits: { count: this.creditCount, minor: this.creditMinor },
        debits: { count: this.debitCount, minor: this.debitMinor },
        unreadable: this.unreadable,
        balancesReconcile,
      },
      problems,
    };
  }

  #checkTurnover(side: "credit" | "debit" | "all", printed: PrintedTurnover): void {
    const count =
      side === "credit" ? this.creditCount : side === "debit" ? this.debitCount : this.transactions;
    const minor =
      side === "credit"
        ? this.creditMinor
        : side === "debit"
          ? this.debitMinor
          : this.creditMinor + this.debitMinor;
    const name = side === "all" ? "turnover" : `${side} turnover`;
    if (printed.minor !== undefined && printed.minor !== minor) {
      this.problem(
        side === "all" ? "turnover-differs" : `${side}-turnover-differs`,
        printed.line,
        `The bank prints a ${name} of ${this.money(printed.minor)}, the rows add up to ${this.money(minor)}.`,
      );
    }
    if (printed.count !== undefined && printed.count !== count) {
      this.problem(
        side === "all" ? "count-differs" : `${side}-count-differs`,
        printed.line,
        `The bank prints ${printed.count} ${side === "all" ? "" : `${side} `}rows, the file holds ${count}.`,
      );
    }
  }

  #reconcile(): boolean | null {
    if (this.opening === null || this.closing === null) return null;
    const expected = this.opening.minor + this.creditMinor - this.debitMinor;
    const sameCurrency =
      this.opening.currency === null ||
      this.closing.currency === null ||
      this.opening.currency === this.closing.currency;
    const rows = this.#sumCurrency ?? this.opening.currency;
    if (
      !sameCurrency ||
      (rows !== null && this.opening.currency !== null && rows !== this.opening.currency)
    ) {
      this.problem(
        "balance-differs",
        this.closing.line,
        `The opening balance is in ${this.opening.currency}, the closing balance in ${this.closing.currency}, the rows in ${rows}.`,
      );
      return false;
    }
    if (expected === this.closing.minor) return true;
    this.problem(
      "balance-differs",
      this.closing.line,
      `Opening balance ${this.money(this.opening.minor)} plus credits ${this.money(this.creditMinor)} less debits ${this.money(this.debitMinor)} is ${this.money(expected)}, but the bank prints a closing balance of ${this.money(this.closing.minor)}.`,
    );
    return false;
  }
}

function hasLostLetters(text: string | undefined): boolean {
  return text !== undefined && isRuined(text);
}
