// The sample that "Look around" opens gives the answers of story 1, and its record holds.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decideApprove } from "#domain/funds/decide-payments.ts";
import { appealView } from "#domain/funds/views.ts";
import { unmatchedView } from "#domain/funds/unmatched-view.ts";
import { checkLog } from "#log/log-check.ts";
import { checkDossier } from "#dossier/check.ts";
import { expectOk } from "#record/result.ts";
import { portsOf } from "#session/follow-ups.ts";
import { fromParts } from "#storage/memory/store-parts.ts";
import { Desk } from "#workspace/desk/desk.ts";
import { tourCalls } from "#workspace/tour/calls.ts";
import { buildSample } from "../../scripts/build-sample.ts";

test("the sample answers the question of the first story, closes its weeks, and checks itself", async () => {
  const sample = await buildSample();
  const served = (path: string): Uint8Array<ArrayBuffer> =>
    path.includes("/verifiers/")
      ? new Uint8Array(Buffer.from("a verifier"))
      : new Uint8Array(path.endsWith("record.bin") ? sample.record : sample.keyring);
  const checks = await checkLog(expectOk(fromParts(sample.record)));
  expect(checks.filter(({ verdict }) => verdict !== "held")).toEqual([]);
  const desk = new Desk({
    origin: "http://sample.invalid",
    tell: () => {},
    now: () => Date.parse("2025-06-20T06:00:00Z"),
    command: () => undefined,
    fetcher: async (input) => new Response(served(String(input))),
  });
  await tourCalls["sample.open"](desk);
  const { funds } = await desk.session.books();
  const answers = JSON.parse(readFileSync("test/samples/foundation/answers.json", "utf8"));
  const answer = answers.appeals.find(({ appeal }: { appeal: string }) => appeal === "A-2025-003");
  expect(appealView(funds, "A-2025-003")).toMatchObject(answer);
  expect(unmatchedView(funds).debits).toEqual([]);
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

  // The tour's copy with one changed digit breaks, and at the page that was touched.
  for (const language of ["kk", "ru", "en"] as const) {
    const { bytes } = await tourCalls["tour.altered-dossier"](desk, { language });
    const report = await checkDossier(bytes);
    expect(report.verdict).toBe("broken");
    const broken = report.checks.filter(({ verdict }) => verdict === "broken");
    expect(JSON.stringify(broken)).toContain(`statement.${language}.html`);
  }
  desk.close();
});
