// Whoever closes the tab, reloads it or goes to another page within the five seconds has decided: it is sent as far as the
// browser lets it, or lies sealed on the device and goes out when she signs in again. Never lost, never twice.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { languageNames } from "#language/language.ts";
import { appealWords } from "#workspace/appeals/words.ts";
import { shellWords } from "#workspace/shell/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase } from "./founded.ts";
import { serveApp, type ServedApp } from "./served-app.ts";
import type { Visitor } from "./visitor.ts";

const language = "kk";
const words = appealWords[language];
const ui = uiWords[language];

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
});

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function appealsOf(officer: NodeDesk): Promise<number> {
  await officer.desk.catchUp();
  return (await officer.desk.session.books()).funds.appeals.size;
}

/** Her decision is held: four or five seconds are left. */
async function decided(served: ServedApp, officer: NodeDesk): Promise<Visitor> {
  await officer.found();
  const visitor = await served.visit({ language });
  await visitor.signIn("M-01", passphrase);
  const { page } = visitor;
  await visitor.goTo("/appeals/new");
  await page.getByLabel(words.titleField(languageNames[language]), { exact: true }).fill("Ойдан шығарылған");
  await page.getByRole("button", { name: words.preview, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: ui.record, exact: true }).click();
  await page.getByRole("button", { name: ui.sendNow, exact: true }).waitFor();
  return visitor;
}

/** She signs in again: what waited is on the record, once, and stays so. */
async function expectOnce(visitor: Visitor, officer: NodeDesk): Promise<void> {
  await visitor.signIn("M-01", passphrase);
  const { online, outbox } = shellWords[language];
  await visitor.button(new RegExp(`^${online}\\. ${outbox}: 0`, "u")).waitFor();
  assert.equal(await appealsOf(officer), 1);
  await pause(2000);
  assert.equal(await appealsOf(officer), 1);
}

describe("left within the five seconds", { concurrency: 2 }, () => {
  const ways: Readonly<Record<string, (visitor: Visitor) => Promise<void>>> = {
    "the tab is closed": async (visitor) => visitor.replaceTab(),
    "the page is loaded anew": async ({ page }) => void (await page.reload()),
    "another site is opened": async (visitor) => {
      await visitor.page.goto("about:blank");
      await pause(300);
      await visitor.page.goBack();
    },
  };
  for (const [way, leave] of Object.entries(ways))
    test(`${way}: it is recorded once`, async () => {
      await using served = await serveApp(browser);
      using officer = new NodeDesk(served.relay.address);
      const visitor = await decided(served, officer);
      await leave(visitor);
      await expectOnce(visitor, officer);
    });

  // At each moment of the sending something else is half done: asked, signed, sent, acknowledged.
  for (const ms of [0, 60])
    test(`the tab is closed ${ms} ms after “Send now”: it is recorded once`, async () => {
      await using served = await serveApp(browser);
      using officer = new NodeDesk(served.relay.address);
      const visitor = await decided(served, officer);
      await visitor.page.getByRole("button", { name: ui.sendNow, exact: true }).click({ noWaitAfter: true });
      await pause(ms);
      await visitor.replaceTab();
      await expectOnce(visitor, officer);
    });
});
