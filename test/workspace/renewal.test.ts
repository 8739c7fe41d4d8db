// An officer replaces the trustees' sheets over a real server: what she printed counts only once it is recorded, then nothing
// else does, and whoever comes back by the new sheets comes back to everything.
import { expect, test } from "vitest";
import { expectOk } from "#record/result.ts";
import { anyCall, type CallAnswer, type CallInput, type CallName } from "#workspace/desk/calls.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { passphrase, serveEmpty, type ServedFoundation } from "./served-desk.ts";

const ask = <N extends CallName>(desk: Desk, name: N, input: CallInput<N>): Promise<CallAnswer<N>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer
  anyCall[name]?.(desk, input) as Promise<CallAnswer<N>>;

const key = (text: string) => ({ kind: "passphrase", passphrase: text }) as const;
const again = "entirely new words tonight";
const none = { members: [], seen: 0 };
const trustees = ["Дана", "Пётр", "Zhanar"];

async function founded(served: ServedFoundation): Promise<{ officer: Desk; shares: readonly string[] }> {
  const { desk } = served.newDesk();
  const { shares } = await ask(desk, "foundation.prepare", {
    name: "Invented Foundation",
    languages: ["kk", "ru", "en"],
    currency: "KZT",
    officerName: "Айгүл Мысалова",
    lock: key(passphrase),
    recovery: { threshold: 2, trustees },
  });
  expectOk(await ask(desk, "foundation.start", { rehearsed: true }));
  return { officer: desk, shares: shares.map(({ text }) => text) };
}

test("where the answer is lost, asking once more says that the new sheets are in force", async () => {
  await using served = await serveEmpty();
  const { officer, shares: old } = await founded(served);
  const made = expectOk(
    await ask(officer, "recovery.renew", { shares: old.slice(1), threshold: 2, trustees }),
  );
  const { digest } = made.preview;
  // The server takes the entries in; its answer never arrives.
  served.meddle = (path, response) => {
    if (path !== "/api/entries" || response.headers.get("content-type")?.includes("json") !== true)
      return response;
    served.meddle = (_, unchanged) => unchanged;
    throw new TypeError("the connection was reset");
  };
  await expect(ask(officer, "members.perform", { digest })).rejects.toMatchObject({ code: "offline" });
  expectOk(await ask(officer, "members.perform", { digest }));
  const fresh = made.shares.map(({ text }) => text);
  expectOk(await ask(officer, "recovery.rehearse", { shares: fresh.slice(1) }));
  const kinds = (await ask(officer, "members.list", {})).events.map(({ event }) => event.kind);
  expect(kinds.filter((kind) => kind === "rotated")).toHaveLength(1);
  officer.close();
});

test("new sheets count when they are recorded and not before; then the old ones do not", async () => {
  await using served = await serveEmpty();
  const { officer, shares: old } = await founded(served);
  const made = expectOk(
    await ask(officer, "recovery.renew", { shares: old.slice(1), threshold: 2, trustees }),
  );
  const fresh = made.shares.map(({ text }) => text);
  expect(made.shares.map(({ trustee }) => trustee)).toEqual(trustees);
  expect(made.preview.entries.map(({ type }) => type)).toEqual(["key.rotate", "room.epoch"]);
  expect(await ask(officer, "recovery.rehearse", { shares: fresh.slice(1) })).toMatchObject({
    refusal: { code: "share-of-another-set" },
  });
  expectOk(await ask(officer, "recovery.rehearse", { shares: old.slice(1) }));

  expectOk(await ask(officer, "members.perform", { digest: made.preview.digest }));
  expect((await ask(officer, "members.list", {})).events.map(({ event }) => event.kind).slice(0, 2)).toEqual([
    "epoch",
    "rotated",
  ]);
  // Nobody has tried these yet, whoever tried the old ones.
  expect(await ask(officer, "recovery.last-rehearsed", {})).toBeNull();
  expect(await ask(officer, "recovery.rehearse", { shares: old.slice(1) })).toMatchObject({
    refusal: { code: "share-of-another-set" },
  });
  expectOk(await ask(officer, "recovery.rehearse", { shares: fresh.slice(1) }));
  expect(await ask(officer, "recovery.last-rehearsed", {})).not.toBeNull();

  const { desk } = served.newDesk();
  expect(await ask(desk, "quorum.check", { shares: old.slice(0, 1) })).toMatchObject({
    refusal: { code: "share-of-another-set" },
  });
  const returning = { shares: fresh.slice(0, 2), member: "M-01", ending: none, lock: key(again) };
  expectOk(await ask(desk, "quorum.return", returning));
  expect((await ask(desk, "members.list", {})).members[0]).toMatchObject({ name: "Айгүл Мысалова" });
  for (const one of [officer, desk]) one.close();
});

test("a server that goes on showing the old kit and no rotation makes no old sheet good again", async () => {
  await using served = await serveEmpty();
  const { officer, shares: old } = await founded(served);
  const before = await officer.server.json<Record<string, unknown>>("POST", "/api/recovery/start", {});
  const made = expectOk(
    await ask(officer, "recovery.renew", { shares: old.slice(1), threshold: 2, trustees }),
  );
  expectOk(await ask(officer, "members.perform", { digest: made.preview.digest }));
  served.meddle = async (path, response) => {
    if (path !== "/api/recovery/start") return response;
    const now = (await response.json()) as Record<string, unknown>;
    return Response.json({ ...before, challenge: now["challenge"] });
  };
  const { desk } = served.newDesk();
  // The server's own list of keys says the same as every reader's: the old root keys open no session.
  const opening = ask(desk, "quorum.open", { shares: old.slice(0, 2) });
  await expect(opening).rejects.toMatchObject({ code: "recovery-refused" });
  // Nor does an invented rotation put anybody's sheets in force.
  served.meddle = async (path, response) => {
    if (path !== "/api/recovery/start") return response;
    const now = (await response.json()) as { genesis: string };
    return Response.json({ ...now, rotations: [now.genesis] });
  };
  const misled = ask(served.newDesk().desk, "quorum.check", { shares: old.slice(0, 1) });
  await expect(misled).rejects.toMatchObject({ code: "record-damaged" });
  officer.close();
});

test("when members changed after the sheets were made, they are made anew; too few shares and odd numbers are refused", async () => {
  await using served = await serveEmpty();
  const { officer, shares } = await founded(served);
  const input = { shares: shares.slice(1), threshold: 2, trustees };
  expect(await ask(officer, "recovery.renew", { ...input, shares: shares.slice(2) })).toMatchObject({
    refusal: { code: "shares-too-few" },
  });
  const odd = ask(officer, "recovery.renew", { ...input, threshold: 4 });
  await expect(odd).rejects.toMatchObject({ code: "quorum-impossible" });
  const made = expectOk(await ask(officer, "recovery.renew", input));
  const other = served.newDesk().desk;
  await ask(other, "sign-in", { member: "M-01", key: key(passphrase) });
  const room = expectOk(await ask(other, "members.preview-room", { name: "editorial", readers: ["M-01"] }));
  expectOk(await ask(other, "members.perform", { digest: room.digest }));
  expect(await ask(officer, "members.perform", { digest: made.preview.digest })).toMatchObject({
    refusal: { code: "change-outdated" },
  });
  // Both rooms begin anew, hers to read as before.
  const anew = expectOk(await ask(officer, "recovery.renew", input));
  expect(anew.preview.entries.map(({ type }) => type)).toEqual(["key.rotate", "room.epoch", "room.epoch"]);
  for (const one of [officer, other]) one.close();
});
