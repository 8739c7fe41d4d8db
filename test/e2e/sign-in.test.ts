// Whoever leaves a field empty is told which, at the field, and stands in it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Locator } from "playwright-core";
import { signInWords } from "#workspace/shell/sign-in/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk } from "./founded.ts";
import { serveApp } from "./served-app.ts";

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
});

/** The field has the focus, and its error is tied to it for readers of the screen. */
async function standsIn(field: Locator, error: string): Promise<void> {
  assert(await field.evaluate((one) => one === document.activeElement), error);
  const described = await field.evaluate((one) =>
    (one.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent)
      .join(" "),
  );
  assert(described.includes(error), `${described} has ${error}`);
}

test("an empty member number or passphrase is asked for at its field, and nothing is sent", async () => {
  await using served = await serveApp(browser);
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  const visitor = await served.visit({ language: "ru" });
  const words = signInWords.ru;
  const { page } = visitor;
  const member = page.getByRole("textbox", { name: words.member, exact: true });
  await member.waitFor();
  await visitor.button(words.signIn).click();
  await page.getByText(words.memberNeeded).waitFor();
  await standsIn(member, words.memberNeeded);
  await member.fill("1");
  assert.equal(await page.getByText(words.memberNeeded).count(), 0);
  await visitor.button(words.signIn).click();
  await page.getByText(words.passphraseNeeded).waitFor();
  await standsIn(page.getByLabel(words.passphrase, { exact: true }), words.passphraseNeeded);
  visitor.expectNoComplaints();
});
