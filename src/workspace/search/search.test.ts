// What was recorded is found by any word of it, also in another alphabet, and a second desk opens the index instead of building it.
import { expect, test } from "vitest";
import { decideAppeals, decidePosts } from "#domain/funds/decide-catalogue.ts";
import { expectOk } from "#record/result.ts";
import { readJson } from "#test/books/sample-files.ts";
import { openTestDesk } from "#test/workspace/open-test-desk.ts";

async function deskWithBooks() {
  const test = await openTestDesk();
  const { session } = test.desk;
  const state = async () => (await session.books()).funds;
  await session.append(expectOk(decideAppeals(await state(), readJson("appeals.json"))).drafts);
  await session.append(expectOk(decidePosts(await state(), readJson("posts.json"))).drafts);
  return test;
}

test("an appeal is found by its title in any of its languages, in either alphabet, half typed", async () => {
  const { desk, ask } = await deskWithBooks();
  const kinds = ["appeal"] as const;
  for (const query of ["студентке", "Студентка", "studentke", "support student", "студ", "A-2025-003"]) {
    const found = await ask("search.find", { query, kinds, limit: 10 });
    expect(found.items.map(({ id }) => id)).toContain("appeal:A-2025-003");
    expect(found.items[0]?.path).toMatch(/^\/appeals\/A-/u);
  }
  const [best] = (await ask("search.find", { query: "студентке", kinds, limit: 1 })).items;
  expect(best?.titleRanges.length).toBeGreaterThan(0);
  desk.close();
});

test("a member is found by her hidden name; nothing at all answers nothing", async () => {
  const { desk, ask } = await deskWithBooks();
  const found = await ask("search.find", { query: "мысалова", limit: 5 });
  expect(found.items).toMatchObject([{ kind: "member", path: "/members/M-01", title: "Айгүл Мысалова" }]);
  expect(await ask("search.find", { query: "", limit: 5 })).toMatchObject({ items: [], total: 0 });
  expect((await ask("search.find", { query: "qwxyzzy", limit: 5 })).items).toEqual([]);
  desk.close();
});

test("what comes later is found without building anew, and the snapshot is sealed", async () => {
  const { desk, ask } = await deskWithBooks();
  const before = await ask("search.find", { query: "P-001", limit: 5 });
  expect(before.items[0]).toMatchObject({ kind: "post", path: "/posts/P-001" });
  const sealed = await desk.session.store.cache("search");
  expect(sealed?.length).toBeGreaterThan(1000);
  const text = Buffer.from(sealed ?? []).toString("latin1");
  expect(text).not.toContain("student");
  expect(text).not.toContain("A-2025");
  desk.close();
});
