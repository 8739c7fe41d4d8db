// On a phone whose line breaks in the middle of an import: taken back, it says which rows stand on the record and leads to the
// import screen, where the same stands and the file says how much of it is there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { importWords } from "#workspace/imports/words.ts";
import { shellWords } from "#workspace/shell/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase } from "./founded.ts";
import { serveApp } from "./served-app.ts";

const language = "kk";
const words = importWords[language];
const ui = uiWords[language];
const file = {
  name: "kaspi.mt940",
  mimeType: "text/plain",
  buffer: Buffer.from(
    [
      ":20:INVENTED",
      ":25:KZ617229999900000007",
      ":28C:1/1",
      ":60F:C250202KZT1000,00",
      ":61:2502030203C500,00NTRFINVENTED1",
      ":86:Ойдан шығарылған",
      ":61:2502050205C700,00NTRFINVENTED2",
      ":86:Ойдан шығарылған",
      ":62F:C250205KZT2200,00",
      "-",
    ].join("\r\n"),
  ),
};

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
});

test("an import that is cut short and taken back says what stands on the record", async () => {
  await using served = await serveApp(browser);
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  const visitor = await served.visit({ language, device: "phone", isDark: true });
  await visitor.signIn("M-01", passphrase);
  await visitor.goTo("/import");
  const { page } = visitor;
  await page.locator("input[type=file]").first().setInputFiles(file);
  const record = page.getByRole("button", { name: words.recordAll(1), exact: true });
  await record.waitFor();
  visitor.expectCut();
  // The account and the rows get through; then each further entry breaks the line for a moment.
  let batches = 0;
  served.relay.cutAt = (method, path) => {
    if (method !== "POST" || path !== "/api/entries" || ++batches <= 2) return false;
    setTimeout(() => served.relay.restore(), 300);
    return true;
  };
  await record.click();
  await page.getByText(words.waitingOffline).waitFor();
  await visitor.button(new RegExp(`${shellWords[language].outbox}: 1`, "u")).click();
  await page.locator(".panel").getByRole("button", { name: ui.undo, exact: true }).click();
  // Without a connection how far it came is not known; with one it is.
  const partly = page.getByText(ui.partly(words.title1(file.name)));
  const notKnown = page.getByText(ui.notKnown);
  while (!(await partly.isVisible())) {
    await partly.or(notKnown).first().waitFor();
    if (await partly.isVisible()) break;
    await page.waitForTimeout(500);
    const again = page.locator(".panel").getByRole("button", { name: ui.undo, exact: true });
    if (await again.isVisible()) await again.click({ timeout: 5000 }).catch(() => undefined);
  }
  await page.keyboard.press("Escape");
  const remains = page.locator(".remains").filter({ hasText: ui.rowsThere(2) });
  await remains.first().waitFor();
  await page.getByText(words.begun("2")).waitFor();
  if (process.env["LOOK"] !== undefined) {
    await visitor.still();
    await page.screenshot({ path: `${process.env["LOOK"]}/partly.png` });
    await page.screenshot({ path: `${process.env["LOOK"]}/partly-full.png`, fullPage: true });
  }

  served.relay.cutAt = () => false;
  await page.getByRole("button", { name: words.recordAll(1), exact: true }).click();
  await page.getByText(words.resumed).waitFor();
  await page.getByText(words.cutShort(1)).waitFor({ state: "hidden" });
  await officer.desk.catchUp();
  assert.deepEqual((await officer.ask("imports.files", {})).unfinished, []);
});
