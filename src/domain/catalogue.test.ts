// The specification, the words and the readers name the same entries.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { entryLabel, entryTypes } from "./catalogue.ts";
import { fundsEntryTypes } from "./funds/parse-entries.ts";

test("spec/money.md says what each entry of the books means", () => {
  const spec = readFileSync(resolve(import.meta.dirname, "../../spec/money.md"), "utf8");
  for (const [type, folder] of entryTypes)
    if (folder === "funds") expect(spec, type).toContain(`\`${type}\``);
});

test("whatever the books read is in the catalogue, with a name for people", () => {
  for (const type of fundsEntryTypes) expect(entryTypes.has(type), type).toBe(true);
  expect(entryLabel("cover.given", "ru")).toBe("Покрыто из общих средств");
  expect(entryLabel("genesis", "kk")).toBe("Жазбаның басы");
  expect(entryLabel("something.else", "en")).toBe("something.else");
});
