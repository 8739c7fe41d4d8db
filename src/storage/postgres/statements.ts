import type { Statement } from "./connection.ts";

/** One page of a long read: at most this many rows and, from the second row on, this many bytes. */
export const pageRowsMax = 2048;
const pageBytesMax = 8 * 1024 * 1024;

/**
 * Rows `from` ≤ idx < `to` of a table until they weigh too much, at least one. `octet_length` takes the length from the
 * row's pointer, without fetching the long value.
 */
function pageOf(table: string, columns: string, weighed: string): string {
  return `
    SELECT idx, ${columns} FROM (
      SELECT idx, ${columns}, sum(octet_length(${weighed})) OVER (ORDER BY idx) - octet_length(${weighed}) AS before
      FROM aigaq.${table} WHERE idx >= $1 AND idx < $2 ORDER BY idx LIMIT ${pageRowsMax}
    ) AS page WHERE before < ${pageBytesMax} ORDER BY idx`;
}

const texts = {
  head: "SELECT size, checkpoint FROM aigaq.head WHERE id = 1",
  lockedHead: "SELECT size, checkpoint FROM aigaq.head WHERE id = 1 FOR UPDATE",
  // The compare-and-swap: waits for a commit under way, then changes nothing unless the log is as the writer believes.
  advance: "UPDATE aigaq.head SET size = $1, checkpoint = $2 WHERE id = 1 AND size = $3",
  addEntries: `INSERT INTO aigaq.entries (idx, hash, jwt)
    SELECT $1::bigint + n - 1, hash, jwt FROM unnest($2::bytea[], $3::text[]) WITH ORDINALITY AS given (hash, jwt, n)`,
  addBoxes: `INSERT INTO aigaq.boxes (idx, keybox, box)
    SELECT idx, keybox, box FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS given (idx, keybox, box)`,
  addBox: "INSERT INTO aigaq.boxes (idx, keybox, box) VALUES ($1, $2, $3)",
  addTile: "INSERT INTO aigaq.tiles (level, n, root, bytes) VALUES ($1, $2, $3, $4)",
  putObject:
    "INSERT INTO aigaq.objects (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes",
  notify: "SELECT pg_notify('aigaq_head', $1)",
  // Hashed by the server from the rows it has just written, so that the texts need not come back.
  readBack: `SELECT string_agg(hash, '' ORDER BY idx) AS hashes,
      string_agg(sha256(convert_to(jwt, 'UTF8')), '' ORDER BY idx) AS found
    FROM aigaq.entries WHERE idx >= $1`,
  entryByHash: "SELECT idx, hash, jwt FROM aigaq.entries WHERE hash = $1",
  entriesAt: "SELECT idx, hash, jwt FROM aigaq.entries WHERE idx = ANY($1::bigint[]) ORDER BY idx",
  entryPage: pageOf("entries", "hash, jwt", "jwt"),
  hashes: "SELECT idx, hash FROM aigaq.entries WHERE idx >= $1 AND idx < $2 ORDER BY idx",
  fullTile: "SELECT bytes FROM aigaq.tiles WHERE level = $1 AND n = $2",
  tileRoots: "SELECT n, root FROM aigaq.tiles WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n",
  box: "SELECT keybox, box FROM aigaq.boxes WHERE idx = $1",
  boxPage: pageOf("boxes", "keybox, box", "box"),
  eraseBox: "DELETE FROM aigaq.boxes WHERE idx = $1",
  object: "SELECT bytes FROM aigaq.objects WHERE name = $1",
  // Names are ASCII and compared byte by byte, so "\u007f" bounds every name that starts with the prefix.
  objects: "SELECT name, bytes FROM aigaq.objects WHERE name >= $1 AND name < $1 || chr(127) ORDER BY name",
  objectSizes:
    "SELECT name, octet_length(bytes) AS size FROM aigaq.objects WHERE name >= $1 AND name < $1 || chr(127) ORDER BY name",
  cache: "SELECT bytes FROM aigaq.cache WHERE name = $1",
  putCache:
    "INSERT INTO aigaq.cache (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes",
} as const;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- same keys as `texts`
export const sql = Object.fromEntries(
  Object.entries(texts).map(([name, text]) => [name, { name: `aigaq ${name}`, text }]),
) as Readonly<Record<keyof typeof texts, Statement>>;
