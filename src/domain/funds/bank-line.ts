import type { Direction, Party } from "./entries.ts";

/** One row of a bank statement as a reader of files hands it over. Null: the row is there, but that could not be read. */
export type BankLine = {
  /** Line or row of the file, for messages. */
  readonly row: number;
  readonly date: string | null;
  readonly direction: Direction | null;
  readonly minor: bigint | null;
  readonly currency: string;
  readonly reference?: string | undefined;
  readonly counterparty?: Party | undefined;
  readonly memo?: string | undefined;
};

/** What a statement says of itself. Balances in minor units; null where the file does not print them. */
export type StatementHead = {
  readonly currency: string;
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  /** The printed period. */
  readonly from: string | null;
  readonly to: string | null;
  /** What the reader of the file found wrong, by code. Then its balances prove nothing. */
  readonly problems: readonly StatementProblem[];
};

/** Something that does not add up: shown before, recorded with who accepted it and why. */
export type StatementProblem = {
  readonly code: string;
  readonly line: number | null;
  readonly message: string;
};

/** A bank row as it stands in the record, under every reference that any statement gave it. */
export type KnownLine = {
  readonly position: string;
  readonly date: string;
  readonly direction: Direction;
  readonly minor: bigint;
  readonly references: readonly string[];
  /** The imports that show it, and where in their order of rows. */
  readonly shownBy: readonly { readonly import: string; readonly order: number }[];
};

/** `2025-04-10/17`: the seventeenth row of that day and account, counted as first recorded, from 1. */
export function positionOf(date: string, number: number): string {
  return `${date}/${number}`;
}

export function numberOfPosition(position: string): number {
  return Number(position.slice(position.indexOf("/") + 1));
}

export function signed(line: { readonly direction: Direction; readonly minor: bigint }): bigint {
  return line.direction === "credit" ? line.minor : -line.minor;
}
