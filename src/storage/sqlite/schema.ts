/**
 * The tables, as a list of migrations: `user_version` counts how many have run. A migration is never edited
 * after a release; the next one is added below it.
 */

/** "aigq" in ASCII: `file aigaq.db` and our own opening tell this file from any other SQLite database. */
export const applicationId = 0x61696771;

export const migrations: readonly string[] = [
  `
  -- The compare-and-swap row: who commits must name the size he built on.
  CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    checkpoint TEXT
  ) STRICT;
  INSERT INTO head (id, size, checkpoint) VALUES (1, 0, NULL);

  -- "hash" stands before "jwt" so that reading leaf hashes skips the long part of each row.
  CREATE TABLE entries (
    idx INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    jwt TEXT NOT NULL
  ) STRICT;

  CREATE TABLE tiles (
    level INTEGER NOT NULL,
    n INTEGER NOT NULL,
    root BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (level, n)
  ) STRICT;

  -- The key box stands before the box: a backup or export that must not outlive an erasure leaves that column out.
  CREATE TABLE boxes (
    idx INTEGER PRIMARY KEY,
    keybox BLOB NOT NULL,
    box BLOB NOT NULL
  ) STRICT;

  CREATE TABLE objects (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  `,
];
