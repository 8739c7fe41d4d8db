import { parseArgs } from "node:util";

export const sectionNames = ["a", "b", "c", "d", "e", "f"] as const;
export type SectionName = (typeof sectionNames)[number];

/** How much is measured, and how often. */
export type BenchOptions = {
  readonly quick: boolean;
  readonly only: readonly SectionName[];
  /** Statements of (a), in credits; (b) asks the data folder of the largest. */
  readonly rows: readonly number[];
  /** Rounds of (a), one number per size of `rows`. */
  readonly importRounds: readonly number[];
  /** Runs of each side of (b). */
  readonly questions: number;
  /** Entries appended one by one; appended in batches, and verified. */
  readonly singles: number;
  readonly entries: number;
  /** Rounds of (c) and (d). */
  readonly rounds: number;
  /** Payments in the books of the dossiers; each makes up to three entries. */
  readonly payments: readonly number[];
};

export const usage = `npm run bench -- [--quick] [--only a,b,c,d,e,f] [--rows 100000,1000000] [--rounds 3] [--entries 100000]

  a  a bank statement to the balance of each appeal, against ledger, hledger and beancount
  b  one question to the data folder of the largest statement
  c  appending and verifying signed, sealed entries, against hypercore and a bare loop
  d  verifying dossiers, against a bare loop
  e  a public page against bare node:http, and appending through HTTP
  f  opening the workspace in Chromium, searching, and what its files weigh

  --quick    10 000 rows, under a minute; the figures go to .cache/bench/quick, not to docs/benchmarks
  --only     these sections; the figures of the others stay as they are
`;

/** undefined when the command line is not understood. */
export function readOptions(argv: readonly string[]): BenchOptions | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        quick: { type: "boolean", default: false },
        only: { type: "string" },
        rows: { type: "string" },
        rounds: { type: "string" },
        entries: { type: "string" },
      },
    });
    const quick = values.quick;
    const rows = numbers(values.rows ?? (quick ? "10000" : "100000,1000000"));
    const rounds = Number(values.rounds ?? (quick ? 1 : 3));
    const entries = Number(values.entries ?? (quick ? 5_000 : 100_000));
    const only = sectionNames.filter((name) => (values.only ?? "a,b,c,d,e,f").split(",").includes(name));
    const isUnderstood = [rounds, entries, ...rows].every((n) => Number.isSafeInteger(n) && n > 0);
    if (!isUnderstood || only.length === 0) return undefined;
    return {
      quick,
      only,
      rows,
      // A million rows take minutes with some peers: two rounds there, so that all of it stays under a quarter of an hour.
      importRounds: rows.map((n) => (n >= 1_000_000 ? Math.min(2, rounds) : rounds)),
      questions: quick ? 5 : 15,
      singles: Math.min(entries, quick ? 2_000 : 20_000),
      entries,
      rounds,
      payments: quick ? [70] : [70, 2_000],
    };
  } catch {
    return undefined;
  }
}

const numbers = (list: string): number[] => list.split(",").map(Number);
