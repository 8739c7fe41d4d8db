// What happened is said from the entries themselves, newest first, and the whole record can be checked where it is read.
import { expect, test } from "vitest";
import { entryTypes } from "#domain/catalogue.ts";
import { decideAppeals, decidePosts } from "#domain/funds/decide-catalogue.ts";
import { decideSpending } from "#domain/funds/decide-spending.ts";
import { languages } from "#language/language.ts";
import { expectOk } from "#record/result.ts";
import { portsOf } from "#session/books/follow-ups.ts";
import { fieldLines, reasonText } from "#workspace/ui/preview-text.ts";
import { readJson } from "#test/books/sample-files.ts";
import { openTestDesk } from "#test/workspace/open-test-desk.ts";
import { sentenceOf, sentences } from "./sentences.ts";

async function deskWithAppeals() {
  const test = await openTestDesk();
  const { session } = test.desk;
  const appeals = decideAppeals((await session.books()).funds, readJson("appeals.json"));
  await session.append(expectOk(appeals).drafts);
  const posts = decidePosts((await session.books()).funds, readJson("posts.json"));
  await session.append(expectOk(posts).drafts);
  return test;
}

test("every type of entry has its sentence in each language, and no sentence has holes", () => {
  for (const language of languages) {
    expect(Object.keys(sentences[language]).toSorted()).toEqual([...entryTypes.keys()].toSorted());
    for (const type of entryTypes.keys()) {
      const bare = sentenceOf(type, {}, language);
      expect(bare).not.toBe("");
      expect(bare).not.toMatch(/[,:]\s*$|,\s*,|undefined/u);
    }
  }
  expect(sentenceOf("statement", { name: "a.txt", count: 2 }, "ru")).toBe(
    "Загружена выписка a.txt, 2 строки банка",
  );
});

test("entries are told newest first, page by page, and each filter leaves what it names", async () => {
  const { desk, ask } = await deskWithAppeals();
  const { size } = desk.session;
  const first = await ask("activity.list", { limit: 1000, filter: {} });
  expect(first.rows.map(({ index }) => index)).toEqual(Array.from({ length: size }, (_, i) => size - 1 - i));
  expect(first.before).toBeUndefined();
  const appeals = await ask("activity.list", { limit: 1000, filter: { kinds: ["appeal"] } });
  expect(new Set(appeals.rows.map(({ type }) => type))).toEqual(new Set(["appeal"]));
  const one = await ask("activity.list", { limit: 1000, filter: { about: "A-2025-001" } });
  expect(one.rows.length).toBeGreaterThan(1);
  for (const { facts } of one.rows) expect([facts.id, facts.appeal]).toContain("A-2025-001");
  expect((await ask("activity.list", { limit: 10, filter: { member: "M-09" } })).rows).toEqual([]);
  desk.close();
});

test("an entry's page shows what is public and what was sealed, and proves its place", async () => {
  const { desk, ask } = await deskWithAppeals();
  const genesis = await ask("activity.entry", { index: 0 });
  expect(genesis.hidden).toEqual([{ name: "name", value: "Айгүл Мысалова" }]);
  expect(genesis.box).toEqual({ kind: "opened", room: "finance", epoch: 0 });
  expect(genesis.proof.holds).toBe(true);
  const appeal = await ask("activity.entry", { index: desk.session.size - 1 });
  expect(appeal.box).toEqual({ kind: "none" });
  expect(appeal.proof.holds).toBe(true);
  await expect(ask("activity.entry", { index: 9999 })).rejects.toMatchObject({ code: "entry-unknown" });
  desk.close();
});

test("a cover by the policy says its sum to members and seals it from everybody", async () => {
  const { desk, ask } = await deskWithAppeals();
  const values = {
    id: "S-1",
    date: "2025-05-02",
    appeal: "A-2025-003",
    category: "hotel",
    amount: "1234.56",
    currency: "KZT",
    payee: "Hotel",
    receipt: "r.pdf",
    paid_from: "KZ617229999900000007",
  };
  const { session } = desk;
  const { funds } = await session.books();
  await session.append(expectOk(await decideSpending(funds, [{ line: 2, values }], portsOf(session))).drafts);
  const [cover] = (await ask("activity.list", { limit: 1, filter: { kinds: ["cover.given"] } })).rows;
  if (cover === undefined) throw new Error("what the appeal lacks is covered");
  expect(sentenceOf(cover.type, cover.facts, "en")).toContain("1,234.56");
  const page = await ask("activity.entry", { index: cover.index });
  expect(page.public.map(({ name }) => name)).toEqual(["appeal", "currency", "ground"]);
  // A code of ours is said in the reader's language, what somebody wrote as it was written.
  expect(cover.facts.text).toBe("policy");
  expect(reasonText(cover.type, "policy", "kk")).toBe("ереже бойынша");
  expect(fieldLines(page.public, "kk").at(-1)?.value).toBe("ереже бойынша");
  expect(reasonText("refund", "policy", "kk")).toBe("policy");
  expect(page.hidden).toEqual([
    { name: "minor", value: "123456" },
    { name: "date", value: "2025-05-02" },
  ]);
  // The sum is in one part of the entry, its currency in the other.
  const [sum] = fieldLines(page.hidden, "en", page.public);
  expect(sum?.value).toContain("1,234.56");
  const covers = await ask("appeals.covers", { id: "A-2025-003", most: 5 });
  expect(covers.rows).toMatchObject([
    { type: "given", minor: 123_456n, date: "2025-05-02", ground: "policy" },
  ]);
  desk.close();
});

test("the record check verifies every entry and counts the books again", async () => {
  const { desk, ask } = await deskWithAppeals();
  const check = await ask("activity.check", {});
  expect(check.checks.filter(({ verdict }) => verdict === "broken")).toEqual([]);
  expect(check.size).toBe(desk.session.size);
  desk.close();
});

test("on a new device nothing is new; one's own entries are never told", async () => {
  const { desk, ask } = await deskWithAppeals();
  expect(await ask("activity.notices", {})).toEqual([]);
  await ask("activity.mark-seen", {});
  desk.close();
});
