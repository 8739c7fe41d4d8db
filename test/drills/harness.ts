/**
 * For every drill that kills a program and looks at what is left: starts it, lets it run for a while, kills it with a
 * signal that cannot be caught, and gives back the lines it had printed by then. What a program printed to the pipe is
 * what it acknowledged: it lies outside the data folder and survives the kill.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export type Run = {
  /** A TypeScript or JavaScript program and its arguments. */
  readonly program: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Given to its standard input, which is then closed. */
  readonly input?: string;
  /** Told of each line as it comes, so that a test can act while the program lives. */
  readonly onLine?: (line: string) => unknown;
  /**
   * Kill it so many milliseconds after it printed `line` (or after its start, without one). Start-up takes most of a
   * short life, and killing a program that has not begun proves nothing. Left out: let it end by itself.
   */
  readonly kill?: { readonly afterMs: number; readonly line?: string };
};

export type RunResult = {
  /** Complete lines of standard output. The last one may be cut off by the kill and is then left out. */
  readonly lines: readonly string[];
  readonly errors: string;
  readonly wasKilled: boolean;
  readonly exitCode: number | null;
};

/** Runs a program to its end or its death. Never rejects for what the program does. */
export function runProgram(run: Run): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...run.program], {
      env: { ...process.env, ...run.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const lines: string[] = [];
    let errors = "";
    let timer: NodeJS.Timeout | undefined;
    const startClock = (): void => {
      if (run.kill !== undefined) timer ??= setTimeout(() => child.kill("SIGKILL"), run.kill.afterMs);
    };
    child.once("error", reject);
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      run.onLine?.(line);
      if (line === run.kill?.line) startClock();
    });
    // A killed program closes its input: that is no news.
    child.stdin.on("error", () => undefined);
    child.stdin.end(run.input ?? "");
    if (run.kill?.line === undefined) startClock();
    child.once("close", (exitCode, signal) => {
      clearTimeout(timer);
      resolve({ lines: lines.filter(isWhole), errors, wasKilled: signal === "SIGKILL", exitCode });
    });
  });
}

/** Programs end what they acknowledge with " ." so that a line cut off by the kill is told from a whole one. */
export function isWhole(line: string): boolean {
  return !line.startsWith("ack ") || line.endsWith(" .");
}

/** A random source that a failing drill can be repeated with: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `--kills 200` as a number; `fallback` without it. */
export function numberArgument(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
  return value;
}
