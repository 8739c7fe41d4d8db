// Every code that a reader can give has words in three languages, and no words are left for a code that none gives.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { problemLabels, refusalLabels } from "./labels.ts";

const folder = new URL("./", import.meta.url);
const source = readdirSync(folder)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "labels.ts")
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");

test("each label belongs to a code in the source, and says something in each language", () => {
  const sides = source.replaceAll(
    "`${side}-turnover-differs`",
    '"credit-turnover-differs" "debit-turnover-differs"',
  );
  const all = sides.replaceAll("`${side}-count-differs`", '"credit-count-differs" "debit-count-differs"');
  for (const [code, words] of [...Object.entries(problemLabels), ...Object.entries(refusalLabels)]) {
    expect(all).toContain(`"${code}"`);
    for (const text of Object.values(words)) expect(text.length).toBeGreaterThan(5);
  }
});

test("each code in the source has its label", () => {
  const known = new Set([...Object.keys(problemLabels), ...Object.keys(refusalLabels)]);
  const found = [
    ...source.matchAll(
      /(?:problem|refused|refusal|fault|no|fileProblem)\(\s*"([a-z]+(?:-[a-z]+)+)"|code: "([a-z-]+)"/gu,
    ),
  ].map((match) => match[1] ?? match[2] ?? "");
  expect(found.length).toBeGreaterThan(50);
  for (const code of found) expect(known).toContain(code);
});
