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

  -- Two tables: a backup may leave the key boxes out, or expire them early, so that erasure reaches backups too.
  CREATE TABLE boxes (idx INTEGER PRIMARY KEY, box BLOB NOT NULL) STRICT;
  CREATE TABLE keyboxes (idx INTEGER PRIMARY KEY, keybox BLOB NOT NULL) STRICT;

  CREATE TABLE objects (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  `,
];
