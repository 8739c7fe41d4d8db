/**
 * Drill: the power goes. A file system of its own (ext4 in a file, mounted by loop) is told to go down without flushing
 * its journal, so that everything that was not fsynced is lost, as in a power cut; then it is mounted again. `kill -9`
 * cannot show this: it leaves the system's page cache intact.
 *
 *     node test/drills/power-cut.ts --cuts 20 [--seed 1]
 *
 * Needs root, Linux, mkfs.ext4 and python3 (for one ioctl); says so and exits 0 where it cannot.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { numberArgument, runProgram, seeded } from "./harness.ts";
import type { Acknowledgement } from "./kill.ts";
import { inspectBooks, readAcknowledgement } from "./kill.ts";

const victim = fileURLToPath(new URL("append-forever.ts", import.meta.url));
/** FS_IOC_SHUTDOWN with "no log flush". Prints the monotonic clock just before. */
const goingDown = `
import fcntl, os, struct, sys, time
disk = os.open(sys.argv[1], os.O_RDONLY)
print(time.clock_gettime_ns(time.CLOCK_MONOTONIC), flush=True)
fcntl.ioctl(disk, 0x8004587d, struct.pack("I", 2))
`;

function system(program: string, ...rest: readonly string[]): string {
  return execFileSync(program, rest, { stdio: "pipe", encoding: "utf8" });
}

type Cut = {
  /** Acknowledged while the disk was up: these must be there. */
  readonly before: readonly Acknowledgement[];
  /** Acknowledged while the disk went down: the kernel may say "synced" there and not mean it, so these may be lost. */
  readonly during: readonly Acknowledgement[];
};

/** Cuts the power so many milliseconds after the log was opened. */
async function cutOnce(disk: string, afterMs: number, batchMax: number): Promise<Cut> {
  let cutAt: Promise<bigint> | undefined;
  const run = await runProgram({
    program: [victim, join(disk, "books"), String(batchMax)],
    onLine: (line) => {
      if (line !== "open") return;
      cutAt = new Promise((resolve) => {
        setTimeout(() => resolve(BigInt(system("python3", "-c", goingDown, disk).trim())), afterMs);
      });
    },
    // The program outlives its disk by a little: what it does then must not be acknowledged.
    kill: { afterMs: afterMs + 500, line: "open" },
  });
  if (cutAt === undefined) throw new Error(`the victim never opened the log: ${run.errors}`);
  const at = await cutAt;
  const all = run.lines.flatMap(readAcknowledgement);
  return {
    before: all.filter(({ nanoseconds }) => nanoseconds < at),
    during: all.filter(({ nanoseconds }) => nanoseconds >= at),
  };
}

const cuts = numberArgument("cuts", 20);
const seed = numberArgument("seed", Date.now() % 1_000_000);
const random = seeded(seed);
console.log(`power-cut drill of storage and sequencer, seed ${seed}`);
const place = mkdtempSync(join(tmpdir(), "aigaq-power-"));
const image = join(place, "disk.img");
const disk = join(place, "disk");
let isMounted = false;

function mountNew(): boolean {
  try {
    writeFileSync(image, "");
    truncateSync(image, 256 * 1024 * 1024);
    system("mkfs.ext4", "-q", "-F", image);
    system("mount", "-o", "loop", image, disk);
    isMounted = true;
  } catch {
    console.log("skipped: needs Linux, root, mkfs.ext4 and loop devices");
  }
  return isMounted;
}

function unmount(): void {
  if (isMounted) system("umount", disk);
  isMounted = false;
}

const total = { before: 0, during: 0, duringLost: 0 };
try {
  mkdirSync(disk);
  let acknowledged: Acknowledgement[] = [];
  for (let cut = 1; cut <= cuts; cut++) {
    // A new disk now and then: the first commits of a folder are cut too, and the disk does not fill up.
    if (cut % 8 === 1) {
      unmount();
      if (!mountNew()) process.exit(0);
      acknowledged = [];
    }
    system("sync", "-f", disk);
    const afterMs = Math.floor(random() * 300);
    const { before, during } = await cutOnce(disk, afterMs, random() < 0.5 ? 1 : 40);
    acknowledged.push(...before);
    unmount();
    system("mount", "-o", "loop", image, disk);
    isMounted = true;
    const { size } = await inspectBooks(join(disk, "books"), acknowledged);
    const lost = during.filter((promise) => promise.size > size).length;
    total.before += before.length;
    total.during += during.length;
    total.duringLost += lost;
    console.log(
      `cut ${cut}: after ${afterMs} ms, ${before.length} appends acknowledged before it, ${during.length} while it fell ` +
        `(${lost} of them lost), ${size} entries held`,
    );
  }
  console.log(
    `${cuts} power cuts: ${total.before} appends acknowledged before, 0 lost; ${total.during} acknowledged while the ` +
      `disk went down, ${total.duringLost} of them lost; the log check held ${cuts} times`,
  );
} finally {
  unmount();
  rmSync(place, { recursive: true, force: true });
}
