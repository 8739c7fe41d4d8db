// The sample foundation answers what its maker computed independently (answers.json), whatever the order in which its
// files come and however often: the same bank row can reach the books by many ways and counts once.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJson } from "#test/books/sample-files.ts";
import { aigaq, aigaqJson, projectRoot } from "./aigaq.ts";
import {
  clearScratch,
  copyOf,
  foundation,
  importFile,
  newFolder,
  sampleFolder,
  sampleImports,
  scratchFolder,
  slow,
} from "./prepared.ts";

afterAll(clearScratch);

type Answers = {
  readonly appeals: readonly { readonly appeal: string }[];
  readonly allAppealsRaised: unknown;
  readonly general: unknown;
  readonly distinctLines: number;
  readonly statements: Readonly<Record<string, { lines: number; opening: string; closing: string }>>;
  readonly frozen: { readonly date: string; readonly account: string };
};

const answersOf = (folder: string): Answers => readJson("answers.json", folder);
const expectedFunds = ({ appeals, allAppealsRaised, general, distinctLines }: Answers) => ({
  appeals,
  allAppealsRaised,
  general,
  notYetKnown: [],
  distinctLines,
});

describe("the sample foundation, imported file by file", () => {
  const answers = answersOf(foundation);
  let data: string;
  beforeAll(async () => {
    data = await sampleFolder();
  }, slow);

  test("all appeals together are those of answers.json, and nothing is added across currencies", async () => {
    expect(await aigaqJson(["funds", "--data", data])).toEqual(expectedFunds(answers));
  });

  test.each(answers.appeals)("$appeal shows exactly the object of answers.json", async (expected) => {
    expect(await aigaqJson(["funds", "show", expected.appeal, "--data", data])).toEqual(expected);
  });

  test("each account shows its statements with the bank's balances, and the day it was frozen", async () => {
    const accounts = await aigaqJson(["accounts", "--data", data]);
    const statements = accounts.flatMap((one: { statements: unknown }) => one.statements);
    expect(statements).toEqual(Object.entries(answers.statements).map(([file, one]) => ({ file, ...one })));
    expect(accounts).toEqual([
      expect.objectContaining({
        account: answers.frozen.account,
        currency: "KZT",
        frozen: { date: answers.frozen.date, detail: "order of an invented court" },
      }),
      expect.objectContaining({ currency: "EUR", frozen: null }),
    ]);
  });

  test("papers and bank agree: nothing is unmatched", async () => {
    const lists = Object.values(await aigaqJson(["unmatched", "--data", data]));
    expect(lists.flat()).toEqual([]);
  });

  test(
    "every file imported again adds nothing, says so and ends well",
    async () => {
      const again = copyOf(data);
      const before = await aigaqJson(["log", "check", "--data", again]);
      for (const [name, ...command] of sampleImports) {
        const ended = await aigaq([...command, join(foundation, name), "--data", again]);
        expect({ name, code: ended.code }).toEqual({ name, code: 0 });
        expect(ended.out).toMatch(/nothing was added/iu);
      }
      const after = await aigaqJson(["log", "check", "--data", again]);
      expect({ verdict: after.verdict, size: after.size }).toEqual({ verdict: "held", size: before.size });
    },
    slow,
  );

  test("the same statement under another name is the same statement", async () => {
    const again = copyOf(data);
    const renamed = join(scratchFolder(), "renamed.txt");
    execFileSync("cp", [join(foundation, "kzt-2.1c.txt"), renamed]);
    const ended = await aigaq(["statement", "import", renamed, "--data", again]);
    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/nothing was added/iu) });
  });
});

describe("other foundations, in other orders", () => {
  const statements = ["kzt-1.1c.txt", "kzt-2.1c.txt", "eur.camt053.xml"];
  const papers = ["decisions.csv", "refunds.csv", "spending.csv", "confirmations.csv", "events.csv"];
  test.each([
    { seed: 1, how: "the second statement before the first", files: [...statements.toReversed(), ...papers] },
    {
      seed: 2,
      how: "decisions and refunds before the statements that show their rows",
      files: ["decisions.csv", "refunds.csv", ...statements, "spending.csv", "confirmations.csv"],
    },
    {
      seed: 11,
      how: "payments and their confirmations between the statements",
      files: [
        "kzt-2.1c.txt",
        "decisions.csv",
        "confirmations.csv",
        "spending.csv",
        "kzt-1.1c.txt",
        "refunds.csv",
        "eur.camt053.xml",
      ],
    },
    {
      seed: 11,
      how: "all papers before any statement",
      files: ["confirmations.csv", "spending.csv", "refunds.csv", "decisions.csv", ...statements],
    },
  ])(
    "seed $seed with 300 gifts gives its answers with $how",
    async ({ seed, files }) => {
      const made = scratchFolder();
      execFileSync("python3", [
        join(projectRoot, "test/samples/gen-foundation.py"),
        String(seed),
        made,
        "300",
      ]);
      const data = copyOf(await newFolder());
      for (const name of ["appeals.json", ...files]) await importFile(data, name, made);
      expect(await aigaqJson(["funds", "--data", data])).toEqual(expectedFunds(answersOf(made)));
      const lists = Object.values(await aigaqJson(["unmatched", "--data", data]));
      expect(lists.flat()).toEqual([]);
    },
    slow,
  );
});
