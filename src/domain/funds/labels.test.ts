// Nothing is shown to people without words: every code that the rules can refuse with, in all three languages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as labels from "./labels.ts";
import { fundsEntryTypes } from "./parse-entries.ts";
import { problemLabels, refusalLabels } from "./refusal-labels.ts";

const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.includes("labels"))
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));

test("each refusal code has words, and no words are left of a code that is gone", () => {
  const codes = new Set<string>();
  for (const text of sources.filter((source) => /refuse(?:Line|Item)?\(/u.test(source))) {
    for (const [, code = ""] of text.matchAll(/refuse(?:Line|Item)\(\s*"([a-z-]+)"/gu)) codes.add(code);
    for (const [, code = ""] of text.matchAll(/refuse\(\s*\{\s*code: "([a-z-]+)"/gu)) codes.add(code);
    for (const [, code = ""] of text.matchAll(/code: "(spending-state)"/gu)) codes.add(code);
  }
  // Of a cached state and of one entry's form: for programs, never for people.
  for (const code of ["snapshot-stale", "entry-malformed"]) codes.delete(code);
  expect([...codes].sort()).toEqual(Object.keys(refusalLabels).sort());
});

test("each entry type has words, and every word is there in Kazakh, Russian and English", () => {
  const types = fundsEntryTypes.filter((type) => type !== "genesis" && !type.startsWith("key."));
  expect(Object.keys(labels.entryLabels).sort()).toEqual([...types].sort());
  const { labelOf, ...all } = labels;
  for (const table of [...Object.values(all), refusalLabels, problemLabels]) {
    for (const [code, words] of Object.entries(table)) {
      for (const language of ["kk", "ru", "en"] as const)
        expect(words[language], `${code} ${language}`).toMatch(/\S/u);
    }
  }
  expect(labelOf(labels.categoryLabels, "lawyer", "kk")).toBe("Адвокат");
  expect(labelOf(labels.categoryLabels, "printing", "kk")).toBe("printing");
});

test("words of law are marked until a lawyer has confirmed them", () => {
  for (const label of Object.values(labels.legalLabels)) expect(label.isConfirmed).toBe(false);
});
