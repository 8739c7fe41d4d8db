// The public pages as strangers get them: without a script, small, and never another reader's.
import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Person, type Served, expectStatus, serveFoundation } from "#test/server/served.ts";

let served: Served;
let officer: Person;

beforeEach(async () => {
  ({ served, officer } = await serveFoundation());
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(served.address + path, { redirect: "manual", headers });

test("the front page is in the language that the reader asks for, each at its own address", async () => {
  const asked = async (language: string) =>
    (await get("/", { "Accept-Language": language })).headers.get("location");
  expect([await asked("ru"), await asked("kk-KZ,ru;q=0.5"), await asked("en-GB")]).toEqual([
    "/ru/",
    "/kk/",
    "/en/",
  ]);
  for (const language of ["kk", "ru", "en"]) {
    const page = await get(`/${language}/`);
    expect([page.status, page.headers.get("content-language")]).toEqual([200, language]);
    expect(await page.text()).toContain("Үлгі");
  }
});

test("a page lets nothing run and nothing in, and is asked for anew each time it may have changed", async () => {
  const page = await get("/ru/", { "Accept-Encoding": "br" });
  const { headers } = page;
  expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/u);
  expect(headers.get("content-security-policy")).not.toMatch(/unsafe|,/u);
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect([headers.get("x-content-type-options"), headers.get("content-encoding")]).toEqual(["nosniff", "br"]);
  const etag = headers.get("etag") ?? "";
  expect((await get("/ru/", { "Accept-Encoding": "br", "If-None-Match": etag })).status).toBe(304);
  expect((await get("/ru/", { "Accept-Encoding": "gzip" })).headers.get("content-encoding")).toBe("gzip");
  expect(
    (await get("/ru/", { "Accept-Encoding": "br;q=0, identity" })).headers.get("content-encoding"),
  ).toBeNull();
  const head = await fetch(`${served.address}/ru/`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect(Number(head.headers.get("content-length"))).toBeGreaterThan(500);
});

test("what comes onto the record is on the page at once", async () => {
  const before = await (await get("/en/check")).text();
  await expectStatus(officer.append([officer.issue()]), 200);
  expect(await (await get("/en/check")).text()).not.toBe(before);
});

test("a page made for one name of the server is not shown under another, and no name gets into it that is none", async () => {
  const asked = (host: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(served.address);
      request({ hostname, port, path: "/en/", headers: { host } }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => (text += part));
        answer.on("end", () => resolve(text));
      })
        .once("error", reject)
        .end();
    });
  expect(await asked("evil.example.invalid")).toContain("evil.example.invalid");
  expect(await asked("localhost")).not.toContain("evil.example.invalid");
  expect(await asked('x"><script>')).not.toContain("<script>");
});

test("an address that is none says so, also for a PDF", async () => {
  expect((await get("/ru/appeals/A-0000-000")).status).toBe(404);
  expect((await get("/ru/appeals/A-0000-000/statement.pdf")).status).toBe(404);
  expect((await get("/nothing.pdf")).status).toBe(404);
  expect((await fetch(`${served.address}/ru/`, { method: "POST" })).status).toBe(404);
});
