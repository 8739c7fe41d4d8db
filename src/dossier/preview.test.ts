// The preview is what a maker decides on. So it is counted against dossiers that were really made.
import { expect, test } from "vitest";
import { emptyFunds } from "#domain/funds/state.ts";
import { foldFunds } from "#domain/funds/fold.ts";
import { parseEntry } from "#record/entry.ts";
import { expectOk } from "#record/result.ts";
import { signBooks } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { assembleDossier } from "./assemble.ts";
import { checkDossier } from "./check.ts";
import { CheckList } from "./check-list.ts";
import { openKept } from "./choose.ts";
import { previewDossier } from "./preview.ts";
import { readFacts } from "./read-facts.ts";
import type { Question } from "./statement/statement.ts";

const books = (await smallBooks()).entries;
const log = signBooks(books);
const opened = log.entries.map(({ index, jwt, disclosures }) =>
  expectOk(openKept({ index, parsed: expectOk(parseEntry(jwt)), disclosures })),
);
const stated = readFacts(opened, new CheckList().of("entry.fields"));
const state = emptyFunds();
for (const { entry } of stated) foldFunds(state, entry);

const questions: readonly Question[] = [
  { kind: "appeal", id: "A-2025-003" },
  { kind: "appeal", id: "A-2025-001" },
  { kind: "period", from: "2025-04-01", to: "2025-04-30" },
];

test("the preview counts exactly the disclosures that travel, and states the figures that a stranger computes", async () => {
  for (const question of questions) {
    for (const disclose of [[], ["payee", "memo"], ["donor", "reference", "number", "holder"]]) {
      const preview = expectOk(previewDossier({ question, disclose }, stated, state));
      const report = await checkDossier(expectOk(assembleDossier(log.source(question, { disclose }))));
      expect(report.verdict).toBe("held");
      const counted = preview.fields.reduce((sum, one) => sum + one.opened, 0);
      expect(counted).toBe(report.figures?.log.disclosures);
      expect(preview.totals).toEqual(report.figures?.totals);
    }
  }
});

test("a donor opens only where he is named, and only in rows of the question", () => {
  const [question] = questions;
  if (question === undefined) throw new Error("no question");
  const donors = (disclose: readonly string[]) =>
    expectOk(previewDossier({ question, disclose }, stated, state)).fields.find(
      ({ field }) => field === "donor",
    );
  expect(donors([])).toMatchObject({ opened: 0, examples: [] });
  const named = donors(["donor"]);
  expect(named?.opened).toBeGreaterThan(0);
  expect(named?.hidden).toBeGreaterThan(0);
  expect(named?.examples.length).toBeLessThanOrEqual(3);
});

test("covers of the appeals asked about open, each sum beside its currency, and no others", () => {
  const coversIn = (question: Question) =>
    expectOk(previewDossier({ question, disclose: ["date"] }, stated, state)).fields.filter(({ type }) =>
      type.startsWith("cover."),
    );
  const [hers, others, all] = questions.map(coversIn);
  expect(hers?.map(({ field }) => field)).toEqual(all?.map(({ field }) => field));
  expect(hers?.find(({ field }) => field === "minor")?.examples[0]).toEqual({
    currency: "KZT",
    minor: expect.stringMatching(/^[1-9]\d*$/u),
  });
  for (const { hidden } of [...(hers ?? []), ...(all ?? [])]) expect(hidden).toBe(0);
  expect(others?.length).toBeGreaterThan(0);
  for (const { opened: shown } of others ?? []) expect(shown).toBe(0);
});

test("the claim is answered before anything is made; what cannot be read is refused", () => {
  const [question] = questions;
  if (question === undefined) throw new Error("no question");
  const answer = (claim: string) => previewDossier({ question, claim, disclose: [] }, stated, state);
  expect(expectOk(answer("31000000 KZT raised")).claim?.agrees).toBe(false);
  expect(answer("a lot")).toMatchObject({ ok: false, refusal: { code: "claim-unreadable" } });
  const unknown = { kind: "appeal", id: "A-1" } as const;
  expect(previewDossier({ question: unknown, disclose: [] }, stated, state)).toMatchObject({
    ok: false,
    refusal: { code: "question-unknown" },
  });
});
