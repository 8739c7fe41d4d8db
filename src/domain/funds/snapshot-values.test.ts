import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "./snapshot-values.ts";

const there = (value: unknown): unknown => decode(JSON.parse(JSON.stringify(encode(value))));

const leaf = fc.oneof(
  fc.string(),
  fc.constantFrom("KZT", "EUR"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.bigInt(),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("minor", "count", "date", "payee", "state"), tie("value")),
    fc.array(fc.tuple(fc.string(), tie("value")), { maxLength: 12 }).map((pairs) => new Map(pairs)),
    fc
      .array(
        fc.tuple(
          fc.string(),
          fc.record({ minor: leaf, date: leaf, payee: tie("value") }, { requiredKeys: [] }),
        ),
        { maxLength: 20 },
      )
      .map((pairs) => new Map(pairs)),
  ),
}));

test("every value of a state comes back as it was, in its order", () => {
  fc.assert(
    fc.property(value, (one) => {
      const back = there(one);
      expect(back).toEqual(one);
      expect(JSON.stringify(encode(back))).toBe(JSON.stringify(encode(one)));
    }),
  );
});

test("a member that is missing in some objects stays missing there, also when an object has none", () => {
  const rows = new Map<string, object>(
    Array.from({ length: 20 }, (_, i) => [
      `S-${i}`,
      i % 3 === 0 ? {} : i % 3 === 1 ? { a: 1n } : { b: undefined },
    ]),
  );
  const back = there(rows) as Map<string, object>;
  expect([...back.keys()]).toEqual([...rows.keys()]);
  expect(Object.keys(back.get("S-0") ?? {})).toEqual([]);
  expect(back.get("S-1")).toEqual({ a: 1n });
  expect(Object.keys(back.get("S-2") ?? { b: 1 })).toEqual([]);
});

test("a sum beyond what a JSON number holds keeps every digit", () => {
  const big = 9_007_199_254_740_993n;
  const rows = new Map(Array.from({ length: 9 }, (_, i) => [i, { minor: big + BigInt(i), currency: "KZT" }]));
  expect(there(rows)).toEqual(rows);
});

test("an object that shares only the names of a sum with its count keeps its values", () => {
  for (const count of [7n, "7", null, true])
    expect(there({ minor: 5n, count })).toEqual({ minor: 5n, count });
  expect(there({ minor: 5n, count: 7 })).toEqual({ minor: 5n, count: 7 });
});

test("of a thousand payments the names and what repeats are written once", () => {
  const rows = new Map(
    Array.from({ length: 1000 }, (_, i) => [
      `S-${i}`,
      { category: "lawyer", currency: "KZT", minor: BigInt(i) },
    ]),
  );
  const text = JSON.stringify(encode(rows));
  expect(text.match(/lawyer/gu)).toHaveLength(1);
  expect(text.match(/category/gu)).toHaveLength(1);
});
