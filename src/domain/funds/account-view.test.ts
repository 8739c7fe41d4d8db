// What a frozen account holds adds up to its printed balance, fund by fund: nobody's money is counted for another.
import { expect, test } from "vitest";
import { frozenView } from "./account-view.ts";
import { emptyFunds, heldKey, seriesKey } from "./state.ts";

function frozenBooks() {
  const state = emptyFunds();
  state.accounts.set("a1", {
    account: "a1",
    currency: "KZT",
    published: false,
    number: "KZ1",
    frozen: { date: "2025-06-09", detail: "order of an invented court" },
    events: [],
  });
  return state;
}

test("what an appeal spent beyond its gifts was paid out of general money, and the account shows it so", () => {
  const state = frozenBooks();
  state.held.set(heldKey("a1", "general", "KZT"), { minor: 900n, count: 3 });
  state.held.set(heldKey("a1", "A-2025-001", "KZT"), { minor: -300n, count: 1 });
  state.tallies.set(seriesKey("A-2025-001", "KZT", "given"), { minor: 300n, count: 1 });
  expect(frozenView(state)[0]?.held).toEqual([{ fund: "general", currency: "KZT", minor: "600" }]);
});

test("what no cover explains stays visible as a negative sum", () => {
  const state = frozenBooks();
  state.held.set(heldKey("a1", "A-2025-001", "KZT"), { minor: -300n, count: 1 });
  expect(frozenView(state)[0]?.held).toEqual([{ fund: "A-2025-001", currency: "KZT", minor: "-300" }]);
});
