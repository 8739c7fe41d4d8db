// Without a connection: the workspace opens, its member signs in, what she decides waits sealed through a closed tab, can be
// taken back, and is sent when the connection is back; what would be recorded otherwise by then is asked again.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { importWords } from "#workspace/imports/words.ts";
import { shellWords } from "#workspace/shell/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase } from "./founded.ts";
import { serveApp, type ServedApp } from "./served-app.ts";
import type { Visitor } from "./visitor.ts";

const language = "en";
const words = shellWords[language];

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
});

/** A foundation with its appeals, and its officer at a browser in which the workspace is installed. */
async function atWork(served: ServedApp): Promise<{ visitor: Visitor; officer: NodeDesk }> {
  const officer = new NodeDesk(served.relay.address);
  await officer.found();
  await officer.importFile("appeals.json");
  const visitor = await served.visit({ language });
  await visitor.signIn("M-01", passphrase);
  await visitor.page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active !== null && active.state !== "activated")
      await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
  });
  return { visitor, officer };
}

const post = (id: string) => ({
  id,
  appeal: "A-2025-003",
  kind: "post",
  published: "2025-02-09T12:05:00+05:00",
  target: { currency: "KZT", minor: "387500000" },
});

/** Confirms a list of posts on the screen of imports. */
async function recordPosts(page: Page, ids: readonly string[]): Promise<void> {
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({
      name: `${ids.join("-")}.json`,
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(ids.map(post))),
    });
  await page.getByRole("button", { name: importWords[language].recordAll(1), exact: true }).click();
  const record = page
    .getByRole("dialog")
    .getByRole("button", { name: uiWords[language].record, exact: true });
  await record.click();
  await record.waitFor({ state: "hidden" });
}

const outbox = (page: Page, isOnline: boolean, count: number) =>
  page.getByRole("button", {
    name: `${isOnline ? words.online : words.offline}. ${words.outbox}: ${count}`,
  });

async function posts(officer: NodeDesk): Promise<readonly string[]> {
  await officer.desk.catchUp();
  return [...(await officer.desk.session.books()).funds.posts.keys()];
}

describe("without a connection", { concurrency: 2 }, () => {
  test("after one visit the workspace opens, its member signs in and reads without a connection", async () => {
    await using served = await serveApp(browser);
    const { visitor, officer } = await atWork(served);
    using _ = officer;
    await visitor.goTo("/appeals");
    await visitor.cutNetwork();
    await visitor.page.reload();
    await visitor.signIn("M-01", passphrase);
    await visitor.goTo("/appeals");
    await visitor.page.getByText("A-2025-003").first().waitFor();
    await outbox(visitor.page, false, 0).waitFor();
    await visitor.restoreNetwork();
    await outbox(visitor.page, true, 0).waitFor();
    visitor.expectNoComplaints();
  });

  test("a wrong passphrase opens nothing without a connection either", async () => {
    await using served = await serveApp(browser);
    const { visitor, officer } = await atWork(served);
    using _ = officer;
    await visitor.cutNetwork();
    await visitor.page.reload();
    await assert.rejects(visitor.signIn("M-01", "four other words here", { patienceMs: 4_000 }));
    assert.equal(await visitor.page.locator(".app").count(), 0);
    visitor.expectNoComplaints();
  });

  test("what was confirmed without a connection outlives the tab and is sent later", async () => {
    await using served = await serveApp(browser);
    const { visitor, officer } = await atWork(served);
    using _ = officer;
    await visitor.goTo("/import");
    await visitor.cutNetwork();
    await recordPosts(visitor.page, ["P-003"]);
    await outbox(visitor.page, false, 1).waitFor();
    // Sealed: nothing of the decision can be read off the device.
    const kept = await visitor.page.evaluate(keptOnDevice);
    assert(kept.length > 1000);
    assert.equal(kept.includes("P-003"), false);
    assert.equal(kept.includes(passphrase), false);

    await visitor.replaceTab();
    await visitor.signIn("M-01", passphrase);
    await outbox(visitor.page, false, 1).waitFor();
    assert.deepEqual(await posts(officer).catch(() => []), []);
    await visitor.restoreNetwork();
    await outbox(visitor.page, true, 0).waitFor();
    assert.deepEqual(await posts(officer), ["P-003"]);
    visitor.expectNoComplaints();
  });

  test("what waits can be taken back, and nothing of it is recorded", async () => {
    await using served = await serveApp(browser);
    const { visitor, officer } = await atWork(served);
    using _ = officer;
    const { page } = visitor;
    await visitor.goTo("/import");
    await visitor.cutNetwork();
    await recordPosts(page, ["P-003"]);
    await outbox(page, false, 1).waitFor();
    await page.getByRole("button", { name: uiWords[language].undo, exact: true }).click();
    await page.getByText(uiWords[language].takenBack).waitFor();
    await outbox(page, false, 0).waitFor();
    // The file's card knows as well: it can be recorded again, or laid aside.
    await page.getByText(importWords[language].waitingOffline).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: importWords[language].recordAll(1), exact: true }).waitFor();
    await page.getByRole("button", { name: `${importWords[language].remove}: P-003.json` }).click();
    await recordPosts(page, ["P-004"]);
    await outbox(page, false, 1).click();
    await page.locator(".panel").getByRole("button", { name: uiWords[language].undo, exact: true }).click();
    await outbox(page, false, 0).waitFor();
    await visitor.restoreNetwork();
    await outbox(page, true, 0).waitFor();
    assert.deepEqual(await posts(officer), []);
    visitor.expectNoComplaints();
  });

  test("when others recorded something meanwhile and the entries would be others, she is asked again", async () => {
    await using served = await serveApp(browser);
    const { visitor, officer } = await atWork(served);
    using _ = officer;
    const { page } = visitor;
    await visitor.goTo("/import");
    await visitor.cutNetwork();
    await recordPosts(page, ["P-003", "P-004"]);
    await outbox(page, false, 1).waitFor();
    // Her other device is still connected and records one of the two.
    served.relay.restore();
    await officer.record("import.list", { what: "posts", list: [post("P-003")] });
    await visitor.restoreNetwork();
    const settle = outbox(page, true, 1);
    await settle.waitFor();
    await page.getByText(words.toSettle(1)).waitFor();
    assert.deepEqual(await posts(officer), ["P-003"]);
    await settle.click();
    await page.getByText(words.changedLead).waitFor();
    await page.getByRole("button", { name: words.lookAgain, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("P-004", { exact: true }).waitFor();
    assert.equal(await dialog.getByText("P-003", { exact: true }).count(), 0);
    await dialog.getByRole("button", { name: uiWords[language].record, exact: true }).click();
    await outbox(page, true, 0).waitFor();
    assert.deepEqual(await posts(officer), ["P-003", "P-004"]);
    visitor.expectNoComplaints();
  });
});

/** Runs in the page: all of IndexedDB, local and session storage and the names in the caches, as one text. */
async function keptOnDevice(): Promise<string> {
  const parts: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const text = (value: unknown): string =>
    value instanceof Uint8Array || value instanceof ArrayBuffer
      ? new TextDecoder("latin1").decode(value)
      : (JSON.stringify(value, (_, one: unknown) =>
          one instanceof Uint8Array ? new TextDecoder("latin1").decode(one) : one,
        ) ?? "");
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name ?? "");
    await new Promise((done) => opening.addEventListener("success", done));
    for (const store of opening.result.objectStoreNames) {
      const asking = opening.result.transaction(store).objectStore(store).getAll();
      await new Promise((done) => asking.addEventListener("success", done));
      parts.push(...(asking.result as unknown[]).map(text));
    }
    opening.result.close();
  }
  for (const name of await caches.keys())
    parts.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
  return parts.join("\n");
}
