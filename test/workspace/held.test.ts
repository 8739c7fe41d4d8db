// What was confirmed can be taken back for a few seconds: nothing is sent meanwhile, nothing is lost with the tab, and of two
// tabs on one device only one sends it.
import { describe, expect, test } from "vitest";
import { expectOk, type Refusal } from "#record/result.ts";
import { anyCall } from "#workspace/desk/calls.ts";
import type { Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { memoryLocalStore, type LocalStore } from "#workspace/desk/local-store.ts";
import { foundAt, passphrase, serveEmpty, type ServedFoundation } from "./served-desk.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- each call answers with its own type
const ask = (desk: Desk, name: string, input: unknown = {}): Promise<any> =>
  anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));

const long = 60_000;

async function officerAt(served: ServedFoundation, local: LocalStore): Promise<Desk> {
  const { desk } = served.newDesk({}, local);
  await foundAt(desk, { rehearsed: false });
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

/** The server takes the next entries in; the answer is lost, and the connection with it. */
function loseConnectionAfterNextEntry(served: ServedFoundation): void {
  served.meddle = (path, response) => {
    const isAppend =
      path === "/api/entries" && response.headers.get("content-type")?.includes("json") === true;
    if (!isAppend) return response;
    served.online = false;
    throw new TypeError("the connection was reset");
  };
}

function reconnect(served: ServedFoundation): void {
  served.meddle = (_, response) => response;
  served.online = true;
}

const statesOf = async (desk: Desk): Promise<string[]> =>
  (await ask(desk, "outbox.items")).map(({ state }: { state: string }) => state);

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
  expect(await ask(desk, "outbox.remove", { id: third })).toBe("taken-back");
  desk.close();
});

test("taken back, whoever waits for it hears so, and nothing is recorded", async () => {
  await using served = await serveEmpty();
  const desk = await officerAt(served, memoryLocalStore());
  const id = await confirmRate(desk, "2025-03-01", long);
  const settled = ask(desk, "outbox.settled", { id });
  expect(await ask(desk, "outbox.remove", { id })).toBe("taken-back");
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
  await expect.poll(() => local.waiting()).toEqual([]);
  expect(await ratesOf(next)).toEqual(["2025-03-01"]);
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
  expect(await ask(one, "outbox.remove", { id })).toBe("too-late");
  // Numbers of the two are never the same, so that neither overwrites what the other keeps.
  const mine = await confirmRate(one, "2025-03-02", long);
  const hers = await confirmRate(two, "2025-03-03", long);
  expect(mine).not.toBe(hers);
  expect((await local.waiting()).map(([kept]) => kept)).toEqual([mine, hers]);
  one.close();
  two.close();
});

describe("sent, with the answer lost on the way back, nobody is told that nothing was recorded", () => {
  test("without a connection it is not known, stays, and turns out to be on the record", async () => {
    await using served = await serveEmpty();
    const local = memoryLocalStore();
    const desk = await officerAt(served, local);
    loseConnectionAfterNextEntry(served);
    const id = await confirmRate(desk, "2025-03-01", 50);
    expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "waiting" });
    expect(await ask(desk, "outbox.remove", { id })).toBe("not-known");
    // Tried again meanwhile, in vain.
    await expect.poll(() => statesOf(desk)).toEqual(["waiting"]);
    reconnect(served);
    await desk.catchUp();
    expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "recorded" });
    expect(await ratesOf(desk)).toEqual(["2025-03-01"]);
    expect(await local.waiting()).toEqual([]);
    desk.close();
  });

  test("with a connection again it is looked up: too late", async () => {
    await using served = await serveEmpty();
    const local = memoryLocalStore();
    const desk = await officerAt(served, local);
    loseConnectionAfterNextEntry(served);
    const id = await confirmRate(desk, "2025-03-01", 50);
    await ask(desk, "outbox.settled", { id });
    reconnect(served);
    expect(await ask(desk, "outbox.remove", { id })).toBe("too-late");
    expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "recorded" });
    expect(await ratesOf(desk)).toEqual(["2025-03-01"]);
    expect(await local.waiting()).toEqual([]);
    desk.close();
  });

  test("one that never reached the server is taken back, though it was signed", async () => {
    await using served = await serveEmpty();
    const desk = await officerAt(served, memoryLocalStore());
    const before = desk.session.size;
    await confirmRate(desk, "2025-03-01", long);
    const [[id = 0] = []] = await desk.opened.local.waiting();
    served.notReached = "/api/entries";
    await ask(desk, "outbox.send-now", { id });
    expect(await statesOf(desk)).toEqual(["waiting"]);
    served.notReached = undefined;
    expect(await ask(desk, "outbox.remove", { id })).toBe("taken-back");
    await desk.catchUp();
    expect(desk.session.size).toBe(before);
    desk.close();
  });
});

describe("what one tab took back,", () => {
  /** Two tabs in whose lists the same decision waits: neither gets through to the server with it. */
  async function twoTabs(served: ServedFoundation, local: LocalStore): Promise<[Desk, Desk, number]> {
    const one = await officerAt(served, local);
    served.notReached = "/api/entries";
    const id = await confirmRate(one, "2025-03-01", 0);
    await ask(one, "outbox.settled", { id });
    const two = await tabOf(served, local);
    await ask(two, "outbox.settled", { id });
    expect(await statesOf(two)).toEqual(["waiting"]);
    served.notReached = undefined;
    return [one, two, id];
  }

  test("the other neither sends nor calls recorded", async () => {
    await using served = await serveEmpty();
    const [one, two, id] = await twoTabs(served, memoryLocalStore());
    expect(await ask(one, "outbox.remove", { id })).toBe("taken-back");
    await two.catchUp();
    expect(await ask(two, "outbox.settled", { id })).toEqual({ state: "removed" });
    expect(await ask(two, "outbox.remove", { id })).toBe("taken-back");
    expect(await ratesOf(two)).toEqual([]);
    one.close();
    two.close();
  });

  test("the other can take back as well, and hears the same", async () => {
    await using served = await serveEmpty();
    const [one, two, id] = await twoTabs(served, memoryLocalStore());
    await ask(one, "outbox.remove", { id });
    expect(await ask(two, "outbox.remove", { id })).toBe("taken-back");
    one.close();
    two.close();
  });

  test("the other does not call recorded either when the device has forgotten all", async () => {
    await using served = await serveEmpty();
    const local = memoryLocalStore();
    const [one, two, id] = await twoTabs(served, local);
    await ask(one, "outbox.remove", { id });
    await local.clear();
    expect(await ask(two, "outbox.settled", { id })).toEqual({ state: "removed" });
    one.close();
    two.close();
  });

  test("gives its number to nothing new, so that no tab takes one decision for another", async () => {
    await using served = await serveEmpty();
    const [one, two, id] = await twoTabs(served, memoryLocalStore());
    await ask(one, "outbox.remove", { id });
    one.close();
    const next = await tabOf(served, two.opened.local);
    expect(await confirmRate(next, "2025-03-02", long)).toBeGreaterThan(id);
    two.close();
    next.close();
  });
});

test("what another tab sent and dropped is on the record for this one too, with nothing signed here", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const one = await officerAt(served, local);
  const id = await confirmRate(one, "2025-03-01", 400);
  const two = await tabOf(served, local);
  await expect.poll(() => ratesOf(two)).toEqual(["2025-03-01"]);
  expect(await ask(one, "outbox.settled", { id })).toMatchObject({ state: "recorded" });
  one.close();
  two.close();
});

test("what ended is marked on the device, and old marks go", async () => {
  const local = memoryLocalStore();
  await local.addWaiting(1, { sealed: new Uint8Array(80) });
  await local.endWaiting(1, "recorded");
  expect(await local.waiting()).toEqual([]);
  expect(await local.waitingOne(1)).toBe("recorded");
  const still = await local.addWaiting(1, { sealed: new Uint8Array(80) });
  expect(still).toBe(2);
  const later = await local.addWaiting(1000, { sealed: new Uint8Array(80) });
  await local.endWaiting(later, "taken-back");
  expect(await local.waitingOne(1)).toBeUndefined();
  expect(await local.waitingOne(still)).toEqual({ sealed: new Uint8Array(80) });
  expect(await local.waitingOne(later)).toBe("taken-back");
});

test("taking back the first sends none of the others early, and they keep their order and their time", async () => {
  await using served = await serveEmpty();
  const desk = await officerAt(served, memoryLocalStore());
  const before = desk.session.size;
  const first = await confirmRate(desk, "2025-03-01", long);
  await confirmRate(desk, "2025-03-02", long);
  const third = await confirmRate(desk, "2025-03-03", long);
  const times = (await ask(desk, "outbox.items")).slice(1);
  expect(await ask(desk, "outbox.remove", { id: first })).toBe("taken-back");
  expect(await ask(desk, "outbox.items")).toEqual(times);
  await desk.catchUp();
  expect(desk.session.size).toBe(before);
  await ask(desk, "outbox.send-now", { id: third });
  expect(await ratesOf(desk)).toEqual(["2025-03-02", "2025-03-03"]);
  desk.close();
});

test("whoever leaves the page has decided: all that is held is sent, in order", async () => {
  await using served = await serveEmpty();
  const desk = await officerAt(served, memoryLocalStore());
  await confirmRate(desk, "2025-03-01", long);
  await confirmRate(desk, "2025-03-02", long);
  await ask(desk, "outbox.send-held");
  expect(await ratesOf(desk)).toEqual(["2025-03-01", "2025-03-02"]);
  desk.close();
  // Nobody is signed in any more: nothing to send, and nothing to complain of.
  await ask(desk, "outbox.send-held");
});
