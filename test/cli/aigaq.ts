import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const projectRoot = resolve(import.meta.dirname, "../..");
const program = join(projectRoot, "src/cli/main.ts");

/** The invented passphrase of every folder that the tests make. */
export const passphrase = "korrekt pferd batterie klammer";

/** What a command left behind when it ended. */
export type Ended = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
};

export type Surroundings = {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
};

/**
 * Runs `aigaq` as a person would: a process of its own, no terminal, an environment that says nothing but what the test
 * says. Never rejects for what the command does.
 */
export function aigaq(words: readonly string[], { env = {}, cwd }: Surroundings = {}): Promise<Ended> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      env: { PATH: process.env["PATH"], AIGAQ_PASSPHRASE: passphrase, AIGAQ_LANG: "en", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(cwd !== undefined && { cwd }),
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.once("error", reject);
    child.once("close", (code) => done({ code, out, err }));
  });
}

/** As {@link aigaq}; throws with all that was printed when the command does not end with exit status 0. */
export async function aigaqDone(words: readonly string[], surroundings?: Surroundings): Promise<string> {
  const ended = await aigaq(words, surroundings);
  if (ended.code !== 0)
    throw new Error(`aigaq ${words.join(" ")} ended with ${ended.code}\n${ended.out}\n${ended.err}`);
  return ended.out;
}

/** The JSON that a command prints with `--json`. */
// oxlint-disable-next-line typescript/no-explicit-any -- each test states the shape it expects
export async function aigaqJson(words: readonly string[], surroundings?: Surroundings): Promise<any> {
  return JSON.parse(await aigaqDone([...words, "--json"], surroundings));
}
