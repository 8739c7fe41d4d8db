/**
 * Drill: the disk fills up in the middle of `statement import`, at another point in each round. The command must say so and
 * exit with 2; what was acknowledged must be there and pass `log check`; and once space is freed, the same command must complete
 * the file with the right answers.
 *
 *     node test/drills/import-disk-full.ts --rounds 10 [--seed 1]
 *
 * Needs root and Linux, because it mounts a small tmpfs of its own; says so and exits 0 where it cannot.
 */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { numberArgument, seeded } from "./harness.ts";
import {
  acknowledgedBy,
  checkLog,
  demandCompleted,
  demandKept,
  freshCopy,
  importStatement,
  prepareImport,
  type ImportBooks,
} from "./import-books.ts";

const diskBytes = 64 * 1024 * 1024;

type Round = { readonly outcome: "full" | "fits"; readonly acknowledged: number; readonly freeBytes: number };

/** One import on a disk with `freeBytes` left after the folder stands on it. Throws at the first broken promise. */
async function fillOnce(disk: string, books: ImportBooks, freeBytes: number): Promise<Round> {
  const data = freshCopy(books, join(disk, "data"));
  const ballast = join(disk, "ballast");
  writeFileSync(ballast, randomBytes(Math.max(0, freeOn(disk) - freeBytes)));
  const run = await importStatement(data, books.statement);
  const acknowledged = acknowledgedBy(run);
  if (run.exitCode !== 0 && !(run.exitCode === 2 && /disk is full/u.test(run.errors)))
    throw new Error(`exit status ${run.exitCode} on a full disk: ${run.errors}`);
  // SQLite needs a few kilobytes of its own to open what a cut-off program left, so the look comes after the relief.
  rmSync(ballast);
  await demandKept(data, acknowledged);
  await checkLog(data);
  await demandCompleted(data, books);
  return { outcome: run.exitCode === 0 ? "fits" : "full", acknowledged: acknowledged.length, freeBytes };
}

function freeOn(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return Number(bavail) * Number(bsize);
}

/** Mounts a tmpfs for the length of `body`. undefined when this machine or this user cannot. */
async function onSmallDisk<T>(disk: string, body: () => Promise<T>): Promise<T | undefined> {
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskBytes}`, "tmpfs", disk], { stdio: "pipe" });
  } catch {
    rmdirSync(disk);
    return undefined;
  }
  try {
    return await body();
  } finally {
    execFileSync("umount", [disk]);
    rmdirSync(disk);
  }
}

const rounds = numberArgument("rounds", 10);
const seed = numberArgument("seed", Date.now() % 1_000_000);
const random = seeded(seed);
console.log(`disk-full drill of statement import, seed ${seed}`);
const folder = mkdtempSync(join(tmpdir(), "aigaq-import-full-"));
try {
  const books = await prepareImport(folder);
  // What an import adds lies in the journal first, so about so much decides whether it fits.
  const needed = books.bytes.after - books.bytes.before;
  const total = { full: 0, fits: 0, acknowledged: 0 };
  for (let round = 1; round <= rounds; round++) {
    const freeBytes = Math.floor(random() * needed);
    const found = await onSmallDisk(join(folder, "disk"), () =>
      fillOnce(join(folder, "disk"), books, freeBytes),
    );
    if (found === undefined) {
      console.log("skipped: mounting a small tmpfs needs Linux and root");
      process.exit(0);
    }
    total[found.outcome]++;
    total.acknowledged += found.acknowledged;
    console.log(
      `round ${round}: ${Math.ceil(freeBytes / 1000)} kB free, ${found.acknowledged} appends acknowledged, ${found.outcome}`,
    );
  }
  console.log(
    `${rounds} imports on small disks: ${total.full} met a full disk and said so, ${total.fits} just fitted; ` +
      `${total.acknowledged} acknowledged appends, 0 lost; log check held ${rounds} times; completed after space was freed ` +
      `${rounds} times, with the right answers`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
