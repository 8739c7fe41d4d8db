// A member ends an appeal in the browser: the form says what is missing, the public page says it at once and asks nobody any
// more, and she can open it again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { endReasonLabels } from "#domain/funds/labels.ts";
import { appealWords } from "#workspace/appeals/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase } from "./founded.ts";
import { overflow, smallTargets, violationsInBothLights } from "./looked-at.ts";
import { serveApp } from "./served-app.ts";
import type { Visitor } from "./visitor.ts";

const language = "ru";
const words = appealWords[language];

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
});

async function record({ page }: Visitor): Promise<void> {
  await page.getByRole("button", { name: words.preview, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: uiWords[language].record, exact: true }).click();
  await page.getByRole("button", { name: uiWords[language].sendNow, exact: true }).click();
}

async function looked(visitor: Visitor): Promise<void> {
  // What a bar that stays covers while one scrolls is no size of a target.
  await visitor.page.evaluate(() => window.scrollTo(0, 0));
  assert.deepEqual(await overflow(visitor.page), []);
  assert.deepEqual(await smallTargets(visitor.page), []);
  assert.deepEqual(await violationsInBothLights(visitor), []);
}

test("an appeal is ended on a phone, the public page says so, and it is opened again", async () => {
  await using served = await serveApp(browser);
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  const id = "A-2025-001";
  await officer.record("appeal.open", {
    id,
    hashtag: "",
    opened: "2025-02-01",
    title: { ru: "Адвокат для двух детей" },
    currency: "KZT",
    leftover: "",
    policy: { foundation: { ru: "Образец" }, unsigned: "general", shortfall: "general" },
  });
  const visitor = await served.visit({ language, device: "phone", hasNoPolicy: true });
  await visitor.signIn("M-01", passphrase);
  const { page } = visitor;
  await visitor.goTo(`/appeals/${id}`);
  await page.getByRole("button", { name: words.endAppeal, exact: true }).click();
  await page.getByLabel(words.reason, { exact: true }).selectOption("need-fell-away");
  await page.getByRole("button", { name: words.preview, exact: true }).click();
  await page.getByText(words.endLeftoverNeeded).waitFor();
  await looked(visitor);
  await page.getByLabel(words.leftoverField, { exact: true }).fill("Пойдёт на следующее такое же дело.");
  await record(visitor);
  await page.getByText(words.endedNote).waitFor();
  assert.equal(await page.locator("svg.qr, .qr").count(), 0);
  assert.equal(await page.getByRole("link", { name: words.addPost }).count(), 0);
  await looked(visitor);

  const told = async (): Promise<string> =>
    (await fetch(`${served.relay.address}/${language}/appeals/${id}`)).text();
  assert.ok((await told()).includes(endReasonLabels["need-fell-away"][language]));
  assert.ok(!(await told()).includes('class="qr"'));

  await page.getByRole("button", { name: words.reopen, exact: true }).click();
  await page.getByLabel(words.reason, { exact: true }).fill("Завершили по ошибке");
  await record(visitor);
  await page.getByText(words.giveTitle, { exact: true }).waitFor();
  assert.ok((await told()).includes('class="qr"'));
  visitor.expectNoComplaints();
});
