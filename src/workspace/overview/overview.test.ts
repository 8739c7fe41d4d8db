// The first page of a new foundation says what to do; of one at work, what waits for whom.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";

let at: TestDesk;

beforeAll(async () => {
  at = await openTestDesk({ day: "2025-03-20" });
});
afterAll(() => at.desk.close());

test("a new foundation has three steps before it, and its recovery to rehearse", async () => {
  const page = await at.ask("overview.page", {});
  expect(page.steps).toEqual({ appeal: false, post: false, bank: false });
  expect(page.needs).toEqual([{ kind: "recovery", count: 1 }]);
  expect(page.latest.map(({ type }) => type)).toEqual(["room.epoch", "genesis"]);
});

test("what waits is counted: rows that nothing explains, payments that the bank does not show", async () => {
  await at.record("appeal.open", {
    id: "A-1",
    hashtag: "",
    opened: "2025-02-01",
    title: { ru: "Адвокат для двух детей" },
    currency: "KZT",
    leftover: "",
    policy: { foundation: { ru: "Образец" }, unsigned: "unknown", shortfall: "general" },
  });
  await at.record("post.add", {
    id: "P-1",
    appeal: "A-1",
    kind: "post",
    published: "2025-02-01T10:00:00+05:00",
    target: { currency: "KZT", minor: 2_000_000n },
    case: "",
    textHash: "",
  });
  const id = await at.ask("imports.begin", {
    name: "bank.csv",
    title: "bank.csv",
    file: new Blob([
      "when;how much;why;money\n03.02.2025;9000,00;A-1;KZT\n10.02.2025;500,00;for whom;KZT\n12.02.2025;-700,00;taxi;KZT\n",
    ]),
    account: "KZ617229999900000007",
    map: { date: 1, amount: 2, memo: 3, currency: 4 },
    accepted: { by: "M-01", why: "a test" },
  });
  await at.ask("outbox.settled", { id });
  await at.record("spending.past", {
    id: "S-1",
    appeal: "A-1",
    category: "lawyer",
    minor: 200_000n,
    currency: "KZT",
    date: "2025-02-20",
    payee: "Адвокат Образцов",
    paidFrom: "",
    relation: "",
    approver: "",
  });
  const page = await at.ask("overview.page", {});
  expect(Object.fromEntries(page.needs.map(({ kind, count }) => [kind, count]))).toMatchObject({
    debits: 1,
    payments: 1,
    unknown: 1,
    unconfirmed: 1,
  });
  expect(page).toMatchObject({
    steps: { appeal: true, post: true, bank: true },
    received: { minor: 900_000n, gifts: 1 },
    spent: { minor: 200_000n, payments: 1 },
    appeals: [{ id: "A-1", asked: 2_000_000n, received: 900_000n }],
    categories: [{ category: "lawyer", minor: 200_000n }],
  });
  expect(page.weeks.map(({ week, received }) => [week, received])).toEqual([
    ["2025-W06", 900_000n],
    ["2025-W07", 50_000n],
    ["2025-W08", 0n],
  ]);
});
