/**
 * What a reader of bank files yields. A reader never decides what a row means for an appeal; it says what the
 * bank printed, in the bank's order, and every way in which the print contradicts itself.
 */

export type Format =
  | "1CClientBankExchange"
  | "MT940/942"
  | "CAMT"
  | "OFX"
  | "CSV"
  | "XLSX"
  | "AFM XLSX"
  | "Kaspi Gold";

export type Direction = "credit" | "debit";

/** Something in the file that does not add up, is cut off or cannot be read. Codes: docs/reference/statements.md. */
export type Problem = { readonly code: string; readonly line: number | null; readonly message: string };

/** Why a file is not taken at all. `line` is the line (or sheet row) that shows it, if one does. */
export type StatementRefusal = {
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
};

/** A printed balance in minor units, e.g. `{ minor: 123_45n, currency: "KZT", date: "2026-03-01", line: 7 }`. */
export type Balance = {
  readonly minor: bigint;
  readonly currency: string | null;
  readonly date: string | null;
  readonly line: number | null;
};

export type Counterparty = {
  readonly name?: string;
  readonly account?: string;
  /** IIN, BIN, INN or another number of the person or body, as printed. */
  readonly bin?: string;
  readonly bank?: string;
};

/** One bank row. Rows are never dropped for looking alike: the ordinal tells two equal gifts apart. */
export type BankRow = {
  readonly statement: number;
  /** 1.. within the statement, oldest first. */
  readonly row: number;
  /** Line or sheet row in the file, for messages. */
  readonly line: number | null;
  /** YYYY-MM-DD; "" only when neither this row nor the statement prints any readable date. */
  readonly date: string;
  readonly direction: Direction;
  /** Never negative. null: the amount cannot be read, so the row counts as a row and adds nothing. */
  readonly minor: bigint | null;
  /** ISO 4217 code, "" when the file names none. */
  readonly currency: string;
  readonly reference?: string;
  readonly counterparty?: Counterparty;
  readonly memo?: string;
  /** The balance the bank printed after this row. */
  readonly balance?: bigint;
  /** The bank's own word for the kind of operation. */
  readonly kind?: string;
};

/** A row as a reader finds it, before it has a place in the bank's order. */
export type RowDraft = Mutable<Omit<BankRow, "statement" | "row">>;

/** Rows are built field by field: spreading optional fields costs more than reading them, a million times over. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What is known when a statement begins. `end` repeats it with everything learnt since. */
export type StatementHead = {
  /** Order in the file; numbers may be left out where a file names an account it says nothing about. */
  readonly index: number;
  readonly format: Format;
  readonly account: string | null;
  /**
   * A number printed on a personal card statement (Kaspi Gold). It names a person's card account, which says
   * nothing of the foundation, so it never becomes `account` by itself.
   */
  readonly accountHint: string | null;
  readonly currency: string | null;
  readonly opening: Balance | null;
  readonly from: string | null;
  readonly to: string | null;
};

export type Turnover = { readonly count: number; readonly minor: bigint };

export type StatementTotals = StatementHead & {
  readonly closing: Balance | null;
  /** The currency of both sums; `currency` may list several ("CHF/EUR") where one CAMT statement mixes them. */
  readonly sumCurrency: string | null;
  readonly transactions: number;
  readonly credits: Turnover;
  readonly debits: Turnover;
  /** Rows whose amount could not be read; they are in `transactions` and in neither sum. */
  readonly unreadable: number;
  /** null when a balance is not printed. */
  readonly balancesReconcile: boolean | null;
};

export type StatementEvent =
  | { readonly kind: "statement"; readonly statement: StatementHead }
  | { readonly kind: "rows"; readonly rows: readonly BankRow[] }
  | { readonly kind: "end"; readonly totals: StatementTotals; readonly problems: readonly Problem[] }
  | { readonly kind: "refused"; readonly refusal: StatementRefusal };

export const columnFields = [
  "date",
  "amount",
  "credit",
  "debit",
  "currency",
  "balance",
  "direction",
  "reference",
  "counterparty",
  "counterpartyAccount",
  "counterpartyBin",
  "counterpartyBank",
  "memo",
  "account",
  "kind",
] as const;

export type ColumnField = (typeof columnFields)[number];

/** Which column holds what: a number counts from 1, a string is the column's heading. `{ date: 1, amount: "Sum" }`. */
export type ColumnMap = Readonly<Partial<Record<ColumnField, number | string>>>;

export type ReadOptions = {
  /** The foundation's own account, where the file does not name it. */
  readonly account?: string;
  /** The currency of rows that name none. */
  readonly currency?: string;
  readonly map?: ColumnMap;
};
