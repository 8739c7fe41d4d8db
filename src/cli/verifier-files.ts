import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * The two verifiers that travel inside a dossier. The page is built from our own sources on first use, kept in `dist/`,
 * and built anew when a source is younger: a dossier must not carry yesterday's checks.
 */
export function readVerifiers(): { verifyHtml: string; verifyPy: string } {
  const page = pathOf("../../dist/verify.html");
  const builtMs = statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ["record", "domain", "dossier", "verifier"].map((folder) => pathOf(`../${folder}`));
  if (Math.max(...sources.map(youngestMs)) > builtMs)
    execFileSync(process.execPath, [pathOf("../../scripts/build-verifier.ts")], { stdio: "ignore" });
  return {
    verifyHtml: readFileSync(page, "utf8"),
    verifyPy: readFileSync(pathOf("../verifier/verify.py"), "utf8"),
  };
}

function youngestMs(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? youngestMs(path) : statSync(path).mtimeMs;
    }),
  );
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
