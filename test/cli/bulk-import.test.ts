// A file of many rows goes through a second thread that signs and seals. It gives the books that the short way gives, and a
// kill in the middle loses nothing that was acknowledged.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const main = resolve(import.meta.dirname, "../../src/cli/main.ts");
const place = mkdtempSync(join(tmpdir(), "aigaq-bulk-"));
afterAll(() => rmSync(place, { recursive: true }));
const env = { ...process.env, AIGAQ_PASSPHRASE: "four words for tests", AIGAQ_LANG: "en" };
const data = join(place, "data");
const csv = join(place, "many.csv");
/** Above the number from which the second thread works. */
const rows = 21_000;
const args = (file: string) => ["statement", "import", file, "--account", "KZ1", "--data", data, "--json"];
const run = (...words: string[]) =>
  execFileSync(process.execPath, [main, ...words], { env, encoding: "utf8" });

test("twenty-one thousand rows, killed in the middle and imported again, count once each", async () => {
  const lines = ["date,amount,currency,memo"];
  let total = 0n;
  for (let i = 0; i < rows; i++) {
    const tiyn = BigInt(10_000 + (i % 7) * 5_000);
    total += tiyn;
    const day = `2025-0${1 + Math.floor(i / 3_500)}-15`;
    lines.push(
      `${day},${tiyn / 100n}.${String(tiyn % 100n).padStart(2, "0")},KZT,көмек ${i % 3 === 0 ? "A-01" : ""}`,
    );
  }
  writeFileSync(csv, `${lines.join("\n")}\n`);
  const appeal = { id: "A-01", opened: "2025-01-01", title: { en: "One" }, currency: "KZT" };
  writeFileSync(join(place, "appeals.json"), JSON.stringify({ unsigned: "general", appeals: [appeal] }));
  run("init", "--data", data, "--name", "Example");
  run("appeals", "import", join(place, "appeals.json"), "--data", data);

  const victim = spawn(process.execPath, [main, ...args(csv)], { env, stdio: "ignore" });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  victim.kill("SIGKILL");
  await new Promise((resolve) =>
    victim.exitCode === null && victim.signalCode === null
      ? victim.once("exit", resolve)
      : resolve(undefined),
  );
  expect(JSON.parse(run("log", "check", "--data", data, "--json"))).toMatchObject({ verdict: "held" });

  run(...args(csv));
  const funds = JSON.parse(run("funds", "--json", "--data", data));
  expect(funds.distinctLines).toBe(rows);
  expect(funds.appeals[0].raised[0].donations).toBe(rows / 3);
  expect(BigInt(funds.appeals[0].raised[0].minor) + BigInt(funds.general.minor)).toBe(total);
  expect(JSON.parse(run("log", "check", "--data", data, "--json"))).toMatchObject({ verdict: "held" });
  expect(JSON.parse(run(...args(csv)))).toMatchObject([{ status: "done" }]);
});
