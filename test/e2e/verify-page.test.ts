// verify.html, opened from disk in Chromium without a network, answers as the command and verify.py do. Run by node --test.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { unzipSync, zipSync } from "fflate";
import { checkDossier } from "#dossier/check.ts";
import { assembleDossier } from "#dossier/assemble.ts";
import { expectOk } from "#record/result.ts";
import { sampleBooks } from "#test/dossier/sample-books.ts";
import { signBooks } from "#test/dossier/signed-books.ts";
import { buildVerifyPy } from "../../scripts/build-verifier.ts";
import { buildVerifyHtml } from "../../scripts/verifier-page.ts";
import { openBrowser } from "./chromium.ts";

const folder = mkdtempSync(join(tmpdir(), "aigaq-page-"));
const pagePath = join(folder, "verify.html");
let browser: Browser;
let sound: Uint8Array;

before(async () => {
  const verifyHtml = await buildVerifyHtml();
  writeFileSync(pagePath, verifyHtml);
  const log = signBooks((await sampleBooks()).entries);
  sound = expectOk(
    assembleDossier(
      log.source(
        { kind: "appeal", id: "A-2025-003" },
        { claim: "31000000 KZT raised", verifyHtml, verifyPy: buildVerifyPy() },
      ),
    ),
  );
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const openPage = async (
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ page: Page; complaints: string[] }> => {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => !request.url().startsWith("file:") && complaints.push(request.url()));
  await page.goto(pathToFileURL(pagePath).href);
  return { page, complaints };
};

const answerOf = async (page: Page): Promise<unknown> =>
  JSON.parse((await page.locator("#json").textContent({ timeout: 60_000 })) ?? "null");

const changed = (name: string): Uint8Array => {
  const files = unzipSync(sound);
  const path = Object.keys(files).find((one) => one.endsWith(name));
  assert(path !== undefined, name);
  const body = files[path] as Uint8Array;
  body[body.length >> 1] = (body[body.length >> 1] as number) ^ 1;
  return zipSync(files, { level: 0 });
};

test("the page gives the verdict, checks and claim that command and Python give, for sound and changed dossiers", async () => {
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ["sound", sound],
    ["entry", changed("entries/00000020.jwt")],
    ["disclosure", changed("disclosures/00000001.json".replace("00000001", "00000018"))],
    ["figure", changed("statement.json")],
    ["page", changed("statement.kk.html")],
    ["damaged", sound.slice(0, sound.length - 100)],
  ];
  for (const [name, bytes] of cases) {
    const path = join(folder, `${name}.zip`);
    writeFileSync(path, bytes);
    const { page, complaints } = await openPage();
    await page.setInputFiles("#zip", path);
    const { verdict, checks, claim } = await checkDossier(bytes);
    assert.deepEqual(await answerOf(page), JSON.parse(JSON.stringify({ verdict, checks, claim })), name);
    assert.equal(verdict, name === "sound" ? "held" : "broken");
    const verifyPy = resolve(import.meta.dirname, "../../src/verifier/verify.py");
    let python = "";
    try {
      python = execFileSync("python3", [verifyPy, path, "--json"], { encoding: "utf8" });
    } catch (error) {
      python = (error as { stdout: string }).stdout;
    }
    const said = JSON.parse(python) as {
      verdict: string;
      checks: { code: string; subject: string; verdict: string }[];
    };
    const brief = (lines: readonly { code: string; subject: string; verdict: string }[]) =>
      lines.map((line) => [line.code, line.subject, line.verdict]);
    assert.deepEqual([said.verdict, brief(said.checks)], [verdict, brief(checks)], name);
    assert.deepEqual(complaints, [], name);
    await page.context().close();
  }
});

test("the unpacked folder can be chosen in place of the zip", async () => {
  const files = unzipSync(sound);
  for (const [name, body] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), body);
  }
  const { page, complaints } = await openPage();
  await page.setInputFiles("#folder", join(folder, "dossier-A-2025-003"));
  assert.equal(((await answerOf(page)) as { verdict: string }).verdict, "held");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

for (const lang of ["kk", "ru", "en"]) {
  test(`nothing is cut off on a phone, in ${lang}, light and dark, and letters are large enough to touch`, async () => {
    writeFileSync(join(folder, "phone.zip"), sound);
    for (const colorScheme of ["light", "dark"] as const) {
      const { page } = await openPage({ locale: lang, colorScheme, viewport: { width: 320, height: 640 } });
      assert.equal(await page.locator("html").getAttribute("lang"), lang);
      await page.setInputFiles("#zip", join(folder, "phone.zip"));
      await answerOf(page);
      assert.equal(
        await page.evaluate(
          () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
        ),
        true,
      );
      for (const box of await page
        .locator("nav button, #again")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height)))
        assert(box >= 44);
      await page.context().close();
    }
  });
}
