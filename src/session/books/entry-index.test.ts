// The index says where to look: it is the same however it came to be, it opens no box in vain, and it is believed only where it fits.
import { array, assert, asyncProperty, nat } from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { FundsEntry } from "#domain/funds/entries.ts";
import { decideRates } from "#domain/funds/decide-registers.ts";
import { concatBytes, utf8 } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";
import { currentRoomKey } from "#vault/keys/rooms.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { pad } from "#vault/seal/pad.ts";
import { bankLines, linesOfRows, recordedLines } from "../imports/bank-lines.ts";
import { EntryIndex } from "./entry-index.ts";
import { toFundsEntry } from "./funds-entry.ts";
import { recomputeBooks } from "./recompute-books.ts";
import { financeRoom, Session } from "../session.ts";

const accounts = ["KZ010000000000000001", "KZ020000000000000002"] as const;
let at: TestDesk;
let entries: FundsEntry[];

async function importRows(name: string, account: string, rows: readonly string[]): Promise<void> {
  const id = await at.ask("imports.begin", {
    name,
    title: name,
    file: new Blob([`date,amount,reference,name,other,memo\n${rows.join("\n")}\n`]),
    account,
    map: { date: 1, amount: 2, reference: 3, counterparty: 4, counterpartyAccount: 5, memo: 6 },
    accepted: { by: "Invented", why: "no balances are printed" },
  });
  expect((await at.ask("outbox.settled", { id })).state).toBe("recorded");
}

/** Three files of one account, the last of which shows rows of the second again, and one of another account. */
beforeAll(async () => {
  at = await openTestDesk();
  const appeal = { opened: "2025-03-01", title: { en: "Invented" }, currency: "KZT" };
  await at.record("import.list", {
    what: "appeals",
    list: {
      unsigned: "general",
      shortfall: "none",
      appeals: [
        { id: "A-01", ...appeal },
        { id: "A-02", ...appeal },
      ],
    },
  });
  const [one, two] = accounts;
  await importRows("a.csv", one, [
    "2025-03-02,5000.00,C1,Arman Invented,,A-01",
    "2025-03-03,7000.00,C2,Arman Invented,,A-01 and A-02",
    "2025-03-03,900.00,C3,Dana Invented,,with love",
  ]);
  await importRows("b.csv", one, [
    "2025-03-09,5000.00,C4,Dana Invented,,A-02",
    "2025-03-10,-300.00,D1,Shop Invented,,pens",
  ]);
  await importRows("c.csv", two, [
    `2025-03-11,-800.00,T1,Own,${one},transfer`,
    "2025-03-12,50.00,C6,X,,A-01",
  ]);
  await importRows("d.csv", one, [
    "2025-03-09,5000.00,C4,Dana Invented,,A-02",
    "2025-03-10,-300.00,D1,Shop Invented,,pens",
    "2025-03-16,100.00,C5,Arman Invented,,A-02",
  ]);
  const [credit] = (await at.ask("matching.queue", { most: 9 })).credits;
  const parts = [
    { to: "A-01", minor: 300_000n },
    { to: "A-02", minor: 400_000n },
  ];
  const rows = [{ nullifier: credit?.nullifier ?? "", parts }];
  await at.record("matching.decide", { rows, ground: "the donor's call", by: "Invented" });
  await at.record("period.close", { week: "2025-W09" });
  entries = [];
  for await (const { opened } of at.desk.session.read(0, at.desk.session.size))
    entries.push(toFundsEntry(opened));
});
afterAll(() => at.desk.close());

function indexOf(taken: readonly FundsEntry[], index = new EntryIndex()): EntryIndex {
  for (const entry of taken) index.take(entry);
  return index;
}

function kept(index: EntryIndex): EntryIndex {
  const read = EntryIndex.read(index.bytes());
  if (read === undefined) throw new Error("not read");
  return read;
}

/** The same member in another tab: she reads the same record, and keeps what the first one's device keeps. */
function otherTab(): Session {
  const { session } = at.desk;
  const { keyring, logKey, words, progress, now, randomBytes, store: reader } = session;
  const port = {
    reader,
    get size() {
      return session.size;
    },
    get root() {
      return session.root;
    },
    get checkpoint() {
      return session.checkpoint;
    },
  };
  return new Session({ port, keyring, logKey, words, progress, now, randomBytes });
}

/** Boxes that were read while `work` ran. */
async function boxesOpened(session: Session, work: () => Promise<unknown>): Promise<number> {
  const box = vi.spyOn(session.store, "box");
  await work();
  const { length } = box.mock.calls;
  box.mockRestore();
  return length;
}

test("kept and folded on, as often as one likes, the index is the one made anew", async () => {
  const anew = indexOf(entries).bytes();
  await assert(
    asyncProperty(array(nat(entries.length), { maxLength: 4 }), async (cuts) => {
      let [index, from] = [new EntryIndex(), 0];
      for (const cut of cuts.toSorted((a, b) => a - b)) {
        index = kept(indexOf(entries.slice(from, cut), index));
        from = cut;
      }
      expect(indexOf(entries.slice(from), index).bytes()).toEqual(anew);
    }),
  );
});

test("an index that follows what colleagues append is the one made anew", async () => {
  const { session } = at.desk;
  const reader = otherTab();
  for (const day of ["01", "02", "03"]) {
    await reader.index();
    const values = { date: `2025-03-${day}`, from: "EUR", to: "KZT", rate: "500.00", source: "invented" };
    const { funds } = await session.books();
    await session.append(expectOk(decideRates(funds, [{ line: 2, values }])).drafts);
  }
  const all: FundsEntry[] = [];
  for await (const { opened } of session.read(0, session.size)) all.push(toFundsEntry(opened));
  const anew = indexOf(all).bytes();
  expect((await reader.index()).bytes()).toEqual(anew);
  expect((await session.index()).bytes()).toEqual(anew);
});

test("kept with the books, it is there in the next tab without a box opened", async () => {
  const { session } = at.desk;
  await session.index();
  await session.saveBooks();
  const next = otherTab();
  expect(await boxesOpened(next, () => next.index())).toBe(0);
  expect((await next.index()).size).toBe(session.size);
});

test("a kept index that nobody with these keys has sealed, or a cut one, is made anew", async () => {
  const { session } = at.desk;
  const anew = (await session.index()).bytes();
  const sealed = (await session.store.cache("index")) ?? new Uint8Array();
  for (const bytes of [new Uint8Array(), sealed.slice(0, -1), sealed.with(40, (sealed[40] ?? 0) ^ 1)]) {
    await session.store.putCache("index", bytes);
    expect((await otherTab().index()).bytes()).toEqual(anew);
  }
});

test("the check of the record finds a kept index that leaves gifts out, and throws it away", async () => {
  const { session } = at.desk;
  const anew = (await session.index()).bytes();
  const less = new EntryIndex();
  for (const entry of entries) less.take(entry.type === "attribution" ? { ...entry, type: "note" } : entry);
  for await (const { opened } of session.read(entries.length, session.size)) less.take(toFundsEntry(opened));
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(session.size));
  const key = currentRoomKey(session.keyring, financeRoom)?.key.reveal() ?? new Uint8Array();
  const content = pad(concatBytes(head, session.root, less.bytes()));
  const sealed = await sealBytes(key, utf8("aigaq/cache/1\nindex"), content, session.randomBytes);
  await session.store.putCache("index", sealed);
  expect((await otherTab().index()).rows.rowsAt("A-01")).toEqual([]);
  const checks = await recomputeBooks(otherTab());
  expect(checks.at(-1)).toMatchObject({ code: "totals", reason: session.words.cacheStale });
  expect((await otherTab().index()).bytes()).toEqual(anew);
});

const invented = (type: string, pub: FundsEntry["pub"] = {}): FundsEntry => ({
  type,
  pub,
  kid: "kid",
  at: 1_740_000_000,
  hash: utf8(`${type}${JSON.stringify(pub)}`.padEnd(32)).subarray(0, 32),
  hidden: {},
  items: [],
});

test("whoever records entries of hundreds of types of her own hides no other entry behind them", () => {
  const index = new EntryIndex();
  for (let i = 0; i < 600; i++) index.take(invented(`junk.a${i}`));
  index.take(invented("account.frozen", { account: "KZ01" }));
  const read = EntryIndex.read(index.bytes());
  expect(read?.typeAt(600)).toBe("account.frozen");
  expect(read?.typeAt(256)).toBe("junk.a256");
});

test("a key belongs to its member, though it names an account to write to", () => {
  const index = new EntryIndex();
  index.take(invented("key.add", { member: "M-02", account: "age1invented" }));
  index.take(invented("key.appoint", { member: "M-01", account: "age1invented" }));
  index.take(invented("key.revoke", { kid: "lost" }));
  expect(index.belongingTo(["M-02"])).toEqual([0]);
  expect(index.belongingTo(["M-01", "lost"])).toEqual([1, 2]);
});

test("an index written by another version is not read", () => {
  const text = new TextDecoder().decode(indexOf(entries).bytes());
  expect(
    EntryIndex.read(new TextEncoder().encode(text.replace('"version":', '"version":9'))),
  ).toBeUndefined();
  expect(EntryIndex.read(new Uint8Array())).toBeUndefined();
});

test("it finds every row that a reading of the whole log finds, with all that is known of it", async () => {
  const { session } = at.desk;
  const all = await recordedLines(session);
  expect(all).toHaveLength(8);
  const lines = bankLines(session);
  const found = await lines.byNullifiers(all.map(({ nullifier }) => nullifier));
  for (const line of all) expect(found.get(line.nullifier)).toEqual(line);
  const byReference = await lines.byReferences(all.flatMap(({ references }) => references));
  for (const line of all)
    for (const reference of line.references) expect(byReference.get(reference)).toContainEqual(line);
  // Shown by two files: both are known of it.
  expect(byReference.get("C4")?.[0]?.shownBy).toHaveLength(2);
});

test("the rows of a fund and their grounds are those of its tallies, also after a gift was split by a decision", async () => {
  const { session } = at.desk;
  const { rows } = await session.index();
  for (const id of ["A-01", "A-02", "general"]) {
    const counted = rows.rowsAt(id, { isCredit: true });
    const lines = await linesOfRows(session, rows, counted);
    const parts = lines.flatMap(({ to }) => to.filter((part) => part.to === id));
    const minor = parts.reduce((sum, part) => sum + part.minor, 0n);
    expect(rows.groundsOf(id).reduce((sum, ground) => sum + ground.minor, 0n)).toBe(minor);
    expect(rows.groundsOf(id).reduce((sum, { count }) => sum + count, 0)).toBe(counted.length);
    const { received } = await appealSums(id);
    expect(minor).toBe(received);
  }
  expect(rows.groundsOf("A-02").map(({ ground, count }) => [ground, count])).toContainEqual(["decision", 1]);
});

async function appealSums(id: string): Promise<{ received: bigint }> {
  const { funds } = await at.desk.session.books();
  return { received: funds.tallies.get(`${id}\tKZT\treceived`)?.minor ?? 0n };
}

test("the queue opens the boxes of rows that wait, and no others", async () => {
  const { session } = at.desk;
  await session.index();
  // The one that waits is the debit of b.csv, which d.csv shows again: both parts, both manifests, one attribution.
  const queue = () => at.ask("matching.queue", { most: 9 });
  expect((await queue()).counts).toMatchObject({ credits: 0, debits: 1 });
  expect(await boxesOpened(session, queue)).toBe(5);
  expect(await boxesOpened(session, () => at.ask("matching.donors", { most: 9 }))).toBe(0);
});

test("the close of a week opens no box", async () => {
  const { session } = at.desk;
  await session.index();
  const preview = () => at.refusal("period.close", { week: "2025-W09" });
  expect(await boxesOpened(session, preview)).toBe(0);
  expect(await preview()).toBeUndefined();
});

test("the latest gift of an appeal is read without the others, the latest transfer too", async () => {
  const { session } = at.desk;
  const gifts = () => at.ask("appeals.gifts", { id: "A-02", most: 1 });
  expect(await gifts()).toMatchObject({ rows: [{ date: "2025-03-16", minor: 10_000n }], total: 3 });
  // A part of a statement, its manifest and its attribution.
  expect(await boxesOpened(session, gifts)).toBe(3);
  const transfers = () => at.ask("accounts.transfers", { most: 1 });
  expect(await transfers()).toMatchObject({ transfers: [{ date: "2025-03-11" }], total: 1 });
  expect(await boxesOpened(session, transfers)).toBe(3);
});
