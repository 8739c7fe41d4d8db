// An import that was cut short and is taken back: what had got through stays on the record, and whoever took it back is told
// which rows those are, not that nothing was recorded. The same file again completes it, and each row counts once.
import { expect, test } from "vitest";
import { anyCall } from "#workspace/desk/calls.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { memoryLocalStore } from "#workspace/desk/local-store.ts";
import { foundAt, serveEmpty, type ServedFoundation } from "./served-desk.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- each call answers with its own type
const ask = (desk: Desk, name: string, input: unknown = {}): Promise<any> =>
  anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));

const account = "KZ617229999900000007";
const file = new Blob([
  "when;how much;why;money\n",
  ...["03", "04", "05", "07"].map((day) => `${day}.02.2025;1000,00;invented;KZT\n`),
]);
const given = {
  name: "bank.csv",
  title: "Import of bank.csv",
  account,
  map: { date: 1, amount: 2, memo: 3, currency: 4 },
  accepted: { by: "M-01", why: "a test" },
};
/** What the second batch of entries brings: the first was the account's own. */
const remains = { account, rows: 4, from: "2025-02-03", to: "2025-02-07" };

/** Nothing more is appended after so many answers; with `isAnswerLost`, the last of them does not arrive. */
function cutAfter(served: ServedFoundation, batches: number, { isAnswerLost = false } = {}): void {
  let count = 0;
  served.meddle = (path, response) => {
    const isAppend =
      path === "/api/entries" && response.headers.get("content-type")?.includes("json") === true;
    if (!isAppend) return response;
    count += 1;
    if (count < batches) return response;
    served.notReached = "/api/entries";
    if (isAnswerLost) throw new TypeError("the connection was reset");
    return response;
  };
}

function mend(served: ServedFoundation): void {
  served.meddle = (_, response) => response;
  served.notReached = undefined;
}

const credits = async (desk: Desk): Promise<number> =>
  (await ask(desk, "overview.page")).needs.find(({ kind }: { kind: string }) => kind === "unknown")?.count ??
  0;

test.each([
  ["whose rows got through, before the entry that names the file", 2, false, undefined],
  ["whose last answer was lost", 2, true, undefined],
  ["whose rows wait to be attributed", 3, false, "bank.csv"],
] as const)("an import %s, says what stands", async (_, batches, isAnswerLost, named) => {
  await using served = await serveEmpty();
  const { desk } = served.newDesk({}, memoryLocalStore());
  await foundAt(desk, { rehearsed: false });
  cutAfter(served, batches, { isAnswerLost });
  const id = await ask(desk, "imports.begin", { ...given, file });
  expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "waiting" });

  // Without a connection nobody can say how far it came.
  served.online = false;
  expect(await ask(desk, "outbox.remove", { id })).toBe("not-known");
  served.online = true;
  // Tried again meanwhile, in vain.
  await ask(desk, "outbox.settled", { id });
  expect(await ask(desk, "outbox.remove", { id })).toEqual({
    kind: "partly",
    title: "Import of bank.csv",
    remains: [{ file: named, ...remains }],
  });
  expect(await ask(desk, "outbox.items")).toEqual([]);
  expect((await ask(desk, "imports.files")).unfinished).toEqual([{ file: named, ...remains }]);
  const { needs } = await ask(desk, "overview.page");
  expect(needs).toContainEqual(expect.objectContaining({ kind: "unfinished", count: 1 }));
  const reading = await ask(desk, "imports.read", { ...given, file });
  expect(reading.statements).toMatchObject([
    { standing: named === undefined ? "new" : "unfinished", begun: 4 },
  ]);

  mend(served);
  const again = await ask(desk, "imports.begin", { ...given, file });
  expect(await ask(desk, "outbox.settled", { id: again })).toMatchObject({
    state: "recorded",
    result: { statements: [{ status: "resumed", lines: 4 }] },
  });
  expect((await ask(desk, "imports.files")).unfinished).toEqual([]);
  expect(await credits(desk)).toBe(4);
  desk.close();
});

test("an import that never began is taken back, and nothing was recorded", async () => {
  await using served = await serveEmpty();
  const { desk } = served.newDesk({}, memoryLocalStore());
  await foundAt(desk, { rehearsed: false });
  served.online = false;
  const id = await ask(desk, "imports.begin", { ...given, file });
  await ask(desk, "outbox.settled", { id });
  served.online = true;
  expect(await ask(desk, "outbox.remove", { id })).toBe("taken-back");
  expect((await ask(desk, "imports.files")).unfinished).toEqual([]);
  desk.close();
});
