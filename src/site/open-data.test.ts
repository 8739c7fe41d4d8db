// Readers of feeds, maps and open data are programs: what they require is there, and means what it says.
import { SaxesParser } from "saxes";
import { beforeAll, expect, test } from "vitest";
import { languages } from "#language/language.ts";
import { closeWeeks, origin, publish, PublicLog, sampleSite } from "#test/site/sample-site.ts";
import type { Books } from "#test/books/books.ts";

let published: PublicLog;
let books: Books;
beforeAll(async () => {
  ({ published, books } = await sampleSite());
});

type Element = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; text: string };

function elements(xml: string): Element[] {
  const found: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, text: "" };
    found.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return found;
}

test.each(languages)("the Atom feed in %s has what RFC 4287 requires", (language) => {
  const all = elements(published.page(`/${language}/feed.xml`));
  const named = (name: string) => all.filter((one) => one.name === name);
  const entries = named("entry").length;
  expect(entries).toBeGreaterThan(10);
  for (const name of ["id", "title", "updated"]) expect(named(name)).toHaveLength(entries + 1);
  expect(named("author")).toHaveLength(1);
  expect(new Set(named("id").map(({ text }) => text)).size).toBe(entries + 1);
  for (const { text } of named("id")) expect(text).toMatch(/^ni:\/\/\/sha-256;[\w-]{43}(?:\?lang=..)?$/u);
  for (const { text } of named("updated")) expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
  expect(named("link").filter(({ attributes }) => attributes["rel"] === "self")).toHaveLength(1);
});

test("the JSON feed says the same as the Atom feed", () => {
  const feed = JSON.parse(published.page("/ru/feed.json"));
  expect(feed).toMatchObject({
    version: "https://jsonfeed.org/version/1.1",
    feed_url: `${origin}/ru/feed.json`,
    language: "ru",
  });
  const ids = elements(published.page("/ru/feed.xml"))
    .filter(({ name }) => name === "id")
    .slice(1);
  expect(feed.items.map((item: { id: string }) => item.id)).toEqual(ids.map(({ text }) => text));
});

test("a week that is closed later adds one item and changes no other", async () => {
  const before = JSON.parse(published.page("/en/feed.json")).items;
  closeWeeks(books, ["2025-W25"]);
  const after = JSON.parse(publish(books).page("/en/feed.json")).items;
  expect(after.slice(1)).toEqual(before.slice(0, after.length - 1));
  expect(after[0].title).toContain("Week closed: 16–22");
});

test("the sitemap lists each page with all its languages", () => {
  const all = elements(published.page("/sitemap.xml"));
  const places = all.filter(({ name }) => name === "loc").map(({ text }) => text);
  expect(places).toContain(`${origin}/kk/appeals/A-2025-003`);
  expect(new Set(places).size).toBe(places.length);
  const alternates = all
    .filter(({ name }) => name === "xhtml:link")
    .map(({ attributes }) => attributes["href"]);
  expect(alternates).toHaveLength(places.length * languages.length);
  for (const place of alternates) expect(places).toContain(place);
  expect(published.page("/robots.txt")).toContain(`Sitemap: ${origin}/sitemap.xml`);
});

test("open data has what the 360Giving standard requires, and names no payee", () => {
  const text = published.page("/data/360giving.json");
  const { grants } = JSON.parse(text);
  expect(grants.length).toBeGreaterThan(20);
  const ids = new Set<string>();
  let sum = 0;
  for (const grant of grants) {
    for (const name of ["id", "title", "description", "currency", "url"])
      expect(grant[name]).toEqual(expect.any(String));
    expect(grant.amountAwarded).toEqual(expect.any(Number));
    expect(grant.awardDate).toMatch(/^\d{4}-\d\d-\d\d$/u);
    for (const organisation of [...grant.recipientOrganization, ...grant.fundingOrganization])
      expect(organisation).toEqual({
        id: expect.stringMatching(/^360G-/u),
        name: expect.any(String),
        url: expect.any(String),
      });
    expect(grant.title.length).toBeLessThan(140);
    ids.add(grant.id);
    sum += grant.amountAwarded;
  }
  expect(ids.size).toBe(grants.length);
  expect(text).toContain('"amountAwarded": 3150000.00');
  expect(sum).toBe(30_264_950);
});

test("schema.org data names the appeal, who asks and where the figures are", () => {
  const blocks = [...published.page("/en/appeals/A-2025-003").matchAll(/ld\+json">(.*?)<\/script>/gsu)].map(
    ([, data = ""]) => JSON.parse(data),
  );
  expect(blocks.map((one) => one["@type"])).toEqual(["DonateAction", "Dataset"]);
  expect(blocks[0]).toMatchObject({ identifier: "A-2025-003", price: "3875000.00", priceCurrency: "KZT" });
});
