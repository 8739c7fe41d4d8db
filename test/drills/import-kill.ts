/**
 * Drill: `kill -9` at random instants of `statement import`. After each kill no acknowledged entry may be missing and `log check`
 * must pass; importing again must complete the file, with the answers of an import that nobody disturbed, and not one entry
 * more. More than half of the folders are struck again before they are completed.
 *
 *     node test/drills/import-kill.ts --kills 200 [--gifts 12000] [--seed 1]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { numberArgument, seeded } from "./harness.ts";
import {
  acknowledgedBy,
  checkLogHere,
  demandCompleted,
  demandKept,
  freshCopy,
  importStatement,
  prepareImport,
  type Acknowledged,
} from "./import-books.ts";

export type ImportKillDrill = {
  readonly kills: number;
  readonly seed: number;
  /** Gifts of a foundation made for the drill; the sample foundation without it. */
  readonly gifts?: number;
  readonly report?: (line: string) => void;
};

export type ImportKillResult = {
  readonly kills: number;
  readonly acknowledged: number;
  /** Kills that left the import begun and not done: the hard case. */
  readonly halfDone: number;
  /** Kills before anything was written, and while the folder was being opened. */
  readonly nothingDone: number;
  /** Times the file was completed by importing again, with the right answers. */
  readonly completed: number;
  /** Imports that ended before their kill came; they count as nothing else. */
  readonly tooLate: number;
};

/** Runs the drill; throws at the first broken promise. */
export async function runImportKillDrill({
  kills,
  seed,
  gifts,
  report = () => undefined,
}: ImportKillDrill): Promise<ImportKillResult> {
  const random = seeded(seed);
  const result = { kills: 0, acknowledged: 0, halfDone: 0, nothingDone: 0, completed: 0, tooLate: 0 };
  const folder = mkdtempSync(join(tmpdir(), "aigaq-import-kill-"));
  try {
    const books = await prepareImport(folder, gifts);
    const { size: sizeBefore } = await checkLogHere(books.before);
    const data = join(folder, "data");
    let acknowledged: Acknowledged[] | undefined;
    while (result.kills < kills) {
      if (acknowledged === undefined) {
        rmSync(data, { recursive: true, force: true });
        freshCopy(books, data);
        acknowledged = [];
      }
      // One in ten strikes from the start of the program on, the others from the open folder on.
      const line = random() < 0.1 ? "ready" : "open";
      const afterMs = Math.floor(random() * books.importMs);
      const run = await importStatement(data, books.statement, { kill: { afterMs, line } });
      const fresh = acknowledgedBy(run);
      acknowledged.push(...fresh);
      await demandKept(data, acknowledged);
      const { size } = await checkLogHere(data);
      if (!run.wasKilled) {
        if (run.exitCode !== 0) throw new Error(`the import died by itself: ${run.errors}`);
        result.tooLate++;
      } else {
        result.kills++;
        result.acknowledged += fresh.length;
        if (size === sizeBefore) result.nothingDone++;
        else if (size < books.entries) result.halfDone++;
        report(
          `kill ${result.kills}: ${afterMs} ms after "${line}", ${fresh.length} appends acknowledged, ${size} of ${books.entries} entries`,
        );
      }
      if (!run.wasKilled || random() < 0.4 || result.kills === kills) {
        await demandCompleted(data, books);
        result.completed++;
        acknowledged = undefined;
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return result;
}

/** One sentence for people and for docs/benchmarks/drills.md. */
export function importKillSummary(result: ImportKillResult): string {
  const { kills, acknowledged, halfDone, nothingDone, completed, tooLate } = result;
  return (
    `${kills} kills of an import: ${acknowledged} acknowledged appends, 0 lost; ${halfDone} left the file half imported, ` +
    `${nothingDone} before anything was written; log check held each time; completed by importing again ${completed} times, ` +
    `with the right answers and no entry twice; ${tooLate} imports were done before the kill came and are not counted`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const seed = numberArgument("seed", Date.now() % 1_000_000);
  console.log(`kill drill of statement import, seed ${seed}`);
  const drill = { kills: numberArgument("kills", 200), gifts: numberArgument("gifts", 12_000), seed };
  console.log(importKillSummary(await runImportKillDrill({ ...drill, report: console.log })));
}
