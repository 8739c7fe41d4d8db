/**
 * THE table of who imports whom. Folders of `src/` are cut by trust first, by subject second; a folder may
 * always import itself. `test/tidy/boundaries.test.ts` enforces it, so a forbidden import fails `npm run check`.
 *
 * Read off the table: the kernel imports nothing of ours; the server holds no decryption (`vault/open`); the
 * verifier and the dossier reach no storage and no network; statements and domain rules are pure.
 *
 * `node`: built-in modules of Node that the folder may import (`node:` prefix left out). Pure folders have none,
 * so that the same code runs in a browser.
 */
export type FolderRule = {
  readonly ours: readonly string[];
  readonly npm: readonly string[];
  readonly node: readonly string[];
};

export const boundaries: Readonly<Record<string, FolderRule>> = {
  record: { ours: [], npm: ["@noble/hashes", "@noble/curves"], node: [] },
  vault: {
    ours: ["record"],
    npm: ["age-encryption", "@noble/hashes", "hash-wasm", "shamir-secret-sharing"],
    node: [],
  },
  language: { ours: [], npm: [], node: [] },
  charts: { ours: ["language"], npm: [], node: [] },
  domain: { ours: ["record"], npm: [], node: [] },
  statements: { ours: ["record"], npm: ["papaparse", "read-excel-file", "unpdf", "saxes"], node: [] },
  dossier: { ours: ["record", "domain"], npm: ["fflate"], node: [] },
  verifier: { ours: ["record", "domain", "dossier"], npm: ["fflate"], node: [] },
  storage: { ours: ["record"], npm: ["pg"], node: ["sqlite", "fs", "path"] },
  log: { ours: ["record", "storage/contract", "storage/tile-reader"], npm: [], node: [] },
  session: {
    ours: [
      "record",
      "vault",
      "language",
      "domain",
      "statements",
      "dossier",
      "log",
      "storage/contract",
      "storage/tile-reader",
    ],
    npm: ["papaparse"],
    node: [],
  },
  site: {
    ours: ["record", "language", "charts", "domain"],
    npm: ["hono", "qr", "@myriaddreamin/typst-ts-web-compiler"],
    node: [],
  },
  server: {
    ours: ["record", "language", "storage", "log", "site", "vault/seal"],
    npm: ["hono", "@hono/node-server"],
    node: [
      "fs",
      "path",
      "http",
      "crypto",
      "zlib",
      "url",
      "process",
      "stream",
      "events",
      "timers",
      "worker_threads",
    ],
  },
  workspace: {
    ours: [
      "record",
      "vault",
      "language",
      "charts",
      "domain",
      "statements",
      "dossier",
      "verifier",
      "log",
      "storage/contract",
      "storage/tile-reader",
      "storage/memory",
      "session",
    ],
    npm: [
      "react",
      "react-dom",
      "@mantine/core",
      "@mantine/hooks",
      "@mantine/spotlight",
      "@mantine/notifications",
      "@tanstack/react-virtual",
      "@tanstack/react-query",
      "@fontsource-variable/golos-text",
      "wouter",
      "hucre",
      "qr",
      "papaparse",
      "fflate",
    ],
    node: [],
  },
  witness: { ours: ["record", "storage"], npm: [], node: ["fs", "http", "path"] },
  cli: {
    ours: [
      "record",
      "vault",
      "language",
      "domain",
      "statements",
      "dossier",
      "verifier",
      "storage",
      "log",
      "session",
      "server",
      "witness",
    ],
    npm: ["papaparse"],
    node: [
      "fs",
      "path",
      "process",
      "readline",
      "tty",
      "os",
      "crypto",
      "module",
      "url",
      "util",
      "child_process",
      "worker_threads",
    ],
  },
};
