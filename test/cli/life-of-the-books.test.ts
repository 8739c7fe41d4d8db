// What comes after the imports: weeks are closed for the public, mistakes corrected beside the original, the recovery key split
// and rehearsed, notices about foreign money listed with their days.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aigaq, aigaqDone, aigaqJson } from "./aigaq.ts";
import {
  clearScratch,
  copyOf,
  foundation,
  importFile,
  newFolder,
  sampleFolder,
  scratchFolder,
  slow,
} from "./prepared.ts";

afterAll(clearScratch);

describe("the sample foundation, later", () => {
  let data: string;
  beforeAll(async () => {
    data = copyOf(await sampleFolder());
  }, slow);

  test(
    "the last week is closed once; closing it again adds nothing, an earlier one is refused",
    async () => {
      const close = (week: string) => aigaq(["close", week, "--json", "--data", data]);
      const first = await close("2025-W26");
      expect(JSON.parse(first.out)).toMatchObject({ recorded: "2025-W26", unchanged: 0 });
      expect(JSON.parse((await close("2025-W26")).out)).toMatchObject({ added: 0 });
      expect(await close("2025-W20")).toMatchObject({
        code: 2,
        out: expect.stringContaining("close-out-of-order"),
      });
      expect(await close("2099-W01")).toMatchObject({
        code: 2,
        out: expect.stringContaining("week-not-over"),
      });
    },
    slow,
  );

  test("an entry is corrected by another, and the books stay as they were", async () => {
    const before = await aigaqJson(["funds", "--data", data]);
    const { corrected, by } = await aigaqJson(["correct", "5", "--reason", "typing error", "--data", data]);
    expect(corrected).toBe(5);
    expect(by).toBeGreaterThan(600);
    expect(await aigaqJson(["funds", "--data", data])).toEqual(before);
  });

  test("notices about foreign money: one for each day that brought some, a report for the quarter, all unconfirmed", async () => {
    const notices = await aigaqJson(["notices", "--data", data]);
    const daily = notices.filter((one: { form: string }) => one.form === "F.017.00");
    const sum = daily.reduce((total: bigint, one: { minor: string }) => total + BigInt(one.minor), 0n);
    const { allAppealsRaised } = JSON.parse(readFileSync(join(foundation, "answers.json"), "utf8"));
    expect(sum).toBe(BigInt(allAppealsRaised.EUR));
    expect(notices.at(-1)).toMatchObject({ form: "F.018.00", quarter: "2025-Q2", due: "2025-08-15" });
    expect(notices.every((one: { isConfirmed: boolean }) => !one.isConfirmed)).toBe(true);
    expect(await aigaqDone(["notices", "--data", data])).toMatch(/lawyer/u);
  });

  test("the record still verifies", async () => {
    expect(await aigaqJson(["log", "check", "--data", data])).toMatchObject({ verdict: "held" });
  });
});

test(
  "a week is not closed while papers and bank disagree",
  async () => {
    const data = copyOf(await newFolder());
    for (const name of ["appeals.json", "kzt-1.1c.txt"]) await importFile(data, name);
    const ended = await aigaq(["close", "2025-W15", "--json", "--data", data]);
    expect(ended).toMatchObject({ code: 2, err: expect.stringMatching(/unmatched/u) });
    expect(JSON.parse(ended.out).refused.debits.length).toBeGreaterThan(0);
  },
  slow,
);

describe("the recovery key", () => {
  let data: string;
  let shares: string;
  beforeAll(async () => {
    data = copyOf(await newFolder());
    shares = join(scratchFolder(), "shares");
  }, slow);

  test("is split among trustees, and is gone from the keyring", async () => {
    const words = ["recovery", "split", "--trustees", "5", "--quorum", "3", "--out", shares, "--data", data];
    expect(await aigaqJson(words)).toMatchObject({ shares: 5, quorum: 3 });
    expect(readdirSync(shares)).toHaveLength(5);
    const again = await aigaq(["recovery", "split", "--out", join(scratchFolder(), "more"), "--data", data]);
    expect(again).toMatchObject({ code: 2, err: expect.stringMatching(/split before/u) });
  });

  test(
    "any three shares open the room, two do not, and a share of another key is told apart",
    async () => {
      const rehearse = () => aigaq(["recovery", "rehearse", "--shares", shares, "--json", "--data", data]);
      expect(await rehearse()).toMatchObject({ code: 0, out: expect.stringContaining('"rehearsed": true') });
      const [first = "", second = "", third = ""] = readdirSync(shares).toSorted();
      for (const name of [first, second]) rmSync(join(shares, name));
      expect(await rehearse()).toMatchObject({ code: 0 });
      const kept = readFileSync(join(shares, third), "utf8");
      rmSync(join(shares, third));
      expect(await rehearse()).toMatchObject({ code: 2, err: expect.stringMatching(/2 of the 3 shares/u) });
      writeFileSync(
        join(shares, third),
        kept.replace(/[a-z]/u, (letter) => (letter === "a" ? "b" : "a")),
      );
      expect(await rehearse()).toMatchObject({ code: 2 });
      expect(existsSync(shares)).toBe(true);
    },
    slow,
  );

  test(
    "shares of another foundation do not open this one",
    async () => {
      const other = scratchFolder();
      await aigaqDone(["init", "--data", join(other, "data"), "--name", "Other"]);
      const theirs = join(other, "shares");
      await aigaqDone(["recovery", "split", "--out", theirs, "--data", join(other, "data")]);
      expect(await aigaq(["recovery", "rehearse", "--shares", theirs, "--data", data])).toMatchObject({
        code: 2,
      });
    },
    slow,
  );
});
