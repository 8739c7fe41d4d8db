// `npm start`: builds what is missing or stale, then serves the folder `data` on http://localhost:8080. Asks nothing.
// Settings: docs/reference/settings.md.
import { existsSync, globSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { serve } from "#cli/commands/serve.ts";
import { chooseLanguage, loadWords } from "#cli/words/language.ts";
import { refusalText } from "#session/refusals/refusals.ts";
import { Failure } from "#session/refusals/failure.ts";

const root = resolve(import.meta.dirname, "..");
const words = await loadWords(chooseLanguage(process.argv, process.env));

/** The workspace, where it is there to be built. A server without it still serves the log and the public site. */
async function buildWorkspace(): Promise<void> {
  const script = join(root, "scripts/build-app.ts");
  if (!existsSync(script)) return;
  const { buildApp } = await import("./build-app.ts");
  await buildApp();
}

/** `dist/verify.html`, when a source it is made of is newer. */
async function buildVerifier(): Promise<void> {
  const target = join(root, "dist/verify.html");
  const made = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync("src/{record,domain,dossier,verifier}/**/*.ts", { cwd: root });
  if (sources.every((path) => statSync(join(root, path)).mtimeMs <= made)) return;
  const { buildVerifyHtml } = await import("./verifier-page.ts");
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(target, await buildVerifyHtml());
}

async function build(): Promise<void> {
  for (const [what, make] of [
    ["dist/app", buildWorkspace],
    ["dist/verify.html", buildVerifier],
  ] as const) {
    try {
      await make();
    } catch (cause) {
      // What was built before is still there, and the record must be reachable whatever became of a page.
      process.stderr.write(`${what}: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    }
  }
}

try {
  await serve({ environment: process.env, words, build });
} catch (cause) {
  if (!(cause instanceof Failure)) throw cause;
  process.stderr.write(
    `${cause.refusal === undefined ? cause.message : refusalText(cause.refusal, words)}\n`,
  );
  process.exit(cause.exitCode);
}
