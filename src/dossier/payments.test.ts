// Payments in dossiers: one that a bank row paid stays paid whatever is said later, one without a day is in no period, and
// the day that counts is the day of payment. TypeScript and Python agree on each.
import { expect, test } from "vitest";
import type { FundsEntry, Json } from "#domain/funds/entries.ts";
import { toBase64Url } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { entryHashOf } from "#record/entry.ts";
import { issueEntry } from "#record/issue.ts";
import { keyProofMessage } from "#record/key-directory.ts";
import { expectOk } from "#record/result.ts";
import { EMPTY_ROOT } from "#record/tree.ts";
import { expectAgreement, rebag, unzip, zip } from "#test/dossier/both-verifiers.ts";
import { signBooks, type SignedLog } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { fixedRandomness } from "#test/sample-entries.ts";
import { assembleDossier } from "./assemble.ts";
import { disclosuresName } from "./bag.ts";
import type { Question } from "./statement/statement.ts";

const appeal: Question = { kind: "appeal", id: "A-2025-003" };
const july: Question = { kind: "period", from: "2025-07-01", to: "2025-07-31" };
const books = (await smallBooks()).entries;
const second = signerFromSeed(new Uint8Array(32).fill(9));

const voided = (log: SignedLog, id: string): SignedLog => {
  log.append({ type: "spending.voided", stream: "spending", pub: { id, reason: "?" } });
  return log;
};

type Listed = { readonly id: string; readonly settled: boolean };
const spendingIn = (files: ReadonlyMap<string, Uint8Array>): readonly Listed[] =>
  JSON.parse(new TextDecoder().decode(files.get("data/statement.json"))).spending;

/** The dossier holds in both programs, and has these payments. */
const expectPayments = async (log: SignedLog, question: Question, ids: readonly string[]): Promise<void> => {
  const made = expectOk(assembleDossier(log.source(question)));
  const [report] = await expectAgreement([["made", made]]);
  expect(report?.verdict).toBe("held");
  expect(spendingIn(unzip(made)).map(({ id }) => id)).toEqual(ids);
};

/** As if the bank row of S-01 had been attributed to the payment before anybody recorded it. */
const settledFirst = (): FundsEntry[] => {
  const to = "payment:S-01";
  const gift = (value: unknown): { direction: string; parts: { to: string; minor: string }[] } =>
    value as ReturnType<typeof gift>;
  return books
    .filter(({ items }) => !items.some((item) => (item?.open["to"] as Json[] | undefined)?.includes(to)))
    .map((entry): FundsEntry => {
      if (entry.type !== "attribution") return entry;
      const copy = structuredClone(entry.items) as {
        open: { [name: string]: Json };
        hidden: { gift: Json };
      }[];
      for (const item of copy) {
        const { direction, parts } = gift(item.hidden.gift);
        if (direction !== "debit" || parts[0]?.minor !== "2000000") continue;
        item.open["to"] = [to];
        parts[0].to = to;
      }
      return { ...entry, items: copy };
    });
};

test("of each payment it is said whether a bank debit shown here is it", async () => {
  const made = expectOk(assembleDossier(signBooks(books).source(appeal)));
  const files = unzip(made);
  expect(spendingIn(files).map(({ id, settled }) => [id, settled])).toEqual([
    ["S-01", true],
    ["S-02", false],
  ]);
  const page = new TextDecoder().decode(files.get("data/statement.en.html"));
  expect(page).toContain("Payments that match a bank debit shown here: 1 of 2.");
  const claimed = new TextDecoder()
    .decode(files.get("data/statement.json"))
    .replace('"settled": false', '"settled": true');
  files.set("data/statement.json", new TextEncoder().encode(claimed));
  const [report] = await expectAgreement([["claims a bank row that there is not", zip(rebag(files))]]);
  expect(report?.checks.find(({ code }) => code === "figures.spending")?.verdict).toBe("broken");
});

test("a payment that a bank row settled is not taken back by a word", async () => {
  await expectPayments(voided(signBooks(books), "S-01"), appeal, ["S-01", "S-02"]);
  await expectPayments(voided(signBooks(books), "S-02"), appeal, ["S-01"]);
});

test("nor where the row stood at the payment before the payment was recorded", async () => {
  await expectPayments(voided(signBooks(settledFirst()), "S-01"), appeal, ["S-01", "S-02"]);
});

/** A payment planned for June by one member, approved by another, and made in July. Gives the index of the last entry. */
const paidInJuly = (): { readonly log: SignedLog; readonly paid: number } => {
  const log = signBooks(books);
  const genesis = log.tips.get("genesis")?.hash ?? new Uint8Array(32);
  const x = toBase64Url(second.publicKey);
  const proof = toBase64Url(second.sign(keyProofMessage(genesis, second.publicKey)));
  log.append({ type: "key.add", stream: "keys", pub: { x, member: "second", roles: [], proof } });
  log.append({
    type: "spending.reserved",
    stream: "spending",
    pub: {
      id: "S-9",
      appeal: appeal.id,
      category: "hotel",
      minor: "100",
      currency: "KZT",
      approval: "members",
    },
    hidden: { date: "2025-06-01" },
  });
  const last = log.tips.get("spending");
  const seq = (last?.seq ?? 0) + 1;
  const { jwt } = issueEntry(
    {
      type: "spending.approved",
      genesis,
      at: 1_750_000_000,
      anchor: { size: 0, root: EMPTY_ROOT },
      stream: { id: "spending", seq, previous: last?.hash ?? null },
      pub: { id: "S-9" },
    },
    { signer: second, randomBytes: fixedRandomness("approved") },
  );
  log.appendRaw(jwt);
  log.tips.set("spending", { seq, hash: entryHashOf(jwt) });
  log.append({
    type: "spending.paid",
    stream: "spending",
    pub: { id: "S-9" },
    hidden: { date: "2025-07-02" },
  });
  return { log, paid: log.leaves.length - 1 };
};

test("a payment falls on the day it was made, not on the day it was planned for", async () => {
  const { log } = paidInJuly();
  await expectPayments(log, july, ["S-9"]);
  await expectPayments(log, { kind: "period", from: "2025-06-01", to: "2025-06-30" }, []);
});

test("of a payment whose day is hidden nobody knows whether it falls in the period", async () => {
  const { log, paid } = paidInJuly();
  const files = unzip(expectOk(assembleDossier(log.source(july, { claim: "1.00 KZT spent" }))));
  files.delete(disclosuresName(paid));
  const [report] = await expectAgreement([["undated", zip(rebag(files))]]);
  for (const code of ["figures.totals", "claim"])
    expect(report?.checks.find((line) => line.code === code)).toMatchObject({
      subject: "",
      verdict: "could-not-check",
    });
  expect(report?.claim).toBeNull();
  const entries = log.entries.map((entry) =>
    entry.index === paid ? { ...entry, disclosures: undefined } : entry,
  );
  const made = assembleDossier(log.source(july, { entries }));
  expect(made.ok ? "handed out" : made.refusal.code).toBe("dossier-would-not-hold");
});
