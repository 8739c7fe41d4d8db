/**
 * The tables, as a list of migrations: `aigaq.format` counts how many have run. A migration is never edited after a
 * release; the next one is added below it. All stands in a schema of its own, so that nothing else in the database is
 * ever touched, and every statement names it, so that no `search_path` can lead a statement elsewhere.
 */

export const migrations: readonly string[] = [
  `
  -- The compare-and-swap row: who commits must name the size he built on. Its lock is what several processes queue for.
  -- The room left on its page lets each new version replace the one before without touching an index.
  CREATE TABLE aigaq.head (
    id int PRIMARY KEY CHECK (id = 1),
    size bigint NOT NULL,
    checkpoint text COLLATE "C"
  ) WITH (fillfactor = 10);
  INSERT INTO aigaq.head (id, size, checkpoint) VALUES (1, 0, NULL);

  -- The hash rides in the index, so that reading leaf hashes skips the long part of each row.
  CREATE TABLE aigaq.entries (
    idx bigint NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    jwt text COLLATE "C" NOT NULL,
    CONSTRAINT entries_place PRIMARY KEY (idx) INCLUDE (hash),
    CONSTRAINT entries_once UNIQUE (hash)
  );

  CREATE TABLE aigaq.tiles (
    level int NOT NULL,
    n bigint NOT NULL,
    root bytea NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (level, n)
  );

  CREATE TABLE aigaq.boxes (idx bigint PRIMARY KEY, keybox bytea NOT NULL, box bytea NOT NULL);

  CREATE TABLE aigaq.objects (name text COLLATE "C" PRIMARY KEY, bytes bytea NOT NULL);

  -- Not in the write-ahead log and emptied by a crash: a snapshot may be missing at any moment.
  CREATE UNLOGGED TABLE aigaq.cache (name text COLLATE "C" PRIMARY KEY, bytes bytea NOT NULL);

  -- Hashes and ciphertext do not compress; EXTERNAL saves the attempt.
  ALTER TABLE aigaq.tiles ALTER COLUMN bytes SET STORAGE EXTERNAL;
  ALTER TABLE aigaq.boxes ALTER COLUMN box SET STORAGE EXTERNAL;
  ALTER TABLE aigaq.objects ALTER COLUMN bytes SET STORAGE EXTERNAL;
  ALTER TABLE aigaq.cache ALTER COLUMN bytes SET STORAGE EXTERNAL;
  `,
];

/** Notified with the new size in each commit. */
export const headChannel = "aigaq_head";

/** "aigq" in ASCII: the advisory lock under which the tables are made, so that two programs do not make them twice. */
export const schemaLock = 0x61696771;
