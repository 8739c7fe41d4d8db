import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url));
/** Data folders, journals, outputs: large, and made again when missing. */
export const work = join(root, ".cache", "bench");
const timed = join(root, "bench", "timed.py");

/** What one run of a program cost. */
export type Cost = {
  readonly wallMs: number;
  /** User and system time, all threads. */
  readonly cpuMs: number;
  readonly peakMiB: number;
};

export type Spread = {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly runs: number;
};

/** Same start for everyone: the compile cache that `./aigaq` uses, the passphrase, no terminal. */
const environment = {
  ...process.env,
  AIGAQ_PASSPHRASE: "benchmark passphrase of no value",
  NODE_COMPILE_CACHE: join(root, ".cache", "compile"),
  LANG: "C.UTF-8",
};

/** Runs a program to its end and measures it. Throws when it fails: a wrong answer has no speed. */
export function measure(argv: readonly string[]): Cost & { readonly stdout: string } {
  mkdirSync(work, { recursive: true });
  const result = join(work, `result-${process.pid}.json`);
  const stdout = join(work, `stdout-${process.pid}.txt`);
  const run = spawnSync("python3", [timed, result, stdout, ...argv], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 64 * 2 ** 20,
  });
  if (run.status !== 0) throw new Error(`${argv.join(" ")}: could not be run: ${String(run.stderr)}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by timed.py, above
  const cost = JSON.parse(readFileSync(result, "utf8")) as Cost & { status: number };
  const text = readFileSync(stdout, "utf8");
  if (cost.status !== 0)
    throw new Error(`${argv.join(" ")}: exit ${cost.status}\n${String(run.stderr)}\n${text.slice(0, 2_000)}`);
  return { wallMs: cost.wallMs, cpuMs: cost.cpuMs, peakMiB: cost.peakMiB, stdout: text };
}

/** Runs one of our own workers in a process of its own; it prints what it measured inside as JSON. */
export function measureWorker<T>(name: string, task: object): T & { readonly cost: Cost } {
  const argv = [process.execPath, join(root, "bench", "run.ts"), "--worker", name, JSON.stringify(task)];
  const { stdout, ...cost } = measure(argv);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed by the worker
  return { ...(JSON.parse(stdout) as T), cost };
}

/** The command line as people run it. */
export const aigaq = (...args: readonly string[]): string[] => [join(root, "aigaq"), ...args];

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (i: number): number => sorted[i] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  const median = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
  return { min: at(0), median, max: at(sorted.length - 1), runs: sorted.length };
}

/**
 * One run of each, then again from the first: whatever else the machine does meanwhile meets all of them alike. What
 * the first run of a contestant throws takes it out, with the reason.
 */
export function interleave<T>(
  rounds: number,
  contestants: Readonly<Record<string, (round: number) => T>>,
): { readonly runs: ReadonlyMap<string, readonly T[]>; readonly failed: ReadonlyMap<string, string> } {
  const runs = new Map<string, T[]>();
  const failed = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      if (failed.has(name)) continue;
      say(`  ${name}, round ${round + 1} of ${rounds}`);
      try {
        runs.set(name, [...(runs.get(name) ?? []), run(round)]);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        failed.set(name, why.split("\n", 1)[0] ?? why);
        say(`  ${name}: ${why}`);
      }
    }
  }
  return { runs, failed };
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Whether a program is there. */
export function isInstalled(program: string): boolean {
  return spawnSync("which", [program]).status === 0;
}
