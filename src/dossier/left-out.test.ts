// What is left out of a dossier, or kept closed in it, leaves its question open: it is never held by what is missing.
import { expect, test } from "vitest";
import type { FundsEntry } from "#domain/funds/entries.ts";
import { expectOk } from "#record/result.ts";
import { expectAgreement, rebag, unzip, zip } from "#test/dossier/both-verifiers.ts";
import { signBooks, type SignedLog } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { assembleDossier } from "./assemble.ts";
import { encodeDisclosures } from "./check-entries.ts";
import { disclosuresName, entryName, proofName } from "./bag.ts";

const question = { kind: "appeal", id: "A-2025-003" } as const;
const books = (await smallBooks()).entries;
const statement = unzip(expectOk(assembleDossier(signBooks(books).source(question)))).get(
  "data/statement.json",
) as Uint8Array;

test("a log whose end is left out is no whole log: nothing is said about it", async () => {
  const log = signBooks(books);
  const whole = unzip(expectOk(assembleDossier(log.source(question))));
  const cut = log.leaves.length - 1;
  for (const name of [entryName(cut), proofName(cut), disclosuresName(cut)]) whole.delete(name);
  const [report] = await expectAgreement([["without the last entry", zip(rebag(whole))]]);
  expect(report?.verdict).toBe("could-not-check");
  expect(report?.checks.find(({ code }) => code === "log.whole")).toMatchObject({
    subject: "",
    verdict: "could-not-check",
    reason: `${cut} of ${cut + 1} entries are here`,
  });
  const made = assembleDossier(log.source(question, { entries: log.entries.slice(0, -1) }));
  expect(made.ok ? "handed out" : made.refusal.code).toBe("dossier-would-not-hold");
});

test("a refund that is hidden leaves open how much an appeal has", async () => {
  const log = signBooks(books);
  const at = books.filter(({ type }) => type !== "genesis").findIndex(({ type }) => type === "refund") + 1;
  const whole = unzip(expectOk(assembleDossier(log.source({ kind: "appeal", id: "A-2025-001" }))));
  expect(whole.delete(disclosuresName(at))).toBe(true);
  const [report] = await expectAgreement([["a closed refund", zip(rebag(whole))]]);
  expect(report?.verdict).toBe("could-not-check");
  expect(report?.checks.find(({ code }) => code === "refund.opened")).toMatchObject({
    subject: String(at),
    verdict: "could-not-check",
  });
});

test("a refund whose gift was not seen yet is of no appeal, and says so", async () => {
  const log = signBooks(books);
  const refund = {
    reference: "C-99",
    date: "2025-04-23",
    minor: "100",
    currency: "KZT",
    reason: "?",
    parts: [],
  };
  log.append({ type: "refund", stream: "refunds", pub: { id: "R-2" }, hidden: refund });
  const [report] = await expectAgreement([["waiting", expectOk(assembleDossier(log.source(question)))]]);
  expect(report?.verdict).toBe("held");
  expect(report?.checks.find(({ code }) => code === "refund.opened")?.subject).toBe("2 refunds");
});

test("a refund that waited is of the appeals of its gift once that is known, and of no other", async () => {
  const attribution = books.find(({ type }) => type === "attribution") as FundsEntry;
  const credit = (attribution.pub["nullifiers"] as readonly string[])[0] ?? "";
  const later = (to: string): SignedLog => {
    const log = signBooks(books);
    const refund = {
      reference: "C-0",
      date: "2025-04-23",
      minor: "100",
      currency: "KZT",
      reason: "?",
      parts: [],
    };
    log.append({ type: "refund", stream: "refunds", pub: { id: "R-2" }, hidden: refund });
    const hidden = { credit, parts: [{ to, minor: "100" }] };
    log.append({ type: "refund.matched", stream: "refunds", pub: { id: "R-2" }, hidden });
    return log;
  };
  const made = expectOk(assembleDossier(later("A-2025-003").source(question)));
  const [held, broken] = await expectAgreement([
    ["matched", made],
    ["matched to another", zip(later("A-2025-001").unchecked(statement))],
  ]);
  expect(held?.verdict).toBe("held");
  expect(held?.checks.find(({ code }) => code === "refund.opened")?.subject).toBe("3 refunds");
  expect(broken?.checks.find(({ code }) => code === "refund.opened")?.verdict).toBe("broken");
});

const isCover = ({ type }: FundsEntry): boolean => type === "cover.given" || type === "cover.repaid";
/** Where the covers of an appeal stand in the signed log, whose first entry is the genesis entry. */
const coversOf = (appeal: string): number[] =>
  books.flatMap((entry, i) => (isCover(entry) && entry.pub["appeal"] === appeal ? [i] : []));

test("a cover that is hidden, or whose day is, leaves open how much general funds paid", async () => {
  const [at = 0] = coversOf("A-2025-003");
  const whole = unzip(expectOk(assembleDossier(signBooks(books).source(question))));
  const closed = new Map(whole);
  expect(closed.delete(disclosuresName(at))).toBe(true);
  const list = JSON.parse(new TextDecoder().decode(whole.get(disclosuresName(at)))) as string[];
  const withSumOnly = new Map([
    ...whole,
    [disclosuresName(at), encodeDisclosures(list.filter((one) => atob(one).includes("minor")))],
  ]);
  expect(list).toHaveLength(2);
  const [held, ...reports] = await expectAgreement([
    ["as made", zip(whole)],
    ["a closed cover", zip(rebag(closed))],
    ["a cover without its day", zip(rebag(withSumOnly))],
  ]);
  expect(held?.verdict).toBe("held");
  expect(reports).toHaveLength(2);
  for (const report of reports) {
    expect(report.verdict).toBe("could-not-check");
    expect(report.checks.find(({ code }) => code === "cover.opened")).toMatchObject({
      subject: String(at),
      verdict: "could-not-check",
    });
  }
});

test("covers of appeals that nobody asked about stay closed, and those of a period are all opened", async () => {
  const log = signBooks(books);
  const hidden = { minor: "700", date: "2025-04-23" };
  const pub = { appeal: "A-2025-001", currency: "KZT", ground: "policy" };
  log.append({ type: "cover.given", stream: "covers", pub, hidden });
  const other = log.leaves.length - 1;
  const ofOne = expectOk(assembleDossier(log.source(question)));
  const ofAll = expectOk(
    assembleDossier(log.source({ kind: "period", from: "2025-04-01", to: "2025-04-30" })),
  );
  expect(unzip(ofOne).has(disclosuresName(other))).toBe(false);
  expect(unzip(ofAll).has(disclosuresName(other))).toBe(true);
  const [one, all] = await expectAgreement([
    ["one appeal", ofOne],
    ["a period", ofAll],
  ]);
  expect([one?.verdict, all?.verdict]).toEqual(["held", "held"]);
  const counted = (report: typeof one) => report?.checks.find(({ code }) => code === "cover.opened")?.subject;
  const ofHers = coversOf("A-2025-003").length;
  expect([counted(one), counted(all)]).toEqual([`${ofHers} covers`, `${ofHers + 1} covers`]);
});

test("logs whose covers are public give the same figures", async () => {
  const shown = books.map((entry): FundsEntry => {
    if (!isCover(entry)) return entry;
    return { ...entry, pub: { ...entry.pub, ...entry.hidden }, hidden: {} };
  });
  const made = expectOk(assembleDossier(signBooks(shown).source(question)));
  const [report] = await expectAgreement([["covers in the open", made]]);
  expect(report?.verdict).toBe("held");
  const totals = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes)).totals;
  expect(totals(unzip(made).get("data/statement.json") as Uint8Array)).toEqual(totals(statement));
});
