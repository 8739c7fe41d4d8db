// The sample that "Look around" opens gives the answers of story 1, and its record holds.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decideApprove } from "#domain/funds/decide-payments.ts";
import { appealView } from "#domain/funds/views.ts";
import { checkLog } from "#log/log-check.ts";
import { checkDossier } from "#dossier/check.ts";
import { expectOk } from "#record/result.ts";
import { portsOf } from "#session/books/follow-ups.ts";
import { fromParts } from "#storage/memory/store-parts.ts";
import { Desk } from "#workspace/desk/desk.ts";
import { letterCalls } from "#workspace/letters/calls.ts";
import { fetchLetter, sendAnswer } from "#workspace/letters/letter-client.ts";
import { sampleFetch } from "#workspace/letters/sample-fetch.ts";
import { matchingCalls } from "#workspace/matching/calls.ts";
import { tourCalls } from "#workspace/tour/calls.ts";
import { buildSample } from "../../scripts/build-sample.ts";

test("the sample answers the question of the first story, closes its weeks, and checks itself", async () => {
  const sample = await buildSample("kk");
  const served = (path: string): Uint8Array<ArrayBuffer> =>
    path.includes("/verifiers/")
      ? new Uint8Array(Buffer.from("a verifier"))
      : new Uint8Array(path.endsWith("/record-kk.bin") ? sample.record : sample.keyring);
  const checks = await checkLog(expectOk(fromParts(sample.record)));
  expect(checks.filter(({ verdict }) => verdict !== "held")).toEqual([]);
  const desk = new Desk({
    origin: "http://sample.invalid",
    tell: () => {},
    now: () => Date.parse("2025-07-10T06:00:00Z"),
    command: () => undefined,
    fetcher: async (input) => new Response(served(String(input))),
  });
  desk.setLanguage("kk");
  await tourCalls["sample.open"](desk);
  const { funds } = await desk.session.books();
  const answers = JSON.parse(readFileSync("test/samples/foundation/answers.json", "utf8"));
  const answer = answers.appeals.find(({ appeal }: { appeal: string }) => appeal === "A-2025-003");
  expect(appealView(funds, "A-2025-003")).toMatchObject(answer);
  // What people wrote is in the language of whoever looks around.
  expect([...funds.refunds.values()].map(({ reason }) => reason)).toContain("қателесіп екі рет жіберілген");
  // The last bank file leaves rows to decide: signs against each other, one sum twice, and one that nothing explains.
  const { credits, debits } = await matchingCalls["matching.queue"](desk, { most: 50 });
  expect(credits.map(({ party, suggestions }) => [party, suggestions.map(({ to }) => to)])).toEqual([
    ["Нұрлан Пробный", ["A-2025-006", "A-2025-004"]],
    ["Ерлан Пробный", ["A-2025-004", "A-2025-005"]],
  ]);
  const donors = await matchingCalls["matching.donors"](desk, { most: 50 });
  expect(donors.get(credits[1]?.nullifier ?? "")?.map(({ to }) => to)).toContain("A-2025-004");
  expect(debits.map(({ party, suggestions }) => [party, suggestions.map(({ to }) => to)])).toEqual([
    ["ЖК Белгісіз", []],
    ["Қонақүй «Үлгі»", ["payment:S-2025-057", "payment:S-2025-058"]],
  ]);
  expect(funds.closes.length).toBeGreaterThan(10);
  // Two payments of a colleague wait for the one who looks around, one of his waits for her; none touches the story.
  const waiting = [...funds.spending.values()].filter(({ state }) => state === "reserved");
  expect(waiting.map(({ id, appeal }) => `${id} ${appeal}`)).toEqual([
    "S-2025-054 A-2025-005",
    "S-2025-055 A-2025-001",
    "S-2025-056 A-2025-002",
  ]);
  expect(expectOk(decideApprove(funds, "S-2025-054", portsOf(desk.session).author)).drafts).toHaveLength(1);
  expect(decideApprove(funds, "S-2025-056", portsOf(desk.session).author)).toMatchObject({
    refusal: { code: "approver-is-proposer" },
  });

  // A letter of the sample lies in this tab; its page, in another one, reads and answers it by the same code as a real one.
  const { link } = await letterCalls["letters.send"](desk, {
    payment: "S-2025-001",
    role: "lawyer",
    language: "kk",
    question: "Бұл төлем дұрыс па?",
    facts: [],
    days: 7,
  });
  const { search, hash } = new URL(link);
  expect(search).toBe("?sample");
  const letter = await fetchLetter(sampleFetch, hash);
  if (typeof letter === "string") throw new Error(letter);
  expect(letter.content.question).toBe("Бұл төлем дұрыс па?");
  expect(await sendAnswer(sampleFetch, letter, { answer: "yes", text: "", name: "Адвокат Үлгі" })).toBe(
    undefined,
  );
  const list = await letterCalls["letters.list"](desk);
  expect(list.letters).toMatchObject([{ answers: [{ answer: "yes", name: "Адвокат Үлгі" }], unreadable: 0 }]);

  // The tour's copy with one changed digit breaks, and at the page that was touched.
  for (const language of ["kk", "ru", "en"] as const) {
    const { bytes } = await tourCalls["tour.altered-dossier"](desk, { language });
    const report = await checkDossier(bytes);
    expect(report.verdict).toBe("broken");
    const broken = report.checks.filter(({ verdict }) => verdict === "broken");
    expect(JSON.stringify(broken)).toContain(`statement.${language}.html`);
  }
  desk.close();
  // Closed, the tab takes its letters with it.
  expect(await fetchLetter(sampleFetch, hash)).toBe("gone");
});
