// A refusal without words in one of the three languages would reach a person as a code.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { labels } from "./labels.ts";

const codes = Object.keys(labels);

test("every refusal of the vault has words, and every label a refusal", () => {
  const folder = new URL("./", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "labels.ts")
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n");
  const used = new Set(Array.from(sources.matchAll(/\bcode: "([a-z-]+)"/gu), ([, code]) => code));
  expect([...used].toSorted()).toEqual(codes.toSorted());
});

test.each(codes)("%s is told in Kazakh, Russian and English", (code) => {
  const words = Object.entries(labels).find(([name]) => name === code)?.[1];
  expect(words?.kk).toMatch(/\p{Script=Cyrillic}/u);
  expect(words?.ru).toMatch(/\p{Script=Cyrillic}/u);
  expect(words?.en).toMatch(/^[A-Z].*\.$/u);
  expect(new Set(Object.values(words ?? {})).size).toBe(3);
});
