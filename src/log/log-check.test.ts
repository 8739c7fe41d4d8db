// Each claim of a log has a forged twin here: the log is altered in one place, behind the program's back, and the check
// must name that place and no other kind of fault.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256OfText } from "#record/hash.ts";
import type { IssuedEntry } from "#record/issue.ts";
import { expectOk } from "#record/result.ts";
import { StreamCheck } from "#record/stream-check.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { InventedAuthor, anchorOf, logSigner, origin, signerNamed, vkey } from "#test/drills/invented-log.ts";
import type { LogCheck, LogCheckCode } from "./check-list.ts";
import { logCheckCodes, overallVerdict } from "./check-list.ts";
import type { LogCheckOptions } from "./log-check.ts";
import { checkLog } from "./log-check.ts";
import type { Log } from "./sequencer.ts";
import { openLog } from "./sequencer.ts";

const aigul = signerNamed("Aigul");
const thief = signerNamed("thief");

/** Writes a log into a new folder; `write` appends after the genesis entry. */
async function makeLog(write: (log: Log, author: InventedAuthor) => Promise<void>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "aigaq-check-"));
  await using store = expectOk(await openSqliteStore({ folder, mode: "create" }));
  const log = expectOk(await openLog({ store, logSigner, origin }));
  const author = new InventedAuthor();
  expectOk(await log.append([author.genesis]));
  await write(log, author);
  return folder;
}

async function check(folder: string, options: LogCheckOptions = { vkey }): Promise<readonly LogCheck[]> {
  await using store = expectOk(await openSqliteStore({ folder, mode: "read" }));
  return await checkLog(store, options);
}

/** What is not held, as "code, subject, verdict". */
function faults(checks: readonly LogCheck[]): string[] {
  return checks
    .filter(({ verdict }) => verdict !== "held")
    .map(({ code, subject, verdict }) => `${code}, ${subject}, ${verdict}`);
}

async function append(log: Log, ...entries: readonly IssuedEntry[]): Promise<void> {
  expectOk(await log.append(entries));
}

/** 301 entries: one full tile and a partial one, two authors, a stream, anchors of several sizes. */
async function writeOrdinary(log: Log, author: InventedAuthor): Promise<void> {
  const stream = new StreamCheck();
  await append(log, author.addKey(aigul, "aigul", { anchor: anchorOf(log) }));
  for (let i = 0; i < 299; i++) {
    const entry = author.note({
      ...(i % 3 === 0 ? { author: aigul } : {}),
      anchor: anchorOf(log),
      pub: { number: i },
      ...(i % 5 === 0 ? { stream: stream.next("spending") } : {}),
    });
    if (i % 5 === 0) expectOk(stream.take({ hash: entry.hash, stream: stream.next("spending") }));
    await append(log, entry);
  }
}

describe("a log in which nothing was touched", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeLog(writeOrdinary);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("holds in every check there is, and the counts say over how much", async () => {
    const steps: string[] = [];
    const checks = await check(folder, { vkey, progress: (done, total) => steps.push(`${done}/${total}`) });
    expect(faults(checks)).toEqual([]);
    expect(checks.map(({ code }) => code)).toEqual(Object.keys(logCheckCodes));
    expect(subjectOf(checks, "entry-signature")).toBe("301 entries");
    expect(subjectOf(checks, "stream")).toBe("60 entries");
    expect(subjectOf(checks, "tile")).toBe("1 tiles");
    expect(overallVerdict(checks)).toBe("held");
    expect(steps.at(-1)).toBe("301/301");
  });

  test("says what it left out when asked to begin later", async () => {
    const checks = await check(folder, { vkey, from: 300 });
    expect(faults(checks)).toEqual(["entry-signature, entries 0 to 299, could-not-check"]);
    expect(overallVerdict(checks)).toBe("could-not-check");
  });

  test("is broken for whoever expected another log or another key", async () => {
    expect(faults(await check(folder, { vkey, genesis: new Uint8Array(32) }))).toEqual([
      "log-key, entry 0, broken",
    ]);
    const otherKey = vkey.replace("invented+", "another+");
    expect(faults(await check(folder, { vkey: otherKey }))).toEqual([
      "checkpoint-signature, checkpoint, could-not-check",
      "log-key, entry 0, broken",
    ]);
  });

  test.each<[string, string, string[]]>([
    [
      "one character of an entry",
      "UPDATE entries SET jwt = replace(jwt, substr(jwt, -10, 1), CASE substr(jwt, -10, 1) WHEN 'A' THEN 'B' ELSE 'A' END) WHERE idx = 299",
      [],
    ],
    ["the stored hash of an entry", "UPDATE entries SET hash = zeroblob(32) WHERE idx = 299", []],
  ])("is broken when someone changes %s", async (_, sql) => {
    const found = await checkAltered(folder, sql);
    expect(found[0]).toBe("entry-hash, entry 299, broken");
    expect(found.every((fault) => !fault.startsWith("anchor") || fault.endsWith("could-not-check"))).toBe(
      true,
    );
  });

  test("is broken when an entry is replaced by a well-formed other one with its right hash", async () => {
    const forged = new InventedAuthor().note({ author: thief });
    const found = await checkAltered(
      folder,
      `UPDATE entries SET jwt = '${forged.jwt}', hash = x'${hex(forged.hash)}' WHERE idx = 300`,
    );
    expect(found).toContain("entry-key, entry 300, broken");
    expect(found).toContain("tree-root, size 301, broken");
  });

  test("is broken when an entry is missing, and says which", async () => {
    const found = await checkAltered(folder, "DELETE FROM entries WHERE idx IN (298, 299)");
    expect(found).toContain("entry-present, entries 298 to 299, broken");
    expect(found).toContain("tree-root, size 301, broken");
    expect(await checkAltered(folder, "DELETE FROM entries WHERE idx = 300")).toContain(
      "entry-present, entry 300, broken",
    );
  });

  test("is broken when an entry stands beyond the checkpoint", async () => {
    const found = await checkAltered(folder, "INSERT INTO entries VALUES (301, zeroblob(32), 'x')");
    expect(found).toEqual(["storage, storage, broken"]);
  });

  test("is broken when one bit of a tile or of the root beside it differs, or a tile is missing", async () => {
    const flipped = "UPDATE tiles SET bytes = CAST(substr(bytes, 1, 8191) || x'00' AS BLOB)";
    expect(await checkAltered(folder, flipped)).toEqual(["tile, tile 0/0, broken"]);
    // The root is what the level above is made of, so opening for writing notices this one too.
    expect(await checkAltered(folder, "UPDATE tiles SET root = zeroblob(32)")).toEqual([
      "tile, tile 0/0, broken",
    ]);
    expect(await checkAltered(folder, "DELETE FROM tiles")).toEqual(["tile, tile 0/0, broken"]);
  });

  test("is broken when its checkpoint is altered, cut back or signed by someone else", async () => {
    expect(
      await checkAltered(folder, "UPDATE head SET checkpoint = replace(checkpoint, '301', '300')"),
    ).toEqual([
      "checkpoint-signature, checkpoint, broken",
      "tree-root, checkpoint, broken",
      "tree-root, size 300, broken",
    ]);
    expect(await checkAltered(folder, "UPDATE head SET checkpoint = 'nothing of ours'")).toEqual([
      "checkpoint-signature, checkpoint, broken",
      "tree-root, checkpoint, could-not-check",
    ]);
  });

  /** Alters a copy of the folder with SQL and checks that. */
  async function checkAltered(original: string, sql: string): Promise<string[]> {
    const copy = mkdtempSync(join(tmpdir(), "aigaq-altered-"));
    cpSync(original, copy, { recursive: true });
    const db = new DatabaseSync(join(copy, "aigaq.db"));
    db.exec(sql);
    db.close();
    const found = faults(await check(copy));
    rmSync(copy, { recursive: true });
    return found;
  }
});

describe("a log into which its own server let something wrong", () => {
  /** The server signs whatever it is given; what it should not have taken in must show all the same. */
  async function faultsOf(write: (log: Log, author: InventedAuthor) => Promise<void>): Promise<string[]> {
    const folder = await makeLog(write);
    const found = faults(await check(folder));
    rmSync(folder, { recursive: true });
    return found;
  }

  test("shows an entry signed by a key that was never added, was not added yet, or no longer counted", async () => {
    const found = await faultsOf(async (log, author) => {
      await append(log, author.note({ author: thief }), author.note({ author: aigul, pub: { early: true } }));
      await append(log, author.addKey(aigul, "aigul"), author.note({ author: aigul }));
      await append(log, author.revokeKey(aigul, 6), author.note({ author: aigul, pub: { late: true } }));
    });
    expect(found).toEqual([
      "entry-key, entry 1, broken",
      "entry-key, entry 2, broken",
      "entry-key, entry 6, broken",
    ]);
  });

  test("shows the entries that a revocation reaches back to, exactly from the index it names", async () => {
    const found = await faultsOf(async (log, author) => {
      await append(log, author.addKey(aigul, "aigul"));
      await append(log, ...[2, 3, 4].map((number) => author.note({ author: aigul, pub: { number } })));
      await append(log, author.revokeKey(aigul, 3));
    });
    expect(found).toEqual(["entry-key, entry 3, broken", "entry-key, entry 4, broken"]);
  });

  test("shows a signature that is not over the entry", async () => {
    const found = await faultsOf(async (log, author) => {
      const [one, other] = [author.note({ pub: { sum: "1" } }), author.note({ pub: { sum: "2" } })];
      const jwt = one.jwt.slice(0, one.jwt.lastIndexOf(".")) + other.jwt.slice(other.jwt.lastIndexOf("."));
      expectOk(await log.append([{ jwt, hash: sha256OfText(jwt) }]));
    });
    expect(found).toEqual(["entry-signature, entry 1, broken"]);
  });

  test("shows what has not the strict form, and goes on", async () => {
    const found = await faultsOf(async (log, author) => {
      expectOk(await log.append([{ jwt: "a.b.c", hash: sha256OfText("a.b.c") }]));
      await append(log, author.note());
    });
    expect(found).toEqual(["entry-form, entry 1, broken"]);
  });

  test("shows a key added by someone who may not, and an entry of another log", async () => {
    const found = await faultsOf(async (log, author) => {
      await append(log, author.addKey(aigul, "aigul"));
      await append(log, author.addKey(thief, "nobody", { author: aigul }));
      await append(log, author.note({ genesis: new Uint8Array(32) }));
      await append(log, author.note({ genesis: null, type: "genesis" }));
    });
    expect(found).toEqual([
      "entry-genesis, entry 3, broken",
      "entry-genesis, entry 4, broken",
      "key-change, entry 2, broken",
      "key-change, entry 4, broken",
    ]);
  });

  test("shows a stream with a gap, and one that names a false predecessor", async () => {
    const found = await faultsOf(async (log, author) => {
      const first = author.note({ stream: { id: "s", seq: 0, previous: null } });
      await append(log, first, author.note({ stream: { id: "s", seq: 2, previous: first.hash } }));
      await append(log, author.note({ stream: { id: "s", seq: 3, previous: first.hash } }));
    });
    expect(found).toEqual(["stream, entry 2, broken", "stream, entry 3, broken"]);
  });

  test("shows an anchor in another history, and one that lies in the entry's own future", async () => {
    const found = await faultsOf(async (log, author) => {
      await append(log, author.note({ anchor: { size: 1, root: new Uint8Array(32) } }));
      await append(log, author.note({ anchor: { size: 3, root: log.root } }));
    });
    expect(found).toEqual(["anchor, entry 1, broken", "anchor, entry 2, broken"]);
  });

  test("without a genesis entry nobody can be believed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aigaq-check-"));
    {
      await using store = expectOk(await openSqliteStore({ folder, mode: "create" }));
      const log = expectOk(await openLog({ store, logSigner, origin }));
      await append(log, new InventedAuthor().note());
    }
    const found = faults(await check(folder, {}));
    rmSync(folder, { recursive: true });
    expect(found).toEqual([
      "checkpoint-signature, checkpoint, could-not-check",
      "log-key, entry 0, broken",
      "entry-genesis, entry 0, broken",
      "entry-key, entry 0, broken",
    ]);
  });

  test("a hundred and fifty faults of one kind are counted, not listed", async () => {
    const found = await faultsOf(async (log, author) => {
      await append(log, ...Array.from({ length: 150 }, () => author.note({ author: thief })));
    });
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toBe("entry-key, 50 more, broken");
  });
});

test("an empty log is not broken, but nothing can be said of it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "aigaq-check-"));
  await (await openSqliteStore({ folder, mode: "create" }).then(expectOk)).close();
  expect(faults(await check(folder))).toEqual(["checkpoint-signature, checkpoint, could-not-check"]);
  rmSync(folder, { recursive: true });
});

function subjectOf(checks: readonly LogCheck[], code: LogCheckCode): string | undefined {
  return checks.find((found) => found.code === code)?.subject;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
