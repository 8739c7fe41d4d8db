// The sample foundation, file by file, through the same calls and the same outbox as on the screen.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appealView } from "#domain/funds/views.ts";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";
import type { StatementImportResult } from "./commands.ts";
import type { FileReading } from "./reading.ts";

const folder = "test/samples/foundation/";
const sample = (name: string) => new Blob([readFileSync(folder + name)]);
let at: TestDesk;

const read = (name: string, file = sample(name)): Promise<FileReading> =>
  at.ask("imports.read", { name, file });

async function importStatement(name: string): Promise<StatementImportResult> {
  const id = await at.ask("imports.begin", { name, title: name, file: sample(name) });
  const settled = await at.ask("outbox.settled", { id });
  expect(settled.state).toBe("recorded");
  return (settled as { result: StatementImportResult }).result;
}

beforeAll(async () => {
  at = await openTestDesk();
});
afterAll(() => at.desk.close());

describe("a file is told by what is in it", () => {
  test.each([
    ["appeals.json", "appeals"],
    ["posts.json", "posts"],
    ["decisions.csv", "decisions"],
    ["refunds.csv", "refunds"],
    ["spending.csv", "spending"],
    ["confirmations.csv", "confirmations"],
    ["rates.csv", "rates"],
    ["events.csv", "events"],
    ["kzt-1.1c.txt", "statement"],
    ["eur.camt053.xml", "statement"],
  ])("%s is %s, also under another name", async (name, kind) => {
    const reading = await read("download (3)", sample(name));
    expect("what" in reading ? reading.what : reading.kind).toBe(kind);
  });

  test("a login page, a broken list and a strange table say what they are", async () => {
    const said = async (text: string) => {
      const reading = await read("file", new Blob([text]));
      return reading.kind === "refused" ? reading.refusal.code : reading.kind;
    };
    expect(await said("<html><body>Sign in</body></html>")).toBe("html-page");
    expect(await said('{"appeals": [')).toBe("json-malformed");
    expect(await said('{"people": []}')).toBe("file-malformed");
    expect(await said("bank_reference,appeal,ground,decided_by\nC1,A-1\n")).toBe("table-cells");
    expect(await said("when;how much\nyesterday;a lot\n")).not.toBe("statement");
  });

  test("a table whose columns nobody knows can be read once a person names them", async () => {
    const file = new Blob(["aa;bb;cc\n03.02.2025;1500,00;gift\n04.02.2025;-200,00;fee\n"]);
    const refused = await read("x.csv", file);
    expect(refused).toMatchObject({ kind: "refused", columns: { width: 3 } });
    const map = { date: 1, amount: 2, memo: 3 };
    const named = await at.ask("imports.read", { name: "x.csv", file, account: "KZ01", map });
    expect(named).toMatchObject({
      kind: "statement",
      statements: [
        {
          rows: 2,
          sample: [{ date: "2025-02-03", direction: "credit", minor: 150_000n }, { direction: "debit" }],
        },
      ],
    });
  });
});

test("the sample foundation comes in whole, and what a file says before is what it does", async () => {
  for (const name of ["appeals.json", "posts.json"] as const) {
    const reading = await read(name);
    if (reading.kind !== "list") throw new Error(reading.kind);
    const { what, list } = reading;
    expect((await at.record("import.list", { what, list })).state).toBe("recorded");
  }
  const before = await read("kzt-1.1c.txt");
  if (before.kind !== "statement") throw new Error(before.kind);
  const [first] = before.statements;
  expect(first).toMatchObject({
    standing: "new",
    known: 0,
    addsUp: true,
    problems: [],
    account: "KZ617229999900000007",
  });
  const imported = await importStatement("kzt-1.1c.txt");
  expect(imported.statements).toMatchObject([{ status: "new", lines: first?.rows, fresh: first?.rows }]);

  // Ten days of the second file stand in the first.
  const second = await read("kzt-2.1c.txt");
  if (second.kind !== "statement") throw new Error(second.kind);
  const known = second.statements[0]?.known ?? 0;
  expect(known).toBeGreaterThan(100);
  const more = await importStatement("kzt-2.1c.txt");
  expect(more.statements[0]?.fresh).toBe((second.statements[0]?.rows ?? 0) - known);
  await importStatement("eur.camt053.xml");

  for (const name of ["decisions", "refunds", "spending", "confirmations", "rates", "events"] as const) {
    const reading = await read(`${name}.csv`);
    if (reading.kind !== "table") throw new Error(reading.kind);
    const settled = await at.record("import.table", { what: name, rows: reading.rows, files: [] });
    expect(settled.state).toBe("recorded");
  }
  const { funds } = await at.desk.session.books();
  const answers = JSON.parse(readFileSync(`${folder}answers.json`, "utf8"));
  for (const answer of answers.appeals) expect(appealView(funds, answer.appeal)).toMatchObject(answer);
});

test("a file that is in the record says so and adds nothing", async () => {
  const again = await read("kzt-1.1c.txt", sample("kzt-1.1c.txt"));
  expect(again).toMatchObject({ statements: [{ standing: "done" }] });
  const { size } = at.desk.session;
  expect((await importStatement("kzt-1.1c.txt")).statements).toMatchObject([{ status: "done", fresh: 0 }]);
  expect(at.desk.session.size).toBe(size);
  const { files, unfinished } = await at.ask("imports.files", {});
  expect(files.map(({ name, isUnfinished }) => [name, isUnfinished])).toEqual([
    ["eur.camt053.xml", false],
    ["kzt-2.1c.txt", false],
    ["kzt-1.1c.txt", false],
  ]);
  expect(unfinished).toEqual([]);
});

test("a file that does not add up is refused until a named person takes it", async () => {
  const text = readFileSync(`${folder}kzt-1.1c.txt`, "utf8")
    .replaceAll("KZ617229999900000007", "KZ550000000000000001")
    .replace("КонечныйОстаток=16125122.00", "КонечныйОстаток=16125123.00");
  const file = new Blob([text]);
  const reading = await read("wrong.txt", file);
  if (reading.kind !== "statement") throw new Error(reading.kind);
  expect(reading.statements[0]?.problems.map(({ code }) => code)).toContain("balance-differs");
  const refused = await at.ask("imports.begin", { name: "wrong.txt", title: "wrong", file });
  expect(await at.ask("outbox.settled", { id: refused })).toMatchObject({
    state: "refused",
    refusal: { code: "discrepancy-not-accepted" },
  });
  await at.ask("outbox.remove", { id: refused });
  const accepted = { by: "Invented Accountant", why: "the bank confirmed a misprint" };
  const id = await at.ask("imports.begin", { name: "wrong.txt", title: "wrong", file, accepted });
  expect((await at.ask("outbox.settled", { id })).state).toBe("recorded");
  const { files } = await at.ask("imports.files", {});
  expect(files[0]).toMatchObject({ name: "wrong.txt", acceptedBy: "Invented Accountant" });
});
