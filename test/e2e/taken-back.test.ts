// For five seconds what was confirmed is only on the device: it can be taken back, and the form is as it was; it can be sent
// at once; and the message with both goes along to other screens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { languageNames } from "#language/language.ts";
import { appealWords } from "#workspace/appeals/words.ts";
import { shellWords } from "#workspace/shell/words.ts";
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

/** As the page is told when another tab or another app covers it. */
async function cover(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

/** Until the workspace opens without a connection. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active !== null && active.state !== "activated")
      await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
  });
}

async function appealsOf(officer: NodeDesk): Promise<readonly string[]> {
  await officer.desk.catchUp();
  return [...(await officer.desk.session.books()).funds.appeals.keys()];
}

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
    .getByText(ui.sentIn(5))
    .or(page.getByText(ui.sentIn(4)))
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

test("whoever goes to another tab or app has decided: it is sent before its time is over", async () => {
  await using served = await serveApp(browser);
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  const visitor = await served.visit({ language, device: "phone" });
  await visitor.signIn("M-01", passphrase);
  const { page } = visitor;
  await visitor.goTo("/appeals/new");
  await page.getByLabel(words.titleField(languageNames[language]), { exact: true }).fill("Ойдан шығарылған");
  await confirm(page);
  await page.getByRole("button", { name: ui.undo, exact: true }).waitFor();
  const since = Date.now();
  await cover(page);
  while ((await appealsOf(officer)).length === 0 && Date.now() - since < 4000)
    await new Promise((done) => setTimeout(done, 100));
  assert.equal((await appealsOf(officer)).length, 1);
  assert.ok(Date.now() - since < 4500, "sent before the five seconds were over");
  visitor.expectNoComplaints();
});

test("without a connection a second appeal gets another code, and the first one's code says that it waits", async () => {
  await using served = await serveApp(browser);
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  const visitor = await served.visit({ language });
  await visitor.signIn("M-01", passphrase);
  const { page } = visitor;
  await visitor.goTo("/appeals/new");
  const title = page.getByLabel(words.titleField(languageNames[language]), { exact: true });
  const code = page.getByLabel(words.code, { exact: true });
  const first = await code.inputValue();
  await title.fill("Ойдан шығарылған бірінші");
  await installed(page);
  await visitor.cutNetwork();
  await confirm(page);
  await page.getByRole("button", { name: ui.sendNow, exact: true }).click();
  // It cannot come through: she is led to the list.
  await page.getByRole("heading", { level: 1, name: words.title, exact: true }).waitFor();
  assert.match(page.url(), /\/appeals$/u);
  await visitor.goTo("/appeals/new");
  assert.notEqual(await code.inputValue(), first);
  const button = page.getByRole("button", { name: words.preview, exact: true });
  assert.equal(await button.isEnabled(), true);
  await code.fill(first);
  await page.getByRole("status").filter({ hasText: ui.waitsToBeSent }).waitFor();
  assert.equal(await button.isEnabled(), false);
  await visitor.restoreNetwork();
  for (let i = 0; i < 100 && (await appealsOf(officer)).length === 0; i++)
    await new Promise((done) => setTimeout(done, 100));
  assert.deepEqual(await appealsOf(officer), [first]);
  visitor.expectNoComplaints();
});

test("what one tab took back, the other tab of the device neither sends nor keeps in its list", async () => {
  await using served = await serveApp(browser);
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  const visitor = await served.visit({ language });
  await visitor.signIn("M-01", passphrase);
  const { page: first } = visitor;
  await visitor.goTo("/appeals/new");
  await first.getByLabel(words.titleField(languageNames[language]), { exact: true }).fill("Ойдан шығарылған");
  await installed(first);
  await visitor.cutNetwork();
  await confirm(first);
  await first.getByText(ui.waitsToBeSent).first().waitFor();
  visitor.page = await visitor.context.newPage();
  await visitor.page.goto(`${served.relay.address}/app/`);
  await visitor.signIn("M-01", passphrase);
  const { offline, online, outbox } = shellWords[language];
  await visitor.button(new RegExp(`^${offline}\\. ${outbox}: 1`, "u")).waitFor();
  await first.getByRole("button", { name: ui.undo, exact: true }).click();
  await first.getByText(ui.takenBack).waitFor();
  await visitor.restoreNetwork();
  await visitor.button(new RegExp(`^${online}\\. ${outbox}: 0`, "u")).waitFor();
  assert.deepEqual(await appealsOf(officer), []);
});
