// The weekly closes in a dossier: whoever is shown the gifts of an appeal computes each of its closes again.
import { expect, test } from "vitest";
import { CloseBooks, closeJson } from "#domain/funds/close-books.ts";
import { expectOk } from "#record/result.ts";
import { expectAgreement, unzip, zip } from "#test/dossier/both-verifiers.ts";
import { signBooks, type SignedLog } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { assembleDossier } from "./assemble.ts";

const question = { kind: "appeal", id: "A-2025-003" } as const;
const books = (await smallBooks()).entries;
const statement = unzip(expectOk(assembleDossier(signBooks(books).source(question)))).get(
  "data/statement.json",
) as Uint8Array;

test("closes as the rules make them hold, and one that leaves out a gift does not", async () => {
  const closes = new CloseBooks();
  for (const entry of books) closes.see(entry);
  const make = (change: (close: ReturnType<typeof closeJson>) => object): SignedLog => {
    const log = signBooks(books);
    for (const week of ["2025-W14", "2025-W17"]) {
      const close = closes.next(question.id, "KZT", week);
      log.append({
        type: "fund.close",
        stream: "closes",
        pub: { ...closeJson(close), ...change(closeJson(close)) },
      });
      const signedBefore = { index: 0, hash: new Uint8Array(32), kid: "", at: 0, hidden: {}, items: [] };
      closes.see({ ...signedBefore, type: "fund.close", pub: closeJson(close) });
    }
    return log;
  };
  const honest = make(() => ({}));
  const made = expectOk(assembleDossier(honest.source(question)));
  const [held] = await expectAgreement([["honest", made]]);
  expect(held?.verdict).toBe("held");
  expect(held?.checks.find(({ code }) => code === "close.restated")?.subject).toBe("2 closes");
  const again = new CloseBooks();
  for (const entry of books) again.see(entry);
  const low = signBooks(books);
  const close = closeJson(again.next(question.id, "KZT", "2025-W17"));
  low.append({ type: "fund.close", stream: "closes", pub: { ...close, carried: close.carried + 1 } });
  const [broken] = await expectAgreement([["low", zip(low.unchecked(statement))]]);
  expect(broken?.checks.some(({ code, verdict }) => code === "close.restated" && verdict === "broken")).toBe(
    true,
  );
});
