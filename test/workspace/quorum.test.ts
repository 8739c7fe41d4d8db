// The only officer has lost passphrase and device. Her trustees bring her back over a real server, and nobody else can.
import { expect, test } from "vitest";
import { decideRates } from "#domain/funds/decide-registers.ts";
import { toBase64Url } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { recoverySignInMessage } from "#record/recovery-sign-in.ts";
import { expectOk } from "#record/result.ts";
import { keysStream } from "#session/issuing.ts";
import { decideEnrolling, newDeviceOf, recordKeyChange } from "#session/keys/members.ts";
import { readPeople } from "#session/keys/people.ts";
import { newMemberKeys } from "#vault/keys/member.ts";
import { anyCall, type CallAnswer, type CallInput, type CallName } from "#workspace/desk/calls.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { passphrase, serveEmpty, type ServedFoundation } from "./served-desk.ts";

const ask = <N extends CallName>(desk: Desk, name: N, input: CallInput<N>): Promise<CallAnswer<N>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer
  anyCall[name]?.(desk, input) as Promise<CallAnswer<N>>;

const key = (text: string) => ({ kind: "passphrase", passphrase: text }) as const;
/** Nobody's keys end besides hers. */
const none = { members: [], seen: 0 };
const again = "entirely new words tonight";

async function founded(served: ServedFoundation): Promise<{ officer: Desk; shares: readonly string[] }> {
  const { desk } = served.newDesk();
  const { shares } = await ask(desk, "foundation.prepare", {
    name: "Invented Foundation",
    languages: ["kk", "ru", "en"],
    currency: "KZT",
    officerName: "Айгүл Мысалова",
    lock: key(passphrase),
    recovery: { threshold: 3, trustees: ["Дана", "Пётр", "Zhanar", "Мұрат"] },
  });
  expectOk(await ask(desk, "foundation.start", { rehearsed: false }));
  return { officer: desk, shares: shares.map(({ text }) => text) };
}

test("three trustees bring the lost officer back: new keys, the old ones revoked, a new key of the room", async () => {
  await using served = await serveEmpty();
  const { officer: lost, shares } = await founded(served);
  const { desk } = served.newDesk();
  const three = [shares[3], shares[0], shares[1]].map(String);

  expect(await ask(desk, "quorum.check", { shares: three.slice(0, 1) })).toMatchObject({
    value: { numbers: [4], total: 4, needed: 3 },
  });
  const { people, seen } = expectOk(await ask(desk, "quorum.open", { shares: three }));
  const { kid } = lost.session;
  const keys = [{ kid, at: expect.any(Number) as number, addedBy: null }];
  expect(people).toEqual([{ id: "M-01", name: "Айгүл Мысалова", isOfficer: true, isCurrent: true, keys }]);
  expect(seen).toBe(2);
  // Looking left nothing behind: nobody is signed in.
  await expect(desk.server.json("GET", "/api/me")).rejects.toMatchObject({ code: "not-signed-in" });

  expectOk(
    await ask(desk, "quorum.return", { shares: three, member: "M-01", ending: none, lock: key(again) }),
  );
  expect(desk.session.member).toBe("M-01");
  const list = await ask(desk, "members.list", {});
  expect(list.isOfficer).toBe(true);
  expect(list.members[0]).toMatchObject({ name: "Айгүл Мысалова", rooms: ["finance"] });
  expect(list.members[0]?.devices.map(({ revoked, isThis }) => [revoked !== undefined, isThis])).toEqual([
    [true, false],
    [false, true],
  ]);
  expect(list.rooms[0]?.epoch).toBe(1);
  expect(list.events.map(({ event }) => event.kind)).toEqual(["epoch", "appointed", "epoch", "begun"]);

  // The old passphrase opens nothing, the old device signs nothing, the new passphrase works anywhere.
  const another = served.newDesk().desk;
  await expect(ask(another, "sign-in", { member: "M-01", key: key(passphrase) })).rejects.toThrow();
  await expect(lost.server.json("GET", "/api/me")).rejects.toMatchObject({ code: "not-signed-in" });
  await ask(another, "sign-in", { member: "M-01", key: key(again) });
  // She is an officer in every way: she makes a room.
  const preview = expectOk(
    await ask(another, "members.preview-room", { name: "editorial", readers: ["M-01"] }),
  );
  expectOk(await ask(another, "members.perform", { digest: preview.digest }));
  for (const one of [lost, desk, another]) one.close();
});

/** Somebody with the officer's device puts an officer of his own on the record, and then revokes her. */
async function takeOver({ session }: Desk): Promise<void> {
  const revoking = () =>
    session.append([
      { type: "key.revoke", stream: keysStream, pub: { kid: session.kid, from: session.size } },
    ]);
  await expect(revoking()).rejects.toMatchObject({ code: "last-officer" });
  const device = newDeviceOf(await newMemberKeys(session.randomBytes), (await session.genesis()) ?? nothing);
  const thief = {
    member: "M-09",
    name: "M-09",
    roles: ["officer"],
    rooms: ["finance"],
    device,
    replaces: false,
  };
  const change = await decideEnrolling(session, await readPeople(session), thief);
  await recordKeyChange(session, expectOk(change));
  // It is taken, and is the last thing that this device can do.
  await expect(revoking()).rejects.toMatchObject({ code: "not-signed-in" });
}

const nothing = new Uint8Array();

test("an officer whom a thief removed with her own device comes back by the trustees", async () => {
  await using served = await serveEmpty();
  const { officer, shares } = await founded(served);
  await takeOver(officer);
  const { desk } = served.newDesk();
  const three = shares.slice(0, 3);
  const { people, seen } = expectOk(await ask(desk, "quorum.open", { shares: three }));
  expect(people).toMatchObject([
    { id: "M-01", name: "Айгүл Мысалова", isOfficer: false, isCurrent: false, keys: [] },
    { id: "M-09", name: "M-09", isOfficer: true, isCurrent: true, keys: [{ addedBy: "M-01" }] },
  ]);
  const ending = { members: ["M-09"], seen };
  expectOk(await ask(desk, "quorum.return", { shares: three, member: "M-01", ending, lock: key(again) }));
  const list = await ask(desk, "members.list", {});
  expect(list.members.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
    ["M-01", true],
    ["M-09", false],
  ]);
  expect(list.events.find(({ event }) => event.kind === "appointed")?.event).toMatchObject({
    member: "M-01",
    ended: ["M-09"],
  });
  for (const one of [officer, desk]) one.close();
});

test("while colleagues record, she comes back all the same; only where they never stop is she told to wait", async () => {
  await using served = await serveEmpty();
  const { officer, shares } = await founded(served);
  let clashes = 0;
  let isRecording = false;
  const clashing = (max: number): void => {
    clashes = 0;
    served.meddle = async (path, response) => {
      if (isRecording || clashes >= max || !path.endsWith("/hybrid.age")) return response;
      isRecording = true;
      clashes++;
      await officer.session.refresh();
      await officer.session.append([{ type: "note", stream: keysStream, pub: {} }]);
      isRecording = false;
      return response;
    };
  };
  const { desk } = served.newDesk();
  const input = { shares: shares.slice(0, 3), member: "M-01", ending: none, lock: key(again) };
  clashing(1_000);
  await expect(ask(desk, "quorum.return", input)).rejects.toMatchObject({ code: "record-busy" });
  expect(clashes).toBe(20);
  clashing(2);
  expectOk(await ask(desk, "quorum.return", input));
  expect(desk.session.member).toBe("M-01");
  for (const one of [officer, desk]) one.close();
});

test("books that a stolen device left for the room are not what trustees look at, however long the log", async () => {
  await using served = await serveEmpty();
  const { officer, shares } = await founded(served);
  const lines = Array.from({ length: 300 }, (_, i) => {
    const date = new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10);
    return { line: i + 2, values: { date, from: "EUR", to: "KZT", rate: "500.00", source: "invented" } };
  });
  const { funds } = await officer.session.books();
  await officer.session.append(expectOk(decideRates(funds, lines)).drafts);
  expect(await officer.session.offerToRoom({ isForced: true })).toBe(true);
  const { desk } = served.newDesk();
  const three = shares.slice(0, 3);
  expect(expectOk(await ask(desk, "quorum.open", { shares: three })).seen).toBe(officer.session.size);
  expectOk(
    await ask(desk, "quorum.return", { shares: three, member: "M-01", ending: none, lock: key(again) }),
  );
  expect(desk.session.member).toBe("M-01");
  for (const one of [officer, desk]) one.close();
});

test("without a connection the page says what is kept: the shares, while it is open", async () => {
  await using served = await serveEmpty();
  const { officer, shares } = await founded(served);
  const { desk } = served.newDesk();
  served.online = false;
  const failing = ask(desk, "quorum.check", { shares: shares.slice(0, 1) });
  await expect(failing).rejects.toMatchObject({ code: "quorum-offline" });
  for (const one of [officer, desk]) one.close();
});

test("a refused sign-in says why and what to do, in English too", async () => {
  await using served = await serveEmpty();
  const { officer, shares } = await founded(served);
  const { desk } = served.newDesk();
  served.meddle = async (path, response) => {
    if (path !== "/api/recovery/start") return response;
    const body = (await response.json()) as Record<string, string>;
    return Response.json({ ...body, challenge: toBase64Url(new Uint8Array(32)) });
  };
  const failing = ask(desk, "quorum.open", { shares: shares.slice(0, 3) });
  await expect(failing).rejects.toMatchObject({
    code: "recovery-refused",
    message: expect.stringMatching(/start again on this page/u) as string,
  });
  for (const one of [officer, desk]) one.close();
});

test("the same trustees can do it once more, and then the keys of the first time are revoked", async () => {
  await using served = await serveEmpty();
  const { officer, shares } = await founded(served);
  for (const words of [again, "other words for tonight"]) {
    const { desk } = served.newDesk();
    const input = { shares: shares.slice(0, 3), member: "M-01", ending: none, lock: key(words) };
    expectOk(await ask(desk, "quorum.return", input));
    desk.close();
  }
  const { desk } = served.newDesk();
  await ask(desk, "sign-in", { member: "M-01", key: key("other words for tonight") });
  const list = await ask(desk, "members.list", {});
  expect(list.members[0]?.devices.map(({ revoked }) => revoked !== undefined)).toEqual([true, true, false]);
  for (const one of [officer, desk]) one.close();
});

test("a mistyped, a repeated, a foreign share and too few are each said, and a weak passphrase changes nothing", async () => {
  await using served = await serveEmpty();
  await using elsewhere = await serveEmpty();
  const { officer, shares } = await founded(served);
  const { officer: stranger, shares: foreign } = await founded(elsewhere);
  const { desk } = served.newDesk();
  const [one = "", two = "", three = ""] = shares;
  const slip = `${one.slice(0, -1)}${one.endsWith("0") ? "4" : "0"}`;
  const codes = async (typed: readonly string[]) => {
    const answer = await ask(desk, "quorum.check", { shares: typed });
    return answer.ok ? "taken" : `${answer.refusal.code} ${answer.refusal.share ?? ""}`;
  };
  expect(await codes([one, two])).toBe("taken");
  expect(await codes([two, slip])).toBe("share-misread 2");
  expect(await codes([one, ` ${one.toLowerCase()} `])).toBe("share-repeated 2");
  expect(await codes([foreign[0] ?? ""])).toBe("share-of-another-set 1");
  expect(await codes(["what is this"])).toBe("share-malformed 1");
  expect(await ask(desk, "quorum.open", { shares: [one, two] })).toMatchObject({
    refusal: { code: "shares-too-few" },
  });
  const size = served.server.services.host.size;
  const weak = { shares: [one, two, three], member: "M-01", ending: none, lock: key("short") };
  await expect(ask(desk, "quorum.return", weak)).rejects.toMatchObject({ code: "passphrase-too-short" });
  expect(served.server.services.host.size).toBe(size);
  for (const each of [officer, stranger, desk]) each.close();
});

test("without two root keys of this record the server lets nobody in", async () => {
  await using served = await serveEmpty();
  const { officer } = await founded(served);
  const { desk } = served.newDesk();
  const strangers = [1, 2].map((seed) => signerFromSeed(new Uint8Array(32).fill(seed)));
  const { challenge } = await desk.server.json<{ challenge: string }>("POST", "/api/recovery/start", {});
  const message = recoverySignInMessage(desk.server.origin, "M-01", challenge);
  const roots = strangers.map((signer) => ({
    x: toBase64Url(signer.publicKey),
    signature: toBase64Url(signer.sign(message)),
  }));
  const body = { member: "M-01", challenge, roots };
  await expect(desk.server.json("POST", "/api/recovery/sign-in", body)).rejects.toMatchObject({
    code: "recovery-refused",
  });
  // A member who is signed in as usual cannot exchange her locks this way either.
  const enrolment = { member: "M-01", locks: [], keyring: "AA" };
  await expect(officer.server.json("PUT", "/api/recovery/enrolment", { enrolment })).rejects.toThrow();
  officer.close();
});

test("a server that shows another foundation, or no kit, or a changed one, gets nowhere", async () => {
  await using served = await serveEmpty();
  await using elsewhere = await serveEmpty();
  const { officer, shares } = await founded(served);
  const { officer: stranger } = await founded(elsewhere);
  const three = { shares: shares.slice(0, 3) };
  const meddleWith = (change: (body: Record<string, string | null>) => object) => {
    served.meddle = async (path, response) =>
      path === "/api/recovery/start"
        ? Response.json(change((await response.json()) as Record<string, string | null>))
        : response;
  };
  meddleWith((body) => ({ ...body, kit: null }));
  await expect(ask(served.newDesk().desk, "quorum.open", three)).rejects.toMatchObject({
    code: "recovery-kit-missing",
  });
  meddleWith((body) => ({ ...body, kit: `${body["kit"]?.slice(0, -4)}AAAA` }));
  expect(await ask(served.newDesk().desk, "quorum.open", three)).toMatchObject({
    refusal: { code: "recovery-kit-damaged" },
  });
  const other = await stranger.server.json<{ genesis: string }>("POST", "/api/recovery/start", {});
  meddleWith((body) => ({ ...body, genesis: other.genesis }));
  expect(await ask(served.newDesk().desk, "quorum.open", three)).toMatchObject({
    refusal: { code: "share-of-another-set" },
  });
  for (const each of [officer, stranger]) each.close();
});

test("that nobody has tried the sheets is said after every sign-in, and on no device once somebody has", async () => {
  await using served = await serveEmpty();
  const { officer, shares } = await founded(served);
  const isDue = async (desk: Desk): Promise<boolean> => {
    const { needs } = await ask(desk, "overview.page", {});
    return needs.some(({ kind }) => kind === "recovery");
  };
  const signedIn = async (): Promise<Desk> => {
    const { desk } = served.newDesk();
    await ask(desk, "sign-in", { member: "M-01", key: key(passphrase) });
    return desk;
  };
  expect(await isDue(officer)).toBe(true);
  const later = await signedIn();
  expect(await isDue(later)).toBe(true);
  expect(await ask(later, "recovery.rehearse", { shares: shares.slice(0, 2) })).toMatchObject({
    refusal: { code: "shares-too-few" },
  });
  expect(await isDue(later)).toBe(true);
  expectOk(await ask(later, "recovery.rehearse", { shares: shares.slice(1) }));
  expect(await isDue(later)).toBe(false);
  expect(await isDue(officer)).toBe(false);
  const another = await signedIn();
  expect(await isDue(another)).toBe(false);
  for (const one of [officer, later, another]) one.close();
});
