// In the sample a letter lies in the tab: its page, opened in another one as its reader would, gets the question and sends the
// answer back, by the code of a real letter; and the answer becomes a confirmation.
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { letterWords } from "#workspace/letters/words.ts";
import { pageWords } from "#workspace/letters/page-words.ts";
import { signInWords } from "#workspace/shell/sign-in/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk } from "./founded.ts";
import { serveApp } from "./served-app.ts";

const language = "kk";
const words = letterWords[language];
const page = pageWords[language];

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
});

test("a letter of the sample is opened in a second tab, answered, and accepted in the first", async () => {
  await using served = await serveApp(browser);
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  const visitor = await served.visit({ language });
  await visitor.button(signInWords[language].lookAround).click();
  await visitor.page.locator(".app").waitFor();
  await visitor.goTo("/letters/new?payment=S-2025-056");
  await visitor.button(words.send).click();
  const opened = visitor.context.waitForEvent("page");
  await visitor.page.getByRole("link", { name: words.openAsReader, exact: true }).click();
  const reader = await opened;
  await reader.getByText(page.sample).waitFor();
  await reader.getByRole("button", { name: page.yes, exact: true }).click();
  await reader.getByText(page.sent).waitFor();
  await visitor.goTo("/letters");
  await visitor.page.getByRole("heading", { name: words.answered, exact: true }).waitFor();
  await visitor.button(words.accept).click();
  await visitor.page.getByRole("dialog").getByRole("button", { name: uiWords[language].record }).click();
  await visitor.button(uiWords[language].sendNow).click();
  await visitor.page.getByRole("heading", { name: words.done, exact: true }).waitFor();
  visitor.expectNoComplaints();
});
