// Story 8 over a real server: a link, keys made by the invited, a number read aloud, and what each can do before and after.
import { expect, test } from "vitest";
import { expectOk, type Refusal } from "#record/result.ts";
import { anyCall, type CallAnswer, type CallInput, type CallName } from "#workspace/desk/calls.ts";
import type { Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { passphrase, serveEmpty, type ServedFoundation } from "./served-desk.ts";

const ask = <N extends CallName>(desk: Desk, name: N, input: CallInput<N>): Promise<CallAnswer<N>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer
  anyCall[name]?.(desk, input) as Promise<CallAnswer<N>>;

const hers = "another four words entirely";
const key = (text: string) => ({ kind: "passphrase", passphrase: text }) as const;

async function founded(served: ServedFoundation): Promise<Desk> {
  const { desk } = served.newDesk();
  await ask(desk, "foundation.prepare", {
    name: "Invented Foundation",
    languages: ["kk", "ru", "en"],
    currency: "KZT",
    officerName: "Айгүл Мысалова",
    lock: key(passphrase),
    recovery: { threshold: 2, trustees: ["Дана", "Пётр", "Zhanar"] },
  });
  expectOk(await ask(desk, "foundation.start", { rehearsed: true }));
  return desk;
}

const secretOf = (link: string): string => link.slice(link.indexOf("#") + 1);

async function invite(officer: Desk, more: { member?: string } = {}): Promise<string> {
  const input = { name: "Дана Үлгі", roles: ["finance"], rooms: ["finance"], ...more };
  return secretOf(expectOk(await ask(officer, "members.invite", input)).link);
}

async function finish(officer: Desk): Promise<void> {
  const [invitation] = await ask(officer, "members.invitations", {});
  const hash = invitation?.hash ?? "";
  const preview = expectOk<Preview, Refusal>(await ask(officer, "members.preview-enrolling", { hash }));
  expectOk(await ask(officer, "members.enrol", { hash, digest: preview.digest }));
}

/** Invites, accepts and finishes; answers with her desk. */
async function join(served: ServedFoundation, officer: Desk, more: { member?: string } = {}): Promise<Desk> {
  const secret = await invite(officer, more);
  const { desk } = served.newDesk();
  const { member } = await ask(desk, "join.accept", { secret, lock: key(hers) });
  await finish(officer);
  await ask(desk, "sign-in", { member, key: key(hers) });
  return desk;
}

test("an invited colleague makes her own keys, both read the same number, and she reads the books", async () => {
  await using served = await serveEmpty();
  const officer = await founded(served);
  const secret = await invite(officer);
  const { desk } = served.newDesk();
  const shown = await ask(desk, "join.open", { secret });
  expect(shown).toMatchObject({ member: "M-02", name: "Дана Үлгі", foundation: "Invented Foundation" });
  const { member, safetyNumber } = await ask(desk, "join.accept", { secret, lock: key(hers) });
  // Before an officer has finished, her passphrase opens nothing.
  await expect(ask(desk, "sign-in", { member, key: key(hers) })).rejects.toThrow();
  const [invitation] = await ask(officer, "members.invitations", {});
  expect(invitation?.accepted?.safetyNumber).toBe(safetyNumber);
  const hash = invitation?.hash ?? "";
  const preview = expectOk<Preview, Refusal>(await ask(officer, "members.preview-enrolling", { hash }));
  expect(preview.entries.map(({ type }) => type)).toEqual(["key.add", "room.epoch"]);
  expect(await ask(officer, "members.enrol", { hash, digest: "another" })).toMatchObject({
    refusal: { code: "change-outdated" },
  });
  expectOk(await ask(officer, "members.enrol", { hash, digest: preview.digest }));
  await ask(desk, "sign-in", { member, key: key(hers) });
  expect((await desk.session.books()).funds.name).toBe("Invented Foundation");
  const list = await ask(desk, "members.list", {});
  expect(list.members.map(({ id, name }) => [id, name])).toEqual([
    ["M-01", "Айгүл Мысалова"],
    ["M-02", "Дана Үлгі"],
  ]);
  expect(list.isOfficer).toBe(false);
  expect(list.rooms[0]?.readers["M-02"]?.by).toBe("M-01");
  expect(await ask(officer, "members.invitations", {})).toEqual([]);
  // Her keyring was kept: the next sign-in needs nothing from the officer.
  const again = served.newDesk().desk;
  await ask(again, "sign-in", { member, key: key(hers) });
  expect(again.session.keyring.rooms["finance"]).toBeDefined();
  for (const one of [officer, desk, again]) one.close();
});

test("a removed member is signed out and her passphrase opens nothing; the others work on under the new key", async () => {
  await using served = await serveEmpty();
  const officer = await founded(served);
  const dana = await join(served, officer);
  const pyotr = await join(served, officer);
  const input = { member: dana.session.member, reason: "left" };
  const preview = expectOk<Preview, Refusal>(await ask(officer, "members.preview-removal", input));
  expectOk(await ask(officer, "members.perform", { digest: preview.digest }));
  await expect(
    ask(served.newDesk().desk, "sign-in", { member: input.member, key: key(hers) }),
  ).rejects.toThrow();
  await pyotr.catchUp();
  const epochs = (desk: Desk) => Object.keys(desk.session.keyring.rooms["finance"]?.epochs ?? {}).length;
  expect(epochs(pyotr)).toBe(epochs(officer));
  expect(epochs(dana)).toBeLessThan(epochs(officer));
  for (const one of [officer, dana, pyotr]) one.close();
});

test("who lost her passphrase gets new keys under the same number, and keeps what she could read", async () => {
  await using served = await serveEmpty();
  const officer = await founded(served);
  const first = await join(served, officer);
  const again = await join(served, officer, { member: "M-02" });
  expect(again.session.member).toBe("M-02");
  expect((await again.session.books()).funds.name).toBe("Invented Foundation");
  const member = (await ask(officer, "members.list", {})).members.find(({ id }) => id === "M-02");
  expect(member?.devices.map(({ revoked }) => revoked !== undefined)).toEqual([true, false]);
  for (const one of [officer, first, again]) one.close();
});

test("a link with a wrong end, a withdrawn one, and one that was used open nothing", async () => {
  await using served = await serveEmpty();
  const officer = await founded(served);
  const secret = await invite(officer);
  const { desk } = served.newDesk();
  const wrong = `${secret.slice(0, -2)}${secret.endsWith("AA") ? "BB" : "AA"}`;
  await expect(ask(desk, "join.open", { secret: wrong })).rejects.toThrow();
  await expect(ask(desk, "join.open", { secret: "short" })).rejects.toMatchObject({
    code: "invitation-unreadable",
  });
  await ask(desk, "join.accept", { secret, lock: key(hers) });
  await expect(ask(desk, "join.accept", { secret, lock: key(hers) })).rejects.toMatchObject({
    code: "invitation-accepted",
  });
  const [invitation] = await ask(officer, "members.invitations", {});
  await ask(officer, "members.withdraw", { hash: invitation?.hash ?? "" });
  await expect(ask(desk, "join.open", { secret })).rejects.toThrow();
  officer.close();
});

test("a passphrase is changed only by who knows the old one, and the old one then opens nothing", async () => {
  await using served = await serveEmpty();
  const officer = await founded(served);
  const [lock] = await ask(officer, "locks.list", {});
  const change = (old: string) =>
    ask(officer, "locks.put", {
      key: key(old),
      lock: key(hers),
      ...(lock !== undefined && { instead: lock.id }),
    });
  await expect(change("not the right four words")).rejects.toMatchObject({ code: "wrong-passphrase" });
  await change(passphrase);
  const sign = (text: string) => ask(served.newDesk().desk, "sign-in", { member: "M-01", key: key(text) });
  await expect(sign(passphrase)).rejects.toThrow();
  await sign(hers);
  const [only] = await ask(officer, "locks.list", {});
  await expect(ask(officer, "locks.remove", { key: key(hers), id: only?.id ?? "" })).rejects.toMatchObject({
    code: "last-lock",
  });
  officer.close();
});
