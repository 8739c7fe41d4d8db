// An appeal ends: nobody may ask or set money aside for it, but what was promised is paid and what arrives counts.
import { describe, expect, test } from "vitest";
import { Books } from "#test/books/books.ts";
import { slice, type BankRow } from "#test/books/statements.ts";
import { decideAppeals, decidePosts } from "./decide-catalogue.ts";
import { decideEnd, decideReopen } from "./decide-endings.ts";
import { decideApprove, decidePay, decideReserve } from "./decide-payments.ts";
import { endReasons } from "./entries.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";
import { leftoverOf } from "./state.ts";
import { appealView } from "./views.ts";

const gift = (day: number): BankRow => ({ day, signedMinor: 100_000n, reference: `g${day}`, memo: "A-01" });
const end = { appeal: "A-01", date: "2025-02-01", reason: "goal-reached", leftover: "to the next case" };
const clock = { today: "2025-03-01" };
const post = {
  id: "P-01",
  appeal: "A-01",
  kind: "post",
  published: "2025-01-01T09:00:00+05:00",
  target: { currency: "KZT", minor: "500000" },
};
const wanted = {
  id: "S-1",
  appeal: "A-01",
  category: "lawyer",
  minor: 40_000n,
  currency: "KZT",
  payee: "Notary",
  date: "2025-01-02",
};

async function opened(leftover?: string): Promise<Books> {
  const books = new Books();
  for (const [member, x] of Object.entries({ proposer: "prop", second: "seco" }))
    books.append({ type: "key.add", stream: "funds", pub: { x, member, roles: ["finance"] } });
  const appeals = [
    {
      id: "A-01",
      opened: "2025-01-01",
      title: { en: "A" },
      currency: "KZT",
      ...(leftover !== undefined && { leftover }),
    },
  ];
  books.appendAll(decideAppeals(books.state, { unsigned: "general", shortfall: "none", appeals }));
  books.appendAll(decidePosts(books.state, [post]));
  await books.importStatement(slice([gift(0)], 0, 1));
  return books;
}
const oldAppeal = { id: "A-02", opened: "2025-01-01", title: { en: "B" }, currency: "KZT" };
const by = (books: Books, member: string) => ({
  kid: [...books.state.members].find(([, name]) => name === member)?.[0] ?? "nobody",
  at: 0,
});

describe("an appeal that ended", () => {
  test("says when, why and what happens with what is left, to everybody", async () => {
    const books = await opened();
    books.appendAll(decideEnd(books.state, end, clock));
    expect(books.entries.at(-1)).toMatchObject({
      type: "appeal.ended",
      stream: { id: "funds" },
      pub: { appeal: "A-01", ended: "2025-02-01", reason: "goal-reached", leftover: "to the next case" },
      hidden: {},
    });
    expect(books.state.ended.get("A-01")).toMatchObject({ ended: "2025-02-01" });
    const kept = fromSnapshot(toSnapshot(books.state));
    expect(kept.ok && kept.value.ended).toEqual(books.state.ended);
  });

  test("is not asked for, and no money is set aside for it: it has to be opened again first", async () => {
    const books = await opened();
    books.appendAll(decideEnd(books.state, end, clock));
    const refused = { ok: false, refusal: { code: "appeal-ended" } };
    const more = { ...post, id: "P-02", published: "2025-02-02T00:30:00+05:00" };
    expect(decidePosts(books.state, [more])).toMatchObject({
      ...refused,
      refusal: { code: "appeal-ended", item: 1 },
    });
    expect(decideReserve(books.state, wanted, by(books, "proposer"))).toMatchObject(refused);
    expect(decideEnd(books.state, end, clock)).toMatchObject(refused);
    // What is recorded already stays as it is: the same file adds nothing and is refused for nothing.
    expect(decidePosts(books.state, [post])).toMatchObject({
      ok: true,
      value: { summary: { unchanged: 1 } },
    });
    books.appendAll(
      decideReopen(books.state, { appeal: "A-01", date: "2025-02-03", reason: "a typing error" }, clock),
    );
    expect(books.state.ended.size).toBe(0);
    expect(decidePosts(books.state, [more]).ok).toBe(true);
    expect(decideReserve(books.state, wanted, by(books, "proposer")).ok).toBe(true);
    expect(decideEnd(books.state, { ...end, date: "2025-02-03" }, clock).ok).toBe(true);
  });

  test("takes a post that was published up to its last day, however late it is written down", async () => {
    const books = await opened();
    books.appendAll(decideEnd(books.state, end, clock));
    const late = { ...post, id: "P-02", published: "2025-02-01T23:30:00+05:00" };
    expect(decidePosts(books.state, [post, late])).toMatchObject({
      ok: true,
      value: { summary: { added: 1 } },
    });
  });

  test("still counts what arrives, and what was reserved before is approved and paid", async () => {
    const books = await opened();
    const [proposer, second] = [by(books, "proposer"), by(books, "second")];
    books.appendAll(decideReserve(books.state, wanted, proposer), proposer.kid);
    books.appendAll(decideEnd(books.state, end, clock));
    await books.importStatement(slice([gift(0), gift(40)], 1, 2));
    books.appendAll(decideApprove(books.state, "S-1", second), second.kid);
    books.appendAll(decidePay(books.state, "S-1", "2025-02-02", second), second.kid);
    expect(appealView(books.state, "A-01")).toMatchObject({
      raised: [{ minor: "200000", donations: 2 }],
      spent: [{ minor: "40000", payments: 1 }],
    });
    expect(books.state.problems).toEqual([]);
  });

  test("keeps the words about what is left that donors read", async () => {
    const books = await opened("to her brother's studies");
    expect(decideEnd(books.state, end, clock)).toMatchObject({
      ok: false,
      refusal: { code: "leftover-fixed" },
    });
    books.appendAll(decideEnd(books.state, { ...end, leftover: "" }, clock));
    expect(books.entries.at(-1)?.pub).not.toHaveProperty("leftover");
  });

  test("keeps what it promised when it ended, also after it was opened again", async () => {
    const books = await opened();
    books.appendAll(decideEnd(books.state, end, clock));
    books.appendAll(
      decideReopen(books.state, { appeal: "A-01", date: "2025-02-03", reason: "the need came back" }, clock),
    );
    const kept = () => leftoverOf(books.state, "A-01");
    expect(kept()).toBe("to the next case");
    const again = { ...end, date: "2025-02-20" };
    expect(decideEnd(books.state, { ...again, leftover: "to salaries" }, clock)).toMatchObject({
      ok: false,
      refusal: { code: "leftover-fixed" },
    });
    const back = fromSnapshot(toSnapshot(books.state));
    expect(back.ok && leftoverOf(back.value, "A-01")).toBe("to the next case");
    books.appendAll(decideEnd(books.state, { ...again, leftover: "" }, clock));
    // Another log may say otherwise at its second end: the first words are those that donors gave to.
    const foreign = { appeal: "A-01", ended: "2025-02-25", reason: "other", leftover: "to salaries" };
    books.append({ type: "appeal.reopened", stream: "funds", pub: { ...foreign, reopened: "2025-02-21" } });
    books.append({ type: "appeal.ended", stream: "funds", pub: foreign });
    expect([books.state.ended.get("A-01")?.ended, kept()]).toEqual(["2025-02-25", "to the next case"]);
  });

  test("has said nothing about what is left where there is nothing but blanks", async () => {
    const books = await opened(" \n");
    expect(decideEnd(books.state, { ...end, leftover: "" }, clock)).toMatchObject({
      refusal: { code: "leftover-missing" },
    });
    const blank = { appeal: "A-01", ended: "2025-02-01", reason: "other", leftover: " " };
    books.append({ type: "appeal.ended", stream: "funds", pub: blank });
    expect(leftoverOf(books.state, "A-01")).toBeUndefined();
    books.append({ type: "appeal", stream: "funds", pub: { ...oldAppeal, leftover: " " } });
    expect(leftoverOf(books.state, "A-02")).toBeUndefined();
    // The file that holds the blanks is still the one that was imported.
    const file = { unsigned: "general", shortfall: "none", appeals: [{ ...oldAppeal, leftover: " " }] };
    expect(decideAppeals(books.state, file)).toMatchObject({
      ok: true,
      value: { summary: { unchanged: 1 } },
    });
  });
});

test.each([
  ["appeal-unknown", { appeal: "A-9" }],
  ["date-malformed", { date: "1.2.25" }],
  ["day-to-come", { date: "2025-03-02" }],
  ["ended-before-opened", { date: "2024-12-31" }],
  ["end-reason-unknown", { reason: "tired" }],
  ["leftover-missing", { leftover: " " }],
])("an end is refused: %s", async (code, change) => {
  const books = await opened();
  expect(decideEnd(books.state, { ...end, ...change }, clock)).toMatchObject({
    ok: false,
    refusal: { code },
  });
});

test.each([
  ["appeal-unknown", { appeal: "A-9" }],
  ["date-malformed", { date: "2025-02-30" }],
  ["day-to-come", { date: "2025-03-02" }],
  ["reopened-before-ended", { date: "2025-01-31" }],
  ["reason-missing", { reason: " " }],
])("a reopening is refused: %s", async (code, change) => {
  const books = await opened();
  const reopening = { appeal: "A-01", date: "2025-02-03", reason: "an error" };
  expect(decideReopen(books.state, reopening, clock)).toMatchObject({
    ok: false,
    refusal: { code: "appeal-not-ended" },
  });
  books.appendAll(decideEnd(books.state, end, clock));
  expect(decideReopen(books.state, { ...reopening, ...change }, clock)).toMatchObject({
    ok: false,
    refusal: { code },
  });
});

test("an end is refused: ended-before-reopened", async () => {
  const books = await opened();
  books.appendAll(decideEnd(books.state, end, clock));
  const reopening = { appeal: "A-01", date: "2025-02-03", reason: "an error" };
  books.appendAll(decideReopen(books.state, reopening, clock));
  const refused = { ok: false, refusal: { code: "ended-before-reopened" } };
  expect(decideEnd(books.state, end, clock)).toMatchObject(refused);
  expect(decideEnd(books.state, { ...end, date: "2025-02-03" }, clock).ok).toBe(true);
  // Days are kept with the state, not only with the entries that it was read from.
  const kept = fromSnapshot(toSnapshot(books.state));
  expect(kept.ok && decideEnd(kept.value, end, clock)).toMatchObject(refused);
});

test("each reason for an end is accepted; entries that end nothing count nothing and are listed", async () => {
  for (const reason of endReasons) {
    const books = await opened();
    expect(decideEnd(books.state, { ...end, reason }, clock).ok).toBe(true);
  }
  const books = await opened();
  const { date: ended, ...said } = end;
  books.append({ type: "appeal.ended", stream: "funds", pub: { ...said, ended, appeal: "A-9" } });
  const reopened = { appeal: "A-01", reopened: "2025-02-03", reason: "?" };
  books.append({ type: "appeal.reopened", stream: "funds", pub: reopened });
  books.append({ type: "appeal.ended", stream: "funds", pub: { ...said, ended } });
  books.append({ type: "appeal.ended", stream: "funds", pub: { ...said, ended: "2025-03-01" } });
  expect(books.state.problems.map(({ code }) => code)).toEqual([
    "appeal-not-open",
    "appeal-not-ended",
    "appeal-not-open",
  ]);
  expect(books.state.ended.get("A-01")?.ended).toBe("2025-02-01");
});
