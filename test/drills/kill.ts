/**
 * Drill: `kill -9` at random instants of appending, the creation of the data folder included. After each kill the folder
 * must open again, hold every acknowledged entry at its place under the root that was acknowledged, hold every file
 * that an acknowledged entry names, and pass the whole log check.
 *
 *     node test/drills/kill.ts --kills 200 [--seed 1]
 *
 * Prints one line per kill and a summary; exit status 1 at the first loss.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { equalBytes, toHex } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { expectOk } from "#record/result.ts";
import { overallVerdict } from "#log/check-list.ts";
import { checkLog } from "#log/log-check.ts";
import { FileStore } from "#storage/files/file-store.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import { numberArgument, runProgram, seeded } from "./harness.ts";
import { vkey } from "./invented-log.ts";

const victim = fileURLToPath(new URL("append-forever.ts", import.meta.url));

export type KillDrill = {
  readonly kills: number;
  readonly seed: number;
  readonly report?: (line: string) => void;
};

export type KillDrillResult = {
  readonly kills: number;
  /** Appends acknowledged over all rounds, and entries in them. */
  readonly acknowledged: number;
  readonly entries: number;
  /** Kills in which something was durable that had not been acknowledged yet: allowed, and a sign of a tight aim. */
  readonly ahead: number;
  /** Files left by a kill between writing a file and appending its entry: harmless. */
  readonly orphans: number;
  readonly slowestOpenMs: number;
};

/** Runs the drill; throws at the first broken promise, with what was promised. */
export async function runKillDrill({
  kills,
  seed,
  report = () => undefined,
}: KillDrill): Promise<KillDrillResult> {
  const random = seeded(seed);
  const result = { kills: 0, acknowledged: 0, entries: 0, ahead: 0, orphans: 0, slowestOpenMs: 0 };
  let folder: string | undefined;
  let acknowledged: Acknowledgement[] = [];
  let sizeBefore = 0;
  try {
    while (result.kills < kills) {
      // A new folder now and then: its creation is struck too, and the log check stays short.
      if (folder === undefined || (acknowledged.at(-1)?.size ?? 0) > 3000 || result.kills % 12 === 0) {
        if (folder !== undefined) rmSync(folder, { recursive: true });
        folder = mkdtempSync(join(tmpdir(), "aigaq-kill-"));
        acknowledged = [];
        sizeBefore = 0;
      }
      // One in five strikes while the folder is created or opened, the others while it is appended to.
      const line = random() < 0.2 ? "ready" : "open";
      const afterMs = Math.floor(random() * (line === "ready" ? 60 : 200));
      const batchMax = random() < 0.5 ? 1 : 40;
      const run = await runProgram({
        program: [victim, join(folder, "books"), String(batchMax)],
        kill: { afterMs, line },
      });
      if (!run.wasKilled) throw new Error(`the victim died by itself: ${run.errors}`);
      const fresh = run.lines.flatMap(readAcknowledgement);
      acknowledged.push(...fresh);
      const found = await inspectBooks(join(folder, "books"), acknowledged);
      result.kills++;
      result.acknowledged += fresh.length;
      result.entries += found.size - sizeBefore;
      sizeBefore = found.size;
      result.orphans += found.orphans;
      result.slowestOpenMs = Math.max(result.slowestOpenMs, found.openMs);
      if (found.size > (acknowledged.at(-1)?.size ?? 0)) result.ahead++;
      report(
        `kill ${result.kills}: ${afterMs} ms after "${line}", ${fresh.length} appends acknowledged, ${found.size} entries held, opened in ${found.openMs} ms`,
      );
    }
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
  return result;
}

export type Acknowledgement = {
  readonly size: number;
  readonly root: string;
  readonly last: string;
  readonly file: string;
  /** When, on the system's monotonic clock. */
  readonly nanoseconds: bigint;
};

export function readAcknowledgement(line: string): Acknowledgement[] {
  const [word, size = "", root = "", last = "", file = "", nanoseconds = "0"] = line.split(" ");
  return word === "ack" ? [{ size: Number(size), root, last, file, nanoseconds: BigInt(nanoseconds) }] : [];
}

/** What the folder holds now, held against all that was ever acknowledged for it. */
export async function inspectBooks(
  folder: string,
  acknowledged: readonly Acknowledgement[],
): Promise<{ size: number; openMs: number; orphans: number }> {
  const started = performance.now();
  const opened = await openSqliteStore({ folder, mode: acknowledged.length === 0 ? "create" : "write" });
  const openMs = Math.ceil(performance.now() - started);
  await using store = expectOk(opened);
  const size = (await store.head())?.size ?? 0;
  const tree = new StoredTree(store, size);
  const files = new FileStore(join(folder, "files"));
  for (const promise of acknowledged) {
    if (promise.size > size) throw new Error(`${promise.size} entries were acknowledged, ${size} are there`);
    const root = toHex(expectOk(await tree.rootAt(promise.size)));
    if (root !== promise.root) throw new Error(`the root of the first ${promise.size} entries has changed`);
    const last = await store.entryByHash(Uint8Array.from(Buffer.from(promise.last, "hex")));
    if (last?.index !== promise.size - 1)
      throw new Error(`entry ${promise.size - 1} is not the one acknowledged`);
    if (!isWholeFile(await files.read(promise.file))) {
      throw new Error(`file ${promise.file} of an acknowledged entry is gone or damaged`);
    }
  }
  const checks = await checkLog(store, { vkey });
  if (size > 0 && overallVerdict(checks) !== "held") {
    throw new Error(`log check: ${JSON.stringify(checks.filter(({ verdict }) => verdict !== "held"))}`);
  }
  const orphans = await files.orphans(new Set(acknowledged.map(({ file }) => file)));
  await files.removeUnfinished();
  for (const orphan of orphans) await files.delete(orphan);
  return { size, openMs, orphans: orphans.length };
}

/** The victim's files end in the hash of what they hold. */
function isWholeFile(bytes: Uint8Array | undefined): boolean {
  return bytes !== undefined && equalBytes(sha256(bytes.slice(0, -32)), bytes.slice(-32));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kills = numberArgument("kills", 200);
  const seed = numberArgument("seed", Date.now() % 1_000_000);
  console.log(`kill drill of storage and sequencer, seed ${seed}`);
  const { acknowledged, entries, ahead, orphans, slowestOpenMs } = await runKillDrill({
    kills,
    seed,
    report: console.log,
  });
  console.log(
    `${kills} kills: ${acknowledged} acknowledged appends, ${entries} entries, 0 lost; the log check held ${kills} times; ` +
      `${ahead} kills between durable and acknowledged; ${orphans} orphaned files; slowest opening ${slowestOpenMs} ms`,
  );
}
