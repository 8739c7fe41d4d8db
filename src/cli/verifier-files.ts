import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import process from "node:process";

/**
 * The two verifiers that travel inside a dossier. The page is built from our own sources on first use and kept in
 * `dist/`, where `npm test` finds it too.
 */
export function readVerifiers(): { verifyHtml: string; verifyPy: string } {
  const page = pathOf("../../dist/verify.html");
  if (!existsSync(page))
    execFileSync(process.execPath, [pathOf("../../scripts/build-verifier.ts")], { stdio: "ignore" });
  return {
    verifyHtml: readFileSync(page, "utf8"),
    verifyPy: readFileSync(pathOf("../verifier/verify.py"), "utf8"),
  };
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
