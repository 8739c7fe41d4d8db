// The desk over a real server: founding, signing in, two writers, a lost connection, a server that lies.
import { describe, expect, test } from "vitest";
import { correctionDraft } from "#domain/funds/decide-payments.ts";
import { decideRates } from "#domain/funds/decide-registers.ts";
import { toBase64Url } from "#record/bytes.ts";
import { expectOk, ok, type Refusal } from "#record/result.ts";
import type { Failure } from "#session/refusals/failure.ts";
import { anyCall } from "#workspace/desk/calls.ts";
import type { BroughtFile, Command, Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import type { WaitingItem } from "#workspace/desk/waiting-item.ts";
import { passphrase, serveEmpty, type ServedFoundation } from "./served-desk.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- each call answers with its own type
const ask = (desk: Desk, name: string, input: unknown = {}): Promise<any> =>
  anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));

async function foundAt(desk: Desk) {
  const prepared = await ask(desk, "foundation.prepare", {
    name: "Invented Foundation",
    languages: ["kk", "ru", "en"],
    currency: "KZT",
    officerName: "Айгүл Мысалова",
    lock: { kind: "passphrase", passphrase },
    recovery: { threshold: 2, trustees: ["Дана", "Пётр", "Zhanar"] },
  });
  return prepared as { shares: { trustee: string; text: string }[] };
}

test("a foundation begins in a browser: shares rehearsed, record started, officer signed in", async () => {
  await using served = await serveEmpty();
  const { desk } = served.newDesk();
  expect((await ask(desk, "desk.state")).foundation.started).toBe(false);
  const { shares } = await foundAt(desk);
  expect(shares.map(({ trustee }) => trustee)).toEqual(["Дана", "Пётр", "Zhanar"]);
  const texts = shares.map(({ text }) => text);
  expect((await ask(desk, "recovery.rehearse", { shares: [texts[0], texts[2]] })).ok).toBe(true);
  expect((await ask(desk, "recovery.rehearse", { shares: [texts[0]] })).refusal.code).toBe("shares-too-few");
  expectOk(await ask(desk, "foundation.start", { rehearsed: true }));
  expect(desk.session.member).toBe("M-01");
  expect(desk.session.size).toBe(2);
  // Also afterwards, against the record.
  expect((await ask(desk, "recovery.rehearse", { shares: texts.slice(1) })).ok).toBe(true);

  const other = served.newDesk().desk;
  await ask(other, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });
  expect(other.session.size).toBe(2);
  await expect(
    ask(served.newDesk().desk, "sign-in", {
      member: "M-01",
      key: { kind: "passphrase", passphrase: "wrong words here now" },
    }),
  ).rejects.toThrow();
  desk.close();
  other.close();
});

type Correction = { readonly reason: string; readonly file?: BroughtFile };
type Rate = { readonly date: string; readonly rate: string };

/** One rate a day: the second of a day is refused, the same again adds nothing. */
const commands = {
  "rate.add": {
    decide: async (session, { date, rate }: Rate) =>
      decideRates((await session.books()).funds, [
        { line: 2, values: { date, from: "EUR", to: "KZT", rate, source: "invented" } },
      ]),
  } satisfies Command<Rate>,
  /** Unlike a rate, it may rightly be recorded twice: no rule would stop a second sending. */
  "genesis.correct": {
    files: ({ file }: Correction) => (file === undefined ? [] : [file]),
    decide: async (session, { reason, file }: Correction, receipts) => {
      const draft = correctionDraft(toBase64Url((await session.genesis()) ?? new Uint8Array()), reason);
      const attached = file === undefined ? undefined : receipts.get(file.name);
      const hidden = {
        ...draft.hidden,
        ...(attached !== undefined && { attached: { name: attached.name, file: attached.file ?? "" } }),
      };
      return ok({
        drafts: [{ ...draft, hidden }],
        summary: { added: 1, unchanged: 0, waiting: 0, notes: [] },
      });
    },
  } satisfies Command<Correction>,
};

/** Two desks of the first officer over one new record, signed in. */
async function twoDesks(served: ServedFoundation) {
  const { desk: one } = served.newDesk(commands);
  await foundAt(one);
  expectOk(await ask(one, "foundation.start", { rehearsed: false }));
  const { desk: two } = served.newDesk(commands);
  await ask(two, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });
  return [one, two] as const;
}

const record = (desk: Desk, input: Rate): Promise<number> => recordAs(desk, "rate.add", input, input.date);

async function recordAs(desk: Desk, name: string, input: unknown, title = name): Promise<number> {
  const preview = expectOk<Preview, Refusal>(await ask(desk, "command.preview", { name, input }));
  return ask(desk, "command.record", { name, title, input, digest: preview.digest });
}

const titles = async (desk: Desk): Promise<string[]> =>
  (await ask(desk, "outbox.items")).map(({ title }: WaitingItem) => title);

test("what two desks record at once lands once each, in one order that both see", async () => {
  await using served = await serveEmpty();
  const [one, two] = await twoDesks(served);
  const ids = await Promise.all([
    record(one, { date: "2025-03-01", rate: "500.00" }),
    record(two, { date: "2025-03-02", rate: "501.00" }),
  ]);
  expect((await ask(one, "outbox.settled", { id: ids[0] })).state).toBe("recorded");
  expect((await ask(two, "outbox.settled", { id: ids[1] })).state).toBe("recorded");
  await one.catchUp();
  await two.catchUp();
  const both = [(await one.session.books()).funds.rates, (await two.session.books()).funds.rates];
  expect(both[0]).toEqual(both[1]);
  expect(one.session.size).toBe(4);
  one.close();
  two.close();
});

test("a decision made without a connection waits sealed, can be taken back, and is sent when the connection is back", async () => {
  await using served = await serveEmpty();
  const [one, two] = await twoDesks(served);
  served.online = false;
  const kept = await record(one, { date: "2025-03-01", rate: "500.00" });
  const undone = await record(one, { date: "2025-03-02", rate: "500.00" });
  expect(await titles(one)).toEqual(["2025-03-01", "2025-03-02"]);
  for (const [, { sealed }] of await one.opened.local.waiting())
    expect(Buffer.from(sealed).toString("latin1")).not.toContain("2025-03");
  expect(await ask(one, "outbox.remove", { id: undone })).toBe("taken-back");
  served.online = true;
  expect((await ask(one, "outbox.settled", { id: kept })).state).toBe("recorded");
  expect(await titles(one)).toEqual([]);
  await two.catchUp();
  expect(two.session.size).toBe(3);
  one.close();
  two.close();
});

test("what the rules no longer allow when the connection is back is not signed but shown", async () => {
  await using served = await serveEmpty();
  const [one, two] = await twoDesks(served);
  served.online = false;
  const waiting = await record(one, { date: "2025-03-01", rate: "500.00" });
  // It has tried, and found no connection.
  expect((await ask(one, "outbox.settled", { id: waiting })).state).toBe("waiting");
  served.online = true;
  const first = await record(two, { date: "2025-03-01", rate: "999.00" });
  await ask(two, "outbox.settled", { id: first });
  const settled = await ask(one, "outbox.settled", { id: waiting });
  expect(settled.state).toBe("refused");
  expect(one.session.size).toBe(3);
  one.close();
  two.close();
});

/** The server takes the next entries in; its answer never arrives. */
function loseNextAnswer(served: ServedFoundation): { isLost: boolean } {
  const lost = { isLost: false };
  served.meddle = (path, response) => {
    const isAppend =
      path === "/api/entries" && response.headers.get("content-type")?.includes("json") === true;
    if (!isAppend || lost.isLost) return response;
    lost.isLost = true;
    throw new TypeError("the connection was reset");
  };
  return lost;
}

describe("an answer lost on the way back", () => {
  test("does not make a second entry, also of what may rightly be recorded twice", async () => {
    await using served = await serveEmpty();
    const [one, two] = await twoDesks(served);
    const lost = loseNextAnswer(served);
    const id = await recordAs(one, "genesis.correct", { reason: "the name was misspelt" });
    await ask(one, "outbox.settled", { id });
    expect((await ask(one, "outbox.settled", { id })).state).toBe("recorded");
    expect(lost.isLost).toBe(true);
    await two.catchUp();
    expect(two.session.size).toBe(3);
    one.close();
    two.close();
  });

  test("is found out in the next tab as well", async () => {
    await using served = await serveEmpty();
    const [one] = await twoDesks(served);
    loseNextAnswer(served);
    const { local } = one.opened;
    const id = await recordAs(one, "genesis.correct", { reason: "the name was misspelt" });
    await expect
      .poll(async () => (await ask(one, "outbox.items"))[0]?.state ?? "recorded")
      .not.toBe("sending");
    one.close();
    const { desk: next } = served.newDesk(commands, local);
    await ask(next, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });
    expect((await ask(next, "outbox.settled", { id })).state).toBe("recorded");
    await next.catchUp();
    expect(next.session.size).toBe(3);
    next.close();
  });

  test("does not remove the file that the entry names", async () => {
    await using served = await serveEmpty();
    const [one, two] = await twoDesks(served);
    loseNextAnswer(served);
    const file = { name: "letter.pdf", content: new Blob(["an invented document"]) };
    const id = await recordAs(one, "genesis.correct", { reason: "see the document", file });
    await ask(one, "outbox.settled", { id });
    expect((await ask(one, "outbox.settled", { id })).state).toBe("recorded");
    await two.catchUp();
    for await (const { opened, box } of two.session.read(2, 3)) {
      const attached = opened.hidden["attached"] as { file: string };
      expect(box?.files[attached.file]).toBeDefined();
      expect(await two.opened.files.get(attached.file)).toBeDefined();
    }
    one.close();
    two.close();
  });
});

test("a server that asks for patience gets it: what waits is sent later, not refused", async () => {
  await using served = await serveEmpty();
  const [one] = await twoDesks(served);
  let isBusy = true;
  served.meddle = (path, response) =>
    path === "/api/head" && isBusy
      ? Response.json({ error: { code: "too-many-requests", message: "later" } }, { status: 429 })
      : response;
  const id = await record(one, { date: "2025-03-01", rate: "500.00" });
  expect((await ask(one, "outbox.settled", { id })).state).toBe("waiting");
  isBusy = false;
  await expect.poll(() => titles(one), { timeout: 20_000 }).toEqual([]);
  expect(one.session.size).toBe(3);
  one.close();
});

describe("a server that lies is caught before anyone sees an entry", () => {
  test("when it alters, swaps or leaves out an entry", async () => {
    await using served = await serveEmpty();
    const [one] = await twoDesks(served);
    served.meddle = async (path, response) => {
      if (path !== "/api/entries") return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[200] = (bytes[200] ?? 0) ^ 1;
      return new Response(bytes, { status: response.status });
    };
    const { desk } = served.newDesk();
    await ask(desk, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } }).catch(
      (error: unknown) => expect((error as Failure).code).toBe("page-altered"),
    );
    await expect(desk.isOpen ? desk.session.books() : Promise.reject(new Error("closed"))).rejects.toThrow();
    one.close();
  });

  test("when it shows fewer entries than before, or another history", async () => {
    await using served = await serveEmpty();
    // Nobody hears of changes by himself, so that each looks when the test says so.
    const deaf = (path: string, response: Response): Response => {
      if (path === "/api/changes") throw new TypeError("no connection");
      return response;
    };
    served.meddle = deaf;
    const [one, two] = await twoDesks(served);
    const before = await (await fetch(`${served.server.address}/checkpoint`)).text();
    const id = await record(one, { date: "2025-03-01", rate: "500.00" });
    await ask(one, "outbox.settled", { id });
    served.meddle = (path, response) =>
      path === "/api/head" ? Response.json({ size: 2, checkpoint: before }) : deaf(path, response);
    await expect(one.session.refresh()).rejects.toThrow(/entries/u);
    served.meddle = (path, response) =>
      path === "/api/leaf-hashes" ? new Response(new Uint8Array(96)) : deaf(path, response);
    await expect(two.session.refresh()).rejects.toThrow();
    one.close();
    two.close();
  });
});

test("a thousand entries sent at once are looked up in the log by the tile, not one by one", async () => {
  await using served = await serveEmpty();
  const [desk, other] = await twoDesks(served);
  other.close();
  const asked: string[] = [];
  served.meddle = (path, response) => {
    asked.push(path);
    return response;
  };
  const note = correctionDraft(toBase64Url((await desk.session.genesis()) ?? new Uint8Array()), "invented");
  await desk.session.append(Array.from({ length: 1000 }, () => note));
  expect(desk.session.size).toBe(1002);
  expect(asked.length).toBeLessThan(20);
  desk.close();
});
