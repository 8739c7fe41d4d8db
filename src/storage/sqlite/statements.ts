import type { DatabaseSync, StatementSync } from "node:sqlite";
import { StoreDamaged } from "../contract.ts";

/** Every statement of the store, prepared once: preparing costs more than running them. */
export type Statements = Readonly<Record<keyof typeof texts, StatementSync>>;

const texts = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  rollback: "ROLLBACK",
  head: "SELECT size, checkpoint FROM head WHERE id = 1",
  // The compare-and-swap: changes nothing unless the log is as the writer believes.
  advance: "UPDATE head SET size = ?, checkpoint = ? WHERE id = 1 AND size = ?",
  addEntry: "INSERT INTO entries (idx, hash, jwt) VALUES (?, ?, ?)",
  addBox: "INSERT INTO boxes (idx, keybox, box) VALUES (?, ?, ?)",
  addTile: "INSERT INTO tiles (level, n, root, bytes) VALUES (?, ?, ?, ?)",
  putObject:
    "INSERT INTO objects (name, bytes) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes",
  readBack: "SELECT idx, hash, jwt FROM entries WHERE idx >= ? ORDER BY idx",
  entryByHash: "SELECT idx, hash, jwt FROM entries WHERE hash = ?",
  entryAt: "SELECT idx, hash, jwt FROM entries WHERE idx = ?",
  entryPage: "SELECT idx, hash, jwt FROM entries WHERE idx >= ? AND idx < ? ORDER BY idx",
  hashes: "SELECT idx, hash FROM entries WHERE idx >= ? AND idx < ? ORDER BY idx",
  fullTile: "SELECT bytes FROM tiles WHERE level = ? AND n = ?",
  tileRoots: "SELECT n, root FROM tiles WHERE level = ? AND n >= ? AND n < ? ORDER BY n",
  box: "SELECT keybox, box FROM boxes WHERE idx = ?",
  boxPage: "SELECT idx, keybox, box FROM boxes WHERE idx >= ? AND idx < ? ORDER BY idx",
  eraseBox: "DELETE FROM boxes WHERE idx = ?",
  object: "SELECT bytes FROM objects WHERE name = ?",
  objects: "SELECT name, bytes FROM objects WHERE name >= ? AND name < ? ORDER BY name",
  objectSizes: "SELECT name, length(bytes) AS size FROM objects WHERE name >= ? AND name < ? ORDER BY name",
} as const;

export function prepareStatements(db: DatabaseSync): Statements {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- same keys as `texts`
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, db.prepare(text)]),
  ) as Statements;
}

type Row = Record<string, unknown>;

/** A blob column. STRICT tables hold nothing else there, unless the file was damaged or edited. */
export function blobOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw new StoreDamaged(`a row of the database holds no bytes in "${column}"`);
}

export function integerOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new StoreDamaged(`a row of the database holds no whole number in "${column}"`);
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw new StoreDamaged(`a row of the database holds no text in "${column}"`);
}
