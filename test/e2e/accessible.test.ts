// WCAG 2.2 A and AA on every screen and every dialog, in three languages, light and dark; and by keyboard alone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { languages, type Language } from "#language/language.ts";
import { formatDay } from "#language/dates.ts";
import { formatSum } from "#language/sums.ts";
import { importWords } from "#workspace/imports/words.ts";
import { pageWords } from "#workspace/letters/page-words.ts";
import { letterWords } from "#workspace/letters/words.ts";
import { sectionGroups } from "#workspace/shell/sections.ts";
import { shellWords } from "#workspace/shell/words.ts";
import { uiWords } from "#workspace/ui/words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase } from "./founded.ts";
import { focused, overflow, smallTargets, tabbable, violationsInBothLights } from "./looked-at.ts";
import { takePicture, writePictureIndex } from "./pictures.ts";
import { serveSample } from "./prepared-sample.ts";
import { allActions, allScreens, forgottenSubjects, screenTitles, type ListedScreen } from "./screens.ts";
import type { ServedApp } from "./served-app.ts";
import type { Visitor } from "./visitor.ts";

let browser: Browser;
let served: ServedApp;
let screens: readonly ListedScreen[];
let officer: NodeDesk;

before(async () => {
  browser = await openBrowser();
  served = await serveSample(browser);
  officer = new NodeDesk(served.relay.address);
  await officer.ask("sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });
  const visitor = await signedIn("en");
  screens = await allScreens(visitor);
  await visitor.leave();
});
after(async () => {
  writePictureIndex(await screenTitles());
  officer[Symbol.dispose]();
  await served[Symbol.asyncDispose]();
  await browser.close();
});

async function signedIn(language: Language, device: "desktop" | "phone" = "desktop"): Promise<Visitor> {
  const visitor = await served.visit({ language, device, hasNoPolicy: true });
  await visitor.signIn("M-01", passphrase);
  return visitor;
}

/** Who has finished a test without a complaint and can be asked to look again: signing in is slow, on purpose. */
const idle: Visitor[] = [];

/** Somebody signed in who speaks `language`, in the light: new, or from an earlier test. */
async function borrowed(language: Language, device: "desktop" | "phone" = "desktop"): Promise<Visitor> {
  const place = idle.findIndex((one) => one.device === device);
  const [visitor] = place === -1 ? [] : idle.splice(place, 1);
  if (visitor === undefined) return signedIn(language, device);
  await visitor.speak(language);
  await visitor.lightAs("light");
  return visitor;
}

function giveBack(visitor: Visitor): void {
  visitor.expectNoComplaints();
  idle.push(visitor);
}

async function look(visitor: Visitor, what: string, found: string[]): Promise<void> {
  found.push(...(await violationsInBothLights(visitor)).map((line) => `${what} ${line}`));
}

// Two at a time: each has a browser process of its own, and two cores are there.
describe("each screen", { concurrency: 2 }, () => {
  for (const language of languages) {
    test(`no screen breaks a rule of WCAG 2.2 AA that a program can see (${language})`, async () => {
      const visitor = await borrowed(language);
      const found: string[] = [];
      for (const { name, path } of screens) {
        await visitor.goTo(path);
        await takePicture(visitor, name, { isDarkToo: true });
        await look(visitor, path, found);
      }
      assert.deepEqual([...new Set(found)], []);
      giveBack(visitor);
    });

    test(`on a phone nothing is wider than the screen, and everything can be hit (${language})`, async () => {
      const visitor = await borrowed(language, "phone");
      const found: string[] = [];
      for (const { name, path } of screens) {
        await visitor.goTo(path);
        await takePicture(visitor, name);
        found.push(...(await smallTargets(visitor.page)).map((line) => `${path}: ${line}`));
        for (const width of [360, 320]) {
          await visitor.page.setViewportSize({ width, height: 740 });
          found.push(...(await overflow(visitor.page)).map((line) => `${path} at ${width}: ${line}`));
        }
        await visitor.page.setViewportSize({ width: 360, height: 740 });
      }
      assert.deepEqual([...new Set(found)], []);
      giveBack(visitor);
    });

    test(`no menu, panel or dialog breaks a rule, and each gives the focus back (${language})`, async () => {
      const visitor = await borrowed(language);
      const { page } = visitor;
      const words = shellWords[language];
      const found: string[] = [];
      await visitor.goTo("/appeals");
      const openers = [
        ["language", new RegExp(`, ${words.language}: `, "u")],
        ["account", new RegExp(words.account("M-01"), "u")],
        ["notices", words.notices],
        ["outbox", new RegExp(`^${words.online}`, "u")],
        ["palette", new RegExp(words.findOrDo, "u")],
      ] as const;
      for (const [name, label] of openers) {
        const opener = visitor.button(label);
        await opener.focus();
        await page.keyboard.press("Enter");
        await page.locator("[role=menu], [role=dialog]").first().waitFor();
        await visitor.still();
        await look(visitor, name, found);
        if (name === "palette") await takePicture(visitor, "palette");
        await page.keyboard.press("Escape");
        await page.locator("[role=menu], [role=dialog]").first().waitFor({ state: "hidden" });
        assert(await opener.evaluate((one) => one === document.activeElement), `${name} keeps the focus`);
      }
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: words.shortcuts }).waitFor();
      await visitor.still();
      await look(visitor, "shortcuts", found);
      await takePicture(visitor, "shortcuts");
      await page.keyboard.press("Escape");

      await visitor.goTo("/import");
      const post = [
        {
          id: "P-900",
          appeal: "A-2025-003",
          kind: "post",
          published: "2025-07-02T10:00:00+05:00",
          target: { currency: "KZT", minor: "100" },
        },
      ];
      await page
        .locator("input[type=file]")
        .first()
        .setInputFiles({
          name: "posts.json",
          mimeType: "application/json",
          buffer: Buffer.from(JSON.stringify(post)),
        });
      await visitor.button(importWords[language].recordAll(1)).click();
      const record = page
        .getByRole("dialog")
        .getByRole("button", { name: uiWords[language].record, exact: true });
      await record.waitFor();
      await visitor.still();
      await look(visitor, "preview", found);
      await takePicture(visitor, "preview", { isDarkToo: true });
      await page.keyboard.press("Escape");
      assert.deepEqual([...new Set(found)], []);
      giveBack(visitor);
    });
  }

  test("no screen was forgotten: every subject is in the shell", () => {
    assert.deepEqual(forgottenSubjects(), []);
  });

  test("every screen is reached by keyboard, and Tab goes through all of it, seen at each stop, and out again", async () => {
    const visitor = await borrowed("ru");
    const { page } = visitor;
    const found: string[] = [];
    for (const { path } of screens) {
      await visitor.goTo(path);
      await page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
        scrollTo(0, 0);
      });
      const all = await tabbable(page);
      const seen = new Set<number>();
      const goRound = async (): Promise<void> => {
        const round = new Set<number>();
        let last = -1;
        // Stops that came while she went on, as in a list that grows at its end, cost nothing.
        for (let left = all.size * 3 + 20, came = 0; left > 0 && came < 5000; left--) {
          await page.keyboard.press("Tab");
          const stop = await focused(page);
          if (stop?.place === -1) {
            left++;
            came++;
          }
          // Past the last stop the browser itself comes, then the page again.
          if (stop === undefined) continue;
          // A field for a day has three stops of its own.
          if (stop.place === last || stop.place < 0) continue;
          last = stop.place;
          if (round.has(stop.place)) break;
          round.add(stop.place);
          seen.add(stop.place);
          if (!stop.isSeen) found.push(`${path}: no ring on ${stop.html}`);
        }
      };
      // A button that asks for more goes away when more has come.
      const missed = async (): Promise<readonly string[]> =>
        [...(await tabbable(page, { isNew: false }))].flatMap(([place, html]) =>
          seen.has(place) ? [] : [`${path}: Tab never comes to ${html}`],
        );
      await goRound();
      // While more is on its way that button is no stop; it is one again as soon as the page stands still.
      for (let round = 1; round < 3 && (await missed()).length > 0; round++) {
        await visitor.settled();
        await goRound();
      }
      found.push(...(await missed()));
    }
    assert.deepEqual([...new Set(found)], []);
    giveBack(visitor);
  });

  test("the palette leads to every section and every deed, typed in any of the three languages", async () => {
    const visitor = await borrowed("kk");
    const { page } = visitor;
    const known = new Set(screens.map(({ pattern }) => pattern));
    const goals = [
      ...sectionGroups.flat().filter(({ path }) => known.has(path)),
      ...(await allActions()).filter(({ path }) => known.has(path)),
    ];
    assert(goals.length > 6);
    for (const [i, { path, title }] of goals.entries()) {
      await visitor.goTo(path === "/appeals" ? "/import" : "/appeals");
      await page.keyboard.press("Control+k");
      const field = page.getByPlaceholder(shellWords.kk.findOrDo);
      await field.fill(title[languages[i % 3] ?? "kk"]);
      await visitor.still();
      await page.keyboard.press("Enter");
      await page
        .waitForURL((url) => url.pathname.replace(/\/$/u, "") === `/app${path}`.replace(/\/$/u, ""), {
          timeout: 5000,
        })
        .catch(() => {
          throw new Error(`"${title[languages[i % 3] ?? "kk"]}" does not lead to ${path}`);
        });
      await visitor.settled();
      // What has changed is said: the heading of the new screen has the focus.
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1", path);
    }
    giveBack(visitor);
  });

  test("the first stop leads past the menu to the screen", async () => {
    const visitor = await signedIn("en");
    await visitor.page.reload();
    await visitor.signIn("M-01", passphrase);
    await visitor.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await visitor.page.keyboard.press("Tab");
    assert.equal(await visitor.page.evaluate(() => document.activeElement?.getAttribute("href")), "#main");
    await visitor.page.keyboard.press("Enter");
    assert.equal(await visitor.page.evaluate(() => document.activeElement?.id), "main");
    visitor.expectNoComplaints();
    await visitor.leave();
  });
});

// Whoever opens a letter may have an old phone, little time and much fear; it is no screen of the workspace, and held to the same.
describe("the page of a letter", { concurrency: 2 }, () => {
  for (const language of languages)
    for (const device of ["desktop", "phone"] as const)
      test(`can be read and answered by everyone (${language}, ${device})`, async () => {
        const link = await letterIn(language);
        const words = pageWords[language];
        const visitor = await served.visit({ language, device, hasNoPolicy: true });
        const { page } = visitor;
        const found: string[] = [];
        const lookAt = async (stage: string): Promise<void> => {
          await visitor.still();
          await takePicture(visitor, stage, { isDarkToo: device === "desktop" });
          if (device === "desktop") return look(visitor, stage, found);
          found.push(...(await smallTargets(page)).map((line) => `${stage}: ${line}`));
          await page.setViewportSize({ width: 320, height: 740 });
          found.push(...(await overflow(page)).map((line) => `${stage} at 320: ${line}`));
          await page.setViewportSize({ width: 360, height: 740 });
        };
        /** Another link in the same tab is only another fragment: loaded anew, as from a message. */
        const open = async (address: string): Promise<void> => {
          await page.goto("about:blank");
          await page.goto(address);
        };
        await open(link);
        await page.getByRole("button", { name: words.yes, exact: true }).waitFor();
        assert.equal(await page.evaluate(() => document.documentElement.lang), language);
        await lookAt("letter-question");
        await page.getByRole("button", { name: words.no, exact: true }).click();
        await page.getByLabel(words.wrongLabel, { exact: true }).waitFor();
        await lookAt("letter-wrong");
        // A server takes five answers from one address in a row.
        if (device === "desktop" || language === "kk") {
          await page.getByRole("button", { name: words.back, exact: true }).click();
          await page.getByRole("button", { name: words.yes, exact: true }).click();
          await page.getByRole("heading", { name: words.sent, exact: true }).waitFor();
          assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
          await lookAt("letter-sent");
        }
        // Here the page does not yet know which language the letter has: it speaks that of the browser.
        await open(link.slice(0, -6));
        await page.getByRole("heading", { name: words.incomplete, exact: true }).waitFor();
        await lookAt("letter-incomplete");
        await open(`${link.slice(0, -20)}${link.at(-20) === "A" ? "B" : "A"}${link.slice(-19)}`);
        await page.getByRole("heading", { name: words.damaged, exact: true }).waitFor();
        await lookAt("letter-damaged");
        await officer.ask("letters.remove", { id: idOf(link) });
        await open(link);
        await page.getByRole("heading", { name: words.gone, exact: true }).waitFor();
        await lookAt("letter-gone");
        assert.deepEqual([...new Set(found)], []);
        visitor.expectNoComplaints();
        await visitor.leave();
      });
});

const idOf = (link: string): string => new URL(link).hash.slice(1).split(".")[0] ?? "";

/** The link of a new letter, with a question and facts as the form gives them. */
async function letterIn(language: Language): Promise<string> {
  const { facts, defaults } = letterWords[language];
  const { link } = await officer.ask("letters.send", {
    payment: "S-2025-001",
    role: "lawyer",
    language,
    question: defaults.lawyer,
    facts: [
      { name: facts.sum, value: formatSum(64_400_00n, "KZT", language) },
      { name: facts.day, value: formatDay("2025-03-04", language) },
    ],
    days: 14,
  });
  return link;
}
