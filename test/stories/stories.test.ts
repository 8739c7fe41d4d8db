// Whole-life scenarios as text, one for each accusation. A lawyer can read the text beside this file and say whether it is what
// happened; the program must then say what the text expects.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { clearScratch, scratchFolder, slow } from "#test/cli/prepared.ts";
import { readStory } from "./read-story.ts";
import { Telling } from "./tell.ts";

afterAll(clearScratch);

const stories = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".txt"));

describe.each(stories)("%s", (name) => {
  const steps = readStory(readFileSync(join(import.meta.dirname, name), "utf8"));

  test("has a title in Kazakh, Russian and English", () => {
    const titles = steps.flatMap((step) => (step.kind === "title" ? [step.language] : []));
    expect(titles).toEqual(["kk", "ru", "en"]);
  });

  test("comes out as it is told", { timeout: slow }, async () => {
    const telling = new Telling(scratchFolder());
    for (const step of steps) {
      try {
        await telling.take(step);
      } catch (error) {
        throw new Error(`${name}, line ${step.line}: ${step.text}`, { cause: error });
      }
    }
  });
});

describe("the reader of stories", () => {
  test("refuses a line that it does not know, by its number", () => {
    expect(() => readStory("foundation Үлгі\nexpect raised A-2025-003 much\n")).toThrow(/line 2/u);
  });

  test("tells a comment from a hashtag", () => {
    const [appeal] = readStory("appeal A-2025-003 #student opened 2025-02-09 a | b | c   # her appeal");
    expect(appeal).toMatchObject({ kind: "appeal", hashtag: "#student", titles: ["a", "b", "c"] });
  });

  test(
    "a wrong expectation fails: the figures are compared, not only printed",
    { timeout: slow },
    async () => {
      const telling = new Telling(scratchFolder());
      const head = "foundation Үлгі\nappeal A-2025-003 #student opened 2025-02-09 a | b | c\n";
      for (const step of readStory(head)) await telling.take(step);
      const [wrong] = readStory("expect raised A-2025-003 31 000 000.00 KZT in 5 gifts");
      if (wrong === undefined) throw new Error("no step");
      await expect(telling.take(wrong)).rejects.toThrow();
    },
  );
});
