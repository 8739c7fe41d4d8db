// What was confirmed can be taken back for a few seconds: nothing is sent meanwhile, nothing is lost with the tab, and of two
// tabs on one device only one sends it.
import { expect, test } from "vitest";
import { expectOk, type Refusal } from "#record/result.ts";
import { anyCall } from "#workspace/desk/calls.ts";
import type { Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { memoryLocalStore, type LocalStore } from "#workspace/desk/local-store.ts";
import { passphrase, serveEmpty, type ServedFoundation } from "./served-desk.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- each call answers with its own type
const ask = (desk: Desk, name: string, input: unknown = {}): Promise<any> =>
  anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));

const long = 60_000;

async function officerAt(served: ServedFoundation, local: LocalStore): Promise<Desk> {
  const { desk } = served.newDesk({}, local);
  await ask(desk, "foundation.prepare", {
    name: "Invented Foundation",
    languages: ["kk", "ru", "en"],
    currency: "KZT",
    officerName: "Айгүл Мысалова",
    lock: { kind: "passphrase", passphrase },
    recovery: { threshold: 2, trustees: ["Дана", "Пётр", "Zhanar"] },
  });
  expectOk(await ask(desk, "foundation.start", { rehearsed: false }));
  return desk;
}

/** Another tab on the same device. */
async function tabOf(served: ServedFoundation, local: LocalStore): Promise<Desk> {
  const { desk } = served.newDesk({}, local);
  await ask(desk, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });
  return desk;
}

async function confirmRate(desk: Desk, date: string, holdMs: number): Promise<number> {
  const name = "rate.add";
  const input = { date, from: "USD", to: "KZT", rate: "500.00", source: "invented" };
  const { digest } = expectOk<Preview, Refusal>(await ask(desk, "command.preview", { name, input }));
  return ask(desk, "command.record", { name, title: date, about: date, input, digest, holdMs });
}

const ratesOf = async (desk: Desk): Promise<string[]> =>
  (await desk.session.books()).funds.rates.map(({ date }) => date);

test("a decision that is held is sent when its time is over, not before", async () => {
  await using served = await serveEmpty();
  const desk = await officerAt(served, memoryLocalStore());
  const before = desk.session.size;
  const id = await confirmRate(desk, "2025-03-01", 400);
  const [item] = await ask(desk, "outbox.items");
  expect(item).toMatchObject({ about: "2025-03-01", state: "waiting" });
  expect(item.sendAt).toBeGreaterThan(Date.now());
  expect(desk.session.size).toBe(before);
  expect((await ask(desk, "outbox.settled", { id })).state).toBe("recorded");
  expect(await ratesOf(desk)).toEqual(["2025-03-01"]);
  desk.close();
});

test("sent now, it takes along what was confirmed before it and leaves what came after", async () => {
  await using served = await serveEmpty();
  const desk = await officerAt(served, memoryLocalStore());
  await confirmRate(desk, "2025-03-01", long);
  const second = await confirmRate(desk, "2025-03-02", long);
  const third = await confirmRate(desk, "2025-03-03", long);
  await ask(desk, "outbox.send-now", { id: second });
  expect(await ratesOf(desk)).toEqual(["2025-03-01", "2025-03-02"]);
  expect(await ask(desk, "outbox.remove", { id: third })).toBe(true);
  desk.close();
});

test("taken back, whoever waits for it hears so, and nothing is recorded", async () => {
  await using served = await serveEmpty();
  const desk = await officerAt(served, memoryLocalStore());
  const id = await confirmRate(desk, "2025-03-01", long);
  const settled = ask(desk, "outbox.settled", { id });
  expect(await ask(desk, "outbox.remove", { id })).toBe(true);
  expect(await settled).toEqual({ state: "removed" });
  expect(await ratesOf(desk)).toEqual([]);
  desk.close();
});

test("a tab closed while it is held loses nothing: the next one sends it at once", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  await confirmRate(desk, "2025-03-01", long);
  desk.close();
  const next = await tabOf(served, local);
  await expect.poll(() => ratesOf(next)).toEqual(["2025-03-01"]);
  expect(await local.waiting()).toEqual([]);
  next.close();
});

test("whoever signs out has decided: what is held is sent first", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  await confirmRate(desk, "2025-03-01", long);
  await ask(desk, "sign-out", { everything: false });
  expect(await local.waiting()).toEqual([]);
  const next = await tabOf(served, local);
  expect(await ratesOf(next)).toEqual(["2025-03-01"]);
  next.close();
});

test("of two tabs on one device one sends it, and the other does not say that it was taken back", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const one = await officerAt(served, local);
  const id = await confirmRate(one, "2025-03-01", long);
  const two = await tabOf(served, local);
  await expect.poll(() => ratesOf(two)).toEqual(["2025-03-01"]);
  expect(await ask(one, "outbox.remove", { id })).toBe(false);
  // Numbers of the two are never the same, so that neither overwrites what the other keeps.
  const mine = await confirmRate(one, "2025-03-02", long);
  const hers = await confirmRate(two, "2025-03-03", long);
  expect(mine).not.toBe(hers);
  expect((await local.waiting()).map(([kept]) => kept)).toEqual([mine, hers]);
  one.close();
  two.close();
});
