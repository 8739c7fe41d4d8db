import { expect, test } from "vitest";
import type { Gift, GroundKind, LineItem } from "#domain/funds/entries.ts";
import { RowIndex } from "./row-index.ts";

const line = (row: number): LineItem => ({
  position: String(row),
  date: "2025-03-01",
  direction: "credit",
  minor: 100n,
  currency: "KZT",
  known: false,
  unreadable: false,
  row,
});

function giftTo(to: string, kind: GroundKind, direction: Gift["direction"] = "credit") {
  const parts = [{ to, minor: 100n }];
  const gift = { date: "2025-03-01", direction, currency: "KZT", account: "KZ01", parts, ground: { kind } };
  return { to: [to], gift };
}

test("a ground that first occurs after hundreds of funds is still itself, and a debit still a debit", () => {
  const funds = 300;
  const items = Array.from({ length: funds }, (_, i) => giftTo(`A-2025-${i}`, "code"));
  const index = new RowIndex();
  const lines = Array.from({ length: funds + 2 }, (_, i) => line(i));
  index.takePart(1, "part", { import: "a", part: 0, account: "KZ01", lines: funds + 2, items: lines });
  index.takeAttribution(2, {
    part: "part",
    lines: lines.map((_, i) => i),
    nullifiers: lines.map((_, i) => `n${i}`),
    items: [...items, giftTo("A-2025-7", "decision"), giftTo("fee", "fee", "debit")],
  });
  const standing = index.standingOf([7, funds, funds + 1]);
  expect(standing.get(7)).toMatchObject({ ground: "code", isCredit: true, places: ["A-2025-7"] });
  expect(standing.get(funds)).toMatchObject({ ground: "decision", isCredit: true, places: ["A-2025-7"] });
  expect(standing.get(funds + 1)).toMatchObject({ ground: "fee", isCredit: false, places: ["fee"] });
  expect(index.rowsAt("A-2025-7", { isCredit: true })).toEqual([7, funds]);
  expect(index.rowsAt("fee", { isCredit: true })).toEqual([]);
  expect(index.isUnmovedOn("decision", funds)).toBe(true);
});
