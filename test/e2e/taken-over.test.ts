// Who joins sees a colleague's figures at once, whose they are, and when they are her own; in a real browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { decideRates } from "#domain/funds/decide-registers.ts";
import { expectOk } from "#record/result.ts";
import { shellWords } from "#workspace/shell/words.ts";
import { signInWords } from "#workspace/shell/sign-in/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase } from "./founded.ts";
import { serveApp } from "./served-app.ts";

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
});

/** 1 200 entries, so that there is something to check, and the books that the officer's device leaves. */
async function enrolled(address: string): Promise<string> {
  using officer = new NodeDesk(address);
  await officer.found();
  const { session } = officer.desk;
  const lines = Array.from({ length: 1_200 }, (_, i) => {
    const date = new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10);
    return { line: i + 2, values: { date, from: "EUR", to: "KZT", rate: "500.00", source: "invented" } };
  });
  await session.append(expectOk(decideRates((await session.books()).funds, lines)).drafts);
  const invited = { name: "Дана Үлгіқызы", roles: ["finance"], rooms: ["finance"] };
  const { link } = expectOk(await officer.ask("members.invite", invited));
  using joining = new NodeDesk(address);
  const secret = link.slice(link.indexOf("#") + 1);
  const lock = { kind: "passphrase", passphrase } as const;
  const { member } = await joining.ask("join.accept", { secret, lock });
  const [invitation] = await officer.ask("members.invitations", {});
  const hash = invitation?.hash ?? "";
  const { digest } = expectOk(await officer.ask("members.preview-enrolling", { hash }));
  expectOk(await officer.ask("members.enrol", { hash, digest }));
  assert(await session.offerToRoom({ isForced: true }));
  return member;
}

test("a line says whose figures these are until every entry is checked, and no screen waits for that", async () => {
  const language = "ru";
  await using served = await serveApp(browser);
  const member = await enrolled(served.relay.address);
  const visitor = await served.visit({ language });
  const { page } = visitor;
  const words = { ...shellWords[language], ...signInWords[language] };
  // Entries in the middle of the log, which nothing but the check asks for, are late.
  let letGo: () => void = () => undefined;
  const late = new Promise<void>((resolve) => (letGo = resolve));
  await page.context().route(/\/api\/entries\?from=256&/u, async (route) => {
    await late;
    await route.continue();
  });
  await page.getByRole("textbox", { name: words.member, exact: true }).fill(member);
  await page.getByLabel(words.passphrase, { exact: true }).fill(passphrase);
  await visitor.button(words.signIn).click();
  const line = page.getByText(words.takenFrom);
  await line.waitFor();
  assert.match((await line.textContent()) ?? "", /Айгүл|M-01/u);
  // The screens wait for nothing of it.
  await visitor.settled();
  letGo();
  await line.waitFor({ state: "detached" });
  visitor.expectNoComplaints();
});
