// A restored backup is behind a checkpoint kept elsewhere: it refuses to sign, for it would fork the log.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const place = mkdtempSync(join(tmpdir(), "aigaq-rollback-"));
afterAll(() => rmSync(place, { recursive: true }));
const env = {
  ...process.env,
  AIGAQ_PASSPHRASE: "four words for tests",
  AIGAQ_WITNESSED: join(place, "elsewhere"),
  AIGAQ_LANG: "en",
};
const samples = join(root, "test/samples/foundation");
const aigaq = (...args: string[]) => [join(root, "src/cli/main.ts"), ...args];

test("an older copy of the folder refuses to sign, and the newest goes on", () => {
  const data = join(place, "data");
  const backup = join(place, "backup");
  mkdirSync(env.AIGAQ_WITNESSED);
  const run = (...args: string[]) => execFileSync(process.execPath, aigaq(...args), { env, stdio: "pipe" });
  run("init", "--data", data, "--name", "Example");
  cpSync(data, backup, { recursive: true });
  run("appeals", "import", join(samples, "appeals.json"), "--data", data);
  const restored = spawnSync(
    process.execPath,
    aigaq("appeals", "import", join(samples, "appeals.json"), "--data", backup, "--json"),
    { env, encoding: "utf8" },
  );
  expect(restored.status).toBe(2);
  expect(JSON.parse(restored.stdout)).toMatchObject({ refused: { code: "behind-witness" } });
  run("posts", "import", join(samples, "posts.json"), "--data", data);
});
