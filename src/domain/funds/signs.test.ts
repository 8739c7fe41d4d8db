// A gift counted for the wrong appeal is worse than one that waits, so every reading here is either exact or none.
import { describe, expect, test } from "vitest";
import { signReader } from "./signs.ts";

const long = signReader([
  { id: "A-2025-001", hashtag: "#balalar" },
  { id: "A-2025-003", hashtag: "#student" },
  { id: "A-2025-005", hashtag: "#em" },
  { id: "A-2025-006", hashtag: "#Сот_шығыны" },
]);
const short = signReader([
  { id: "A-01", hashtag: undefined },
  { id: "A-03", hashtag: undefined },
  { id: "A-05", hashtag: undefined },
]);

describe("a reference code is found as people type it", () => {
  test.each([
    ["A-2025-003 көмек", "A-2025-003"],
    ["Пожертвование A-2025-003, на адвоката", "A-2025-003"],
    ["A-2025-003; держитесь!", "A-2025-003"],
    ["а-2025-003", "A-2025-003"],
    ["А–2025–003", "A-2025-003"],
    ["А—2025‑003", "A-2025-003"],
    ["A - 2025 - 003", "A-2025-003"],
    ["a 2025 003", "A-2025-003"],
    ["A2025003", "A-2025-003"],
    ["(a-2025-003)", "A-2025-003"],
    ["A-2025-3", "A-2025-003"],
    ["A-2O25-OO3", "A-2025-003"],
    ["А-2О25-ОО3", "A-2025-003"],
    ["A.2025.003", "A-2025-003"],
    ["A_2025_003", "A-2025-003"],
    ["A-2025-003-ке көмек", "A-2025-003"],
    ["на A-2025-003.", "A-2025-003"],
    ["#A-2025-003", "A-2025-003"],
    ["A\u00a02025\u00a0003", "A-2025-003"],
    ["A-2025-003 A-2025-003", "A-2025-003"],
  ])("%s", (memo, appeal) => {
    expect(long(memo)).toMatchObject({ kind: "appeal", appeal, by: "code" });
  });

  test.each([
    ["А–05", "A-05"],
    ["(a-01)", "A-01"],
    ["A03", "A-03"],
    ["a-5", "A-05"],
    ["көмек a03!", "A-03"],
    ["A - 03", "A-03"],
  ])("short: %s", (memo, appeal) => {
    expect(short(memo)).toMatchObject({ kind: "appeal", appeal });
  });
});

describe("what could mean something else names no appeal", () => {
  test.each([
    ["A-2025-0031"],
    ["A-2025-003/2"],
    ["BA-2025-003"],
    ["X-A-2025-003"],
    ["A-2025-003-B"],
    ["A-2025-003-12"],
    ["A-2025-009"],
    ["A-2025"],
    ["2025-003"],
    ["A-2025-003x"],
    ["a 2025 3"],
    ["for the student"],
    ["student"],
    ["#students"],
    ["#student_help"],
    ["#student2"],
    ["#student-fund"],
    ["# student"],
    ["#emm"],
    [""],
  ])("%s", (memo) => {
    expect(long(memo)).toBeUndefined();
  });

  test.each([
    ["а 05.03.2025"],
    ["A 1"],
    ["а 5 тысяч"],
    ["на-05"],
    ["KA05"],
    ["A-05.03.2025"],
    ["a-05-12"],
    ["A-055"],
  ])("short: %s", (memo) => {
    expect(short(memo)).toBeUndefined();
  });
});

describe("a hashtag is found whole, in any case and script", () => {
  test.each([
    ["көмек #student", "A-2025-003"],
    ["#STUDENT", "A-2025-003"],
    ["помощь#student", "A-2025-003"],
    ["#student, #student", "A-2025-003"],
    ["#student-ке", "A-2025-003"],
    ["#сот_шығыны", "A-2025-006"],
    ["#СОТ_ШЫҒЫНЫ!", "A-2025-006"],
    ["＃em", "A-2025-005"],
    ["#studеnt", "A-2025-003"], // with a Cyrillic е
  ])("%s", (memo, appeal) => {
    expect(long(memo)).toMatchObject({ kind: "appeal", appeal, by: "hashtag" });
  });
});

test("signs of two appeals leave the gift to a person, with both texts as the ground", () => {
  expect(long("A-2025-001 #student")).toEqual({ kind: "several", text: "A-2025-001, #student" });
  expect(long("#balalar и #em")).toMatchObject({ kind: "several" });
});

test("tags that read alike name no appeal, and neither do codes", () => {
  const read = signReader([
    { id: "A-5", hashtag: "#em" },
    { id: "A-05", hashtag: "#ем" },
  ]);
  expect(read("#em")).toBeUndefined();
  expect(read("A005")).toBeUndefined();
});
