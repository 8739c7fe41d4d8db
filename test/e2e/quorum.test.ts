// The only officer has forgotten her passphrase and lost her device. On another one her trustees type their sheets, she chooses
// a new passphrase, and is back: in each language, at a desk and on a phone, in the dark, and by keyboard alone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { languages, type Language } from "#language/language.ts";
import { labels } from "#vault/labels.ts";
import { memberWords } from "#workspace/members/words.ts";
import { signInWords } from "#workspace/shell/sign-in/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { overflow, smallTargets, violationsInBothLights } from "./looked-at.ts";
import { passphrase } from "./founded.ts";
import { startFoundation } from "./newcomer.ts";
import { takePicture, writePictureIndex } from "./pictures.ts";
import { screenTitles } from "./screens.ts";
import { serveApp, type ServedApp } from "./served-app.ts";
import type { Device, Visitor } from "./visitor.ts";

const again = "entirely new words tonight";

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  writePictureIndex(await screenTitles());
  await browser.close();
});

/** A foundation that was begun in a browser which is gone now; the shares as they stood on its page. */
async function foundedAndForgotten(served: ServedApp): Promise<readonly string[]> {
  const founder = await served.visit({ language: "en" });
  let shares: readonly string[] = [];
  const look = async ({ page }: Visitor, step: string): Promise<void> => {
    if (step !== "first-sheets") return;
    shares = await page
      .locator(".wizard-share code")
      .evaluateAll((all) => all.map((one) => one.textContent ?? ""));
  };
  await startFoundation(founder, { look });
  founder.expectNoComplaints();
  await founder.leave();
  return shares;
}

async function lookAt(visitor: Visitor, screen: string, found: string[]): Promise<void> {
  const { page, device } = visitor;
  await visitor.still();
  await takePicture(visitor, screen, { isDarkToo: device === "desktop" });
  if (device === "phone") {
    found.push(...(await smallTargets(page)).map((line) => `${screen}: ${line}`));
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 740 });
      found.push(...(await overflow(page)).map((line) => `${screen} at ${width}: ${line}`));
    }
    await page.setViewportSize({ width: 360, height: 740 });
    return;
  }
  found.push(...(await violationsInBothLights(visitor)).map((line) => `${screen} ${line}`));
}

/** Everything that this browser profile keeps, as text. */
function keptByBrowser({ page }: Visitor): Promise<string> {
  return page.evaluate(async () => {
    const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href];
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open(name);
        request.addEventListener("success", () => done(request.result));
        request.addEventListener("error", () => fail(new Error("no database")));
      });
      for (const store of db.objectStoreNames)
        kept.push(
          await new Promise((done, fail) => {
            const request = db.transaction(store).objectStore(store).getAll();
            request.addEventListener("success", () => done(request.result));
            request.addEventListener("error", () => fail(new Error("no store")));
          }),
        );
      db.close();
    }
    return JSON.stringify(kept, (_, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value,
    );
  });
}

/** The sheets have been in many hands tonight: she makes new keys with new sheets, and puts them in force. */
async function renewSheets(visitor: Visitor, shares: readonly string[], found: string[]): Promise<void> {
  const { page, language } = visitor;
  const words = memberWords[language];
  await visitor.goTo("/members/recovery");
  await visitor.button(words.renew).click();
  const section = page.locator("section").filter({ has: page.getByRole("heading", { name: words.renew }) });
  for (const [i, share] of shares.entries())
    await section.getByLabel(words.share(i + 1), { exact: true }).fill(share);
  await section.getByLabel(words.trustees).fill("Дана\nПётр\nZhanar");
  await section.getByRole("textbox", { name: words.quorum }).fill("2");
  await visitor.button(words.split).click();
  await page.getByText(words.renewPrinted).waitFor();
  assert.equal(await section.locator(".shares code").count(), 3);
  await lookAt(visitor, "recovery-renew", found);
  await visitor.button(words.renewForce).click();
  await page.getByRole("dialog").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: uiWords[language].record, exact: true }).click();
  await page.getByText(words.renewDoneText).waitFor({ timeout: 60_000 });
}

const bare = (share: string): string => share.replace(/^aigaq-share-1 /u, "");

describe("trustees bring the lost officer back", { concurrency: 2 }, () => {
  const ways: readonly (readonly [Language, Device])[] = languages.flatMap((language) =>
    (["desktop", "phone"] as const).map((device) => [language, device] as const),
  );
  for (const [language, device] of ways) {
    test(`from the sign-in page to her own workspace (${language}, ${device})`, async () => {
      await using served = await serveApp(browser, { isRecording: true });
      const [one = "", two = "", three = ""] = await foundedAndForgotten(served);
      const visitor = await served.visit({ language, device, hasNoPolicy: true });
      const { page } = visitor;
      const words = memberWords[language];
      const found: string[] = [];
      await visitor.settled();
      await page.getByRole("link", { name: signInWords[language].noOfficer }).click();
      await page.getByRole("heading", { name: words.quorumTitle, level: 1 }).waitFor();
      const field = page.getByLabel(words.quorumShare, { exact: true });
      const add = async (text: string): Promise<void> => {
        await field.fill(text);
        await visitor.button(words.quorumTake).click();
      };

      await add(three);
      await page.getByText(words.quorumNumber(3, 3)).waitFor();
      await page.getByText(words.quorumMissing(1)).waitFor();
      // A slip of the hand, and the same sheet once more: said at once, and nothing is lost.
      await add(`${one.slice(0, -1)}${one.endsWith("0") ? "4" : "0"}`);
      await page.getByText(labels["share-misread"][language].slice(0, 30)).waitFor();
      await lookAt(visitor, "quorum-shares", found);
      await add(bare(three).toLowerCase());
      await page.getByText(labels["share-repeated"][language].slice(0, 20)).waitFor();
      await add(bare(one).replaceAll("-", " "));
      await page.getByText(words.quorumEnough).waitFor();
      await visitor.button(words.quorumOpen).click();

      await page.getByRole("heading", { name: words.quorumWho }).waitFor();
      assert(await page.getByRole("radio", { name: /M-01 · Айгүл Мысалова/u }).isChecked());
      // Exactly whose keys end: hers, and nobody else is there.
      await page.getByText(words.quorumEndsNow).waitFor();
      assert.match((await page.locator(".quorum-ending").innerText()) || "", /M-01 · Айгүл Мысалова/u);
      assert.equal(await page.getByRole("checkbox").count(), 0);
      await page.getByRole("textbox", { name: words.next, exact: true }).fill(again);
      await page.getByRole("textbox", { name: words.nextAgain, exact: true }).fill(again);
      await lookAt(visitor, "quorum-return", found);
      await visitor.button(words.quorumReturn).click();
      await page.locator(".app").waitFor({ timeout: 60_000 });
      await visitor.settled();
      assert.match(page.url(), /\/app\/?(?:overview)?$/u);

      await visitor.goTo("/members");
      await page.getByText(words.appointed("M-01", "")).waitFor();
      // Neither the profile nor the network has seen a share, and the new words never left the device.
      const kept = await keptByBrowser(visitor);
      const sent = served.relay.exchanges
        .map(({ head, asked }) => `${head}\n${new TextDecoder("latin1").decode(asked)}`)
        .join("\n");
      assert(sent.includes("/api/recovery/sign-in"), "the relay has seen it");
      for (const share of [one, two, three])
        for (const part of [bare(share), bare(share).replaceAll("-", "")]) {
          assert(!kept.includes(part), "a share is kept in the browser");
          assert(!sent.includes(part), "a share went over the network");
        }
      assert(!kept.includes(again) && !sent.includes(again), "the passphrase is kept or was sent");
      await renewSheets(visitor, [one, three], found);
      assert.deepEqual(found, []);
      visitor.expectNoComplaints();
      await visitor.leave();

      // Elsewhere: the old passphrase opens nothing any more, the new one does.
      const elsewhere = await served.visit({ language });
      const old = elsewhere.page.getByLabel(signInWords[language].passphrase, { exact: true });
      await elsewhere.page
        .getByRole("textbox", { name: signInWords[language].member, exact: true })
        .fill("M-01");
      await old.fill(passphrase);
      await elsewhere.button(signInWords[language].signIn).click();
      await elsewhere.page.getByText(signInWords[language].wrong).waitFor();
      elsewhere.complaints.length = 0;
      await elsewhere.signIn("M-01", again);
      elsewhere.expectNoComplaints();
      assert.deepEqual(served.reports, []);
    });
  }

  test("leaving the page forgets what was typed, and the keyboard alone is enough", async () => {
    await using served = await serveApp(browser);
    const [one = "", two = ""] = await foundedAndForgotten(served);
    const visitor = await served.visit({ language: "ru" });
    const { page } = visitor;
    const words = memberWords.ru;
    await visitor.settled();
    const link = page.getByRole("link", { name: signInWords.ru.noOfficer });
    const open = async (): Promise<void> => {
      await link.focus();
      await page.keyboard.press("Enter");
      await page.getByLabel(words.quorumShare, { exact: true }).focus();
    };
    const type = async (share: string, n: number): Promise<void> => {
      await page.keyboard.insertText(share);
      await page.keyboard.press("Enter");
      await page.getByText(words.quorumNumber(n, 3)).waitFor();
    };
    await open();
    await type(one, 1);
    await page.getByRole("link", { name: words.quorumBack }).click();
    await open();
    await page.getByText(words.quorumNone).waitFor();
    await type(one, 1);
    await page.keyboard.insertText("half a share");
    // Kept whole by the browser, to be shown again at "Back".
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    await page.getByText(words.quorumNone).waitFor();
    assert.equal(await page.getByLabel(words.quorumShare, { exact: true }).inputValue(), "");
    await page.getByLabel(words.quorumShare, { exact: true }).focus();
    await type(one, 1);
    await page.reload();
    await page.getByText(words.quorumNone).waitFor();

    await page.getByLabel(words.quorumShare, { exact: true }).focus();
    await type(one, 1);
    await type(two, 2);
    // From the field over the two buttons: the first is empty-handed, the second puts together.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: words.quorumWho }).waitFor();
    await visitor.still();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H2");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.insertText(again);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.insertText(again);
    await page.keyboard.press("Enter");
    await page.locator(".app").waitFor({ timeout: 60_000 });
    visitor.expectNoComplaints();
  });
});
