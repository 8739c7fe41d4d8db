import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { statementLabels } from "#dossier/statement/labels.ts";
import { statementTemplate } from "#dossier/statement/template.ts";
import { specResources, withResources } from "../../scripts/build-verifier.ts";
import { buildVerifyHtml } from "../../scripts/verifier-page.ts";

test("verify.py and the spec hold the words and the page that TypeScript renders (else: node scripts/build-verifier.ts)", () => {
  const python = readFileSync(join(import.meta.dirname, "verify.py"), "utf8");
  expect(withResources(python) === python).toBe(true);
  expect(
    readFileSync(join(import.meta.dirname, "../../spec/statement.json"), "utf8") === specResources(),
  ).toBe(true);
});

test("every word that the page asks for is there in every language, and none is left over", () => {
  const asked = new Set([...statementTemplate.matchAll(/\{\{l\.([A-Za-z.]+)\}\}/g)].map(([, name]) => name));
  for (const labels of Object.values(statementLabels)) {
    for (const name of asked) expect(Object.keys(labels)).toContain(name);
    expect(labels.months.split(" ")).toHaveLength(12);
  }
});

test("verify.html comes out the same twice, is one file, and lets nothing in or out", async () => {
  const [first, second] = [await buildVerifyHtml(), await buildVerifyHtml()];
  expect(first === second).toBe(true);
  expect(first).toContain("default-src 'none'");
  expect(first).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  expect(first.match(/<script/g)).toHaveLength(1);
});
