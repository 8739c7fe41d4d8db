// What waits for a person, what is offered and why, and that a decision moves exactly what was decided.
import { afterEach, beforeEach, expect, test } from "vitest";
import { appealView } from "#domain/funds/views.ts";
import { unmatchedView } from "#domain/funds/unmatched-view.ts";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";
import type { OpenBankRow } from "./calls.ts";

const account = "KZ010000000000000001";
const title = { en: "Invented" };
let at: TestDesk;

const rows = [
  "date,amount,reference,name,memo",
  "2025-03-02,5000.00,C1,Arman Invented,A-01",
  "2025-03-03,7000.00,C2,Arman Invented,for #two and A-01",
  "2025-03-03,8000.00,,Dana Invented,for #two and A-01",
  "2025-03-04,900.00,C4,Somebody,with love",
  "2025-03-05,-3000.00,D1,Hotel Invented,invoice 17",
  "2025-03-06,-50.00,D2,Bank,SMS",
  "2025-03-07,-50.00,D3,Bank,SMS",
];

async function importRows(lines: readonly string[]): Promise<void> {
  const id = await at.ask("imports.begin", {
    name: "rows.csv",
    title: "rows",
    file: new Blob([`${lines.join("\n")}\n`]),
    account,
    map: { date: 1, amount: 2, reference: 3, counterparty: 4, memo: 5 },
    accepted: { by: "Invented", why: "no balances are printed" },
  });
  expect((await at.ask("outbox.settled", { id })).state).toBe("recorded");
}

beforeEach(async () => {
  at = await openTestDesk();
  const appeal = { opened: "2025-03-01", title, currency: "KZT" };
  await at.record("import.list", {
    what: "appeals",
    list: {
      unsigned: "unknown",
      shortfall: "general",
      appeals: [
        { id: "A-01", ...appeal },
        { id: "A-02", hashtag: "#two", ...appeal },
      ],
    },
  });
  await importRows(rows);
});
afterEach(() => at.desk.close());

const queue = () => at.ask("matching.queue", { most: 50 });
const byParty = (list: readonly OpenBankRow[], party: string) => list.find((one) => one.party === party);
const choose = (row: OpenBankRow | undefined, to: string) => ({
  nullifier: row?.nullifier ?? "",
  parts: [{ to, minor: row?.minor ?? 0n }],
});
const said = { ground: "the donor's call", by: "Invented Accountant" };

test("a gift whose signs contradict each other is offered what each of them names, and what the donor gave before", async () => {
  const { credits } = await queue();
  expect(credits.map(({ minor }) => minor)).toEqual([700_000n, 800_000n]);
  const arman = byParty(credits, "Arman Invented");
  expect(arman?.suggestions).toEqual([
    { to: "A-01", signs: [{ kind: "code", text: "A-01" }] },
    { to: "A-02", signs: [{ kind: "hashtag", text: "#two" }] },
  ]);
  const donors = await at.ask("matching.donors", { most: 50 });
  expect(donors.get(arman?.nullifier ?? "")).toEqual([
    { to: "A-01", signs: [{ kind: "donor", gifts: 1, last: "2025-03-02" }] },
  ]);
});

test("a decision moves the gift, also one without a bank reference; the same again adds nothing", async () => {
  const dana = byParty((await queue()).credits, "Dana Invented");
  const input = { rows: [choose(dana, "A-02")], ...said };
  expect((await at.record("matching.decide", input)).state).toBe("recorded");
  const { funds } = await at.desk.session.books();
  expect(appealView(funds, "A-02")?.raised).toEqual([{ currency: "KZT", minor: "800000", donations: 1 }]);
  const { size } = at.desk.session;
  await at.record("matching.decide", input);
  expect(at.desk.session.size).toBe(size);
});

test("a gift is split only into parts that add up to it", async () => {
  const arman = byParty((await queue()).credits, "Arman Invented");
  const split = (one: bigint, other: bigint) => ({
    rows: [
      {
        nullifier: arman?.nullifier ?? "",
        parts: [
          { to: "A-01", minor: one },
          { to: "general", minor: other },
        ],
      },
    ],
    ...said,
  });
  expect((await at.refusal("matching.decide", split(600_000n, 100_001n)))?.code).toBe(
    "split-does-not-add-up",
  );
  await at.record("matching.decide", split(600_000n, 100_000n));
  const { funds } = await at.desk.session.books();
  expect(appealView(funds, "A-01")?.raised[0]?.minor).toBe("1100000");
});

test("fees of the bank are decided in one go; a debit is offered the payment of its sum", async () => {
  const spending = "id,date,appeal,category,amount,currency,payee,receipt\n";
  const reading = await at.ask("imports.read", {
    name: "spending.csv",
    file: new Blob([`${spending}S-1,2025-02-10,A-01,hotel,3000.00,KZT,Hotel Invented,R.pdf\n`]),
  });
  if (reading.kind !== "table") throw new Error(reading.kind);
  await at.record("import.table", { what: reading.what, rows: reading.rows, files: [] });
  const before = await queue();
  expect(before.payments).toMatchObject([{ spending: "S-1", isDayShown: false, debits: 1 }]);
  const hotel = byParty(before.debits, "Hotel Invented");
  expect(hotel?.suggestions).toEqual([
    {
      to: "payment:S-1",
      signs: [
        { kind: "named", text: "Hotel Invented" },
        { kind: "same-sum", days: 23 },
      ],
    },
  ]);
  const fees = before.debits.filter(({ party }) => party === "Bank");
  expect(new Set(fees.map(({ alike }) => alike)).size).toBe(1);
  await at.record("matching.decide", {
    rows: [...fees.map((one) => choose(one, "fee")), choose(hotel, "payment:S-1")],
    ...said,
  });
  const after = unmatchedView((await at.desk.session.books()).funds);
  expect([after.debits, after.payments]).toEqual([[], []]);
});

test("a gift goes back; the debit that a person names as its refund explains it", async () => {
  const gift = { reference: "C1", account, giftDate: "2025-03-02", currency: "KZT", minor: 300_000n };
  await at.record("matching.refund", { ...gift, date: "2025-01-20", reason: "sent by mistake" });
  const waiting = await queue();
  expect(waiting.refunds).toMatchObject([{ lacks: ["debit"], minor: 300_000n, reason: "sent by mistake" }]);
  const hotel = byParty(waiting.debits, "Hotel Invented");
  expect(hotel?.suggestions.map(({ to }) => to)).toEqual(["refund:R-1"]);
  const bank = byParty(waiting.debits, "Bank");
  const wrong = { rows: [choose(bank, "refund:R-1")], ...said };
  expect((await at.refusal("matching.decide", wrong))?.code).toBe("payment-does-not-fit");
  await at.record("matching.decide", { rows: [choose(hotel, "refund:R-1")], ...said });
  expect((await queue()).refunds).toEqual([]);
});

test("gifts without a sign are found by their words, and leave the list once somebody decided", async () => {
  const found = await at.ask("matching.unsigned", { text: "love", most: 10 });
  expect(found).toMatchObject([{ party: "Somebody", to: "unknown", minor: 90_000n }]);
  expect(await at.ask("matching.unsigned", { text: "900,00", most: 10 })).toHaveLength(1);
  expect(await at.ask("matching.unsigned", { text: "hatred", most: 10 })).toEqual([]);
  await at.record("matching.decide", { rows: [choose(found[0], "A-01")], ...said });
  expect(await at.ask("matching.unsigned", { text: "", most: 10 })).toEqual([]);
});

test("what no rule allows is refused before it is signed", async () => {
  const [row] = (await queue()).credits;
  const refusal = (input: object) =>
    at.refusal("matching.decide", { rows: [choose(row, "A-01")], ...said, ...input });
  expect((await refusal({ ground: " " }))?.code).toBe("reason-missing");
  expect((await refusal({ rows: [choose(row, "A-99")] }))?.code).toBe("appeal-unknown");
  expect((await refusal({ rows: [choose(row, "fee")] }))?.code).toBe("reference-unknown");
});

test("a decision is held back for a moment, so that it can be taken back", async () => {
  const [row] = (await queue()).credits;
  const input = { rows: [choose(row, "A-01")], ...said };
  const preview = await at.ask("command.preview", { name: "matching.decide", input });
  if (!preview.ok) throw new Error(preview.refusal.code);
  const held = { name: "matching.decide", title: "x", input, digest: preview.value.digest, holdMs: 5000 };
  const id = await at.ask("command.record", held);
  expect((await queue()).deciding).toEqual([{ id, nullifiers: [row?.nullifier] }]);
  expect(await at.ask("outbox.remove", { id })).toBe("taken-back");
  expect((await queue()).credits).toHaveLength(2);
});
