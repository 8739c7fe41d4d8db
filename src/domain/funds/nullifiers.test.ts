// Each bank row counts once: the sample's log passes, and every way of counting one twice is found from public fields.
import { beforeAll, describe, expect, test } from "vitest";
import type { Books } from "#test/books/books.ts";
import { sampleFoundation } from "#test/books/sample-foundation.ts";
import type { FundsEntry } from "./entries.ts";
import { nullifierOf } from "./keyed.ts";
import { NullifierCheck } from "./nullifiers.ts";
import { distinctLines } from "./views.ts";

let books: Books;
beforeAll(async () => {
  books = await sampleFoundation();
});

/** As a stranger has them: nothing hidden is opened. */
function check(entries: readonly FundsEntry[], options?: { requireParts: boolean }): NullifierCheck {
  const found = new NullifierCheck(options);
  for (const entry of entries) found.see({ ...entry, hidden: {}, items: [] });
  return found;
}

test("the sample's rows count once, as many as the bank has", () => {
  const found = check(books.entries);
  expect(found.problems).toEqual([]);
  expect(found.rows).toBe(distinctLines(books.state));
});

test("the same row of the same account has one nullifier, another row or account another", () => {
  const [a, b, c] = [
    nullifierOf(books.keyed, "KZ1", "2025-01-01/1"),
    nullifierOf(books.keyed, "KZ1", "2025-01-01/2"),
    nullifierOf(books.keyed, "KZ2", "2025-01-01/1"),
  ];
  expect(new Set([a, b, c]).size).toBe(3);
  expect(nullifierOf(books.keyed, "KZ1", "2025-01-01/1")).toBe(a);
  expect(a).toMatch(/^[A-Za-z0-9_-]{22}$/u);
});

describe("a forged twin of the log is found", () => {
  const forged = (type: string, change: (pub: FundsEntry["pub"]) => FundsEntry["pub"]): FundsEntry => {
    const entry = books.entries.find((one) => one.type === type);
    if (entry === undefined) throw new Error(`no ${type}`);
    return { ...entry, hash: new Uint8Array(32).fill(9), pub: change(entry.pub) };
  };
  const codes = (...more: FundsEntry[]) => [
    ...new Set(check([...books.entries, ...more]).problems.map((one) => one.code)),
  ];

  test("a gift attributed a second time, to another appeal", () => {
    expect(codes(forged("attribution", (pub) => pub))).toEqual(["nullifier-twice", "line-twice"]);
  });

  test("a line attributed again under another nullifier", () => {
    const again = forged("attribution", (pub) => ({ ...pub, lines: [0], nullifiers: ["A".repeat(22)] }));
    expect(codes(again)).toEqual(["line-twice"]);
  });

  test("a nullifier for no line, of another form, or of a statement that is not there", () => {
    expect(
      codes(forged("attribution", (pub) => ({ ...pub, lines: [4000], nullifiers: ["A".repeat(22)] }))),
    ).toEqual(["line-not-in-part"]);
    expect(
      codes(forged("attribution", (pub) => ({ ...pub, lines: [4000], nullifiers: ["short"] }))),
    ).toContain("nullifier-malformed");
    const lost = forged("attribution", (pub) => ({
      ...pub,
      part: "elsewhere",
      lines: [0],
      nullifiers: ["A".repeat(22)],
    }));
    expect(codes(lost)).toEqual(["attribution-without-statement"]);
    expect(check([lost], { requireParts: false }).problems).toEqual([]);
  });

  test("rows counted before any manifest names them, or a manifest that names a part twice or none", () => {
    const early = check(books.entries.filter((entry) => entry.type !== "statement"));
    expect(new Set(early.problems.map((one) => one.code))).toEqual(new Set(["attribution-before-manifest"]));
    expect(codes(forged("statement", (pub) => pub))).toEqual(["part-twice"]);
    expect(codes(forged("statement", (pub) => ({ ...pub, parts: ["nowhere"] })))).toEqual(["part-missing"]);
  });

  test("a move of a row that does not exist, or of an entry that was moved already", () => {
    expect(codes(forged("attribution.moved", (pub) => ({ ...pub, nullifier: "A".repeat(22) })))).toEqual([
      "move-of-unknown-row",
    ]);
    expect(codes(forged("attribution.moved", (pub) => pub))).toEqual(["move-of-superseded-entry"]);
  });
});
