// That an appeal ended stands in the answer about it, in three languages, as long as no entry opens it again; who states it
// otherwise is found out by every verifier.
import { expect, test } from "vitest";
import { utf8 } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { expectAgreement, rebag, unzip, zip, type Content } from "#test/dossier/both-verifiers.ts";
import { signBooks, type SignedLog } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { assembleDossier } from "./assemble.ts";

const books = (await smallBooks()).entries;
const appeal = "A-2025-003";
const end = { appeal, ended: "2025-06-30", reason: "need-fell-away" };
const reopening = { appeal, reopened: "2025-07-02", reason: "ended by mistake" };

const logWith = (...said: readonly (readonly [type: string, pub: JsonObject])[]): SignedLog => {
  const log = signBooks(books);
  for (const [type, pub] of said) log.append({ type, stream: "funds", pub });
  return log;
};
const made = (log: SignedLog): Uint8Array =>
  expectOk(assembleDossier(log.source({ kind: "appeal", id: appeal })));
const page = (files: Content, lang: string): string =>
  new TextDecoder().decode(files.get(`data/statement.${lang}.html`));
const appealsIn = (files: Content): JsonObject[] =>
  JSON.parse(new TextDecoder().decode(files.get("data/statement.json"))).appeals;

test("an end is stated, once, and a reopening takes it back", async () => {
  const ended = made(logWith(["appeal.ended", end], ["appeal.ended", { ...end, reason: "other" }]));
  const reopened = made(logWith(["appeal.ended", end], ["appeal.reopened", reopening]));
  const again = made(
    logWith(
      ["appeal.ended", end],
      ["appeal.reopened", reopening],
      ["appeal.ended", { ...end, reason: "other" }],
    ),
  );
  const elsewhere = made(
    logWith(["appeal.ended", { ...end, appeal: "A-2025-001" }], ["appeal.reopened", reopening]),
  );
  const reports = await expectAgreement([
    ["ended", ended],
    ["opened again", reopened],
    ["ended again", again],
    ["another one", elsewhere],
  ]);
  expect(reports.map(({ verdict }) => verdict)).toEqual(["held", "held", "held", "held"]);
  expect(appealsIn(unzip(ended))[0]?.["ended"]).toEqual({ date: "2025-06-30", reason: "need-fell-away" });
  expect(appealsIn(unzip(again))[0]?.["ended"]).toMatchObject({ reason: "other" });
  for (const open of [reopened, elsewhere])
    expect(Object.keys(appealsIn(unzip(open))[0] ?? {})).not.toContain("ended");
  for (const [lang, text] of [
    ["en", "ended on 30 June 2025: the help is no longer needed."],
    ["ru", "сбор завершён 30 июня 2025 г., помощь больше не нужна."],
    ["kk", "жинағы аяқталды (2025 жылғы 30 маусым): көмек қажет болмай қалды."],
  ] as const) {
    expect(page(unzip(ended), lang)).toContain(text);
    expect(page(unzip(reopened), lang)).not.toContain(text);
  }
});

test("who leaves the end out of his statement, or invents one, is found out", async () => {
  const sound = unzip(made(logWith(["appeal.ended", end])));
  const open = unzip(made(logWith()));
  const restated = (files: Content, change: (row: { [name: string]: unknown }) => void): Uint8Array => {
    const statement = JSON.parse(new TextDecoder().decode(files.get("data/statement.json")));
    change(statement.appeals[0]);
    const text = `${JSON.stringify(statement, null, 1)}\n`;
    return zip(rebag(new Map([...files, ["data/statement.json", utf8(text)]])));
  };
  const reports = await expectAgreement([
    ["left out", restated(sound, (row) => delete row["ended"])],
    ["invented", restated(open, (row) => (row["ended"] = { date: "2025-06-30", reason: "other" }))],
    [
      "another day",
      restated(sound, (row) => (row["ended"] = { date: "2025-01-01", reason: "need-fell-away" })),
    ],
  ]);
  for (const report of reports)
    expect(report.checks.find(({ code }) => code === "figures.appeals")?.verdict).toBe("broken");
});
