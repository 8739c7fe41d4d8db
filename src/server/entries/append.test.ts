// What a log holds it holds for ever: each entry that must not get in is sent here, and each that may be is found again.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { openCheckpoint } from "#record/checkpoint.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { parseVkey } from "#record/note.ts";
import { expectOk } from "#record/result.ts";
import { rootOfLeafHashes } from "#record/tree.ts";
import { checkLog } from "#log/log-check.ts";
import { overallVerdict } from "#log/check-list.ts";
import { StoreDamaged, StoreFull } from "#storage/contract.ts";
import { collect } from "#storage/conformance.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { openLog } from "#log/sequencer.ts";
import { signerNamed } from "#test/drills/invented-log.ts";
import {
  Person,
  type Served,
  colleague,
  expectStatus,
  refusal,
  serveFoundation,
} from "#test/server/served.ts";

let served: Served;
let officer: Person;

beforeEach(async () => {
  ({ served, officer } = await serveFoundation());
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
});

const size = () => served.server.services.host.size;

describe("entries that were accepted", () => {
  test("stand in the log with their boxes and objects, under a checkpoint signed by the log's key", async () => {
    const entry = officer.issue({ pub: { text: "first" } });
    const appended = await expectStatus(
      officer.fetch("/api/entries", {
        method: "POST",
        json: {
          expectedSize: 1,
          entries: [{ jwt: entry.jwt, box: toBase64Url(utf8("box")), keybox: toBase64Url(utf8("keybox")) }],
          objects: [{ name: "epoch/00ff/1/x25519.age", bytes: toBase64Url(utf8("epoch")) }],
        },
      }),
      200,
    );
    expect(appended).toMatchObject({ firstIndex: 1, size: 2 });
    const { store, logKey } = served.server.services;
    const key = expectOk(parseVkey(logKey.vkey));
    const checkpoint = expectOk(openCheckpoint(String(appended["checkpoint"]), [key], key.name));
    const hashes = (await collect(store.entries(0, 9))).map(({ hash }) => leafHashOfEntry(hash));
    expect(checkpoint).toMatchObject({ size: 2, root: rootOfLeafHashes(hashes) });
    expect(await store.box(1)).toEqual({ box: utf8("box"), keybox: utf8("keybox") });
    expect(await officer.get("/api/objects?prefix=epoch/")).toEqual({ names: ["epoch/00ff/1/x25519.age"] });
    expect(await officer.get(`/api/entry/${toHex(entry.hash)}`)).toEqual({ index: 1 });
  });

  test("pass the check of the whole log, after a restart too", async () => {
    const second = await colleague(served, officer, "M-02");
    for (let seq = 0, previous: Uint8Array | null = null; seq < 5; seq++) {
      const { host } = served.server.services;
      const anchor = { size: host.size, root: host.root };
      const author = seq % 2 === 0 ? officer : second;
      const entry = author.issue({ stream: { id: "funds", seq, previous }, anchor });
      await expectStatus(author.append([entry]), 200);
      previous = entry.hash;
      if (seq === 2) await served.restart();
    }
    expect(overallVerdict(await checkLog(served.server.services.store))).toBe("held");
  });
});

describe("an append is refused whole", () => {
  test("when the log has grown since the author read it; the answer says how large it is", async () => {
    await expectStatus(officer.append([officer.issue()]), 200);
    const late = await expectStatus(officer.append([officer.issue()], { expectedSize: 1 }), 409);
    expect(late).toMatchObject({ error: { code: "stale-head", size: 2 } });
    expect(size()).toBe(2);
  });

  test("for a forged signature, a key nobody knows, and another member's key", async () => {
    const entry = officer.issue();
    const [head, payload] = entry.jwt.split(".");
    const forged = `${head}.${payload}.${toBase64Url(new Uint8Array(64).fill(1))}`;
    expect(await refusal(officer.append([{ jwt: forged }]))).toBe("422 signature-wrong");
    expect(await refusal(officer.append([officer.issue({ signer: signerNamed("stranger") })]))).toBe(
      "422 key-unknown",
    );
    const second = await colleague(served, officer, "M-02");
    expect(await refusal(officer.append([second.issue()]))).toBe("403 author-not-you");
    expect(size()).toBe(2);
  });

  test("for an entry of no strict form, with the number of the entry", async () => {
    const answer = await expectStatus(officer.append([officer.issue(), { jwt: "a.b.c" }]), 422);
    expect(answer).toMatchObject({ error: { entry: 1 } });
    expect(size()).toBe(1);
  });

  test("for a gap in a stream, a number used twice, and a wrong predecessor", async () => {
    const first = officer.issue({ stream: { id: "funds", seq: 0, previous: null } });
    const gap = officer.issue({ stream: { id: "funds", seq: 2, previous: first.hash } });
    expect(await refusal(officer.append([first, gap]))).toBe("422 stream-gap");
    expect(size()).toBe(1);
    await expectStatus(officer.append([first]), 200);
    const again = officer.issue({ stream: { id: "funds", seq: 0, previous: null } });
    expect(await refusal(officer.append([again]))).toBe("422 stream-repeated");
    const astray = officer.issue({ stream: { id: "funds", seq: 1, previous: again.hash } });
    expect(await refusal(officer.append([astray]))).toBe("422 stream-previous-wrong");
    // What was refused left nothing behind: the stream goes on where it stood.
    await expectStatus(
      officer.append([officer.issue({ stream: { id: "funds", seq: 1, previous: first.hash } })]),
      200,
    );
  });

  test("for an anchor in the future, or of another history", async () => {
    const { root } = served.server.services.host;
    expect(await refusal(officer.append([officer.issue({ anchor: { size: 9, root } })]))).toBe(
      "422 anchor-ahead",
    );
    const other = { size: 1, root: new Uint8Array(32) };
    expect(await refusal(officer.append([officer.issue({ anchor: other })]))).toBe("422 anchor-wrong");
  });

  test("for an entry of another log, a second genesis, and an entry that is in already", async () => {
    const elsewhere = officer.issue({ genesis: new Uint8Array(32) });
    expect(await refusal(officer.append([elsewhere]))).toBe("422 genesis-wrong");
    expect(await refusal(officer.append([officer.issueGenesis()]))).toBe("422 genesis-misplaced");
    const entry = officer.issue();
    await expectStatus(officer.append([entry]), 200);
    expect(await refusal(officer.append([entry]))).toBe("409 entry-known");
    const twice = officer.issue();
    expect(await refusal(officer.append([twice, twice]))).toBe("409 entry-known");
    expect(size()).toBe(2);
  });

  test("for a key added by one who is no officer, or without the holder's proof", async () => {
    const second = await colleague(served, officer, "M-02");
    const third = new Person(served, "M-03");
    expect(await refusal(second.append([second.issueKeyOf(third)]))).toBe("422 author-not-officer");
    const proof = toBase64Url(new Uint8Array(64));
    const unproven = officer.issue({
      type: "key.add",
      pub: { x: toBase64Url(third.key.publicKey), member: "M-03", roles: [], proof },
    });
    expect(await refusal(officer.append([unproven]))).toBe("422 key-proof-wrong");
  });

  test("for what is said of keys and rooms outside the stream of keys", async () => {
    const stream = { id: "elsewhere", seq: 0, previous: null };
    for (const type of ["key.add", "key.revoke", "room.epoch"])
      expect(await refusal(officer.append([officer.issue({ type, stream })]))).toBe("422 key-stream-wrong");
  });

  test("for a revocation that leaves no officer: now, later, or because those fall whom she added", async () => {
    const kidOf = (member: string) =>
      served.server.services.host.state.keys.keys.find((key) => key.member === member)?.kid ?? "";
    const revoke = (member: string, from: number) =>
      officer.append([officer.issue({ type: "key.revoke", pub: { kid: kidOf(member), from } })]);
    for (const from of [0, size(), size() + 1_000])
      expect(await refusal(revoke("M-01", from))).toBe("422 last-officer");
    const second = new Person(served, "M-02");
    await expectStatus(officer.append([officer.issueKeyOf(second, ["officer"])]), 200);
    expect(await refusal(revoke("M-01", 0))).toBe("422 last-officer");
    await expectStatus(revoke("M-01", size()), 200);
  });

  test("not for the files of a hundred rooms that begin an epoch together", async () => {
    const objects = Array.from({ length: 300 }, (_, i) => ({
      name: `epoch/room-${i}/1`,
      bytes: toBase64Url(utf8("epoch")),
    }));
    await expectStatus(officer.append([officer.issue()], { objects }), 200);
  });

  test("for an object that would replace another, or that is the server's own", async () => {
    const put = (name: string, text: string) =>
      officer.append([officer.issue()], { objects: [{ name, bytes: toBase64Url(utf8(text)) }] });
    await expectStatus(put("epoch/a/1", "one"), 200);
    await expectStatus(put("epoch/a/1", "one"), 200);
    expect(await refusal(put("epoch/a/1", "two"))).toBe("409 object-known");
    expect(await refusal(put("server/member/M-01", "x"))).toBe("400 field-malformed");
    expect(await refusal(put("epoch/../server/x", "x"))).toBe("400 field-malformed");
    expect((await officer.fetch("/api/objects/server/member/M-01")).status).toBe(404);
    expect(await officer.get("/api/objects?prefix=server/")).toEqual({ names: [] });
  });

  test("when the body is too large, no JSON, or no list of entries", async () => {
    const post = (body: string, type = "application/json") =>
      officer.fetch("/api/entries", { method: "POST", body, headers: { "Content-Type": type } });
    expect(await refusal(post("{}"))).toBe("400 field-malformed");
    expect(await refusal(post("[]"))).toBe("400 field-malformed");
    expect(await refusal(post("{"))).toBe("400 field-malformed");
    expect(await refusal(post("{}", "text/plain"))).toBe("415 not-json");
    expect(
      await refusal(officer.fetch("/api/sign-in", { method: "POST", json: { member: "M".repeat(5000) } })),
    ).toBe("413 body-too-large");
  });
});

describe("many at once", () => {
  // The aim of expectedSize: of those who decided on the same state, one is right and the others must look again.
  test("of 64 who append to the same head exactly one wins each round, and no entry is lost", async () => {
    const rounds = 6;
    const won: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const expectedSize = size();
      const entries = Array.from({ length: 64 }, (_, i) => officer.issue({ pub: { round, i } }));
      const answers = await Promise.all(entries.map((entry) => officer.append([entry], { expectedSize })));
      const winners = entries.filter((_, i) => answers[i]?.status === 200);
      expect(winners).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(63);
      won.push(...winners.map(({ jwt }) => jwt));
    }
    const stored = await collect(served.server.services.store.entries(1, 99));
    expect(stored.map(({ jwt }) => jwt)).toEqual(won);
  });

  test("64 who do not mind their place share a few commits, and each learns where her entries stand", async () => {
    const { store } = served.server.services;
    let commits = 0;
    const commit = store.commit.bind(store);
    store.commit = (what) => (commits++, commit(what));
    const entries = Array.from({ length: 64 }, () => officer.issue());
    const answers = await Promise.all(entries.map((entry) => expectStatus(officer.append([entry]), 200)));
    expect(commits).toBeLessThan(32);
    const stored = await collect(store.entries(0, 99));
    for (const [i, answer] of answers.entries())
      expect(stored[Number(answer["firstIndex"])]?.jwt).toBe(entries[i]?.jwt);
  });

  test("a bad one spoils none of those that would have shared its commit", async () => {
    const known = officer.issue();
    await expectStatus(officer.append([known]), 200);
    const { host } = served.server.services;
    const entries = [officer.issue(), known, officer.issue()];
    const answers = await Promise.all(entries.map((entry) => officer.append([entry])));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409]);
    expect(host.size).toBe(4);
  });
});

describe("another process on the same storage", () => {
  /** Appends behind the server's back, as a second server would. */
  async function appendElsewhere(count: number): Promise<void> {
    const { settings, logKey } = served.server.services;
    await using store = expectOk(
      await openSqliteStore({ folder: settings.data, mode: "write", ignoreLock: true }),
    );
    const log = expectOk(await openLog({ store, logSigner: logKey.signer, origin: logKey.origin }));
    for (let i = 0; i < count; i++) expectOk(await log.append([officer.issue()]));
  }

  test("is noticed: who did not mind her place is judged again behind its entries", async () => {
    await appendElsewhere(3);
    expect(await expectStatus(officer.append([officer.issue()]), 200)).toMatchObject({
      firstIndex: 4,
      size: 5,
    });
    await appendElsewhere(1);
    const stale = await expectStatus(officer.append([officer.issue()], { expectedSize: 5 }), 409);
    expect(stale).toMatchObject({ error: { code: "stale-head", size: 6 } });
    expect(overallVerdict(await checkLog(served.server.services.store))).toBe("held");
  });

  test("is noticed without an append too, and open workspaces are told", async () => {
    const sizes: number[] = [];
    served.server.services.host.onGrowth((grown) => void sizes.push(grown));
    await appendElsewhere(2);
    await served.server.services.host.refresh();
    await served.server.services.host.refresh();
    expect(sizes).toEqual([3]);
    expect(await officer.get("/api/head")).toMatchObject({ size: 3 });
  });

  test("that continued another history stops the signing here, and /health says so", async () => {
    const { store, host } = served.server.services;
    const forked = { size: 1, checkpoint: host.checkpoint()?.replace(/\n1\n/u, "\n7\n") ?? "" };
    store.head = async () => ({ ...forked, size: 7 });
    await host.refresh();
    expect(host.damage).toMatch(/^head-not-ours/u);
    expect(await refusal(officer.append([officer.issue()]))).toBe("503 stopping");
    expect((await officer.fetch("/health")).status).toBe(503);
  });
});

describe("a storage that fails", () => {
  test("by a full disk loses nothing: the append is refused by name and goes through later", async () => {
    const { store } = served.server.services;
    const commit = store.commit.bind(store);
    store.commit = async () => {
      throw new StoreFull();
    };
    const entry = officer.issue();
    expect(await refusal(officer.append([entry]))).toBe("507 disk-full");
    store.commit = commit;
    await expectStatus(officer.append([entry]), 200);
  });

  test("by damage is reported, and /health is no longer well", async () => {
    const { store } = served.server.services;
    store.commit = async () => {
      throw new StoreDamaged("a page does not parse");
    };
    expect(await refusal(officer.append([officer.issue()]))).toBe("500 store-damaged");
    expect((await officer.fetch("/health")).status).toBe(503);
    expect(served.reports.join()).toContain("store-damaged");
  });
});
