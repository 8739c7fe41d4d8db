// For five seconds what was confirmed is only on the device: it can be taken back, and the form is as it was; it can be sent
// at once; and the message with both goes along to other screens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { languageNames } from "#language/language.ts";
import { appealWords } from "#workspace/appeals/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase } from "./founded.ts";
import { serveApp } from "./served-app.ts";

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

async function confirm(page: Page): Promise<void> {
  await page.getByRole("button", { name: words.preview, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: ui.record, exact: true }).click();
}

test("an appeal is taken back with its form intact, then confirmed again and sent from another screen", async () => {
  await using served = await serveApp(browser);
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  const before = officer.desk.session.size;
  const visitor = await served.visit({ language });
  await visitor.signIn("M-01", passphrase);
  const { page } = visitor;
  await visitor.goTo("/appeals/new");
  const title = page.getByLabel(words.titleField(languageNames[language]), { exact: true });
  await title.fill("Ойдан шығарылған жинақ");
  await confirm(page);
  await page
    .getByText(ui.recordedIn(5))
    .or(page.getByText(ui.recordedIn(4)))
    .first()
    .waitFor();
  await page.getByRole("button", { name: ui.undo, exact: true }).click();
  await page.getByText(ui.takenBack).waitFor();
  assert.equal(await title.inputValue(), "Ойдан шығарылған жинақ");
  await officer.desk.catchUp();
  assert.equal(officer.desk.session.size, before);

  await confirm(page);
  const now = page.getByRole("button", { name: ui.sendNow, exact: true });
  await now.waitFor();
  await visitor.goTo("/posts");
  await now.click();
  await page.getByText(/: журналға жазылды$/u).waitFor();
  // What she looks at now stays; nothing pulls her back to the form's outcome.
  assert.match(page.url(), /\/posts$/u);
  await officer.desk.catchUp();
  assert.equal((await officer.desk.session.books()).funds.appeals.size, 1);
  visitor.expectNoComplaints();
});
