/** (c) Appending and verifying, ours against a bare loop and hypercore, each in a process of its own. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { machineParts } from "./floor/log.ts";
import { type Appended, checkpointKey, officerKey, type Timed } from "./log-workers.ts";
import {
  type Cost,
  interleave,
  measure,
  measureWorker,
  root,
  say,
  spread,
  type Spread,
  work,
} from "./measure.ts";
import type { BenchOptions } from "./options.ts";

export type Rates = {
  /** Entries per second. */
  readonly perSecond: Spread;
  readonly cpuMicroseconds: Spread;
  readonly peakMiB: number;
};
export type LogTest = {
  readonly what: string;
  readonly entries: number;
  readonly rates: Readonly<Record<string, Rates>>;
  /** Ours over the floor: by entries per second, and by processor time per entry. */
  readonly ofFloor: number;
  readonly ofFloorCpu: number;
};
export type LogFigures = {
  readonly tests: readonly LogTest[];
  readonly bytes: { readonly ours: readonly number[]; readonly floor: readonly number[] };
  readonly parts: Readonly<Record<string, number>>;
  readonly missing: Readonly<Record<string, string>>;
};

const peers = join(root, "bench", "peers");
const folders = join(work, "log");

export function measureLog({ singles, entries, rounds }: BenchOptions): LogFigures {
  say("(c) appending and verifying");
  const missing: Record<string, string> = {};
  const whyNot = installPeers();
  if (whyNot !== undefined) missing["hypercore"] = whyNot;
  const hasPeer = whyNot === undefined;
  mkdirSync(folders, { recursive: true });
  const sizes = { ours: [0, 0], floor: [0, 0] };

  const append = (what: string, count: number, batch: number): LogTest => {
    say(` ${what}`);
    const ours = (): Run => {
      const run = worker<Appended>("append", { folder: fresh("ours"), entries: count, batch });
      sizes.ours = [run.jwtBytes, run.boxBytes];
      return run;
    };
    const floor = (): Run => {
      const run = worker<Appended>("append-floor", { folder: fresh("floor"), entries: count, batch });
      sizes.floor = [run.jwtBytes, run.boxBytes];
      return run;
    };
    const peer = (): Run => {
      const bytes = (sizes.ours[0] ?? 0) + (sizes.ours[1] ?? 0);
      return hypercore({ mode: "append", folder: fresh("hypercore"), entries: count, batch, bytes });
    };
    return test(what, count, rounds, { aigaq: ours, floor, ...(hasPeer && { hypercore: peer }) }, missing);
  };

  const tests = [
    append("append, durable one by one", singles, 1),
    append("append, 256 per commit", entries, 256),
  ];
  // The logs that the last test left are the ones to verify.
  const keys = {
    author: officerKey().toString("base64url"),
    log: checkpointKey().toString("base64url"),
  };
  const folder = join(folders, "ours");
  const verify = {
    aigaq: () => worker<Timed>("verify", { folder }),
    floor: () => worker<Timed>("verify-floor", { folder, ...keys }),
    ...(hasPeer && {
      hypercore: () => {
        rmSync(join(folders, "hypercore-copy"), { recursive: true, force: true });
        const task = { mode: "verify", folder: join(folders, "hypercore"), entries, batch: 0, bytes: 1 };
        return hypercore(task);
      },
    }),
  };
  say(" verification");
  tests.push(test("verify the whole log", entries, rounds, verify, missing));
  rmSync(folders, { recursive: true, force: true });
  return { tests, bytes: sizes, parts: machineParts(), missing };
}

type Run = Timed & { readonly cost: Cost };

const worker = <T extends Timed>(name: string, task: object): T & Run => measureWorker<T>(name, task);

function fresh(name: string): string {
  const folder = join(folders, name);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}

function hypercore(task: object): Run {
  const argv = [process.execPath, join(peers, "hypercore.mjs"), JSON.stringify(task)];
  const { stdout, ...cost } = measure(argv);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed by hypercore.mjs
  return { ...(JSON.parse(stdout) as Timed), cost };
}

function test(
  what: string,
  entries: number,
  rounds: number,
  contestants: Readonly<Record<string, () => Run>>,
  missing: Record<string, string>,
): LogTest {
  const { runs, failed } = interleave(rounds, contestants);
  for (const [name, why] of failed) missing[name] = `${what}: ${why}`;
  const rates: Record<string, Rates> = {};
  for (const [name, times] of runs)
    rates[name] = {
      perSecond: spread(times.map((run) => (run.entries * 1000) / run.ms)),
      cpuMicroseconds: spread(times.map((run) => (run.cpuMs * 1000) / run.entries)),
      peakMiB: spread(times.map((run) => run.cost.peakMiB)).median,
    };
  const { aigaq, floor } = rates;
  if (aigaq === undefined || floor === undefined)
    throw new Error(`(c): ${missing["aigaq"] ?? missing["floor"] ?? what}`);
  return {
    what,
    entries,
    rates,
    ofFloor: aigaq.perSecond.median / floor.perSecond.median,
    ofFloorCpu: floor.cpuMicroseconds.median / aigaq.cpuMicroseconds.median,
  };
}

/** Installs hypercore in its own folder when the registry can be reached; else the reason why it is left out. */
function installPeers(): string | undefined {
  if (existsSync(join(peers, "node_modules", "hypercore", "package.json"))) return undefined;
  say("  installing hypercore into bench/peers");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: peers,
    stdio: ["ignore", "ignore", "ignore"],
    timeout: 120_000,
  });
  return status === 0
    ? undefined
    : "hypercore 11.37.1 could not be installed: npm did not reach its registry";
}
