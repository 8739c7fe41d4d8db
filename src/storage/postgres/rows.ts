import { concatBytes } from "#record/bytes.ts";
import type { Head, StoredEntry } from "../contract.ts";
import { StoreDamaged } from "../contract.ts";
import type { Row } from "./connection.ts";

/** undefined before the first commit. */
export function headOf(row: Row | undefined): Head | undefined {
  if (row === undefined) throw new StoreDamaged("the database has lost its head row");
  const size = integerOf(row, "size");
  if (row["checkpoint"] === null && size === 0) return undefined;
  return { size, checkpoint: textOf(row, "checkpoint") };
}

export function entryOf(row: Row): StoredEntry {
  return { index: integerOf(row, "idx"), jwt: textOf(row, "jwt"), hash: blobOf(row, "hash") };
}

/** One column of hashes as one array. Stops at a hole: a caller that asked for more sees the missing length. */
export function hashColumn(
  rows: readonly Row[],
  key: string,
  column: string,
  from: number,
  map: (hash: Uint8Array) => Uint8Array = (hash) => hash,
): Uint8Array {
  const found: Uint8Array[] = [];
  for (const row of rows) {
    if (integerOf(row, key) !== from + found.length) break;
    const hash = blobOf(row, column);
    if (hash.length !== 32) throw new StoreDamaged(`a stored hash has ${hash.length} bytes`);
    found.push(map(hash));
  }
  return concatBytes(...found);
}

/** A bytea column. Its type allows nothing else, unless the table was changed behind our back. */
export function blobOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  // A copy: pg cuts small buffers out of a shared one.
  if (value instanceof Uint8Array) return new Uint8Array(value);
  throw new StoreDamaged(`a row of the database holds no bytes in "${column}"`);
}

/** A bigint column, which pg hands over as text. */
export function integerOf(row: Row, column: string): number {
  const value = row[column];
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new StoreDamaged(`a row of the database holds no whole number in "${column}"`);
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw new StoreDamaged(`a row of the database holds no text in "${column}"`);
}
