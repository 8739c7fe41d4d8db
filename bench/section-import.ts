/** (a) A bank statement to the balance of each appeal, and (b) one question to the data folder that came of it. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import {
  aigaq,
  type Cost,
  interleave,
  isInstalled,
  measure,
  root,
  say,
  spread,
  type Spread,
  work,
} from "./measure.ts";

export type Contestant = {
  readonly name: string;
  readonly wallMs: Spread;
  readonly cpuMs: Spread;
  readonly peakMiB: Spread;
};
export type ImportFigures = {
  readonly rows: number;
  readonly statementMiB: number;
  readonly folderMiB: number;
  readonly contestants: readonly Contestant[];
  /** What our total is made of, median of the rounds. */
  readonly steps: Readonly<Record<string, Cost>>;
  readonly missing: Readonly<Record<string, string>>;
};

const account = "KZ000000000000000001";
const folderOf = (rows: number): string => join(work, `data-${rows}`);
const journalOf = (rows: number): string => join(work, `journal-${rows}`);

/** The generated journal, in each program's own notation; the same bytes every time. */
function makeJournal(rows: number): string {
  const folder = journalOf(rows);
  if (existsSync(join(folder, "complete"))) return folder;
  say(`  writing the journal of ${rows} donations`);
  measure(["python3", join(root, "bench", "gen-journal.py"), String(rows), "1", folder]);
  writeFileSync(join(folder, "complete"), "");
  return folder;
}

/** The generator's 200 appeals, as a person would have entered them. */
function makeAppeals(): string {
  const path = join(work, "appeals.json");
  const appeals = Array.from({ length: 200 }, (_, i) => {
    const number = String(i + 1).padStart(3, "0");
    return {
      id: `A${number}`,
      hashtag: `#measured${number}`,
      opened: "2023-12-31",
      title: { kk: `Өлшеу ${number}`, ru: `Замер ${number}`, en: `Measurement ${number}` },
      currency: "KZT",
    };
  });
  const names = { kk: "Өлшеу қоры", ru: "Фонд замера", en: "The Measured Foundation" };
  writeFileSync(
    path,
    JSON.stringify({ foundation: names, unsigned: "general", shortfall: "general", appeals }),
  );
  return path;
}

/** The same answer to the last tiyn and the last donation, or no figure at all. */
function compareWithExpected(rows: number, json: string): void {
  const lines = readFileSync(join(journalOf(rows), "expected.csv"), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compared with the expected lines right here
  const { appeals } = JSON.parse(json) as {
    appeals: { appeal: string; raised: { currency: string; minor: string; donations: number }[] }[];
  };
  const found = appeals.flatMap(({ appeal, raised }) =>
    raised.map(({ currency, minor, donations }) => `${appeal},${currency},${donations},${minor}`),
  );
  if (JSON.stringify(found.sort()) !== JSON.stringify(lines.sort()))
    throw new Error(`the balances of ${rows} donations are not those expected`);
}

const stepNames = ["init", "appeals import", "statement import", "funds --json"] as const;

function importOurs(rows: number, steps: Map<string, Cost[]>): Cost {
  const folder = folderOf(rows);
  rmSync(folder, { recursive: true, force: true });
  const csv = join(journalOf(rows), "donations.csv");
  const columns = "date=1,memo=2,amount=3,currency=4,counterparty=5";
  const commands = [
    ["init", "--name", "The Measured Foundation", "--currency", "KZT"],
    ["appeals", "import", makeAppeals()],
    ["statement", "import", csv, "--map", columns, "--account", account],
    ["funds", "--json"],
  ];
  const total = { wallMs: 0, cpuMs: 0, peakMiB: 0 };
  let answer = "";
  for (const [i, command] of commands.entries()) {
    const { stdout, ...cost } = measure(aigaq(...command, "--data", folder));
    answer = stdout;
    total.wallMs += cost.wallMs;
    total.cpuMs += cost.cpuMs;
    total.peakMiB = Math.max(total.peakMiB, cost.peakMiB);
    const step = stepNames[i] ?? "";
    steps.set(step, [...(steps.get(step) ?? []), cost]);
  }
  compareWithExpected(rows, answer);
  writeFileSync(join(folder, "complete"), "");
  return total;
}

export function measureImport(rows: number, rounds: number): ImportFigures {
  say(`(a) ${rows} credits`);
  const journal = makeJournal(rows);
  const steps = new Map<string, Cost[]>();
  const sums = "SELECT account, sum(position) WHERE account ~ 'Appeal' GROUP BY account";
  const peers: Record<string, { program: string; argv: string[] }> = {
    ledger: { program: "ledger", argv: ["ledger", "-f", join(journal, "donations.journal"), "bal"] },
    hledger: {
      program: "hledger",
      argv: ["hledger", "-f", join(journal, "donations.journal"), "bal", "--flat"],
    },
    beancount: { program: "bean-query", argv: ["bean-query", join(journal, "donations.beancount"), sums] },
  };
  const contestants: Record<string, (round: number) => Cost> = { aigaq: () => importOurs(rows, steps) };
  const missing: Record<string, string> = {};
  for (const [name, { program, argv }] of Object.entries(peers)) {
    // beancount keeps a parsed copy beside the journal; what is measured is reading the journal.
    const cache = join(journal, ".donations.beancount.picklecache");
    if (isInstalled(program))
      contestants[name] = () => {
        rmSync(cache, { force: true });
        return measure(argv);
      };
    else missing[name] = "not installed here";
  }
  const { runs, failed } = interleave(rounds, contestants);
  for (const [name, why] of failed) missing[name] = why;
  if (missing["aigaq"] !== undefined) throw new Error(`(a): ${missing["aigaq"]}`);
  return {
    rows,
    statementMiB: statSync(join(journal, "donations.csv")).size / 2 ** 20,
    folderMiB: statSync(join(folderOf(rows), "aigaq.db")).size / 2 ** 20,
    contestants: [...runs].map(([name, costs]) => ({
      name,
      wallMs: spread(costs.map(({ wallMs }) => wallMs)),
      cpuMs: spread(costs.map(({ cpuMs }) => cpuMs)),
      peakMiB: spread(costs.map(({ peakMiB }) => peakMiB)),
    })),
    steps: Object.fromEntries([...steps].map(([name, costs]) => [name, medianCost(costs)])),
    missing,
  };
}

function medianCost(costs: readonly Cost[]): Cost {
  const median = (of: (cost: Cost) => number): number => spread(costs.map(of)).median;
  return {
    wallMs: median(({ wallMs }) => wallMs),
    cpuMs: median(({ cpuMs }) => cpuMs),
    peakMiB: median(({ peakMiB }) => peakMiB),
  };
}

export type QuestionFigures = {
  readonly rows: number;
  readonly show: Spread;
  readonly unlock: Spread;
  /** `funds show` less the median of unlocking. */
  readonly beyond: Spread;
  readonly peakMiB: number;
};

export function measureQuestion(rows: number, runs: number): QuestionFigures {
  say(`(b) funds show, ${rows} credits`);
  const folder = folderOf(rows);
  if (!existsSync(join(folder, "complete"))) {
    mkdirSync(work, { recursive: true });
    makeJournal(rows);
    say("  making the data folder first");
    importOurs(rows, new Map());
  }
  const show = aigaq("funds", "show", "A001", "--json", "--data", folder);
  const unlock = [
    process.execPath,
    fileURLToPath(import.meta.resolve("./unlock.ts")),
    join(folder, "keys", "M-01.keyring"),
  ];
  // Once each unmeasured: the compile cache and the file cache are then as they are from the second question on.
  measure(show);
  measure(unlock);
  const times = { show: [] as Cost[], unlock: [] as Cost[] };
  for (let i = 0; i < runs; i++) {
    times.show.push(measure(show));
    times.unlock.push(measure(unlock));
  }
  const of = (costs: readonly Cost[]): Spread => spread(costs.map(({ wallMs }) => wallMs));
  const unlocking = of(times.unlock);
  return {
    rows,
    show: of(times.show),
    unlock: unlocking,
    beyond: spread(times.show.map(({ wallMs }) => wallMs - unlocking.median)),
    peakMiB: spread(times.show.map(({ peakMiB }) => peakMiB)).median,
  };
}
