// Two members' keys for every new payment, one bank debit for each, and no fund below zero unseen.
import { describe, expect, test } from "vitest";
import { Books } from "#test/books/books.ts";
import { account, slice, type BankRow } from "#test/books/statements.ts";
import { decideAppeals } from "./decide-catalogue.ts";
import { decideConfirmations } from "./decide-confirmations.ts";
import {
  correctionDraft,
  decideApprove,
  decideCover,
  decidePay,
  decideReserve,
  decideVoid,
} from "./decide-payments.ts";
import { decideEvents, decideRates } from "./decide-registers.ts";
import { decideSpending } from "./decide-spending.ts";
import type { Spending } from "./entries.ts";
import { frozenView } from "./account-view.ts";
import { confirmationsView } from "./post-view.ts";
import { relatedPartyView, unmatchedView } from "./unmatched-view.ts";
import { appealView } from "./views.ts";

// RFC 7638 thumbprints are computed by the fold from these public keys.
const keys = { proposer: "prop", second: "seco", third: "thir" };

async function booksWith(
  shortfall: "general" | "none",
  rows: readonly BankRow[] = [gift(100_000n)],
): Promise<Books> {
  const books = new Books();
  for (const [member, x] of Object.entries(keys)) {
    books.append({ type: "key.add", stream: "funds", pub: { x, member, roles: ["finance"] } });
  }
  const appeals = [{ id: "A-01", opened: "2025-01-01", title: { en: "A" }, currency: "KZT" }];
  const approvalLimit = { currency: "KZT", minor: "50000" };
  books.appendAll(decideAppeals(books.state, { unsigned: "general", shortfall, approvalLimit, appeals }));
  await books.importStatement(slice(rows, 0, rows.length));
  return books;
}

function gift(signedMinor: bigint, day = 0): BankRow {
  return { day, signedMinor, reference: `g${day}${signedMinor}`, memo: "A-01" };
}
const debit = (day: number, minor: bigint, memo: string): BankRow => ({
  day,
  signedMinor: -minor,
  reference: `d${day}${minor}${memo}`,
  memo,
});

function kidOf(books: Books, member: string): string {
  return [...books.state.members].find(([, name]) => name === member)?.[0] ?? "nobody";
}
const by = (books: Books, member: string) => ({ kid: kidOf(books, member), at: 0 });
const wanted: Omit<Spending, "approval"> = {
  id: "S-1",
  appeal: "A-01",
  category: "lawyer",
  minor: 40_000n,
  currency: "KZT",
  payee: "Notary",
  date: "2025-01-02",
};

describe("a new payment", () => {
  test("is reserved by one member, approved by another, paid, and only then spent", async () => {
    const books = await booksWith("none");
    const [proposer, second] = [by(books, "proposer"), by(books, "second")];
    books.appendAll(decideReserve(books.state, wanted, proposer), proposer.kid);
    expect(appealView(books.state, "A-01")?.spent).toEqual([]);
    expect(decidePay(books.state, "S-1", "2025-01-03", proposer)).toMatchObject({
      ok: false,
      refusal: { code: "approval-missing", lacks: 1 },
    });
    expect(decideApprove(books.state, "S-1", proposer)).toMatchObject({
      ok: false,
      refusal: { code: "approver-is-proposer" },
    });
    expect(decideApprove(books.state, "S-1", { kid: "stranger", at: 0 })).toMatchObject({
      ok: false,
      refusal: { code: "approver-unknown" },
    });
    books.appendAll(decideApprove(books.state, "S-1", second), second.kid);
    books.appendAll(decidePay(books.state, "S-1", "2025-01-03", proposer), proposer.kid);
    expect(appealView(books.state, "A-01")).toMatchObject({
      spent: [{ minor: "40000", payments: 1 }],
      balance: [{ minor: "60000" }],
    });
    expect(books.state.spending.get("S-1")).toMatchObject({
      state: "paid",
      date: "2025-01-03",
      approvals: ["second"],
    });
    expect(decideApprove(books.state, "S-1", second)).toMatchObject({
      ok: false,
      refusal: { code: "spending-state" },
    });
    expect(decidePay(books.state, "S-1", "2025-01-03", second)).toMatchObject({
      ok: false,
      refusal: { code: "spending-state" },
    });
    expect(books.state.problems).toEqual([]);
  });

  test("above the limit needs two members beside the proposer, and two devices of one are one", async () => {
    const books = await booksWith("none");
    const proposer = by(books, "proposer");
    books.appendAll(decideReserve(books.state, { ...wanted, minor: 50_001n }, proposer), proposer.kid);
    books.appendAll(decideApprove(books.state, "S-1", by(books, "second")), kidOf(books, "second"));
    expect(books.state.spending.get("S-1")?.state).toBe("reserved");
    books.append({ type: "key.add", stream: "funds", pub: { x: "seco2", member: "second", roles: [] } });
    const device = [...books.state.members].findLast(([, name]) => name === "second")?.[0] ?? "";
    expect(decideApprove(books.state, "S-1", { kid: device, at: 0 })).toMatchObject({
      ok: false,
      refusal: { code: "approved-already" },
    });
    books.appendAll(decideApprove(books.state, "S-1", by(books, "third")), kidOf(books, "third"));
    expect(books.state.spending.get("S-1")?.state).toBe("approved");
  });

  test("forged approvals in the log count nothing: the fold checks what the rules checked", async () => {
    const books = await booksWith("none");
    books.appendAll(decideReserve(books.state, wanted, by(books, "proposer")), kidOf(books, "proposer"));
    books.append(
      { type: "spending.approved", stream: "spending", pub: { id: "S-1" } },
      kidOf(books, "proposer"),
    );
    books.append({ type: "spending.approved", stream: "spending", pub: { id: "S-1" } }, "stranger");
    books.append({ type: "spending.paid", stream: "spending", pub: { id: "S-1" } }, kidOf(books, "proposer"));
    expect(appealView(books.state, "A-01")?.spent).toEqual([]);
    expect(books.state.problems.map((one) => one.code)).toEqual([
      "approval-empty",
      "approval-by-unknown-key",
      "spending-not-approved",
    ]);
  });

  test("is refused beyond what is left unreserved, and voided with a reason", async () => {
    const books = await booksWith("none");
    const proposer = by(books, "proposer");
    books.appendAll(decideReserve(books.state, { ...wanted, minor: 60_000n }, proposer), proposer.kid);
    const second = { ...wanted, id: "S-2", minor: 40_001n };
    expect(decideReserve(books.state, second, proposer)).toMatchObject({
      ok: false,
      refusal: { code: "over-balance", available: "40000" },
    });
    expect(decideReserve(books.state, wanted, proposer)).toMatchObject({
      ok: false,
      refusal: { code: "spending-twice" },
    });
    expect(decideReserve(books.state, { ...second, appeal: "A-9" }, proposer)).toMatchObject({
      ok: false,
      refusal: { code: "appeal-unknown" },
    });
    expect(decideReserve(books.state, { ...second, minor: 0n }, proposer)).toMatchObject({
      ok: false,
      refusal: { code: "amount-not-positive" },
    });
    expect(decideVoid(books.state, "S-1", " ", proposer)).toMatchObject({
      ok: false,
      refusal: { code: "reason-missing" },
    });
    books.appendAll(decideVoid(books.state, "S-1", "hearing moved", proposer), proposer.kid);
    expect(decideReserve(books.state, second, proposer).ok).toBe(true);
    expect(decideVoid(books.state, "S-1", "again", proposer)).toMatchObject({
      ok: false,
      refusal: { code: "spending-state" },
    });
    for (const refused of [
      decideVoid(books.state, "S-9", "x", proposer),
      decideApprove(books.state, "S-9", proposer),
      decidePay(books.state, "S-9", "2025-01-01", proposer),
    ]) {
      expect(refused).toMatchObject({ ok: false, refusal: { code: "spending-unknown" } });
    }
  });

  test("is not paid from a frozen account, nor approved by whom it benefits", async () => {
    const books = await booksWith("none");
    const proposer = by(books, "proposer");
    const own = { ...wanted, paidFrom: account };
    books.appendAll(decideReserve(books.state, own, proposer), proposer.kid);
    books.appendAll(decideApprove(books.state, "S-1", by(books, "second")), kidOf(books, "second"));
    const event = { date: "2025-01-02", account, event: "frozen", detail: "order" };
    books.appendAll(decideEvents(books.state, [{ line: 2, values: event }], books.keyed));
    expect(decidePay(books.state, "S-1", "2025-01-03", proposer)).toMatchObject({
      ok: false,
      refusal: { code: "account-frozen" },
    });
    expect(decideReserve(books.state, { ...own, id: "S-2" }, proposer)).toMatchObject({
      ok: false,
      refusal: { code: "account-frozen" },
    });
    expect(frozenView(books.state)).toMatchObject([
      { account, held: expect.arrayContaining([{ fund: "A-01", currency: "KZT", minor: "100000" }]) },
    ]);
    books.appendAll(
      decideEvents(
        books.state,
        [{ line: 2, values: { ...event, date: "2025-01-05", event: "released" } }],
        books.keyed,
      ),
    );
    expect(decidePay(books.state, "S-1", "2025-01-06", proposer).ok).toBe(true);
    expect(decidePay(books.state, "S-1", "2025-01-04", proposer).ok).toBe(false);

    const related = {
      ...wanted,
      id: "S-3",
      related: "relative" as const,
      relation: "sister of second",
    };
    expect(
      decideReserve(books.state, { ...related, payee: "sister", approver: "sister" }, proposer),
    ).toMatchObject({ ok: false, refusal: { code: "approver-related" } });
    books.appendAll(decideReserve(books.state, related, proposer), proposer.kid);
    expect(decideApprove(books.state, "S-3", by(books, "second"))).toMatchObject({
      ok: false,
      refusal: { code: "approver-related" },
    });
  });

  test("that overspends is bridged in the same batch, or by a cited decision, or refused", async () => {
    const bridged = await booksWith("general");
    bridged.appendAll(
      decideReserve(bridged.state, { ...wanted, minor: 150_000n }, by(bridged, "proposer")),
      kidOf(bridged, "proposer"),
    );
    for (const name of ["second", "third"])
      bridged.appendAll(decideApprove(bridged.state, "S-1", by(bridged, name)), kidOf(bridged, name));
    bridged.appendAll(
      decidePay(bridged.state, "S-1", "2025-01-03", by(bridged, "second")),
      kidOf(bridged, "second"),
    );
    expect(appealView(bridged.state, "A-01")).toMatchObject({
      coveredFromGeneral: [{ minor: "50000" }],
      balance: [{ minor: "0" }],
    });

    // Beyond the appeal and all that general funds could lend, nothing can be promised.
    expect(
      decideReserve(bridged.state, { ...wanted, id: "S-9", minor: 10n ** 12n }, by(bridged, "proposer")),
    ).toMatchObject({ ok: false, refusal: { code: "over-balance" } });

    const strict = await booksWith("none");
    const cover = {
      type: "given",
      appeal: "A-01",
      currency: "KZT",
      minor: 5n,
      date: "2025-01-01",
      decision: "minutes 7",
    } as const;
    expect(decideCover(bridged.state, cover, by(bridged, "second"))).toMatchObject({
      ok: false,
      refusal: { code: "cover-by-policy" },
    });
    strict.appendAll(decideCover(strict.state, cover, by(strict, "second")));
    expect(appealView(strict.state, "A-01")?.coveredFromGeneral).toEqual([{ currency: "KZT", minor: "5" }]);
    for (const [code, change] of [
      ["reason-missing", { decision: "" }],
      ["appeal-unknown", { appeal: "A-9" }],
      ["amount-not-positive", { minor: 0n }],
      ["cover-not-given", { type: "repaid" as const, minor: 6n }],
    ] as const) {
      expect(decideCover(strict.state, { ...cover, ...change }, by(strict, "second"))).toMatchObject({
        ok: false,
        refusal: { code },
      });
    }
  });
});

const paper = (values: Record<string, string> = {}) => ({
  line: 2,
  values: {
    id: "S-1",
    date: "2025-01-03",
    appeal: "A-01",
    category: "lawyer",
    amount: "400.00",
    currency: "KZT",
    payee: "Notary",
    receipt: "R-1.pdf",
    paid_from: account,
    ...values,
  },
});

describe("payments of the past", () => {
  test("are one debit each: the id in the purpose settles, in whatever order papers and bank come", async () => {
    const rows = [gift(100_000n), debit(2, 40_000n, "S-1 lawyer"), debit(2, 40_000n, "S-2 lawyer")];
    const books = await booksWith("none", rows);
    expect(unmatchedView(books.state).debits).toHaveLength(2);
    books.appendAll(
      await decideSpending(
        books.state,
        [paper(), paper({ id: "S-2" }), paper({ id: "S-3", amount: "1.00" })],
        books.ports(),
      ),
    );
    expect(unmatchedView(books.state)).toMatchObject({ debits: [], payments: [{ spending: "S-3" }] });
    const ids = [...books.state.spending.values()].map((one) => one.settled);
    expect(new Set(ids).size).toBe(3);
    expect(decideVoid(books.state, "S-1", "x", { kid: "k", at: 0 })).toMatchObject({
      ok: false,
      refusal: { code: "spending-settled" },
    });
  });

  test("two debits that could both be it, or a debit that names it with another sum, stay open", async () => {
    const rows = [
      gift(100_000n),
      debit(2, 40_000n, "services"),
      debit(3, 40_000n, "services"),
      debit(4, 30_000n, "S-2"),
    ];
    const books = await booksWith("none", rows);
    books.appendAll(
      await decideSpending(books.state, [paper(), paper({ id: "S-2", amount: "200.00" })], books.ports()),
    );
    expect(unmatchedView(books.state)).toMatchObject({
      payments: [{ spending: "S-1" }, { spending: "S-2" }],
    });
    expect(unmatchedView(books.state).debits).toHaveLength(3);
  });

  test("one amount near the day, one candidate: settled; and cash waits for no bank", async () => {
    const books = await booksWith("none", [gift(100_000n), debit(4, 40_000n, "services")]);
    books.appendAll(
      await decideSpending(
        books.state,
        [paper(), paper({ id: "S-2", amount: "7.00", paid_from: "cash" })],
        books.ports(),
      ),
    );
    expect(unmatchedView(books.state)).toMatchObject({ debits: [], payments: [] });
  });

  test("fees and transfers between own accounts are neither payments nor gifts", async () => {
    const books = await booksWith("none", [gift(100_000n), debit(1, 100n, "Комиссия банка")]);
    const part = { ...slice([debit(2, 500n, "перевод")], 0, 1), account: "KZ00TEST0002" };
    const rows = part.rows.map((row) => ({ ...row, counterparty: { account } }));
    await books.importStatement({ ...part, rows });
    expect(unmatchedView(books.state).debits).toEqual([]);
    expect(books.entries.flatMap((entry) => entry.items.map((item) => item?.open["to"]))).toContainEqual([
      "own-transfer",
    ]);
  });

  test("again add nothing, changed are refused, and what an appeal lacks is covered or refused", async () => {
    const books = await booksWith("none");
    books.appendAll(await decideSpending(books.state, [paper()], books.ports()));
    expect(await decideSpending(books.state, [paper()], books.ports())).toMatchObject({
      ok: true,
      value: { drafts: [], summary: { unchanged: 1 } },
    });
    expect(await decideSpending(books.state, [paper({ payee: "Other" })], books.ports())).toMatchObject({
      ok: false,
      refusal: { code: "spending-changed" },
    });
    const large = paper({ id: "S-2", amount: "600.01" });
    expect(await decideSpending(books.state, [large], books.ports())).toMatchObject({
      ok: false,
      refusal: { code: "fund-below-zero", line: 2 },
    });
    const bridged = await booksWith("general");
    bridged.appendAll(await decideSpending(bridged.state, [paper({ amount: "1500.00" })], bridged.ports()));
    expect(appealView(bridged.state, "A-01")?.coveredFromGeneral).toEqual([
      { currency: "KZT", minor: "50000" },
    ]);
    // A later gift repays the bridge, in an entry of its own.
    const more = slice([gift(100_000n), gift(70_000n, 9)], 1, 2);
    await bridged.importStatement(more);
    expect(appealView(bridged.state, "A-01")).toMatchObject({
      coveredFromGeneral: [],
      balance: [{ minor: "20000" }],
    });
    expect(bridged.entries.at(-1)).toMatchObject({
      type: "cover.repaid",
      pub: { appeal: "A-01", currency: "KZT", ground: "policy" },
      hidden: { minor: "50000", date: "2025-01-10" },
    });
    // The sum would tell that gift to everybody.
    expect(Object.keys(bridged.entries.at(-1)?.pub ?? {})).not.toContain("minor");
  });

  test.each([
    ["spending-id-malformed", paper({ id: "S 1" })],
    ["appeal-unknown", paper({ appeal: "A-9" })],
    ["date-malformed", paper({ date: "3.1.25" })],
    ["amount-malformed", paper({ amount: "400.001" })],
    ["cell-missing", paper({ payee: "" })],
    ["related-malformed", paper({ related: "friend" })],
    ["related-without-approver", paper({ related: "staff" })],
    ["approver-related", paper({ related: "staff", approver: " notary" })],
    ["account-frozen", paper({ date: "2025-02-01" })],
  ])("are refused whole: %s", async (code, row) => {
    const books = await booksWith("none");
    const values = { date: "2025-01-31", account, event: "frozen", detail: "order" };
    books.appendAll(decideEvents(books.state, [{ line: 2, values }], books.keyed));
    const size = books.entries.length;
    expect(
      await decideSpending(books.state, [paper({ id: "S-0", amount: "1.00" }), row], books.ports()),
    ).toMatchObject({ ok: false, refusal: { code } });
    expect(books.entries).toHaveLength(size);
  });

  test("without the columns that make a payment are refused: column-missing", async () => {
    const books = await booksWith("none");
    expect(
      await decideSpending(books.state, [{ line: 2, values: { id: "S-1" } }], books.ports()),
    ).toMatchObject({
      ok: false,
      refusal: { code: "column-missing" },
    });
  });

  test("to related persons are listed whole, beside all payments", async () => {
    const books = await booksWith("none");
    const related = paper({
      id: "S-2",
      amount: "10.00",
      related: "relative",
      relation: "brother of the driver",
      approver: "head",
    });
    books.appendAll(await decideSpending(books.state, [paper(), related], books.ports()));
    expect(relatedPartyView(books.state)).toMatchObject({
      payments: [{ spending: "S-2", related: "relative", approver: "head" }],
      totals: [{ currency: "KZT", minor: "1000", payments: 1 }],
      allPayments: [{ currency: "KZT", minor: "41000", payments: 2 }],
    });
  });
});

describe("confirmations, rates and events", () => {
  const row = (values: Record<string, string>) => ({
    line: 2,
    values: { spending: "S-1", role: "lawyer", date: "2025-01-05", ...values },
  });

  test("our own note is no proof, a document is, and a note never weakens it", async () => {
    const books = await booksWith("none");
    books.appendAll(await decideSpending(books.state, [paper()], books.ports()));
    books.appendAll(
      decideConfirmations(books.state, [
        row({ how: "attested", document: "act 5" }),
        row({ role: "beneficiary" }),
      ]),
    );
    expect(confirmationsView(books.state, "A-01")).toEqual({
      payments: 1,
      confirmedByBoth: 1,
      provenByBoth: 0,
      recordedOnly: 1,
    });
    books.appendAll(
      decideConfirmations(books.state, [
        row({ role: "beneficiary", how: "signed", document: "letter" }),
        row({ date: "2025-01-09" }),
      ]),
    );
    expect(confirmationsView(books.state, "A-01")).toMatchObject({ provenByBoth: 1 });
    expect(decideConfirmations(books.state, [row({ how: "attested", document: "act 5" })])).toMatchObject({
      ok: true,
      value: { summary: { unchanged: 1 } },
    });
  });

  test("of a payment not recorded waits in sight", async () => {
    const books = await booksWith("none");
    expect(books.appendAll(decideConfirmations(books.state, [row({})]))).toMatchObject({ waiting: 1 });
    expect(unmatchedView(books.state).confirmations).toEqual([{ spending: "S-1", roles: ["lawyer"] }]);
  });

  test.each([
    ["column-missing", { line: 2, values: {} }],
    ["spending-id-malformed", row({ spending: "" })],
    ["role-malformed", row({ role: "aunt" })],
    ["how-malformed", row({ how: "heard" })],
    ["date-malformed", row({ date: "" })],
    ["confirmation-without-proof", row({ how: "signed" })],
  ])("confirmations are refused: %s", async (code, bad) => {
    expect(decideConfirmations((await booksWith("none")).state, [bad])).toMatchObject({
      ok: false,
      refusal: { code },
    });
  });

  const rate = (values: Record<string, string> = {}) => ({
    line: 2,
    values: { date: "2025-06-09", from: "EUR", to: "KZT", rate: "587.35", source: "bank table", ...values },
  });
  test.each([
    ["column-missing", { line: 2, values: {} }],
    ["date-malformed", rate({ date: "x" })],
    ["currency-malformed", rate({ to: "EUR" })],
    ["rate-malformed", rate({ rate: "0.0" })],
    ["cell-missing", rate({ source: "" })],
    ["rate-changed", rate({ rate: "587.36" })],
  ])("rates are refused: %s", async (code, bad) => {
    const books = await booksWith("none");
    books.appendAll(decideRates(books.state, [rate()]));
    expect(decideRates(books.state, [bad])).toMatchObject({ ok: false, refusal: { code } });
    expect(decideRates(books.state, [rate()])).toMatchObject({
      ok: true,
      value: { summary: { unchanged: 1 } },
    });
  });

  test.each([
    ["column-missing", { line: 2, values: {} }],
    ["date-malformed", { line: 2, values: { date: "", account, event: "frozen", detail: "" } }],
    ["cell-missing", { line: 2, values: { date: "2025-01-01", account: "", event: "frozen", detail: "" } }],
    ["event-malformed", { line: 2, values: { date: "2025-01-01", account, event: "closed", detail: "" } }],
  ])("events are refused: %s", async (code, bad) => {
    const books = await booksWith("none");
    expect(decideEvents(books.state, [bad], books.keyed)).toMatchObject({ ok: false, refusal: { code } });
  });

  test("a correction changes no figure and names what it corrects", async () => {
    const books = await booksWith("none");
    const before = appealView(books.state, "A-01");
    books.append(correctionDraft("hash", "wrong payee", { payee: "Notary" }));
    expect(appealView(books.state, "A-01")).toEqual(before);
  });
});
