/**
 * Drill: the disk fills up under the log, at another point in each round. Every append must be acknowledged or refused
 * with `disk-full`; what was acknowledged stays readable on the full disk and passes the log check; and once space is
 * freed the same process appends on, without being opened again.
 *
 *     node test/drills/disk-full.ts --rounds 20 [--seed 1]
 *
 * Needs root and Linux, because it mounts a small tmpfs of its own; says so and exits 0 where it cannot.
 */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { equalBytes } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { overallVerdict } from "#log/check-list.ts";
import { checkLog } from "#log/log-check.ts";
import type { Log } from "#log/sequencer.ts";
import { openLog } from "#log/sequencer.ts";
import type { RecordStore } from "#storage/contract.ts";
import { StoreFull } from "#storage/contract.ts";
import { FileStore } from "#storage/files/file-store.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import { numberArgument, seeded } from "./harness.ts";
import { InventedAuthor, anchorOf, logSigner, origin, vkey } from "./invented-log.ts";

const diskBytes = 8 * 1024 * 1024;
const bytesRandom = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

type Round = { readonly acknowledged: number; readonly refused: number; readonly after: number };

/** One round on a fresh tmpfs. Throws at the first broken promise. */
async function fillOnce(disk: string, random: () => number): Promise<Round> {
  const ballast = join(disk, "ballast");
  // Of another size each time, so that another page of another table is the one that no longer fits.
  writeFileSync(ballast, bytesRandom(1024 * 1024 + Math.floor(random() * 512 * 1024)));
  const folder = join(disk, "books");
  const files = new FileStore(join(folder, "files"));
  await using store = expectOk(await openSqliteStore({ folder, mode: "create" }));
  const log = expectOk(await openLog({ store, logSigner, origin }));
  const author = new InventedAuthor(bytesRandom);
  expectOk(await log.append([author.genesis]));
  const boxBytesMax = 2 ** (8 + Math.floor(random() * 11));

  let acknowledged = 1;
  for (;;) {
    const sizeBefore = log.size;
    const appended = await append(log, author, Math.floor(random() * boxBytesMax));
    if (!appended) break;
    if (log.size !== sizeBefore + 1)
      throw new Error("an append was acknowledged that the log does not count");
    acknowledged++;
  }
  await demandHeld(store, log, "on the full disk");

  // The last free blocks as well, so that not even a journal can grow.
  const filler = join(disk, "filler");
  writeFileSync(filler, bytesRandom(Math.max(0, freeBytes(disk) - 4096)));
  let refused = 1;
  for (let i = 0; i < 5; i++) if (!(await append(log, author, 200_000))) refused++;
  if (refused !== 6) throw new Error("an append of 200 000 bytes was acknowledged on a disk without space");
  const putOnFull = await files.put(bytesRandom(200_000)).catch((cause: unknown) => cause);
  if (!(putOnFull instanceof StoreFull)) throw new Error("a file was kept on a disk without space");
  if ((await files.ids()).length > 0) throw new Error("a refused file left something behind");
  await demandHeld(store, log, "on the disk without any space");

  rmSync(filler);
  rmSync(ballast);
  let after = 0;
  for (let i = 0; i < 50; i++) if (await append(log, author, 1000)) after++;
  if (after !== 50) throw new Error("after space was freed, an append was refused");
  await files.put(bytesRandom(1000));
  await demandHeld(store, log, "after space was freed");
  return { acknowledged, refused, after };
}

async function append(log: Log, author: InventedAuthor, boxBytes: number): Promise<boolean> {
  const entry = author.note({ anchor: anchorOf(log), pub: { size: log.size } });
  const box = { box: bytesRandom(boxBytes), keybox: bytesRandom(104) };
  const appended = await log.append([{ ...entry, box }]);
  if (appended.ok) return true;
  if (appended.refusal.code !== "disk-full") throw new Error(`refused with ${appended.refusal.code}`);
  return false;
}

async function demandHeld(store: RecordStore, log: Log, when: string): Promise<void> {
  const head = await store.head();
  if (head?.size !== log.size || head.checkpoint !== log.checkpoint())
    throw new Error(`the head is another ${when}`);
  const root = expectOk(await new StoredTree(store, log.size).rootAt(log.size));
  if (!equalBytes(root, log.root)) throw new Error(`the tree leads to another root ${when}`);
  const checks = await checkLog(store, { vkey });
  if (overallVerdict(checks) === "held") return;
  throw new Error(`log check ${when}: ${JSON.stringify(checks.filter(({ verdict }) => verdict !== "held"))}`);
}

function freeBytes(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return Number(bavail) * Number(bsize);
}

/** Mounts a tmpfs for the length of `body`. undefined when this machine or this user cannot. */
async function onSmallDisk<T>(body: (disk: string) => Promise<T>): Promise<T | undefined> {
  const disk = mkdtempSync(join(tmpdir(), "aigaq-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskBytes}`, "tmpfs", disk], { stdio: "pipe" });
  } catch {
    rmdirSync(disk);
    return undefined;
  }
  try {
    return await body(disk);
  } finally {
    execFileSync("umount", [disk]);
    rmdirSync(disk);
  }
}

const rounds = numberArgument("rounds", 20);
const seed = numberArgument("seed", Date.now() % 1_000_000);
const random = seeded(seed);
console.log(`disk-full drill of storage and sequencer, seed ${seed}`);
const total = { acknowledged: 0, refused: 0, after: 0 };
for (let round = 1; round <= rounds; round++) {
  const found = await onSmallDisk((disk) => fillOnce(disk, random));
  if (found === undefined) {
    console.log(
      "skipped: mounting a small tmpfs needs Linux and root, for example: sudo node test/drills/disk-full.ts",
    );
    process.exit(0);
  }
  total.acknowledged += found.acknowledged;
  total.refused += found.refused;
  total.after += found.after;
  console.log(
    `round ${round}: ${found.acknowledged} acknowledged until full, ${found.refused} refused, ${found.after} after`,
  );
}
console.log(
  `${rounds} full disks: ${total.acknowledged} acknowledged appends, 0 lost; ${total.refused} refused, none half-done; ` +
    `${total.after} of ${rounds * 50} appended after space was freed; the log check held ${rounds * 3} times`,
);
