// Several programs write to one record on PostgreSQL, one is killed, the server falls: nothing acknowledged is lost,
// nothing stands there twice, and the whole log check holds.
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { toHex } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { overallVerdict } from "#log/check-list.ts";
import { checkLog } from "#log/log-check.ts";
import { openLog } from "#log/sequencer.ts";
import { openPostgresStore } from "#storage/postgres/open.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import type { Run, RunResult } from "#test/drills/harness.ts";
import { runProgram, seeded } from "#test/drills/harness.ts";
import { InventedAuthor, logSigner, origin, vkey } from "#test/drills/invented-log.ts";
import type { PostgresServer } from "#test/postgres-server.ts";
import { startPostgres } from "#test/postgres-server.ts";

const program = fileURLToPath(new URL("append-to-postgres.ts", import.meta.url));
let server: PostgresServer;
let database: string;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(async () => {
  await server?.stop();
});

beforeEach(async () => {
  database = await server.createDatabase();
  await using store = expectOk(await openPostgresStore({ url: server.url(database), mode: "create" }));
  const log = expectOk(await openLog({ store, logSigner, origin }));
  expectOk(await log.append([new InventedAuthor().genesis]));
});

function writer(who: string, count: number, more: Partial<Run> = {}): Promise<RunResult> {
  return runProgram({ program: [program, server.url(database), who, String(count)], ...more });
}

/** The record holds every acknowledged entry once, where it was acknowledged, and its check holds. Gives the size. */
async function inspect(runs: readonly RunResult[]): Promise<number> {
  await using store = expectOk(await openPostgresStore({ url: server.url(database), mode: "read" }));
  const size = (await store.head())?.size ?? 0;
  const places = new Map<string, number>();
  for await (const { index, hash } of store.entries(0, size)) {
    expect(places.has(toHex(hash)), `entry ${index} is there twice`).toBe(false);
    places.set(toHex(hash), index);
  }
  expect(places.size).toBe(size);
  const tree = new StoredTree(store, size);
  for (const line of runs.flatMap(({ lines }) => lines.filter((line) => line.startsWith("ack ")))) {
    const [, first = "", root = "", hashes = ""] = line.split(" ");
    const listed = hashes.split(",");
    for (const [i, hash] of listed.entries())
      expect(places.get(hash), `acknowledged at ${first} + ${i}`).toBe(Number(first) + i);
    if (root !== "-") expect(toHex(expectOk(await tree.rootAt(Number(first) + listed.length)))).toBe(root);
  }
  const checks = await checkLog(store, { vkey });
  expect(checks.filter(({ verdict }) => verdict !== "held")).toEqual([]);
  expect(overallVerdict(checks)).toBe("held");
  return size;
}

function acknowledged({ lines }: RunResult): number {
  return lines.flatMap((line) => (line.startsWith("ack ") ? line.split(",") : [])).length;
}

test("four processes append at once to one record, and nothing is lost or there twice", async () => {
  const runs = await Promise.all(["a", "b", "c", "d"].map((who) => writer(who, 40)));
  for (const { errors, exitCode } of runs) expect({ errors, exitCode }).toEqual({ errors: "", exitCode: 0 });
  // 40 appends of 1 to 5 entries are 120 entries.
  for (const run of runs) expect(acknowledged(run)).toBe(120);
  expect(await inspect(runs)).toBe(1 + 4 * 120);
});

test("a writer killed at any instant leaves nothing half-done and holds nobody up", async () => {
  const random = seeded(11);
  const runs: RunResult[] = [];
  for (let kill = 0; kill < 8; kill++) {
    const afterMs = Math.floor(random() * 250);
    const [victim, survivor] = await Promise.all([
      writer(`victim ${kill}`, 0, { kill: { afterMs, line: "open" } }),
      writer(`survivor ${kill}`, 15),
    ]);
    expect(victim.wasKilled).toBe(true);
    expect(survivor).toMatchObject({ errors: "", exitCode: 0 });
    runs.push(victim, survivor);
    await inspect(runs);
  }
  expect(runs.map(acknowledged).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(8 * 45);
});

test("when the server falls under two writers, they go on after it is back, and each entry is there once", async () => {
  let appends = 0;
  const onLine = (line: string): void => void (appends += line.startsWith("ack ") ? 1 : 0);
  const running = Promise.all(["a", "b"].map((who) => writer(who, 150, { onLine })));
  for (const fallsAfter of [40, 120, 200]) {
    await expect.poll(() => appends, { interval: 1, timeout: 60_000 }).toBeGreaterThan(fallsAfter);
    await server.crash();
    await server.start();
  }
  const runs = await running;
  for (const { errors, exitCode } of runs) expect({ errors, exitCode }).toEqual({ errors: "", exitCode: 0 });
  expect(await inspect(runs)).toBe(1 + 2 * 450);
});
