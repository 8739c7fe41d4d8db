/** (d) Verifying a dossier: the library alone against a bare loop, and the programs as people run them. */
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DossierTime } from "./floor/dossier.ts";
import {
  aigaq,
  interleave,
  measure,
  measureWorker,
  root,
  say,
  spread,
  type Spread,
  work,
} from "./measure.ts";

export type DossierFigures = {
  readonly entries: number;
  readonly disclosures: number;
  readonly dossierKiB: number;
  /** Milliseconds inside a process that has just started. */
  readonly ours: Spread;
  readonly floor: Spread;
  readonly ofFloor: number;
  readonly ofFloorCpu: number;
  /** Wall time of whole programs, in milliseconds. */
  readonly programs: Readonly<Record<string, Spread>>;
};

const samples = join(root, "test", "samples");

export function measureDossier(payments: number, rounds: number): DossierFigures {
  say(`(d) a dossier of the sample foundation and ${payments} payments`);
  const path = makeDossier(payments);
  const script = join(root, "src", "verifier", "verify.py");
  type InProcess = { ms: number; cpuMs: number };
  const { runs, failed } = interleave<InProcess>(rounds, {
    aigaq: () => measureWorker<InProcess>("dossier", { path }),
    floor: () => measureWorker<InProcess>("dossier-floor", { path }),
    "aigaq dossier verify": () => {
      const { wallMs: ms, cpuMs } = measure(aigaq("dossier", "verify", path, "--json"));
      return { ms, cpuMs };
    },
    "verify.py": () => {
      const { wallMs: ms, cpuMs } = measure(["python3", script, path]);
      return { ms, cpuMs };
    },
  });
  const [reason] = failed.values();
  if (failed.has("aigaq") || failed.has("floor")) throw new Error(`(d): ${reason ?? ""}`);
  const of = (name: string, member: keyof InProcess): Spread =>
    spread((runs.get(name) ?? []).map((run) => run[member]));
  const counts = measureWorker<DossierTime>("dossier-floor", { path });
  return {
    entries: counts.entries,
    disclosures: counts.disclosures,
    dossierKiB: Math.round(statSync(path).size / 1024),
    ours: of("aigaq", "ms"),
    floor: of("floor", "ms"),
    ofFloor: of("floor", "ms").median / of("aigaq", "ms").median,
    ofFloorCpu: of("floor", "cpuMs").median / of("aigaq", "cpuMs").median,
    programs: Object.fromEntries(
      ["aigaq dossier verify", "verify.py"]
        .filter((name) => runs.has(name))
        .map((name) => [name, of(name, "ms")]),
    ),
  };
}

/** The sample foundation's books with more payments, each confirmed by lawyer and beneficiary; all of it disclosed. */
function makeDossier(payments: number): string {
  const path = join(work, `dossier-${payments}.zip`);
  // Made anew each time: one from an older commit may have another form.
  rmSync(path, { force: true });
  const folder = join(work, `dossier-data-${payments}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const spending = join(work, `spending-${payments}.csv`);
  const confirmations = join(work, `confirmations-${payments}.csv`);
  writeFileSync(spending, spendingCsv(payments));
  writeFileSync(confirmations, confirmationsCsv(payments));
  const sample = (name: string): string => join(samples, "foundation", name);
  const commands = [
    ["init", "--name", "The Example Foundation", "--currency", "KZT"],
    ["appeals", "import", sample("appeals.json")],
    ["posts", "import", sample("posts.json")],
    ["statement", "import", sample("kzt-1.1c.txt")],
    ["statement", "import", sample("kzt-2.1c.txt")],
    ["decisions", "import", sample("decisions.csv")],
    ["spending", "import", spending],
    ["confirmations", "import", confirmations],
    ["dossier", "make", "--from", "2025-01-01", "--to", "2025-12-31", "--out", path],
  ];
  for (const command of commands) measure(aigaq(...command, "--data", folder));
  return path;
}

const idOf = (i: number): string => `S-2025-${String(i + 1001)}`;
const day = (i: number): string => `2025-0${String(3 + (i % 4))}-${String(1 + (i % 28)).padStart(2, "0")}`;

function spendingCsv(payments: number): string {
  const rows = Array.from({ length: payments }, (_, i) => {
    const appeal = `A-2025-00${String(1 + (i % 6))}`;
    return `${idOf(i)},${day(i)},${appeal},legal_aid,${String(100 + i)}.00,KZT,Payee ${String(i)},R-${String(i)}.pdf,KZ617229999900000007`;
  });
  return `id,date,appeal,category,amount,currency,payee,receipt,paid_from\n${rows.join("\n")}\n`;
}

function confirmationsCsv(payments: number): string {
  const rows = Array.from({ length: payments }, (_, i) =>
    ["lawyer", "beneficiary"].map((role) => `${idOf(i)},${role},${day(i)}`).join("\n"),
  );
  return `spending,role,date\n${rows.join("\n")}\n`;
}
