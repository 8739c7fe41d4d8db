// The public site in a browser without scripts: nobody is shut out, nothing overflows, nothing is asked of another server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { languages } from "#language/language.ts";
import { origin, type PublicLog, sampleSite } from "#test/site/sample-site.ts";
import { openBrowser } from "./chromium.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const paths = [
  "",
  "appeals",
  "appeals/A-2025-003",
  "appeals/A-2025-001",
  "check",
  "corrections",
  "freezes",
  "nothing",
];
let published: PublicLog;
let server: Server;
let base = "";
let browser: Browser;

before(async () => {
  ({ published } = await sampleSite());
  server = createServer((request, response) => {
    const answer = published.site.respond(request.url ?? "/", { origin });
    response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  base = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  server.close();
});

type Options = Parameters<Browser["newContext"]>[0];

async function visit(options: Options, look: (page: Page, path: string) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("request", (request) => !request.url().startsWith(base) && complaints.push(request.url()));
  for (const language of languages) {
    for (const path of paths) {
      await page.goto(`${base}/${language}/${path}`);
      await look(page, `${language}/${path}`);
    }
  }
  await context.close();
  // A page that is not there is answered 404, which a browser tells as an error; nothing else is one.
  assert.deepEqual(
    complaints.filter((text) => !text.includes("404")),
    [],
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page breaks a rule of WCAG 2.2 AA that a program can see (${colorScheme})`, async () => {
    await visit(
      { colorScheme, bypassCSP: true, viewport: { width: 1280, height: 800 } },
      async (page, path) => {
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("details")) details.open = true;
        });
        await page.evaluate(axe);
        const found = await page.evaluate(
          `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ passes, violations }) => passes.length < 15 ? ["nothing was looked at"] : violations.map(({ id, nodes }) => id + " " + nodes.map(({ html }) => html).join(" ")))`,
        );
        assert.deepEqual(found, [], path);
      },
    );
  });
}

test("nothing is wider than its window, down to 320 pixels, and with letters twice as large", async () => {
  await visit({ viewport: { width: 1280, height: 740 } }, async (page, path) => {
    for (const [width, size] of [
      [1280, "100%"],
      [360, "100%"],
      [320, "100%"],
      [640, "200%"],
    ] as const) {
      await page.setViewportSize({ width, height: 740 });
      // Set by the debugger, as a reader's own settings are: the page itself may not.
      await page.evaluate((of) => document.documentElement.style.setProperty("font-size", of), size);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(over, 0, `${path} at ${width}, ${size}`);
    }
  });
});

test("every link and summary can be hit: 24 pixels high at least, or in a line of text", async () => {
  await visit({ viewport: { width: 360, height: 740 } }, async (page, path) => {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("nav a, .acts a, footer a, summary, .name")]
        .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 24)
        .map((one) => one.outerHTML),
    );
    assert.deepEqual(small, [], path);
  });
});

test("by keyboard the first stop leads past the menu, and each stop is seen", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/ru/appeals/A-2025-003`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("href")), "#main");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  await page.keyboard.press("Tab");
  const outline = await page.evaluate(
    () => getComputedStyle(document.activeElement ?? document.body).outlineWidth,
  );
  assert.equal(outline, "3px");
  await page.close();
});

test("from a post's link to where the money went is nothing to press", async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto(`${base}/kk/appeals/A-2025-003`);
  for (const text of [
    "1\u00a0240\u00a0000\u00a0₸",
    "4\u00a0202\u00a0850\u00a0₸",
    // Spent beyond the public gifts. The sealed covers also bridged what was returned, 20 300, which is sealed too.
    "2\u00a0962\u00a0850\u00a0₸",
  ])
    assert.ok((await page.textContent("main"))?.includes(text), text);
  await context.close();
});
