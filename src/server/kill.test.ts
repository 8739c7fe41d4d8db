// The whole drill, `node test/drills/kill.ts --kills 200`, takes minutes; three kills keep it honest between its runs.
import { expect, test } from "vitest";
import { runKillDrill } from "#test/drills/kill.ts";

test("killed at any instant, a log comes back with every acknowledged entry and passes its check", async () => {
  const result = await runKillDrill({ kills: 3, seed: 7 });
  expect(result.kills).toBe(3);
});
