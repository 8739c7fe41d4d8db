// A server that was seized: it has the log's key, all ciphertext and everyone's public keys. What it can make a desk believe.
import { expect, test } from "vitest";
import { parseVkey, vkeyText, verifierKey, signatureType } from "#record/note.ts";
import { openCheckpoint, signCheckpoint } from "#record/checkpoint.ts";
import { expectOk } from "#record/result.ts";
import { toBase64Url } from "#record/bytes.ts";
import { anyCall } from "#workspace/desk/calls.ts";
import { commandNamed } from "#workspace/desk/commands.ts";
import { Desk } from "#workspace/desk/desk.ts";
import { signerNamed } from "#test/drills/invented-log.ts";
import { fetchWithCookies } from "./cookies.ts";
import { foundAt, passphrase, serveEmpty, type ServedFoundation } from "./served-desk.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- each call answers with its own type
const ask = (desk: Desk, name: string, input: unknown = {}): Promise<any> =>
  anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));

async function found(served: ServedFoundation): Promise<Desk> {
  const { desk } = served.newDesk();
  await foundAt(desk);
  return desk;
}

const signIn = (desk: Desk) =>
  ask(desk, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });

test("another foundation is not opened with her keys: its officers would hand her keys of their own", async () => {
  await using hers = await serveEmpty();
  await using theirs = await serveEmpty();
  (await found(hers)).close();
  (await found(theirs)).close();
  const token = await theirs.server.services.sessions.begin("M-01");
  const fetchHers = fetchWithCookies(hers.server.address);
  const desk = new Desk({
    origin: hers.server.address,
    tell: () => undefined,
    now: () => Date.now(),
    command: commandNamed,
    fetcher: async (input, init) => {
      const { pathname, search } = new URL(String(input));
      if (pathname.startsWith("/api/sign-in")) return fetchHers(input, init);
      const { address } = theirs.server;
      const headers = {
        ...(init?.headers as Record<string, string>),
        Origin: address,
        Cookie: `aigaq=${token}`,
      };
      return fetch(address + pathname + search, { ...init, headers });
    },
  });
  await expect(signIn(desk)).rejects.toMatchObject({ code: "genesis-wrong" });
  expect(desk.isOpen).toBe(false);
});

test("a server that will not say which foundation it keeps is not believed either", async () => {
  await using served = await serveEmpty();
  (await found(served)).close();
  const said = await (await fetch(`${served.server.address}/api/foundation`)).json();
  for (const genesis of [undefined, "00".repeat(32)]) {
    served.meddle = (path, response) =>
      path === "/api/foundation" ? Response.json({ ...(said as object), genesis }) : response;
    await expect(signIn(served.newDesk().desk)).rejects.toMatchObject({ code: "genesis-wrong" });
  }
});

test("a log that is signed with a key made for the occasion, so that a fork cannot be laid at anyone's door, is refused", async () => {
  await using served = await serveEmpty();
  (await found(served)).close();
  const said = (await (await fetch(`${served.server.address}/api/foundation`)).json()) as { logKey: string };
  const key = expectOk(parseVkey(said.logKey));
  const thrownAway = signerNamed("thrown away");
  const other = vkeyText(verifierKey(key.name, signatureType.ed25519, thrownAway.publicKey));
  served.meddle = async (path, response) => {
    if (path === "/api/foundation") return Response.json({ ...said, logKey: other });
    if (path !== "/api/head") return response;
    const head = (await response.json()) as { size: number; checkpoint: string };
    const { size, root } = expectOk(openCheckpoint(head.checkpoint, [key], key.name));
    return Response.json({ size, checkpoint: signCheckpoint({ origin: key.name, size, root }, thrownAway) });
  };
  await expect(signIn(served.newDesk().desk)).rejects.toMatchObject({ code: "log-key-wrong" });
});

test("what the server acknowledges and does not put into its log is not taken for recorded", async () => {
  await using served = await serveEmpty();
  const desk = await found(served);
  const { size, checkpoint } = desk.session;
  served.meddle = (path, response) =>
    path === "/api/entries" && response.status !== 200
      ? Response.json({ firstIndex: size, size: size + 1, checkpoint })
      : response;
  // Refused by the true server, since no stream goes on like this; then acknowledged by the one in between.
  const draft = { type: "key.add", stream: "keys", pub: {} } as never;
  await expect(desk.session.append([draft])).rejects.toMatchObject({ code: "log-not-grown" });
  expect(desk.session.size).toBe(size);
  desk.close();
});

test("a box that is not the entry's own is not opened, also where the entry came alone", async () => {
  await using served = await serveEmpty();
  const desk = await found(served);
  const other = served.newDesk().desk;
  await signIn(other);
  const index = desk.session.size;
  let meddled = 0;
  served.meddle = async (path, response) => {
    if (path !== "/api/entries" || !response.url.includes(`?at=${index}&`)) return response;
    meddled++;
    const bytes = new Uint8Array(await response.arrayBuffer());
    // The last byte of the box, which stands behind the entry: each has its length before it.
    const view = new DataView(bytes.buffer);
    const boxAt = 4 + view.getUint32(0);
    const last = boxAt + 4 + view.getUint32(boxAt) - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    return new Response(bytes);
  };
  const hidden = { text: "an invented note" };
  await desk.session.append([{ type: "note", stream: "funds", pub: {}, hidden }]);
  await other.session.refresh();
  await expect(ask(other, "activity.entry", { index })).rejects.toMatchObject({ code: "record-damaged" });
  expect(meddled).toBeGreaterThan(0);
  // Boxes are in no tree, so nothing but the key tells a spoilt one: it must not stay on the device.
  served.meddle = (_, response) => response;
  expect(await ask(other, "activity.entry", { index })).toMatchObject({ box: { kind: "opened" } });
  desk.close();
  other.close();
});

test("a passphrase is never turned into an answer at a price that would let the server guess it", async () => {
  await using served = await serveEmpty();
  (await found(served)).close();
  const sent: string[] = [];
  served.meddle = async (path, response) => {
    sent.push(path);
    if (path !== "/api/sign-in/start") return response;
    const { challenge, locks } = (await response.json()) as { challenge: string; locks: object[] };
    const cost = { memoryKib: 8, passes: 1, lanes: 1 };
    return Response.json({ challenge, locks: locks.map((lock) => ({ ...lock, cost })) });
  };
  await expect(signIn(served.newDesk().desk)).rejects.toMatchObject({ code: "keyring-cost-weak" });
  expect(sent).not.toContain("/api/sign-in");
});

test("a keyring says which record it is for, also that of somebody who joined", async () => {
  await using served = await serveEmpty();
  const desk = await found(served);
  const { genesis } = desk.session.keyring;
  expect(toBase64Url(genesis ?? new Uint8Array())).toBe(
    toBase64Url((await desk.session.genesis()) ?? new Uint8Array(1)),
  );
  const again = served.newDesk().desk;
  await signIn(again);
  expect(again.session.keyring.genesis).toEqual(genesis);
  desk.close();
  again.close();
});
