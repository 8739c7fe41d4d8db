/**
 * `npm run drills`: every drill of storage and import, one after the other, each a program of its own. Writes what they found,
 * and how it was obtained, to docs/benchmarks/drills.md. Exit status 1 as soon as one finds a loss.
 *
 *     node test/drills/run.ts [--seed 1] [--share 100]
 *
 * `--share 5` runs five hundredths of each and writes no report: to see that the drills still work.
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { numberArgument } from "./harness.ts";

type Drill = {
  readonly file: string;
  readonly count: readonly [flag: string, times: number];
  readonly more?: readonly string[];
};

const drills: readonly Drill[] = [
  { file: "import-kill.ts", count: ["kills", 180] },
  // So many gifts that a second thread signs, and that the parts of the statement go into several commits.
  { file: "import-kill.ts", count: ["kills", 20], more: ["--gifts", "30000"] },
  { file: "import-disk-full.ts", count: ["rounds", 20] },
  { file: "kill.ts", count: ["kills", 200] },
  { file: "disk-full.ts", count: ["rounds", 20] },
  { file: "power-cut.ts", count: ["cuts", 20] },
];

const root = resolve(import.meta.dirname, "../..");
const reportPath = join(root, "docs/benchmarks/drills.md");
const seed = numberArgument("seed", 1);
const share = numberArgument("share", 100);

/** Runs a drill, shows its lines as they come, and gives the last one: its summary. */
function run(words: readonly string[]): Promise<{ code: number | null; summary: string }> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [...words], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let summary = "";
    createInterface({ input: child.stdout }).on("line", (line) => {
      console.log(line);
      summary = line;
    });
    child.once("error", reject);
    child.once("close", (code) => done({ code, summary }));
  });
}

const started = new Date();
const found: string[] = [];
for (const { file, count, more = [] } of drills) {
  const [flag, times] = count;
  const words = [
    `--${flag}`,
    String(Math.max(1, Math.round((times * share) / 100))),
    ...more,
    "--seed",
    String(seed),
  ];
  console.log(`\n— ${file} ${words.join(" ")}`);
  const began = performance.now();
  const { code, summary } = await run([join("test/drills", file), ...words]);
  if (code !== 0) {
    console.error(`${file} found a broken promise (exit status ${code}); the lines above say which.`);
    process.exit(1);
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  found.push(`| \`node test/drills/${file} ${words.join(" ")}\` | ${summary} | ${seconds} s |`);
}

if (share === 100) {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.version}`;
  mkdirSync(dirname(reportPath), { recursive: true });
  writeFileSync(
    reportPath,
    `# Drills: what survives a kill, a full disk and a power cut

Written by \`npm run drills\` on ${started.toISOString().slice(0, 10)}, seed ${seed}, on ${machine}. Other work may have shared the machine:
the durations say how long a run takes, nothing about speed.

| Drill | What was found | Took |
|---|---|---|
${found.join("\n")}

## How it was obtained

- **import-kill**: \`aigaq statement import\` runs as a process of its own and tells, after each append, the size and root that were acknowledged to
  it. It gets \`SIGKILL\` at a random instant between its start and its end. Then every acknowledged root must be the root of a prefix of what
  the folder holds, and the checks of \`aigaq log check\` must all hold. More than half of the folders are struck again, on the resumed import; the others are
  completed by importing the file again: then \`aigaq log check\` must exit with 0, the figures must be those of an undisturbed import, and the
  entries exactly as many.
- **import-disk-full**: the same import on a tmpfs with a random number of bytes left. It must end with exit status 2 and say that the disk is
  full, or fit; after space is freed, \`log check\` must pass and the same command complete the file.
- **kill**, **disk-full**, **power-cut**: storage and sequencer alone, as \`docs/concepts/durability.md\` tells.
- A drill ends at the first broken promise with exit status 1, so every figure of losses here is zero or the run failed. Its seed repeats its
  choices; the instants still differ, because the machine does.
`,
  );
  console.log(`\nwritten: docs/benchmarks/drills.md`);
}
