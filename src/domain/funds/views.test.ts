// Asked and received are two things; what is shown for a post, a case, a period adds up to the same books.
import { beforeAll, expect, test } from "vitest";
import { Books } from "#test/books/books.ts";
import { sampleFoundation } from "#test/books/sample-foundation.ts";
import { readJson } from "#test/books/sample-files.ts";
import { slice } from "#test/books/statements.ts";
import { accountsView, statementGaps } from "./account-view.ts";
import { decideAppeals, decidePosts } from "./decide-catalogue.ts";
import { foreignDuties } from "./foreign.ts";
import { caseView, postsView, postView } from "./post-view.ts";
import { appealPeriodView, appealView, fundsView, periodView } from "./views.ts";

let books: Books;
beforeAll(async () => {
  books = await sampleFoundation();
});

test("the accusation's total is the targets added up; received is a fraction of it and counted once", () => {
  const view = postsView(books.state);
  expect(view.posts).toHaveLength(8);
  expect(view.targetsAddedUp).toEqual([{ currency: "KZT", minor: "3100000000" }]);
  expect(view.askedOnce).toEqual([{ currency: "KZT", minor: "2325000000" }]);
  const repost = postView(books.state, "P-007");
  expect(repost).toMatchObject({
    kind: "repost",
    appeal: "A-2025-003",
    asked: { minor: "387500000" },
    askedOnce: [{ minor: "387500000" }],
  });
  expect(repost?.sharesAppealWith).toMatchObject([{ post: "P-003", kind: "post" }]);
  expect(repost?.received).toEqual(appealView(books.state, "A-2025-003"));
  expect(postView(books.state, "P-099")).toBeUndefined();
});

test("accounts show each statement with its printed balances, and the freeze as a public fact", () => {
  const { statements, frozen } = readJson("answers.json");
  const view = accountsView(books.state);
  for (const { account, statements: shown, ...rest } of view) {
    for (const { file, ...figures } of shown) expect(figures).toEqual(statements[file ?? ""]);
    if (account === frozen.account) expect(rest.frozen).toMatchObject({ date: frozen.date });
  }
  expect(view.map((one) => one.statements.length)).toEqual([2, 1]);
  expect(statementGaps(books.state)).toEqual([]);
});

test("two halves of the period add up to the whole, in every figure and currency", () => {
  const whole = fundsView(books.state);
  const halves = [
    periodView(books.state, "2025-01-01", "2025-04-15"),
    periodView(books.state, "2025-04-16", "2025-12-31"),
  ];
  for (const [i, { appeal, raised, spent }] of whole.appeals.entries()) {
    for (const [figure, all] of [
      ["raised", raised],
      ["spent", spent],
    ] as const) {
      for (const { currency, minor } of all) {
        const sum = halves.reduce(
          (total, half) =>
            total + BigInt(half.appeals[i]?.[figure].find((one) => one.currency === currency)?.minor ?? "0"),
          0n,
        );
        expect(`${appeal} ${sum}`).toBe(`${appeal} ${minor}`);
      }
    }
  }
  expect(appealPeriodView(books.state, "A-2025-003", "2024-01-01", "2024-12-31")).toEqual({
    appeal: "A-2025-003",
    raised: [],
    refunded: [],
    spent: [],
    spentByCategory: {},
    coveredFromGeneral: [],
    balance: [{ currency: "KZT", minor: "0" }],
    confirmedByBoth: 0,
  });
  expect(appealView(books.state, "A-9")).toBeUndefined();
});

const appeal = { id: "A-01", opened: "2025-01-01", title: { en: "A" }, currency: "KZT" };
const post = {
  id: "P-1",
  appeal: "A-01",
  kind: "post",
  published: "2025-01-01T10:00:00+05:00",
  target: { currency: "KZT", minor: "100" },
};

test("a case has its share of an appeal, and a post that names a case stands for the whole appeal", async () => {
  const shared = new Books();
  const cases = [
    { case: "K-1", parts: 1, of: 3 },
    { case: "K-2", parts: 2, of: 3 },
  ];
  const file = {
    unsigned: "general",
    shortfall: "none",
    appeals: [
      { ...appeal, cases },
      { ...appeal, id: "A-02" },
    ],
  };
  shared.appendAll(decideAppeals(shared.state, file));
  shared.appendAll(decidePosts(shared.state, [{ ...post, appeal: "A-02", case: "K-3" }]));
  await shared.importStatement(
    slice(
      [
        { day: 0, signedMinor: 100n, memo: "A-01" },
        { day: 0, signedMinor: 7n, memo: "A-02" },
      ],
      0,
      2,
    ),
  );
  expect(caseView(shared.state, "K-1")?.appeals).toMatchObject([
    { appeal: "A-01", received: [{ minor: "33" }], appealReceived: [{ minor: "100" }] },
  ]);
  expect(caseView(shared.state, "K-2")?.appeals).toMatchObject([{ received: [{ minor: "66" }] }]);
  expect(caseView(shared.state, "K-3")).toMatchObject({
    posts: ["P-1"],
    appeals: [{ received: [{ minor: "7" }] }],
  });
  expect(caseView(shared.state, "K-9")).toBeUndefined();
  expect(shared.appendAll(decideAppeals(shared.state, file))).toMatchObject({ added: 0, unchanged: 2 });
});

test("a period that no statement shows is shown as missing, and gifts of other currencies stay apart", async () => {
  const gaps = new Books();
  gaps.appendAll(decideAppeals(gaps.state, { unsigned: "unknown", shortfall: "none", appeals: [appeal] }));
  const rows = [0, 1, 5].map((day) => ({ day, signedMinor: 100n, memo: "" }));
  await gaps.importStatement(slice(rows, 0, 1));
  await gaps.importStatement(slice(rows, 2, 3));
  expect(statementGaps(gaps.state)).toMatchObject([
    { from: "2025-01-02", to: "2025-01-05", balancesMeet: false },
  ]);
  expect(fundsView(gaps.state)).toMatchObject({
    general: { donations: 0 },
    notYetKnown: [{ currency: "KZT", minor: "200", donations: 2 }],
  });
  await gaps.importStatement(slice(rows, 1, 2));
  expect(statementGaps(gaps.state)).toMatchObject([
    { from: "2025-01-03", to: "2025-01-05", balancesMeet: true },
  ]);
});

test("foreign money is told: a notice for each day, a report for each quarter, each day to be confirmed by a lawyer", () => {
  const duties = foreignDuties(books.state);
  const notices = duties.filter((one) => one.form === "F.017.00");
  const received = notices.reduce((sum, one) => sum + BigInt(one.minor), 0n);
  expect(received).toBe(431_500n);
  expect(duties.every((one) => !one.isConfirmed)).toBe(true);
  expect(duties.filter((one) => one.form === "F.018.00")).toMatchObject([
    { quarter: "2025-Q2", received: [{ currency: "EUR", minor: "431500" }], due: "2025-08-15" },
  ]);
});

test.each([
  ["file-malformed", 5],
  ["policy-malformed", { unsigned: "charity", appeals: [] }],
  ["policy-malformed", { approvalLimit: { currency: "KZT", minor: 5 }, appeals: [] }],
  ["appeal-malformed", { appeals: [{ ...appeal, id: "general" }] }],
  ["appeal-malformed", { appeals: [{ ...appeal, opened: "2025-02-30" }] }],
  ["appeal-changed", { appeals: [{ ...appeal, title: { en: "B" } }] }],
  ["case-malformed", { appeals: [{ ...appeal, cases: [{ case: "K-1", parts: 3, of: 2 }] }] }],
])("appeals are refused: %s", (code, file) => {
  const catalogue = new Books();
  catalogue.appendAll(decideAppeals(catalogue.state, { appeals: [appeal] }));
  expect(decideAppeals(catalogue.state, file)).toMatchObject({ ok: false, refusal: { code } });
});

test.each([
  ["file-malformed", { posts: [] }],
  ["post-malformed", [{ ...post, published: "2025-01-01" }]],
  ["post-malformed", [{ ...post, target: { currency: "KZT", minor: "-1" } }]],
  ["appeal-unknown", [{ ...post, appeal: "A-09" }]],
  ["post-changed", [{ ...post, target: { currency: "KZT", minor: "101" } }]],
])("posts are refused: %s", (code, file) => {
  const catalogue = new Books();
  catalogue.appendAll(decideAppeals(catalogue.state, { appeals: [appeal] }));
  catalogue.appendAll(decidePosts(catalogue.state, [post]));
  expect(decidePosts(catalogue.state, file)).toMatchObject({ ok: false, refusal: { code } });
});
