// The reference is made from the list of commands; a stale one sends people to flags that are gone.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { reference, referencePath } from "../../scripts/generate-reference.ts";

test("docs/reference/cli.md is what the list of commands says (else: node scripts/generate-reference.ts)", () => {
  expect(readFileSync(referencePath, "utf8")).toBe(reference());
});

test("every flag of a usage is described", () => {
  expect(reference()).not.toContain("undescribed");
});
