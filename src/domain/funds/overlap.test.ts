// Each bank row counts once, however the bank cut its files and in whatever order they come. The generated months are
// hard on purpose: few days, few amounts, so nearly every row has look-alikes, as in real appeals.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Books } from "#test/books/books.ts";
import { account, slice, type BankRow } from "#test/books/statements.ts";
import { decideAppeals } from "./decide-catalogue.ts";
import { distinctLines, fundsView } from "./views.ts";

const policy = { foundation: { en: "Example" }, unsigned: "general", shortfall: "none", appeals: [] };

function emptyBooks(): Books {
  const books = new Books();
  books.appendAll(decideAppeals(books.state, policy));
  return books;
}

const monthsOf = (...amounts: bigint[]) =>
  fc
    .array(fc.record({ day: fc.integer({ min: 0, max: 6 }), amount: fc.constantFrom(...amounts) }), {
      minLength: 2,
      maxLength: 40,
    })
    .map((rows): BankRow[] =>
      rows
        .toSorted((a, b) => a.day - b.day)
        .map(({ day, amount }, i) => ({ day, signedMinor: amount, reference: `r${i}` })),
    );

/** Files that cover the month without a hole, each sharing rows or only a border with its neighbour. */
const files = (rows: readonly BankRow[]) =>
  fc
    .array(
      fc.record({
        at: fc.integer({ min: 1, max: Math.max(1, rows.length - 1) }),
        back: fc.integer({ min: 0, max: 8 }),
      }),
      { maxLength: 3 },
    )
    .map((cuts) => {
      const sorted = cuts.toSorted((a, b) => a.at - b.at);
      const spans: [number, number][] = [];
      let from = 0;
      for (const { at, back } of sorted) {
        if (at <= from) continue;
        spans.push([from, at]);
        from = Math.max(0, at - back);
      }
      spans.push([from, rows.length]);
      return spans;
    })
    .chain((spans) => fc.shuffledSubarray(spans, { minLength: spans.length, maxLength: spans.length }));

const casesOf = (...amounts: bigint[]) =>
  monthsOf(...amounts).chain((rows) => fc.record({ rows: fc.constant(rows), spans: files(rows) }));
const onlyGifts = casesOf(500n, 500n, 1000n, 2500n);
// Money going out brings balances back, so balances alone cannot decide; equal references do.
const giftsAndPayments = casesOf(500n, 500n, 1000n, -500n, -1000n);

describe("any cut of a month into files, in any order, counts each row once", () => {
  test("when all files number their rows alike", async () => {
    await fc.assert(
      fc.asyncProperty(giftsAndPayments, async ({ rows, spans }) => {
        const books = emptyBooks();
        for (const [from, to] of spans) {
          const done = await books.importStatement(slice(rows, from, to));
          expect(done.ok, JSON.stringify(done, bigText)).toBe(true);
        }
        expectCountedOnce(books, rows);
      }),
    );
  });

  test("when each file has another format with references of its own, money only coming in", async () => {
    await fc.assert(
      fc.asyncProperty(onlyGifts, async ({ rows, spans }) => {
        const books = emptyBooks();
        for (const [i, [from, to]] of spans.entries()) {
          const done = await books.importStatement(slice(rows, from, to, { format: `f${i}` }));
          expect(done.ok, JSON.stringify(done, bigText)).toBe(true);
        }
        expectCountedOnce(books, rows);
      }),
    );
  });

  test("when no file has references", async () => {
    await fc.assert(
      fc.asyncProperty(onlyGifts, async ({ rows, spans }) => {
        const books = emptyBooks();
        for (const [i, [from, to]] of spans.entries()) {
          const done = await books.importStatement(
            slice(rows, from, to, { format: `f${i}`, hasReferences: false }),
          );
          expect(done.ok, JSON.stringify(done, bigText)).toBe(true);
        }
        expectCountedOnce(books, rows);
      }),
    );
  });
});

function bigText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

function expectCountedOnce(books: Books, rows: readonly BankRow[]): void {
  expect(distinctLines(books.state)).toBe(rows.length);
  const gifts = rows.filter((row) => row.signedMinor > 0n);
  const sum = gifts.reduce((total, row) => total + row.signedMinor, 0n);
  expect(fundsView(books.state).general).toEqual({
    currency: "KZT",
    minor: sum.toString(),
    donations: gifts.length,
  });
  expect(books.state.openDebits.size).toBe(rows.length - gifts.length);
  expect(books.state.problems).toEqual([]);
  expect(new Set([...books.lines.all()].map((line) => line.nullifier)).size).toBe(rows.length);
}

describe("cases that real files bring", () => {
  const day = (number: number, ...amounts: bigint[]): BankRow[] =>
    amounts.map((signedMinor, i) => ({ day: number, signedMinor, reference: `${number}-${i}` }));

  test("five equal gifts of one day in one file are five gifts", async () => {
    const rows = day(0, 500n, 500n, 500n, 500n, 500n);
    const books = emptyBooks();
    await books.importStatement(slice(rows, 0, 5, { hasReferences: false }));
    expectCountedOnce(books, rows);
  });

  test("a file that begins where another ended, on the same day, is no overlap", async () => {
    const rows = day(0, 500n, 500n, 500n, 500n);
    const books = emptyBooks();
    await books.importStatement(slice(rows, 0, 2, { hasReferences: false }));
    const done = await books.importStatement(slice(rows, 2, 4, { hasReferences: false, name: "rest" }));
    expect(done).toMatchObject({ ok: true, value: { known: 0 } });
    expectCountedOnce(books, rows);
  });

  test("the same day in another format, with other references, is the same rows", async () => {
    const rows = [...day(0, 500n), ...day(1, 500n, 700n, 500n), ...day(2, 900n)];
    const books = emptyBooks();
    await books.importStatement(slice(rows, 0, 5, { format: "1c" }));
    const done = await books.importStatement(slice(rows, 0, 5, { format: "xlsx" }));
    expect(done).toMatchObject({ ok: true, value: { lines: 5, known: 5 } });
    expectCountedOnce(books, rows);
    // Whoever knows only the other bank's reference finds the row under it too.
    const found = await books.lines.byReferences(["xlsx 1-1", "1c 1-1"]);
    expect(found.get("xlsx 1-1")).toEqual(found.get("1c 1-1"));
  });

  test("without balances, equal references are equal rows and different ones are not", async () => {
    const rows = day(0, 500n, 500n, 500n);
    const books = emptyBooks();
    await books.importStatement(slice(rows, 0, 2, { hasBalances: false }));
    const done = await books.importStatement(slice(rows, 1, 3, { hasBalances: false, name: "second" }));
    expect(done).toMatchObject({ ok: true, value: { lines: 2, known: 1 } });
    expectCountedOnce(books, rows);
  });

  test("a day that two whole statements show differently is refused until somebody answers for it", async () => {
    const rows = [...day(0, 500n), ...day(1, 500n, 700n), ...day(2, 900n)];
    const books = emptyBooks();
    await books.importStatement(slice(rows, 0, 4));
    const other = [...day(0, 500n), ...day(1, 600n, 600n), ...day(2, 900n)];
    const refused = await books.importStatement(slice(other, 0, 4, { name: "other" }));
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: "discrepancy-not-accepted", problems: [{ code: "overlap-conflict" }] },
    });
    const accepted = await books.importStatement(slice(other, 0, 4, { name: "other" }), {
      by: "accountant",
      why: "bank corrected it",
    });
    expect(accepted).toMatchObject({ ok: true, value: { known: 2 } });
    expect(books.state.statements.at(-1)?.discrepancy).toMatchObject({ by: "accountant" });
  });

  test("an overlap of two days whose balances are others is refused", async () => {
    const rows = [...day(0, 500n), ...day(1, 700n), ...day(2, 100n)];
    const books = emptyBooks();
    await books.importStatement(slice(rows, 0, 2));
    const next = slice(rows, 0, 3);
    const shifted = { ...next, head: { ...next.head, opening: 7n, closing: 1307n } };
    const refused = await books.importStatement(shifted);
    expect(refused).toMatchObject({ ok: false, refusal: { problems: [{ code: "merged-balance-differs" }] } });
    await books.importStatement(shifted, { by: "accountant", why: "bank moved the account" });
    expect(distinctLines(books.state)).toBe(3);
  });

  test("two readings that both reach the balance are not guessed at", async () => {
    // In and out cancel, so the balance cannot tell a continuation from the same rows under other references.
    const rows = day(0, 500n, -500n);
    const books = emptyBooks();
    await books.importStatement(slice(rows, 0, 2, { format: "a" }));
    expect(await books.importStatement(slice(rows, 0, 2, { format: "b" }))).toMatchObject({
      ok: false,
      refusal: { problems: [{ code: "overlap-ambiguous" }] },
    });
  });

  test("a row whose amount cannot be read counts as a row and adds nothing", async () => {
    const rows = day(0, 500n, 700n);
    const whole = slice(rows, 0, 2);
    const torn = {
      ...whole,
      head: { ...whole.head, problems: [{ code: "amount-unreadable", line: 2, message: "line 2: amount" }] },
      rows: whole.rows.map((row, i) => (i === 1 ? { ...row, minor: null } : row)),
    };
    const books = emptyBooks();
    expect(await books.importStatement(torn)).toMatchObject({
      ok: false,
      refusal: { code: "discrepancy-not-accepted" },
    });
    await books.importStatement(torn, { by: "accountant", why: "page was torn" });
    expect(distinctLines(books.state)).toBe(2);
    expect(fundsView(books.state).general).toMatchObject({ minor: "500", donations: 1 });
  });

  test("an import stopped after its manifest has to be finished before the next one", async () => {
    const rows = day(0, 500n, 700n);
    const books = emptyBooks();
    await books.importStatement(slice(rows, 0, 2));
    const { account: id } = [...books.state.accounts.values()][0] ?? { account: "" };
    const part = { import: "i", part: 0, account: id, lines: 1, fresh: 1, index: 9, isCounted: true };
    books.state.pending.set("part", part);
    expect(await books.importStatement(slice(rows, 0, 1, { name: "later" }))).toMatchObject({
      ok: false,
      refusal: { code: "import-unfinished", parts: ["part"] },
    });
    expect(account).toBeDefined();
  });
});
