import type { Json } from "#domain/funds/entries.ts";
import type { TableRow } from "#domain/funds/deciding.ts";
import type { Refusal } from "#record/result.ts";
import type { ListName, TableName } from "#session/books/decide-table.ts";
import type { ColumnMap, Format, Problem } from "#statements/types.ts";

/** What a file turned out to be, before anything of it is recorded. Plain data: it crosses from the worker to the page. */
export type FileReading =
  | {
      readonly kind: "statement";
      readonly statements: readonly StatementReading[];
      /** For a table whose columns a person may name otherwise. */
      readonly columns?: TableSample;
    }
  | {
      readonly kind: "table";
      readonly what: TableName;
      readonly rows: readonly TableRow[];
      /** Names of receipts and documents that rows mention. */
      readonly needs: readonly string[];
    }
  | { readonly kind: "list"; readonly what: ListName; readonly list: Json; readonly count: number }
  | {
      readonly kind: "refused";
      readonly refusal: Refusal & { readonly line?: number | null };
      /** The file is a table, and naming its columns may be all that it lacks. */
      readonly columns?: TableSample;
    };

/** The first rows as text; `width` is the widest of them. */
export type TableSample = { readonly rows: readonly (readonly string[])[]; readonly width: number };

export type StatementReading = {
  /** Which statement of the file, counted from 0. */
  readonly number: number;
  readonly format: Format;
  readonly account: string;
  readonly currency: string | null;
  /** The file names no currency: this one was taken for it. */
  readonly isCurrencyTaken: boolean;
  readonly from: string | null;
  readonly to: string | null;
  readonly rows: number;
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  readonly credits: { readonly count: number; readonly minor: bigint };
  readonly debits: { readonly count: number; readonly minor: bigint };
  /** Null: no balance is printed, so there is nothing to compare. */
  readonly addsUp: boolean | null;
  readonly problems: readonly Problem[];
  /**
   * `new`: not in the record. `unfinished`: its import was cut short. `done`: in the record, importing it adds nothing.
   * `blocked`: another import into this account was cut short and must be finished first.
   */
  readonly standing: "new" | "unfinished" | "done" | "blocked";
  /** Rows of a `new` one that a cut-short import left on the record. */
  readonly begun: number;
  /** Rows that earlier statements show already; null where only the import itself will tell. */
  readonly known: number | null;
  /** What the first rows say, as read. */
  readonly sample: readonly SampleRow[];
};

export type SampleRow = {
  readonly line: number | null;
  readonly date: string;
  readonly direction: "credit" | "debit";
  readonly minor: bigint | null;
  readonly currency: string;
  readonly party: string | null;
  readonly memo: string | null;
};

/** What the person adds to a file: whose account it is, in which currency, which column is which. */
export type ReadingOptions = {
  readonly account?: string;
  readonly currency?: string;
  readonly map?: ColumnMap;
};
