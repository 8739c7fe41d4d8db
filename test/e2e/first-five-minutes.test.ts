// What a newcomer does first, in each language, at a desk and on a phone, with the network cut twice on the way: starts a
// foundation, imports three files, answers "how much was raised for A-2025-003?", takes a dossier away, and a stranger
// checks it. The figure is the one that the rules give for these files, worked out here by a desk without a browser.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { openAsBlob } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { appealView } from "#domain/funds/views.ts";
import { languages } from "#language/language.ts";
import { formatSum } from "#language/sums.ts";
import { foundation } from "#test/books/sample-files.ts";
import { aigaqJson, projectRoot } from "#test/cli/aigaq.ts";
import { openTestDesk } from "#test/workspace/open-test-desk.ts";
import { dossierWords } from "#workspace/dossiers/words.ts";
import { importWords } from "#workspace/imports/words.ts";
import { shellWords } from "#workspace/shell/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { appealWords } from "#workspace/appeals/words.ts";
import { openBrowser } from "./chromium.ts";
import { startFoundation } from "./newcomer.ts";
import { serveApp } from "./served-app.ts";
import type { Visitor } from "./visitor.ts";

const run = promisify(execFile);
const appeal = "A-2025-003";
const brought = ["appeals.json", "posts.json", "kzt-1.1c.txt"] as const;

let browser: Browser;
/** Received for the appeal by these files alone: minor units and gifts. */
let raised: { readonly minor: bigint; readonly gifts: number };

before(async () => {
  browser = await openBrowser();
  const { desk, ask, record } = await openTestDesk();
  for (const name of brought) {
    const file = await openAsBlob(join(foundation, name));
    const reading = await ask("imports.read", { name, file });
    if (reading.kind === "list") await record("import.list", { what: reading.what, list: reading.list });
    else await ask("outbox.settled", { id: await ask("imports.begin", { name, file, title: name }) });
  }
  const [tenge] = appealView((await desk.session.books()).funds, appeal)?.raised ?? [];
  assert(tenge !== undefined);
  raised = { minor: BigInt(tenge.minor), gifts: tenge.donations };
  desk.close();
  assert(raised.gifts > 10);
});
after(async () => {
  await browser.close();
});

// Two at a time, as two newcomers on two servers; each waits for the network most of the time.
describe("a newcomer", { concurrency: 2 }, () => {
  for (const device of ["desktop", "phone"] as const) {
    for (const language of languages) {
      test(`from an empty server to a dossier that holds (${language}, ${device})`, async () => {
        await using served = await serveApp(browser);
        const visitor = await served.visit({ language, device });
        await startFoundation(visitor);
        await importThroughACut(visitor, served.relay);
        await recordThroughACut(visitor);
        await readAnswer(visitor);
        const dossier = await takeDossier(visitor, served.folder);
        await checkAsAStranger(dossier, served.folder);
        visitor.expectNoComplaints();
        assert.deepEqual(served.reports, []);
      });
    }
  }
});

/** Three files at once; the network is lost while the rows of the bank file are on their way. */
async function importThroughACut(
  visitor: Visitor,
  relay: { cutAt: (method: string, path: string) => boolean },
): Promise<void> {
  const { page, language } = visitor;
  const words = importWords[language];
  await visitor.goTo("/import");
  const chooser = page.waitForEvent("filechooser");
  await visitor.button(uiWords[language].chooseFiles).click();
  await (await chooser).setFiles(brought.map((name) => join(foundation, name)));
  const record = visitor.button(words.recordAll(3));
  await record.click();
  let appends = 0;
  for (const _ of ["appeals", "posts"]) {
    await confirm(visitor);
    appends += 1;
  }
  visitor.expectCut();
  let seen = 0;
  // The statement goes up in several appends: its second is lost, and with it everything else.
  relay.cutAt = (method, path) => method === "POST" && path === "/api/entries" && ++seen > appends;
  const lost = page.getByText(words.waitingOffline);
  await lost.waitFor({ timeout: 60_000 });
  await visitor.cutNetwork();
  await visitor.restoreNetwork();
  await page
    .getByRole("row", { name: /kzt-1\.1c\.txt/u })
    .or(page.locator(".row-card", { hasText: "kzt-1.1c.txt" }))
    .first()
    .waitFor({ timeout: 60_000 });
  await allSent(visitor);
}

async function confirm({ page, language }: Visitor): Promise<void> {
  const button = page
    .getByRole("dialog")
    .getByRole("button", { name: uiWords[language].record, exact: true });
  await button.click({ timeout: 60_000 });
  await button.waitFor({ state: "hidden" });
}

async function allSent({ page, language }: Visitor): Promise<void> {
  const words = shellWords[language];
  await page
    .getByRole("button", { name: `${words.online}. ${words.outbox}: 0` })
    .waitFor({ timeout: 60_000 });
}

/** A decision that is confirmed without a connection: a repost that asks once more. It waits, and goes by itself. */
async function recordThroughACut(visitor: Visitor): Promise<void> {
  const { page, language } = visitor;
  const words = shellWords[language];
  await visitor.goTo("/import");
  await visitor.cutNetwork();
  const repost = [
    {
      id: "P-100",
      appeal,
      kind: "repost",
      published: "2025-04-02T10:00:00+05:00",
      target: { currency: "KZT", minor: "387500000" },
    },
  ];
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({
      name: "more-posts.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(repost)),
    });
  await visitor.button(importWords[language].recordAll(1)).click();
  await confirm(visitor);
  await page.getByRole("button", { name: `${words.offline}. ${words.outbox}: 1` }).waitFor();
  await visitor.restoreNetwork();
  await allSent(visitor);
}

async function readAnswer(visitor: Visitor): Promise<void> {
  const { page, language } = visitor;
  const words = appealWords[language];
  await visitor.goTo("/appeals");
  await page
    .getByRole("link", { name: new RegExp(appeal, "u") })
    .or(page.locator(`a[href$="/appeals/${appeal}"]`))
    .first()
    .click();
  const answer = page.locator(".answer");
  await answer.waitFor();
  const text = (await answer.innerText()).replaceAll(/\s+/gu, " ");
  const said = [words.question, formatSum(raised.minor, "KZT", language), words.gifts(raised.gifts)];
  for (const one of said) assert(text.includes(one.replaceAll(/\s+/gu, " ")), `${one} in ${text}`);
}

async function takeDossier(visitor: Visitor, folder: string): Promise<string> {
  const { page, language } = visitor;
  const words = dossierWords[language];
  await page.getByRole("link", { name: appealWords[language].makeDossier }).click();
  await page.waitForURL(/dossiers\/new/u);
  await visitor.settled();
  await visitor.button(words.make).click();
  await page.getByRole("heading", { name: words.readyTitle }).waitFor({ timeout: 60_000 });
  const download = page.waitForEvent("download");
  await visitor.button(words.save).click();
  const file = await download;
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** With the command, and with the Python that Debian brings, neither of which knows anything but the file. */
async function checkAsAStranger(dossier: string, folder: string): Promise<void> {
  const surroundings = { env: { AIGAQ_PASSPHRASE: undefined }, cwd: folder };
  const byCommand = await aigaqJson(["dossier", "verify", dossier], surroundings);
  const verifyPy = join(projectRoot, "src/verifier/verify.py");
  const { stdout } = await run("python3", ["-I", verifyPy, dossier, "--json"], { cwd: folder });
  const byPython = JSON.parse(stdout) as { verdict: string };
  assert.equal(byCommand.verdict, "held", JSON.stringify(byCommand));
  assert.deepEqual(byPython, byCommand);
}
