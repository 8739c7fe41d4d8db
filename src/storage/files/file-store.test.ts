import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { concatBytes } from "#record/bytes.ts";
import { collect, patterned } from "../conformance.ts";
import { FileStore } from "./file-store.ts";

let folder: string;
let files: FileStore;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "aigaq-files-")), "files");
  files = new FileStore(folder);
});

afterEach(() => {
  rmSync(join(folder, ".."), { recursive: true, force: true });
});

test("a file comes back whole, from one piece or from many", async () => {
  const whole = await files.put(patterned(1, 700_000));
  const pieces = await files.put(
    (async function* () {
      yield patterned(2, 10);
      yield new Uint8Array(0);
      yield patterned(3, 300_000);
    })(),
  );
  expect(await files.read(whole)).toEqual(patterned(1, 700_000));
  expect(await files.size(whole)).toBe(700_000);
  const chunks = files.get(pieces);
  expect(chunks && concatBytes(...(await collect(chunks)))).toEqual(
    concatBytes(patterned(2, 10), patterned(3, 300_000)),
  );
});

test("the name of a file tells nothing: equal contents get different random names", async () => {
  const ids = await Promise.all([files.put(patterned(1, 9)), files.put(patterned(1, 9))]);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/u);
});

test("a file is never overwritten, even when the random source repeats itself", async () => {
  const answers = [1, 1, 2];
  const stuck = new FileStore(folder, (length) => new Uint8Array(length).fill(answers.shift() ?? 9));
  const first = await stuck.put(patterned(1, 5));
  const second = await stuck.put(patterned(2, 5));
  expect(second).not.toBe(first);
  expect(await stuck.read(first)).toEqual(patterned(1, 5));
});

test("a file whose source breaks off leaves nothing behind", async () => {
  const broken = (async function* () {
    yield patterned(1, 100);
    throw new Error("the reader was closed");
  })();
  await expect(files.put(broken)).rejects.toThrow("the reader was closed");
  expect(readdirSync(folder)).toEqual([]);
});

test("what a kill left half-written is no file, and can be removed", async () => {
  const id = await files.put(patterned(1, 5));
  writeFileSync(join(folder, `${"0".repeat(32)}.part`), "half");
  expect(await files.ids()).toEqual([id]);
  expect(await files.removeUnfinished()).toBe(1);
  expect(readdirSync(folder)).toEqual([id]);
});

test("orphans are the files that no entry refers to", async () => {
  const kept = await files.put(patterned(1, 5));
  const lost = await files.put(patterned(2, 5));
  expect(await files.orphans(new Set([kept]))).toEqual([lost]);
  await files.delete(lost);
  await files.delete(lost);
  expect(await files.orphans(new Set([kept]))).toEqual([]);
  expect(files.get(lost)).toBeUndefined();
});

test("an id that is not one of ours never becomes a path", async () => {
  await files.put(patterned(1, 5));
  writeFileSync(join(folder, "..", "outside"), "x");
  expect(files.get("../outside")).toBeUndefined();
  expect(await files.read("../outside")).toBeUndefined();
  await files.delete("../outside");
  expect(readdirSync(join(folder, ".."))).toContain("outside");
});

test("only the owner can read the folder", async () => {
  const id = await files.put(patterned(1, 5));
  if (process.platform === "win32") return;
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(statSync(join(folder, id)).mode & 0o077).toBe(0);
});
