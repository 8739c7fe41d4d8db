import { parseDecimal, toMinor } from "./amount.ts";
import type { Decimal } from "./amount.ts";
import { parseCurrency, scaleOf } from "./currency.ts";
import type { TableField } from "./headings.ts";
import { clip } from "./one-c-document.ts";
import { directionOf } from "./table-direction.ts";
import type { Cells, TableMap } from "./table-map.ts";
import type { Tally } from "./tally.ts";
import type { Counterparty, Direction, Mutable, Problem } from "./types.ts";

/** Begins a cell that a workbook stores as a number, so that its point is never taken for a thousands mark. */
export const numberMark = "\u0001";

/** The sum and side of a row, and what is wrong with them. */
export type Sums = {
  readonly minor: bigint | null;
  readonly direction: Direction;
  readonly faults: readonly Problem[];
};

/** Reads the cells of one row by the columns of its table: sums, side, balance and the other party. */
export class RowReader {
  readonly #map: TableMap;
  readonly #own: string | undefined;
  #debitsAreNegative = 0;
  /** Columns of the present row that a workbook stores as numbers. */
  readonly #numbers = new Set<number>();

  constructor(map: TableMap, own: string | undefined) {
    this.#map = map;
    this.#own = own;
  }

  cell(cells: readonly string[], field: TableField): string {
    const at = this.#map.columns[field];
    return at === undefined ? "" : (cells[at] ?? "").trim();
  }

  unmark({ line, cells }: Cells): Cells {
    this.#numbers.clear();
    const plainCells = cells.map((cell, i) => {
      if (!cell.startsWith(numberMark)) return cell;
      this.#numbers.add(i);
      return cell.slice(1);
    });
    return { line, cells: plainCells };
  }

  decimal(cells: readonly string[], field: TableField): Decimal | undefined {
    const at = this.#map.columns[field] ?? -1;
    return parseDecimal(this.cell(cells, field), this.#numbers.has(at) ? "." : this.#map.mark);
  }

  hasMoney(cells: readonly string[]): boolean {
    for (const field of ["amount", "credit", "debit", "amountKzt"] as const) {
      if (this.cell(cells, field) !== "" && this.decimal(cells, field) !== undefined) return true;
    }
    return false;
  }

  #read(
    cells: readonly string[],
    at: { field: TableField; currency: string | null; line: number; faults: Problem[] },
  ): bigint | null {
    const { field, currency, line, faults } = at;
    const text = this.cell(cells, field);
    const decimal = this.decimal(cells, field);
    const reading = decimal === undefined ? undefined : toMinor(decimal, scaleOf(currency));
    if (reading?.kind === "read") return reading.minor;
    faults.push(
      reading === undefined
        ? { code: "amount-unreadable", line, message: `"${clip(text)}" is not a sum; the row adds nothing.` }
        : {
            code: "amount-too-fine",
            line,
            message: `"${clip(text)}" has more decimals than ${currency ?? "the currency"} has; nothing is rounded, the row adds nothing.`,
          },
    );
    return null;
  }

  sums(cells: readonly string[], currency: string | null, line: number): Sums {
    const faults: Problem[] = [];
    const { columns } = this.#map;
    if (columns.credit !== undefined || columns.debit !== undefined) {
      const split = this.#splitSums(cells, currency, line, faults);
      if (split !== undefined) return split;
    }
    const wantsKzt = this.#map.isForm && currency === "KZT" && this.cell(cells, "amountKzt") !== "";
    const plain = this.cell(cells, "amount");
    const field: TableField =
      wantsKzt && (plain === "" || this.#isOtherCurrency(cells)) ? "amountKzt" : "amount";
    const text = this.cell(cells, field);
    let minor: bigint | null = null;
    if (text === "")
      faults.push({ code: "amount-unreadable", line, message: "The row has no sum; it adds nothing." });
    else minor = this.#read(cells, { field, currency, line, faults });
    const named = this.#namedDirection(cells, line, faults);
    let direction: Direction = named ?? "credit";
    if (named === undefined && this.#map.isForm) {
      faults.push({
        code: "direction-unknown",
        line,
        message:
          "Neither the accounts nor the kind of operation say whether this row is a credit or a debit; its sum is left out.",
      });
      return { minor: null, direction, faults };
    }
    if (minor !== null && minor < 0n) {
      minor = -minor;
      // A minus beside the word "debit" only repeats it; beside "credit" it takes the credit back.
      direction = "debit";
    }
    return { minor, direction, faults };
  }

  #isOtherCurrency(cells: readonly string[]): boolean {
    const named = parseCurrency(this.cell(cells, "currency"));
    return named !== null && named !== "KZT";
  }

  #splitSums(
    cells: readonly string[],
    currency: string | null,
    line: number,
    faults: Problem[],
  ): Sums | undefined {
    const credit = this.cell(cells, "credit");
    const debit = this.cell(cells, "debit");
    const isCredit = /[1-9]/u.test(credit) || (credit !== "" && !/^[0.,\s\-–—]*$/u.test(credit));
    const isDebit = /[1-9]/u.test(debit) || (debit !== "" && !/^[0.,\s\-–—]*$/u.test(debit));
    if (isCredit && isDebit) {
      faults.push({
        code: "amount-contradicts",
        line,
        message: "The row prints both a credit and a debit; its sum is left out.",
      });
      return { minor: null, direction: "credit", faults };
    }
    if (!isCredit && !isDebit) {
      const isZero = /\d/u.test(credit) || /\d/u.test(debit);
      if (isZero)
        return {
          minor: 0n,
          direction: /\d/u.test(debit) && !/\d/u.test(credit) ? "debit" : "credit",
          faults,
        };
      if (this.cell(cells, "amount") !== "") return undefined;
      faults.push({
        code: "amount-unreadable",
        line,
        message: "The row has neither a credit nor a debit; it adds nothing.",
      });
      return { minor: null, direction: "credit", faults };
    }
    let direction: Direction = isCredit ? "credit" : "debit";
    let minor = this.#read(cells, { field: isCredit ? "credit" : "debit", currency, line, faults });
    if (minor !== null && minor < 0n) {
      minor = -minor;
      // Banks that write debits with a minus do so in every row; a lone negative credit is taken back.
      if (direction === "debit") this.#debitsAreNegative += 1;
      else direction = "debit";
    } else if (minor !== null && direction === "debit" && this.#debitsAreNegative > 0) {
      direction = "credit";
    }
    return { minor, direction, faults };
  }

  #namedDirection(cells: readonly string[], line: number, faults: Problem[]): Direction | undefined {
    const own = this.#own;
    const byKind = directionOf(this.cell(cells, "direction")) ?? directionOf(this.cell(cells, "kind"));
    if (!this.#map.isForm || own === undefined) return byKind;
    const paysOwn = plain(this.cell(cells, "payerAccount")) === own;
    const getsOwn = plain(this.cell(cells, "payeeAccount")) === own;
    if (paysOwn === getsOwn) return byKind;
    const byAccount = paysOwn ? "debit" : "credit";
    if (byKind !== undefined && byKind !== byAccount) {
      faults.push({
        code: "direction-contradicts",
        line,
        message: `The account makes this row a ${byAccount}, but its kind of operation says ${byKind}.`,
      });
    }
    return byAccount;
  }

  balance(cells: readonly string[], currency: string | null, line: number, tally: Tally): bigint | undefined {
    const text = this.cell(cells, "balance");
    if (text === "") return undefined;
    const decimal = this.decimal(cells, "balance");
    const reading = decimal === undefined ? undefined : toMinor(decimal, scaleOf(currency));
    if (reading?.kind === "read") return reading.minor;
    tally.problem("balance-unreadable", line, `"${clip(text)}" is not a balance.`);
    return undefined;
  }

  counterparty(cells: readonly string[], direction: Direction): Counterparty | undefined {
    const side = direction === "credit" ? "payer" : "payee";
    const pick = (form: TableField, general: TableField): string =>
      this.#map.isForm ? this.cell(cells, form) : this.cell(cells, general);
    const name = pick(`${side}Name`, "counterparty");
    const account = pick(`${side}Account`, "counterpartyAccount");
    const bin = pick(`${side}Bin`, "counterpartyBin");
    const bank = pick(`${side}Bank`, "counterpartyBank");
    if (name === "" && account === "" && bin === "" && bank === "") return undefined;
    const counterparty: Mutable<Counterparty> = {};
    if (name !== "") counterparty.name = name;
    if (account !== "") counterparty.account = account;
    if (bin !== "") counterparty.bin = bin;
    if (bank !== "") counterparty.bank = bank;
    return counterparty;
  }
}

function plain(account: string): string {
  return account.replaceAll(/\s/gu, "").toUpperCase();
}
