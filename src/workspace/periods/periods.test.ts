// Weeks: what blocks a close, what becomes public, and that a figure of a period is the sum of its days.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";

import { spanOf } from "./spans.ts";

const account = "KZ010000000000000001";
let at: TestDesk;

beforeEach(async () => {
  at = await openTestDesk({ day: "2025-03-19" });
  const title = { en: "Invented" };
  await at.record("import.list", {
    what: "appeals",
    list: {
      unsigned: "general",
      shortfall: "none",
      appeals: [{ id: "A-01", opened: "2025-03-01", title, currency: "KZT" }],
    },
  });
  const gifts = Array.from({ length: 6 }, (_, i) => `2025-03-0${i + 3},1000.00,C${i},Donor ${i},A-01,KZT`);
  const rows = ["date,amount,reference,name,memo,currency", ...gifts, "2025-03-11,-300.00,D1,Shop,pens,KZT"];
  const id = await at.ask("imports.begin", {
    name: "rows.csv",
    title: "rows",
    file: new Blob([`${rows.join("\n")}\n`]),
    account,
    map: { date: 1, amount: 2, reference: 3, counterparty: 4, memo: 5, currency: 6 },
  });
  expect((await at.ask("outbox.settled", { id })).state).toBe("recorded");
});
afterEach(() => at.desk.close());

const states = async () => (await at.ask("periods.weeks", {})).map(({ week, state }) => [week, state]);

test("a week with an unexplained debit waits, the one before it can be closed; of a week without bank rows nothing is said", async () => {
  expect(await states()).toEqual([
    ["2025-W11", "blocked"],
    ["2025-W10", "closable"],
  ]);
  expect((await at.refusal("period.close", { week: "2025-W11" }))?.code).toBe("close-blocked");
  expect((await at.refusal("period.close", { week: "2025-W12" }))?.code).toBe("week-not-over");
});

test("a close publishes six equal gifts as one class; then the week is closed and its figures stand", async () => {
  await at.record("period.close", { week: "2025-W10" });
  expect((await states())[1]).toEqual(["2025-W10", "closed"]);
  const [week] = (await at.ask("periods.weeks", {})).slice(1);
  expect(week).toMatchObject({ published: [{ currency: "KZT", minor: 600_000n, count: 6 }], carried: 0 });
  expect(await at.ask("periods.closed", { week: "2025-W10" })).toMatchObject([
    { appeal: "A-01", count: 6, classes: [{ minor: 100_000n, count: 6 }], pooled: null, carried: 0 },
  ]);
});

test("a period holds what happened from its first day to its last, both included", async () => {
  const report = await at.ask("periods.report", { from: "2025-03-04", to: "2025-03-05" });
  expect(report.appeals).toMatchObject([
    { appeal: "A-01", raised: [{ currency: "KZT", minor: "200000", donations: 2 }] },
  ]);
});

test("an account is frozen with what it holds for whom, and released", async () => {
  const event = { account, date: "2025-03-10", detail: "order of an invented court" };
  await at.record("account.event", { ...event, event: "frozen" });
  const [frozen] = (await at.ask("accounts.overview", {})).accounts;
  expect(frozen).toMatchObject({
    number: account,
    frozen: { date: "2025-03-10" },
    held: [{ fund: "A-01", currency: "KZT", minor: 600_000n }],
  });
  await at.record("account.event", { ...event, event: "released", date: "2025-03-12" });
  expect((await at.ask("accounts.overview", {})).accounts[0]?.frozen).toBeNull();
});

test("cover is given by a decision and repaid up to what was given; a rate has its source", async () => {
  const cover = {
    appeal: "A-01",
    currency: "KZT",
    minor: 50_000n,
    date: "2025-03-10",
    decision: "minutes 7",
  };
  await at.record("cover.record", { ...cover, type: "given" });
  const more = { ...cover, minor: 50_001n, type: "repaid" as const };
  expect((await at.refusal("cover.record", more))?.code).toBe("cover-not-given");
  await at.record("rate.add", {
    date: "2025-03-10",
    from: "EUR",
    to: "KZT",
    rate: "540.5",
    source: "invented",
  });
  expect(await at.ask("accounts.overview", {})).toMatchObject({
    covers: [{ appeal: "A-01", given: 50_000n, repaid: 0n }],
    rates: [{ rate: "540.5" }],
    isCoverByPolicy: false,
  });
});

test("a transfer between own accounts is shown once for each side that a statement shows", async () => {
  const other = "KZ020000000000000002";
  const rows = ["date,amount,reference,name,other,currency", `2025-03-12,500.00,T1,Own,${account},KZT`];
  const id = await at.ask("imports.begin", {
    name: "other.csv",
    title: "other",
    file: new Blob([`${rows.join("\n")}\n`]),
    account: other,
    map: { date: 1, amount: 2, reference: 3, counterparty: 4, counterpartyAccount: 5, currency: 6 },
  });
  await at.ask("outbox.settled", { id });
  expect(await at.ask("accounts.transfers", { most: 10 })).toMatchObject({
    transfers: [{ account: other, other: account, direction: "credit", minor: 50_000n }],
    total: 1,
  });
});

test("a span ends on the last day of its month, in a leap year too", () => {
  expect(spanOf("lastMonth", "2024-03-09")).toEqual({ from: "2024-02-01", to: "2024-02-29" });
  expect(spanOf("lastMonth", "2025-01-31")).toEqual({ from: "2024-12-01", to: "2024-12-31" });
  expect(spanOf("thisQuarter", "2025-12-01")).toEqual({ from: "2025-10-01", to: "2025-12-31" });
});
