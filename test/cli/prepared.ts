/**
 * Data folders that are made once and copied: one command costs half a second for the passphrase alone, and a sample
 * foundation is a dozen of them. All test processes of one run share them.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import { expectOk } from "#record/result.ts";
import { foundation, readTable } from "#test/books/sample-files.ts";
import { relockKeyring } from "#vault/keys/keyring.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { aigaqDone, passphrase } from "./aigaq.ts";
import { receiptPdf } from "./receipts.ts";

export { foundation };

/** The files of a sample foundation with the commands that take them, in the order in which a foundation meets them. */
export const sampleImports: readonly (readonly [file: string, ...command: string[]])[] = [
  ["appeals.json", "appeals", "import"],
  ["posts.json", "posts", "import"],
  ["kzt-1.1c.txt", "statement", "import"],
  ["kzt-2.1c.txt", "statement", "import"],
  ["eur.camt053.xml", "statement", "import"],
  ["decisions.csv", "decisions", "import"],
  ["refunds.csv", "refunds", "import"],
  ["spending.csv", "spending", "import"],
  ["confirmations.csv", "confirmations", "import"],
  ["rates.csv", "rates", "import"],
  ["events.csv", "events", "import"],
];

/** Imports one file of a foundation; `more` are further words of the command. */
export function importFile(data: string, name: string, from = foundation, more: readonly string[] = []) {
  const [, ...command] = sampleImports.find(([file]) => file === name) ?? [name];
  return aigaqDone([...command, join(from, name), "--data", data, ...more]);
}

// A run is one vitest process; its workers are threads in it or children of it.
const run = isMainThread ? process.ppid : process.pid;
const shared = join(tmpdir(), `aigaq-prepared-${run}`);
const kept = 60 * 60 * 1000;

/** Folders of runs that ended are nobody's: the next run clears them away. */
function clearOld(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^aigaq-prepared-(\d+)$/u.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || pid === run || isAlive(pid)) continue;
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Makes `name` once for all processes of this run: the first that comes makes it, the others wait for its mark. */
async function once(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(shared, name);
  const done = join(shared, `${name}.done`);
  const failed = join(shared, `${name}.failed`);
  mkdirSync(shared, { recursive: true });
  try {
    mkdirSync(folder);
  } catch {
    for (let waited = 0; !existsSync(done); waited += 100) {
      if (existsSync(failed) || waited > kept) throw new Error(`another test could not make ${name}`);
      await pause(100);
    }
    return folder;
  }
  try {
    await make(folder);
  } catch (error) {
    writeFileSync(failed, "");
    throw error;
  }
  writeFileSync(done, "");
  return folder;
}

/** A folder with keys and nothing else. */
export function newFolder(): Promise<string> {
  return once("new", async (folder) => {
    clearOld();
    const data = join(folder, "data");
    await aigaqDone(["init", "--data", data, "--name", "Үлгі"]);
    await cheapen(data);
  }).then((folder) => join(folder, "data"));
}

/**
 * Makes a member's keyring quick to unlock, with the passphrase of the tests: what Argon2id costs is measured elsewhere, once,
 * not a hundred times.
 */
export async function cheapen(data: string, member = "M-01", current = passphrase): Promise<void> {
  const path = join(data, "keys", `${member}.keyring`);
  const passphrases = { current, next: passphrase };
  const cheap = { memoryKib: 64, passes: 1, lanes: 1 };
  const keyring = await relockKeyring(readFileSync(path), passphrases, systemRandomness(), cheap);
  writeFileSync(path, expectOk(keyring));
}

/** The whole sample foundation, receipts attached. Tests read it and copy it; none writes to it. */
export async function sampleFolder(): Promise<string> {
  const empty = await newFolder();
  const folder = await once("sample", async (made) => {
    const data = join(made, "data");
    cpSync(empty, data, { recursive: true });
    const receipts = join(made, "receipts");
    mkdirSync(receipts);
    for (const { values } of readTable("spending.csv"))
      writeFileSync(join(receipts, values["receipt"] ?? ""), receiptPdf(values));
    for (const [name] of sampleImports)
      await importFile(data, name, foundation, name === "spending.csv" ? ["--attach", receipts] : []);
  });
  return join(folder, "data");
}

/** The folder of the receipts that {@link sampleFolder} attached. */
export async function sampleReceipts(): Promise<string> {
  return join(await sampleFolder(), "../receipts");
}

const scratch: string[] = [];

/** An empty folder of the test's own. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "aigaq-test-"));
  scratch.push(folder);
  return folder;
}

/** A copy of a prepared data folder that the test may change. */
export function copyOf(prepared: string): string {
  const data = join(scratchFolder(), "data");
  cpSync(prepared, data, { recursive: true });
  return data;
}

/** For `afterAll`: what the tests of one file made goes away with them. */
export function clearScratch(): void {
  for (const folder of scratch.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A dozen commands on a machine that does other work besides. */
export const slow = 240_000;
