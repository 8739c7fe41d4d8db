// A report opens on something: this year, or the latest that has anything.
import { expect, test } from "vitest";
import { newestSpan, olderYears } from "./spans.ts";

const recorded = { from: "2023-11-02", to: "2025-06-30" };

test("a report opens on this year while it has anything", () => {
  expect(newestSpan(recorded, "2025-09-01")).toEqual({ from: "2025-01-01", to: "2025-12-31" });
  expect(newestSpan(undefined, "2026-03-01")).toEqual({ from: "2026-01-01", to: "2026-12-31" });
});

test("in a year without anything it opens on the latest that has", () => {
  expect(newestSpan(recorded, "2027-03-01")).toEqual({ from: "2025-01-01", to: "2025-12-31" });
});

test("years that have no name are offered by number", () => {
  expect(olderYears(recorded, "2025-09-01")).toEqual(["2023"]);
  expect(olderYears(recorded, "2027-03-01")).toEqual(["2025", "2024", "2023"]);
  expect(olderYears(undefined, "2027-03-01")).toEqual([]);
});
