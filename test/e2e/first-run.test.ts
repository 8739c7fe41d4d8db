// The pages before the workspace: two doors, the five steps, the sign-in, the sample to look around in. Rules of WCAG, width,
// and size of what is pressed, as for the screens behind them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { languages } from "#language/language.ts";
import { firstRunWords } from "#workspace/shell/first-run/words.ts";
import { openBrowser } from "./chromium.ts";
import { overflow, smallTargets, violationsInBothLights } from "./looked-at.ts";
import { passphrase } from "./founded.ts";
import { startFoundation } from "./newcomer.ts";
import { takePicture, writePictureIndex } from "./pictures.ts";
import { screenTitles } from "./screens.ts";
import { serveApp } from "./served-app.ts";
import type { Visitor } from "./visitor.ts";

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  writePictureIndex(await screenTitles());
  await browser.close();
});

/** Looks at a page on the way, and keeps what is wrong with it. */
function lookInto(found: string[]) {
  return async (visitor: Visitor, step: string): Promise<void> => {
    const { page, device } = visitor;
    await visitor.still();
    await takePicture(visitor, step, { isDarkToo: device === "desktop" });
    if (device === "phone") {
      found.push(...(await smallTargets(page)).map((line) => `${step}: ${line}`));
      await page.setViewportSize({ width: 320, height: 740 });
      found.push(...(await overflow(page)).map((line) => `${step} at 320: ${line}`));
      await page.setViewportSize({ width: 360, height: 740 });
      return;
    }
    found.push(...(await violationsInBothLights(visitor)).map((line) => `${step} ${line}`));
  };
}

describe("the way in", { concurrency: 2 }, () => {
  for (const language of languages) {
    for (const device of ["desktop", "phone"] as const) {
      test(`is open to everyone (${language}, ${device})`, async () => {
        await using served = await serveApp(browser);
        const visitor = await served.visit({ language, device, hasNoPolicy: true });
        const found: string[] = [];
        const look = lookInto(found);
        await startFoundation(visitor, { look });
        await visitor.page.reload();
        await visitor.settled();
        await look(visitor, "sign-in");
        await visitor.signIn("M-01", passphrase);
        await visitor.page.keyboard.press("F9");
        await visitor.settled();
        await look(visitor, "locked");
        assert.deepEqual([...new Set(found)], []);
        visitor.expectNoComplaints();
      });
    }
  }

  test("whoever only looks around sees a whole foundation, and nothing of it reaches the server", async () => {
    await using served = await serveApp(browser, { isRecording: true });
    const visitor = await served.visit({ language: "kk", hasNoPolicy: true });
    const found: string[] = [];
    await visitor.settled();
    await visitor.button(firstRunWords.kk.doorLookButton).click();
    await visitor.page.locator(".app").waitFor({ timeout: 60_000 });
    await visitor.settled();
    await lookInto(found)(visitor, "tour");
    await visitor.goTo("/appeals/A-2025-003");
    await visitor.page.locator(".answer-sum").waitFor();
    assert.match(
      (await visitor.page.locator(".answer-sum").innerText()).replaceAll(/\s/gu, " "),
      /^1 240 000,00 ₸$/u,
    );
    assert.deepEqual(found, []);
    visitor.expectNoComplaints();
    await visitor.leave();
    const asked = served.relay.exchanges.filter(({ method }) => method !== "GET");
    assert.deepEqual(
      asked.map(({ method, path }) => `${method} ${path}`),
      [],
    );
  });
});
