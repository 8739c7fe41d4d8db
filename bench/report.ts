/** Results to docs/benchmarks: a page with tables, and a chart for each section. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { barChart, type Chart, inWords } from "./chart.ts";
import type { Machine } from "./machine.ts";
import type { Spread } from "./measure.ts";
import { count, milliseconds, percent, seconds, table } from "./report-text.ts";
import type { DossierFigures } from "./section-dossier.ts";
import type { ImportFigures, QuestionFigures } from "./section-import.ts";
import { httpChart, httpPart, workspaceChart, workspacePart } from "./report-served.ts";
import type { HttpFigures } from "./section-http.ts";
import type { LogFigures, LogTest } from "./section-log.ts";
import type { WorkspaceFigures } from "./section-workspace.ts";

type Section<T> = { readonly machine: Machine; readonly figures: T };
export type Results = {
  readonly a?: Section<readonly ImportFigures[]>;
  readonly b?: Section<QuestionFigures>;
  readonly c?: Section<LogFigures>;
  readonly d?: Section<readonly DossierFigures[]>;
  readonly e?: Section<HttpFigures>;
  readonly f?: Section<WorkspaceFigures>;
};

export function writeReport(folder: string, { a, b, c, d, e, f }: Results): void {
  const picture = (name: string, chart: Chart): string => {
    writeFileSync(join(folder, `${name}.svg`), barChart(chart));
    return `![${chart.title}. ${inWords(chart)}](${name}.svg)`;
  };
  const parts = [introduction];
  if (a !== undefined) parts.push(importPart(a, picture("import", importChart(a.figures))));
  if (b !== undefined) parts.push(questionPart(b));
  if (c !== undefined) parts.push(logPart(c, picture("log", logChart(c.figures))));
  if (d !== undefined) parts.push(dossierPart(d, picture("dossier", dossierChart(d.figures))));
  if (e !== undefined)
    parts.push(httpPart(e.figures, picture("http", httpChart(e.figures)), where(e.machine)));
  if (f !== undefined)
    parts.push(workspacePart(f.figures, picture("workspace", workspaceChart(f.figures)), where(f.machine)));
  writeFileSync(join(folder, "README.md"), `${parts.join("\n\n")}\n`);
}

const introduction = `# How fast it is

Written by \`npm run bench\`, which measures everything on this page on one machine and side by side: each contestant runs
once, then each runs again, so that whatever else the machine did met all of them alike. Tables give the median, and
the fastest run in brackets. \`npm run bench -- --quick\` takes under a minute; \`--only a\` measures one section anew. The
raw figures are in [results.json](results.json). No test asserts a time.

Wall time is what a person waits. Processor time is user and system time of all threads, as the kernel counts it for the
process (\`wait4\`), and so is peak memory (resident).`;

function importPart({ machine, figures }: Section<readonly ImportFigures[]>, picture: string): string {
  const rows = figures.flatMap((one) =>
    one.contestants.map(({ name, wallMs, cpuMs, peakMiB }) => [
      count(one.rows),
      name === "aigaq" ? "**aigaq**" : name,
      seconds(wallMs),
      seconds(cpuMs),
      `${count(peakMiB.median)} MiB`,
    ]),
  );
  const steps = figures.flatMap((one) =>
    Object.entries(one.steps).map(([name, { wallMs, cpuMs, peakMiB }]) => [
      count(one.rows),
      `\`${name}\``,
      `${(wallMs / 1000).toFixed(2)} s`,
      `${(cpuMs / 1000).toFixed(2)} s`,
      `${count(peakMiB)} MiB`,
    ]),
  );
  const sizes = figures.map(
    (one) =>
      `${count(one.rows)} rows: statement ${count(one.statementMiB)} MiB, database ${count(one.folderMiB)} MiB`,
  );
  return `## (a) A bank statement, to the balance of each appeal

Donations in two currencies to 200 appeals, made by [gen-journal.py](../../bench/gen-journal.py) with seed 1. Ours is the
sum of four commands, each a program start with the passphrase's 64 MiB of Argon2id: \`init\`, \`appeals import\`,
\`statement import donations.csv\` and \`funds --json\`. The answer is compared with the generator's \`expected.csv\`, to the last
minor unit and the last donation, in every round. The peers read the same donations as a journal: \`ledger bal\`,
\`hledger bal --flat\`, and \`bean-query\` summing by account (its cache of the parsed journal removed before each run).

${picture}

${table(["rows", "", "wall", "processor", "peak memory"], rows)}

What ours is made of (medians):

${table(["rows", "command", "wall", "processor", "peak memory"], steps)}

${sizes.join("; ")}.

What is compared is not the same work. The peers parse a text in which the appeal of each donation is already written as
an account, check that each transaction balances, and print sums; they keep nothing, so the next question costs the same
again. Ours finds the appeal in the memo, gives every row its place among the statements of its account, makes each field
that names a person a salted disclosure of its own, signs and seals all of it, keeps a Merkle tree and a signed checkpoint,
and waits for the disk after each commit; the next question costs what (b) says. ${missingText(figures.map((one) => one.missing))}

${where(machine)}`;
}

function questionPart({ machine, figures }: Section<QuestionFigures>): string {
  const { show, unlock, beyond, rows, peakMiB } = figures;
  const line = (what: string, { min, median, max }: Spread): string[] => [
    what,
    milliseconds(min),
    `**${milliseconds(median)}**`,
    milliseconds(max),
  ];
  return `## (b) One question to a folder of ${count(rows)} credits

\`aigaq funds show A001 --json\` on the data folder of (a), ${show.runs} times, in turn with a program that starts the same
Node, reads the same keyring and unlocks it with the passphrase ([unlock.ts](../../bench/unlock.ts)), which is what any
question must wait for. *Beyond* is each run of \`funds show\` less the median of unlocking. The aim is under 150 ms.

${table(
  ["", "min", "median", "max"],
  [line("`funds show`", show), line("start and unlock alone", unlock), line("beyond unlocking", beyond)],
)}

Peak memory ${count(peakMiB)} MiB, of which Argon2id takes 64. The answer comes from a sealed snapshot bound to the size
and root of the tree, whose checkpoint signature and right edge are verified each time; \`log check\` is what recomputes all
of it from the entries.

${where(machine)}`;
}

function logPart({ machine, figures }: Section<LogFigures>, picture: string): string {
  const rows = figures.tests.flatMap(({ what, entries, rates }) =>
    Object.entries(rates).map(([name, { perSecond, cpuMicroseconds, peakMiB }]) => [
      what,
      count(entries),
      name === "aigaq" ? "**aigaq**" : name,
      `${count(perSecond.median)} (${count(perSecond.max)})`,
      `${cpuMicroseconds.median.toFixed(1)} µs`,
      `${count(peakMiB)} MiB`,
    ]),
  );
  const ratios = figures.tests.map(({ what, ofFloor, ofFloorCpu, rates }) => [
    what,
    ratio(ofFloor),
    ratio(ofFloorCpu),
    rates["hypercore"] === undefined ? "–" : ratio(ofPeer(rates)),
  ]);
  const parts = Object.entries(figures.parts).map(([what, perSecond]) => [what, count(perSecond)]);
  const [jwt = 0, box = 0] = figures.bytes.ours;
  const [floorJwt = 0, floorBox = 0] = figures.bytes.floor;
  return `## (c) Appending and verifying

An entry is a payment with four fields shown and four hidden, linked to the last of its stream and anchored in the tree,
signed by its author, its disclosures sealed in a box for the room: ${count(jwt)} bytes of JWT and ${count(box)} of box and key box
(the floor makes ${count(floorJwt)} and ${count(floorBox)}). *Durable* means that \`append\` answers after the fsync of a commit that holds
entries, boxes, tiles and signed checkpoint.

${picture}

${table(["", "entries", "", "entries per second (best)", "processor per entry", "peak memory"], rows)}

${table(["ours over", "floor, by entries per second", "floor, by processor time", "hypercore"], ratios)}

**The floor** ([floor/log.ts](../../bench/floor/log.ts)) is a bare loop in one process over node:crypto and node:sqlite, in the
same Node. Appending, it makes for each entry the same number and length of salts (fetched in portions, as ours are), disclosures and their hashes, the
text, the author's signature, its hash and leaf, and seals box and key (HKDF-SHA-512, AES-256-GCM); for each commit the root, its
signature, and the same tables under the same settings of SQLite (WAL, \`synchronous=FULL\`, \`secure_delete\`). It leaves out
what ours does besides: checks of each field, the second hash of each entry before it is signed into the tree, reading every row back and hashing it again before the commit,
tiles, the compare-and-swap on the size, and refusals. Verifying, it reads our own log, hashes each entry, verifies its
signature, rebuilds the tree and verifies the checkpoint's signature; ours also parses each entry strictly, checks keys and
their terms, streams, anchors, leaf hashes and tiles, and has SQLite check its own file.

**hypercore** (11.37.1) appends encrypted blocks of the same size and keeps a Merkle tree with signed heads. It signs once per
append, not once per entry, so that a batch of 256 has one signature where ours has 257; it does not wait for the disk; a
block has no author of its own, no hidden fields and no proof that stands alone. Its verification is replication to a
fresh core, the only way it has, and so includes the copying and writing. ${missingText([figures.missing])}

What this machine does per second, one thread, measured in the same run:

${table(["", "per second"], parts)}

${where(machine)}`;
}

function dossierPart({ machine, figures }: Section<readonly DossierFigures[]>, picture: string): string {
  const rows = figures.flatMap(({ entries, disclosures, dossierKiB, ours, floor, ofFloor, ofFloorCpu }) => [
    [
      `${count(entries)} entries, ${count(disclosures)} disclosures, ${count(dossierKiB)} KiB`,
      perSecondOf(entries, ours),
      perSecondOf(entries, floor),
      ratio(ofFloor),
      ratio(ofFloorCpu),
    ],
  ]);
  const programs = figures.flatMap(({ entries, programs }) =>
    Object.entries(programs).map(([name, wall]) => [
      count(entries),
      `\`${name}\``,
      seconds(wall),
      perSecondOf(entries, wall),
    ]),
  );
  return `## (d) Verifying a dossier

The books of the sample foundation with more payments, each confirmed twice, for the whole year, everything in them
disclosed that \`dossier make\` discloses by itself. Both sides begin with the bytes of the zip in a process that has just
started, so that compilation counts.

${picture}

${table(["dossier", "aigaq, entries/s (best)", "floor, entries/s (best)", "ours over floor, wall", "by processor"], rows)}

The floor ([floor/dossier.ts](../../bench/floor/dossier.ts)) unpacks the zip and computes what nobody can leave out: SHA-256 of
every file, each entry's hash and signature, the hashes of its disclosures and of its path to the root. Ours also parses
every entry and disclosure strictly, checks the form of the archive, keys, streams and anchors, folds the books, recomputes
every figure and the three readable pages from the entries and compares them, and lists each check. Whole programs, start
included:

${table(["entries", "program", "wall", "entries/s (best)"], programs)}

\`verify.py\` has the Python standard library only, so its Ed25519 is arithmetic on Python's integers: it is meant to be
read, and to need nothing.

${where(machine)}`;
}

const ratio = (value: number): string => value.toFixed(2);
const perSecondOf = (entries: number, { median, min }: Spread): string =>
  `${count((entries * 1000) / median)} (${count((entries * 1000) / min)})`;

function ofPeer(rates: LogTest["rates"]): number {
  return (rates["aigaq"]?.perSecond.median ?? 0) / (rates["hypercore"]?.perSecond.median ?? 1);
}

function missingText(missing: readonly Readonly<Record<string, string>>[]): string {
  const sentences = new Set(
    missing.flatMap((one) => Object.entries(one).map(([name, why]) => `${name}: ${why}.`)),
  );
  return sentences.size === 0 ? "" : `Not measured: ${[...sentences].join(" ")}`;
}

function where(machine: Machine): string {
  const { date, cpu, cores, memoryGiB, system, load, commit, versions } = machine;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `<sub>${date}, commit ${commit}, ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}; load before the section ${load}; ${programs.join(", ")}.</sub>`;
}

function importChart(figures: readonly ImportFigures[]): Chart {
  return {
    title: "A bank statement, to the balance of each appeal",
    unit: "Seconds of wall time, median; shorter is better. Peers sum a journal, ours also signs, seals and logs",
    groups: figures.map(({ rows, contestants }) => ({
      title: `${count(rows)} donations`,
      bars: contestants.map(({ name, wallMs, peakMiB }) => ({
        label: name,
        value: wallMs.median,
        text: `${(wallMs.median / 1000).toFixed(1)} s, ${count(peakMiB.median)} MiB`,
        isOurs: name === "aigaq",
      })),
    })),
  };
}

function logChart({ tests }: LogFigures): Chart {
  return {
    title: "Signed, sealed entries",
    unit: "Entries per second, median; longer is better. hypercore signs once per append and does not fsync",
    groups: tests.map(({ what, rates }) => ({
      title: what,
      bars: Object.entries(rates).map(([name, { perSecond }]) => ({
        label: name === "floor" ? "bare loop (floor)" : name,
        value: perSecond.median,
        text: count(perSecond.median),
        isOurs: name === "aigaq",
      })),
    })),
  };
}

function dossierChart(figures: readonly DossierFigures[]): Chart {
  return {
    title: "Verifying a dossier",
    unit: "Entries per second, median; longer is better",
    groups: figures.map(({ entries, ours, floor, ofFloor }) => ({
      title: `${count(entries)} entries (${percent(ofFloor)} of the floor)`,
      bars: [
        {
          label: "aigaq",
          value: entries / ours.median,
          text: count((entries * 1000) / ours.median),
          isOurs: true,
        },
        {
          label: "bare loop (floor)",
          value: entries / floor.median,
          text: count((entries * 1000) / floor.median),
          isOurs: false,
        },
      ],
    })),
  };
}
