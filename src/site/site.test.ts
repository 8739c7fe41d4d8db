// What a stranger may see: all of the figures of closed weeks, and nothing about one gift.
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { publicRaised } from "#domain/funds/decide-close.ts";
import { formatDecimal } from "#domain/funds/money.ts";
import { appealView } from "#domain/funds/views.ts";
import { decideAppeals } from "#domain/funds/decide-catalogue.ts";
import { toHex } from "#record/bytes.ts";
import { parseEntry } from "#record/entry.ts";
import { expectOk } from "#record/result.ts";
import { rootOfLeafHashes } from "#record/tree.ts";
import { formatDay } from "#language/dates.ts";
import { formatSum } from "#language/sums.ts";
import { languages } from "#language/language.ts";
import { Books } from "#test/books/books.ts";
import { slice } from "#test/books/statements.ts";
import { closeWeeks, everyAddress, origin, publish, PublicLog, sampleSite } from "#test/site/sample-site.ts";
import { appealFigures } from "./figures.ts";
import { PublicBooks } from "./public-books.ts";
import { stylePath, styleSheet } from "./style.ts";

let books: Books;
let published: PublicLog;
let pages: Map<string, string>;
beforeAll(async () => {
  ({ books, published } = await sampleSite());
  pages = everyAddress(published);
});

function publicBooks(of: PublicLog): PublicBooks {
  const found = new PublicBooks();
  for (const { jwt, index } of of.log.entries) found.take(expectOk(parseEntry(jwt)), index);
  return found;
}

describe("the sample foundation", () => {
  test("every page of every language is reached by links, and each link leads somewhere", () => {
    const appeals = [...books.state.appeals.keys()];
    for (const language of languages)
      for (const path of [
        "",
        "appeals",
        "check",
        "corrections",
        "freezes",
        ...appeals.map((id) => `appeals/${id}`),
      ])
        expect([...pages.keys()]).toContain(`/${language}/${path}`);
    for (const [from, body] of pages)
      for (const [, link = ""] of body.matchAll(/<a [^>]*href="(\/[^"#]*)/gu))
        if (!/^\/(?:checkpoint|tile\/)/u.test(link)) expect([...pages.keys()], from).toContain(link);
    for (const id of appeals) expect([...pages.keys()]).toContain(`/data/appeals/${id}.csv`);
    expect([...pages.keys()]).toContain(stylePath);
    expect([...pages.keys()].some((path) => path.endsWith(".pdf"))).toBe(false);
  });

  test("no page holds a name, a memo, a reference or an account number of anybody", () => {
    const secrets = new Set<string>();
    const collect = (value: unknown, key = ""): void => {
      if (typeof value === "string" && secretFields.has(key) && value.length > 3) secrets.add(value);
      else if (typeof value === "object" && value !== null)
        for (const [name, one] of Object.entries(value)) collect(one, name);
    };
    for (const { hidden, items } of books.entries) {
      collect(hidden);
      collect(items);
    }
    // Public by themselves: codes and hashtags of appeals, keyed ids of our accounts, and the one word "help".
    for (const { id, hashtag = "" } of books.state.appeals.values())
      for (const text of [id, hashtag]) secrets.delete(text);
    for (const id of books.state.accounts.keys()) secrets.delete(id);
    for (const word of ["көмек", "помощь"]) secrets.delete(word);
    expect(secrets.size).toBeGreaterThan(3000);
    const all = [...pages.values()].join("\n").toLowerCase();
    const names = [...secrets].filter((secret) => all.includes(secret.toLowerCase()));
    expect(names).toEqual([]);
  });

  test("figures are those of the domain at the last close", () => {
    const found = publicBooks(published);
    for (const appeal of books.state.appeals.values()) {
      const figures = appealFigures(found, appeal);
      const whole = appealView(books.state, appeal.id);
      for (const { currency, minor, donations } of publicRaised(books.state, appeal.id)) {
        const own = figures.currencies.find((one) => one.currency === currency);
        expect([own?.received, own?.gifts]).toEqual([BigInt(minor), donations]);
      }
      const own = figures.currencies[0];
      expect(own?.spent.toString()).toBe(whole?.spent[0]?.minor ?? "0");
      expect(own?.payments).toBe(whole?.spent[0]?.payments ?? 0);
      // The covers themselves are sealed. What was returned, which is sealed too, is all that is missing from this one.
      const returned = BigInt(whole?.refunded[0]?.minor ?? "0");
      const covered = BigInt(whole?.coveredFromGeneral[0]?.minor ?? "0");
      expect(own?.coveredBy).toBe("rule");
      if (covered > 0n && own?.carried === 0) expect(own.covered).toBe(covered - returned);
      expect(figures.confirmed.both).toBe(whole?.confirmedByBoth);
      expect(
        Object.fromEntries((own?.categories ?? []).map((one) => [one.category, one.minor.toString()])),
      ).toEqual(whole?.spentByCategory[appeal.currency] ?? {});
      const page = pages.get(`/ru/appeals/${appeal.id}`);
      expect(page).toContain(formatSum(own?.received ?? 0n, "KZT", "ru").replace(",00", ""));
      expect(page).toContain(formatSum(own?.spent ?? 0n, "KZT", "ru").replace(",00", ""));
    }
  });

  test("what is left agrees with the domain, as far as the public can know it", () => {
    const found = publicBooks(published);
    for (const appeal of books.state.appeals.values()) {
      const { left, carried = 0 } = appealFigures(found, appeal).currencies[0] ?? {};
      const whole = BigInt(appealView(books.state, appeal.id)?.balance[0]?.minor ?? "0");
      if (left?.kind === "bridged") expect(whole).toBe(0n);
      else if (carried === 0 && left !== undefined && "minor" in left) expect(left.minor >= whole).toBe(true);
    }
  });

  test("the state of the log that the figures belong to is the one a verifier computes", () => {
    const { asOf, size } = publicBooks(published);
    expect(size).toBe(published.log.leaves.length);
    const root = toHex(rootOfLeafHashes(published.log.leaves.slice(0, asOf?.size)));
    expect(toHex(asOf?.root ?? new Uint8Array())).toBe(root);
    expect(pages.get("/en/appeals/A-2025-003")).toContain(`root ${root}`);
    expect(pages.get("/kk/check")).toContain(root);
  });

  test("each figure names the entries that it comes from", () => {
    const data = JSON.parse(pages.get("/data/appeals/A-2025-003.json") ?? "");
    expect(data.entries.spent).toHaveLength(
      [...books.state.spending.values()].filter((one) => one.appeal === "A-2025-003").length,
    );
    for (const { index, hash } of Object.values<{ index: number; hash: string }[]>(data.entries).flat()) {
      const { jwt = "" } = published.log.entries[index] ?? {};
      expect(Buffer.from(expectOk(parseEntry(jwt)).hash).toString("base64url")).toBe(hash);
    }
  });

  test("a page weighs at most 30 KB over the wire, its style sheet included", () => {
    const sheet = gzipSync(styleSheet).length;
    const weights = [...pages]
      .filter(([path]) => /^\/(?:kk|ru|en)\//u.test(path) && !path.includes("feed."))
      .map(([path, body]) => [path, gzipSync(body).length + sheet] as const);
    expect(weights.filter(([, weight]) => weight > 30 * 1024)).toEqual([]);
    expect(sheet).toBeLessThan(5 * 1024);
  });

  test("no page has a script, an inline style or anything from elsewhere", () => {
    for (const [path, body] of pages) {
      if (!/^\/(?:kk|ru|en)\//u.test(path) || path.includes("feed.")) continue;
      expect(body, path).not.toMatch(
        /<script(?! type="application\/ld\+json")|\sstyle="|\son[a-z]+="|<iframe|<img/iu,
      );
      const foreign = [...body.matchAll(/(?:src|href)="(https?:\/\/[^"/]+)/gu)].map(([, host]) => host);
      expect(
        foreign.filter((host) => host !== origin),
        path,
      ).toEqual([]);
    }
  });

  test("each page says its language, and the switch leads to the same page in the others", () => {
    const page = pages.get("/ru/appeals/A-2025-003") ?? "";
    expect(page).toContain('<html lang="ru">');
    for (const language of languages) {
      expect(page).toContain(`href="/${language}/appeals/A-2025-003"`);
      expect(page).toContain(`hreflang="${language}" href="${origin}/${language}/appeals/A-2025-003"`);
    }
  });

  test("the same entries give the same bytes", () => {
    expect(everyAddress(publish(books))).toEqual(pages);
  });
});

const secretFields = new Set([
  "name",
  "account",
  "bin",
  "bank",
  "memo",
  "reference",
  "number",
  "holder",
  "payee",
  "receipt",
  "paidFrom",
  "ground",
  "by",
  "reason",
  "file",
]);

describe("a single gift", () => {
  const gifts = (count: number, minor: bigint, day = 0) =>
    Array.from({ length: count }, (_, i) => ({
      day,
      signedMinor: minor + BigInt(i),
      memo: "A-01",
      reference: `g${day}-${i}`,
    }));
  const small = async (rows: Parameters<typeof slice>[0], weeks: readonly string[]) => {
    const of = new Books();
    const appeals = [{ id: "A-01", opened: "2025-01-01", title: { en: "One" }, currency: "KZT" }];
    of.appendAll(decideAppeals(of.state, { unsigned: "general", shortfall: "none", appeals }));
    await of.importStatement(slice(rows, 0, rows.length));
    closeWeeks(of, weeks);
    return publish(of);
  };

  test("is on no page, neither its sum nor its day, while it waits for four others", async () => {
    const site = await small(gifts(4, 7_777_701n), ["2025-W01"]);
    const all = [...everyAddress(site).values()].join("\n");
    expect(all).toContain("4 gifts wait");
    for (let i = 0n; i < 4n; i++)
      for (const sum of [formatDecimal(7_777_701n + i, "KZT"), "77,777", "77\u00a0777"])
        expect(all).not.toContain(sum);
  });

  test("is told from four others by nothing but their sum", async () => {
    const site = await small(gifts(5, 7_777_701n), ["2025-W01"]);
    expect(site.page("/en/appeals/A-01")).toContain("₸388,885.15");
    expect([...everyAddress(site).values()].join("\n")).not.toContain("77,777");
  });

  test("that came after the last close changes nothing", async () => {
    const before = await small(gifts(5, 100n), ["2025-W01"]);
    const after = await small([...gifts(5, 100n), ...gifts(9, 500n, 8)], ["2025-W01"]);
    expect(appealFigures(publicBooks(after), required(after))).toMatchObject({
      currencies: [{ received: 510n, gifts: 5, carried: 0 }],
    });
    expect(appealFigures(publicBooks(before), required(before)).currencies).toEqual(
      appealFigures(publicBooks(after), required(after)).currencies,
    );
  });

  function required(of: PublicLog) {
    const appeal = publicBooks(of).now.appeals.get("A-01");
    if (appeal === undefined) throw new Error("the appeal is on the record");
    return appeal;
  }
});

describe("what came from general funds", () => {
  const posted = { currency: "KZT", week: "2025-W02", classes: [], carried: 0, attributions: 0 };
  const cover = { appeal: "A-01", currency: "KZT" };
  const asIs = (shortfall: string) => ({ names: { en: "Fund" }, unsigned: "general", shortfall });
  /** 700.00 given, 1 000.00 spent; then whatever is said of covers, and a close. */
  const told = (shortfall: string, say: (log: PublicLog) => void): PublicLog => {
    const log = new PublicLog();
    log.append({ type: "genesis", pub: { name: "Үлгі", currency: "KZT" } });
    log.say("funds.policy", asIs(shortfall));
    log.say("appeal", { id: "A-01", opened: "2025-01-01", title: { en: "One" }, currency: "KZT" });
    const pub = { id: "S-1", appeal: "A-01", category: "hotel", minor: "100000", currency: "KZT" };
    log.say("spending", { ...pub, approval: "outside" }, "spending");
    say(log);
    const pooled = { count: 7, minor: "70000" };
    log.say("fund.close", { ...posted, appeal: "A-01", count: 7, minor: "70000", pooled }, "closes");
    return log;
  };
  const sealed = (log: PublicLog): unknown =>
    log.append({
      type: "cover.given",
      stream: "covers",
      pub: { ...cover, ground: "policy" },
      hidden: { minor: "123456", date: "2025-01-06" },
    });
  const figures = (log: PublicLog) => JSON.parse(log.page("/data/appeals/A-01.json")).figures[0];

  test.each([
    ["sealed", sealed],
    [
      "in the open, as older logs have it",
      (log: PublicLog) => {
        const sum = { minor: "123456", date: "2025-01-06" };
        log.say("cover.given", { ...cover, ...sum, ground: "policy" }, "covers");
      },
    ],
    ["not there", () => undefined],
  ])("by the policy is what two public sums leave, with covers %s", (_, say) => {
    const log = told("general", say);
    expect(figures(log)).toMatchObject({ covered: "30000", coveredBy: "rule", left: { kind: "bridged" } });
    const all = [...everyAddress(log).values()].join("\n");
    for (const secret of ["123456", "1,234.56", "1\u00a0234,56", "2025-01-06"])
      expect(all).not.toContain(secret);
    for (const [language, text] of [
      ["en", "from general funds or from gifts not yet public"],
      ["ru", "общие средства или пожертвования, которые ещё не опубликованы"],
      ["kk", "жалпы қаражаттан немесе әлі жарияланбаған түсімдерден"],
    ])
      for (const page of ["", "appeals/A-01"]) expect(log.page(`/${language}/${page}`)).toContain(text);
    const { entries } = JSON.parse(log.page("/data/appeals/A-01.json"));
    expect(entries.covered.map(({ type }: { type: string }) => type)).toEqual([
      "funds.policy",
      "spending",
      "fund.close",
    ]);
  });

  test("is no big number on the front page, and nothing at all where nothing lacks", () => {
    const log = new PublicLog();
    log.append({ type: "genesis", pub: { name: "Үлгі", currency: "KZT" } });
    log.say("funds.policy", asIs("general"));
    log.say("appeal", { id: "A-01", opened: "2025-01-01", title: { en: "One" }, currency: "KZT" });
    const pooled = { count: 7, minor: "70000" };
    log.say("fund.close", { ...posted, appeal: "A-01", count: 7, minor: "70000", pooled }, "closes");
    expect(log.page("/en/")).not.toContain("not yet public");
    const bridged = told("general", () => undefined);
    const [, big = ""] = /<dl class="big">(.*?)<\/dl>/su.exec(bridged.page("/en/")) ?? [];
    expect(big).toContain("₸1,000");
    expect(big).not.toContain("₸300");
    for (const page of [bridged.page("/en/"), bridged.page("/en/appeals/A-01")])
      expect(page).not.toContain(">From general funds<");
    expect(bridged.page("/data/appeals/A-01.csv")).toContain(
      "A-01,covered-or-not-yet-public,rule,KZT,300.00",
    );
  });

  test("by a sealed decision is a lower bound, and no rule is blamed for it", () => {
    const log = told("none", (of) => {
      const pub = { ...cover, ground: "decision", decision: "5" };
      of.append({
        type: "cover.given",
        stream: "covers",
        pub,
        hidden: { minor: "123456", date: "2025-01-06" },
      });
    });
    expect(log.page("/en/appeals/A-01")).toContain("At least this much");
    expect([...everyAddress(log).values()].join("\n")).not.toContain("rule bridged");
  });

  test("by a decision is the sum of what was decided", () => {
    const sum = { minor: "40000", date: "2025-01-06" };
    const log = told("none", (of) =>
      of.say("cover.given", { ...cover, ...sum, ground: "decision", decision: "5" }, "covers"),
    );
    expect(figures(log)).toMatchObject({
      covered: "40000",
      coveredBy: "entries",
      left: { kind: "exact", minor: "10000" },
    });
  });

  test("by a policy that was given up stays sealed, and a page says so", () => {
    const log = told("general", (of) => {
      sealed(of);
      of.say("funds.policy", asIs("none"));
    });
    expect(figures(log)).toMatchObject({
      covered: "30000",
      coveredBy: "sealed",
      left: { kind: "sealed", minor: null },
    });
    expect(log.page("/en/appeals/A-01")).toContain("At least this much");
    expect(log.page("/en/")).toContain("General funds gave at least ₸300");
    expect([...everyAddress(log).values()].join("\n")).not.toContain("123456");
  });

  test("never contradicts what is left: received less spent plus covered", () => {
    for (const appeal of books.state.appeals.values())
      for (const { received, spent, covered, left } of appealFigures(publicBooks(published), appeal)
        .currencies)
        expect(received - spent + covered).toBe("minor" in left ? left.minor : 0n);
  });
});

describe("an appeal that ended", () => {
  const log = new PublicLog();
  log.append({ type: "genesis", pub: { name: "Үлгі", currency: "KZT" } });
  log.say("funds.policy", { names: { en: "Fund" }, unsigned: "general", shortfall: "none" });
  const appeal = { opened: "2025-01-01", title: { en: "A lawyer" }, currency: "KZT" };
  for (const id of ["A-01", "A-02"]) log.say("appeal", { ...appeal, id });
  const end = { ended: "2025-06-30", reason: "need-fell-away", leftover: "Goes to the next case." };
  const asked = (of: PublicLog, id: string, language = "en") => of.page(`/${language}/appeals/${id}`);

  test("says when and why, asks for nothing, and stands apart", () => {
    expect(asked(log, "A-01")).toContain('class="qr"');
    log.say("appeal.ended", { ...end, appeal: "A-01" });
    for (const [language, text] of [
      ["en", `Ended on ${formatDay("2025-06-30", "en")}: the help is no longer needed`],
      ["ru", `Завершён ${formatDay("2025-06-30", "ru")}: помощь больше не нужна`],
      ["kk", `Аяқталды (${formatDay("2025-06-30", "kk")}): көмек қажет болмай қалды`],
    ] as const) {
      const page = asked(log, "A-01", language);
      expect(page).toContain(text);
      expect(page).not.toContain('class="qr"');
      expect(page).not.toContain("DonateAction");
      expect(page).toContain("Goes to the next case.");
    }
    expect(asked(log, "A-02")).toContain("DonateAction");
    const list = log.page("/en/appeals");
    expect(list.indexOf("Appeals that ended")).toBeGreaterThan(list.indexOf("appeals/A-02"));
    expect(list.indexOf("appeals/A-01")).toBeGreaterThan(list.indexOf("Appeals that ended"));
    expect(log.page("/en/")).not.toContain("appeals/A-01");
    const data = JSON.parse(log.page("/data/appeals/A-01.json"));
    expect(data.ended).toEqual({ date: "2025-06-30", reason: "need-fell-away" });
    expect(data.entries.ended).toHaveLength(1);
    expect(log.page("/ru/feed.xml")).toContain("Сбор завершён: A lawyer");
  });

  test("ends once, and can be opened again", () => {
    log.say("appeal.ended", { ...end, appeal: "A-01", ended: "2025-07-31" });
    log.say("appeal.ended", { ...end, appeal: "A-9" });
    expect(asked(log, "A-01")).toContain(formatDay("2025-06-30", "en"));
    log.say("appeal.reopened", { appeal: "A-01", reopened: "2025-07-01", reason: "a mistake" });
    log.say("appeal.reopened", { appeal: "A-02", reopened: "2025-07-01", reason: "nothing to open" });
    expect(asked(log, "A-01")).toContain("DonateAction");
    // What donors were told at the end stays said.
    expect(asked(log, "A-01")).toContain("Goes to the next case.");
    expect(log.page("/en/appeals")).not.toContain("Appeals that ended");
    const feed = log.page("/en/feed.xml");
    expect(feed.match(/Appeal ended: /gu)).toHaveLength(1);
    expect(feed).toContain("Appeal opened again: A lawyer");
    expect(feed).not.toContain("nothing to open");
  });

  test("does not point to words that are not there", () => {
    const page = () => asked(log, "A-02");
    log.say("appeal.ended", { appeal: "A-02", ended: "2025-06-30", reason: "other", leftover: " " });
    expect(page()).not.toContain("as said below");
    expect(page()).toContain("It has not been said what happens with what is left.");
  });
});

test("before the first close a page says when figures come, in each language", async () => {
  const log = new PublicLog();
  log.append({ type: "genesis", pub: { name: "Үлгі", currency: "KZT" } });
  for (const [language, text] of [
    ["en", "No week has been closed yet"],
    ["ru", "Ни одна неделя ещё не закрыта"],
    ["kk", "бірде-бір апта жабылған жоқ"],
  ] as const)
    expect(log.page(`/${language}/`)).toContain(text);
  log.say("appeal", { id: "A-01", opened: "2025-02-05", title: { kk: "Көмек" }, currency: "KZT" });
  expect(log.page("/en/appeals/A-01")).toContain("3–9\u00a0February 2025");
  expect(log.page("/en/appeals/A-01")).toContain('<span lang="kk">Көмек</span>');
  expect(log.page("/ru/")).toContain("3–9\u00a0февраля 2025");
});

test("an empty log has pages too", () => {
  const log = new PublicLog();
  for (const language of languages) expect(log.page(`/${language}/`)).toContain("<h1>");
  expect(log.page("/data/360giving.json")).toContain('"grants": []');
});

describe("addresses", () => {
  const answer = (path: string, acceptLanguage?: string) =>
    published.site.respond(path, { origin, acceptLanguage });
  test.each([
    [undefined, "/kk/"],
    ["*", "/kk/"],
    ["ru-RU,ru;q=0.9,en;q=0.8", "/ru/"],
    ["kk-KZ,ru;q=0.5", "/kk/"],
    ["de-DE,de;q=0.9", "/en/"],
    ["de, en;q=0.2, ru;q=0.7", "/ru/"],
  ])("who reads %s is led to %s", (accept, location) =>
    expect(answer("/", accept)).toMatchObject({
      status: 302,
      headers: { location, vary: "Accept-Language" },
    }),
  );

  test("one page has one address", () => {
    expect(answer("/ru")).toMatchObject({ status: 308, headers: { location: "/ru/" } });
    expect(answer("/ru/appeals/")).toMatchObject({ status: 308, headers: { location: "/ru/appeals" } });
  });

  test("what is not there is said in the reader's language; what is not the site's is left to the server", () => {
    for (const path of [
      "/ru/appeals/A-9",
      "/ru/nothing",
      "/ru/appeals/%",
      "/ru/appeals/A-2025-003/more",
      "/ru/appeals/__proto__",
    ]) {
      expect(answer(path)?.status, path).toBe(404);
      expect(answer(path)?.body).toContain("Такой страницы нет");
    }
    for (const path of [
      "/api/head",
      "/app/",
      "/checkpoint",
      "/de/",
      "/constructor",
      "/data/appeals/A-9.json",
      "//ru",
    ])
      expect(answer(path), path).toBeUndefined();
    expect(answer("/kk/appeals/A-2025-003/statement.pdf")?.status).toBe(404);
  });

  test("a page allows nothing to run", () => {
    expect(answer("/ru/")?.headers["content-security-policy"]).toContain("script-src 'none'");
  });
});
