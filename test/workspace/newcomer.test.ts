// A newcomer over a real server: she sees a colleague's figures, confirms, and nothing of it is sent before she has checked them.
import { expect, test } from "vitest";
import { decideRates } from "#domain/funds/decide-registers.ts";
import { expectOk, type Refusal } from "#record/result.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { makeRoomSnapshot } from "#session/books/room-snapshot.ts";
import { financeRoom } from "#session/session.ts";
import { currentRoomKey } from "#vault/keys/rooms.ts";
import { anyCall, type CallAnswer, type CallInput, type CallName } from "#workspace/desk/calls.ts";
import type { Command, Preview } from "#workspace/desk/command.ts";
import type { Desk, DeskEvent } from "#workspace/desk/desk.ts";
import { memoryLocalStore, type LocalStore } from "#workspace/desk/local-store.ts";
import { foundAt, serveEmpty, type ServedFoundation } from "./served-desk.ts";

const ask = <N extends CallName>(desk: Desk, name: N, input: CallInput<N>): Promise<CallAnswer<N>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer
  anyCall[name]?.(desk, input) as Promise<CallAnswer<N>>;

const hers = { kind: "passphrase", passphrase: "another four words entirely" } as const;
const day = (number: number): string => new Date(Date.UTC(2022, 0, 1 + number)).toISOString().slice(0, 10);
const rateLines = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    line: i + 2,
    values: { date: day(from + i), from: "EUR", to: "KZT", rate: "500.00", source: "invented" },
  }));

const commands = {
  "rate.add": {
    decide: async (session, { number }: { number: number }) =>
      decideRates((await session.books()).funds, rateLines(number, 1)),
  } satisfies Command<{ number: number }>,
};

/** An officer with 800 entries, and a colleague who has left her keys and never signed in. */
async function withNewcomer(served: ServedFoundation): Promise<{ officer: Desk; member: string }> {
  const { desk: officer } = served.newDesk();
  await foundAt(officer);
  const { session } = officer;
  await session.append(expectOk(decideRates((await session.books()).funds, rateLines(0, 800))).drafts);
  const input = { name: "Дана Үлгі", roles: ["finance"], rooms: ["finance"] };
  const { link } = expectOk(await ask(officer, "members.invite", input));
  const { desk: joining } = served.newDesk();
  const secret = link.slice(link.indexOf("#") + 1);
  const { member } = await ask(joining, "join.accept", { secret, lock: hers });
  const [invitation] = await ask(officer, "members.invitations", {});
  const hash = invitation?.hash ?? "";
  const { digest } = expectOk<Preview, Refusal>(await ask(officer, "members.preview-enrolling", { hash }));
  expectOk(await ask(officer, "members.enrol", { hash, digest }));
  return { officer, member };
}

/** Entries in the middle of the log, which nothing but her check asks for. */
function holdBack(served: ServedFoundation): { isHeld: boolean } {
  const held = { isHeld: true };
  served.meddle = (path, response) =>
    held.isHeld && path === "/api/entries" && response.url.includes("from=256&")
      ? Response.json({ error: { code: "store-unreachable", message: "later" } }, { status: 503 })
      : response;
  return held;
}

const takenOf = (events: readonly DeskEvent[]) =>
  events.flatMap((event) => (event.kind === "taken-over" ? [event.taken] : []));

test("what she confirms on a colleague's figures waits until her own check has made the same", async () => {
  await using served = await serveEmpty();
  const { officer, member } = await withNewcomer(served);
  await officer.opened.newcomer.offer();
  const held = holdBack(served);
  const { desk, events } = served.newDesk(commands);
  await ask(desk, "sign-in", { member, key: hers });
  const { session } = desk;
  expect((await session.books()).funds.rates).toHaveLength(800);
  expect(session.takenFrom).toBe("M-01");
  await expect
    .poll(() => takenOf(events).at(-1))
    .toMatchObject({
      state: "checking",
      member: "M-01",
      name: "Айгүл Мысалова",
      total: session.size,
    });
  const input = { number: 900 };
  const { digest } = expectOk<Preview, Refusal>(
    await ask(desk, "command.preview", { name: "rate.add", input }),
  );
  const id = await ask(desk, "command.record", { name: "rate.add", title: "a rate", input, digest });
  expect((await ask(desk, "outbox.settled", { id })).state).toBe("waiting");
  const { size } = session;
  held.isHeld = false;
  await expect.poll(() => ask(desk, "outbox.items", {}), { timeout: 20_000 }).toEqual([]);
  expect(session.takenFrom).toBeUndefined();
  expect(session.size).toBe(size + 1);
  expect(takenOf(events).at(-1)).toBeUndefined();
  for (const one of [officer, desk]) one.close();
});

test("wrong figures are replaced, said by whom until she has read it, also in the next tab, and not passed on", async () => {
  await using served = await serveEmpty();
  const { officer, member } = await withNewcomer(served);
  const { session } = officer;
  const [books, index] = [await session.books(), await session.index()];
  const last = books.funds.rates.pop();
  const bytes = await makeRoomSnapshot({
    books,
    index,
    root: session.root,
    member: "M-01",
    signer: signerFromSeed(session.keyring.device.signingSeed.reveal()),
    genesis: (await session.genesis()) ?? new Uint8Array(),
    room: currentRoomKey(session.keyring, financeRoom) ?? never(),
    randomBytes: session.randomBytes,
  });
  const room = Buffer.from((currentRoomKey(session.keyring, financeRoom) ?? never()).room).toString("hex");
  expect(await officer.server.putRoomSnapshot(room, bytes)).toBe(true);
  officer.close();
  expect(last).toBeDefined();

  const local: LocalStore = memoryLocalStore();
  const { desk, events } = served.newDesk(commands, local);
  await ask(desk, "sign-in", { member, key: hers });
  await expect.poll(() => takenOf(events).at(-1)?.state, { timeout: 20_000 }).toBe("differs");
  expect((await desk.session.books()).funds.rates).toHaveLength(800);
  const maker = async () =>
    Buffer.from((await desk.server.roomSnapshot(room, 0, 100)) ?? []).includes(`"member":"${member}"`);
  await expect.poll(maker).toBe(true);
  const input = { number: 900 };
  const { digest } = expectOk<Preview, Refusal>(
    await ask(desk, "command.preview", { name: "rate.add", input }),
  );
  const id = await ask(desk, "command.record", { name: "rate.add", title: "a rate", input, digest });
  expect((await ask(desk, "outbox.settled", { id })).state).toBe("waiting");
  desk.close();

  const { desk: next, events: told } = served.newDesk(commands, local);
  await ask(next, "sign-in", { member, key: hers });
  await expect.poll(() => takenOf(told).at(-1)).toMatchObject({ state: "differs", member: "M-01" });
  expect((await ask(next, "outbox.settled", { id })).state).toBe("waiting");
  await ask(next, "desk.difference-read", {});
  expect((await ask(next, "outbox.settled", { id })).state).toBe("recorded");
  expect(takenOf(told).at(-1)).toBeUndefined();
  next.close();

  // What the wrong one was replaced by serves whoever comes next.
  const { desk: again, events: heard } = served.newDesk(commands);
  await ask(again, "sign-in", { member, key: hers });
  expect((await again.session.books()).funds.rates.length).toBeGreaterThanOrEqual(800);
  again.close();
  const { desk: late, events: seen } = served.newDesk(commands, local);
  await ask(late, "sign-in", { member, key: hers });
  await late.session.books();
  for (const list of [heard, seen])
    expect(takenOf(list).filter((taken) => taken?.state === "differs")).toEqual([]);
  late.close();
});

test("a closed tab ends the check, and a signed-out desk says nothing more", async () => {
  await using served = await serveEmpty();
  const { officer, member } = await withNewcomer(served);
  await officer.opened.newcomer.offer();
  holdBack(served);
  const { desk, events } = served.newDesk();
  await ask(desk, "sign-in", { member, key: hers });
  await desk.session.books();
  await expect.poll(() => takenOf(events).length).toBeGreaterThan(0);
  await ask(desk, "sign-out", { everything: false });
  const count = events.length;
  expect(takenOf(events).at(-1)).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(events.length).toBe(count);
  officer.close();
});

function never(): never {
  throw new Error("the test is wrong");
}
