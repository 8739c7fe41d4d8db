// A file that waits lies sealed in pieces on the device: it is sent from them, goes on after a cut where it was, can be taken
// back on its way, and leaves nothing behind.
import { expect, test } from "vitest";
import { correctionDraft } from "#domain/funds/decide-payments.ts";
import { toBase64Url } from "#record/bytes.ts";
import { expectOk, ok, type Refusal } from "#record/result.ts";
import { Failure } from "#session/refusals/failure.ts";
import { openFile } from "#vault/open/file.ts";
import { anyCall } from "#workspace/desk/calls.ts";
import type { BroughtFile, Command, Preview } from "#workspace/desk/command.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { memoryLocalStore, type LocalStore } from "#workspace/desk/local-store.ts";
import { sealValue } from "#workspace/desk/sealed-text.ts";
import { foundAt, passphrase, serveEmpty, type ServedFoundation } from "./served-desk.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- each call answers with its own type
const ask = (desk: Desk, name: string, input: unknown = {}): Promise<any> =>
  anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));

type Correction = { readonly reason: string; readonly file: BroughtFile };

const commands = {
  "genesis.correct": {
    files: ({ file }: Correction) => [file],
    decide: async (session, { reason, file }: Correction, receipts) => {
      const draft = correctionDraft(toBase64Url((await session.genesis()) ?? new Uint8Array()), reason);
      const { name, sha256 = "", file: stored = "" } = receipts.get(file.name) ?? { name: "" };
      return ok({
        drafts: [{ ...draft, hidden: { ...draft.hidden, attached: { name, sha256, file: stored } } }],
        summary: { added: 1, unchanged: 0, waiting: 0, notes: [] },
      });
    },
  } satisfies Command<Correction>,
};

/** Ten megabytes: three pieces. Each block says where it stands, so that none can be lost or swapped unseen. */
const content = new Blob(
  Array.from({ length: 10 * 1024 }, (_, i) => `invented block ${i} `.padEnd(1024, "abc")),
);

async function officerAt(served: ServedFoundation, local: LocalStore): Promise<Desk> {
  const { desk } = served.newDesk(commands, local);
  await foundAt(desk, { rehearsed: false });
  return desk;
}

async function confirm(desk: Desk): Promise<number> {
  const name = "genesis.correct";
  const input = { reason: "see the document", file: { name: "letter.pdf", content } };
  const { digest } = expectOk<Preview, Refusal>(await ask(desk, "command.preview", { name, input }));
  return ask(desk, "command.record", { name, title: name, input, digest });
}

/** Another tab on the same device. */
async function tabOf(served: ServedFoundation, local: LocalStore): Promise<Desk> {
  const { desk } = served.newDesk(commands, local);
  await ask(desk, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });
  return desk;
}

/** What the record's only attached file says when its box is opened. */
async function attachedTo(desk: Desk): Promise<string> {
  for await (const { opened, box } of desk.session.read(2, desk.session.size)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the command above writes it
    const { file } = opened.hidden["attached"] as { file: string };
    const reference = box?.files[file];
    const sealed = await desk.opened.files.get(file);
    if (reference === undefined || sealed === undefined) continue;
    const parts: Blob[] = [];
    expectOk(
      await openFile(reference, sealed, (piece) => void parts.push(new Blob([new Uint8Array(piece)]))),
    );
    return new Blob(parts).text();
  }
  return "";
}

/** Counts the pieces that reach the server; the connection is lost after as many as told. */
function countPieces(served: ServedFoundation, { lostAfter = Infinity } = {}): { count: number } {
  const pieces = { count: 0 };
  served.meddle = (path, response) => {
    const isPiece = /^\/api\/files\/[0-9a-f]{32}$/u.test(path);
    if (isPiece && response.headers.get("content-type")?.includes("json") === true) {
      pieces.count += 1;
      if (pieces.count === lostAfter) served.online = false;
    }
    return response;
  };
  return pieces;
}

test("without a connection a file waits sealed in pieces, outlives its tab, and leaves nothing when it is sent", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  // What she looked at before can be read without a connection.
  await desk.session.books();
  await desk.session.genesis();
  served.online = false;
  const id = await confirm(desk);
  const pieces = await Promise.all([0, 1, 2, 3].map((piece) => local.piece({ id, nth: 0, piece })));
  expect(pieces.map((piece) => piece?.length)).toEqual([
    4 * 2 ** 20,
    4 * 2 ** 20,
    expect.any(Number),
    undefined,
  ]);
  const [, { sealed }] = (await local.waiting())[0] ?? [0, { sealed: undefined }];
  // The item itself is small, whatever it brings.
  expect(sealed?.length).toBeLessThan(5000);
  for (const kept of [...pieces, sealed])
    expect(Buffer.from(kept ?? []).toString("latin1")).not.toContain("invented block");
  desk.close();

  served.online = true;
  const { desk: next } = served.newDesk(commands, local);
  await ask(next, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });
  expect((await ask(next, "outbox.settled", { id })).state).toBe("recorded");
  expect(await attachedTo(next)).toBe(await content.text());
  expect(await local.piece({ id, nth: 0, piece: 0 })).toBeUndefined();
  next.close();
});

test("cut off on its way, it goes on where it was", async () => {
  await using served = await serveEmpty();
  const desk = await officerAt(served, memoryLocalStore());
  const before = countPieces(served, { lostAfter: 2 });
  const id = await confirm(desk);
  expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "waiting" });
  expect(before.count).toBe(2);
  const after = countPieces(served);
  served.online = true;
  await desk.catchUp();
  expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "recorded" });
  expect(after.count).toBe(1);
  expect(await attachedTo(desk)).toBe(await content.text());
  desk.close();
});

test("taken back on its way, it stops at the next piece, and neither device nor server keeps anything", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  const size = desk.session.size;
  let removal: Promise<string> | undefined;
  let removed = "";
  served.meddle = (path, response) => {
    const [, file = ""] = /^\/api\/files\/([0-9a-f]{32})$/u.exec(path) ?? [];
    if (file !== "") removed = file;
    if (file !== "" && removal === undefined) removal = ask(desk, "outbox.remove", { id: 1 });
    return response;
  };
  const id = await confirm(desk);
  await expect.poll(() => removal).toBeDefined();
  expect(await removal).toBe("taken-back");
  expect(await ask(desk, "outbox.settled", { id })).toEqual({ state: "removed" });
  expect(desk.session.size).toBe(size);
  expect(await local.piece({ id, nth: 0, piece: 0 })).toBeUndefined();
  const state = () => desk.server.bytes(`/api/files/${removed}/state`);
  await expect.poll(state).toBeUndefined();
  desk.close();
});

test("when the device has no room for all of it, that is said and nothing is kept", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, {
    ...local,
    keepPiece: async (place, bytes) => {
      if (place.piece > 1) throw new Failure("device-full", "no room");
      await local.keepPiece(place, bytes);
    },
  });
  await expect(confirm(desk)).rejects.toMatchObject({ code: "device-full" });
  expect(await ask(desk, "outbox.items")).toEqual([]);
  expect(await local.waiting()).toEqual([]);
  expect(await local.piece({ id: 1, nth: 0, piece: 0 })).toBeUndefined();
  desk.close();
});

test("when the browser has thrown its pieces away, it is not sent without them but shown", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, { ...local, piece: async () => undefined });
  const size = desk.session.size;
  const id = await confirm(desk);
  expect(await ask(desk, "outbox.settled", { id })).toMatchObject({
    state: "refused",
    refusal: { code: "waiting-file-lost" },
  });
  expect(await ask(desk, "outbox.remove", { id })).toBe("taken-back");
  expect(desk.session.size).toBe(size);
  desk.close();
});

test("a bank file that an earlier version left waiting is refused by its name, and can be taken back", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  const { keyring, randomBytes } = desk.session;
  const input = { name: "kzt.txt", bytes: new TextEncoder().encode("1CClientBankExchange") };
  const left = { command: "import.statement", title: "kzt.txt", input, digest: "", at: 1 };
  // As that version kept it: without its member beside it.
  const id = await local.addWaiting(1, {
    sealed: await sealValue(keyring, "aigaq/outbox/1", left, randomBytes),
  });
  desk.close();
  const next = await tabOf(served, local);
  const settled = await ask(next, "outbox.settled", { id });
  expect(settled).toMatchObject({ state: "refused", refusal: { code: "waiting-file-lost" } });
  expect(settled.refusal.message).toContain("kzt.txt");
  expect(await ask(next, "outbox.remove", { id })).toBe("taken-back");
  next.close();
});

test("what no longer opens is neither sent nor gone without a word: its member sees it, in every tab, and drops it", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  await desk.session.books();
  await desk.session.genesis();
  served.online = false;
  const id = await confirm(desk);
  expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "waiting" });
  const size = desk.session.size;
  const [[, { member = "", sealed }] = [0, { sealed: new Uint8Array() }]] = await local.waiting();
  const altered = sealed.map((byte, i) => (i === sealed.length - 1 ? byte ^ 1 : byte));
  await local.keepWaiting(id, { member, sealed: altered });
  served.online = true;
  await desk.catchUp();
  const seen = { state: "refused", isUnreadable: true, refusal: { code: "waiting-unreadable" } };
  expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ ...seen, title: "genesis.correct" });
  desk.close();

  const next = await tabOf(served, local);
  expect(await ask(next, "outbox.items")).toMatchObject([{ id, ...seen, title: "" }]);
  expect(await ask(next, "outbox.remove", { id })).toBe("dropped");
  expect(await ask(next, "outbox.items")).toEqual([]);
  expect(await local.waiting()).toEqual([]);
  expect(await local.piece({ id, nth: 0, piece: 0 })).toBeUndefined();
  expect(next.session.size).toBe(size);
  next.close();
});

test("another member's decision on the same device is neither shown nor dropped", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  desk.close();
  await local.addWaiting(1, { member: "M-02", sealed: new Uint8Array(80) });
  const next = await tabOf(served, local);
  expect(await ask(next, "outbox.items")).toEqual([]);
  expect(await local.waiting()).toHaveLength(1);
  next.close();
});

test("another tab takes it back on its way: the one that sends stops at the next piece", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  await desk.session.books();
  await desk.session.genesis();
  served.online = false;
  const id = await confirm(desk);
  await ask(desk, "outbox.settled", { id });
  served.online = true;
  const [began, open] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  served.meddle = async (path, response) => {
    if (/^\/api\/files\/[0-9a-f]{32}$/u.test(path)) {
      began.resolve(undefined);
      await open.promise;
    }
    return response;
  };
  const size = desk.session.size;
  void desk.catchUp();
  await began.promise;
  const other = await tabOf(served, local);
  // It does not say that it sends: so it offers to take it back.
  expect(await ask(other, "outbox.items")).toMatchObject([{ id, state: "waiting" }]);
  const removal = ask(other, "outbox.remove", { id });
  await expect.poll(() => local.isAskedToStop(id)).toBe(true);
  open.resolve(undefined);
  expect(await removal).toBe("taken-back");
  expect(desk.session.size).toBe(size);
  expect(await local.piece({ id, nth: 0, piece: 0 })).toBeUndefined();
  await expect.poll(async () => (await desk.catchUp(), await ask(desk, "outbox.items"))).toEqual([]);
  desk.close();
  other.close();
});

test("a tab that asked to stop and was closed holds nothing up for ever", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  const desk = await officerAt(served, local);
  await desk.session.books();
  await desk.session.genesis();
  served.online = false;
  const id = await confirm(desk);
  await local.askToStop(id);
  served.online = true;
  await desk.catchUp();
  await desk.catchUp();
  expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "recorded" });
  desk.close();
});

test("without room to note what is sent, a decision waits, says so, and goes out when there is room", async () => {
  await using served = await serveEmpty();
  const local = memoryLocalStore();
  let isFull = false;
  const desk = await officerAt(served, {
    ...local,
    keepWaiting: async (id, item) => {
      if (isFull) throw new Failure("device-full", "no room");
      await local.keepWaiting(id, item);
    },
  });
  await desk.session.books();
  await desk.session.genesis();
  served.online = false;
  const id = await confirm(desk);
  await ask(desk, "outbox.settled", { id });
  isFull = true;
  served.online = true;
  await desk.catchUp();
  expect(await ask(desk, "outbox.items")).toMatchObject([
    { state: "waiting", refusal: { code: "device-full-to-send" } },
  ]);
  isFull = false;
  await desk.catchUp();
  expect(await ask(desk, "outbox.settled", { id })).toMatchObject({ state: "recorded" });
  desk.close();
});
