import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { languages } from "#language/language.ts";
import { groupDigits } from "#language/plural.ts";
import { subjects } from "#workspace/shell/routes.tsx";
import { handOver, onHandedOver } from "../dossiers/handed-over.ts";
import { accusedAppeal, placeOf, stepsOver, tourSteps } from "./steps.ts";
import { tourWords, unbroken } from "./words.ts";

const root = new URL("../", import.meta.url).pathname;
const screens = subjects.flatMap((subject) => subject.screens.map(({ path }) => path));

test("every step leads to a screen that there is", () => {
  expect(stepsOver(screens)).toEqual(tourSteps);
});

test("a step whose screen is not built is left out, and the others keep their order", () => {
  const left = stepsOver(screens.filter((path) => path !== "/accounts"));
  expect(left.map(({ id }) => id)).toEqual(tourSteps.map(({ id }) => id).filter((id) => id !== "frozen"));
  expect(stepsOver([])).toEqual([]);
});

test("what a step points at bears its name on exactly one screen", () => {
  const sources = globSync("**/*.tsx", { cwd: root, exclude: ["tour/**"] }).map((path) =>
    readFileSync(root + path, "utf8"),
  );
  for (const { target } of tourSteps) {
    if (target === undefined) continue;
    const named = sources.filter((text) => /\btour\b/u.test(text) && text.includes(`"${target}"`));
    expect({ target, screens: named.length }).toEqual({ target, screens: 1 });
  }
});

test("steps are told in each language, briefly enough for a phone", () => {
  const ids = tourSteps.map(({ id }) => id).toSorted();
  for (const language of languages) {
    const { steps } = tourWords[language];
    expect(Object.keys(steps).toSorted()).toEqual(ids);
    for (const { title, text } of Object.values(steps)) {
      expect(title.length).toBeLessThan(40);
      expect(text.length).toBeLessThan(240);
    }
  }
});

test("the sums that are told are those that the sample's maker computed", () => {
  const answers = JSON.parse(readFileSync("test/samples/foundation/answers.json", "utf8"));
  const hers = answers.appeals.find(({ appeal }: { appeal: string }) => appeal === accusedAppeal);
  const minor = (text: string): string => String(BigInt(text) / 100n);
  for (const language of languages) {
    const { steps } = tourWords[language];
    const grouped = (text: string): string => groupDigits(minor(text), language).replaceAll("\u00A0", " ");
    expect(steps.accusation.text).toContain(grouped(answers.allAppealsRaised.KZT));
    expect(steps.received.text).toContain(grouped(hers.raised[0].minor));
    expect(steps.received.text).toContain(String(hers.raised[0].donations));
    expect(steps.spent.text).toContain(grouped(hers.spent[0].minor));
    expect(steps.spent.text).toContain(String(hers.confirmedByBoth));
    expect(steps.covered.text).toContain(grouped(hers.coveredFromGeneral[0].minor));
    expect(steps.altered.text).toContain(grouped(hers.raised[0].minor));
  }
  expect(answers.frozen.date).toBe("2025-06-09");
});

test("a sum is not torn at the end of a line", () => {
  expect(unbroken("пришли 1 240 000 ₸, но")).toBe("пришли 1\u00A0240\u00A0000\u00A0₸, но");
});

test("the address of a step is where one is, whatever is asked of it", () => {
  expect(placeOf({ id: "dossier", path: "/dossiers/new?appeal=A-2025-003" })).toBe("/dossiers/new");
});

test("a dossier that is handed over waits for the screen, and is taken once", () => {
  const taken: string[] = [];
  const early = new File([], "early.zip");
  handOver(early);
  const stop = onHandedOver(({ name }) => void taken.push(name));
  handOver(new File([], "late.zip"));
  stop();
  onHandedOver(({ name }) => void taken.push(name))();
  expect(taken).toEqual(["early.zip", "late.zip"]);
});
