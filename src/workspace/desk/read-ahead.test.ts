// What is read before anybody has its key must not be older than what was kept meanwhile.
import { expect, test } from "vitest";
import { utf8 } from "#record/bytes.ts";
import { memoryLocalStore } from "./local-store.ts";
import { readAhead } from "./read-ahead.ts";

test("the snapshots of the books are read at once and given once; then the disk answers", async () => {
  const local = memoryLocalStore();
  await local.keepSnapshot("totals", utf8("old"));
  const read: string[] = [];
  const { snapshot } = local;
  const ahead = readAhead({ ...local, snapshot: (name) => (read.push(name), snapshot(name)) });
  expect(read).toEqual(["totals", "days"]);
  expect(await ahead.snapshot("totals")).toEqual(utf8("old"));
  expect(read).toHaveLength(2);
  // Another tab, which keeps what it has beside this one.
  await local.keepSnapshot("totals", utf8("new"));
  expect(await ahead.snapshot("totals")).toEqual(utf8("new"));
  expect(await ahead.snapshot("days")).toBeUndefined();
});

test("what was kept or forgotten since is not answered from what was read before", async () => {
  const local = memoryLocalStore();
  await local.keepSnapshot("totals", utf8("old"));
  const ahead = readAhead(local);
  await ahead.keepSnapshot("totals", utf8("new"));
  expect(await ahead.snapshot("totals")).toEqual(utf8("new"));
  const forgotten = readAhead(local);
  await forgotten.clear();
  expect(await forgotten.snapshot("totals")).toBeUndefined();
});
