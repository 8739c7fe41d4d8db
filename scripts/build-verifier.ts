// Builds what travels in every dossier: puts the words and the page of the statement into `src/verifier/verify.py`, and
// writes `dist/verify.html`, one self-contained file made from our TypeScript. The same sources give the same bytes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { statementLabels } from "#dossier/statement/labels.ts";
import { readme, statementTemplate } from "#dossier/statement/template.ts";

const root = resolve(import.meta.dirname, "..");
const pythonPath = join(root, "src/verifier/verify.py");

/** verify.py with the resources of the statement in it. */
export const withResources = (python: string): string => {
  const json = JSON.stringify({ labels: statementLabels, template: statementTemplate, readme });
  if (json.includes('"""')) throw new Error("the resources would end the Python text they stand in");
  const begin = python.indexOf('RESOURCES = json.loads(r"""') + 'RESOURCES = json.loads(r"""'.length;
  return python.slice(0, begin) + json + python.slice(python.indexOf('""")', begin));
};

/** What `spec/statement.json` holds for whoever writes another verifier: the same words, page and README. */
export const specResources = (): string =>
  `${JSON.stringify({ labels: statementLabels, template: statementTemplate, readme }, null, 1)}\n`;

const writeIfChanged = (path: string, text: string): void => {
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
};

export const buildVerifyPy = (): string => {
  const python = withResources(readFileSync(pythonPath, "utf8"));
  writeIfChanged(pythonPath, python);
  writeIfChanged(join(root, "spec/statement.json"), specResources());
  return python;
};

if (import.meta.main) {
  buildVerifyPy();
  const { buildVerifyHtml } = await import("./verifier-page.ts");
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(join(root, "dist/verify.html"), await buildVerifyHtml());
}
