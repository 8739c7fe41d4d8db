// Members may be coerced and servers seized: what stands in the public fields of an entry is a stranger's text.
import {
  array,
  assert,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  property,
  record,
  string,
} from "fast-check";
import { SaxesParser } from "saxes";
import { beforeEach, expect, test } from "vitest";
import { fundsEntryTypes } from "#domain/funds/parse-entries.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { checkJson } from "#record/json-strict.ts";
import { everyAddress, origin, PublicLog } from "#test/site/sample-site.ts";

const evil = `"><script>alert(1)</script>'&\u0000`;
let log: PublicLog;
beforeEach(() => {
  log = new PublicLog();
  log.append({ type: "genesis", pub: { name: evil, currency: "KZT" } });
});

function isWellFormed(text: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(text).close();
}

test("public texts are shown as texts, wherever they stand", () => {
  log.say("funds.policy", { names: { en: evil, ru: evil }, unsigned: "general", shortfall: "none" });
  log.say("appeal", {
    id: "A-1",
    opened: "2025-02-01",
    title: { en: evil, kk: evil },
    currency: "KZT",
    hashtag: evil,
    leftover: evil,
  });
  log.say("post", {
    id: evil,
    appeal: "A-1",
    kind: evil,
    published: evil,
    target: { currency: "KZT", minor: "100" },
  });
  log.say(
    "spending",
    { id: "S-1", appeal: "A-1", category: evil, minor: "100", currency: "KZT", approval: "outside" },
    "spending",
  );
  log.say("account", { account: evil, currency: null, published: true });
  log.say("account.frozen", { account: evil, date: "2025-02-02", detail: evil });
  log.say("correction", { corrects: evil, reason: evil });
  log.say(
    "fund.close",
    {
      appeal: "A-1",
      currency: "KZT",
      week: "2025-W06",
      count: 5,
      minor: "500",
      classes: [],
      pooled: { count: 5, minor: "500" },
      carried: 0,
      attributions: 1,
    },
    "closes",
  );
  const pages = everyAddress(log);
  expect(pages.size).toBeGreaterThan(20);
  for (const [path, body] of pages) {
    if (path.endsWith(".csv") || path.endsWith(".json")) continue;
    expect(body, path).not.toContain("<script>alert");
    if (path.endsWith(".xml")) isWellFormed(body);
  }
  // Each ends its own data block and no other.
  for (const [, data = ""] of (pages.get("/en/appeals/A-1") ?? "").matchAll(/ld\+json">(.*?)<\/script>/gsu))
    JSON.parse(data);
  for (const path of ["/en/feed.json", "/data/360giving.json", "/data/appeals/A-1.json"])
    JSON.parse(pages.get(path) ?? "");
  expect(pages.get("/data/appeals/A-1.csv")).toContain('""><script>');
});

test("a table to download starts no formula in a spreadsheet", () => {
  log.say("appeal", { id: "A-1", opened: "2025-02-01", title: { en: "x" }, currency: "KZT" });
  log.say("post", {
    id: "=HYPERLINK(1)",
    appeal: "A-1",
    kind: "post",
    published: "",
    target: { currency: "KZT", minor: "100" },
  });
  expect(log.page("/data/appeals/A-1.csv")).toContain("post,'=HYPERLINK(1),KZT,1.00,");
});

test("a close of no week, of an earlier week or of no appeal counts nothing", () => {
  log.say("appeal", { id: "A-1", opened: "2025-02-01", title: { en: "x" }, currency: "KZT" });
  const close = (week: string, appeal = "A-1") =>
    log.say(
      "fund.close",
      {
        appeal,
        currency: "KZT",
        week,
        count: 5,
        minor: "500",
        classes: [],
        pooled: { count: 5, minor: "500" },
        carried: 0,
        attributions: 1,
      },
      "closes",
    );
  close("2025-W06");
  const before = log.page("/data/appeals/A-1.json");
  const known = JSON.parse(before);
  for (const [week, appeal] of [
    ["2025-W05"],
    ["2025-W06"],
    ["2025-W99"],
    ["soon"],
    ["2025-W07", "A-2"],
  ] as const)
    close(week, appeal);
  const after = JSON.parse(log.page("/data/appeals/A-1.json"));
  expect(after.figures).toEqual(known.figures);
  expect(after.asOf).toEqual(known.asOf);
});

test("an appeal whose id cannot stand in an address has no page; a second beginning changes nothing", () => {
  log.say("appeal", { id: "../../api", opened: "2025-02-01", title: { en: "x" }, currency: "KZT" });
  log.append({ type: "genesis", pub: { name: "Another", currency: "EUR" } });
  expect(log.page("/sitemap.xml")).not.toContain("..");
  expect(log.page("/en/")).not.toContain("Another");
});

test("a correction leads to what it corrects", () => {
  log.say("appeal", { id: "A-1", opened: "2025-02-01", title: { en: "x" }, currency: "KZT" });
  const hash = Buffer.from(log.log.tips.get("funds")?.hash ?? []).toString("base64url");
  log.say("correction", { corrects: hash, reason: "the wrong month" });
  for (const path of ["/en/corrections", "/en/appeals/A-1"]) {
    expect(log.page(path)).toContain("the wrong month");
    expect(log.page(path)).toContain("Appeal, entry 1");
  }
});

test("a freeze is said on every page until the account is released", () => {
  log.say("account", { account: "0011", currency: "KZT", published: true });
  log.say("account.frozen", { account: "0011", date: "2025-06-09", detail: "order of a court" });
  expect(log.page("/en/")).toContain("Since 9\u00a0June 2025 an account of the foundation is frozen.");
  expect(log.page("/en/freezes")).toContain("frozen now");
  log.say("account.released", { account: "0011", date: "2025-07-01", detail: "order lifted" });
  expect(log.page("/en/")).not.toContain("is frozen");
  expect(log.page("/en/freezes")).toContain("order lifted");
});

test("whatever a signed entry says, the site goes on", () => {
  const names = [
    "id",
    "appeal",
    "name",
    "currency",
    "minor",
    "week",
    "count",
    "classes",
    "pooled",
    "carried",
    "attributions",
    "title",
    "names",
    "opened",
    "target",
    "published",
    "kind",
    "category",
    "approval",
    "account",
    "date",
    "detail",
    "corrects",
    "reason",
    "spending",
    "role",
    "how",
    "lines",
    "nullifiers",
    "part",
    "hashtag",
  ];
  const value = oneof(
    jsonValue(),
    constantFrom("A-1", "KZT", "2025-W06", "5", "-5", "2025-02-01", 5, null, {}, []),
    record({ currency: constantFrom("KZT", "X"), minor: constantFrom("1", "-1") }),
  );
  const entry = record({
    type: constantFrom(...fundsEntryTypes),
    pub: dictionary(constantFrom(...names), value),
  });
  assert(
    property(array(entry, { maxLength: 12 }), (entries) => {
      const hostile = new PublicLog();
      hostile.append({ type: "genesis", pub: { name: "x", currency: "KZT" } });
      hostile.say("appeal", { id: "A-1", opened: "2025-02-01", title: {}, currency: "KZT" });
      for (const { type, pub } of entries) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked on the next line
        const json = JSON.parse(JSON.stringify(pub)) as JsonObject;
        if (checkJson(json) === undefined) hostile.say(type, json);
      }
      for (const path of everyAddress(hostile).keys())
        expect(hostile.site.respond(path, { origin })?.status).toBe(200);
    }),
    { numRuns: 60 },
  );
});

test("whatever is asked, there is an answer or none", () => {
  assert(
    property(string(), string(), (path, acceptLanguage) => {
      expect([undefined, 200, 302, 308, 404]).toContain(
        log.site.respond(`/${path}`, { origin, acceptLanguage })?.status,
      );
      expect(log.site.respond(`/ru/${path}`, { origin })?.status).toBeDefined();
    }),
  );
});
