// The sample that "Look around" opens gives the answers of story 1, and its record holds.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { appealView } from "#domain/funds/views.ts";
import { unmatchedView } from "#domain/funds/unmatched-view.ts";
import { checkLog } from "#log/log-check.ts";
import { checkDossier } from "#dossier/check.ts";
import { expectOk } from "#record/result.ts";
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
