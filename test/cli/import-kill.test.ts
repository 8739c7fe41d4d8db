// An import that is killed loses nothing that was acknowledged, and importing again completes it. Ten kills here; `npm run drills` does two
// hundred and writes the figures down.
import { expect, test } from "vitest";
import { runImportKillDrill } from "#test/drills/import-kill.ts";

test(
  "ten kills at random instants of an import lose nothing and leave nothing twice",
  { timeout: 600_000 },
  async () => {
    const seed = Date.now() % 1_000_000;
    const result = await runImportKillDrill({ kills: 10, seed }).catch((cause: unknown) => {
      throw new Error(`seed ${seed}`, { cause });
    });
    expect(result.kills).toBe(10);
    expect(result.completed).toBeGreaterThan(0);
  },
);
