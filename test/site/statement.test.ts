// A statement for a court file: its letters are there, it is tagged, and it is the same each time.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { languages } from "#language/language.ts";
import { PdfThread } from "#server/pages/pdf-thread.ts";
import type { TypstDocument } from "#site/pdf/typst.ts";
import { statementAddress } from "#workspace/periods/statement-address.ts";
import { origin, publish, PublicLog, sampleSite } from "./sample-site.ts";

// The thread that the server uses.
const thread = new PdfThread();
const makePdf = (document: TypstDocument) => thread.make(document);

const folder = mkdtempSync(join(tmpdir(), "aigaq-statement-"));
let published: PublicLog;
beforeAll(async () => {
  ({ published } = await sampleSite({ makePdf }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (language: string, id = "A-2025-003") => `/${language}/appeals/${id}/statement.pdf`;

async function statement(language: string): Promise<string> {
  const answer = await published.site.pdf(at(language), { origin });
  const path = join(folder, `${language}.pdf`);
  writeFileSync(path, answer?.body ?? "");
  return path;
}

test("the workspace links to where a statement is", () => {
  for (const language of languages) expect(statementAddress(language, "A-2025-003")).toBe(at(language));
});

test("only an appeal with closed weeks has a statement", async () => {
  expect((await published.site.pdf(at("ru"), { origin }))?.headers["content-type"]).toBe("application/pdf");
  for (const path of [at("ru", "A-9"), at("de"), "/ru/appeals/A-2025-003", "/ru/appeals/%/statement.pdf"])
    expect(await published.site.pdf(path, { origin })).toBeUndefined();
  const fresh = new PublicLog({ makePdf });
  fresh.append({ type: "genesis", pub: { name: "Үлгі", currency: "KZT" } });
  fresh.say("appeal", { id: "A-1", opened: "2025-02-01", title: { en: "x" }, currency: "KZT" });
  expect(await fresh.site.pdf(at("ru", "A-1"), { origin })).toBeUndefined();
  expect(fresh.page("/ru/appeals/A-1")).not.toContain("statement.pdf");
  expect(published.page("/ru/appeals/A-2025-003")).toContain(at("ru"));
});

test("the same figures make the same bytes, also in another thread", async () => {
  const { books } = await sampleSite();
  const another = new PdfThread();
  const other = publish(books, { makePdf: (document) => another.make(document) });
  const [one, two, three] = [
    await published.site.pdf(at("kk"), { origin }),
    await published.site.pdf(at("kk"), { origin }),
    await other.site.pdf(at("kk"), { origin }),
  ];
  expect(Buffer.from(one?.body ?? []).equals(Buffer.from(two?.body ?? []))).toBe(true);
  expect(Buffer.from(one?.body ?? []).equals(Buffer.from(three?.body ?? []))).toBe(true);
});

test("what members wrote is text in it and never Typst", async () => {
  const log = new PublicLog({ makePdf });
  const evil = '#panic("x") $ * _ @ref <a> \\ "]; #import "/etc/passwd"';
  log.append({ type: "genesis", pub: { name: evil, currency: "KZT" } });
  log.say("appeal", { id: "A-1", opened: "2025-02-01", title: { en: evil }, currency: "KZT" });
  const close = { appeal: "A-1", currency: "KZT", week: "2025-W06", count: 5, minor: "500", classes: [] };
  log.say(
    "fund.close",
    { ...close, pooled: { count: 5, minor: "500" }, carried: 0, attributions: 1 },
    "closes",
  );
  expect((await log.site.pdf(at("en", "A-1"), { origin }))?.body.length).toBeGreaterThan(1000);
});

test.each(languages)(
  "the statement in %s shows each letter of its words, in fonts of its own",
  async (language) => {
    const path = await statement(language);
    const text = execFileSync("pdftotext", [path, "-"], { encoding: "utf8" }).replace(/\s+/gu, " ");
    const page = published.page(`/${language}/appeals/A-2025-003`);
    for (const [, shown = ""] of page.matchAll(/<span class="v num">(.*?)<\/span>/gu))
      expect(text).toContain(shown.replace(/\s+/gu, " "));
    if (language === "kk") for (const letter of "әғқңөұүі") expect(text).toContain(letter);
    expect(text).toContain("₸");
    expect(text).not.toMatch(/\u{FFFD}/u);
    const info = execFileSync("pdfinfo", [path], { encoding: "utf8" });
    expect(info).toMatch(/Tagged:\s+yes/u);
    expect(info).toMatch(/Title:\s+\S/u);
    const fonts = execFileSync("pdffonts", [path], { encoding: "utf8" }).trim().split("\n").slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toContain("NotoSerif");
  },
);
