// Chromium knows no Kazakh: dates of its own would read "2026 M09 1" there. What the workspace says is its own, so Node and
// the browser must agree to the letter, and no screen may fall back to English.
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { languages } from "#language/language.ts";
import { openBrowser } from "./chromium.ts";
import { passphrase } from "./founded.ts";
import { languageSamples } from "./language-samples.ts";
import { serveSample } from "./prepared-sample.ts";
import { allScreens } from "./screens.ts";
import type { ServedApp } from "./served-app.ts";

let browser: Browser;
let served: ServedApp;

before(async () => {
  browser = await openBrowser();
  served = await serveSample(browser);
});
after(async () => {
  await served[Symbol.asyncDispose]();
  await browser.close();
});

async function bundledSamples(): Promise<string> {
  const entry = join(import.meta.dirname, "language-samples.ts");
  const built = await build({
    configFile: false,
    root: resolve(import.meta.dirname, "../.."),
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry, formats: ["iife"], name: "samples" } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first !== undefined && "output" in first ? first.output[0] : undefined;
  assert(chunk !== undefined);
  return chunk.code;
}

test("Node and Chromium say the same of every day, sum, count and order, in all three languages", async () => {
  const code = await bundledSamples();
  for (const locale of ["kk-KZ", "en-US", "ru-RU"]) {
    const context = await browser.newContext({ locale, timezoneId: "America/New_York" });
    const page = await context.newPage();
    const said = await page.evaluate(`${code}; samples.languageSamples()`);
    const here = languageSamples();
    assert(here.length > 800, String(here.length));
    assert.deepEqual(said, here, locale);
    await context.close();
  }
});

test("Kazakh is said in Kazakh and not in the browser's stand-in", () => {
  const lines = languageSamples().filter((line) => / kk /u.test(line));
  assert(lines.includes("formatDay kk 2025-03-09: 2025\u00a0ж. 9\u00a0наурыз"));
  const english = lines.filter((line) => englishDates.test(line.slice(line.indexOf(": "))));
  assert.deepEqual(english, []);
});

/** A currency that stands on a line of its own is a heading, not a sum. */
const englishDates =
  /\bM(?:0[1-9]|1[0-2])\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|ago)\b|\bKZT[ \u00a0]?\d|\d[ \u00a0]?KZT\b/u;

test("on no screen is a date or sum English in Kazakh, and each page says its language", async () => {
  const visitor = await served.visit({ language: "kk" });
  await visitor.signIn("M-01", passphrase);
  const found: string[] = [];
  for (const { path } of await allScreens(visitor)) {
    await visitor.goTo(path);
    const { lang, text } = await visitor.page.evaluate(() => ({
      lang: document.documentElement.lang,
      text: `${document.title}\n${document.body.innerText}`,
    }));
    assert.equal(lang, "kk", path);
    const english = englishDates.exec(text);
    if (english !== null)
      found.push(`${path}: …${text.slice(Math.max(0, english.index - 40), english.index + 40)}…`);
  }
  assert.deepEqual(found, []);
  visitor.expectNoComplaints();
});

test("whoever comes is met in her browser's language, and what she chooses holds on her next visit", async () => {
  for (const language of languages) {
    const visitor = await served.visit({ language });
    await visitor.settled();
    assert.equal(await visitor.page.evaluate(() => document.documentElement.lang), language);
    const other = language === "kk" ? "en" : "kk";
    await visitor.speak(other);
    await visitor.page.reload();
    await visitor.settled();
    assert.equal(await visitor.page.evaluate(() => document.documentElement.lang), other);
    visitor.expectNoComplaints();
    await visitor.leave();
  }
});
