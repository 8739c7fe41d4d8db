/**
 * `npm run bench`: measures this program beside others, in one run, and writes tables and charts to docs/benchmarks/.
 * Nothing here asserts a speed; a wrong answer, though, ends the run.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describeMachine, type Machine } from "./machine.ts";
import { root, say, work } from "./measure.ts";
import { type BenchOptions, readOptions, type SectionName, usage } from "./options.ts";
import { type Results, writeReport } from "./report.ts";
import { measureDossier } from "./section-dossier.ts";
import { measureHttp } from "./section-http.ts";
import { measureImport, measureQuestion } from "./section-import.ts";
import { measureLog } from "./section-log.ts";
import { measureWorkspace } from "./section-workspace.ts";

/** What runs in a process of its own, started by `measureWorker`. */
async function runWorker(name: string, task: string): Promise<unknown> {
  const input = JSON.parse(task);
  switch (name) {
    case "append":
      return (await import("./log-workers.ts")).appendOurs(input);
    case "append-floor":
      return (await import("./floor/log.ts")).appendFloor(input);
    case "verify":
      return (await import("./log-workers.ts")).verifyOurs(input);
    case "verify-floor":
      return (await import("./floor/log.ts")).verifyFloor(input);
    case "dossier":
      return (await import("./dossier-workers.ts")).verifyDossierOurs(input);
    case "dossier-floor":
      return (await import("./dossier-workers.ts")).verifyDossierBare(input);
    case "http-load":
      return (await import("./http-load.ts")).load(input);
    case "serve-site":
      return (await import("./http-workers.ts")).serveSample();
    case "serve-bare":
      return (await import("./http-workers.ts")).serveBare(input);
    case "serve-folder":
      return (await import("./http-workers.ts")).serveData(input);
    case "append-http":
      return (await import("./http-workers.ts")).appendThroughHttp(input);
    case "search":
      return (await import("./search-workers.ts")).searchOurs(input);
    case "search-minisearch":
      return (await import("./search-workers.ts")).searchMinisearch(input);
    case "queries":
      return (await import("./query-workers.ts")).askQueries(input);
    default:
      throw new Error(`no worker ${name}`);
  }
}

function measureSection(name: SectionName, options: BenchOptions): object | Promise<object> {
  switch (name) {
    case "a":
      return options.rows.map((rows, i) => measureImport(rows, options.importRounds[i] ?? 1));
    case "b":
      return measureQuestion(Math.max(...options.rows), options.questions);
    case "c":
      return measureLog(options);
    case "d":
      return options.payments.map((payments) => measureDossier(payments, options.rounds));
    case "e":
      return measureHttp(options);
    case "f":
      return measureWorkspace(options);
  }
}

async function main(options: BenchOptions): Promise<void> {
  const folder = options.quick ? join(work, "quick") : join(root, "docs", "benchmarks");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "results.json");
  // Sections that are not asked for keep their figures, each with its own machine and date.
  const results: Record<string, { machine: Machine; figures: unknown }> = existsSync(path)
    ? JSON.parse(readFileSync(path, "utf8"))
    : {};
  for (const name of options.only) {
    const machine = describeMachine();
    results[name] = { machine, figures: await measureSection(name, options) };
    // After each section, so that an interrupted run goes on with --only.
    writeFileSync(path, `${JSON.stringify(results, null, 1)}\n`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program only
  writeReport(folder, results as Results);
  say(`Written to ${folder}/README.md`);
}

const [first, name, task] = process.argv.slice(2);
if (first === "--worker") {
  process.stdout.write(JSON.stringify(await runWorker(name ?? "", task ?? "")));
} else {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    say(usage);
    process.exitCode = 2;
  } else await main(options);
}
