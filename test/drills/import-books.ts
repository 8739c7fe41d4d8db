/** What the import drills have in common: a foundation to import, the command line, and what must hold afterwards. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { recomputeBooks } from "#session/books/recompute-books.ts";
import { FolderSession, type FolderSetup } from "#cli/session/open-session.ts";
import { progressOn } from "#cli/terminal.ts";
import { en } from "#cli/words/en.ts";
import { fundsView } from "#domain/funds/views.ts";
import { toHex } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { checkLog as verifyLog } from "#log/log-check.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import { relockKeyring } from "#vault/keys/keyring.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { runProgram, type RunResult } from "./harness.ts";

const samples = resolve(import.meta.dirname, "../samples");
const program = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
/** Invented, as the foundation is. */
const passphrase = "korrekt pferd batterie klammer";
const env = { AIGAQ_PASSPHRASE: passphrase, AIGAQ_LANG: "en" };

/** A foundation before and after its statement: what each round starts from, and what it has to arrive at. */
export type ImportBooks = {
  readonly statement: string;
  /** A data folder with the appeals and their policies, and no bank row yet. */
  readonly before: string;
  /** What `funds --json` prints after an import that nobody disturbed. */
  readonly answer: string;
  readonly entries: number;
  /** Milliseconds from the open folder to the end of such an import. */
  readonly importMs: number;
  /** Bytes of the data folder before and after. */
  readonly bytes: { readonly before: number; readonly after: number };
};

/**
 * `gifts` undefined takes the sample foundation (1 736 rows, two parts); a number makes one with so many gifts, so that the parts of
 * its statement go into several commits.
 */
export async function prepareImport(folder: string, gifts?: number): Promise<ImportBooks> {
  const made = gifts === undefined ? join(samples, "foundation") : join(folder, "foundation");
  if (gifts !== undefined)
    execFileSync("python3", [join(samples, "gen-foundation.py"), "7", made, String(gifts)]);
  const before = join(folder, "before");
  await demand(["init", "--data", before, "--name", "Үлгі"]);
  await cheapen(before);
  await demand(["appeals", "import", join(made, "appeals.json"), "--data", before]);
  const after = join(folder, "after");
  cpSync(before, after, { recursive: true });
  const statement = join(made, "kzt-1.1c.txt");
  let openAt = 0;
  const run = await importStatement(after, statement, {
    onLine: (line) => (openAt = line === "open" ? performance.now() : openAt),
  });
  if (run.exitCode !== 0) throw new Error(`an undisturbed import failed: ${run.errors}`);
  const importMs = Math.ceil(performance.now() - openAt);
  const { size } = await checkLog(after);
  const bytes = { before: bytesOf(before), after: bytesOf(after) };
  return { statement, before, answer: await fundsOf(after), entries: size, importMs, bytes };
}

/** The drill kills imports, not passphrases: unlocking costs as little as the file form allows. */
async function cheapen(data: string): Promise<void> {
  for (const name of readdirSync(join(data, "keys"))) {
    const path = join(data, "keys", name);
    const same = { current: passphrase, next: passphrase };
    const cheap = { memoryKib: 64, passes: 1, lanes: 1 };
    writeFileSync(path, expectOk(await relockKeyring(readFileSync(path), same, systemRandomness(), cheap)));
  }
}

export type Acknowledged = { readonly size: number; readonly root: string };

/** `statement import`, as a victim that tells what it acknowledged. */
export function importStatement(
  data: string,
  statement: string,
  more: Pick<Parameters<typeof runProgram>[0], "kill" | "onLine"> = {},
): Promise<RunResult> {
  const victim = fileURLToPath(new URL("import-victim.ts", import.meta.url));
  return runProgram({ program: [victim, "statement", "import", statement, "--data", data], env, ...more });
}

export function acknowledgedBy({ lines }: RunResult): Acknowledged[] {
  return lines.flatMap((line) => {
    const [word, size = "", root = ""] = line.split(" ");
    return word === "ack" ? [{ size: Number(size), root }] : [];
  });
}

/** Throws unless every acknowledged state is a prefix of what the folder holds now. */
export async function demandKept(data: string, acknowledged: readonly Acknowledged[]): Promise<void> {
  await using store = expectOk(await openSqliteStore({ folder: data, mode: "read" }));
  const size = (await store.head())?.size ?? 0;
  const tree = new StoredTree(store, size);
  for (const promise of acknowledged) {
    if (promise.size > size) throw new Error(`${promise.size} entries were acknowledged, ${size} are there`);
    const root = toHex(expectOk(await tree.rootAt(promise.size)));
    if (root !== promise.root) throw new Error(`the root of the first ${promise.size} entries has changed`);
  }
}

/** `aigaq log check`, as a person runs it: throws when anything is broken. */
export async function checkLog(data: string): Promise<{ size: number }> {
  const report = JSON.parse(await demand(["log", "check", "--data", data, "--json"]));
  if (report.verdict !== "held") throw new Error(`log check: ${JSON.stringify(report)}`);
  return { size: report.size };
}

/** The same check in this process, after every kill: starting a program costs more than the check of a small log. */
export async function checkLogHere(data: string): Promise<{ size: number }> {
  await using session = await FolderSession.open(setupOf(data, "write"));
  const checks = [...(await verifyLog(session.folderStore)), ...(await recomputeBooks(session))];
  const faults = checks.filter(({ verdict }) => verdict !== "held");
  if (faults.length > 0) throw new Error(`log check: ${JSON.stringify(faults)}`);
  return { size: session.size };
}

function setupOf(folder: string, mode: "read" | "write"): FolderSetup {
  process.env["AIGAQ_PASSPHRASE"] = passphrase;
  return { folder, mode, words: en, progress: progressOn(process.stderr, true, "en"), now: () => Date.now() };
}

/** Completes the file and throws unless the books are what an undisturbed import makes of it. */
export async function demandCompleted(data: string, books: ImportBooks): Promise<void> {
  const run = await importStatement(data, books.statement);
  if (run.exitCode !== 0) throw new Error(`importing again failed: ${run.errors}`);
  const { size } = await checkLog(data);
  if (size !== books.entries)
    throw new Error(`${size} entries after importing again, ${books.entries} expected`);
  if ((await fundsOf(data)) !== books.answer) throw new Error("the answers after importing again are others");
}

async function fundsOf(data: string): Promise<string> {
  await using session = await FolderSession.open(setupOf(data, "read"));
  return JSON.stringify(fundsView((await session.books()).funds));
}

/** Runs a command and gives what it printed; throws when it fails. */
async function demand(words: readonly string[]): Promise<string> {
  const run = await runProgram({ program: [program, ...words], env });
  if (run.exitCode !== 0) throw new Error(`aigaq ${words.join(" ")}: ${run.errors}${run.lines.join("\n")}`);
  return run.lines.join("\n");
}

/** A fresh copy of the folder before the import. */
export function freshCopy(books: ImportBooks, to: string): string {
  mkdirSync(to, { recursive: true });
  cpSync(books.before, to, { recursive: true });
  return to;
}

export function bytesOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0);
}
