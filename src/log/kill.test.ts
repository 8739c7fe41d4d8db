// The whole drill, `node test/drills/kill.ts --kills 200`, takes minutes; three kills keep it honest between its runs.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { runProgram } from "#test/drills/harness.ts";
import { runKillDrill } from "#test/drills/kill.ts";

test("killed at any instant, a log comes back with every acknowledged entry and passes its check", async () => {
  const result = await runKillDrill({ kills: 3, seed: 7 });
  expect(result.kills).toBe(3);
});

test("beside another process a second writer is refused and a reader is not; the lock dies with its holder", async () => {
  const place = mkdtempSync(join(tmpdir(), "aigaq-two-"));
  const folder = join(place, "books");
  const seen: Promise<string>[] = [];
  const tryOpen = async (mode: "read" | "write"): Promise<string> => {
    const opened = await openSqliteStore({ folder, mode });
    if (!opened.ok) return opened.refusal.code;
    await opened.value.close();
    return "opened";
  };
  const victim = fileURLToPath(import.meta.resolve("#test/drills/append-forever.ts"));
  const run = await runProgram({
    program: [victim, folder],
    onLine: (line) => line === "open" && seen.push(tryOpen("write"), tryOpen("read")),
    kill: { afterMs: 100, line: "open" },
  });
  expect(run.errors).toBe("");
  expect(await Promise.all(seen)).toEqual(["data-folder-busy", "opened"]);
  expect(await tryOpen("write")).toBe("opened");
  rmSync(place, { recursive: true });
});
