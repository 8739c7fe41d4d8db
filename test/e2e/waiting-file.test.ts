// A large receipt without a connection, in a browser with its real storage: it waits sealed in pieces, outlives the tab, goes
// out when the connection is back and leaves the device; where there is no room, nothing of it is kept.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { shellWords } from "#workspace/shell/words.ts";
import { spendingWords } from "#workspace/spending/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase } from "./founded.ts";
import { serveApp, type ServedApp } from "./served-app.ts";
import type { Visitor } from "./visitor.ts";

const language = "kk";
const words = spendingWords[language];
const ui = uiWords[language];
const shell = shellWords[language];
const payment = "S-2025-001";

let browser: Browser;
let folder: string;
let scan: string;
let sha256: string;
before(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), "aigaq-scan-"));
  scan = join(folder, "scan.pdf");
  // Above what a page reads as a whole.
  const content = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(30_000_000)]);
  writeFileSync(scan, content);
  sha256 = createHash("sha256").update(content).digest("hex");
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A payment without a receipt, and its officer before it with the scan chosen and no connection. */
async function atPayment(
  served: ServedApp,
  officer: NodeDesk,
  { room = undefined as number | undefined } = {},
): Promise<Visitor> {
  await officer.found();
  await officer.importFile("appeals.json");
  await officer.record("spending.past", {
    id: payment,
    appeal: "A-2025-003",
    category: "lawyer",
    minor: 200_000n,
    currency: "KZT",
    date: "2025-03-01",
    payee: "Адвокат Образцов",
    paidFrom: "",
    relation: "",
    approver: "",
  });
  const visitor = await served.visit({ language });
  // Before anything is written: the browser asks for its room once and counts down.
  if (room !== undefined) await giveRoom(visitor, served.relay.address, room);
  await visitor.signIn("M-01", passphrase);
  await visitor.page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active !== null && active.state !== "activated")
      await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
  });
  await visitor.goTo(`/spending/${payment}`);
  await visitor.cutNetwork();
  return visitor;
}

/** How much the browser lets this site keep on the device, in bytes; left out: as much as it likes. */
async function giveRoom({ page }: Visitor, origin: string, quotaSize?: number): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  await tools.send("Storage.overrideQuotaForOrigin", {
    origin,
    ...(quotaSize !== undefined && { quotaSize }),
  });
}

async function confirm({ page }: Visitor): Promise<void> {
  await page.getByRole("button", { name: words.addReceipt, exact: true }).click();
  await page.locator("input[type=file]").first().setInputFiles(scan);
  await page.getByText(words.pdfIncomplete).waitFor();
  await page.getByRole("button", { name: words.preview, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: ui.record, exact: true }).click();
}

const outbox = (visitor: Visitor, connection: string, count: number) =>
  visitor.button(new RegExp(`^${connection}\\. ${shell.outbox}: ${count}`, "u"));

/** Bytes of pieces that this device keeps, and of the largest one. */
function kept(page: Page): Promise<{ readonly all: number; readonly largest: number }> {
  return page.evaluate(async () => {
    const sizes: number[] = [];
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((done) => {
        const request = indexedDB.open(name);
        request.addEventListener("success", () => done(request.result));
      });
      if (db.objectStoreNames.contains("pieces")) {
        const request = db.transaction("pieces").objectStore("pieces").getAll();
        await new Promise((done) => request.addEventListener("success", done));
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the workspace writes there
        for (const piece of request.result as Uint8Array[]) sizes.push(piece.length);
      }
      db.close();
    }
    return { all: sizes.reduce((sum, size) => sum + size, 0), largest: Math.max(0, ...sizes) };
  });
}

describe("a receipt of thirty megabytes without a connection", { concurrency: 1 }, () => {
  test("waits in pieces through a closed tab, is sent, opens again as it was, and leaves the device", async () => {
    await using served = await serveApp(browser);
    using officer = new NodeDesk(served.relay.address);
    const visitor = await atPayment(served, officer);
    await confirm(visitor);
    await outbox(visitor, shell.offline, 1).waitFor();
    const { all, largest } = await kept(visitor.page);
    assert.ok(all > 30_000_000 && largest <= 4 * 1024 * 1024, `${all} bytes in pieces of ${largest}`);

    await visitor.replaceTab();
    await visitor.signIn("M-01", passphrase);
    await outbox(visitor, shell.offline, 1).waitFor();
    await visitor.restoreNetwork();
    await outbox(visitor, shell.online, 0).waitFor();
    assert.equal((await kept(visitor.page)).all, 0);

    await officer.desk.catchUp();
    const page = await officer.ask("spending.page", { id: payment });
    const [added] = page.events;
    const opened = await officer.ask("spending.file", {
      id: payment,
      which: "receipt",
      ...(added !== undefined && { index: added.index }),
    });
    assert.equal(opened.sha256, sha256);
    visitor.expectNoComplaints();
  });

  test("is refused where the browser has no room, with what to do, and nothing of it stays", async () => {
    await using served = await serveApp(browser);
    using officer = new NodeDesk(served.relay.address);
    const visitor = await atPayment(served, officer, { room: 20_000_000 });
    const { page } = visitor;
    await confirm(visitor);
    await page.getByRole("dialog").getByText("device-full").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: ui.close, exact: true }).last().click();
    await outbox(visitor, shell.offline, 0).waitFor();
    assert.equal((await kept(page)).all, 0);
    // With room again the same form goes through.
    await giveRoom(visitor, served.relay.address);
    await page.getByRole("button", { name: words.preview, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: ui.record, exact: true }).click();
    await outbox(visitor, shell.offline, 1).waitFor();
    visitor.expectNoComplaints();
  });
});
