// A payment goes in steps by members' own keys; its receipt is sealed twice, as it may be shown and as it was.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";
import type { NewPayment, PastPayment } from "./commands.ts";
import { readReceipt } from "./read-receipt.ts";

let at: TestDesk;

const payment = (id: string, change: Partial<NewPayment> = {}): NewPayment => ({
  id,
  appeal: "A-1",
  category: "lawyer",
  minor: 200_000n,
  currency: "KZT",
  date: "2025-03-01",
  payee: "Адвокат Образцов",
  paidFrom: "",
  relation: "",
  ...change,
});
const past = (id: string, change: Partial<PastPayment> = {}): PastPayment => ({
  ...payment(id),
  approver: "",
  ...change,
});

beforeAll(async () => {
  at = await openTestDesk();
  await at.record("appeal.open", {
    id: "A-1",
    hashtag: "",
    opened: "2025-02-01",
    title: { en: "A lawyer for two children" },
    currency: "KZT",
    leftover: "",
    policy: { foundation: { en: "Invented" }, unsigned: "general", shortfall: "general" },
  });
  const statement = new Blob(["when;how much;why;money\n03.02.2025;9000,00;A-1;KZT\n"]);
  const id = await at.ask("imports.begin", {
    name: "bank.csv",
    title: "bank.csv",
    file: statement,
    account: "KZ617229999900000007",
    map: { date: 1, amount: 2, memo: 3, currency: 4 },
    accepted: { by: "M-01", why: "a test" },
  });
  await at.ask("outbox.settled", { id });
});
afterAll(() => at.desk.close());

describe("a new payment", () => {
  test("is set aside first, and its proposer cannot approve it", async () => {
    expect(await at.record("spending.reserve", payment("S-1"))).toMatchObject({ state: "recorded" });
    const page = await at.ask("spending.page", { id: "S-1" });
    expect(page).toMatchObject({ state: "reserved", proposer: "M-01", approvalsNeeded: 1, next: "none" });
    expect(await at.refusal("spending.approve", { id: "S-1" })).toMatchObject({
      code: "approver-is-proposer",
    });
    expect(await at.refusal("spending.pay", { id: "S-1", date: "2025-03-02" })).toMatchObject({
      code: "approval-missing",
    });
  });

  test("cannot set aside more than there is", async () => {
    expect(await at.refusal("spending.reserve", payment("S-2", { minor: 800_000n }))).toMatchObject({
      code: "over-balance",
    });
    expect(await at.refusal("spending.reserve", payment("S 2"))).toMatchObject({
      code: "spending-id-malformed",
    });
    const { funds } = await at.ask("spending.choices", {});
    expect(funds.find(({ id }) => id === "A-1")?.available["KZT"]).toBe(700_000n);
  });

  test("is not proposed under the number of one that waits to be sent, new or of the past", async () => {
    const next = async () => (await at.ask("spending.choices", {})).nextId;
    expect(await next()).toBe("S-2025-001");
    const ids = [
      await at.hold("spending.reserve", payment("S-2025-001", { minor: 1n })),
      await at.hold("spending.past", past("S-2025-002", { minor: 1n })),
    ];
    expect(await next()).toBe("S-2025-003");
    for (const id of ids) await at.ask("outbox.remove", { id });
    expect(await next()).toBe("S-2025-001");
  });

  test("is given up with a reason, and the money is free again", async () => {
    expect(await at.refusal("spending.void", { id: "S-1", reason: " " })).toMatchObject({
      code: "reason-missing",
    });
    await at.record("spending.void", { id: "S-1", reason: "the hearing was put off" });
    const page = await at.ask("spending.page", { id: "S-1" });
    expect(page.state).toBe("voided");
    expect(page.events[0]).toMatchObject({ type: "spending.voided", reason: "the hearing was put off" });
  });
});

describe("a receipt", () => {
  const shown = "the picture without its place";
  const original = "the picture with its place";
  const receipt = {
    file: { name: "R-0020.jpg", content: new Blob([shown]) },
    original: new Blob([original]),
  };

  test("is sealed as it may be shown and as it was, and both open again", async () => {
    expect(await at.record("spending.past", past("S-3", { receipt }))).toMatchObject({ state: "recorded" });
    const page = await at.ask("spending.page", { id: "S-3" });
    expect(page).toMatchObject({ state: "paid", receipt: "R-0020.jpg", hasFile: true, hasOriginal: true });
    const opened = await at.ask("spending.file", { id: "S-3", which: "receipt" });
    expect(opened.name).toBe("R-0020.jpg");
    expect(await opened.content.text()).toBe(shown);
    const untouched = await at.ask("spending.file", { id: "S-3", which: "original" });
    expect(await untouched.content.text()).toBe(original);
  });

  test("that comes later is a correction of the payment, and opens too", async () => {
    await at.record("spending.past", past("S-4"));
    await expect(at.ask("spending.file", { id: "S-4", which: "receipt" })).rejects.toMatchObject({
      code: "receipt-not-attached",
    });
    await at.record("spending.add-receipt", { id: "S-4", reason: "the receipt came by post", receipt });
    const { events } = await at.ask("spending.page", { id: "S-4" });
    const [added] = events;
    expect(added).toMatchObject({ type: "correction", hasReceipt: true, corrects: expect.any(Number) });
    const opened = await at.ask("spending.file", { id: "S-4", which: "receipt", index: added?.index ?? -1 });
    expect(await opened.content.text()).toBe(shown);
  });

  test("that is neither picture nor PDF is not taken", async () => {
    expect(await readReceipt("x.doc", new Blob(["a letter"]))).toMatchObject({
      kind: "refused",
      refusal: { code: "image-unknown" },
    });
    expect(await readReceipt("x.pdf", new Blob(["%PDF-1.7 /Author (Somebody)"]))).toMatchObject({
      kind: "pdf",
      found: [{ kind: "person", detail: "Somebody" }],
    });
  });
});

describe("a payment to somebody related", () => {
  test("of the past needs the name of who approved it, and that may not be the payee", async () => {
    const related = past("S-5", { related: "relative", relation: "sister of the accountant" });
    expect(await at.refusal("spending.past", related)).toMatchObject({ code: "related-without-approver" });
    expect(await at.refusal("spending.past", { ...related, approver: "Адвокат Образцов" })).toMatchObject({
      code: "approver-related",
    });
  });
});

test("a correction names an entry that is there, and says what is wrong", async () => {
  const { events } = await at.ask("spending.page", { id: "S-3" });
  const entry = events.at(-1)?.hash ?? "";
  expect(await at.refusal("entry.correct", { entry, reason: "" })).toMatchObject({ code: "reason-missing" });
  expect(await at.refusal("entry.correct", { entry: "AAAA", reason: "x" })).toMatchObject({
    code: "entry-unknown",
  });
  await at.record("entry.correct", { entry, reason: "the payee's name has another spelling" });
  const after = await at.ask("spending.page", { id: "S-3" });
  expect(after.events[0]).toMatchObject({
    type: "correction",
    reason: "the payee's name has another spelling",
  });
});

test("a payment that is not there is said", async () => {
  await expect(at.ask("spending.page", { id: "S-9" })).rejects.toMatchObject({ code: "spending-unknown" });
});

test("the list shows the last ones of a filter, says how many there are, and which filters leave something", async () => {
  const { funds } = await at.desk.session.books();
  const all = [...funds.spending.values()];
  const { payments, total, present } = await at.ask("spending.list", { show: "all", most: 1 });
  expect(payments.map(({ id }) => id)).toEqual([all.at(-1)?.id]);
  expect(total).toBe(all.length);
  expect(present).toContain("voided");
  const voided = await at.ask("spending.list", { show: "voided", most: 10 });
  expect(voided.payments.map(({ state }) => state)).toEqual(["voided"]);
  // Her own proposals wait for others.
  expect(await at.ask("spending.waiting", {})).toEqual([]);
});

test("for an appeal that ended nothing new is set aside, and what was paid before can still be recorded", async () => {
  const isEnded = async () =>
    (await at.ask("spending.choices", {})).funds.find(({ id }) => id === "A-1")?.isEnded;
  expect(await isEnded()).toBe(false);
  await at.record("appeal.end", { appeal: "A-1", date: "2025-06-01", reason: "other", leftover: "general" });
  expect(await isEnded()).toBe(true);
  expect(await at.refusal("spending.reserve", payment("S-20", { minor: 1n }))).toMatchObject({
    code: "appeal-ended",
  });
  expect(await at.record("spending.past", past("S-20", { minor: 1n }))).toMatchObject({ state: "recorded" });
});
