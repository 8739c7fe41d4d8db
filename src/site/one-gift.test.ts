// The claim: whoever reads all that is public learns no sum of a gift that waits for others. Two histories that differ only
// in such sums are told by nothing public but which covers they have; the twin, whose covers are in the open, is found.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decideAppeals } from "#domain/funds/decide-catalogue.ts";
import { decideSpending } from "#domain/funds/decide-spending.ts";
import { formatDecimal } from "#domain/funds/money.ts";
import type { FundsEntry, JsonObject } from "#domain/funds/entries.ts";
import { Books } from "#test/books/books.ts";
import { slice, type BankRow } from "#test/books/statements.ts";
import { closeWeeks, publish } from "#test/site/sample-site.ts";

const appeals = ["A-01", "A-02"];

/** What happens in one week, from its Monday on: gifts of `sums` come in one bank file, and one payment is made. */
type Week = {
  readonly gifts: readonly { readonly appeal: string; readonly minor: bigint }[];
  readonly payment?: { readonly appeal: string; readonly minor: bigint } | undefined;
  readonly isClosed: boolean;
};

async function foundation(weeks: readonly Week[]): Promise<Books> {
  const books = new Books();
  books.appendAll(
    decideAppeals(books.state, {
      unsigned: "general",
      shortfall: "general",
      appeals: appeals.map((id) => ({ id, opened: "2025-01-01", title: { en: id }, currency: "KZT" })),
    }),
  );
  const rows: BankRow[] = [];
  for (const [week, { gifts, payment, isClosed }] of weeks.entries()) {
    // 2025-01-01 is a Wednesday, so day 5 is the first Monday.
    const monday = 5 + week * 7;
    const before = rows.length;
    for (const { appeal, minor } of gifts)
      rows.push({ day: monday, signedMinor: minor, memo: appeal, reference: `g${rows.length}` });
    if (payment !== undefined) {
      const { appeal, minor } = payment;
      const date = new Date(Date.UTC(2025, 0, 1 + monday)).toISOString().slice(0, 10);
      const values = {
        id: `S-${week}`,
        appeal,
        date,
        category: "hotel",
        amount: formatDecimal(minor, "KZT"),
        currency: "KZT",
        payee: "Hotel",
        receipt: "r.pdf",
        paid_from: "KZ00TEST0001",
      };
      books.appendAll(await decideSpending(books.state, [{ line: 2, values }], books.ports()));
      rows.push({ day: monday + 1, signedMinor: -minor, memo: `S-${week}`, reference: `d${week}` });
    }
    if (rows.length > before)
      await books.importStatement(slice(rows, before, rows.length, { hasBalances: false }));
    if (isClosed) closeWeeks(books, [`2025-W${String(week + 2).padStart(2, "0")}`]);
  }
  return books;
}

/**
 * All that is public of each entry. Hashes of entries, and the keyed name of a bank file, are told by where they stand first:
 * they are made from salts and under a key, and change with everything.
 */
function publicFields(entries: readonly FundsEntry[]): { readonly type: string; readonly pub: JsonObject }[] {
  const names = new Map<string, string>();
  return entries.map(({ type, stream, pub }) => ({
    type,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a copy with texts replaced by texts
    pub: JSON.parse(JSON.stringify({ ...pub, stream: stream?.id }), (name, value: unknown) => {
      if (typeof value !== "string" || (name !== "import" && !/^[\w-]{43}$/u.test(value))) return value;
      if (!names.has(value)) names.set(value, `name ${names.size}`);
      return names.get(value);
    }) as JsonObject,
  }));
}

const isCover = ({ type }: { readonly type: string }): boolean => type.startsWith("cover.");
/** Which covers there are, in which order: public, because a stream shows that it has no gap. */
const coversOf = (entries: readonly FundsEntry[]): string =>
  entries
    .filter(isCover)
    .map(({ type, pub }) => `${type} ${String(pub["appeal"])}`)
    .join();

/** The figures of every appeal as a stranger takes them away; none contradicts another. */
const figuresOf = (books: Books): string[] => {
  const { site } = publish(books);
  return appeals.map((id) => {
    const file = (kind: string): string =>
      site.respond(`/data/appeals/${id}.${kind}`, { origin: "https://fund.example" })?.body ?? "";
    for (const { received, spent, covered, left } of JSON.parse(file("json")).figures)
      expect(BigInt(received) - BigInt(spent) + BigInt(covered)).toBe(BigInt(left.minor ?? 0));
    return file("csv");
  });
};

const sum = fc.bigInt({ min: 1n, max: 1_000_000n });
const appeal = fc.constantFrom(...appeals);
const published = fc.record({
  counts: fc.tuple(fc.constantFrom(0, 5, 8), fc.constantFrom(0, 5, 8)),
  sums: fc.array(sum, { minLength: 16, maxLength: 16 }),
  spent: fc.tuple(sum, sum),
});
/** At most four gifts for each appeal, each with its sum in one history and in the other, spread over weeks with payments. */
const secret = fc
  .array(
    fc.record({
      gifts: fc.array(fc.record({ appeal, sums: fc.tuple(sum, sum) }), { maxLength: 3 }),
      payment: fc.option(fc.record({ appeal, minor: sum }), { nil: undefined }),
      isClosed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((weeks) => {
    const left = new Map(appeals.map((id) => [id, 4]));
    const take = (id: string): boolean => {
      const more = left.get(id) ?? 0;
      left.set(id, more - 1);
      return more > 0;
    };
    return weeks.map((week) => ({ ...week, gifts: week.gifts.filter((gift) => take(gift.appeal)) }));
  });

/** The same foundation twice: its published past, then weeks whose gifts differ in nothing but their sums. */
async function twoHistories(
  past: { counts: readonly number[]; sums: readonly bigint[]; spent: readonly bigint[] },
  weeks: readonly {
    readonly gifts: readonly { readonly appeal: string; readonly sums: readonly [bigint, bigint] }[];
    readonly payment?: { readonly appeal: string; readonly minor: bigint } | undefined;
    readonly isClosed: boolean;
  }[],
  spentMore = 0n,
): Promise<[Books, Books]> {
  const before: Week[] = appeals.map((id, a) => ({
    gifts: past.sums.slice(a * 8, a * 8 + (past.counts[a] ?? 0)).map((minor) => ({ appeal: id, minor })),
    payment: { appeal: id, minor: (past.spent[a] ?? 1n) + spentMore },
    isClosed: a === 1,
  }));
  const history = (which: 0 | 1): Promise<Books> =>
    foundation([
      ...before,
      ...weeks.map(({ gifts, ...week }) => ({
        ...week,
        gifts: gifts.map(({ appeal: to, sums }) => ({ appeal: to, minor: sums[which] })),
      })),
    ]);
  return [await history(0), await history(1)];
}

test("two histories that differ in sums of gifts not yet public are told apart by nothing but which covers they have", async () => {
  await fc.assert(
    fc.asyncProperty(published, secret, async (past, weeks) => {
      const [one, other] = await twoHistories(past, weeks);
      const [ofOne, ofOther] = [publicFields(one.entries), publicFields(other.entries)];
      expect(ofOne.filter((entry) => !isCover(entry))).toEqual(ofOther.filter((entry) => !isCover(entry)));
      for (const { pub } of [...ofOne, ...ofOther].filter(isCover))
        expect(Object.keys(pub).toSorted()).toEqual(["appeal", "currency", "ground", "stream"]);
      if (coversOf(one.entries) === coversOf(other.entries)) expect(ofOne).toEqual(ofOther);
      expect(figuresOf(one)).toEqual(figuresOf(other));
    }),
    { numRuns: Number(process.env["AIGAQ_PROPERTY_RUNS"] ?? 0) || 25 },
  );
});

/** More than all gifts together could repay, so that each gift of both histories repays a part of its cover. */
const beyond = 100_000_000n;
const told = (inTheOpen: boolean) =>
  fc.asyncProperty(published, secret, async (past, weeks) => {
    const seen = (books: Books): string =>
      JSON.stringify(
        publicFields(
          books.entries.map((entry) =>
            inTheOpen && isCover(entry) ? { ...entry, pub: { ...entry.pub, ...entry.hidden } } : entry,
          ),
        ),
      );
    const [one, other] = await twoHistories(past, weeks, beyond);
    if (coversOf(one.entries) === "") throw new Error("nothing was covered, so nothing is tried");
    return seen(one) === seen(other);
  });

test("while an appeal stays bridged, their public fields are the same to the byte", async () => {
  await fc.assert(told(false), { numRuns: Number(process.env["AIGAQ_PROPERTY_RUNS"] ?? 0) || 25 });
});

test("covers in the open are found by the same property", async () => {
  const found = await fc.check(told(true), { numRuns: 25 });
  expect(found.failed).toBe(true);
  expect(String(found.errorInstance)).toContain("returning false");
});
